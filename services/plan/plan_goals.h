#ifndef NAVO_SERVICES_PLAN_PLAN_GOALS_H_
#define NAVO_SERVICES_PLAN_PLAN_GOALS_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/plan.pb.h"
#include "services/door/case.h"
#include "storage/plan.h"

// PlanService: the own part's goals and life. Bodies of the write door.
namespace navo::services {

absl::Status OpenPlan(door::WriteCase& c, const v1::OpenPlanRequest& request,
                      v1::OpenPlanResponse& response);
absl::Status UpdatePlanGoals(door::WriteCase& c, const v1::UpdateGoalsRequest& request,
                             v1::UpdateGoalsResponse& response);
absl::Status ClosePlan(door::WriteCase& c, const v1::ClosePlanRequest& request,
                       v1::ClosePlanResponse& response);

// The own side's part. FAILED_PRECONDITION PLAN_CLOSED when there is none or it is closed.
absl::StatusOr<storage::PlanPartRow> OwnOpenPart(door::WriteCase& c);

}  // namespace navo::services

#endif  // NAVO_SERVICES_PLAN_PLAN_GOALS_H_
