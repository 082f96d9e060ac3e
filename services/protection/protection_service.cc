#include "services/protection/protection_service.h"

#include "navo/v1/protection.grpc.pb.h"
#include "services/domain/identifier.h"
#include "services/door/caller.h"
#include "services/protection/bodies.h"

namespace navo::services {
namespace {

using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;

class ProtectionService final : public v1::ProtectionService::CallbackService {
 public:
  explicit ProtectionService(door::Door& door) : door_(door) {}

  ServerUnaryReactor* SetProtection(CallbackServerContext* context,
                                    const v1::SetProtectionRequest* request,
                                    v1::SetProtectionResponse* response) override {
    const auto set = [this](door::WriteCase& c, const v1::SetProtectionRequest& sent,
                            v1::SetProtectionResponse&) {
      return services::SetProtection(c, sent, HashOf(sent.national_identity_number()));
    };
    return door_.Write(context, "navo.v1.ProtectionService.SetProtection", request, response, set);
  }

  ServerUnaryReactor* ListShadows(CallbackServerContext* context,
                                  const v1::ListShadowsRequest* request,
                                  v1::ListShadowsResponse* response) override {
    return door_.Read(context, "navo.v1.ProtectionService.ListShadows", request, response,
                      services::ListShadows);
  }

  ServerUnaryReactor* MergeShadow(CallbackServerContext* context,
                                  const v1::MergeShadowRequest* request,
                                  v1::MergeShadowResponse* response) override {
    return door_.Write(context, "navo.v1.ProtectionService.MergeShadow", request, response,
                       services::MergeShadow);
  }

  ServerUnaryReactor* SetOfficeLock(CallbackServerContext* context,
                                    const v1::SetOfficeLockRequest* request,
                                    v1::SetOfficeLockResponse* response) override {
    return door_.Write(context, "navo.v1.ProtectionService.SetOfficeLock", request, response,
                       services::SetOfficeLock);
  }

  ServerUnaryReactor* LiftOfficeLock(CallbackServerContext* context,
                                     const v1::LiftOfficeLockRequest* request,
                                     v1::LiftOfficeLockResponse* response) override {
    return door_.Write(context, "navo.v1.ProtectionService.LiftOfficeLock", request, response,
                       services::LiftOfficeLock);
  }

 private:
  absl::StatusOr<std::string> HashOf(std::string_view text) const {
    const door::DoorParts& parts = door_.parts();
    const auto number = domain::NationalIdentityNumber::Parse(text, parts.identifiers);
    if (!number.ok()) return number.status();
    return door::IdentifierHash(parts.keys, *number);
  }

  door::Door& door_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeProtectionService(door::Door& door) {
  return std::make_unique<ProtectionService>(door);
}

}  // namespace navo::services
