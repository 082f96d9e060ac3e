#include "services/emergency_access/emergency_access_service.h"

#include "navo/v1/emergency_access.grpc.pb.h"
#include "services/domain/identifier.h"
#include "services/emergency_access/bodies.h"

namespace navo::services {
namespace {

using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;

class EmergencyAccessService final : public v1::EmergencyAccessService::CallbackService {
 public:
  explicit EmergencyAccessService(door::Door& door) : door_(door) {}

  ServerUnaryReactor* Open(CallbackServerContext* context,
                           const v1::OpenEmergencyAccessRequest* request,
                           v1::OpenEmergencyAccessResponse* response) override {
    const auto open = [this](door::WriteCase& c, const v1::OpenEmergencyAccessRequest& sent,
                             v1::OpenEmergencyAccessResponse& answer) {
      const auto number = domain::NationalIdentityNumber::Parse(sent.national_identity_number(),
                                                                door_.parts().identifiers);
      return OpenEmergencyAccess(c, sent, number.status(), answer);
    };
    return door_.Write(context, "navo.v1.EmergencyAccessService.Open", request, response, open);
  }

  ServerUnaryReactor* End(CallbackServerContext* context,
                          const v1::EndEmergencyAccessRequest* request,
                          v1::EndEmergencyAccessResponse* response) override {
    return door_.Write(context, "navo.v1.EmergencyAccessService.End", request, response,
                       EndEmergencyAccess);
  }

  ServerUnaryReactor* List(CallbackServerContext* context,
                           const v1::ListEmergencyAccessRequest* request,
                           v1::ListEmergencyAccessResponse* response) override {
    return door_.Read(context, "navo.v1.EmergencyAccessService.List", request, response,
                      ListEmergencyAccess);
  }

 private:
  door::Door& door_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeEmergencyAccessService(door::Door& door) {
  return std::make_unique<EmergencyAccessService>(door);
}

}  // namespace navo::services
