#include "tests/audit/log_case.h"

#include "absl/strings/str_cat.h"
#include "storage/sql/sqlite.h"
#include "storage/status_macros.h"

namespace navo::audit {
namespace {

storage::AccessLogRow SomeRow(int number) {
  storage::AccessLogRow row;
  row.participant_key = 1 + number % 3;
  row.principal_key = 4;
  row.unit_key = 1;
  row.role = 1;
  row.relation = 1;
  row.act[0] = static_cast<uint8_t>(number);
  row.act[15] = 0xee;
  row.rpc = 61;
  row.shown = 1 << 9;
  row.decision = 1;
  row.revision = number;
  return row;
}

}  // namespace

storage::StoreOptions LogCaseTest::StoreOptionsOf() {
  storage::StoreOptions options;
  options.clock = &clock_;
  options.random = &random_;
  options.disk_reserve_bytes = 0;
  return options;
}

storage::LogSigner LogCaseTest::Signer() const { return {key_, database_id_}; }

void LogCaseTest::AddRows(int count) {
  std::vector<storage::AccessLogRow> rows;
  for (int i = 0; i < count; ++i) rows.push_back(SomeRow(i));
  Add(rows);
}

void LogCaseTest::Add(const std::vector<storage::AccessLogRow>& rows) {
  const auto store = storage::Store::Open(file(), StoreOptionsOf());
  ASSERT_TRUE(store.ok()) << store.status();
  database_id_ = (*store)->database_id();
  clock_.Advance(absl::Seconds(1));
  const absl::Status added = (*store)->WriteAndWait([&rows](storage::WriteTx& tx) {
    for (const storage::AccessLogRow& row : rows) tx.Log(row);
    return absl::OkStatus();
  });
  ASSERT_TRUE(added.ok()) << added;
}

void LogCaseTest::SealAt(int64_t position, storage::CheckpointKind kind, int64_t month) {
  const auto store = storage::Store::Open(file(), StoreOptionsOf());
  ASSERT_TRUE(store.ok()) << store.status();
  const absl::Status sealed = (*store)->WriteAndWait([&](storage::WriteTx& tx) -> absl::Status {
    NAVO_ASSIGN_OR_RETURN(storage::LogHead row, storage::ReadLogHead(tx));
    if (position != 0) {
      NAVO_ASSIGN_OR_RETURN(const auto found, storage::FindLogRow(tx, position));
      if (!found.has_value()) return absl::NotFoundError("row");
      row = *found;
    }
    NAVO_ASSIGN_OR_RETURN(const auto before, storage::LastCheckpoint(tx));
    storage::LogCheckpoint next{.number = before.has_value() ? before->number + 1 : 1,
                                .position = row.position,
                                .chain = row.chain,
                                .time_us = tx.now_us(),
                                .kind = kind,
                                .month = month};
    Signer().Sign(next);
    NAVO_RETURN_IF_ERROR(storage::KeepLogKey(tx, Signer().key_id(), Signer().public_key()));
    return storage::AddCheckpoint(tx, next);
  });
  ASSERT_TRUE(sealed.ok()) << sealed;
}

void LogCaseTest::Seal(storage::CheckpointKind kind, int64_t month) { SealAt(0, kind, month); }

void LogCaseTest::WriteLog() {
  for (int i = 0; i < kRows / kRowsOfCheckpoint; ++i) {
    AddRows(kRowsOfCheckpoint);
    Seal();
  }
}

void LogCaseTest::Tamper(const std::string& sql) const {
  const auto connection = storage::OpenSqlite(file(), {});
  ASSERT_TRUE(connection.ok()) << connection.status();
  const absl::Status status = (*connection)->Script(sql);
  ASSERT_TRUE(status.ok()) << status << " " << storage::SqlConstraintOf(status);
}

void LogCaseTest::Move(const std::vector<std::pair<int, int>>& from_to) const {
  std::string sql = "BEGIN;";
  for (const auto& [from, to] : from_to) {
    absl::StrAppend(&sql, "UPDATE access_log SET position = ", 1'000'000 + to,
                    " WHERE position = ", from, ";");
  }
  Tamper(sql +
         "UPDATE access_log SET position = position - 1000000 WHERE position > 1000000; COMMIT;");
}

VerifyOptions LogCaseTest::WithKey() const {
  VerifyOptions options;
  options.keys = {{Signer().key_id(), Signer().public_key()}};
  return options;
}

VerifyReport LogCaseTest::Verified(const VerifyOptions& options) const {
  auto opened = LogFile::Open(file());
  EXPECT_TRUE(opened.ok()) << opened.status();
  if (!opened.ok()) return {};
  const auto report = Verify(*opened, options);
  EXPECT_TRUE(report.ok()) << report.status();
  return report.ok() ? *report : VerifyReport();
}

Finding LogCaseTest::TheFinding() const {
  const VerifyReport report = Verified();
  EXPECT_EQ(report.findings.size(), 1u) << [&report] {
    std::string all;
    for (const Finding& finding : report.findings) absl::StrAppend(&all, finding.text, "; ");
    return all;
  }();
  return report.findings.empty() ? Finding{} : report.findings.front();
}

}  // namespace navo::audit
