// The plan as it is printed: a list to work from. See timeline.h for the picture.
#ifndef NAVO_CLIENTS_CLI_PLAN_VIEW_H_
#define NAVO_CLIENTS_CLI_PLAN_VIEW_H_

#include "clients/cli/context.h"
#include "navo/v1/plan.pb.h"

namespace navo::cli {

void PrintGoals(Context& context, const v1::PlanPart& part);
void PrintStep(Context& context, const v1::Step& step);
void PrintPlan(Context& context, const v1::GetPlanResponse& response);
void PrintPlanVersions(Context& context, const v1::ListPlanVersionsResponse& response);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_PLAN_VIEW_H_
