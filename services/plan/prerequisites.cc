#include "services/plan/prerequisites.h"

#include <set>

namespace navo::services {
namespace {

// Whether `target` comes somewhere before `start`.
bool ComesBefore(const PrerequisiteGraph& graph, const std::string& target,
                 const std::string& start) {
  std::set<std::string> seen;
  std::vector<std::string> waiting = {start};
  while (!waiting.empty()) {
    const std::string id = std::move(waiting.back());
    waiting.pop_back();
    if (id == target) return true;
    const auto step = graph.find(id);
    if (step == graph.end() || !seen.insert(id).second) continue;
    waiting.insert(waiting.end(), step->second.begin(), step->second.end());
  }
  return false;
}

}  // namespace

void CheckPrerequisites(const PrerequisiteGraph& visible, const std::string& step_id,
                        const std::vector<std::string>& wanted, domain::Violations& violations) {
  for (size_t i = 0; i < wanted.size(); ++i) {
    const std::string field = "step.prerequisite_step_ids[" + std::to_string(i) + "]";
    if (wanted[i] == step_id) {
      violations.Add(field, "must be another step");
    } else if (!visible.contains(wanted[i])) {
      violations.Add(field, "must be the UUID of a step of this plan");
    } else if (!step_id.empty() && ComesBefore(visible, step_id, wanted[i])) {
      violations.Add(field, "must not come after the step itself");
    }
  }
}

}  // namespace navo::services
