// Ed25519 public keys as PEM files, and signatures made with their other halves.
#ifndef NAVO_CLIENTS_AUDIT_PUBLIC_KEY_H_
#define NAVO_CLIENTS_AUDIT_PUBLIC_KEY_H_

#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace navo::audit {

// Raw public keys (32 bytes) by key id.
using PublicKeys = std::map<std::string, std::string>;

// The first 16 hex digits of the SHA-256 of the raw key.
std::string KeyIdOf(std::string_view public_key);

// "-----BEGIN PUBLIC KEY-----", as openssl reads it. Empty when the bytes are no key.
std::string PemOf(std::string_view public_key);

// Every Ed25519 public key of a PEM text. INVALID_ARGUMENT when there is none.
absl::StatusOr<PublicKeys> KeysOfPem(std::string_view text);

bool SignatureHolds(std::string_view public_key, std::string_view text, std::string_view signature);

}  // namespace navo::audit

#endif  // NAVO_CLIENTS_AUDIT_PUBLIC_KEY_H_
