#include "services/sign_in/read_claims.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/sign_in/strict_json.h"

namespace navo::services {
namespace {

constexpr std::size_t kMaxSubjectBytes = 255;
constexpr std::size_t kMaxNameBytes = 200;
constexpr std::size_t kMaxScopes = 200;
constexpr std::size_t kIdentityNumberDigits = 11;
constexpr std::size_t kOrganisationNumberDigits = 9;
constexpr double kEndOfYear9999 = 253'402'300'799;
// ISO 6523: the register of actor ids, and in it Norway's register of organisations.
constexpr std::string_view kActorIds = "iso6523-actorid-upis";
constexpr std::string_view kNorwegianRegister = "0192:";

bool HasControlCharacter(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool IsDigits(std::string_view text, std::size_t count) {
  return text.size() == count &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::string> OrganisationIn(const nlohmann::json& payload, const std::string& name) {
  const auto found = payload.find(name);
  if (found == payload.end() || !found->is_object()) return std::nullopt;
  const std::string* authority = StringIn(*found, "authority");
  const std::string* id = StringIn(*found, "ID");
  if (authority == nullptr || *authority != kActorIds || id == nullptr) return std::nullopt;
  if (!id->starts_with(kNorwegianRegister)) return std::nullopt;
  const std::string_view number = std::string_view(*id).substr(kNorwegianRegister.size());
  if (!IsDigits(number, kOrganisationNumberDigits)) return std::nullopt;
  return *id;
}

std::optional<std::string> SubjectIn(const nlohmann::json& payload, const ClaimNames& names) {
  if (!names.organisation.empty()) return OrganisationIn(payload, names.organisation);
  const std::string* subject = StringIn(payload, names.subject.c_str());
  if (subject == nullptr || subject->empty() || subject->size() > kMaxSubjectBytes ||
      HasControlCharacter(*subject)) {
    return std::nullopt;
  }
  return *subject;
}

std::vector<std::string> ScopesIn(const nlohmann::json& payload, const std::string& name) {
  std::vector<std::string> scopes;
  const auto found = payload.find(name);
  if (found == payload.end()) return scopes;
  if (found->is_array()) {
    for (const nlohmann::json& scope : *found) {
      if (scope.is_string() && scopes.size() < kMaxScopes) scopes.push_back(scope);
    }
    return scopes;
  }
  const std::string* text = found->get_ptr<const std::string*>();
  if (text == nullptr) return scopes;
  for (std::size_t begin = 0; begin < text->size() && scopes.size() < kMaxScopes;) {
    const std::size_t end = std::min(text->find(' ', begin), text->size());
    if (end > begin) scopes.push_back(text->substr(begin, end - begin));
    begin = end + 1;
  }
  return scopes;
}

}  // namespace

std::optional<absl::Time> TimeIn(const nlohmann::json& payload, const char* name) {
  const auto found = payload.find(name);
  if (found == payload.end() || !found->is_number()) return std::nullopt;
  const double seconds = found->get<double>();
  if (!(seconds >= 0 && seconds <= kEndOfYear9999)) return std::nullopt;
  return absl::FromUnixSeconds(static_cast<std::int64_t>(std::floor(seconds)));
}

std::optional<Claims> ReadClaims(const nlohmann::json& payload, const Issuer& issuer) {
  Claims claims{.issuer = issuer.name};
  std::optional<std::string> subject = SubjectIn(payload, issuer.claims);
  if (!subject) return std::nullopt;
  claims.subject = *std::move(subject);
  std::optional<CallerKind> kind = issuer.kind;
  if (const std::string* text = StringIn(payload, "kind"); !kind && text != nullptr) {
    kind = ParseCallerKind(*text);
  }
  if (!kind) return std::nullopt;
  claims.kind = *kind;
  // An issuer of staff has no say about who a participant is, so its `pid` is not even kept.
  if (claims.kind == CallerKind::kParticipant && payload.contains(issuer.claims.pid)) {
    const std::string* pid = StringIn(payload, issuer.claims.pid.c_str());
    if (pid == nullptr || !IsDigits(*pid, kIdentityNumberDigits)) return std::nullopt;
    claims.pid = *pid;
  }
  const std::string* name = StringIn(payload, issuer.claims.name.c_str());
  if (name != nullptr && name->size() <= kMaxNameBytes && !HasControlCharacter(*name)) {
    claims.name = *name;
  }
  claims.scopes = ScopesIn(payload, issuer.claims.scopes);
  const std::optional<absl::Time> expires_at = TimeIn(payload, "exp");
  if (!expires_at) return std::nullopt;
  claims.expires_at = *expires_at;
  return claims;
}

}  // namespace navo::services
