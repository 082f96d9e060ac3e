#include "services/server/first_admin.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "navo/v1/common.pb.h"
#include "services/access/directory.h"
#include "services/admin/authority.h"
#include "services/domain/calendar.h"
#include "services/domain/text.h"
#include "storage/directory.h"
#include "storage/status_macros.h"
#include "storage/store.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

using storage::Author;
using storage::WriteTx;

// Nobody: it is done on the server's machine.
constexpr Author kOperator;

// The first thing that is wrong, for whoever types the command.
absl::Status Check(const domain::Violations& violations) {
  if (violations.empty()) return absl::OkStatus();
  const domain::Violations::Item& first = violations.items().front();
  return absl::InvalidArgumentError(absl::StrCat("--", first.field, " ", first.description));
}

absl::Status CheckName(const char* option, std::string* text) {
  domain::Violations violations;
  domain::CheckText(option, text, domain::kRequiredNameText, violations);
  return Check(violations);
}

absl::Status CheckId(const char* option, const std::string& id) {
  domain::Violations violations;
  CheckNewId(option, id, violations);
  return Check(violations);
}

absl::StatusOr<int64_t> PutController(WriteTx& tx, const FirstAdmin& wanted) {
  NAVO_ASSIGN_OR_RETURN(std::optional<storage::ControllerRow> row,
                        storage::FindController(tx, wanted.controller));
  if (row.has_value() && row->closed) {
    return absl::FailedPreconditionError("the controller is closed: name another one");
  }
  if (row.has_value() && row->version > 0) return row->key;
  if (!row.has_value()) row.emplace();
  v1::ControllerKind kind = v1::CONTROLLER_KIND_UNSPECIFIED;
  v1::ControllerKind_Parse("CONTROLLER_KIND_" + wanted.controller_kind, &kind);
  if (kind == v1::CONTROLLER_KIND_UNSPECIFIED) {
    return absl::InvalidArgumentError(
        "the controller is new: --controller-kind must be NAV_STAT, NAV_KOMMUNE or VO");
  }
  NAVO_RETURN_IF_ERROR(CheckId("controller", wanted.controller));
  row->id = wanted.controller;
  row->kind = kind;
  row->name = wanted.controller_name;
  NAVO_RETURN_IF_ERROR(CheckName("controller-name", &row->name));
  row->version = 1;
  return storage::PutController(tx, *row, kOperator);
}

absl::StatusOr<int64_t> PutUnit(WriteTx& tx, const FirstAdmin& wanted, int64_t controller_key) {
  NAVO_ASSIGN_OR_RETURN(std::optional<storage::UnitRow> row, storage::FindUnit(tx, wanted.unit));
  if (row.has_value() && (row->closed || row->controller_key != controller_key)) {
    return absl::FailedPreconditionError(
        "the unit is closed, or another controller's: name another one");
  }
  if (row.has_value() && row->version > 0) return row->key;
  if (!row.has_value()) row.emplace();
  NAVO_RETURN_IF_ERROR(CheckId("unit", wanted.unit));
  row->id = wanted.unit;
  row->controller_key = controller_key;
  row->name = wanted.unit_name;
  NAVO_RETURN_IF_ERROR(CheckName("unit-name", &row->name));
  row->version = 1;
  return storage::PutUnit(tx, *row, kOperator);
}

absl::StatusOr<int64_t> PutPerson(WriteTx& tx, const FirstAdmin& wanted, int64_t controller_key,
                                  storage::Random& random) {
  NAVO_ASSIGN_OR_RETURN(std::optional<storage::PrincipalRow> row,
                        storage::FindPrincipal(tx, wanted.issuer, wanted.subject));
  constexpr auto kStaff = static_cast<int64_t>(access::PrincipalKind::kStaff);
  if (row.has_value() && row->kind != kStaff) {
    return absl::FailedPreconditionError("issuer and subject are a system's: name a person");
  }
  if (row.has_value() && row->version > 0) return row->key;
  if (!row.has_value()) row.emplace();
  row->id = *storage::UuidBytes(random.Uuid());
  row->kind = kStaff;
  row->issuer = wanted.issuer;
  NAVO_RETURN_IF_ERROR(CheckName("issuer", &row->issuer));
  row->subject = wanted.subject;
  NAVO_RETURN_IF_ERROR(CheckName("subject", &row->subject));
  row->name = wanted.name;
  NAVO_RETURN_IF_ERROR(CheckName("name", &row->name));
  row->controller_key = controller_key;
  row->version = 1;
  return storage::PutPrincipal(tx, *row, kOperator);
}

absl::Status PutAll(WriteTx& tx, const FirstAdmin& wanted, storage::Random& random) {
  const int32_t today = domain::DayInOslo(tx.now());
  NAVO_ASSIGN_OR_RETURN(const bool there, storage::HasAdministrator(tx, today));
  if (there) {
    return absl::FailedPreconditionError(
        "somebody administers this installation already: further administrators are made by those "
        "there are, with `navo admin add-member`");
  }
  storage::MembershipRow membership;
  NAVO_ASSIGN_OR_RETURN(const int64_t controller_key, PutController(tx, wanted));
  NAVO_ASSIGN_OR_RETURN(membership.unit_key, PutUnit(tx, wanted, controller_key));
  NAVO_ASSIGN_OR_RETURN(membership.principal_key, PutPerson(tx, wanted, controller_key, random));
  NAVO_ASSIGN_OR_RETURN(const std::vector<storage::MembershipRow> others,
                        storage::ListMemberships(tx, membership.principal_key));
  for (const storage::MembershipRow& other : others) {
    if (other.unit_key != membership.unit_key || other.ended_us != 0) continue;
    if (other.valid_to_day < today) continue;
    return absl::FailedPreconditionError(
        "the person has a membership in that unit already: name another --unit for the "
        "administration");
  }
  membership.id = *storage::UuidBytes(random.Uuid());
  membership.roles = access::RoleSet{v1::ROLE_DRIFT}.mask();
  membership.installation = true;
  membership.valid_from_day = today;
  membership.valid_to_day = storage::kNoEndDay;
  membership.version = 1;
  return storage::PutMembership(tx, membership, kOperator).status();
}

}  // namespace

absl::Status MakeFirstAdmin(const FirstAdmin& wanted, storage::Clock& clock,
                            storage::Random& random) {
  NAVO_RETURN_IF_ERROR(domain::CheckOsloZone());
  storage::StoreOptions options;
  options.clock = &clock;
  options.random = &random;
  NAVO_ASSIGN_OR_RETURN(const std::unique_ptr<storage::Store> store,
                        storage::Store::Open(wanted.database, options));
  return store->WriteAndWait([&](WriteTx& tx) { return PutAll(tx, wanted, random); });
}

}  // namespace navo::services
