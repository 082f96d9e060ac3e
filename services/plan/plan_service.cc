#include "services/plan/plan_service.h"

#include "navo/v1/plan.grpc.pb.h"
#include "services/plan/plan_goals.h"
#include "services/plan/plan_steps.h"
#include "services/plan/plan_versions.h"
#include "services/plan/plan_view.h"

namespace navo::services {
namespace {

using Context = grpc::CallbackServerContext;
using Reactor = grpc::ServerUnaryReactor;

class PlanService final : public v1::PlanService::CallbackService {
 public:
  explicit PlanService(door::Door& door) : door_(door) {}

  Reactor* Open(Context* context, const v1::OpenPlanRequest* request,
                v1::OpenPlanResponse* response) override {
    return door_.Write(context, "navo.v1.PlanService.Open", request, response, OpenPlan);
  }
  Reactor* Get(Context* context, const v1::GetPlanRequest* request,
               v1::GetPlanResponse* response) override {
    return door_.Read(context, "navo.v1.PlanService.Get", request, response, GetPlan);
  }
  Reactor* ListVersions(Context* context, const v1::ListPlanVersionsRequest* request,
                        v1::ListPlanVersionsResponse* response) override {
    return door_.Read(context, "navo.v1.PlanService.ListVersions", request, response,
                      ListPlanVersions);
  }
  Reactor* UpdateGoals(Context* context, const v1::UpdateGoalsRequest* request,
                       v1::UpdateGoalsResponse* response) override {
    return door_.Write(context, "navo.v1.PlanService.UpdateGoals", request, response,
                       UpdatePlanGoals);
  }
  Reactor* AddStep(Context* context, const v1::AddStepRequest* request,
                   v1::AddStepResponse* response) override {
    return door_.Write(context, "navo.v1.PlanService.AddStep", request, response, AddPlanStep);
  }
  Reactor* UpdateStep(Context* context, const v1::UpdateStepRequest* request,
                      v1::UpdateStepResponse* response) override {
    return door_.Write(context, "navo.v1.PlanService.UpdateStep", request, response,
                       UpdatePlanStep);
  }
  Reactor* ChangeStepStatus(Context* context, const v1::ChangeStepStatusRequest* request,
                            v1::ChangeStepStatusResponse* response) override {
    return door_.Write(context, "navo.v1.PlanService.ChangeStepStatus", request, response,
                       ChangePlanStepStatus);
  }
  Reactor* Close(Context* context, const v1::ClosePlanRequest* request,
                 v1::ClosePlanResponse* response) override {
    return door_.Write(context, "navo.v1.PlanService.Close", request, response, ClosePlan);
  }

 private:
  door::Door& door_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakePlanService(door::Door& door) {
  return std::make_unique<PlanService>(door);
}

}  // namespace navo::services
