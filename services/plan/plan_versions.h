#ifndef NAVO_SERVICES_PLAN_PLAN_VERSIONS_H_
#define NAVO_SERVICES_PLAN_PLAN_VERSIONS_H_

#include <string_view>

#include "absl/status/status.h"
#include "navo/v1/plan.pb.h"
#include "services/door/case.h"

// The plan's past, replayed from the changes that the caller may see now. Cost grows with the
// number of changes of the participant's plan.
namespace navo::services {

// PlanService.ListVersions.
absl::Status ListPlanVersions(door::Case& c, const v1::ListPlanVersionsRequest& request,
                              v1::ListPlanVersionsResponse& response);

// The plan as it stood at `version`, without etags: what is past cannot be changed. NOT_FOUND when
// no visible change led to that version.
absl::Status FillPlanVersion(door::Case& c, std::string_view version, v1::Plan& plan);

}  // namespace navo::services

#endif  // NAVO_SERVICES_PLAN_PLAN_VERSIONS_H_
