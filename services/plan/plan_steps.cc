#include "services/plan/plan_steps.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "services/domain/step_state.h"
#include "services/plan/plan_fields.h"
#include "services/plan/plan_goals.h"
#include "services/plan/plan_view.h"
#include "services/plan/prerequisites.h"
#include "storage/offering.h"
#include "storage/plan_step.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

using google::protobuf::FieldMask;
using storage::PlanPartRow;
using storage::PlanStepRow;

absl::StatusOr<PrerequisiteGraph> VisibleSteps(door::WriteCase& c, int64_t plan_key) {
  PrerequisiteGraph graph;
  NAVO_RETURN_IF_ERROR(
      storage::ReadSteps(c.tx(), plan_key, [&](const storage::Guarded<storage::StepView>& guarded) {
        const storage::StepView* view = c.Open(guarded);
        if (view == nullptr) return absl::OkStatus();
        v1::Step step;
        step.ParseFromArray(view->body.data(), static_cast<int>(view->body.size()));
        graph.emplace(storage::UuidText(view->id),
                      std::vector<std::string>(step.prerequisite_step_ids().begin(),
                                               step.prerequisite_step_ids().end()));
        return absl::OkStatus();
      }));
  return graph;
}

// As FillOffering does it for a step that is read.
absl::Status AnswerOffering(door::WriteCase& c, int64_t offering_key, v1::Step& step) {
  if (offering_key == 0) return absl::OkStatus();
  NAVO_ASSIGN_OR_RETURN(std::optional<storage::OfferingRow> offering,
                        storage::LoadOffering(c.tx(), offering_key));
  if (!offering.has_value()) return absl::OkStatus();
  if (step.title().empty()) step.set_title(offering->body.title());
  *step.mutable_offering() = std::move(offering->body);
  return absl::OkStatus();
}

// What the step depends on and the caller cannot see is no part of the answer.
absl::Status Answer(door::WriteCase& c, const PlanStepRow& row, v1::Step& step) {
  step = row.body;
  DescribeStep(c, row.author, row.step_key, row.id, row.version, step);
  NAVO_RETURN_IF_ERROR(AnswerOffering(c, row.offering_key, step));
  if (step.prerequisite_step_ids().empty()) return absl::OkStatus();
  NAVO_ASSIGN_OR_RETURN(const PrerequisiteGraph visible, VisibleSteps(c, row.plan_key));
  step.clear_prerequisite_step_ids();
  for (const std::string& id : row.body.prerequisite_step_ids()) {
    if (visible.contains(id)) step.add_prerequisite_step_ids(id);
  }
  return absl::OkStatus();
}

// Replaces the prerequisites of `step` by those that were sent. What the step depends on and the
// caller cannot see now stays: it was left out of what the caller read.
absl::Status PutPrerequisites(door::WriteCase& c, int64_t plan_key, const std::string& step_id,
                              const v1::Step& sent, v1::Step& step) {
  if (sent.prerequisite_step_ids().empty() && step.prerequisite_step_ids().empty()) {
    return absl::OkStatus();
  }
  NAVO_ASSIGN_OR_RETURN(const PrerequisiteGraph visible, VisibleSteps(c, plan_key));
  std::vector<std::string> wanted(sent.prerequisite_step_ids().begin(),
                                  sent.prerequisite_step_ids().end());
  domain::Violations violations;
  CheckPrerequisites(visible, step_id, wanted, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  for (const std::string& id : step.prerequisite_step_ids()) {
    if (!visible.contains(id)) wanted.push_back(id);
  }
  step.mutable_prerequisite_step_ids()->Assign(wanted.begin(), wanted.end());
  return absl::OkStatus();
}

// A step of the caller's unit in an open part, as the caller has read it.
absl::StatusOr<PlanStepRow> OwnStep(door::WriteCase& c, const std::string& step_id,
                                    const std::string& etag) {
  const std::optional<std::string> id = storage::UuidBytes(step_id);
  if (!id.has_value()) return domain::NotFound();
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::Guarded<PlanStepRow>> guarded,
                        storage::FindStep(c.tx(), c.participant_key(), *id));
  if (!guarded.has_value()) return domain::NotFound();
  const PlanStepRow* step = c.Open(*guarded);
  if (step == nullptr) return domain::NotFound();
  if (step->author.unit_key != c.caller().unit_key) {
    return domain::MakeError(absl::StatusCode::kPermissionDenied, domain::reason::kNotOwner,
                             "only the unit that is responsible for the step changes it: talk to "
                             "that unit");
  }
  NAVO_RETURN_IF_ERROR(OwnOpenPart(c).status());
  NAVO_RETURN_IF_ERROR(c.CheckEtag(etag, StepEtag(c, step->author, step->step_key, step->version)));
  return *step;
}

absl::Status SaveStep(door::WriteCase& c, PlanStepRow& step, v1::Step& answer) {
  // A change by hand keeps saying which record of which system the step came from.
  v1::Provenance provenance = c.NewProvenance();
  provenance.set_source_system(step.body.provenance().source_system());
  provenance.set_source_id(step.body.provenance().source_id());
  *step.body.mutable_provenance() = std::move(provenance);
  NAVO_RETURN_IF_ERROR(storage::ChangeStep(c.tx(), step, c.author()));
  return Answer(c, step, answer);
}

}  // namespace

absl::Status AddPlanStep(door::WriteCase& c, const v1::AddStepRequest& request,
                         v1::AddStepResponse& response) {
  domain::Violations violations;
  const FieldMask mask = MaskOfStep(FieldMask(), violations);
  v1::Step sent = Only(mask, request.step());
  CheckNewStep(mask, request.step(), sent, violations);
  if (violations.empty()) CheckStepPeriod(sent, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());

  NAVO_ASSIGN_OR_RETURN(const PlanPartRow part, OwnOpenPart(c));
  NAVO_ASSIGN_OR_RETURN(const int64_t count,
                        storage::CountSteps(c.tx(), part.plan_key, c.caller().controller_key));
  if (count >= kMaxSteps) {
    return domain::MakeError(absl::StatusCode::kFailedPrecondition,
                             domain::reason::kIllegalStateChange,
                             "the plan has 1,000 steps of your side, the most there may be");
  }
  v1::Step body = sent;
  body.set_status(request.step().status());
  body.clear_prerequisite_step_ids();
  NAVO_RETURN_IF_ERROR(PutPrerequisites(c, part.plan_key, "", sent, body));
  *body.mutable_provenance() = c.NewProvenance();
  PlanStepRow step{0, c.NewId(), part.plan_key,  c.participant_key(), c.author(),
                   0, 1,         std::move(body)};
  NAVO_RETURN_IF_ERROR(storage::AddStep(c.tx(), step));
  return Answer(c, step, *response.mutable_step());
}

absl::Status UpdatePlanStep(door::WriteCase& c, const v1::UpdateStepRequest& request,
                            v1::UpdateStepResponse& response) {
  domain::Violations violations;
  FieldMask mask = MaskOfStep(request.update_mask(), violations);
  v1::Step sent = Only(mask, request.step());
  CheckStep(mask, sent, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());

  NAVO_ASSIGN_OR_RETURN(PlanStepRow step, OwnStep(c, request.step_id(), request.etag()));
  if (domain::IsFinal(step.body.status())) {
    return domain::MakeError(absl::StatusCode::kFailedPrecondition,
                             domain::reason::kIllegalStateChange,
                             "the step is completed or broken off, and final: add a new step");
  }
  v1::Step body = step.body;
  PutFields(mask, sent, body);
  CheckStepPeriod(body, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  *body.mutable_prerequisite_step_ids() = step.body.prerequisite_step_ids();
  if (Names(mask, "prerequisite_step_ids")) {
    NAVO_RETURN_IF_ERROR(
        PutPrerequisites(c, step.plan_key, storage::UuidText(step.id), sent, body));
  }
  step.body = std::move(body);
  return SaveStep(c, step, *response.mutable_step());
}

absl::Status ChangePlanStepStatus(door::WriteCase& c, const v1::ChangeStepStatusRequest& request,
                                  v1::ChangeStepStatusResponse& response) {
  domain::Violations violations;
  std::string reason = request.reason();
  domain::CheckStepChangeFields(request.status(), &reason, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());

  NAVO_ASSIGN_OR_RETURN(PlanStepRow step, OwnStep(c, request.step_id(), request.etag()));
  NAVO_RETURN_IF_ERROR(domain::CheckStepChange(step.body.status(), request.status()));
  step.body.set_status(request.status());
  step.body.set_status_reason(reason);
  return SaveStep(c, step, *response.mutable_step());
}

}  // namespace navo::services
