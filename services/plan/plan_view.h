#ifndef NAVO_SERVICES_PLAN_PLAN_VIEW_H_
#define NAVO_SERVICES_PLAN_PLAN_VIEW_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "navo/v1/plan.pb.h"
#include "services/door/case.h"
#include "storage/plan.h"
#include "storage/plan_step.h"

// The plan as one caller may see it: the visible parts, the own one first, each with its visible
// steps. Nothing in it depends on rows that are hidden. Bodies run on the door's thread.
namespace navo::services {

// PlanService.Get.
absl::Status GetPlan(door::Case& c, const v1::GetPlanRequest& request,
                     v1::GetPlanResponse& response);

// A visible part, for the view's version.
struct PartVersion {
  int64_t controller_key = 0;
  int64_t version = 0;
};
// The version of a view with these parts, in any order: opaque, the caller's side's own.
std::string ViewVersion(const door::Case& c, std::vector<PartVersion> parts);

// Adds names, version and, on the own part, the etag to a part as it is stored.
void DescribePart(const door::Case& c, const storage::Author& author, int64_t plan_key,
                  int64_t version, int64_t goals_version, v1::PlanPart& part);
std::string PartEtag(const door::Case& c, const storage::Author& author, int64_t plan_key,
                     int64_t goals_version);

// Adds ids, names, version and, on steps of the own unit, the etag to a step as it is stored.
void DescribeStep(const door::Case& c, const storage::Author& author, int64_t step_key,
                  std::string_view id_bytes, int64_t version, v1::Step& step);
std::string StepEtag(const door::Case& c, const storage::Author& author, int64_t step_key,
                     int64_t version);
// Adds the offering; a step without a title shows the offering's.
void FillOffering(const storage::StepView& view, v1::Step& step);

// Takes out the prerequisites that are not steps of this view.
void DropHiddenPrerequisites(v1::Plan& plan);

}  // namespace navo::services

#endif  // NAVO_SERVICES_PLAN_PLAN_VIEW_H_
