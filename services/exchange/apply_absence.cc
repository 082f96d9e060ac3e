#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/domain/calendar.h"
#include "services/domain/iso_week.h"
#include "services/domain/reasons.h"
#include "services/exchange/apply_rows.h"
#include "services/exchange/known_pupil.h"
#include "storage/crypto.h"
#include "storage/hours.h"
#include "storage/offering.h"
#include "storage/source_record.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

RowFate Rejected(const RowProblem& problem) { return {v1::ROW_OUTCOME_REJECTED, problem, {}}; }

// What the hours of a course are used of, as its type in the catalogue says.
v1::HoursKind KindOf(std::string_view course_type) {
  if (course_type == "NORSK") return v1::HOURS_KIND_NORSK;
  if (course_type == "SAMFUNNSKUNNSKAP") return v1::HOURS_KIND_SAMFUNNSKUNNSKAP;
  return v1::HOURS_KIND_ANNET;
}

// nullopt when vo-kurs has not brought this pupil's place in the course: what its hours are used of
// is not guessed.
absl::StatusOr<std::optional<v1::HoursKind>> KindOfCourse(ImportBatch& batch, const VoAbsence& row,
                                                          int64_t participant_key) {
  const ImportScope& scope = batch.scope();
  const std::string place_id = SourceIdOfCourse(row.pupil_id, row.course_id);
  NAVO_ASSIGN_OR_RETURN(
      const std::optional<storage::SourceRecord> place,
      storage::FindSourceRecord(batch.tx(), scope.KeyOf(v1::IMPORT_FORMAT_VO_KURS, place_id)));
  if (!place.has_value() || place->participant_key != participant_key) return std::nullopt;
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::OfferingRow> course,
                        storage::FindOffering(batch.tx(), scope.caller.controller_key,
                                              scope.source_system, row.course_id));
  if (!course.has_value()) return std::nullopt;
  return KindOf(course->body.measure_code());
}

v1::WeekHours HoursOf(const VoAbsence& row, v1::HoursKind kind) {
  v1::WeekHours hours;
  hours.set_week(domain::FormatIsoWeek(row.week_day));
  hours.set_course_id(row.course_id);
  hours.set_kind(kind);
  hours.set_planned_hours(row.planned_hours);
  if (row.absence.has_value()) {
    hours.set_attended_hours(row.absence->attended_hours);
    hours.set_documented_absence_hours(row.absence->documented_hours);
    hours.set_undocumented_absence_hours(row.absence->undocumented_hours);
  }
  return hours;
}

// The hash that says what was taken in. Keyed: hours are few, and their digest would tell them.
std::string ContentHash(const ImportBatch& batch, std::string_view source_id,
                        const v1::WeekHours& hours) {
  return storage::HmacSha256(
      batch.scope().keys.identity_hmac,
      absl::StrCat("vo-fravaer 1|", std::string(source_id), "|", hours.SerializeAsString()));
}

}  // namespace

absl::StatusOr<RowFate> ApplyAbsence(ImportBatch& batch, const VoAbsence& row) {
  storage::WriteTx& tx = batch.tx();
  if (row.absence.has_value() && row.week_day > domain::DayInOslo(tx.now())) {
    return Rejected(MakeProblem(domain::row_reason::kInvalidDate, "uke",
                                "Nobody can have been absent in a week that has not begun; leave "
                                "timer_fravaer empty."));
  }
  NAVO_ASSIGN_OR_RETURN(KnownPupil pupil, FindKnownPupil(batch, row.pupil_id));
  if (pupil.participant_key == 0) return std::move(pupil.refusal);
  NAVO_ASSIGN_OR_RETURN(const std::optional<v1::HoursKind> kind,
                        KindOfCourse(batch, row, pupil.participant_key));
  if (!kind.has_value()) {
    return Rejected(MakeProblem(domain::row_reason::kCourseUnknown, "kurs_id"));
  }
  storage::NewHours hours;
  hours.participant_key = pupil.participant_key;
  hours.week_day = row.week_day;
  hours.author = batch.scope().author();
  hours.body = HoursOf(row, *kind);
  const std::string source_id = SourceIdOfWeek(row);
  const storage::SourceKey key = batch.scope().KeyOf(source_id);
  std::string hash = ContentHash(batch, source_id, hours.body);
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::SourceRecord> before,
                        storage::FindSourceRecord(tx, key));
  if (before.has_value() && before->content_hash == hash &&
      before->participant_key == pupil.participant_key) {
    return TakenIn(v1::ROW_OUTCOME_UNCHANGED);
  }
  if (before.has_value() && before->participant_key != pupil.participant_key) {
    NAVO_RETURN_IF_ERROR(batch.Log(before->participant_key));
    NAVO_RETURN_IF_ERROR(storage::ForgetHours(
        tx, {before->participant_key, hours.author.unit_key, row.week_day, hours.body.course_id()},
        hours.author));
  }
  if (before.has_value() && !row.absence.has_value()) {
    NAVO_RETURN_IF_ERROR(storage::ForgetImportedAttendance(
        tx, {pupil.participant_key, hours.author.unit_key, row.week_day, row.course_id},
        hours.author));
  }
  *hours.body.mutable_provenance() =
      batch.NewProvenance(absl::StrCat(row.pupil_id, " ", row.course_id, " ", hours.body.week()));
  NAVO_RETURN_IF_ERROR(storage::PutHours(tx, hours).status());
  NAVO_RETURN_IF_ERROR(
      storage::PutSourceRecord(tx, key, {0, std::move(hash), pupil.participant_key, 0}));
  return TakenIn(before.has_value() ? v1::ROW_OUTCOME_UPDATED : v1::ROW_OUTCOME_CREATED);
}

}  // namespace navo::services
