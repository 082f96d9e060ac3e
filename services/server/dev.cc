#include "services/server/dev.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/sign_in/local_issuer.h"
#include "storage/keys.h"
#include "storage/status_macros.h"

namespace navo::services {

absl::Status PrepareDev(ServerOptions& options) {
  std::error_code error;
  std::filesystem::create_directories(options.dev_folder, error);
  if (error) {
    return absl::FailedPreconditionError(
        absl::StrCat("cannot make the folder ", options.dev_folder));
  }
  options.identifiers = domain::Profile::kTest;
  if (options.keys.empty()) options.keys = options.dev_folder + "/dev-keys.json";
  const absl::Status made = storage::CreateKeys(options.keys, *options.random);
  return absl::IsAlreadyExists(made) ? absl::OkStatus() : made;
}

absl::Status AddDevIssuer(const std::string& folder, const Seed& seed, Issuers& issuers) {
  NAVO_ASSIGN_OR_RETURN(Issuer local, EnsureLocalIssuer(folder));
  nlohmann::json people = nlohmann::json::array();
  for (const TrialPerson& person : seed.people) {
    if (!person.issuer.empty() && person.issuer != local.name) continue;
    nlohmann::json entry = {{"key", person.key},
                            {"name", person.name},
                            {"issuer", local.name},
                            {"subject", person.subject},
                            {"kind", person.kind}};
    if (!person.pid.empty()) entry["pid"] = person.pid;
    people.push_back(std::move(entry));
  }
  std::ofstream file(folder + "/dev-people.json", std::ios::trunc);
  file << people.dump(2) << "\n";
  file.close();
  if (!file) return absl::UnavailableError("cannot write dev-people.json into the --dev folder");
  return issuers.Add(std::move(local));
}

}  // namespace navo::services
