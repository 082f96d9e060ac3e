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
using storage::ControllerRow;

constexpr std::string_view kSubject = "controller";

struct Listed {
  const access::Controller* controller;
  int64_t key() const { return controller->key; }
};

std::string EtagOf(const door::Case& c, const ControllerRow& row) {
  return AdminEtag(c, kSubject, row.key, row.version);
}

// NOT_FOUND also for one that the caller does not administer.
absl::StatusOr<ControllerRow> Find(door::WriteCase& c, const Authority& authority,
                                   const std::string& id) {
  NAVO_ASSIGN_OR_RETURN(std::optional<ControllerRow> row, storage::FindController(c.tx(), id));
  if (!row.has_value() || row->version == 0 || !authority.Administers(row->key)) {
    return domain::NotFound();
  }
  return *std::move(row);
}

}  // namespace

absl::Status ListControllers(door::Case& c, const v1::ListControllersRequest& request,
                             v1::ListControllersResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const Authority authority, Authority::Of(c));
  std::vector<Listed> listed;
  for (const auto& [key, controller] : c.directory().controllers()) {
    if (controller.version > 0 && authority.Administers(key)) listed.push_back({&controller});
  }
  std::sort(listed.begin(), listed.end(), [](const Listed& left, const Listed& right) {
    return left.controller->id < right.controller->id;
  });
  const auto show = [&](const Listed& one) {
    v1::Controller* shown = response.add_controllers();
    shown->set_id(one.controller->id);
    shown->set_kind(one.controller->kind);
    shown->set_name(one.controller->name);
    shown->set_closed(one.controller->closed);
    shown->set_etag(AdminEtag(c, kSubject, one.key(), one.controller->version));
  };
  return ShowPage(c, request, {}, listed, show, response.mutable_next_page_token());
}

absl::Status CreateController(door::WriteCase& c, const v1::CreateControllerRequest& request,
                              v1::CreateControllerResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const Authority authority, Authority::Of(c));
  NAVO_RETURN_IF_ERROR(authority.CheckInstallation());
  domain::Violations violations;
  CheckNewId("controller_id", request.controller_id(), violations);
  if (!v1::ControllerKind_IsValid(request.kind()) ||
      request.kind() == v1::CONTROLLER_KIND_UNSPECIFIED) {
    violations.Add("kind", "must be one of the documented kinds");
  }
  ControllerRow row;
  row.name = request.name();
  domain::CheckText("name", &row.name, domain::kRequiredNameText, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const std::optional<ControllerRow> known,
                        storage::FindController(c.tx(), request.controller_id()));
  if (known.has_value() && known->version > 0) {
    return domain::MakeError(StatusCode::kAlreadyExists, reason::kIdTaken,
                             "there is a controller with this id: choose another one");
  }
  if (known.has_value()) row.key = known->key;
  row.id = request.controller_id();
  row.kind = request.kind();
  row.version = 1;
  NAVO_ASSIGN_OR_RETURN(row.key, storage::PutController(c.tx(), row, c.author()));
  response.set_etag(EtagOf(c, row));
  return absl::OkStatus();
}

absl::Status RenameController(door::WriteCase& c, const v1::RenameControllerRequest& request,
                              v1::RenameControllerResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const Authority authority, Authority::Of(c));
  NAVO_ASSIGN_OR_RETURN(ControllerRow row, Find(c, authority, request.controller_id()));
  domain::Violations violations;
  row.name = request.name();
  domain::CheckText("name", &row.name, domain::kRequiredNameText, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_RETURN_IF_ERROR(c.CheckEtag(request.etag(), EtagOf(c, row)));
  ++row.version;
  NAVO_RETURN_IF_ERROR(storage::PutController(c.tx(), row, c.author()).status());
  response.set_etag(EtagOf(c, row));
  return absl::OkStatus();
}

absl::Status CloseController(door::WriteCase& c, const v1::CloseControllerRequest& request,
                             v1::CloseControllerResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const Authority authority, Authority::Of(c));
  NAVO_RETURN_IF_ERROR(authority.CheckInstallation());
  NAVO_ASSIGN_OR_RETURN(ControllerRow row, Find(c, authority, request.controller_id()));
  NAVO_RETURN_IF_ERROR(c.CheckEtag(request.etag(), EtagOf(c, row)));
  if (row.closed) {
    return domain::MakeError(StatusCode::kFailedPrecondition, reason::kIllegalStateChange,
                             "the controller is closed already");
  }
  NAVO_ASSIGN_OR_RETURN(const bool in_use, storage::HasOpenUnit(c.tx(), row.key));
  if (in_use) {
    return domain::MakeError(StatusCode::kFailedPrecondition, reason::kInUse,
                             "the controller has open units: close them first");
  }
  row.closed = true;
  ++row.version;
  NAVO_RETURN_IF_ERROR(storage::PutController(c.tx(), row, c.author()).status());
  response.set_etag(EtagOf(c, row));
  return absl::OkStatus();
}

}  // namespace navo::services
