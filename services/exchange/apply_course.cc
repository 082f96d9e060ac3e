#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "navo/v1/plan.pb.h"
#include "services/domain/calendar.h"
#include "services/domain/text.h"
#include "services/exchange/apply_rows.h"
#include "services/exchange/known_pupil.h"
#include "storage/crypto.h"
#include "storage/offering.h"
#include "storage/plan_step.h"
#include "storage/source_record.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

// A level that is no level of Norwegian, "Modul 2", stands in the title: the plan has no field for
// it.
std::string TitleOf(const VoCourse& row) {
  if (row.level.empty() || row.cefr_level != v1::CEFR_LEVEL_UNSPECIFIED) return row.course_name;
  std::string title = absl::StrCat(row.course_name, ", ", row.level);
  const bool fits = domain::CountCharacters(title) <= domain::kTitleText.max_characters;
  return fits ? title : row.course_name;
}

v1::Step ContentOf(const VoCourse& row) {
  v1::Step step;
  step.set_title(TitleOf(row));
  step.set_type(row.type.step_type);
  step.set_status(row.status.step_status);
  step.set_status_reason(std::string(row.status.reason));
  step.set_language_goal(row.cefr_level);
  if (row.start_day.has_value()) *step.mutable_start_date() = domain::DateOf(*row.start_day);
  if (row.end_day.has_value()) *step.mutable_end_date() = domain::DateOf(*row.end_day);
  step.set_weekly_hours((row.weekly_hundredths.value_or(0) + 50) / 100);
  return step;
}

// What is the same for everybody in the course. Its days are not: the row has the pupil's own.
v1::Offering OfferingOf(const VoCourse& row) {
  v1::Offering offering;
  offering.set_offering_id(row.course_id);
  offering.set_title(row.course_name);
  offering.set_measure_code(std::string(row.type.code));
  offering.set_measure_name(std::string(row.type.name));
  return offering;
}

// Behind the digest stands what the row stated of the fields that anybody may fill in otherwise.
constexpr char kStatedHours = 'h';
constexpr char kStatedGoal = 'g';

void AddStated(const v1::Step& content, std::string& hash) {
  if (content.weekly_hours() > 0) hash += kStatedHours;
  if (content.language_goal() != v1::CEFR_LEVEL_UNSPECIFIED) hash += kStatedGoal;
}

void TakeBack(std::string_view before, storage::ImportedStep& step) {
  before.remove_prefix(std::min(before.size(), storage::kDigestBytes));
  step.takes_back_weekly_hours = before.find(kStatedHours) != std::string_view::npos;
  step.takes_back_language_goal = before.find(kStatedGoal) != std::string_view::npos;
}

}  // namespace

absl::StatusOr<RowFate> ApplyCourse(ImportBatch& batch, const VoCourse& row) {
  NAVO_ASSIGN_OR_RETURN(KnownPupil pupil, FindKnownPupil(batch, row.pupil_id));
  if (pupil.participant_key == 0) return std::move(pupil.refusal);
  storage::WriteTx& tx = batch.tx();
  const ImportScope& scope = batch.scope();
  const std::string source_id = SourceIdOfCourse(row.pupil_id, row.course_id);
  const storage::SourceKey key = scope.KeyOf(source_id);
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::SourceRecord> before,
                        storage::FindSourceRecord(tx, key));
  storage::ImportedStep step;
  step.content = ContentOf(row);
  const v1::Offering offering = OfferingOf(row);
  std::string hash = storage::Sha256(absl::StrCat("vo-kurs 1|", step.content.SerializeAsString(),
                                                  "|", offering.SerializeAsString()));
  // The pupil may be found to be another person since: then the step goes along.
  if (before.has_value() && before->content_hash.starts_with(hash) &&
      before->participant_key == pupil.participant_key) {
    return TakenIn(v1::ROW_OUTCOME_UNCHANGED);
  }
  if (before.has_value()) NAVO_RETURN_IF_ERROR(batch.Log(before->participant_key));
  // Only by a row that says something new: pupils whose rows name a course differently would change
  // it to and fro with every import.
  NAVO_ASSIGN_OR_RETURN(const storage::OfferingPut catalogue,
                        storage::PutOffering(tx, scope.caller.controller_key, scope.source_system,
                                             scope.caller.principal_key, offering));
  AddStated(step.content, hash);
  if (before.has_value()) TakeBack(before->content_hash, step);
  step.participant_key = pupil.participant_key;
  step.author = scope.author();
  step.step_key = before.has_value() ? before->record_key : 0;
  step.new_id = batch.NewId();
  step.offering_key = catalogue.offering_key;
  *step.content.mutable_provenance() =
      batch.NewProvenance(absl::StrCat(row.pupil_id, " ", row.course_id));
  NAVO_ASSIGN_OR_RETURN(const storage::ImportedStepPut put, storage::PutImportedStep(tx, step));
  NAVO_RETURN_IF_ERROR(
      storage::PutSourceRecord(tx, key, {0, std::move(hash), pupil.participant_key, put.step_key}));
  return TakenIn(before.has_value() ? v1::ROW_OUTCOME_UPDATED : v1::ROW_OUTCOME_CREATED);
}

}  // namespace navo::services
