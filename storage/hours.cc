#include "storage/hours.h"

#include <array>
#include <utility>
#include <vector>

#include "storage/journal.h"
#include "storage/status_macros.h"

namespace navo::storage {
namespace {

constexpr int64_t kRetentionClass = 1;
constexpr std::array kParts = {HoursPart::kPlanned, HoursPart::kAttendance};

constexpr Sql kFind(
    "SELECT part, hours_key, version, body FROM week_hours"
    " WHERE participant_key = $1 AND unit_key = $2 AND week_day = $3 AND course_id = $4"
    " ORDER BY part");
constexpr Sql kAdd(
    "INSERT INTO week_hours (participant_key, controller_key, unit_key, principal_key, week_day,"
    " course_id, part, version, retention_class, key_id, body)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, 0, $9) RETURNING hours_key");
constexpr Sql kReplace(
    "UPDATE week_hours SET principal_key = $2, version = $3, body = $4 WHERE hours_key = $1");
constexpr Sql kList(
    "SELECT week_day, course_id, unit_key, part, controller_key, principal_key, version, body"
    " FROM week_hours WHERE participant_key = $1"
    " ORDER BY week_day DESC, course_id, unit_key, part");
constexpr Sql kListOfUnit(
    "SELECT hours_key, version, body FROM week_hours WHERE participant_key = $1 AND unit_key = $2"
    " ORDER BY hours_key");
constexpr Sql kMove(
    "UPDATE week_hours SET participant_key = $2, version = version + 1"
    " WHERE hours_key = $1 AND NOT EXISTS (SELECT 1 FROM week_hours h"
    " WHERE h.participant_key = $2 AND h.week_day = week_hours.week_day"
    " AND h.course_id = week_hours.course_id AND h.unit_key = week_hours.unit_key"
    " AND h.part = week_hours.part)");
constexpr Sql kDelete("DELETE FROM week_hours WHERE hours_key = $1");

v1::WeekHours BodyOf(std::string_view bytes) {
  v1::WeekHours body;
  body.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  return body;
}

struct StoredPart {
  int64_t hours_key = 0;
  int64_t version = 0;
  v1::WeekHours body;
};
using StoredParts = std::array<std::optional<StoredPart>, kParts.size()>;

absl::StatusOr<StoredParts> FindParts(ReadTx& tx, const HoursKey& key) {
  StoredParts parts;
  NAVO_RETURN_IF_ERROR(
      tx.Each(kFind, {key.participant_key, key.unit_key, int64_t{key.week_day}, key.course_id},
              [&](const Row& row) {
                const auto index = static_cast<size_t>(row.Int64(0) - 1);
                if (index >= parts.size()) return;
                parts[index] = StoredPart{row.Int64(1), row.Int64(2), BodyOf(row.Bytes(3))};
              }));
  return parts;
}

bool States(const v1::WeekHours& body, HoursPart part) {
  if (part == HoursPart::kPlanned) return body.has_planned_hours();
  return body.has_attended_hours() || body.has_documented_absence_hours() ||
         body.has_undocumented_absence_hours();
}

// Copies week, course, kind and the values of one part.
v1::WeekHours OnlyPart(const v1::WeekHours& from, HoursPart part) {
  v1::WeekHours body;
  body.set_week(from.week());
  body.set_course_id(from.course_id());
  body.set_kind(from.kind());
  if (part == HoursPart::kPlanned) {
    if (from.has_planned_hours()) body.set_planned_hours(from.planned_hours());
    return body;
  }
  if (from.has_attended_hours()) body.set_attended_hours(from.attended_hours());
  if (from.has_documented_absence_hours()) {
    body.set_documented_absence_hours(from.documented_absence_hours());
  }
  if (from.has_undocumented_absence_hours()) {
    body.set_undocumented_absence_hours(from.undocumented_absence_hours());
  }
  return body;
}

bool SameValues(const v1::WeekHours& a, const v1::WeekHours& b, HoursPart part) {
  return OnlyPart(a, part).SerializeAsString() == OnlyPart(b, part).SerializeAsString();
}

JournalEntry EntryOf(int64_t participant_key, const Author& author) {
  JournalEntry entry;
  entry.participant_key = participant_key;
  entry.subject = JournalSubject::kHours;
  entry.author = author;
  entry.retention_class = kRetentionClass;
  return entry;
}

absl::Status DeletePart(WriteTx& tx, const StoredPart& part, const HoursKey& key,
                        const Author& actor) {
  JournalEntry entry = EntryOf(key.participant_key, actor);
  entry.act = JournalAct::kDeleted;
  entry.record_key = part.hours_key;
  entry.version = part.version + 1;
  tx.Journal(std::move(entry));
  return tx.Run(kDelete, {part.hours_key});
}

absl::Status WritePart(WriteTx& tx, const NewHours& hours, HoursPart part,
                       const std::optional<StoredPart>& before, const v1::WeekHours& body) {
  const Author& author = hours.author;
  JournalEntry entry = EntryOf(hours.participant_key, author);
  entry.body = body.SerializeAsString();
  if (before.has_value()) {
    entry.act = JournalAct::kCorrected;
    entry.record_key = before->hours_key;
    entry.version = before->version + 1;
    NAVO_RETURN_IF_ERROR(tx.Run(
        kReplace, {before->hours_key, author.principal_key, entry.version, Blob(entry.body)}));
  } else {
    NAVO_ASSIGN_OR_RETURN(
        entry.record_key,
        tx.Insert(kAdd, {hours.participant_key, author.controller_key, author.unit_key,
                         author.principal_key, int64_t{hours.week_day}, body.course_id(),
                         static_cast<int64_t>(part), kRetentionClass, Blob(entry.body)}));
  }
  tx.Journal(std::move(entry));
  return absl::OkStatus();
}

// The part's body after the change; nullopt when it stays as it is.
std::optional<v1::WeekHours> NextBody(const v1::WeekHours& given, HoursPart part,
                                      const std::optional<StoredPart>& before) {
  v1::WeekHours next;
  if (States(given, part)) {
    next = OnlyPart(given, part);
  } else if (before.has_value()) {
    next = OnlyPart(before->body, part);
    next.set_kind(given.kind());
  } else {
    return std::nullopt;
  }
  if (before.has_value() && SameValues(before->body, next, part)) return std::nullopt;
  *next.mutable_provenance() = given.provenance();
  return next;
}

Guarded<v1::WeekHours> PartAsShown(const Row& row, HoursPart part) {
  const Label label{CategoryOf(part), {row.Int64(4), row.Int64(2), row.Int64(5)}};
  v1::WeekHours body = BodyOf(row.Bytes(7));
  const auto version = static_cast<int32_t>(row.Int64(6));
  if (part == HoursPart::kPlanned) {
    body.set_version(version);
  } else {
    body.mutable_attendance_provenance()->Swap(body.mutable_provenance());
    body.clear_provenance();
    body.set_attendance_version(version);
  }
  return {label, std::move(body)};
}

// Puts the rows of one week and course together.
class WeekReader {
 public:
  explicit WeekReader(HoursFn fn) : fn_(fn) {}

  absl::Status Take(const Row& row) {
    const bool same = week_.has_value() && week_->week_day == row.Int64(0) &&
                      week_->course_id == row.Text(1) && week_->unit_key == row.Int64(2);
    if (!same) {
      NAVO_RETURN_IF_ERROR(Finish());
      week_.emplace();
      week_->week_day = static_cast<int32_t>(row.Int64(0));
      week_->course_id = row.Text(1);
      week_->unit_key = row.Int64(2);
    }
    const auto part = static_cast<HoursPart>(row.Int64(3));
    (part == HoursPart::kPlanned ? week_->planned : week_->attendance) = PartAsShown(row, part);
    return absl::OkStatus();
  }

  absl::Status Finish() { return week_.has_value() ? fn_(*week_) : absl::OkStatus(); }

 private:
  HoursFn fn_;
  std::optional<HoursRow> week_;
};

}  // namespace

HoursPart PartOf(const v1::WeekHours& body) {
  return body.has_planned_hours() ? HoursPart::kPlanned : HoursPart::kAttendance;
}

absl::StatusOr<HoursChange> PutHours(WriteTx& tx, const NewHours& hours) {
  NAVO_ASSIGN_OR_RETURN(const StoredParts stored,
                        FindParts(tx, {hours.participant_key, hours.author.unit_key, hours.week_day,
                                       hours.body.course_id()}));
  bool known = false;
  bool changed = false;
  for (size_t i = 0; i < kParts.size(); ++i) {
    known = known || stored[i].has_value();
    const std::optional<v1::WeekHours> next = NextBody(hours.body, kParts[i], stored[i]);
    if (!next.has_value()) continue;
    NAVO_RETURN_IF_ERROR(WritePart(tx, hours, kParts[i], stored[i], *next));
    changed = true;
  }
  if (!changed) return HoursChange::kUnchanged;
  return known ? HoursChange::kReplaced : HoursChange::kAdded;
}

absl::StatusOr<std::optional<v1::WeekHours>> FindHours(ReadTx& tx, const HoursKey& key) {
  NAVO_ASSIGN_OR_RETURN(const StoredParts stored, FindParts(tx, key));
  std::optional<v1::WeekHours> found;
  for (size_t i = 0; i < kParts.size(); ++i) {
    if (!stored[i].has_value()) continue;
    if (!found.has_value()) found.emplace();
    found->MergeFrom(OnlyPart(stored[i]->body, kParts[i]));
  }
  return found;
}

absl::Status ForgetHours(WriteTx& tx, const HoursKey& key, const Author& actor) {
  NAVO_ASSIGN_OR_RETURN(const StoredParts stored, FindParts(tx, key));
  for (const std::optional<StoredPart>& part : stored) {
    if (part.has_value()) NAVO_RETURN_IF_ERROR(DeletePart(tx, *part, key, actor));
  }
  return absl::OkStatus();
}

absl::Status ForgetImportedAttendance(WriteTx& tx, const HoursKey& key, const Author& actor) {
  NAVO_ASSIGN_OR_RETURN(const StoredParts stored, FindParts(tx, key));
  const auto& part = stored[static_cast<size_t>(HoursPart::kAttendance) - 1];
  if (!part.has_value() || part->body.provenance().source_system().empty()) {
    return absl::OkStatus();
  }
  return DeletePart(tx, *part, key, actor);
}

absl::Status ReadHours(ReadTx& tx, int64_t participant_key, HoursFn fn) {
  WeekReader reader(fn);
  NAVO_RETURN_IF_ERROR(
      tx.Each(kList, {participant_key}, [&reader](const Row& row) { return reader.Take(row); }));
  return reader.Finish();
}

absl::StatusOr<int> MoveHours(WriteTx& tx, int64_t from_key, int64_t to_key, const Author& unit) {
  struct Moved {
    int64_t hours_key;
    int64_t version;
    std::string body;
  };
  std::vector<Moved> parts;
  NAVO_RETURN_IF_ERROR(tx.Each(kListOfUnit, {from_key, unit.unit_key}, [&](const Row& row) {
    parts.push_back({row.Int64(0), row.Int64(1) + 1, std::string(row.Bytes(2))});
  }));
  for (const Moved& part : parts) {
    NAVO_RETURN_IF_ERROR(tx.Run(kMove, {part.hours_key, to_key}));
    if (tx.changes() == 0) NAVO_RETURN_IF_ERROR(tx.Run(kDelete, {part.hours_key}));
    JournalEntry arrival = EntryOf(to_key, unit);
    arrival.act = JournalAct::kMoved;
    arrival.record_key = part.hours_key;
    arrival.version = part.version;
    arrival.body = part.body;
    tx.Journal(std::move(arrival));
    // Without content: it was never about this person.
    JournalEntry leaving = EntryOf(from_key, unit);
    leaving.act = JournalAct::kDeleted;
    leaving.record_key = part.hours_key;
    leaving.version = part.version;
    tx.Journal(std::move(leaving));
  }
  return static_cast<int>(parts.size());
}

}  // namespace navo::storage
