#include "services/plan/plan_fields.h"

#include <google/protobuf/util/field_mask_util.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>

#include "absl/types/span.h"
#include "services/domain/calendar.h"
#include "services/domain/codes.h"
#include "services/domain/step_state.h"
#include "services/domain/text.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

using google::protobuf::FieldMask;
using google::protobuf::util::FieldMaskUtil;

constexpr std::array<std::string_view, 6> kGoalFields = {
    "long_term_goal", "sluttmaal", "segment", "occupation", "review_date", "participant_voice"};
constexpr std::array<std::string_view, 9> kStepFields = {"title",
                                                         "type",
                                                         "start_date",
                                                         "end_date",
                                                         "weekly_hours",
                                                         "place",
                                                         "language_requirement",
                                                         "language_goal",
                                                         "prerequisite_step_ids"};

constexpr domain::TextRule kLongText{.max_characters = 2'000, .multi_line = true};
constexpr int32_t kMaxWeeklyHours = 60;

FieldMask Resolve(const FieldMask& sent, absl::Span<const std::string_view> fields,
                  domain::Violations& violations) {
  FieldMask mask;
  if (sent.paths().empty()) {
    for (const std::string_view field : fields) mask.add_paths(std::string(field));
    return mask;
  }
  for (int i = 0; i < sent.paths_size(); ++i) {
    if (std::find(fields.begin(), fields.end(), sent.paths(i)) != fields.end()) {
      mask.add_paths(sent.paths(i));
      continue;
    }
    violations.Add("update_mask.paths[" + std::to_string(i) + "]",
                   "must name a field that this method changes; see its description");
  }
  return mask;
}

template <typename Message>
void Put(const FieldMask& mask, const Message& from, Message& to) {
  FieldMaskUtil::MergeOptions options;
  options.set_replace_message_fields(true);
  options.set_replace_repeated_fields(true);
  FieldMaskUtil::MergeMessageTo(from, mask, options, &to);
}

void CheckPrerequisiteIds(v1::Step& step, domain::Violations& violations) {
  if (step.prerequisite_step_ids_size() > kMaxPrerequisites) {
    violations.Add("step.prerequisite_step_ids",
                   "must be at most " + std::to_string(kMaxPrerequisites) + " steps");
    return;
  }
  std::set<std::string> seen;
  for (int i = 0; i < step.prerequisite_step_ids_size(); ++i) {
    const std::string field = "step.prerequisite_step_ids[" + std::to_string(i) + "]";
    std::string& id = *step.mutable_prerequisite_step_ids(i);
    const std::optional<std::string> bytes = storage::UuidBytes(id);
    if (!bytes.has_value()) {
      violations.Add(field, "must be the UUID of a step of this plan");
      continue;
    }
    id = storage::UuidText(*bytes);
    if (!seen.insert(id).second) violations.Add(field, "must not be named twice");
  }
}

void CheckDates(const FieldMask& mask, const v1::Step& step, domain::Violations& violations) {
  if (Names(mask, "start_date") && step.has_start_date()) {
    domain::CheckDate("step.start_date", step.start_date(), violations);
  }
  if (Names(mask, "end_date") && step.has_end_date()) {
    domain::CheckDate("step.end_date", step.end_date(), violations);
  }
}

void CheckLevel(std::string_view field, v1::CefrLevel level, domain::Violations& violations) {
  if (!v1::CefrLevel_IsValid(level)) {
    violations.Add(std::string(field), "must be one of the documented levels");
  }
}

void CheckWhat(const FieldMask& mask, v1::Step& step, domain::Violations& violations) {
  if (Names(mask, "title")) {
    domain::CheckText("step.title", step.mutable_title(), domain::kRequiredTitleText, violations);
  }
  const bool type_given =
      step.type() != v1::STEP_TYPE_UNSPECIFIED && v1::StepType_IsValid(step.type());
  if (Names(mask, "type") && !type_given) {
    violations.Add("step.type", "must be one of the documented types");
  }
}

void CheckRest(const FieldMask& mask, v1::Step& step, domain::Violations& violations) {
  CheckDates(mask, step, violations);
  if (step.weekly_hours() < 0 || step.weekly_hours() > kMaxWeeklyHours) {
    violations.Add("step.weekly_hours", "must be 0 to 60");
  }
  domain::CheckText("step.place", step.mutable_place(), domain::kTitleText, violations);
  CheckLevel("step.language_requirement", step.language_requirement(), violations);
  CheckLevel("step.language_goal", step.language_goal(), violations);
  CheckPrerequisiteIds(step, violations);
}

}  // namespace

FieldMask MaskOfGoals(const FieldMask& sent, domain::Violations& violations) {
  return Resolve(sent, kGoalFields, violations);
}

FieldMask MaskOfStep(const FieldMask& sent, domain::Violations& violations) {
  return Resolve(sent, kStepFields, violations);
}

bool Names(const FieldMask& mask, std::string_view path) {
  return std::find(mask.paths().begin(), mask.paths().end(), path) != mask.paths().end();
}

v1::PlanGoals Only(const FieldMask& mask, const v1::PlanGoals& goals) {
  v1::PlanGoals only;
  Put(mask, goals, only);
  return only;
}

v1::Step Only(const FieldMask& mask, const v1::Step& step) {
  v1::Step only;
  Put(mask, step, only);
  return only;
}

void PutFields(const FieldMask& mask, const v1::PlanGoals& from, v1::PlanGoals& to) {
  Put(mask, from, to);
}

void PutFields(const FieldMask& mask, const v1::Step& from, v1::Step& to) { Put(mask, from, to); }

void CheckGoals(v1::PlanGoals& goals, domain::Violations& violations) {
  domain::CheckText("goals.long_term_goal", goals.mutable_long_term_goal(), kLongText, violations);
  domain::CheckText("goals.sluttmaal", goals.mutable_sluttmaal(), domain::kTitleText, violations);
  if (!v1::Segment_IsValid(goals.segment())) {
    violations.Add("goals.segment", "must be one of the documented segments");
  }
  if (!goals.occupation().empty()) {
    domain::CheckStyrk08("goals.occupation", goals.occupation(), violations);
  }
  if (goals.has_review_date()) {
    domain::CheckDate("goals.review_date", goals.review_date(), violations);
  }
  domain::CheckText("goals.participant_voice", goals.mutable_participant_voice(), kLongText,
                    violations);
}

void CheckStep(const FieldMask& mask, v1::Step& step, domain::Violations& violations) {
  CheckWhat(mask, step, violations);
  CheckRest(mask, step, violations);
}

void CheckNewStep(const FieldMask& mask, const v1::Step& sent, v1::Step& step,
                  domain::Violations& violations) {
  CheckWhat(mask, step, violations);
  domain::CheckNewStepStatus("step.status", sent.status(), violations);
  if (!sent.status_reason().empty()) {
    violations.Add("step.status_reason", "must be empty: ChangeStepStatus sets it");
  }
  CheckRest(mask, step, violations);
}

void CheckStepPeriod(const v1::Step& step, domain::Violations& violations) {
  if (!step.has_start_date() || !step.has_end_date()) return;
  domain::CheckPeriod("step.end_date", domain::DayOf(step.start_date()),
                      domain::DayOf(step.end_date()), violations);
}

}  // namespace navo::services
