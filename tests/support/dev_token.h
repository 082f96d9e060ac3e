#ifndef NAVO_TESTS_SUPPORT_DEV_TOKEN_H_
#define NAVO_TESTS_SUPPORT_DEV_TOKEN_H_

#include <string>

#include "absl/time/time.h"
#include "clients/cli/mint.h"
#include "clients/cpp/client.h"

namespace navo::support {

// What `navo token` would mint for a person of the folder's dev-people.json: signed in for a year
// from `now`. To be changed by tests of wrong tokens.
cli::TokenRequest DevTokenRequest(const std::string& dev_folder, const std::string& key,
                                  absl::Time now);

// The token itself, signed with the key in the folder that `--dev` made.
std::string DevToken(const std::string& dev_folder, const std::string& key, absl::Time now);

// A client that waits long and never tries again: a test sees every answer. Without `act_id` it is
// one human act of its own.
client::ClientOptions PatientOptions(const std::string& address, const std::string& token,
                                     const std::string& act_id = "");

}  // namespace navo::support

#endif  // NAVO_TESTS_SUPPORT_DEV_TOKEN_H_
