#include "services/admin/principals.h"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/admin/list_page.h"
#include "services/admin/methods.h"
#include "services/domain/reasons.h"
#include "services/domain/text.h"
#include "services/door/caller.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

namespace reason = domain::reason;
using absl::StatusCode;
using storage::PrincipalRow;

constexpr std::string_view kSubject = "principal";
constexpr std::string_view kNumbers = "own-numbers";
constexpr int64_t kDriftAlone = access::RoleSet{v1::ROLE_DRIFT}.mask();
constexpr int kMaxFamilyNumbers = 50;

struct Listed {
  const access::Principal* principal;
  int64_t key() const { return principal->key; }
};

// A scope is a system's; staff follow and import nothing.
template <typename Values, typename Valid>
int64_t CheckScope(const char* field, const Values& values, bool system, Valid valid,
                   domain::Violations& violations) {
  if (!system && !values.empty()) violations.Add(field, "must be empty: only a system has a scope");
  int64_t mask = 0;
  for (int i = 0; i < values.size(); ++i) {
    if (values.Get(i) == 0 || !valid(values.Get(i))) {
      violations.Add(absl::StrCat(field, "[", i, "]"), "must be one of the documented values");
    } else {
      mask |= int64_t{1} << values.Get(i);
    }
  }
  return mask;
}

template <typename Request>
void CheckNameAndScope(const Request& request, bool system, PrincipalRow& row,
                       domain::Violations& violations) {
  row.name = request.name();
  domain::CheckText("name", &row.name, domain::kRequiredNameText, violations);
  row.imports =
      CheckScope("imports", request.imports(), system, v1::ImportFormat_IsValid, violations);
  row.follows = CheckScope("follows", request.follows(), system, v1::Category_IsValid, violations);
  if (!system && request.sets_protection()) {
    violations.Add("sets_protection", "must be false: only a system has a scope");
  }
}

// How people are protected concerns every controller, so no single one gives that scope.
absl::Status MayGiveScope(const Authority& authority, bool before, bool wanted) {
  return wanted && !before ? authority.CheckInstallation() : absl::OkStatus();
}

bool IsSystem(const PrincipalRow& row) {
  return row.kind == static_cast<int64_t>(access::PrincipalKind::kSystem);
}

std::string EtagOf(const door::Case& c, const PrincipalRow& row) {
  if (row.controller_key != c.caller().controller_key) return {};
  return AdminEtag(c, kSubject, row.key, row.version);
}

absl::StatusOr<std::string> NumbersEtagOf(door::Case& c, const PrincipalRow& row) {
  if (IsSystem(row)) return std::string();
  NAVO_ASSIGN_OR_RETURN(const int64_t version,
                        storage::OwnNumbersVersion(c.tx(), row.key, c.caller().controller_key));
  return AdminEtag(c, kNumbers, row.key, version);
}

void Show(const door::Case& c, const access::Principal& principal, v1::Principal* shown) {
  const int64_t controller_key = c.caller().controller_key;
  shown->set_principal_id(storage::UuidText(principal.id));
  shown->set_kind(static_cast<v1::PrincipalKind>(principal.kind));
  shown->set_issuer(principal.issuer);
  shown->set_subject(principal.subject);
  shown->set_name(principal.name);
  for (const v1::ImportFormat format : principal.imports) shown->add_imports(format);
  for (int number = 1; number <= v1::Category_MAX; ++number) {
    const auto category = static_cast<v1::Category>(number);
    if (principal.follows.Has(category)) shown->add_follows(category);
  }
  shown->set_sets_protection(principal.sets_protection);
  shown->set_own(principal.controller_key == controller_key);
  if (shown->own()) {
    shown->set_etag(AdminEtag(c, kSubject, principal.key, principal.version));
  }
  if (principal.kind == access::PrincipalKind::kSystem) return;
  static const access::OwnNumberList kNone;
  const auto list = principal.number_lists.find(controller_key);
  const access::OwnNumberList& numbers =
      list == principal.number_lists.end() ? kNone : list->second;
  shown->set_own_number_count(static_cast<int32_t>(numbers.hashes.size()));
  shown->set_numbers_etag(AdminEtag(c, kNumbers, principal.key, numbers.version));
}

absl::Status Taken() {
  return domain::MakeError(StatusCode::kAlreadyExists, reason::kIdTaken,
                           "issuer and subject are registered already, as another kind or as "
                           "another controller's system");
}

// Before anybody administered it: nobody's yet.
bool IsFree(const PrincipalRow& row) { return row.version == 0 || row.controller_key == 0; }

}  // namespace

bool IsVisible(const access::Directory& directory, const Authority& authority,
               const access::Principal& principal) {
  if (principal.version == 0) return false;
  if (authority.Own(principal.controller_key)) return true;
  return std::any_of(principal.memberships.begin(), principal.memberships.end(),
                     [&](const access::Membership& one) {
                       return authority.Own(directory.FindUnit(one.unit_key)->controller_key) ||
                              (authority.installation() && one.roles.mask() == kDriftAlone);
                     });
}

absl::StatusOr<PrincipalRow> FindVisiblePrincipal(door::Case& c, const Authority& authority,
                                                  const std::string& principal_id) {
  const std::optional<std::string> id = storage::UuidBytes(principal_id);
  if (!id.has_value()) return domain::NotFound();
  NAVO_ASSIGN_OR_RETURN(std::optional<PrincipalRow> row, storage::FindPrincipalById(c.tx(), *id));
  if (!row.has_value()) return domain::NotFound();
  if (authority.Own(row->controller_key)) return *std::move(row);
  NAVO_ASSIGN_OR_RETURN(const bool member,
                        storage::WasMemberOf(c.tx(), row->key, c.caller().controller_key));
  if (member) return *std::move(row);
  if (!authority.installation()) return domain::NotFound();
  NAVO_ASSIGN_OR_RETURN(const std::vector<storage::MembershipRow> memberships,
                        storage::ListMemberships(c.tx(), row->key));
  for (const storage::MembershipRow& one : memberships) {
    if (one.roles == kDriftAlone) return *std::move(row);
  }
  return domain::NotFound();
}

absl::Status ListPrincipals(door::Case& c, const v1::ListPrincipalsRequest& request,
                            v1::ListPrincipalsResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const Authority authority, Authority::Of(c));
  std::vector<Listed> listed;
  for (const auto& [key, principal] : c.directory().principals()) {
    if (IsVisible(c.directory(), authority, principal)) listed.push_back({&principal});
  }
  std::sort(listed.begin(), listed.end(), [](const Listed& left, const Listed& right) {
    return std::tie(left.principal->name, left.principal->id) <
           std::tie(right.principal->name, right.principal->id);
  });
  return ShowPage(
      c, request, {}, listed,
      [&](const Listed& one) { Show(c, *one.principal, response.add_principals()); },
      response.mutable_next_page_token());
}

absl::Status CreatePrincipal(door::WriteCase& c, const v1::CreatePrincipalRequest& request,
                             v1::CreatePrincipalResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const Authority authority, Authority::Of(c));
  PrincipalRow row;
  row.kind = request.kind();
  domain::Violations violations;
  if (!v1::PrincipalKind_IsValid(request.kind()) || request.kind() == 0) {
    violations.Add("kind", "must be one of the documented kinds");
  }
  row.issuer = request.issuer();
  domain::CheckText("issuer", &row.issuer, domain::kRequiredNameText, violations);
  row.subject = request.subject();
  domain::CheckText("subject", &row.subject, domain::kRequiredNameText, violations);
  CheckNameAndScope(request, IsSystem(row), row, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_RETURN_IF_ERROR(MayGiveScope(authority, false, request.sets_protection()));
  row.sets_protection = request.sets_protection();
  NAVO_ASSIGN_OR_RETURN(std::optional<PrincipalRow> known,
                        storage::FindPrincipal(c.tx(), row.issuer, row.subject));
  if (known.has_value() && known->version > 0 && known->kind != row.kind) return Taken();
  if (known.has_value() && !IsFree(*known)) {
    const bool own = known->controller_key == c.caller().controller_key;
    if (known->kind != row.kind || (IsSystem(row) && !own)) return Taken();
    row = *std::move(known);
  } else {
    if (known.has_value()) row.key = known->key;
    row.id = known.has_value() && known->version > 0 ? known->id : c.NewId();
    row.controller_key = c.caller().controller_key;
    row.version = known.has_value() ? known->version + 1 : 1;
    NAVO_ASSIGN_OR_RETURN(row.key, storage::PutPrincipal(c.tx(), row, c.author()));
  }
  response.set_principal_id(storage::UuidText(row.id));
  response.set_etag(EtagOf(c, row));
  NAVO_ASSIGN_OR_RETURN(*response.mutable_numbers_etag(), NumbersEtagOf(c, row));
  return absl::OkStatus();
}

absl::Status UpdatePrincipal(door::WriteCase& c, const v1::UpdatePrincipalRequest& request,
                             v1::UpdatePrincipalResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const Authority authority, Authority::Of(c));
  NAVO_ASSIGN_OR_RETURN(PrincipalRow row,
                        FindVisiblePrincipal(c, authority, request.principal_id()));
  NAVO_RETURN_IF_ERROR(authority.CheckNotSelf(row.key));
  if (!authority.Own(row.controller_key)) {
    return domain::MakeError(StatusCode::kPermissionDenied, reason::kNotOwner,
                             "another controller registered it: ask that one's administration");
  }
  domain::Violations violations;
  CheckNameAndScope(request, IsSystem(row), row, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_RETURN_IF_ERROR(MayGiveScope(authority, row.sets_protection, request.sets_protection()));
  row.sets_protection = request.sets_protection();
  NAVO_RETURN_IF_ERROR(c.CheckEtag(request.etag(), EtagOf(c, row)));
  ++row.version;
  NAVO_RETURN_IF_ERROR(storage::PutPrincipal(c.tx(), row, c.author()).status());
  response.set_etag(EtagOf(c, row));
  return absl::OkStatus();
}

absl::Status SetOwnNumbers(door::WriteCase& c, const v1::SetOwnNumbersRequest& request,
                           const NumberReader& reader, v1::SetOwnNumbersResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const Authority authority, Authority::Of(c));
  NAVO_ASSIGN_OR_RETURN(const PrincipalRow row,
                        FindVisiblePrincipal(c, authority, request.principal_id()));
  NAVO_RETURN_IF_ERROR(authority.CheckNotSelf(row.key));
  domain::Violations violations;
  if (IsSystem(row)) violations.Add("principal_id", "must be a member of staff");
  std::vector<std::string> hashes;
  const auto take = [&](const std::string& field, const std::string& text) {
    const auto number = domain::NationalIdentityNumber::Parse(text, reader.policy);
    if (number.ok()) {
      hashes.push_back(door::IdentifierHash(reader.keys, *number));
    } else {
      violations.Add(field, std::string(number.status().message()));
    }
  };
  if (!request.own_number().empty()) take("own_number", request.own_number());
  if (request.family_numbers_size() > kMaxFamilyNumbers) {
    violations.Add("family_numbers", "must be at most 50");
  } else {
    for (int i = 0; i < request.family_numbers_size(); ++i) {
      take(absl::StrCat("family_numbers[", i, "]"), request.family_numbers(i));
    }
  }
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const std::string etag, NumbersEtagOf(c, row));
  NAVO_RETURN_IF_ERROR(c.CheckEtag(request.etag(), etag));
  const int64_t controller_key = c.caller().controller_key;
  NAVO_ASSIGN_OR_RETURN(const int64_t version,
                        storage::OwnNumbersVersion(c.tx(), row.key, controller_key));
  NAVO_RETURN_IF_ERROR(
      storage::PutOwnNumbers(c.tx(), {row.key, controller_key, version + 1}, hashes, c.author()));
  NAVO_ASSIGN_OR_RETURN(*response.mutable_etag(), NumbersEtagOf(c, row));
  return absl::OkStatus();
}

}  // namespace navo::services
