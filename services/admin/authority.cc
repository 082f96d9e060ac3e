#include "services/admin/authority.h"

#include <algorithm>
#include <vector>

#include "services/domain/reasons.h"
#include "storage/directory.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

namespace reason = domain::reason;

constexpr access::RoleSet kDrift{v1::ROLE_DRIFT};
constexpr size_t kShortestId = 2;
constexpr size_t kLongestId = 64;

}  // namespace

absl::StatusOr<Authority> Authority::Of(door::Case& c) {
  Authority authority;
  authority.principal_key_ = c.caller().principal_key;
  authority.controller_key_ = c.caller().controller_key;
  NAVO_ASSIGN_OR_RETURN(const std::vector<storage::MembershipRow> memberships,
                        storage::ListMemberships(c.tx(), authority.principal_key_));
  bool administers = false;
  for (const storage::MembershipRow& row : memberships) {
    const bool in_force = row.unit_key == c.caller().unit_key && row.ended_us == 0 &&
                          row.valid_from_day <= c.today() && c.today() <= row.valid_to_day;
    if (!in_force || !access::RoleSet::FromMask(row.roles).Has(v1::ROLE_DRIFT)) continue;
    administers = true;
    authority.installation_ |= row.installation;
  }
  if (!administers) return NotYours("your membership has ended");
  return authority;
}

bool Authority::MayGive(int64_t controller_key, access::RoleSet roles, bool installation) const {
  if (installation_) return roles == kDrift || Own(controller_key);
  return Own(controller_key) && !installation;
}

absl::Status Authority::CheckNotSelf(int64_t principal_key) const {
  if (principal_key != principal_key_) return absl::OkStatus();
  return domain::MakeError(absl::StatusCode::kPermissionDenied, reason::kOwnRights,
                           "nobody changes anything about himself: ask another administrator");
}

absl::Status Authority::CheckInstallation() const {
  if (installation_) return absl::OkStatus();
  return NotYours("only who administers the whole installation may do this");
}

absl::Status NotYours(std::string_view message) {
  return domain::MakeError(absl::StatusCode::kPermissionDenied, reason::kRoleNotAllowed, message);
}

std::string AdminEtag(const door::Case& c, std::string_view subject, int64_t key, int64_t version) {
  return c.Etag(subject, {c.caller().controller_key, 0, 0}, key, version);
}

void CheckNewId(std::string_view field, const std::string& id, domain::Violations& violations) {
  const bool letters = std::all_of(id.begin(), id.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
  });
  if (letters && id.size() >= kShortestId && id.size() <= kLongestId && id.front() != '-') return;
  violations.Add(std::string(field),
                 "must be 2 to 64 of a-z, 0-9 and '-', beginning with a letter or digit");
}

}  // namespace navo::services
