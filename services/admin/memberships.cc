#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/admin/list_page.h"
#include "services/admin/methods.h"
#include "services/admin/principals.h"
#include "services/domain/calendar.h"
#include "services/domain/reasons.h"
#include "storage/directory.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

namespace reason = domain::reason;
using absl::StatusCode;
using access::RoleSet;
using storage::MembershipRow;

constexpr std::string_view kSubject = "membership";
constexpr RoleSet kDrift{v1::ROLE_DRIFT};
constexpr RoleSet kSystem{v1::ROLE_INTEGRASJON};

struct Listed {
  const access::Principal* principal;
  const access::Membership* membership;
  const access::Unit* unit;
  int64_t key() const { return membership->key; }
};

RoleSet CheckRoles(const v1::AddMembershipRequest& request, domain::Violations& violations) {
  RoleSet roles;
  if (request.roles().empty()) violations.Add("roles", "must name a role");
  for (int i = 0; i < request.roles_size(); ++i) {
    const auto role = static_cast<v1::Role>(request.roles(i));
    if (!v1::Role_IsValid(role) || role == v1::ROLE_UNSPECIFIED || role == v1::ROLE_DELTAKER) {
      violations.Add(absl::StrCat("roles[", i, "]"),
                     "must be one of the documented roles, and not DELTAKER");
    } else {
      roles.Add(role);
    }
  }
  for (const RoleSet alone : {kDrift, kSystem}) {
    if (!roles.Intersects(alone) || roles == alone) continue;
    violations.Add("roles", "must be DRIFT or INTEGRASJON alone, or neither of them");
  }
  if (request.administers_installation() && roles != kDrift) {
    violations.Add("administers_installation", "goes with the role DRIFT alone");
  }
  return roles;
}

// The period, its ends included. What is wrong with it is in `violations`.
void CheckDays(const v1::AddMembershipRequest& request, int32_t today, MembershipRow& row,
               domain::Violations& violations) {
  row.valid_to_day = storage::kNoEndDay;
  std::optional<int32_t> from;
  if (request.has_valid_from()) {
    from = domain::CheckDate("valid_from", request.valid_from(), violations);
    if (from.has_value() && *from < today) violations.Add("valid_from", "must be today or later");
  } else {
    violations.Add("valid_from", "must be set");
  }
  if (request.has_valid_to()) {
    const auto to = domain::CheckDate("valid_to", request.valid_to(), violations);
    domain::CheckPeriod("valid_to", from, to, violations);
    if (to.has_value()) row.valid_to_day = *to;
  }
  if (from.has_value()) row.valid_from_day = *from;
}

// The unit, NOT_FOUND also for one of a controller that the caller does not administer.
absl::StatusOr<storage::UnitRow> FindOpenUnit(door::WriteCase& c, const Authority& authority,
                                              const std::string& unit_id) {
  NAVO_ASSIGN_OR_RETURN(std::optional<storage::UnitRow> unit, storage::FindUnit(c.tx(), unit_id));
  if (!unit.has_value() || unit->version == 0 || !authority.Administers(unit->controller_key)) {
    return domain::NotFound();
  }
  if (unit->closed) {
    return domain::MakeError(StatusCode::kFailedPrecondition, reason::kClosed,
                             "the unit is closed and gets no new member");
  }
  return *std::move(unit);
}

absl::Status CheckNoOverlap(door::WriteCase& c, const MembershipRow& row) {
  NAVO_ASSIGN_OR_RETURN(const std::vector<MembershipRow> others,
                        storage::ListMemberships(c.tx(), row.principal_key));
  for (const MembershipRow& other : others) {
    if (other.unit_key != row.unit_key || other.ended_us != 0) continue;
    if (other.valid_to_day < row.valid_from_day || row.valid_to_day < other.valid_from_day) {
      continue;
    }
    return domain::MakeError(StatusCode::kFailedPrecondition, reason::kOverlaps,
                             "there is a membership in the unit in some of these days: end it "
                             "first, or choose other days");
  }
  return absl::OkStatus();
}

// Staff of anybody's: CreatePrincipal gives their ids to whoever knows issuer and subject.
absl::StatusOr<storage::PrincipalRow> FindNewMember(door::WriteCase& c, const Authority& authority,
                                                    const std::string& principal_id) {
  const std::optional<std::string> id = storage::UuidBytes(principal_id);
  if (!id.has_value()) return domain::NotFound();
  NAVO_ASSIGN_OR_RETURN(std::optional<storage::PrincipalRow> row,
                        storage::FindPrincipalById(c.tx(), *id));
  constexpr auto kStaff = static_cast<int64_t>(access::PrincipalKind::kStaff);
  if (row.has_value() && row->kind == kStaff) return *std::move(row);
  return FindVisiblePrincipal(c, authority, principal_id);
}

// What the principal is decides too.
absl::Status CheckFits(const storage::PrincipalRow& principal, const storage::UnitRow& unit,
                       RoleSet roles) {
  const bool system = principal.kind == static_cast<int64_t>(access::PrincipalKind::kSystem);
  domain::Violations violations;
  if (system != (roles == kSystem)) {
    violations.Add("roles", "must be INTEGRASJON for a system, and only for a system");
  }
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  if (system && unit.controller_key != principal.controller_key) {
    return NotYours("a system is a member of its own controller's units alone");
  }
  return absl::OkStatus();
}

bool IsOver(const door::Case& c, const MembershipRow& row) {
  return row.ended_us != 0 || row.valid_to_day < c.today();
}

std::string EtagOf(const door::Case& c, const MembershipRow& row) {
  return AdminEtag(c, kSubject, row.key, row.version);
}

// The membership, NOT_FOUND also for one that the caller does not see in ListMemberships.
absl::StatusOr<MembershipRow> FindListed(door::WriteCase& c, const Authority& authority,
                                         const std::string& membership_id) {
  const std::optional<std::string> id = storage::UuidBytes(membership_id);
  if (!id.has_value()) return domain::NotFound();
  NAVO_ASSIGN_OR_RETURN(std::optional<MembershipRow> row, storage::FindMembershipById(c.tx(), *id));
  if (!row.has_value()) return domain::NotFound();
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::UnitRow> unit,
                        storage::FindUnitByKey(c.tx(), row->unit_key));
  if (!unit.has_value()) return domain::NotFound();
  const bool drift_alone = RoleSet::FromMask(row->roles) == kDrift;
  if (authority.Own(unit->controller_key) || (authority.installation() && drift_alone)) {
    return *std::move(row);
  }
  return domain::NotFound();
}

// Without a last day: at once.
void End(door::WriteCase& c, const v1::EndMembershipRequest& request, MembershipRow& row,
         domain::Violations& violations) {
  if (!request.has_last_day()) {
    row.ended_us = c.tx().now_us();
    row.valid_to_day = std::max<int64_t>(c.today(), row.valid_from_day);
    return;
  }
  const auto day = domain::CheckDate("last_day", request.last_day(), violations);
  if (!day.has_value()) return;
  if (*day < c.today() || *day < row.valid_from_day || *day >= row.valid_to_day) {
    violations.Add("last_day",
                   "must be from today, and from its first day, to the day before it ends by "
                   "itself");
  }
  row.valid_to_day = *day;
}

void Show(const door::Case& c, const Listed& one, v1::Membership* shown) {
  const access::Membership& membership = *one.membership;
  shown->set_membership_id(storage::UuidText(membership.id));
  shown->set_principal_id(storage::UuidText(one.principal->id));
  shown->set_principal_name(one.principal->name);
  shown->set_unit_id(one.unit->id);
  for (int number = 1; number <= v1::Role_MAX; ++number) {
    const auto role = static_cast<v1::Role>(number);
    if (membership.roles.Has(role)) shown->add_roles(role);
  }
  shown->set_administers_installation(membership.installation);
  *shown->mutable_valid_from() = domain::DateOf(static_cast<int32_t>(membership.valid_from_day));
  if (membership.valid_to_day < storage::kNoEndDay) {
    *shown->mutable_valid_to() = domain::DateOf(static_cast<int32_t>(membership.valid_to_day));
  }
  shown->set_ended(membership.ended);
  if (membership.Open(c.today())) {
    shown->set_etag(AdminEtag(c, kSubject, membership.key, membership.version));
  }
}

bool IsListed(const door::Case& c, const Authority& authority,
              const v1::ListMembershipsRequest& request, const Listed& one) {
  if (!request.unit_id().empty() && one.unit->id != request.unit_id()) return false;
  if (!request.include_ended() && !one.membership->Open(c.today())) return false;
  return authority.Own(one.unit->controller_key) ||
         (authority.installation() && one.membership->roles == kDrift);
}

// NOT_FOUND for a filter that names what the caller does not administer.
absl::Status CheckFilters(door::Case& c, const Authority& authority,
                          const v1::ListMembershipsRequest& request) {
  if (!request.unit_id().empty()) {
    const access::Unit* unit = c.directory().FindUnit(std::string_view(request.unit_id()));
    if (unit == nullptr || unit->version == 0 || !authority.Administers(unit->controller_key)) {
      return domain::NotFound();
    }
  }
  if (request.principal_id().empty()) return absl::OkStatus();
  return FindVisiblePrincipal(c, authority, request.principal_id()).status();
}

}  // namespace

absl::Status ListMemberships(door::Case& c, const v1::ListMembershipsRequest& request,
                             v1::ListMembershipsResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const Authority authority, Authority::Of(c));
  NAVO_RETURN_IF_ERROR(CheckFilters(c, authority, request));
  const std::optional<std::string> id = storage::UuidBytes(request.principal_id());
  std::vector<Listed> listed;
  for (const auto& [key, principal] : c.directory().principals()) {
    if (id.has_value() && principal.id != *id) continue;
    for (const access::Membership& membership : principal.memberships) {
      const Listed one{&principal, &membership, c.directory().FindUnit(membership.unit_key)};
      if (IsListed(c, authority, request, one)) listed.push_back(one);
    }
  }
  std::sort(listed.begin(), listed.end(), [](const Listed& left, const Listed& right) {
    return std::tie(left.unit->id, left.principal->name, left.membership->valid_from_day,
                    left.membership->key) < std::tie(right.unit->id, right.principal->name,
                                                     right.membership->valid_from_day,
                                                     right.membership->key);
  });
  const std::string filters =
      absl::StrCat(request.unit_id(), "|", request.principal_id(), "|", request.include_ended());
  return ShowPage(
      c, request, filters, listed,
      [&](const Listed& one) { Show(c, one, response.add_memberships()); },
      response.mutable_next_page_token());
}

absl::Status AddMembership(door::WriteCase& c, const v1::AddMembershipRequest& request,
                           v1::AddMembershipResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const Authority authority, Authority::Of(c));
  MembershipRow row;
  domain::Violations violations;
  const RoleSet roles = CheckRoles(request, violations);
  CheckDays(request, c.today(), row, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const storage::PrincipalRow principal,
                        FindNewMember(c, authority, request.principal_id()));
  NAVO_RETURN_IF_ERROR(authority.CheckNotSelf(principal.key));
  NAVO_ASSIGN_OR_RETURN(const storage::UnitRow unit, FindOpenUnit(c, authority, request.unit_id()));
  if (!authority.MayGive(unit.controller_key, roles, request.administers_installation())) {
    return NotYours(
        "who administers the installation is made by who does so, and whom another controller "
        "lets into its cases by its own administration");
  }
  NAVO_RETURN_IF_ERROR(CheckFits(principal, unit, roles));
  row.id = c.NewId();
  row.principal_key = principal.key;
  row.unit_key = unit.key;
  row.roles = roles.mask();
  row.installation = request.administers_installation();
  row.version = 1;
  NAVO_RETURN_IF_ERROR(CheckNoOverlap(c, row));
  NAVO_ASSIGN_OR_RETURN(row.key, storage::PutMembership(c.tx(), row, c.author()));
  response.set_membership_id(storage::UuidText(row.id));
  response.set_etag(EtagOf(c, row));
  return absl::OkStatus();
}

absl::Status EndMembership(door::WriteCase& c, const v1::EndMembershipRequest& request,
                           v1::EndMembershipResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const Authority authority, Authority::Of(c));
  NAVO_ASSIGN_OR_RETURN(MembershipRow row, FindListed(c, authority, request.membership_id()));
  NAVO_RETURN_IF_ERROR(authority.CheckNotSelf(row.principal_key));
  if (row.installation) NAVO_RETURN_IF_ERROR(authority.CheckInstallation());
  if (IsOver(c, row)) {
    return domain::MakeError(StatusCode::kFailedPrecondition, reason::kIllegalStateChange,
                             "the membership is over already");
  }
  domain::Violations violations;
  End(c, request, row, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_RETURN_IF_ERROR(c.CheckEtag(request.etag(), EtagOf(c, row)));
  ++row.version;
  NAVO_RETURN_IF_ERROR(storage::PutMembership(c.tx(), row, c.author()).status());
  if (!IsOver(c, row)) response.set_etag(EtagOf(c, row));
  return absl::OkStatus();
}

}  // namespace navo::services
