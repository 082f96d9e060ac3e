#include "services/exchange/known_pupil.h"

#include <optional>

#include "services/domain/reasons.h"
#include "services/exchange/apply_rows.h"
#include "storage/source_record.h"
#include "storage/status_macros.h"
#include "storage/tie.h"

namespace navo::services {

absl::StatusOr<KnownPupil> FindKnownPupil(ImportBatch& batch, std::string_view pupil_id) {
  const ImportScope& scope = batch.scope();
  NAVO_ASSIGN_OR_RETURN(
      const std::optional<storage::SourceRecord> pupil,
      storage::FindSourceRecord(batch.tx(), scope.KeyOf(v1::IMPORT_FORMAT_VO_ELEVER, pupil_id)));
  std::optional<storage::TieRow> tie;
  if (pupil.has_value()) {
    NAVO_ASSIGN_OR_RETURN(
        tie, storage::FindTie(batch.tx(), pupil->participant_key, scope.caller.unit_key));
  }
  if (!tie.has_value()) {
    const RowProblem unknown = MakeProblem(domain::row_reason::kPersonUnknown, "elev_id");
    return KnownPupil{0, {v1::ROW_OUTCOME_REJECTED, unknown, {}}};
  }
  const bool blocked = tie->state == storage::TieState::kBlocked;
  NAVO_RETURN_IF_ERROR(batch.Log(pupil->participant_key,
                                 blocked ? access::Reason::kTieBlocked : access::Reason::kNone));
  if (blocked) return KnownPupil{0, OutsideScope()};
  return KnownPupil{pupil->participant_key, {}};
}

}  // namespace navo::services
