#ifndef NAVO_STORAGE_HOURS_H_
#define NAVO_STORAGE_HOURS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/language.pb.h"
#include "storage/guarded.h"
#include "storage/tx.h"

// Hours of training: one set for each participant, unit, course and ISO week. A week has two parts,
// each a record with a version, an author and a category of its own, so that a change of one tells
// nothing to whoever sees the other alone. All functions: errors of the engine only. Any thread,
// within the Tx.
//
// In the journal each part is a record of subject kHours; its body is a WeekHours with the fields
// of that part alone (PartOf).
namespace navo::storage {

// Stored: never change or reuse one.
enum class HoursPart : int {
  kPlanned = 1,     // planned_hours
  kAttendance = 2,  // attended_hours, documented_ and undocumented_absence_hours
};

constexpr v1::Category CategoryOf(HoursPart part) {
  return part == HoursPart::kPlanned ? v1::CATEGORY_LANGUAGE : v1::CATEGORY_ATTENDANCE;
}

// Which part a stored or journaled body is. The body of a deletion is empty and counts as
// attendance: what is not known is guarded as what is more sensitive.
HoursPart PartOf(const v1::WeekHours& body);

// Whose week it is. The text must live until the call returns.
struct HoursKey {
  int64_t participant_key = 0;
  int64_t unit_key = 0;
  int32_t week_day = 0;        // the Monday of the ISO week (services/domain/iso_week.h)
  std::string_view course_id;  // empty: no course is named
};

struct NewHours {
  int64_t participant_key = 0;
  int32_t week_day = 0;  // the Monday of body.week
  Author author;
  // As the API takes it, with role and time in `provenance`; an import adds source_system and
  // source_id there, and needs nothing else to be told apart from what was typed. It is checked
  // before: domain::CheckWeekHours.
  v1::WeekHours body;
};

enum class HoursChange {
  kUnchanged,  // the same was there already: nothing is written or journaled
  kAdded,
  kReplaced,
};

// Keeps a week. A part that the body states takes the place of the same part that the unit has
// recorded for that week and course, as its next version; a part it does not state stays as it is.
// The kind is the week's: where it differs from the other part's, that one is corrected with it.
// Journals each part that changed, with its whole body, so that no version is lost.
absl::StatusOr<HoursChange> PutHours(WriteTx& tx, const NewHours& hours);

// What the unit has for that week, without provenance, versions and guard; nullopt for nothing.
// For imports, whose caller sees nothing, to put rows of one week together before PutHours.
absl::StatusOr<std::optional<v1::WeekHours>> FindHours(ReadTx& tx, const HoursKey& key);

// The source of a week has found out that it is another person's: what the unit has for it goes,
// and the journal says so without content, because it was never about this one.
absl::Status ForgetHours(WriteTx& tx, const HoursKey& key, const Author& actor);

// The source of a week says no more who was there: what a source system said of that goes, and the
// journal says so. What somebody has typed stays.
absl::Status ForgetImportedAttendance(WriteTx& tx, const HoursKey& key, const Author& actor);

// One week of one course; at least one part is there. Each part has its provenance and version in
// the fields the API gives for it.
struct HoursRow {
  int32_t week_day = 0;
  std::string course_id;
  int64_t unit_key = 0;
  std::optional<Guarded<v1::WeekHours>> planned;
  std::optional<Guarded<v1::WeekHours>> attendance;
};
using HoursFn = absl::FunctionRef<absl::Status(const HoursRow&)>;

// All of a participant's weeks, newest week first, then by course and unit. The first error of `fn`
// ends the reading and is returned.
absl::Status ReadHours(ReadTx& tx, int64_t participant_key, HoursFn fn);

// Takes what the unit recorded to the right person (move.h) and returns how many parts went. Where
// that one has the unit's same part of a week already, that stands and what came is in the journal.
absl::StatusOr<int> MoveHours(WriteTx& tx, int64_t from_key, int64_t to_key, const Author& unit);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_HOURS_H_
