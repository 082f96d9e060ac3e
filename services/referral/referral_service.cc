#include "services/referral/referral_service.h"

#include "navo/v1/referral.grpc.pb.h"
#include "services/referral/bodies.h"

namespace navo::services {
namespace {

using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;

class ReferralService final : public v1::ReferralService::CallbackService {
 public:
  explicit ReferralService(door::Door& door) : door_(door) {}

  ServerUnaryReactor* Refer(CallbackServerContext* context, const v1::ReferRequest* request,
                            v1::ReferResponse* response) override {
    return door_.Write(context, "navo.v1.ReferralService.Refer", request, response,
                       services::Refer);
  }

  ServerUnaryReactor* Accept(CallbackServerContext* context,
                             const v1::AcceptReferralRequest* request,
                             v1::AcceptReferralResponse* response) override {
    return door_.Write(context, "navo.v1.ReferralService.Accept", request, response,
                       AcceptReferral);
  }

  ServerUnaryReactor* Decline(CallbackServerContext* context,
                              const v1::DeclineReferralRequest* request,
                              v1::DeclineReferralResponse* response) override {
    return door_.Write(context, "navo.v1.ReferralService.Decline", request, response,
                       DeclineReferral);
  }

  ServerUnaryReactor* Withdraw(CallbackServerContext* context,
                               const v1::WithdrawReferralRequest* request,
                               v1::WithdrawReferralResponse* response) override {
    return door_.Write(context, "navo.v1.ReferralService.Withdraw", request, response,
                       WithdrawReferral);
  }

  ServerUnaryReactor* List(CallbackServerContext* context, const v1::ListReferralsRequest* request,
                           v1::ListReferralsResponse* response) override {
    return door_.Read(context, "navo.v1.ReferralService.List", request, response, ListReferrals);
  }

 private:
  door::Door& door_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeReferralService(door::Door& door) {
  return std::make_unique<ReferralService>(door);
}

}  // namespace navo::services
