#include "services/sign_in/read_issuer.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/sign_in/https_get.h"
#include "services/sign_in/strict_json.h"
#include "storage/private_file.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

constexpr std::int64_t kMaxLeewaySeconds = 300;
constexpr std::array<std::string_view, 15> kFields = {
    "issuer",         "audience",        "kind",          "jwks_file",
    "leeway_s",       "algorithms",      "acr_values",    "access_token_type_required",
    "claims",         "required_scopes", "discovery_url", "ca_file",
    "keys_max_age_s", "fetch_timeout_s", "loopback_http"};
constexpr std::array<std::string_view, 5> kOfFetching = {
    "discovery_url", "ca_file", "keys_max_age_s", "fetch_timeout_s", "loopback_http"};
constexpr std::size_t kMaxClaimNameBytes = 255;
constexpr std::size_t kMaxAuthorityBytes = 1024 * 1024;

absl::Status Refused(const std::string& why) { return absl::InvalidArgumentError(why); }

// A list of texts under `name`, empty when the field is absent; nullopt when it is something else.
std::optional<std::vector<std::string>> TextsIn(const nlohmann::json& object, const char* name) {
  std::vector<std::string> texts;
  const auto found = object.find(name);
  if (found == object.end()) return texts;
  if (!found->is_array() || found->empty()) return std::nullopt;
  for (const nlohmann::json& item : *found) {
    if (!item.is_string()) return std::nullopt;
    texts.push_back(item.get<std::string>());
  }
  return texts;
}

// A misspelt restriction must not quietly restrict nothing.
template <typename Names>
absl::Status OnlyFields(const nlohmann::json& object, const Names& names) {
  for (const auto& [field, value] : object.items()) {
    if (std::find(names.begin(), names.end(), field) == names.end()) {
      return Refused("unknown field " + field);
    }
  }
  return absl::OkStatus();
}

absl::Status ReadSeconds(const nlohmann::json& entry, const char* name, std::int64_t least,
                         std::int64_t most, absl::Duration& duration) {
  const auto found = entry.find(name);
  if (found == entry.end()) return absl::OkStatus();
  const auto seconds = found->is_number_integer() ? found->get<std::int64_t>() : -1;
  if (seconds < least || seconds > most) {
    return Refused(absl::StrCat(name, " must be ", least, " to ", most));
  }
  duration = absl::Seconds(seconds);
  return absl::OkStatus();
}

absl::Status ReadFlag(const nlohmann::json& entry, const char* name, bool& flag) {
  const auto found = entry.find(name);
  if (found == entry.end()) return absl::OkStatus();
  if (!found->is_boolean()) return Refused(absl::StrCat(name, " must be true or false"));
  flag = found->get<bool>();
  return absl::OkStatus();
}

absl::Status ReadAlgorithms(const nlohmann::json& entry, Issuer& issuer) {
  const auto algorithms = TextsIn(entry, "algorithms");
  if (!algorithms) return Refused("algorithms must be a list of RS256, PS256 and ES256");
  if (!algorithms->empty()) issuer.algorithms.clear();
  for (const std::string& name : *algorithms) {
    const std::optional<Algorithm> algorithm = ParseAlgorithm(name);
    if (!algorithm) return Refused("algorithms must be a list of RS256, PS256 and ES256");
    issuer.algorithms.push_back(*algorithm);
  }
  return absl::OkStatus();
}

absl::Status ReadClaimNames(const nlohmann::json& entry, ClaimNames& names) {
  const auto found = entry.find("claims");
  if (found == entry.end()) return absl::OkStatus();
  if (!found->is_object()) return Refused("claims must be an object");
  const std::map<std::string, std::string*> known = {{"subject", &names.subject},
                                                     {"organisation", &names.organisation},
                                                     {"pid", &names.pid},
                                                     {"name", &names.name},
                                                     {"scopes", &names.scopes}};
  for (const auto& [field, value] : found->items()) {
    const auto place = known.find(field);
    if (place == known.end()) return Refused("unknown field claims." + field);
    const auto* text = value.get_ptr<const std::string*>();
    if (text == nullptr || text->empty() || text->size() > kMaxClaimNameBytes) {
      return Refused(absl::StrCat("claims.", field, " must be the name of a claim"));
    }
    *place->second = *text;
  }
  if (found->contains("subject") && found->contains("organisation")) {
    return Refused("claims must have subject or organisation, not both");
  }
  return absl::OkStatus();
}

absl::Status ReadOptional(const nlohmann::json& entry, Issuer& issuer) {
  NAVO_RETURN_IF_ERROR(ReadAlgorithms(entry, issuer));
  NAVO_RETURN_IF_ERROR(ReadSeconds(entry, "leeway_s", 0, kMaxLeewaySeconds, issuer.leeway));
  NAVO_RETURN_IF_ERROR(
      ReadFlag(entry, "access_token_type_required", issuer.access_token_type_required));
  auto acr_values = TextsIn(entry, "acr_values");
  if (!acr_values) return Refused("acr_values must be a list of texts");
  issuer.acr_values = *std::move(acr_values);
  auto scopes = TextsIn(entry, "required_scopes");
  if (!scopes) return Refused("required_scopes must be a list of texts");
  issuer.required_scopes = *std::move(scopes);
  return ReadClaimNames(entry, issuer.claims);
}

absl::Status ReadKeyFile(const nlohmann::json& entry, const std::string& folder, Issuer& issuer) {
  for (const std::string_view field : kOfFetching) {
    if (entry.contains(field)) {
      return Refused(
          absl::StrCat(std::string(field), " goes with fetched keys, not with jwks_file"));
    }
  }
  const std::string* const file = StringIn(entry, "jwks_file");
  if (file == nullptr || file->empty()) return Refused("jwks_file must be the name of a file");
  const std::string path = (std::filesystem::path(folder) / *file).string();
  NAVO_ASSIGN_OR_RETURN(const std::string text,
                        storage::ReadSmallFile(path, KeySet::kMaxTextBytes));
  absl::StatusOr<KeySet> keys = KeySet::Parse(text);
  if (!keys.ok()) return Refused(absl::StrCat(path, ": ", keys.status().message()));
  issuer.keys = *std::move(keys);
  return absl::OkStatus();
}

absl::Status ReadDiscovery(const nlohmann::json& entry, const std::string& folder, Issuer& issuer) {
  Discovery discovery{.url = DiscoveryUrl(issuer.name)};
  NAVO_RETURN_IF_ERROR(ReadFlag(entry, "loopback_http", discovery.loopback_http));
  NAVO_RETURN_IF_ERROR(ReadSeconds(entry, "keys_max_age_s", 60, 86'400, discovery.max_age));
  NAVO_RETURN_IF_ERROR(ReadSeconds(entry, "fetch_timeout_s", 1, 60, discovery.timeout));
  const char* named = "issuer (without discovery_url and jwks_file)";
  const std::string* url = &issuer.name;
  if (entry.contains("discovery_url")) {
    url = StringIn(entry, "discovery_url");
    named = "discovery_url";
    if (url == nullptr) return Refused("discovery_url must be an address");
    discovery.url = *url;
  }
  if (absl::Status fits = CheckUrl(*url, discovery.loopback_http); !fits.ok()) {
    return Refused(absl::StrCat(named, " ", fits.message()));
  }
  if (entry.contains("ca_file")) {
    const std::string* file = StringIn(entry, "ca_file");
    if (file == nullptr || file->empty()) return Refused("ca_file must be the name of a file");
    discovery.ca_file = (std::filesystem::path(folder) / *file).string();
    NAVO_RETURN_IF_ERROR(storage::ReadSmallFile(discovery.ca_file, kMaxAuthorityBytes).status());
  }
  issuer.discovery = std::move(discovery);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Issuer> ReadIssuer(const nlohmann::json& entry, const std::string& folder) {
  if (!entry.is_object()) return Refused("is not a JSON object");
  NAVO_RETURN_IF_ERROR(OnlyFields(entry, kFields));
  const std::string* const name = StringIn(entry, "issuer");
  const std::string* const audience = StringIn(entry, "audience");
  const std::string* const kind = StringIn(entry, "kind");
  if (name == nullptr || name->empty()) return Refused("issuer is missing");
  if (audience == nullptr || audience->empty()) return Refused("audience is missing");

  Issuer issuer{.name = *name, .audience = *audience};
  if (kind != nullptr) issuer.kind = ParseCallerKind(*kind);
  if (!issuer.kind) return Refused("kind must be STAFF, PARTICIPANT or SYSTEM");
  NAVO_RETURN_IF_ERROR(ReadOptional(entry, issuer));
  NAVO_RETURN_IF_ERROR(entry.contains("jwks_file") ? ReadKeyFile(entry, folder, issuer)
                                                   : ReadDiscovery(entry, folder, issuer));
  return issuer;
}

}  // namespace navo::services
