#include "services/sign_in/issuers.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/sign_in/strict_json.h"
#include "storage/private_file.h"

namespace navo::services {
namespace {

constexpr std::int64_t kMaxLeewaySeconds = 300;
constexpr std::array<std::string_view, 8> kFields = {
    "issuer",     "audience",  "jwks_file", "kind", "leeway_s", "access_token_type_required",
    "acr_values", "algorithms"};

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

absl::Status ReadOptional(const nlohmann::json& entry, Issuer& issuer) {
  const auto algorithms = TextsIn(entry, "algorithms");
  if (!algorithms) return Refused("algorithms must be a list of RS256 and ES256");
  if (!algorithms->empty()) issuer.algorithms.clear();
  for (const std::string& name : *algorithms) {
    const std::optional<Algorithm> algorithm = ParseAlgorithm(name);
    if (!algorithm) return Refused("algorithms must be a list of RS256 and ES256");
    issuer.algorithms.push_back(*algorithm);
  }
  if (const auto found = entry.find("leeway_s"); found != entry.end()) {
    const auto seconds = found->is_number_integer() ? found->get<std::int64_t>() : -1;
    if (seconds < 0 || seconds > kMaxLeewaySeconds) return Refused("leeway_s must be 0 to 300");
    issuer.leeway = absl::Seconds(seconds);
  }
  if (const auto found = entry.find("access_token_type_required"); found != entry.end()) {
    if (!found->is_boolean()) return Refused("access_token_type_required must be true or false");
    issuer.access_token_type_required = found->get<bool>();
  }
  auto acr_values = TextsIn(entry, "acr_values");
  if (!acr_values) return Refused("acr_values must be a list of texts");
  issuer.acr_values = *std::move(acr_values);
  return absl::OkStatus();
}

absl::StatusOr<Issuer> ReadIssuer(const nlohmann::json& entry, const std::string& folder) {
  if (!entry.is_object()) return Refused("is not a JSON object");
  for (const auto& [field, value] : entry.items()) {
    // A misspelt restriction must not quietly restrict nothing.
    if (std::find(kFields.begin(), kFields.end(), field) == kFields.end()) {
      return Refused("unknown field " + field);
    }
  }
  const std::string* const name = StringIn(entry, "issuer");
  const std::string* const audience = StringIn(entry, "audience");
  const std::string* const jwks_file = StringIn(entry, "jwks_file");
  const std::string* const kind = StringIn(entry, "kind");
  if (name == nullptr || name->empty()) return Refused("issuer is missing");
  if (audience == nullptr || audience->empty()) return Refused("audience is missing");
  if (jwks_file == nullptr || jwks_file->empty()) return Refused("jwks_file is missing");

  Issuer issuer{.name = *name, .audience = *audience};
  if (kind != nullptr) issuer.kind = ParseCallerKind(*kind);
  if (!issuer.kind) return Refused("kind must be STAFF, PARTICIPANT or SYSTEM");
  if (absl::Status read = ReadOptional(entry, issuer); !read.ok()) return read;

  const std::string path = (std::filesystem::path(folder) / *jwks_file).string();
  const absl::StatusOr<std::string> text = storage::ReadSmallFile(path, KeySet::kMaxTextBytes);
  if (!text.ok()) return text.status();
  absl::StatusOr<KeySet> keys = KeySet::Parse(*text);
  if (!keys.ok()) return Refused(absl::StrCat(path, ": ", keys.status().message()));
  issuer.keys = *std::move(keys);
  return issuer;
}

}  // namespace

std::optional<CallerKind> ParseCallerKind(std::string_view name) {
  if (name == "STAFF") return CallerKind::kStaff;
  if (name == "PARTICIPANT") return CallerKind::kParticipant;
  if (name == "SYSTEM") return CallerKind::kSystem;
  return std::nullopt;
}

absl::StatusOr<Issuers> Issuers::Load(const std::string& path) {
  const absl::StatusOr<std::string> text = storage::ReadSmallFile(path, kMaxFileBytes);
  if (!text.ok()) return text.status();
  const std::optional<nlohmann::json> file = ParseStrictJson(*text);
  if (!file || !file->is_array()) return Refused(path + ": is not a JSON list");
  const std::string folder = std::filesystem::path(path).parent_path().string();
  Issuers issuers;
  for (std::size_t i = 0; i < file->size(); ++i) {
    absl::StatusOr<Issuer> issuer = ReadIssuer((*file)[i], folder);
    absl::Status added = issuer.ok() ? issuers.Add(*std::move(issuer)) : issuer.status();
    if (!added.ok()) {
      return absl::Status(added.code(), absl::StrCat(path, ": [", i, "] ", added.message()));
    }
  }
  return issuers;
}

absl::Status Issuers::Add(Issuer issuer) {
  const auto [place, added] = issuers_.try_emplace(issuer.name);
  if (!added) return absl::AlreadyExistsError("issuer stands twice");
  place->second = std::move(issuer);
  return absl::OkStatus();
}

const Issuer* Issuers::Find(const std::string& name) const {
  const auto found = issuers_.find(name);
  return found == issuers_.end() ? nullptr : &found->second;
}

}  // namespace navo::services
