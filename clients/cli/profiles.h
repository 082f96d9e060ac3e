// Named sets of connection settings, so that nobody types server and token every time.
#ifndef NAVO_CLIENTS_CLI_PROFILES_H_
#define NAVO_CLIENTS_CLI_PROFILES_H_

#include <functional>
#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace navo::cli {

// What may be kept; empty for what is not. A token itself never stands here: only the file that
// holds it.
struct Profile {
  std::string server;
  std::string ca_file;
  std::string cert_file;
  std::string key_file;
  std::string token_file;
  std::string as;  // key of a person of a trial server, with dev_folder
  std::string dev_folder;
  std::string unit;
  bool tls = false;    // with the machine's own authorities
  bool plain = false;  // output for a screen reader
};

struct Profiles {
  std::string in_use;  // the name of the one that counts when none is named; empty for none
  std::map<std::string, Profile> by_name;
};

// The file of profiles: NAVO_CONFIG, or navo/profiles.json in XDG_CONFIG_HOME or ~/.config; empty
// when the environment names no home.
std::string ProfilesPath(const std::function<std::string(const std::string&)>& environment);

// No file is no profiles. Errors: INVALID_ARGUMENT when the file cannot be read or is not as
// WriteProfiles leaves it.
absl::StatusOr<Profiles> ReadProfiles(const std::string& path);

// Puts a new file in the place of the old one; folders are made, only the owner may read it.
// Errors: FAILED_PRECONDITION, and then the old file stands.
absl::Status WriteProfiles(const std::string& path, const Profiles& profiles);

// Keeps `token` in tokens/NAME beside the profiles, for the owner alone, and gives that path.
// Errors: as WriteProfiles.
absl::StatusOr<std::string> KeepToken(const std::string& profiles_path, const std::string& name,
                                      const std::string& token);

// 1 to 40 of a-z, 0-9 and '-': it becomes a file name.
bool IsProfileName(const std::string& name);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_PROFILES_H_
