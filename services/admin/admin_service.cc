#include "services/admin/admin_service.h"

#include <memory>
#include <string_view>
#include <utility>

#include "navo/v1/admin.grpc.pb.h"
#include "services/admin/methods.h"
#include "storage/journal.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;

// The directory as a change leaves it.
struct Changed {
  std::shared_ptr<const access::Directory> directory;
  int64_t revision = 0;
};

class AdminService final : public v1::AdminService::CallbackService {
 public:
  explicit AdminService(door::Door& door) : door_(door) {}

  ServerUnaryReactor* ListControllers(CallbackServerContext* context,
                                      const v1::ListControllersRequest* request,
                                      v1::ListControllersResponse* response) override {
    return door_.Read(context, "navo.v1.AdminService.ListControllers", request, response,
                      services::ListControllers);
  }

  ServerUnaryReactor* CreateController(CallbackServerContext* context,
                                       const v1::CreateControllerRequest* request,
                                       v1::CreateControllerResponse* response) override {
    return Change(context, "navo.v1.AdminService.CreateController", request, response,
                  services::CreateController);
  }

  ServerUnaryReactor* RenameController(CallbackServerContext* context,
                                       const v1::RenameControllerRequest* request,
                                       v1::RenameControllerResponse* response) override {
    return Change(context, "navo.v1.AdminService.RenameController", request, response,
                  services::RenameController);
  }

  ServerUnaryReactor* CloseController(CallbackServerContext* context,
                                      const v1::CloseControllerRequest* request,
                                      v1::CloseControllerResponse* response) override {
    return Change(context, "navo.v1.AdminService.CloseController", request, response,
                  services::CloseController);
  }

  ServerUnaryReactor* ListUnits(CallbackServerContext* context, const v1::ListUnitsRequest* request,
                                v1::ListUnitsResponse* response) override {
    return door_.Read(context, "navo.v1.AdminService.ListUnits", request, response,
                      services::ListUnits);
  }

  ServerUnaryReactor* CreateUnit(CallbackServerContext* context,
                                 const v1::CreateUnitRequest* request,
                                 v1::CreateUnitResponse* response) override {
    return Change(context, "navo.v1.AdminService.CreateUnit", request, response,
                  services::CreateUnit);
  }

  ServerUnaryReactor* RenameUnit(CallbackServerContext* context,
                                 const v1::RenameUnitRequest* request,
                                 v1::RenameUnitResponse* response) override {
    return Change(context, "navo.v1.AdminService.RenameUnit", request, response,
                  services::RenameUnit);
  }

  ServerUnaryReactor* CloseUnit(CallbackServerContext* context, const v1::CloseUnitRequest* request,
                                v1::CloseUnitResponse* response) override {
    return Change(context, "navo.v1.AdminService.CloseUnit", request, response,
                  services::CloseUnit);
  }

  ServerUnaryReactor* ReopenUnit(CallbackServerContext* context,
                                 const v1::ReopenUnitRequest* request,
                                 v1::ReopenUnitResponse* response) override {
    return Change(context, "navo.v1.AdminService.ReopenUnit", request, response,
                  services::ReopenUnit);
  }

  ServerUnaryReactor* ListPrincipals(CallbackServerContext* context,
                                     const v1::ListPrincipalsRequest* request,
                                     v1::ListPrincipalsResponse* response) override {
    return door_.Read(context, "navo.v1.AdminService.ListPrincipals", request, response,
                      services::ListPrincipals);
  }

  ServerUnaryReactor* CreatePrincipal(CallbackServerContext* context,
                                      const v1::CreatePrincipalRequest* request,
                                      v1::CreatePrincipalResponse* response) override {
    return Change(context, "navo.v1.AdminService.CreatePrincipal", request, response,
                  services::CreatePrincipal);
  }

  ServerUnaryReactor* UpdatePrincipal(CallbackServerContext* context,
                                      const v1::UpdatePrincipalRequest* request,
                                      v1::UpdatePrincipalResponse* response) override {
    return Change(context, "navo.v1.AdminService.UpdatePrincipal", request, response,
                  services::UpdatePrincipal);
  }

  ServerUnaryReactor* SetOwnNumbers(CallbackServerContext* context,
                                    const v1::SetOwnNumbersRequest* request,
                                    v1::SetOwnNumbersResponse* response) override {
    return Change(context, "navo.v1.AdminService.SetOwnNumbers", request, response,
                  [this](door::WriteCase& c, const v1::SetOwnNumbersRequest& asked,
                         v1::SetOwnNumbersResponse& answer) {
                    const NumberReader reader{door_.parts().keys, door_.parts().identifiers};
                    return services::SetOwnNumbers(c, asked, reader, answer);
                  });
  }

  ServerUnaryReactor* ListMemberships(CallbackServerContext* context,
                                      const v1::ListMembershipsRequest* request,
                                      v1::ListMembershipsResponse* response) override {
    return door_.Read(context, "navo.v1.AdminService.ListMemberships", request, response,
                      services::ListMemberships);
  }

  ServerUnaryReactor* AddMembership(CallbackServerContext* context,
                                    const v1::AddMembershipRequest* request,
                                    v1::AddMembershipResponse* response) override {
    return Change(context, "navo.v1.AdminService.AddMembership", request, response,
                  services::AddMembership);
  }

  ServerUnaryReactor* EndMembership(CallbackServerContext* context,
                                    const v1::EndMembershipRequest* request,
                                    v1::EndMembershipResponse* response) override {
    return Change(context, "navo.v1.AdminService.EndMembership", request, response,
                  services::EndMembership);
  }

  // The catalogue is read from its rows, so a change of it needs no more than its transaction.
  ServerUnaryReactor* AddConsentText(CallbackServerContext* context,
                                     const v1::AddConsentTextRequest* request,
                                     v1::AddConsentTextResponse* response) override {
    return door_.Write(context, "navo.v1.AdminService.AddConsentText", request, response,
                       services::AddConsentText);
  }

  ServerUnaryReactor* ReviewConsentText(CallbackServerContext* context,
                                        const v1::ReviewConsentTextRequest* request,
                                        v1::ReviewConsentTextResponse* response) override {
    return door_.Write(context, "navo.v1.AdminService.ReviewConsentText", request, response,
                       services::ReviewConsentText);
  }

  ServerUnaryReactor* ListConsentTexts(CallbackServerContext* context,
                                       const v1::ListConsentTextsRequest* request,
                                       v1::ListConsentTextsResponse* response) override {
    return door_.Read(context, "navo.v1.AdminService.ListConsentTexts", request, response,
                      services::ListConsentTexts);
  }

  ServerUnaryReactor* AddLegalBasis(CallbackServerContext* context,
                                    const v1::AddLegalBasisRequest* request,
                                    v1::AddLegalBasisResponse* response) override {
    return door_.Write(context, "navo.v1.AdminService.AddLegalBasis", request, response,
                       services::AddLegalBasis);
  }

  ServerUnaryReactor* CloseLegalBasis(CallbackServerContext* context,
                                      const v1::CloseLegalBasisRequest* request,
                                      v1::CloseLegalBasisResponse* response) override {
    return door_.Write(context, "navo.v1.AdminService.CloseLegalBasis", request, response,
                       services::CloseLegalBasis);
  }

 private:
  // A change of the directory: what it came to is read back in its own transaction and put in force
  // once that is durable, before the change is answered.
  template <typename Request, typename Response, typename Body>
  ServerUnaryReactor* Change(CallbackServerContext* context, std::string_view method,
                             const Request* request, Response* response, Body body) {
    auto changed = std::make_shared<Changed>();
    return door_.Write(
        context, method, request, response,
        [changed, body = std::move(body)](door::WriteCase& c, const Request& asked,
                                          Response& answer) -> absl::Status {
          NAVO_RETURN_IF_ERROR(body(c, asked, answer));
          NAVO_ASSIGN_OR_RETURN(changed->directory, access::LoadDirectory(c.tx()));
          NAVO_ASSIGN_OR_RETURN(changed->revision,
                                storage::StreamHeadAfter(c.tx(), storage::kAdministrationStream));
          return absl::OkStatus();
        },
        [this, changed](const absl::Status& status) {
          if (!status.ok() || changed->directory == nullptr) return;
          door_.parts().directory.Publish(std::move(changed->directory), changed->revision);
        });
  }

  door::Door& door_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeAdminService(door::Door& door) {
  return std::make_unique<AdminService>(door);
}

}  // namespace navo::services
