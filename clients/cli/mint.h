// Mints tokens for `navo token`: signs with the key file that `navod --dev DIR` made (ES256). Only
// a server started with --dev believes them. A pure function of its arguments and the key file; any
// thread.
#ifndef NAVO_CLIENTS_CLI_MINT_H_
#define NAVO_CLIENTS_CLI_MINT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace navo::cli {

struct TokenRequest {
  std::string issuer = "https://localhost/navo-dev";
  std::string audience = "navo";
  std::string subject;              // required: the person's or system's `sub` in the seed file
  std::string kind;                 // required: STAFF, PARTICIPANT or SYSTEM
  std::string pid;                  // national identity number, of a participant only
  std::string name;                 // optional
  std::vector<std::string> scopes;  // optional
  absl::Time now;
  absl::Duration lifetime = absl::Hours(8);
};

// The token. INVALID_ARGUMENT when a required field is empty, the lifetime is not at least a
// second, a text is not UTF-8 or the file holds no P-256 key; NOT_FOUND when there is no such file;
// PERMISSION_DENIED when it cannot be opened.
absl::StatusOr<std::string> MintToken(const std::string& key_pem_path, const TokenRequest& request);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_MINT_H_
