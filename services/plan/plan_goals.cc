#include "services/plan/plan_goals.h"

#include <optional>
#include <string>
#include <utility>

#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "services/domain/text.h"
#include "services/plan/plan_fields.h"
#include "services/plan/plan_view.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

using storage::PlanPartRow;

constexpr domain::TextRule kReasonText{.max_characters = 200, .required = true};
constexpr size_t kShortestReason = 3;

absl::StatusOr<std::optional<PlanPartRow>> OwnPart(door::WriteCase& c) {
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::Guarded<PlanPartRow>> guarded,
                        storage::FindPart(c.tx(), c.participant_key(), c.caller().controller_key));
  if (!guarded.has_value()) return std::nullopt;
  const PlanPartRow* part = c.Open(*guarded);
  if (part == nullptr) return domain::NotFound();
  return *part;
}

void Answer(const door::WriteCase& c, const PlanPartRow& row, v1::PlanPart& part) {
  part = row.body;
  DescribePart(c, row.author, row.plan_key, row.version, row.goals_version, part);
}

absl::Status CheckPartEtag(const door::WriteCase& c, const PlanPartRow& part,
                           const std::string& sent) {
  return c.CheckEtag(sent, PartEtag(c, part.author, part.plan_key, part.goals_version));
}

}  // namespace

absl::StatusOr<PlanPartRow> OwnOpenPart(door::WriteCase& c) {
  NAVO_ASSIGN_OR_RETURN(std::optional<PlanPartRow> part, OwnPart(c));
  if (part.has_value() && part->state == storage::PlanState::kOpen) return *std::move(part);
  return domain::MakeError(absl::StatusCode::kFailedPrecondition, domain::reason::kPlanClosed,
                           "your side has no open plan for this participant: open it first");
}

absl::Status OpenPlan(door::WriteCase& c, const v1::OpenPlanRequest& request,
                      v1::OpenPlanResponse& response) {
  domain::Violations violations;
  v1::PlanPart body;
  *body.mutable_goals() = request.goals();
  CheckGoals(*body.mutable_goals(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());

  NAVO_ASSIGN_OR_RETURN(std::optional<PlanPartRow> part, OwnPart(c));
  if (!part.has_value() || part->state == storage::PlanState::kClosed) {
    *body.mutable_provenance() = c.NewProvenance();
    NAVO_ASSIGN_OR_RETURN(part, storage::OpenPart(c.tx(), c.participant_key(), c.author(), body));
  }
  Answer(c, *part, *response.mutable_part());
  return absl::OkStatus();
}

absl::Status UpdatePlanGoals(door::WriteCase& c, const v1::UpdateGoalsRequest& request,
                             v1::UpdateGoalsResponse& response) {
  domain::Violations violations;
  const google::protobuf::FieldMask mask = MaskOfGoals(request.update_mask(), violations);
  v1::PlanGoals goals = Only(mask, request.goals());
  CheckGoals(goals, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());

  NAVO_ASSIGN_OR_RETURN(PlanPartRow part, OwnOpenPart(c));
  NAVO_RETURN_IF_ERROR(CheckPartEtag(c, part, request.etag()));
  PutFields(mask, goals, *part.body.mutable_goals());
  *part.body.mutable_provenance() = c.NewProvenance();
  NAVO_RETURN_IF_ERROR(storage::ChangeGoals(c.tx(), part, c.author()));
  Answer(c, part, *response.mutable_part());
  return absl::OkStatus();
}

absl::Status ClosePlan(door::WriteCase& c, const v1::ClosePlanRequest& request,
                       v1::ClosePlanResponse& response) {
  domain::Violations violations;
  std::string reason = request.reason();
  domain::CheckText("reason", &reason, kReasonText, violations);
  if (violations.empty() && domain::CountCharacters(reason) < kShortestReason) {
    violations.Add("reason", "must be 3 to 200 characters");
  }
  NAVO_RETURN_IF_ERROR(violations.ToStatus());

  NAVO_ASSIGN_OR_RETURN(PlanPartRow part, OwnOpenPart(c));
  NAVO_RETURN_IF_ERROR(CheckPartEtag(c, part, request.etag()));
  *part.body.mutable_provenance() = c.NewProvenance();
  NAVO_RETURN_IF_ERROR(storage::ClosePart(c.tx(), part, c.author(), reason));
  Answer(c, part, *response.mutable_part());
  return absl::OkStatus();
}

}  // namespace navo::services
