#include "services/protection/protection_service.h"

#include "navo/v1/protection.grpc.pb.h"
#include "services/protection/bodies.h"

namespace navo::services {
namespace {

using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;

class ProtectionService final : public v1::ProtectionService::CallbackService {
 public:
  explicit ProtectionService(door::Door& door) : door_(door) {}

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
  door::Door& door_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeProtectionService(door::Door& door) {
  return std::make_unique<ProtectionService>(door);
}

}  // namespace navo::services
