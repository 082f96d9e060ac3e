#include "storage/move.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/earlier_version.h"
#include "storage/follow_up.h"
#include "storage/ground.h"
#include "storage/hours.h"
#include "storage/instant.h"
#include "storage/journal.h"
#include "storage/norskmaal.h"
#include "storage/plan.h"
#include "storage/plan_step.h"
#include "storage/section.h"
#include "storage/section_move.h"
#include "storage/status_macros.h"
#include "storage/tie.h"
#include "storage/uuid.h"

namespace navo::storage {
namespace {

// One kind of record: how to find the unit's rows on the wrong person, and how to take one along.
struct Kind {
  JournalSubject subject;
  Sql list;  // record_key, version, body and id, of $1 participant and $2 unit
  Sql move;  // $1 record, $2 right person
};

constexpr Kind kSimpleKinds[] = {
    {JournalSubject::kAssessment,
     "SELECT assessment_key, version, body, id FROM assessment"
     " WHERE participant_key = $1 AND unit_key = $2 ORDER BY assessment_key",
     "UPDATE assessment SET participant_key = $2, version = version + 1"
     " WHERE assessment_key = $1"},
    {JournalSubject::kTestResult,
     "SELECT test_result_key, version, body, id FROM test_result"
     " WHERE participant_key = $1 AND unit_key = $2 ORDER BY test_result_key",
     "UPDATE test_result SET participant_key = $2, version = version + 1"
     " WHERE test_result_key = $1"},
};

struct Record {
  int64_t key;
  int64_t version;
  std::string body;
  std::string id;  // as text; empty for records without one
};

absl::StatusOr<std::vector<Record>> List(ReadTx& tx, Sql sql, int64_t participant_key,
                                         int64_t unit_key) {
  std::vector<Record> records;
  NAVO_RETURN_IF_ERROR(tx.Each(sql, {participant_key, unit_key}, [&](const Row& row) {
    records.push_back(
        {row.Int64(0), row.Int64(1), std::string(row.Bytes(2)), UuidText(row.Bytes(3))});
  }));
  return records;
}

JournalEntry EntryOf(JournalSubject subject, const Record& record, const Author& unit) {
  JournalEntry entry;
  entry.subject = subject;
  entry.record_key = record.key;
  entry.record_id = record.id;
  entry.author = unit;
  entry.version = record.version + 1;
  entry.retention_class = 1;
  return entry;
}

void JournalArrival(WriteTx& tx, JournalSubject subject, const Record& record, int64_t to_key,
                    const Author& unit) {
  JournalEntry entry = EntryOf(subject, record, unit);
  entry.participant_key = to_key;
  entry.act = JournalAct::kMoved;
  entry.body = record.body;
  tx.Journal(std::move(entry));
}

// Without content: it was never about this person.
void JournalLeaving(WriteTx& tx, JournalSubject subject, const Record& record, int64_t from_key,
                    const Author& unit) {
  JournalEntry entry = EntryOf(subject, record, unit);
  entry.participant_key = from_key;
  entry.act = JournalAct::kDeleted;
  tx.Journal(std::move(entry));
}

// What came back in place of what left: the version after that.
void JournalReturn(WriteTx& tx, JournalSubject subject, const Record& record, int64_t from_key,
                   const EarlierVersion& earlier) {
  JournalEntry entry = EntryOf(subject, record, earlier.author);
  entry.participant_key = from_key;
  entry.act = JournalAct::kCorrected;
  entry.version = record.version + 2;
  entry.body = earlier.body;
  tx.Journal(std::move(entry));
}

absl::StatusOr<int> MoveSimple(WriteTx& tx, const Kind& kind, int64_t from_key, int64_t to_key,
                               const Author& unit) {
  NAVO_ASSIGN_OR_RETURN(const std::vector<Record> records,
                        List(tx, kind.list, from_key, unit.unit_key));
  for (const Record& record : records) {
    NAVO_RETURN_IF_ERROR(tx.Run(kind.move, {record.key, to_key}));
    JournalArrival(tx, kind.subject, record, to_key, unit);
    JournalLeaving(tx, kind.subject, record, from_key, unit);
  }
  return static_cast<int>(records.size());
}

// The facts the unit wrote last for its controller; the record's key is that of the controller.
absl::StatusOr<std::vector<Record>> ContactOf(ReadTx& tx, int64_t participant_key,
                                              const Author& unit) {
  return List(tx,
              "SELECT controller_key, version, body, NULL FROM participant_facts"
              " WHERE participant_key = $1 AND unit_key = $2 ORDER BY controller_key",
              participant_key, unit.unit_key);
}

// Where nothing of the controller's is known any more, each unit finds the person under the name it
// typed itself.
absl::Status ListAsRegistered(WriteTx& tx, int64_t participant_key, int64_t controller_key,
                              NameKeyFn name_key) {
  std::vector<int64_t> units;
  NAVO_RETURN_IF_ERROR(tx.Each(
      "SELECT unit_key FROM tie WHERE participant_key = $1 AND controller_key = $2"
      " ORDER BY unit_key",
      {participant_key, controller_key}, [&](const Row& row) { units.push_back(row.Int64(0)); }));
  for (const int64_t unit_key : units) {
    NAVO_ASSIGN_OR_RETURN(const std::optional<TieRow> tie, FindTie(tx, participant_key, unit_key));
    if (!tie.has_value()) continue;
    NAVO_RETURN_IF_ERROR(
        tx.Run("UPDATE tie SET name_key = $3, interpreter_needed = $4"
               " WHERE participant_key = $1 AND unit_key = $2",
               {participant_key, unit_key, name_key(tie->registered),
                int64_t{tie->registered.interpreter_needed() ? 1 : 0}}));
  }
  return absl::OkStatus();
}

// The facts leave the wrong person; what another unit knew of that person comes back.
absl::Status LeaveContact(WriteTx& tx, const Record& record, int64_t from_key, const Author& unit,
                          NameKeyFn name_key) {
  JournalLeaving(tx, JournalSubject::kFacts, record, from_key, unit);
  NAVO_ASSIGN_OR_RETURN(
      const std::optional<EarlierVersion> earlier,
      FindEarlierVersion(tx, from_key, JournalSubject::kFacts, record.key, {}, unit));
  if (!earlier.has_value()) {
    NAVO_RETURN_IF_ERROR(
        tx.Run("DELETE FROM participant_facts WHERE participant_key = $1 AND controller_key = $2",
               {from_key, record.key}));
    return ListAsRegistered(tx, from_key, record.key, name_key);
  }
  v1::SideFacts side;
  side.ParseFromString(earlier->body);
  NAVO_RETURN_IF_ERROR(
      tx.Run("UPDATE participant_facts SET unit_key = $3, principal_key = $4,"
             " version = version + 2, name_key = $5, interpreter_needed = $6, body = $7"
             " WHERE participant_key = $1 AND controller_key = $2",
             {from_key, record.key, earlier->author.unit_key, earlier->author.principal_key,
              name_key(side.facts()), int64_t{side.facts().interpreter_needed() ? 1 : 0},
              Blob(earlier->body)}));
  JournalReturn(tx, JournalSubject::kFacts, record, from_key, *earlier);
  return AlignTies(tx, from_key, record.key);
}

absl::StatusOr<int> MoveContact(WriteTx& tx, int64_t from_key, int64_t to_key, const Author& unit,
                                NameKeyFn name_key) {
  NAVO_ASSIGN_OR_RETURN(const std::vector<Record> records, ContactOf(tx, from_key, unit));
  for (const Record& record : records) {
    NAVO_RETURN_IF_ERROR(
        tx.Run("INSERT INTO participant_facts (participant_key, controller_key, unit_key,"
               " principal_key, version, name_key, interpreter_needed, retention_class, key_id,"
               " body) SELECT $2, controller_key, unit_key, principal_key, version + 1, name_key,"
               " interpreter_needed, retention_class, key_id, body FROM participant_facts"
               " WHERE participant_key = $1 AND controller_key = $3"
               " ON CONFLICT (participant_key, controller_key) DO NOTHING",
               {from_key, to_key, record.key}));
    JournalArrival(tx, JournalSubject::kFacts, record, to_key, unit);
    NAVO_RETURN_IF_ERROR(LeaveContact(tx, record, from_key, unit, name_key));
    NAVO_RETURN_IF_ERROR(AlignTies(tx, to_key, record.key));
  }
  return static_cast<int>(records.size());
}

// The working list's "last contact" of the unit went with its follow-ups.
absl::Status MoveLastContact(WriteTx& tx, int64_t from_key, int64_t to_key, const Author& unit) {
  NAVO_RETURN_IF_ERROR(
      tx.Run("UPDATE tie SET last_follow_up_day = wrong.last_follow_up_day FROM tie wrong"
             " WHERE tie.participant_key = $2 AND tie.unit_key = $3"
             " AND wrong.participant_key = $1 AND wrong.unit_key = $3"
             " AND tie.last_follow_up_day < wrong.last_follow_up_day",
             {from_key, to_key, unit.unit_key}));
  return tx.Run(
      "UPDATE tie SET last_follow_up_day = 0 WHERE participant_key = $1 AND unit_key = $2",
      {from_key, unit.unit_key});
}

}  // namespace

absl::StatusOr<bool> HasUnitRecords(ReadTx& tx, int64_t participant_key, const Author& unit) {
  NAVO_ASSIGN_OR_RETURN(const bool sections, HasWrittenSections(tx, participant_key, unit));
  if (sections) return true;
  NAVO_ASSIGN_OR_RETURN(const std::optional<PlanPartRow> part,
                        FindPartWrittenBy(tx, participant_key, unit));
  if (part.has_value()) return true;
  return tx.Any(
      "SELECT 1 FROM follow_up WHERE participant_key = $1 AND unit_key = $2"
      " UNION ALL SELECT 1 FROM assessment WHERE participant_key = $1 AND unit_key = $2"
      " UNION ALL SELECT 1 FROM test_result WHERE participant_key = $1 AND unit_key = $2"
      " UNION ALL SELECT 1 FROM week_hours WHERE participant_key = $1 AND unit_key = $2"
      " UNION ALL SELECT 1 FROM norskmaal WHERE participant_key = $1 AND unit_key = $2"
      " UNION ALL SELECT 1 FROM plan p JOIN plan_step s ON s.plan_key = p.plan_key"
      " WHERE p.participant_key = $1 AND s.unit_key = $2"
      " LIMIT 1",
      {participant_key, unit.unit_key});
}

absl::StatusOr<int> MoveUnitRecords(WriteTx& tx, int64_t from_key, int64_t to_key,
                                    const Author& unit, NewIdFn new_id, NameKeyFn name_key) {
  int moved = 0;
  for (const Kind& kind : kSimpleKinds) {
    NAVO_ASSIGN_OR_RETURN(const int count, MoveSimple(tx, kind, from_key, to_key, unit));
    moved += count;
  }
  NAVO_ASSIGN_OR_RETURN(const int hours, MoveHours(tx, from_key, to_key, unit));
  NAVO_ASSIGN_OR_RETURN(const int norskmaal, MoveNorskmaal(tx, from_key, to_key, unit));
  NAVO_ASSIGN_OR_RETURN(const int follow_ups, MoveFollowUps(tx, from_key, to_key, unit));
  NAVO_ASSIGN_OR_RETURN(const int sections, MoveSections(tx, from_key, to_key, unit, new_id));
  NAVO_ASSIGN_OR_RETURN(const int of_plan, MovePlanRecords(tx, from_key, to_key, unit));
  NAVO_ASSIGN_OR_RETURN(const int contact, MoveContact(tx, from_key, to_key, unit, name_key));
  NAVO_RETURN_IF_ERROR(MoveLastContact(tx, from_key, to_key, unit));
  return moved + hours + norskmaal + follow_ups + sections + of_plan + contact;
}

absl::Status MoveSideRecords(WriteTx& tx, int64_t from_key, int64_t to_key, int64_t controller_key,
                             const std::vector<int64_t>& unit_keys, NewIdFn new_id,
                             NameKeyFn name_key) {
  const Author side{controller_key, 0, 0};
  NAVO_RETURN_IF_ERROR(MoveSections(tx, from_key, to_key, side, new_id).status());
  NAVO_RETURN_IF_ERROR(MovePlanRecords(tx, from_key, to_key, side).status());
  for (const int64_t unit_key : unit_keys) {
    const Author unit{controller_key, unit_key, 0};
    NAVO_RETURN_IF_ERROR(MoveUnitRecords(tx, from_key, to_key, unit, new_id, name_key).status());
  }
  return absl::OkStatus();
}

absl::Status EndUnitGrounds(WriteTx& tx, int64_t participant_key, const Author& unit) {
  NAVO_ASSIGN_OR_RETURN(std::vector<GroundRow> grounds,
                        ListLivingGrounds(tx, participant_key, v1::PURPOSE_UNSPECIFIED));
  for (GroundRow& ground : grounds) {
    const bool registered = ground.author.unit_key == unit.unit_key;
    const bool confirmed = ground.confirmed_unit_key == unit.unit_key;
    if (!(registered || confirmed)) continue;
    ground.state = v1::GROUND_STATE_ENDED;
    SetInstant(tx.now_us(), ground.body.mutable_ended_at());
    NAVO_RETURN_IF_ERROR(ChangeGround(tx, ground, unit));
  }
  return EndConfirmations(tx, participant_key, unit);
}

absl::Status ForgetUnitContact(WriteTx& tx, int64_t participant_key, const Author& unit,
                               NameKeyFn name_key) {
  NAVO_ASSIGN_OR_RETURN(const std::vector<Record> records, ContactOf(tx, participant_key, unit));
  for (const Record& record : records) {
    NAVO_RETURN_IF_ERROR(LeaveContact(tx, record, participant_key, unit, name_key));
  }
  return absl::OkStatus();
}

}  // namespace navo::storage
