#include "clients/cli/profiles.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "clients/cli/replace_file.h"

namespace navo::cli {
namespace {

using nlohmann::json;

struct TextField {
  const char* name;
  std::string Profile::*member;
};
constexpr TextField kTexts[] = {
    {"server", &Profile::server},         {"ca_file", &Profile::ca_file},
    {"cert_file", &Profile::cert_file},   {"key_file", &Profile::key_file},
    {"token_file", &Profile::token_file}, {"as", &Profile::as},
    {"dev_folder", &Profile::dev_folder}, {"unit", &Profile::unit},
};

absl::Status NotProfiles(const std::string& path) {
  return absl::InvalidArgumentError(path +
                                    " is not a file of profiles: mend it, or delete it and set "
                                    "them again with navo profile set");
}

bool ReadProfile(const json& value, Profile* profile) {
  if (!value.is_object()) return false;
  for (const auto& [name, content] : value.items()) {
    const std::string& key = name;  // A structured binding is not captured.
    const auto* field = std::find_if(std::begin(kTexts), std::end(kTexts),
                                     [&key](const TextField& text) { return text.name == key; });
    if (field != std::end(kTexts) && content.is_string()) {
      profile->*(field->member) = content.get<std::string>();
    } else if (name == "plain" && content.is_boolean()) {
      profile->plain = content.get<bool>();
    } else if (name == "tls" && content.is_boolean()) {
      profile->tls = content.get<bool>();
    } else {
      return false;
    }
  }
  return true;
}

json ToJson(const Profile& profile) {
  json value = json::object();
  for (const TextField& field : kTexts) {
    if (!(profile.*(field.member)).empty()) value[field.name] = profile.*(field.member);
  }
  if (profile.tls) value["tls"] = true;
  if (profile.plain) value["plain"] = true;
  return value;
}

}  // namespace

std::string ProfilesPath(const std::function<std::string(const std::string&)>& environment) {
  if (std::string path = environment("NAVO_CONFIG"); !path.empty()) return path;
  if (const std::string folder = environment("XDG_CONFIG_HOME"); !folder.empty()) {
    return folder + "/navo/profiles.json";
  }
  const std::string home = environment("HOME");
  return home.empty() ? "" : home + "/.config/navo/profiles.json";
}

absl::StatusOr<Profiles> ReadProfiles(const std::string& path) {
  Profiles profiles;
  std::error_code missing;
  if (path.empty() || !std::filesystem::exists(path, missing)) return profiles;
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file.is_open() || file.bad()) return absl::InvalidArgumentError("cannot read " + path);
  const json value = json::parse(text, nullptr, false);
  if (!value.is_object()) return NotProfiles(path);
  for (const auto& [name, content] : value.items()) {
    if (name == "in_use" && content.is_string()) {
      profiles.in_use = content.get<std::string>();
    } else if (name == "profiles" && content.is_object()) {
      for (const auto& [key, profile] : content.items()) {
        if (!ReadProfile(profile, &profiles.by_name[key])) return NotProfiles(path);
      }
    } else {
      return NotProfiles(path);
    }
  }
  return profiles;
}

absl::Status WriteProfiles(const std::string& path, const Profiles& profiles) {
  if (path.empty()) {
    return absl::FailedPreconditionError("there is no home folder: name a file in NAVO_CONFIG");
  }
  json value;
  if (!profiles.in_use.empty()) value["in_use"] = profiles.in_use;
  value["profiles"] = json::object();
  for (const auto& [name, profile] : profiles.by_name) value["profiles"][name] = ToJson(profile);
  return ReplaceFile(path, value.dump(2) + "\n");
}

absl::StatusOr<std::string> KeepToken(const std::string& profiles_path, const std::string& name,
                                      const std::string& token) {
  if (profiles_path.empty()) {
    return absl::FailedPreconditionError("there is no home folder: name a file in NAVO_CONFIG");
  }
  const std::filesystem::path folder = std::filesystem::path(profiles_path).parent_path();
  const std::string path = (folder / "tokens" / name).string();
  if (absl::Status status = ReplaceFile(path, token + "\n"); !status.ok()) return status;
  return path;
}

bool IsProfileName(const std::string& name) {
  return !name.empty() && name.size() <= 40 &&
         std::all_of(name.begin(), name.end(), [](char letter) {
           return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
                  letter == '-';
         });
}

}  // namespace navo::cli
