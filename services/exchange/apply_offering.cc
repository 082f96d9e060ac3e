#include "navo/v1/plan.pb.h"
#include "services/domain/calendar.h"
#include "services/domain/reasons.h"
#include "services/exchange/apply_rows.h"
#include "storage/offering.h"
#include "storage/plan_step.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

// At most so many steps of an offering are looked at in one transaction, which has the room for
// them even when every row of it is an offering.
constexpr int64_t kStepsPerClosure = 200;

v1::RowOutcome OutcomeOf(storage::PutOutcome outcome) {
  switch (outcome) {
    case storage::PutOutcome::kCreated:
      return v1::ROW_OUTCOME_CREATED;
    case storage::PutOutcome::kUpdated:
      return v1::ROW_OUTCOME_UPDATED;
    case storage::PutOutcome::kUnchanged:
      break;
  }
  return v1::ROW_OUTCOME_UNCHANGED;
}

v1::OfferingStatus StatusOf(NavOfferingStatus status) {
  switch (status) {
    case NavOfferingStatus::kGjennomfores:
      return v1::OFFERING_STATUS_GJENNOMFOERES;
    case NavOfferingStatus::kAvsluttet:
      return v1::OFFERING_STATUS_AVSLUTTET;
    case NavOfferingStatus::kAvbrutt:
      return v1::OFFERING_STATUS_AVBRUTT;
    case NavOfferingStatus::kAvlyst:
      return v1::OFFERING_STATUS_AVLYST;
  }
  return v1::OFFERING_STATUS_UNSPECIFIED;
}

}  // namespace

absl::StatusOr<StepsToAlign> AlignStepsOfOffering(ImportBatch& batch, const StepsToAlign& steps) {
  NAVO_ASSIGN_OR_RETURN(const storage::TypedSteps typed,
                        storage::TypeImportedSteps(
                            batch.tx(), steps.offering_key, steps.type, steps.after_step_key,
                            kStepsPerClosure, batch.scope().author(), batch.NewProvenance("")));
  for (const int64_t participant_key : typed.participant_keys) {
    NAVO_RETURN_IF_ERROR(batch.Log(participant_key));
  }
  if (typed.more_after_step_key == 0) return StepsToAlign();
  return StepsToAlign{steps.offering_key, steps.type, typed.more_after_step_key};
}

absl::StatusOr<RowFate> ApplyOffering(ImportBatch& batch, const NavOffering& row) {
  v1::Offering offering;
  offering.set_offering_id(row.offering_id);
  offering.set_title(row.title);
  offering.set_measure_code(row.measure_code);
  offering.set_measure_name(row.measure_name);
  offering.set_arranger_name(row.arranger_name);
  offering.set_arranger_organisation_number(row.arranger_number);
  offering.set_status(StatusOf(row.status));
  if (row.start_day.has_value()) *offering.mutable_start_date() = domain::DateOf(*row.start_day);
  if (row.end_day.has_value()) *offering.mutable_end_date() = domain::DateOf(*row.end_day);
  const ImportScope& scope = batch.scope();
  NAVO_ASSIGN_OR_RETURN(
      const storage::OfferingPut put,
      storage::PutOffering(batch.tx(), scope.caller.controller_key, scope.source_system,
                           scope.caller.principal_key, offering));
  RowFate fate = TakenIn(OutcomeOf(put.outcome));
  // Also when the row is as it was: an import that broke off may have left some of them.
  const v1::StepType type = StepTypeOfMeasure(row.measure_code);
  NAVO_ASSIGN_OR_RETURN(fate.to_align, AlignStepsOfOffering(batch, {put.offering_key, type, 0}));
  return fate;
}

absl::StatusOr<RowFate> ApplyOfferingTombstone(ImportBatch& batch,
                                               const NavOfferingTombstone& row) {
  const ImportScope& scope = batch.scope();
  NAVO_ASSIGN_OR_RETURN(
      const bool was_known,
      storage::ForgetOffering(batch.tx(), scope.caller.controller_key, scope.source_system,
                              scope.caller.principal_key, row.offering_id));
  if (was_known) return TakenIn(v1::ROW_OUTCOME_UPDATED);
  return RowFate{v1::ROW_OUTCOME_SKIPPED,
                 MakeProblem(domain::row_reason::kTombstoneUnknown, "",
                             "The offering is not in the catalogue; nothing needs doing.")};
}

}  // namespace navo::services
