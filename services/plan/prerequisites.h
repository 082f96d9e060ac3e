#ifndef NAVO_SERVICES_PLAN_PREREQUISITES_H_
#define NAVO_SERVICES_PLAN_PREREQUISITES_H_

#include <map>
#include <string>
#include <vector>

#include "services/domain/error.h"

// Which steps come before which. Pure; any thread.
namespace navo::services {

// step id -> ids of the steps that come first; of the steps that the caller may see.
using PrerequisiteGraph = std::map<std::string, std::vector<std::string>>;

// That each of `wanted` is a visible step, is not `step_id` itself, and does not lead back to it.
// `step_id` is empty for a step that is new. Violations name "step.prerequisite_step_ids[i]".
void CheckPrerequisites(const PrerequisiteGraph& visible, const std::string& step_id,
                        const std::vector<std::string>& wanted, domain::Violations& violations);

}  // namespace navo::services

#endif  // NAVO_SERVICES_PLAN_PREREQUISITES_H_
