// The people of a trial server (`navod --dev DIR`), and tokens for them. Only such a server
// believes these tokens; without its folder there are none.
#ifndef NAVO_CLIENTS_CLI_DEV_PEOPLE_H_
#define NAVO_CLIENTS_CLI_DEV_PEOPLE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace navo::cli {

// One person or system of the seed. All made up.
struct DevPerson {
  std::string key;
  std::string name;
  std::string issuer;
  std::string subject;
  // STAFF, PARTICIPANT or SYSTEM.
  std::string kind;
  // National identity number, of a participant only.
  std::string pid;
};

// Everybody in `folder`/dev-people.json, in its order. Errors: INVALID_ARGUMENT when the file is
// not there or not as expected.
absl::StatusOr<std::vector<DevPerson>> ReadDevPeople(const std::string& folder);

// A token for one of them, for eight hours from `now`. Errors: as ReadDevPeople; INVALID_ARGUMENT
// with the keys there are when `key` is none; as MintToken.
absl::StatusOr<std::string> TokenOf(const std::string& folder, const std::string& key,
                                    absl::Time now);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_DEV_PEOPLE_H_
