#include "storage/language.h"

#include <utility>

#include "storage/journal.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::storage {
namespace {

constexpr int64_t kRetentionClass = 1;

constexpr Sql kAddAssessment(
    "INSERT INTO assessment (id, participant_key, controller_key, unit_key, principal_key, day,"
    " version, retention_class, key_id, body) VALUES ($1, $2, $3, $4, $5, $6, 1, $7, 0, $8)"
    " RETURNING assessment_key");
constexpr Sql kAddTestResult(
    "INSERT INTO test_result (id, participant_key, controller_key, unit_key, principal_key, day,"
    " version, retention_class, key_id, body) VALUES ($1, $2, $3, $4, $5, $6, 1, $7, 0, $8)"
    " RETURNING test_result_key");
constexpr Sql kFindTestResult(
    "SELECT id, version FROM test_result WHERE test_result_key = $1 AND participant_key = $2");
constexpr Sql kCorrectTestResult(
    "UPDATE test_result SET controller_key = $2, unit_key = $3, principal_key = $4, day = $5,"
    " version = $6, body = $7 WHERE test_result_key = $1");
constexpr Sql kListAssessments(
    "SELECT id, controller_key, unit_key, principal_key, body FROM assessment"
    " WHERE participant_key = $1 ORDER BY day, assessment_key");
constexpr Sql kListTestResults(
    "SELECT id, controller_key, unit_key, principal_key, body FROM test_result"
    " WHERE participant_key = $1 ORDER BY day, test_result_key");

JournalEntry EntryOf(JournalSubject subject, int64_t participant_key, const Author& author) {
  JournalEntry entry;
  entry.participant_key = participant_key;
  entry.subject = subject;
  entry.author = author;
  entry.retention_class = kRetentionClass;
  return entry;
}

// The two tables have the same columns.
template <typename NewRecord>
absl::StatusOr<int64_t> Add(WriteTx& tx, Sql sql, JournalSubject subject, const NewRecord& record) {
  const Author& author = record.author;
  JournalEntry entry = EntryOf(subject, record.participant_key, author);
  entry.body = record.body.SerializeAsString();
  NAVO_ASSIGN_OR_RETURN(entry.record_key, tx.Insert(sql, {Blob(record.id), record.participant_key,
                                                          author.controller_key, author.unit_key,
                                                          author.principal_key, int64_t{record.day},
                                                          kRetentionClass, Blob(entry.body)}));
  entry.record_id = UuidText(record.id);
  const int64_t key = entry.record_key;
  tx.Journal(std::move(entry));
  return key;
}

template <typename Record, typename SetId>
absl::StatusOr<std::vector<Guarded<Record>>> List(ReadTx& tx, Sql sql, int64_t participant_key,
                                                  SetId set_id) {
  std::vector<Guarded<Record>> records;
  NAVO_RETURN_IF_ERROR(tx.Each(sql, {participant_key}, [&](const Row& row) {
    const Label label{v1::CATEGORY_LANGUAGE, {row.Int64(1), row.Int64(2), row.Int64(3)}};
    Record record;
    const std::string_view body = row.Bytes(4);
    record.ParseFromArray(body.data(), static_cast<int>(body.size()));
    set_id(record, UuidText(row.Bytes(0)));
    records.emplace_back(label, std::move(record));
  }));
  return records;
}

}  // namespace

absl::StatusOr<int64_t> AddAssessment(WriteTx& tx, const NewAssessment& assessment) {
  return Add(tx, kAddAssessment, JournalSubject::kAssessment, assessment);
}

absl::StatusOr<int64_t> AddTestResult(WriteTx& tx, const NewTestResult& result) {
  return Add(tx, kAddTestResult, JournalSubject::kTestResult, result);
}

absl::StatusOr<bool> CorrectTestResult(WriteTx& tx, int64_t test_result_key,
                                       const NewTestResult& result) {
  const Author& author = result.author;
  JournalEntry entry = EntryOf(JournalSubject::kTestResult, result.participant_key, author);
  entry.act = JournalAct::kCorrected;
  entry.record_key = test_result_key;
  entry.body = result.body.SerializeAsString();
  NAVO_ASSIGN_OR_RETURN(
      const bool found,
      tx.First(kFindTestResult, {test_result_key, result.participant_key}, [&](const Row& row) {
        entry.record_id = UuidText(row.Bytes(0));
        entry.version = row.Int64(1) + 1;
      }));
  if (!found) return false;
  NAVO_RETURN_IF_ERROR(
      tx.Run(kCorrectTestResult,
             {test_result_key, author.controller_key, author.unit_key, author.principal_key,
              int64_t{result.day}, entry.version, Blob(entry.body)}));
  tx.Journal(std::move(entry));
  return true;
}

absl::StatusOr<std::vector<Guarded<v1::Assessment>>> ListAssessments(ReadTx& tx,
                                                                     int64_t participant_key) {
  return List<v1::Assessment>(
      tx, kListAssessments, participant_key,
      [](v1::Assessment& record, std::string id) { record.set_assessment_id(std::move(id)); });
}

absl::StatusOr<std::vector<Guarded<v1::TestResult>>> ListTestResults(ReadTx& tx,
                                                                     int64_t participant_key) {
  return List<v1::TestResult>(
      tx, kListTestResults, participant_key,
      [](v1::TestResult& record, std::string id) { record.set_test_result_id(std::move(id)); });
}

}  // namespace navo::storage
