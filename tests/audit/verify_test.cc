// What `navo log verify` says of a database that somebody tampered with: every case is really done
// to the file.
#include "clients/audit/verify.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <sstream>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/audit/log_case.h"

namespace navo::audit {
namespace {

using storage::CheckpointKind;
using testing::HasSubstr;
using testing::IsEmpty;

class VerifyTest : public LogCaseTest {
 protected:
  VerifyTest() { WriteLog(); }

  // The checkpoints as navod wrote them to standard error.
  std::string WitnessLines() const {
    auto opened = LogFile::Open(file());
    EXPECT_TRUE(opened.ok());
    std::string lines = "{\"event\":\"listening\",\"detail\":\"port 1\"}\nnot JSON at all\n";
    EXPECT_TRUE(opened
                    ->EachCheckpoint([&lines](const Checkpoint& one) {
                      absl::StrAppend(&lines, R"({"event":"log_checkpoint","number":)", one.number,
                                      R"(,"position":)", one.position, R"(,"chain":")",
                                      absl::BytesToHexString(one.chain), R"(","time_us":)",
                                      one.time_us, R"(,"kind":)", one.kind, R"(,"month":)",
                                      one.month, R"(,"key":")", one.key_id, R"(","signature":")",
                                      absl::BytesToHexString(one.signature), "\"}\n");
                    })
                    .ok());
    return lines;
  }
};

TEST_F(VerifyTest, ALogThatHolds) {
  const VerifyReport report = Verified();
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_EQ(report.first, 1);
  EXPECT_EQ(report.last, kRows);
  EXPECT_EQ(report.rows, kRows);
  EXPECT_EQ(report.checkpoints, 4);
  EXPECT_EQ(report.vouched_for, kRows);
  EXPECT_FALSE(report.keys_from_file);
  EXPECT_TRUE(Verified(VerifyOptions()).keys_from_file);
}

TEST_F(VerifyTest, RowsBehindTheLastCheckpointHoldToo) {
  AddRows(3);
  const VerifyReport report = Verified();
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_EQ(report.last, kRows + 3);
  EXPECT_EQ(report.vouched_for, kRows);
}

TEST_F(VerifyTest, EveryColumnOfAChangedRowIsNoticed) {
  for (const char* column : {"time_us", "participant_key", "principal_key", "unit_key", "role",
                             "relation", "rpc", "shown", "shown_through", "withheld", "purpose",
                             "ground_key", "decision", "reason", "revision"}) {
    SCOPED_TRACE(column);
    Tamper(
        absl::StrCat("UPDATE access_log SET ", column, " = ", column, " + 1 WHERE position = 17"));
    const Finding finding = TheFinding();
    EXPECT_EQ(finding.fault, Fault::kChanged);
    EXPECT_EQ(finding.position, 17);
    EXPECT_THAT(finding.text, HasSubstr("row 17 was changed"));
    Tamper(
        absl::StrCat("UPDATE access_log SET ", column, " = ", column, " - 1 WHERE position = 17"));
  }
  Tamper("UPDATE access_log SET act = zeroblob(16) WHERE position = 1");
  EXPECT_EQ(TheFinding().position, 1);
}

TEST_F(VerifyTest, AChangedLastRow) {
  AddRows(1);
  Tamper("UPDATE access_log SET reason = 5 WHERE position = 41");
  const Finding finding = TheFinding();
  EXPECT_EQ(finding.fault, Fault::kChanged);
  EXPECT_EQ(finding.position, 41);
}

TEST_F(VerifyTest, MissingRows) {
  Tamper("DELETE FROM access_log WHERE position = 17");
  EXPECT_EQ(TheFinding().fault, Fault::kMissing);
  EXPECT_EQ(TheFinding().text, "row 17 is missing");
  Tamper("DELETE FROM access_log WHERE position IN (18, 19)");
  EXPECT_EQ(TheFinding().text, "rows 17 to 19 are missing");
}

TEST_F(VerifyTest, TheFirstRowIsMissing) {
  Tamper("DELETE FROM access_log WHERE position = 1");
  EXPECT_EQ(TheFinding().text, "row 1 is missing");
}

TEST_F(VerifyTest, AMissingRowBehindWhichAllWereNumberedAnew) {
  Tamper("DELETE FROM access_log WHERE position = 17");
  std::vector<std::pair<int, int>> moves;
  for (int position = 18; position <= kRows; ++position) moves.emplace_back(position, position - 1);
  Move(moves);
  const VerifyReport report = Verified();
  ASSERT_FALSE(report.findings.empty());
  EXPECT_EQ(report.findings[0].fault, Fault::kMissing);
  EXPECT_EQ(report.findings[0].position, 17);
  EXPECT_THAT(report.findings[0].text, HasSubstr("1 row is missing before row 17"));
}

TEST_F(VerifyTest, ADoubledRow) {
  std::vector<std::pair<int, int>> moves;
  for (int position = 18; position <= kRows; ++position) moves.emplace_back(position, position + 1);
  Move(moves);
  const char kCopy[] =
      "INSERT INTO access_log SELECT 18, time_us, participant_key, principal_key, unit_key, role,"
      " relation, act, rpc, shown, shown_through, withheld, purpose, ground_key, decision, reason,"
      " revision, chain FROM access_log WHERE position = 17";
  Tamper(kCopy);
  const VerifyReport report = Verified();
  ASSERT_FALSE(report.findings.empty());
  EXPECT_EQ(report.findings[0].fault, Fault::kDoubled);
  EXPECT_EQ(report.findings[0].position, 18);
  EXPECT_EQ(report.findings[0].text, "row 18 is row 17 a second time");
}

TEST_F(VerifyTest, ADoubledRowAtTheEnd) {
  for (const int at : {kRows + 1, kRows + 1000}) {
    Tamper(absl::StrCat("INSERT INTO access_log SELECT ", at,
                        ", time_us, participant_key, principal_key, unit_key, role, relation, act,"
                        " rpc, shown, shown_through, withheld, purpose, ground_key, decision,"
                        " reason, revision, chain FROM access_log WHERE position = 5"));
    const Finding finding = TheFinding();
    EXPECT_EQ(finding.fault, Fault::kDoubled);
    EXPECT_EQ(finding.position, at);
    Tamper(absl::StrCat("DELETE FROM access_log WHERE position = ", at));
  }
}

TEST_F(VerifyTest, ReorderedRows) {
  Move({{21, 22}, {22, 21}});
  EXPECT_EQ(TheFinding().fault, Fault::kReordered);
  EXPECT_EQ(TheFinding().text, "row 21 stands in the wrong place: it is row 22");
  Move({{21, 22}, {22, 21}, {13, 36}, {36, 13}});
  EXPECT_EQ(TheFinding().text, "row 13 stands in the wrong place: it is row 36");
}

TEST_F(VerifyTest, RowsThatChangedPlacesBetweenTheirHashes) {
  Tamper(
      "UPDATE access_log SET (time_us, participant_key, act, revision) ="
      " (SELECT o.time_us, o.participant_key, o.act, o.revision FROM access_log o WHERE"
      " o.position = 40 - access_log.position) WHERE position IN (15, 25)");
  EXPECT_EQ(TheFinding().fault, Fault::kReordered);
  EXPECT_EQ(TheFinding().text, "row 15 stands in the wrong place: it is row 25");
}

TEST_F(VerifyTest, AnInsertedRow) {
  std::vector<std::pair<int, int>> moves;
  for (int position = 18; position <= kRows; ++position) moves.emplace_back(position, position + 1);
  Move(moves);
  Tamper(
      "INSERT INTO access_log SELECT 18, time_us, participant_key, 9, unit_key, role, relation, "
      "act,"
      " rpc, shown, shown_through, withheld, purpose, ground_key, decision, reason, revision,"
      " randomblob(32) FROM access_log WHERE position = 17");
  const VerifyReport report = Verified();
  ASSERT_FALSE(report.findings.empty());
  EXPECT_EQ(report.findings[0].fault, Fault::kInserted);
  EXPECT_EQ(report.findings[0].position, 18);
  Tamper(
      "INSERT INTO access_log SELECT 0, time_us, participant_key, 9, unit_key, role, relation,"
      " act, rpc, shown, shown_through, withheld, purpose, ground_key, decision, reason,"
      " revision, randomblob(32) FROM access_log WHERE position = 17");
  bool said = false;
  for (const Finding& finding : Verified().findings) {
    said |= finding.text == "a row was put in before the first one";
  }
  EXPECT_TRUE(said);
}

TEST_F(VerifyTest, ACutOffTailIsFoundByTheCheckpoint) {
  Tamper("DELETE FROM access_log WHERE position > 33");
  const Finding finding = TheFinding();
  EXPECT_EQ(finding.fault, Fault::kCutOff);
  EXPECT_EQ(finding.position, 34);
  EXPECT_THAT(finding.text, HasSubstr("cut off behind row 33"));
  EXPECT_THAT(finding.text, HasSubstr("row 40"));
}

TEST_F(VerifyTest, ACutOffTailWithItsCheckpointsIsFoundByTheWitness) {
  std::istringstream lines(WitnessLines());
  Tamper("DELETE FROM access_log WHERE position > 33; DELETE FROM log_checkpoint WHERE number > 3");
  EXPECT_THAT(Verified().findings, IsEmpty());  // nothing in the file can tell
  VerifyOptions options = WithKey();
  const auto witness = ReadWitness(lines);
  ASSERT_TRUE(witness.ok()) << witness.status();
  ASSERT_EQ(witness->size(), 4u);
  options.witness = *witness;
  const VerifyReport report = Verified(options);
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].fault, Fault::kCutOff);
  std::istringstream nothing("no line\n{\"event\":\"log_checkpoint\",\"number\":\"x\"}\n");
  EXPECT_EQ(ReadWitness(nothing).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(VerifyTest, ARewrittenLogFitsItselfAndNotWhatWasSigned) {
  // Somebody with the program writes other rows from 16 on, and takes the checkpoints with them.
  Tamper("DELETE FROM access_log WHERE position > 15");
  AddRows(kRows - 15);
  const Finding finding = TheFinding();
  EXPECT_EQ(finding.fault, Fault::kRewritten);
  EXPECT_EQ(finding.position, 20);
  EXPECT_THAT(finding.text, HasSubstr("something between rows 11 and 20 was rewritten"));
}

TEST_F(VerifyTest, AWrongSignature) {
  Tamper("UPDATE log_checkpoint SET signature = zeroblob(64) WHERE number = 2");
  EXPECT_EQ(TheFinding().fault, Fault::kSignature);
  EXPECT_THAT(TheFinding().text, HasSubstr("checkpoint 2 of "));
  EXPECT_THAT(TheFinding().text, HasSubstr("wrong signature"));
}

TEST_F(VerifyTest, EverythingInACheckpointIsSigned) {
  for (const char* change : {"position = 31", "chain = zeroblob(32)", "time_us = time_us + 1",
                             "kind = 2", "month = 202611", "number = 5"}) {
    SCOPED_TRACE(change);
    Tamper("CREATE TABLE kept AS SELECT * FROM log_checkpoint");
    Tamper(absl::StrCat("UPDATE log_checkpoint SET ", change, " WHERE number = 4"));
    bool said = false;
    for (const Finding& finding : Verified().findings) said |= finding.fault == Fault::kSignature;
    EXPECT_TRUE(said);
    Tamper(
        "DELETE FROM log_checkpoint; INSERT INTO log_checkpoint SELECT * FROM kept;"
        " DROP TABLE kept");
  }
}

TEST_F(VerifyTest, AnotherKey) {
  VerifyOptions options;
  const storage::LogSigner other(storage::SecretKey::Generate(random_), database_id_);
  options.keys = {{other.key_id(), other.public_key()}};
  const VerifyReport report = Verified(options);
  ASSERT_EQ(report.findings.size(), 4u);
  EXPECT_THAT(report.findings[0].text, HasSubstr("which is not among the known ones"));
  EXPECT_EQ(report.vouched_for, 0);
  // The key's id alone does not make it the key.
  options.keys = {{Signer().key_id(), other.public_key()}};
  EXPECT_THAT(Verified(options).findings[0].text, HasSubstr("wrong signature"));
}

TEST_F(VerifyTest, AMissingCheckpoint) {
  Tamper("DELETE FROM log_checkpoint WHERE number = 2");
  EXPECT_EQ(TheFinding().fault, Fault::kCheckpoint);
  EXPECT_EQ(TheFinding().text, "checkpoint 2 is missing");
}

TEST_F(VerifyTest, RowsThatWentAtTheEndOfTheirRetention) {
  SealAt(20, CheckpointKind::kMonth, 202611);
  SealAt(20, CheckpointKind::kDropped, 202611);
  Tamper("DELETE FROM access_log WHERE position <= 12");  // it was interrupted
  EXPECT_THAT(Verified().findings, IsEmpty());
  Tamper("DELETE FROM access_log WHERE position <= 20");
  const VerifyReport report = Verified();
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_EQ(report.first, 21);
  EXPECT_EQ(report.dropped_up_to, 20);
  EXPECT_EQ(report.dropped_month, 202611);
  Tamper("DELETE FROM access_log WHERE position = 21");
  EXPECT_EQ(TheFinding().text, "row 21 is missing");
  Tamper("UPDATE log_checkpoint SET position = 21 WHERE kind = 3");
  bool said = false;
  for (const Finding& finding : Verified().findings) said |= finding.fault == Fault::kSignature;
  EXPECT_TRUE(said);
}

TEST_F(VerifyTest, AnEmptyLogAndWhatIsNoLog) {
  Tamper("DELETE FROM access_log; DELETE FROM log_checkpoint");
  const VerifyReport report = Verified();
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_EQ(report.rows, 0);
  EXPECT_EQ(LogFile::Open(folder_.File("nothing.db")).status().code(), absl::StatusCode::kNotFound);
  Tamper("DROP TABLE log_key");
  EXPECT_EQ(LogFile::Open(file()).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(VerifyTest, NothingIsWrittenToTheFile) {
  const auto before = std::filesystem::last_write_time(file());
  const auto size = std::filesystem::file_size(file());
  EXPECT_THAT(Verified().findings, IsEmpty());
  EXPECT_EQ(std::filesystem::last_write_time(file()), before);
  EXPECT_EQ(std::filesystem::file_size(file()), size);
}

}  // namespace
}  // namespace navo::audit
