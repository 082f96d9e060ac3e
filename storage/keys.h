// The keys of an installation. They live in a file beside the database, never in it, so that a copy
// of the database alone tells nobody a national identity number.
//
//   {"version": 1, "key_id": 1, "keys": {"identity_hmac": "<32 bytes, base64url>",
//    "identity_seal": ..., "token_seal": ..., "etag": ..., "log": ...}}
#ifndef NAVO_STORAGE_KEYS_H_
#define NAVO_STORAGE_KEYS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/clock.h"
#include "storage/crypto.h"

namespace navo::storage {

// One key per purpose: what one leaks or wears out does not touch the others. Immutable after
// loading, so any thread may read it.
struct Keys {
  int key_id = 0;  // stored with every sealed row, so that a later key can replace this one
  SecretKey identity_hmac;  // looks up a national identity number without storing it in clear
  SecretKey identity_seal;  // encrypts the stored number
  SecretKey token_seal;     // page tokens, cursors and revisions
  SecretKey etag;           // etags and view versions
  SecretKey log;            // the chain over the access log
};

// Fresh keys with key_id 1.
Keys GenerateKeys(Random& random);

// Reads the key file. NOT_FOUND: no such file (see CreateKeys). PERMISSION_DENIED: others than the
// owner may use it. INVALID_ARGUMENT: not a version 1 key file, a key missing, not 32 bytes or used
// twice. The text names the field and never its content.
absl::StatusOr<Keys> LoadKeys(const std::string& path);

// Makes a key file (mode 0600, durable on return). ALREADY_EXISTS when there is one: overwriting it
// would make every identity number in the database unreadable.
absl::Status CreateKeys(const std::string& path, Random& random);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_KEYS_H_
