#include "services/plan/plan_view.h"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "absl/strings/str_cat.h"
#include "services/domain/error.h"
#include "services/domain/wire.h"
#include "services/plan/plan_replay.h"
#include "services/plan/plan_versions.h"
#include "services/plan/step_bytes.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

using storage::Author;
using storage::Guarded;
using storage::PartView;
using storage::StepView;

struct ShownPart {
  PartVersion of;
  v1::PlanPart* part = nullptr;
};

// While the identity is not confirmed, colleagues' rows of the own side are hidden too: then the
// number counts the visible changes alone.
absl::Status CountVisibleChanges(door::Case& c, std::vector<ShownPart>& parts) {
  PlanReplay replay(c);
  NAVO_RETURN_IF_ERROR(ReplayVisible(c, replay, [](const ReplayedChange&) {}));
  for (ShownPart& shown : parts) {
    shown.of.version = replay.PartVersion(shown.of.controller_key);
    shown.part->set_version(static_cast<int32_t>(shown.of.version));
  }
  return absl::OkStatus();
}

// A part as it is stored; its goals stay the bytes they are.
void FillPart(std::string_view body, v1::PlanPart& part) {
  std::optional<std::string_view> goals;  // perhaps of no field
  std::string rest;
  domain::EachWireField(body, [&](const domain::WireField& field) {
    if (field.number == v1::PlanPart::kGoalsFieldNumber) {
      goals = field.content;
    } else {
      rest.append(field.whole);
    }
  });
  part.ParseFromString(rest);
  if (!goals.has_value()) return;
  part.GetReflection()->MutableUnknownFields(&part)->AddLengthDelimited(
      v1::PlanPart::kGoalsFieldNumber, std::string(*goals));
}

absl::Status FillSteps(door::Case& c, int64_t plan_key, const std::vector<ShownPart>& parts) {
  StepBytes steps(c);
  NAVO_RETURN_IF_ERROR(storage::ReadSteps(c.tx(), plan_key, [&](const Guarded<StepView>& guarded) {
    const Author& author = guarded.label().author;
    const auto shown = std::find_if(parts.begin(), parts.end(), [&](const ShownPart& part) {
      return part.of.controller_key == author.controller_key;
    });
    if (shown == parts.end()) return absl::OkStatus();
    const StepView* view = c.Open(guarded);
    if (view == nullptr) return absl::OkStatus();
    return steps.Add(author, *view, *shown->part);
  }));
  steps.AddVisiblePrerequisites();
  return absl::OkStatus();
}

// Two statements: parts and steps.
absl::Status FillPlan(door::Case& c, v1::Plan& plan) {
  std::vector<ShownPart> parts;
  int64_t plan_key = 0;
  NAVO_RETURN_IF_ERROR(storage::ReadParts(
      c.tx(), c.participant_key(), c.caller().controller_key,
      [&](const Guarded<PartView>& guarded) {
        const PartView* view = c.Open(guarded);
        if (view == nullptr) return absl::OkStatus();
        const Author& author = guarded.label().author;
        v1::PlanPart& part = *plan.add_parts();
        FillPart(view->body, part);
        DescribePart(c, author, view->plan_key, view->version, view->goals_version, part);
        parts.push_back({{author.controller_key, view->version}, &part});
        plan_key = view->plan_key;
        return absl::OkStatus();
      }));
  if (parts.empty()) return domain::NotFound();
  if (!c.decision().identity_confirmed) NAVO_RETURN_IF_ERROR(CountVisibleChanges(c, parts));
  NAVO_RETURN_IF_ERROR(FillSteps(c, plan_key, parts));
  std::vector<PartVersion> versions;
  for (const ShownPart& shown : parts) versions.push_back(shown.of);
  plan.set_version(ViewVersion(c, std::move(versions)));
  return absl::OkStatus();
}

}  // namespace

absl::Status GetPlan(door::Case& c, const v1::GetPlanRequest& request,
                     v1::GetPlanResponse& response) {
  NAVO_RETURN_IF_ERROR(request.version().empty()
                           ? FillPlan(c, *response.mutable_plan())
                           : FillPlanVersion(c, request.version(), *response.mutable_plan()));
  c.MarkWithheld(response.mutable_withheld());
  return absl::OkStatus();
}

std::string ViewVersion(const door::Case& c, std::vector<PartVersion> parts) {
  std::sort(parts.begin(), parts.end(), [](const PartVersion& a, const PartVersion& b) {
    return a.controller_key < b.controller_key;
  });
  std::string content = absl::StrCat("plan|", c.participant_key(), "|", c.caller().controller_key);
  for (const PartVersion& part : parts) {
    absl::StrAppend(&content, "|", part.controller_key, ":", part.version);
  }
  return c.Digest(content);
}

std::string PartEtag(const door::Case& c, const Author& author, int64_t plan_key,
                     int64_t goals_version) {
  return c.Etag(absl::StrCat("plan_part:", author.controller_key), author, plan_key, goals_version);
}

void DescribePart(const door::Case& c, const Author& author, int64_t plan_key, int64_t version,
                  int64_t goals_version, v1::PlanPart& part) {
  part.set_version(static_cast<int32_t>(version));
  part.set_etag(PartEtag(c, author, plan_key, goals_version));
  c.Describe(author, part.mutable_provenance());
}

std::string StepEtag(const door::Case& c, const Author& author, int64_t step_key, int64_t version) {
  if (author.unit_key != c.caller().unit_key) return {};
  return c.Etag("step", author, step_key, version);
}

void DescribeStep(const door::Case& c, const Author& author, int64_t step_key,
                  std::string_view id_bytes, int64_t version, v1::Step& step) {
  step.set_step_id(storage::UuidText(id_bytes));
  step.set_version(static_cast<int32_t>(version));
  step.set_etag(StepEtag(c, author, step_key, version));
  if (const access::Unit* unit = c.directory().FindUnit(author.unit_key)) {
    step.set_owner_unit(unit->id);
  }
  c.Describe(author, step.mutable_provenance());
}

void FillOffering(const storage::StepView& view, v1::Step& step) {
  if (!view.has_offering) return;
  v1::Offering& offering = *step.mutable_offering();
  offering.ParseFromArray(view.offering_body.data(), static_cast<int>(view.offering_body.size()));
  offering.set_offering_id(std::string(view.offering_id));
  if (step.title().empty()) step.set_title(offering.title());
}

void DropHiddenPrerequisites(v1::Plan& plan) {
  std::unordered_set<std::string_view> visible;
  bool any = false;
  for (const v1::PlanPart& part : plan.parts()) {
    for (const v1::Step& step : part.steps()) any = any || !step.prerequisite_step_ids().empty();
  }
  if (!any) return;
  for (const v1::PlanPart& part : plan.parts()) {
    for (const v1::Step& step : part.steps()) visible.insert(step.step_id());
  }
  for (v1::PlanPart& part : *plan.mutable_parts()) {
    for (v1::Step& step : *part.mutable_steps()) {
      auto& ids = *step.mutable_prerequisite_step_ids();
      ids.erase(std::remove_if(ids.begin(), ids.end(),
                               [&](const std::string& id) { return !visible.contains(id); }),
                ids.end());
    }
  }
}

}  // namespace navo::services
