#include "storage/feed.h"

#include <utility>

#include "storage/follow_up_row.h"
#include "storage/hours.h"
#include "storage/section.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::storage {
namespace {

// The ranges come first and the ties last: the work is that of the ranges, however many
// participants the unit has. The last row of a range that ends before its stream does is there
// whether or not it is the unit's, for its time. Whether a record was under an office lock then,
// its next lock tells: that one was lifted.
constexpr Sql kWindow(
    "WITH ranges (stream, after, through, head) AS (VALUES"
    " (0, CAST($3 AS BIGINT), CAST($4 AS BIGINT), CAST($5 AS BIGINT)),"
    " (1, $6, $7, $8), (2, $9, $10, $11), (3, $12, $13, $14), (4, $15, $16, $17),"
    " (5, $18, $19, $20), (6, $21, $22, $23), (7, $24, $25, $26), (8, $27, $28, $29),"
    " (9, $30, $31, $32), (10, $33, $34, $35), (11, $36, $37, $38), (12, $39, $40, $41),"
    " (13, $42, $43, $44), (14, $45, $46, $47), (15, $48, $49, $50))"
    " SELECT j.stream, j.seq, j.participant_key, j.time_us, j.subject, j.act, j.record_id,"
    " j.version, j.controller_key, j.unit_key, j.principal_key, s.kind, s.controller_key,"
    " s.unit_key, t.since_us, CASE WHEN j.seq = r.through AND r.through < r.head THEN 1 ELSE 0 END,"
    " CASE WHEN j.subject IN (12, 19) THEN j.body END, s.office_lock, f.office_lock,"
    " CASE WHEN j.subject IN (7, 8, 12) THEN (SELECT l.act FROM journal l"
    "  WHERE l.participant_key = j.participant_key AND l.subject = 33"
    "  AND l.record_key = j.record_key AND l.record_id = j.record_id AND l.seq > j.seq"
    "  AND l.version = CASE WHEN j.subject = 12 THEN 1 ELSE 2 END"
    "  ORDER BY l.seq LIMIT 1) END, s.id,"
    " CASE WHEN j.subject = 12 AND j.act = 8 THEN (SELECT p.body FROM journal p"
    "  WHERE p.participant_key = j.participant_key AND p.subject = 12"
    "  AND p.record_key = j.record_key AND p.seq < j.seq ORDER BY p.seq DESC LIMIT 1) END"
    " FROM ranges r CROSS JOIN journal j"
    " LEFT JOIN tie t ON t.participant_key = j.participant_key AND t.unit_key = $1 AND t.state = 1"
    " LEFT JOIN section s ON s.section_key = j.record_key AND j.subject IN (7, 8)"
    " LEFT JOIN follow_up f ON f.follow_up_key = j.record_key AND j.subject = 12"
    " WHERE j.stream = r.stream AND j.seq > r.after AND j.seq <= r.through"
    " AND (t.since_us IS NOT NULL AND (j.subject <> 6 OR j.controller_key = $2)"
    "      OR j.seq = r.through AND r.through < r.head)"
    " ORDER BY j.stream, j.seq");

constexpr Sql kAccessChanges(
    "WITH starts (stream, after) AS (VALUES (0, CAST($2 AS BIGINT)), (1, $3), (2, $4), (3, $5),"
    " (4, $6), (5, $7), (6, $8), (7, $9), (8, $10), (9, $11), (10, $12), (11, $13), (12, $14),"
    " (13, $15), (14, $16), (15, $17))"
    " SELECT c.stream, c.seq, c.participant_key, c.kind, c.ground_key, c.state, c.detail,"
    " g.controller_key, g.to_unit_key, g.purpose, g.categories, g.valid_from_day, g.valid_to_day,"
    " g.kind FROM starts CROSS JOIN access_change c LEFT JOIN ground g ON g.ground_key = "
    "c.ground_key"
    " WHERE c.unit_key = $1 AND c.stream = starts.stream AND c.seq > starts.after"
    " ORDER BY c.stream, c.seq");

constexpr Sql kDatesPassed(
    "SELECT g.participant_key FROM ground g JOIN tie t"
    " ON t.participant_key = g.participant_key AND t.unit_key = $2 AND t.state = 1"
    " WHERE g.to_controller_key = $1 AND g.state = 2"
    " AND g.valid_from_day > $3 AND g.valid_from_day <= $4"
    " UNION SELECT g.participant_key FROM ground g JOIN tie t"
    " ON t.participant_key = g.participant_key AND t.unit_key = $2 AND t.state = 1"
    " WHERE g.to_controller_key = $1 AND g.state = 2"
    " AND g.valid_to_day >= $3 AND g.valid_to_day < $4 ORDER BY 1");

v1::Category CategoryOfHours(std::string_view bytes) {
  v1::WeekHours body;
  body.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  return CategoryOf(PartOf(body));
}

v1::Category CategoryOfFollowUp(std::string_view bytes) {
  return CategoryOf(FollowUpBodyOf(bytes).type());
}

// The category under which a change is told; UNSPECIFIED for what nobody follows. A section's
// depends on its kind, that of hours on which part of a week the body is. No default: a new subject
// does not compile until it is decided here.
v1::Category CategoryToTell(JournalSubject subject, v1::SectionKind kind, std::string_view body) {
  switch (subject) {
    case JournalSubject::kTie:
    case JournalSubject::kTeam:
    case JournalSubject::kGround:
      return v1::CATEGORY_EXISTENCE;
    case JournalSubject::kFacts:
      return v1::CATEGORY_CONTACT;
    case JournalSubject::kSection:
    case JournalSubject::kConfirmation:
      return CategoryOf(kind);
    case JournalSubject::kPlanPart:
    case JournalSubject::kPlanStep:
      return v1::CATEGORY_PLAN;
    case JournalSubject::kFollowUp:
      return CategoryOfFollowUp(body);
    case JournalSubject::kAssessment:
    case JournalSubject::kTestResult:
    case JournalSubject::kNorskmaal:
      return v1::CATEGORY_LANGUAGE;
    case JournalSubject::kHours:
      return CategoryOfHours(body);
    case JournalSubject::kParticipant:  // told when somebody first registered the person
    case JournalSubject::kIdentifier:
    case JournalSubject::kPlan:  // the plan as a whole closes with the other side's part
    case JournalSubject::kOffering:
    case JournalSubject::kImportRun:
    case JournalSubject::kDirectory:
    case JournalSubject::kController:
    case JournalSubject::kUnit:
    case JournalSubject::kPrincipal:
    case JournalSubject::kMembership:
    case JournalSubject::kOwnNumbers:
    case JournalSubject::kReferral:  // offered to one unit, and listed by its own method
    case JournalSubject::kEmergencyAccess:
    case JournalSubject::kProtection:
    case JournalSubject::kOfficeLock:
    case JournalSubject::kConsentText:
    case JournalSubject::kLegalBasis:
      return v1::CATEGORY_UNSPECIFIED;
  }
  return v1::CATEGORY_UNSPECIFIED;
}

// Of a change of the note alone nobody else may learn, and one that moves an event to another
// person is told by what else changes then.
bool IsOfNoteAlone(JournalSubject subject, JournalAct act) {
  return subject == JournalSubject::kFollowUp && act != JournalAct::kCreated &&
         act != JournalAct::kAmended;
}

// Of a section that is gone its kind is not known, so nothing is told of it; its key is given to
// the next, of another kind, person and owner.
bool IsOfSectionThatIsGone(const Row& row, JournalSubject subject) {
  const bool of_section =
      subject == JournalSubject::kSection || subject == JournalSubject::kConfirmation;
  return of_section && (row.IsNull(20) || UuidText(row.Bytes(20)) != row.Text(6));
}

std::optional<FeedRow> RowOf(const Row& row) {
  const auto subject = static_cast<JournalSubject>(row.Int64(4));
  if (IsOfSectionThatIsGone(row, subject)) return std::nullopt;
  const auto kind = static_cast<v1::SectionKind>(row.Int64(11));
  const v1::Category category = CategoryToTell(subject, kind, row.Bytes(16));
  if (category == v1::CATEGORY_UNSPECIFIED) return std::nullopt;
  FeedRow told;
  told.stream = static_cast<int>(row.Int64(0));
  told.seq = row.Int64(1);
  told.participant_key = row.Int64(2);
  told.time_us = row.Int64(3);
  // A change of a record that is locked is told to its unit alone, also one that another unit made
  // before; and so is, when the lock is lifted, what was changed under it.
  const bool section_locked = row.Int64(17) != 0;
  const bool was_locked =
      !row.IsNull(19) && static_cast<JournalAct>(row.Int64(19)) == JournalAct::kEnded;
  const bool locked = row.Int64(18) != 0 || was_locked;
  Label label{category, {row.Int64(8), row.Int64(9), row.Int64(10)}, false, locked};
  const auto act = static_cast<JournalAct>(row.Int64(5));
  if (IsOfNoteAlone(subject, act)) label.category = v1::CATEGORY_FOLLOWUP_NOTE;
  const Change change{subject, act, std::string(row.Text(6)), row.Int64(7)};
  told.change = {label, change};
  if (subject == JournalSubject::kFacts) {
    told.otherwise.emplace(Label{v1::CATEGORY_IDENTITY, label.author}, change);
  }
  if (!row.IsNull(21)) {
    const v1::Category before = CategoryOfFollowUp(row.Bytes(21));
    if (before != label.category) {
      told.gone.emplace(Label{before, label.author, false, locked},
                        Change{subject, JournalAct::kDeleted, change.record_id, change.version});
    }
  }
  if (subject == JournalSubject::kConfirmation || section_locked) {
    told.about = Label{category, {row.Int64(12), row.Int64(13), 0}, false, section_locked};
  }
  return told;
}

}  // namespace

absl::StatusOr<FeedWindow> ReadFeedWindow(ReadTx& tx, const FeedReader& reader,
                                          const StreamRanges& ranges,
                                          const ParticipantHeads& heads) {
  std::array<Value, 2 + 3 * kParticipantStreams> values;
  values[0] = reader.unit_key;
  values[1] = reader.controller_key;
  for (size_t stream = 0; stream < kParticipantStreams; ++stream) {
    values[2 + 3 * stream] = ranges[stream].after;
    values[3 + 3 * stream] = ranges[stream].through;
    values[4 + 3 * stream] = heads[stream];
  }
  FeedWindow window;
  NAVO_RETURN_IF_ERROR(tx.Each(kWindow, values, [&window](const Row& row) {
    if (row.Int64(15) != 0) window.last_us[static_cast<size_t>(row.Int64(0))] = row.Int64(3);
    if (row.IsNull(14)) return;
    if (std::optional<FeedRow> told = RowOf(row); told.has_value()) {
      window.rows.push_back(*std::move(told));
    }
  }));
  return window;
}

absl::StatusOr<std::vector<AccessChange>> ListAccessChanges(ReadTx& tx, const FeedReader& reader,
                                                            const ParticipantHeads& after) {
  std::array<Value, 1 + kParticipantStreams> values;
  values[0] = reader.unit_key;
  for (size_t stream = 0; stream < kParticipantStreams; ++stream) {
    values[1 + stream] = after[stream];
  }
  std::vector<AccessChange> changes;
  NAVO_RETURN_IF_ERROR(tx.Each(kAccessChanges, values, [&changes](const Row& row) {
    AccessChange& change = changes.emplace_back();
    change.stream = static_cast<int>(row.Int64(0));
    change.seq = row.Int64(1);
    change.participant_key = row.Int64(2);
    change.before.kind = static_cast<AccessBefore::Kind>(row.Int64(3));
    change.before.ground_key = row.Int64(4);
    change.before.state = row.Int64(5);
    change.before.detail = row.Int64(6) != 0;
    change.ground = {
        row.Int64(4),  row.Int64(7),  row.Int64(8),  static_cast<v1::Purpose>(row.Int64(9)),
        row.Int64(10), row.Int64(11), row.Int64(12), static_cast<v1::GroundKind>(row.Int64(13))};
  }));
  return changes;
}

absl::StatusOr<std::vector<int64_t>> ListDatesPassed(ReadTx& tx, const FeedReader& reader,
                                                     int64_t from_day, int64_t to_day) {
  std::vector<int64_t> keys;
  NAVO_RETURN_IF_ERROR(tx.Each(kDatesPassed,
                               {reader.controller_key, reader.unit_key, from_day, to_day},
                               [&keys](const Row& row) { keys.push_back(row.Int64(0)); }));
  return keys;
}

}  // namespace navo::storage
