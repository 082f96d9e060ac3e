#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "services/admin/authority.h"
#include "services/admin/list_page.h"
#include "services/admin/methods.h"
#include "services/domain/reasons.h"
#include "services/domain/text.h"
#include "storage/directory.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

namespace reason = domain::reason;
using absl::StatusCode;
using storage::UnitRow;

constexpr std::string_view kSubject = "unit";

struct Listed {
  const access::Unit* unit;
  int64_t key() const { return unit->key; }
};

std::string EtagOf(const door::Case& c, const UnitRow& row) {
  return AdminEtag(c, kSubject, row.key, row.version);
}

// NOT_FOUND also for one that the caller does not administer.
absl::StatusOr<UnitRow> Find(door::WriteCase& c, const Authority& authority,
                             const std::string& id) {
  NAVO_ASSIGN_OR_RETURN(std::optional<UnitRow> row, storage::FindUnit(c.tx(), id));
  if (!row.has_value() || row->version == 0 || !authority.Administers(row->controller_key)) {
    return domain::NotFound();
  }
  return *std::move(row);
}

}  // namespace

absl::Status ListUnits(door::Case& c, const v1::ListUnitsRequest& request,
                       v1::ListUnitsResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const Authority authority, Authority::Of(c));
  std::vector<Listed> listed;
  for (const auto& [key, unit] : c.directory().units()) {
    if (unit.version > 0 && authority.Administers(unit.controller_key)) listed.push_back({&unit});
  }
  std::sort(listed.begin(), listed.end(),
            [](const Listed& left, const Listed& right) { return left.unit->id < right.unit->id; });
  const auto show = [&](const Listed& one) {
    v1::Unit* shown = response.add_units();
    shown->set_id(one.unit->id);
    shown->set_controller_id(c.directory().FindController(one.unit->controller_key)->id);
    shown->set_name(one.unit->name);
    shown->set_closed(one.unit->closed);
    shown->set_etag(AdminEtag(c, kSubject, one.key(), one.unit->version));
  };
  return ShowPage(c, request, {}, listed, show, response.mutable_next_page_token());
}

absl::Status CreateUnit(door::WriteCase& c, const v1::CreateUnitRequest& request,
                        v1::CreateUnitResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const Authority authority, Authority::Of(c));
  domain::Violations violations;
  CheckNewId("unit_id", request.unit_id(), violations);
  UnitRow row;
  row.name = request.name();
  domain::CheckText("name", &row.name, domain::kRequiredNameText, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::ControllerRow> controller,
                        storage::FindController(c.tx(), request.controller_id()));
  if (!controller.has_value() || controller->version == 0 ||
      !authority.Administers(controller->key)) {
    return domain::NotFound();
  }
  if (controller->closed) {
    return domain::MakeError(StatusCode::kFailedPrecondition, reason::kClosed,
                             "the controller is closed and gets no new unit");
  }
  NAVO_ASSIGN_OR_RETURN(const std::optional<UnitRow> known,
                        storage::FindUnit(c.tx(), request.unit_id()));
  const bool free =
      !known.has_value() || (known->version == 0 && known->controller_key == controller->key);
  if (!free) {
    return domain::MakeError(StatusCode::kAlreadyExists, reason::kIdTaken,
                             "there is a unit with this id: choose another one");
  }
  if (known.has_value()) row.key = known->key;
  row.id = request.unit_id();
  row.controller_key = controller->key;
  row.version = 1;
  NAVO_ASSIGN_OR_RETURN(row.key, storage::PutUnit(c.tx(), row, c.author()));
  response.set_etag(EtagOf(c, row));
  return absl::OkStatus();
}

absl::Status RenameUnit(door::WriteCase& c, const v1::RenameUnitRequest& request,
                        v1::RenameUnitResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const Authority authority, Authority::Of(c));
  NAVO_ASSIGN_OR_RETURN(UnitRow row, Find(c, authority, request.unit_id()));
  domain::Violations violations;
  row.name = request.name();
  domain::CheckText("name", &row.name, domain::kRequiredNameText, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_RETURN_IF_ERROR(c.CheckEtag(request.etag(), EtagOf(c, row)));
  ++row.version;
  NAVO_RETURN_IF_ERROR(storage::PutUnit(c.tx(), row, c.author()).status());
  response.set_etag(EtagOf(c, row));
  return absl::OkStatus();
}

absl::Status CloseUnit(door::WriteCase& c, const v1::CloseUnitRequest& request,
                       v1::CloseUnitResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const Authority authority, Authority::Of(c));
  NAVO_ASSIGN_OR_RETURN(UnitRow row, Find(c, authority, request.unit_id()));
  NAVO_RETURN_IF_ERROR(c.CheckEtag(request.etag(), EtagOf(c, row)));
  if (row.closed) {
    return domain::MakeError(StatusCode::kFailedPrecondition, reason::kIllegalStateChange,
                             "the unit is closed already");
  }
  NAVO_ASSIGN_OR_RETURN(const bool in_use, storage::HasMember(c.tx(), row.key, c.today()));
  if (in_use) {
    return domain::MakeError(StatusCode::kFailedPrecondition, reason::kInUse,
                             "the unit has members, today or later: end their memberships first");
  }
  row.closed = true;
  ++row.version;
  NAVO_RETURN_IF_ERROR(storage::PutUnit(c.tx(), row, c.author()).status());
  response.set_etag(EtagOf(c, row));
  return absl::OkStatus();
}

absl::Status ReopenUnit(door::WriteCase& c, const v1::ReopenUnitRequest& request,
                        v1::ReopenUnitResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const Authority authority, Authority::Of(c));
  NAVO_ASSIGN_OR_RETURN(UnitRow row, Find(c, authority, request.unit_id()));
  NAVO_RETURN_IF_ERROR(c.CheckEtag(request.etag(), EtagOf(c, row)));
  if (!row.closed) {
    return domain::MakeError(StatusCode::kFailedPrecondition, reason::kIllegalStateChange,
                             "the unit is open");
  }
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::ControllerRow> controller,
                        storage::FindControllerByKey(c.tx(), row.controller_key));
  if (!controller.has_value() || controller->closed) {
    return domain::MakeError(StatusCode::kFailedPrecondition, reason::kClosed,
                             "the controller is closed and opens no unit");
  }
  row.closed = false;
  ++row.version;
  NAVO_RETURN_IF_ERROR(storage::PutUnit(c.tx(), row, c.author()).status());
  response.set_etag(EtagOf(c, row));
  return absl::OkStatus();
}

}  // namespace navo::services
