#include "clients/cli/dev_people.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "clients/cli/mint.h"

namespace navo::cli {
namespace {

std::string Text(const nlohmann::json& person, const char* name) {
  const auto found = person.find(name);
  return found != person.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

absl::StatusOr<std::vector<DevPerson>> ReadDevPeople(const std::string& folder) {
  const std::string path = folder + "/dev-people.json";
  std::ifstream file(path);
  if (!file) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, " is not there: start a trial server (./dev run), or name its folder with --dev"));
  }
  const nlohmann::json people = nlohmann::json::parse(file, nullptr, false);
  if (!people.is_array()) {
    return absl::InvalidArgumentError(path + " is no list of people: start the trial server again");
  }
  std::vector<DevPerson> result;
  for (const auto& person : people) {
    if (!person.is_object()) continue;
    result.push_back({Text(person, "key"), Text(person, "name"), Text(person, "issuer"),
                      Text(person, "subject"), Text(person, "kind"), Text(person, "pid")});
  }
  return result;
}

absl::StatusOr<std::string> TokenOf(const std::string& folder, const std::string& key,
                                    absl::Time now) {
  const auto people = ReadDevPeople(folder);
  if (!people.ok()) return people.status();
  std::string keys;
  for (const DevPerson& person : *people) {
    absl::StrAppend(&keys, keys.empty() ? "" : ", ", person.key);
    if (person.key != key) continue;
    TokenRequest request;
    if (!person.issuer.empty()) request.issuer = person.issuer;
    request.subject = person.subject;
    request.kind = person.kind;
    request.pid = person.pid;
    request.name = person.name;
    request.now = now;
    return MintToken(folder + "/dev-signing-key.pem", request);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("nobody here is called ", key, ": there are ", keys));
}

}  // namespace navo::cli
