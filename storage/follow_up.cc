#include "storage/follow_up.h"

#include <utility>
#include <vector>

#include "storage/earlier_version.h"
#include "storage/journal.h"
#include "storage/office_lock.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::storage {
namespace {

constexpr int64_t kRetentionClass = 1;

constexpr Sql kAdd(
    "INSERT INTO follow_up (id, participant_key, controller_key, unit_key, principal_key, type,"
    " occurred_us, step_id, meeting_key, version, retention_class, key_id, body)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, 0, $11) RETURNING follow_up_key");
constexpr Sql kStartMeeting(
    "UPDATE follow_up SET meeting_key = follow_up_key WHERE follow_up_key = $1");
// Those who stay bear the key of the next that was there: whoever left and meets again is not of
// their meeting.
constexpr Sql kLeaveMeeting(
    "UPDATE follow_up SET meeting_key ="
    "   (SELECT MIN(o.follow_up_key) FROM follow_up o"
    "    WHERE o.meeting_key = $1 AND o.meeting_key > 0 AND o.follow_up_key <> $1)"
    " WHERE meeting_key = $1 AND meeting_key > 0 AND follow_up_key <> $1");
constexpr Sql kMoveLastContact(
    "UPDATE tie SET last_follow_up_day = $3"
    " WHERE participant_key = $1 AND unit_key = $2 AND last_follow_up_day < $3");
constexpr Sql kSetLastContact(
    "UPDATE tie SET last_follow_up_day = $3 WHERE participant_key = $1 AND unit_key = $2");
constexpr Sql kLastOccurred(
    "SELECT MAX(occurred_us) FROM follow_up WHERE participant_key = $1 AND unit_key = $2");
constexpr Sql kFind(
    "SELECT follow_up_key, id, participant_key, controller_key, unit_key, principal_key, version,"
    " meeting_key, occurred_us, body, office_lock FROM follow_up"
    " WHERE id = $1 AND participant_key = $2");
constexpr Sql kAmend(
    "UPDATE follow_up SET principal_key = $2, type = $3, occurred_us = $4, step_id = $5,"
    " meeting_key = $6, version = $7, body = $8 WHERE follow_up_key = $1");
constexpr Sql kListOfUnit(
    "SELECT follow_up_key, id, participant_key, controller_key, unit_key, principal_key, version,"
    " meeting_key, occurred_us, body, office_lock FROM follow_up"
    " WHERE participant_key = $1 AND unit_key = $2 ORDER BY follow_up_key");
constexpr Sql kMove("UPDATE follow_up SET participant_key = $2 WHERE follow_up_key = $1");

FollowUpRecord RecordOf(const Row& row) {
  FollowUpRecord record;
  record.follow_up_key = row.Int64(0);
  record.id = row.Bytes(1);
  record.participant_key = row.Int64(2);
  record.author = {row.Int64(3), row.Int64(4), row.Int64(5)};
  record.version = row.Int64(6);
  record.meeting_key = row.Int64(7);
  record.occurred_us = row.Int64(8);
  v1::FollowUp body = FollowUpBodyOf(row.Bytes(9));
  const bool locked = row.Int64(10) != 0;
  const Label whose{CategoryOf(body.type()), record.author, false, locked};
  record.summary = SplitFollowUp(body, whose, record.id).summary;
  record.whole = {{v1::CATEGORY_FOLLOWUP_NOTE, record.author, false, locked}, std::move(body)};
  return record;
}

JournalEntry EntryOf(int64_t participant_key, int64_t follow_up_key, std::string_view id,
                     const Author& author, int64_t version) {
  JournalEntry entry;
  entry.participant_key = participant_key;
  entry.subject = JournalSubject::kFollowUp;
  entry.record_key = follow_up_key;
  entry.record_id = UuidText(id);
  entry.author = author;
  entry.version = version;
  entry.retention_class = kRetentionClass;
  return entry;
}

std::string StepOf(const v1::FollowUp& body) {
  return UuidBytes(body.step_id()).value_or(std::string());
}

// What the journal has of an event of this participant, oldest first, since it last left.
absl::StatusOr<std::vector<EarlierVersion>> HistoryOf(ReadTx& tx, const FollowUpRecord& record) {
  return ListVersionsOf(tx, record.participant_key, JournalSubject::kFollowUp, record.follow_up_key,
                        UuidText(record.id), {record.author.controller_key, 0, 0});
}

// Every version arrives as it was, so that it can be read there too; what left leaves no content.
absl::Status MoveOne(WriteTx& tx, const FollowUpRecord& record, int64_t to_key,
                     const Author& unit) {
  NAVO_ASSIGN_OR_RETURN(std::vector<EarlierVersion> versions, HistoryOf(tx, record));
  NAVO_RETURN_IF_ERROR(tx.Run(kMove, {record.follow_up_key, to_key}));
  for (EarlierVersion& version : versions) {
    JournalEntry entry =
        EntryOf(to_key, record.follow_up_key, record.id, version.author, version.version);
    entry.act = JournalAct::kMoved;
    entry.body = std::move(version.body);
    tx.Journal(std::move(entry));
  }
  JournalEntry leaving =
      EntryOf(record.participant_key, record.follow_up_key, record.id, unit, record.version + 1);
  leaving.act = JournalAct::kDeleted;
  tx.Journal(std::move(leaving));
  // Here the lock ends with what it was for: lifting it there tells nothing of what was under it.
  if (record.summary.label().locked) {
    JournalOfficeLock(tx, record.participant_key, v1::LOCKABLE_RECORD_FOLLOW_UP,
                      record.follow_up_key, UuidText(record.id), false, unit);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<int64_t> AddFollowUp(WriteTx& tx, const NewFollowUp& follow_up) {
  const Author& author = follow_up.author;
  std::string body = follow_up.body.SerializeAsString();
  NAVO_ASSIGN_OR_RETURN(
      const int64_t follow_up_key,
      tx.Insert(kAdd, {Blob(follow_up.id), follow_up.participant_key, author.controller_key,
                       author.unit_key, author.principal_key, int64_t{follow_up.body.type()},
                       follow_up.occurred_us, Blob(StepOf(follow_up.body)), follow_up.meeting_key,
                       kRetentionClass, Blob(body)}));
  if (follow_up.body.type() == v1::FOLLOW_UP_TYPE_FELLESMOETE && follow_up.meeting_key == 0) {
    NAVO_RETURN_IF_ERROR(tx.Run(kStartMeeting, {follow_up_key}));
  }
  NAVO_RETURN_IF_ERROR(tx.Run(kMoveLastContact, {follow_up.participant_key, author.unit_key,
                                                 int64_t{follow_up.occurred_day}}));
  JournalEntry entry = EntryOf(follow_up.participant_key, follow_up_key, follow_up.id, author, 1);
  entry.body = std::move(body);
  tx.Journal(std::move(entry));
  return follow_up_key;
}

absl::StatusOr<std::optional<FollowUpRecord>> FindFollowUp(ReadTx& tx, int64_t participant_key,
                                                           std::string_view id_bytes) {
  std::optional<FollowUpRecord> record;
  NAVO_RETURN_IF_ERROR(tx.First(kFind, {Blob(id_bytes), participant_key}, [&](const Row& row) {
                           record = RecordOf(row);
                         }).status());
  return record;
}

absl::Status AmendFollowUp(WriteTx& tx, FollowUpRecord& record, const v1::FollowUp& amended,
                           const Author& author, bool shared) {
  ++record.version;
  if (shared) record.author.principal_key = author.principal_key;
  bool left_own = false;  // the meeting that bears this event's key
  if (amended.type() != v1::FOLLOW_UP_TYPE_FELLESMOETE) {
    left_own = record.meeting_key == record.follow_up_key;
    record.meeting_key = 0;
  } else if (record.meeting_key == 0) {
    record.meeting_key = record.follow_up_key;
  } else {
    left_own = record.meeting_key != record.follow_up_key;
  }
  if (left_own) NAVO_RETURN_IF_ERROR(tx.Run(kLeaveMeeting, {record.follow_up_key}));
  std::string body = amended.SerializeAsString();
  NAVO_RETURN_IF_ERROR(tx.Run(
      kAmend,
      {record.follow_up_key, record.author.principal_key, int64_t{amended.type()},
       record.occurred_us, Blob(StepOf(amended)), record.meeting_key, record.version, Blob(body)}));
  JournalEntry entry =
      EntryOf(record.participant_key, record.follow_up_key, record.id, author, record.version);
  entry.act = shared ? JournalAct::kAmended : JournalAct::kChanged;
  entry.body = std::move(body);
  tx.Journal(std::move(entry));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<int64_t>> LastOccurredUs(ReadTx& tx, int64_t participant_key,
                                                      int64_t unit_key) {
  return tx.Number(kLastOccurred, {participant_key, unit_key});
}

absl::Status SetLastContact(WriteTx& tx, int64_t participant_key, int64_t unit_key, int32_t day) {
  return tx.Run(kSetLastContact, {participant_key, unit_key, int64_t{day}});
}

absl::StatusOr<std::vector<FollowUpVersion>> ListFollowUpVersions(ReadTx& tx,
                                                                  const FollowUpRecord& record) {
  NAVO_ASSIGN_OR_RETURN(const std::vector<EarlierVersion> history, HistoryOf(tx, record));
  std::vector<FollowUpVersion> versions;
  bool opened = false;  // by a later version
  for (auto version_at = history.rbegin(); version_at != history.rend(); ++version_at) {
    const EarlierVersion& one = *version_at;
    v1::FollowUp body = FollowUpBodyOf(one.body);
    v1::FollowUp links;
    *links.mutable_joint_with() = body.joint_with();
    links.set_step_id(body.step_id());
    opened = opened || !body.has_note_exemption();
    if (opened) body.clear_note_exemption();
    FollowUpVersion version;
    const Label whose{record.summary.label().category, one.author, false,
                      record.summary.label().locked};
    version.row = SplitFollowUp(std::move(body), whose, record.id);
    version.row.version = one.version;
    version.links = {whose, std::move(links)};
    versions.push_back(std::move(version));
  }
  return versions;
}

absl::StatusOr<int> MoveFollowUps(WriteTx& tx, int64_t from_key, int64_t to_key,
                                  const Author& unit) {
  std::vector<FollowUpRecord> records;
  NAVO_RETURN_IF_ERROR(tx.Each(kListOfUnit, {from_key, unit.unit_key},
                               [&](const Row& row) { records.push_back(RecordOf(row)); }));
  for (const FollowUpRecord& record : records) {
    NAVO_RETURN_IF_ERROR(MoveOne(tx, record, to_key, unit));
  }
  return static_cast<int>(records.size());
}

}  // namespace navo::storage
