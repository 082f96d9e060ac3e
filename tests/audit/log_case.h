#ifndef NAVO_TESTS_AUDIT_LOG_CASE_H_
#define NAVO_TESTS_AUDIT_LOG_CASE_H_

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "clients/audit/verify.h"
#include "storage/log_checkpoint.h"
#include "storage/store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_folder.h"

namespace navo::audit {

// A database whose access log a test writes, signs and then tampers with in the file itself, as
// somebody would who may write the file.
class LogCaseTest : public testing::Test {
 protected:
  static constexpr int kRows = 40;
  static constexpr int kRowsOfCheckpoint = 10;

  // kRows rows and a checkpoint after every tenth.
  void WriteLog();
  // Adds rows to the log as it is, as a server would.
  void AddRows(int count);
  void Add(const std::vector<storage::AccessLogRow>& rows);
  // Signs up to the newest row.
  void Seal(storage::CheckpointKind kind = storage::CheckpointKind::kRegular, int64_t month = 0);
  void SealAt(int64_t position, storage::CheckpointKind kind, int64_t month);

  // Runs statements on the file, with no server on it.
  void Tamper(const std::string& sql) const;
  // Puts the rows of the positions, which are emptied first, at others: {{5, 6}, {6, 5}}.
  void Move(const std::vector<std::pair<int, int>>& from_to) const;

  VerifyReport Verified(const VerifyOptions& options) const;
  VerifyReport Verified() const { return Verified(WithKey()); }
  // The one thing that is wrong.
  Finding TheFinding() const;

  VerifyOptions WithKey() const;
  storage::LogSigner Signer() const;
  std::string file() const { return folder_.File("navo.db"); }
  storage::StoreOptions StoreOptionsOf();

  support::TempFolder folder_;
  support::FakeClock clock_;
  support::SeededRandom random_;
  storage::SecretKey key_ = storage::SecretKey::Generate(random_);
  std::string database_id_;
};

}  // namespace navo::audit

#endif  // NAVO_TESTS_AUDIT_LOG_CASE_H_
