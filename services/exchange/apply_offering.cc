#include "navo/v1/plan.pb.h"
#include "services/domain/calendar.h"
#include "services/domain/reasons.h"
#include "services/exchange/apply_rows.h"
#include "storage/offering.h"
#include "storage/status_macros.h"

namespace navo::services {

absl::StatusOr<RowFate> ApplyOffering(ImportBatch& batch, const NavOffering& row) {
  v1::Offering offering;
  offering.set_offering_id(row.offering_id);
  offering.set_title(row.title);
  offering.set_measure_code(row.measure_code);
  offering.set_measure_name(row.measure_name);
  offering.set_arranger_name(row.arranger_name);
  if (row.start_day.has_value()) *offering.mutable_start_date() = domain::DateOf(*row.start_day);
  if (row.end_day.has_value()) *offering.mutable_end_date() = domain::DateOf(*row.end_day);
  const ImportScope& scope = batch.scope();
  NAVO_ASSIGN_OR_RETURN(
      const storage::OfferingPut put,
      storage::PutOffering(batch.tx(), scope.caller.controller_key, scope.source_system,
                           scope.caller.principal_key, offering));
  switch (put.outcome) {
    case storage::PutOutcome::kCreated:
      return TakenIn(v1::ROW_OUTCOME_CREATED);
    case storage::PutOutcome::kUpdated:
      return TakenIn(v1::ROW_OUTCOME_UPDATED);
    case storage::PutOutcome::kUnchanged:
      break;
  }
  return TakenIn(v1::ROW_OUTCOME_UNCHANGED);
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
