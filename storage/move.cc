#include "storage/move.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/ground.h"
#include "storage/journal.h"
#include "storage/plan_step.h"
#include "storage/status_macros.h"
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
    {JournalSubject::kFollowUp,
     "SELECT follow_up_key, version, body, id FROM follow_up"
     " WHERE participant_key = $1 AND unit_key = $2 ORDER BY follow_up_key",
     "UPDATE follow_up SET participant_key = $2, version = version + 1 WHERE follow_up_key = $1"},
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

// The move stands in both persons' journals: the wrong one's without content.
void JournalMove(WriteTx& tx, JournalSubject subject, const Record& record, int64_t from_key,
                 int64_t to_key, const Author& unit) {
  JournalEntry entry;
  entry.participant_key = to_key;
  entry.subject = subject;
  entry.act = JournalAct::kMoved;
  entry.record_key = record.key;
  entry.record_id = record.id;
  entry.controller_key = unit.controller_key;
  entry.unit_key = unit.unit_key;
  entry.principal_key = unit.principal_key;
  entry.version = record.version + 1;
  entry.retention_class = 1;
  entry.body = record.body;
  JournalEntry leaving = entry;
  leaving.participant_key = from_key;
  leaving.act = JournalAct::kDeleted;
  leaving.body.clear();
  tx.Journal(std::move(entry));
  tx.Journal(std::move(leaving));
}

absl::StatusOr<int> MoveSimple(WriteTx& tx, const Kind& kind, int64_t from_key, int64_t to_key,
                               const Author& unit) {
  NAVO_ASSIGN_OR_RETURN(const std::vector<Record> records,
                        List(tx, kind.list, from_key, unit.unit_key));
  for (const Record& record : records) {
    NAVO_RETURN_IF_ERROR(tx.Run(kind.move, {record.key, to_key}));
    JournalMove(tx, kind.subject, record, from_key, to_key, unit);
  }
  return static_cast<int>(records.size());
}

// A section stands alone per kind and controller: where the right person has one, that one stands.
absl::StatusOr<int> MoveSections(WriteTx& tx, int64_t from_key, int64_t to_key,
                                 const Author& unit) {
  NAVO_ASSIGN_OR_RETURN(const std::vector<Record> records,
                        List(tx,
                             "SELECT section_key, version, body, id FROM section"
                             " WHERE participant_key = $1 AND unit_key = $2 ORDER BY section_key",
                             from_key, unit.unit_key));
  for (const Record& record : records) {
    NAVO_RETURN_IF_ERROR(
        tx.Run("DELETE FROM section_confirmation WHERE section_key = $1", {record.key}));
    NAVO_RETURN_IF_ERROR(
        tx.Run("UPDATE section SET participant_key = $2, version = version + 1"
               " WHERE section_key = $1 AND NOT EXISTS (SELECT 1 FROM section s"
               " WHERE s.participant_key = $2 AND s.kind = section.kind"
               " AND s.controller_key = section.controller_key)",
               {record.key, to_key}));
    if (tx.changes() == 0) {
      NAVO_RETURN_IF_ERROR(tx.Run("DELETE FROM section WHERE section_key = $1", {record.key}));
    }
    JournalMove(tx, JournalSubject::kSection, record, from_key, to_key, unit);
  }
  return static_cast<int>(records.size());
}

absl::StatusOr<int> MoveContact(WriteTx& tx, int64_t from_key, int64_t to_key, const Author& unit) {
  NAVO_ASSIGN_OR_RETURN(
      const std::vector<Record> records,
      List(tx,
           "SELECT controller_key, version, body, NULL FROM participant_facts"
           " WHERE participant_key = $1 AND unit_key = $2 ORDER BY controller_key",
           from_key, unit.unit_key));
  for (const Record& record : records) {
    NAVO_RETURN_IF_ERROR(
        tx.Run("UPDATE participant_facts SET participant_key = $2, version = version + 1"
               " WHERE participant_key = $1 AND controller_key = $3 AND NOT EXISTS"
               " (SELECT 1 FROM participant_facts f"
               " WHERE f.participant_key = $2 AND f.controller_key = $3)",
               {from_key, to_key, record.key}));
    if (tx.changes() == 0) {
      NAVO_RETURN_IF_ERROR(
          tx.Run("DELETE FROM participant_facts WHERE participant_key = $1 AND controller_key = $2",
                 {from_key, record.key}));
    }
    JournalMove(tx, JournalSubject::kFacts, record, from_key, to_key, unit);
  }
  return static_cast<int>(records.size());
}

absl::Status EndGrounds(WriteTx& tx, int64_t participant_key, const Author& unit) {
  NAVO_ASSIGN_OR_RETURN(std::vector<GroundRow> grounds, ListGrounds(tx, participant_key));
  for (GroundRow& ground : grounds) {
    if (ground.author.unit_key != unit.unit_key) continue;
    if (ground.state == v1::GROUND_STATE_ENDED) continue;
    ground.state = v1::GROUND_STATE_ENDED;
    ground.body.mutable_ended_at()->set_seconds(tx.now_us() / 1'000'000);
    NAVO_RETURN_IF_ERROR(ChangeGround(tx, ground, unit));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<bool> HasUnitRecords(ReadTx& tx, int64_t participant_key, const Author& unit) {
  return tx.Any(
      "SELECT 1 FROM follow_up WHERE participant_key = $1 AND unit_key = $2"
      " UNION ALL SELECT 1 FROM assessment WHERE participant_key = $1 AND unit_key = $2"
      " UNION ALL SELECT 1 FROM test_result WHERE participant_key = $1 AND unit_key = $2"
      " UNION ALL SELECT 1 FROM section WHERE participant_key = $1 AND unit_key = $2"
      " UNION ALL SELECT 1 FROM plan_step WHERE participant_key = $1 AND unit_key = $2"
      " UNION ALL SELECT 1 FROM plan_part WHERE participant_key = $1 AND unit_key = $2 LIMIT 1",
      {participant_key, unit.unit_key});
}

absl::StatusOr<int> MoveUnitRecords(WriteTx& tx, int64_t from_key, int64_t to_key,
                                    const Author& unit) {
  int moved = 0;
  for (const Kind& kind : kSimpleKinds) {
    NAVO_ASSIGN_OR_RETURN(const int count, MoveSimple(tx, kind, from_key, to_key, unit));
    moved += count;
  }
  for (const auto move : {MoveSections, MovePlanRecords, MoveContact}) {
    NAVO_ASSIGN_OR_RETURN(const int count, move(tx, from_key, to_key, unit));
    moved += count;
  }
  NAVO_RETURN_IF_ERROR(EndGrounds(tx, from_key, unit));
  return moved;
}

}  // namespace navo::storage
