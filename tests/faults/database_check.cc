#include "tests/faults/database_check.h"

#include <gtest/gtest.h>

#include <memory>

#include "clients/audit/verify.h"
#include "storage/status_macros.h"
#include "storage/store.h"

namespace navo::faults {
namespace {

using storage::ReadTx;
using storage::Sql;

constexpr Sql kFollowUps("SELECT COUNT(*) FROM follow_up");
constexpr Sql kAmendments("SELECT COALESCE(SUM(version - 1), 0) FROM follow_up");
constexpr Sql kSteps("SELECT COUNT(*) FROM plan_step");
constexpr Sql kAssessments("SELECT COUNT(*) FROM assessment");
constexpr Sql kMeetings("SELECT COUNT(*) FROM follow_up WHERE type = 5");
constexpr Sql kTestResults("SELECT COUNT(*) FROM test_result");
constexpr Sql kNorskmaal("SELECT COALESCE(SUM(version), 0) FROM norskmaal");
constexpr Sql kHours("SELECT COUNT(*) FROM week_hours WHERE course_id <> 'felles'");
constexpr Sql kJournalRows("SELECT COUNT(*) FROM journal");

// Each gives the number of rows that are there by half; the numbers are those of JournalSubject.
constexpr Sql kHalves[] = {
    "SELECT COUNT(*) FROM follow_up r WHERE r.version <> (SELECT COUNT(*) FROM journal j WHERE"
    " j.participant_key = r.participant_key AND j.subject = 12 AND j.record_key = r.follow_up_key)",
    "SELECT COUNT(*) FROM assessment r WHERE 1 <> (SELECT COUNT(*) FROM journal j WHERE"
    " j.participant_key = r.participant_key AND j.subject = 13 AND j.record_key = "
    "r.assessment_key)",
    "SELECT COUNT(*) FROM test_result r WHERE r.version <> (SELECT COUNT(*) FROM journal j WHERE"
    " j.participant_key = r.participant_key AND j.subject = 14 AND j.record_key ="
    " r.test_result_key)",
    "SELECT COUNT(*) FROM norskmaal r WHERE r.version <> (SELECT COUNT(*) FROM journal j WHERE"
    " j.participant_key = r.participant_key AND j.subject = 18 AND j.record_key ="
    " r.controller_key)",
    // A joint meeting bears the key of one of its events, and nothing else bears any.
    "SELECT COUNT(*) FROM follow_up r WHERE (r.type = 5) <> EXISTS (SELECT 1 FROM follow_up f WHERE"
    " r.meeting_key > 0 AND f.follow_up_key = r.meeting_key AND f.meeting_key = r.meeting_key"
    " AND f.participant_key = r.participant_key)",
    "SELECT COUNT(*) FROM plan_step r WHERE r.version <> (SELECT COUNT(*) FROM journal j WHERE"
    " j.participant_key = r.participant_key AND j.subject = 11 AND j.record_key = r.step_key)",
    "SELECT COUNT(*) FROM plan_part r WHERE r.version <> (SELECT COUNT(*) FROM journal j WHERE"
    " j.participant_key = r.participant_key AND j.controller_key = r.controller_key"
    " AND j.subject IN (10, 11))",
    "SELECT COUNT(*) FROM week_hours r WHERE r.version <> (SELECT COUNT(*) FROM journal j WHERE"
    " j.participant_key = r.participant_key AND j.subject = 19 AND j.record_key = r.hours_key)",
    "SELECT COUNT(*) FROM participant r WHERE 1 <> (SELECT COUNT(*) FROM participant_identifier i"
    " WHERE i.participant_key = r.participant_key)",
    "SELECT COUNT(*) FROM participant r WHERE NOT EXISTS (SELECT 1 FROM participant_alias a"
    " JOIN tie t ON t.participant_key = a.participant_key WHERE"
    " a.participant_key = r.participant_key)",
    "SELECT COUNT(*) FROM participant_alias a WHERE NOT EXISTS (SELECT 1 FROM tie t WHERE"
    " t.participant_key = a.participant_key AND t.controller_key = a.controller_key) AND NOT EXISTS"
    " (SELECT 1 FROM referral f WHERE f.participant_key = a.participant_key"
    " AND f.to_controller_key = a.controller_key)",
    // The administration's.
    "SELECT COUNT(*) FROM controller r WHERE r.version <> (SELECT COUNT(*) FROM journal j WHERE"
    " j.participant_key = 0 AND j.subject = 20 AND j.record_key = r.controller_key)",
    "SELECT COUNT(*) FROM unit r WHERE r.version <> (SELECT COUNT(*) FROM journal j WHERE"
    " j.participant_key = 0 AND j.subject = 21 AND j.record_key = r.unit_key)",
    "SELECT COUNT(*) FROM principal r WHERE r.version <> (SELECT COUNT(*) FROM journal j WHERE"
    " j.participant_key = 0 AND j.subject = 22 AND j.record_key = r.principal_key)",
    "SELECT COUNT(*) FROM membership r WHERE r.version <> (SELECT COUNT(*) FROM journal j WHERE"
    " j.participant_key = 0 AND j.subject = 23 AND j.record_key = r.membership_key)",
    "SELECT COUNT(*) FROM consent_text r WHERE r.version <> (SELECT COUNT(*) FROM journal j WHERE"
    " j.participant_key = 0 AND j.subject = 34 AND j.record_key = r.consent_text_key)",
    "SELECT COUNT(*) FROM legal_basis r WHERE r.version <> (SELECT COUNT(*) FROM journal j WHERE"
    " j.participant_key = 0 AND j.subject = 35 AND j.record_key = r.legal_basis_key)",
    "SELECT COUNT(*) FROM principal r WHERE (SELECT COALESCE(SUM(l.version), 0) FROM"
    " own_number_list l WHERE l.principal_key = r.principal_key) <> (SELECT COUNT(*) FROM journal j"
    " WHERE j.participant_key = 0 AND j.subject = 24 AND j.record_key = r.principal_key)",
    "SELECT COUNT(*) FROM own_number r WHERE NOT EXISTS (SELECT 1 FROM own_number_list l WHERE"
    " l.principal_key = r.principal_key AND l.controller_key = r.controller_key)",
    "SELECT COUNT(*) FROM referral r WHERE r.version <> (SELECT COUNT(*) FROM journal j WHERE"
    " j.participant_key = r.participant_key AND j.subject = 30 AND j.record_key = r.referral_key)",
    "SELECT COUNT(*) FROM emergency_access r WHERE r.version <> (SELECT COUNT(*) FROM journal j"
    " WHERE j.participant_key = r.participant_key AND j.subject = 31"
    " AND j.record_key = r.emergency_key)",
    // An office lock has been set once more often than lifted, and otherwise not.
    "SELECT COUNT(*) FROM follow_up r WHERE r.office_lock <> (SELECT COUNT(*) FILTER (WHERE"
    " j.act = 1) - COUNT(*) FILTER (WHERE j.act = 3) FROM journal j WHERE j.participant_key ="
    " r.participant_key AND j.subject = 33 AND j.record_id <> '' AND j.version = 1 AND"
    " j.record_key = r.follow_up_key)",
    // What the feed undoes has its change, and every change of a tie can be undone.
    "SELECT COUNT(*) FROM access_change c WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE"
    " j.stream = c.stream AND j.seq = c.seq AND j.participant_key = c.participant_key)",
    "SELECT COUNT(*) FROM journal j WHERE j.subject = 4 AND NOT EXISTS (SELECT 1 FROM"
    " access_change c WHERE c.unit_key = j.unit_key AND c.stream = j.stream AND c.seq = j.seq)",
};

// Rows of a subject, their journal rows, and answers kept for the method that makes them.
constexpr Sql kCounts[][3] = {
    {kFollowUps, "SELECT COUNT(*) FROM journal WHERE subject = 12 AND version = 1",
     "SELECT COUNT(*) FROM request WHERE rpc = 80"},
    {kAmendments, "SELECT COUNT(*) FROM journal WHERE subject = 12 AND version > 1",
     "SELECT COUNT(*) FROM request WHERE rpc = 82"},
    {kSteps, "SELECT COUNT(*) FROM journal WHERE subject = 11 AND version = 1",
     "SELECT COUNT(*) FROM request WHERE rpc = 64"},
    {kAssessments, "SELECT COUNT(*) FROM journal WHERE subject = 13",
     "SELECT COUNT(*) FROM request WHERE rpc = 100"},
    {kTestResults, "SELECT COUNT(*) FROM journal WHERE subject = 14",
     "SELECT COUNT(*) FROM request WHERE rpc = 101"},
    {kNorskmaal, "SELECT COUNT(*) FROM journal WHERE subject = 18",
     "SELECT COUNT(*) FROM request WHERE rpc = 103"},
    {kHours,
     "SELECT COUNT(*) FROM journal j JOIN week_hours r ON r.hours_key = j.record_key"
     " WHERE j.subject = 19 AND r.course_id <> 'felles'",
     "SELECT COUNT(*) FROM request WHERE rpc = 104"},
};

int64_t Number(ReadTx& tx, Sql sql) {
  const auto number = tx.Number(sql, {});
  EXPECT_TRUE(number.ok()) << number.status() << " " << sql.text;
  return number.ok() ? number->value_or(0) : -1;
}

absl::Status CheckJournal(ReadTx& tx, DatabaseContent& content) {
  for (int stream = 0; stream < storage::kStreams; ++stream) {
    int64_t last = 0;
    NAVO_RETURN_IF_ERROR(
        storage::ReadAfter(tx, stream, 0, INT64_MAX, [&](const storage::JournalRow& row) {
          EXPECT_EQ(row.seq, ++last) << "a gap in " << stream;
          return absl::OkStatus();
        }));
    NAVO_ASSIGN_OR_RETURN(const int64_t head, storage::StreamHead(tx, stream));
    EXPECT_EQ(head, last) << "stream " << stream;
    content.journal_rows += last;
  }
  EXPECT_EQ(Number(tx, kJournalRows), content.journal_rows);
  return absl::OkStatus();
}

absl::Status CheckLog(ReadTx& tx, DatabaseContent& content) {
  NAVO_ASSIGN_OR_RETURN(const int64_t bad, storage::VerifyChain(tx));
  EXPECT_EQ(bad, 0) << "the first bad row of the access log";
  return storage::ReadLogAfter(tx, 0, INT64_MAX, [&](const storage::AccessLogRow& row) {
    EXPECT_EQ(row.position, ++content.log_rows);
    const bool permitted = row.decision == 1 && row.shown + row.withheld + row.participant_key > 0;
    if (permitted) ++content.rows_by_act[std::string(row.act.begin(), row.act.end())];
    return absl::OkStatus();
  });
}

absl::Status Check(ReadTx& tx, DatabaseContent& content) {
  NAVO_RETURN_IF_ERROR(CheckJournal(tx, content));
  NAVO_RETURN_IF_ERROR(CheckLog(tx, content));
  for (const Sql& halves : kHalves) EXPECT_EQ(Number(tx, halves), 0) << halves.text;
  for (const auto& [rows, journal, answers] : kCounts) {
    const int64_t count = Number(tx, rows);
    EXPECT_EQ(Number(tx, journal), count) << rows.text;
    EXPECT_EQ(Number(tx, answers), count) << rows.text;
  }
  content.follow_ups = Number(tx, kFollowUps);
  content.amendments = Number(tx, kAmendments);
  content.steps = Number(tx, kSteps);
  content.assessments = Number(tx, kAssessments);
  content.meetings = Number(tx, kMeetings);
  content.test_results = Number(tx, kTestResults);
  content.norskmaal = Number(tx, kNorskmaal);
  content.hours = Number(tx, kHours);
  return absl::OkStatus();
}

}  // namespace

// The log as `navo log verify` sees it, by its own reading of the rows.
void CheckAudit(const std::string& file, DatabaseContent& content) {
  auto log = audit::LogFile::Open(file);
  ASSERT_TRUE(log.ok()) << log.status();
  const auto report = audit::Verify(*log, {});
  ASSERT_TRUE(report.ok()) << report.status();
  for (const audit::Finding& finding : report->findings) ADD_FAILURE() << finding.text;
  EXPECT_EQ(report->rows, content.log_rows);
  content.checkpoints = report->checkpoints;
}

DatabaseContent CheckDatabase(const std::string& file) {
  storage::SystemClock clock;
  storage::SystemRandom random;
  storage::StoreOptions options;
  options.clock = &clock;
  options.random = &random;
  options.disk_reserve_bytes = 0;
  DatabaseContent content;
  const auto store = storage::Store::Open(file, options);
  EXPECT_TRUE(store.ok()) << store.status();
  if (!store.ok()) return content;
  const absl::Status read = (*store)->Read([&](storage::ReadTx& tx) { return Check(tx, content); });
  EXPECT_TRUE(read.ok()) << read;
  CheckAudit(file, content);
  return content;
}

}  // namespace navo::faults
