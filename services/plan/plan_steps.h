#ifndef NAVO_SERVICES_PLAN_PLAN_STEPS_H_
#define NAVO_SERVICES_PLAN_PLAN_STEPS_H_

#include "absl/status/status.h"
#include "navo/v1/plan.pb.h"
#include "services/door/case.h"

// PlanService: steps. Only the unit that owns a step changes it. Bodies of the write door.
namespace navo::services {

// Most steps that one side may have in a plan.
inline constexpr int kMaxSteps = 1'000;

absl::Status AddPlanStep(door::WriteCase& c, const v1::AddStepRequest& request,
                         v1::AddStepResponse& response);
absl::Status UpdatePlanStep(door::WriteCase& c, const v1::UpdateStepRequest& request,
                            v1::UpdateStepResponse& response);
absl::Status ChangePlanStepStatus(door::WriteCase& c, const v1::ChangeStepStatusRequest& request,
                                  v1::ChangeStepStatusResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_PLAN_PLAN_STEPS_H_
