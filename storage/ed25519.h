// Ed25519 signatures (RFC 8032) on OpenSSL. Any thread; a failure inside OpenSSL stops the process,
// as in crypto.h.
#ifndef NAVO_STORAGE_ED25519_H_
#define NAVO_STORAGE_ED25519_H_

#include <string>
#include <string_view>

#include "storage/crypto.h"

namespace navo::storage {

// The public key of a private one, 32 raw bytes.
std::string Ed25519PublicKey(const SecretKey& key);

// The signature, 64 raw bytes. The same text always gets the same one.
std::string Ed25519Sign(const SecretKey& key, std::string_view text);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_ED25519_H_
