#include "storage/import_run.h"

#include <optional>

#include "tests/support/memory_store.h"

namespace navo::storage {
namespace {

constexpr int64_t kRun = 4711;

class ImportRunTest : public support::MemoryStoreTest {
 protected:
  void Begin() {
    key_.file_key = "file-1";
    ImportRun run;
    run.run_key = kRun;
    run.attempt = 1;
    run.parts = 1;
    Do([&](WriteTx& tx) { return BeginImportRun(tx, key_, ImportRunPart(), run); });
  }
  // Whether whoever knows of that attempt keeps the notes.
  bool Advance(int64_t seen_attempt, int64_t parts) {
    ImportRun run;
    run.run_key = kRun;
    run.attempt = seen_attempt + 1;
    run.parts = parts;
    bool own = false;
    Do([&](WriteTx& tx) -> absl::Status {
      const absl::StatusOr<bool> done = AdvanceImportRun(tx, run, seen_attempt, ImportRunPart());
      own = done.value_or(false);
      return done.status();
    });
    return own;
  }
  std::optional<ImportRun> Found() {
    return Read<std::optional<ImportRun>>([this](ReadTx& tx) { return FindImportRun(tx, key_); });
  }

  ImportRunKey key_;
};

TEST_F(ImportRunTest, OfTwoAtOnceOneKeepsTheNotes) {
  Begin();
  EXPECT_TRUE(Advance(1, 2));
  EXPECT_FALSE(Advance(1, 9)) << "the other one has gone on since";
  ASSERT_TRUE(Found().has_value());
  EXPECT_EQ(Found()->parts, 2);
  EXPECT_EQ(Found()->attempt, 2);
}

TEST_F(ImportRunTest, WhoComesLateForgetsNothing) {
  Begin();
  ASSERT_TRUE(Advance(1, 2));
  Do([](WriteTx& tx) { return EndImportRun(tx, kRun, 1); });
  EXPECT_TRUE(Found().has_value());
  Do([](WriteTx& tx) { return EndImportRun(tx, kRun, 2); });
  EXPECT_FALSE(Found().has_value());
}

}  // namespace
}  // namespace navo::storage
