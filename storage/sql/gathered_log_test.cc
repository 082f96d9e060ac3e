// What a connection that gathers its log writes, and when others find it there.
#include "storage/sql/gathered_log.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/sql/sqlite.h"
#include "tests/support/small_disk.h"
#include "tests/support/temp_folder.h"

namespace navo::storage {
namespace {

constexpr char kRows[] =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) "
    "INSERT INTO thing SELECT i, hex(randomblob(1900)) FROM n;";

// Calls of the system that write, so far.
int64_t WritesOfThisProcess() {
  std::ifstream io("/proc/self/io");
  std::string key;
  for (int64_t value = 0; io >> key >> value;) {
    if (key == "syscw:") return value;
  }
  ADD_FAILURE() << "no count of writes";
  return 0;
}

class GatheredLogTest : public testing::Test {
 protected:
  GatheredLogTest() {
    std::ofstream(file_).flush();
    writer_ = Open({});
    EXPECT_TRUE(AcceptSqlite(*writer_).ok());
    Run(*writer_, "CREATE TABLE thing (id ROWKEY, text TEXT NOT NULL)");
  }

  std::unique_ptr<Connection> Open(const SqliteOptions& options) {
    auto connection = OpenSqlite(file_, options);
    EXPECT_TRUE(connection.ok()) << connection.status();
    return connection.ok() ? *std::move(connection) : nullptr;
  }
  static void Run(Connection& connection, const std::string& text) {
    const absl::Status status = connection.Script(text);
    EXPECT_TRUE(status.ok()) << status;
  }
  static int64_t Number(Connection& connection, Sql sql) {
    const absl::StatusOr<Statement*> statement = connection.Prepare(sql);
    if (!statement.ok()) {
      ADD_FAILURE() << statement.status();
      return -1;
    }
    const absl::StatusOr<const Row*> row = (*statement)->Step();
    EXPECT_TRUE(row.ok()) << row.status();
    const int64_t number = row.ok() && *row != nullptr ? (*row)->Int64(0) : -1;
    (*statement)->Reset();
    return number;
  }
  static int64_t Rows(Connection& connection) {
    return Number(connection, Sql("SELECT COUNT(*) FROM thing"));
  }
  // Through another connection, which reads what is in the files.
  int64_t RowsForOthers() { return Rows(*Open({.read_only = true})); }
  void ExpectSound() {
    const auto reader = Open({.read_only = true});
    EXPECT_EQ(Number(*reader, Sql("SELECT COUNT(*) FROM pragma_integrity_check "
                                  "WHERE integrity_check <> 'ok'")),
              0);
  }

  support::TempFolder folder_;
  std::string file_ = folder_.File("navo.db");
  std::unique_ptr<Connection> writer_;
};

TEST_F(GatheredLogTest, ACommitOfManyPagesIsWrittenInAFewPieces) {
  const int64_t before = WritesOfThisProcess();
  Run(*writer_, absl::StrCat("BEGIN;", kRows, "COMMIT"));
  EXPECT_LE(WritesOfThisProcess() - before, 40);  // over 400 pages, in two pieces each otherwise
  EXPECT_EQ(RowsForOthers(), 400);
  ExpectSound();
}

TEST_F(GatheredLogTest, AChangeLargerThanTheCacheReadsItsOwnPagesAndIsSeenWhenItIsCommitted) {
  writer_ = Open({.cache_bytes = 64 << 10});
  Run(*writer_, absl::StrCat("BEGIN;", kRows));
  EXPECT_EQ(Rows(*writer_), 400);
  EXPECT_EQ(Number(*writer_, Sql("SELECT SUM(LENGTH(text)) FROM thing")), 400 * 3800);
  EXPECT_EQ(RowsForOthers(), 0);
  Run(*writer_, "COMMIT");
  EXPECT_EQ(RowsForOthers(), 400);
  ExpectSound();
}

TEST_F(GatheredLogTest, WhatIsTakenBackLeavesNothingForTheNextChange) {
  EXPECT_TRUE(writer_->Maintain().ok());  // the log begins again, and nothing is read from it
  writer_ = Open({.cache_bytes = 64 << 10});
  Run(*writer_, absl::StrCat("BEGIN;", kRows, "ROLLBACK"));
  Run(*writer_, "INSERT INTO thing VALUES (1, 'a')");
  Run(*writer_, absl::StrCat("BEGIN; SAVEPOINT s; DELETE FROM thing;", kRows,
                             "ROLLBACK TO s; INSERT INTO thing VALUES (2, 'b'); COMMIT"));
  EXPECT_EQ(RowsForOthers(), 2);
  ExpectSound();
}

TEST_F(GatheredLogTest, TheLogBeginsAgainAfterItWasCheckpointed) {
  for (int64_t times = 1; times <= 3; ++times) {
    Run(*writer_, absl::StrCat("BEGIN; DELETE FROM thing;", kRows, "COMMIT"));
    EXPECT_TRUE(writer_->Maintain().ok());
    EXPECT_EQ(RowsForOthers(), 400);
  }
  writer_ = nullptr;
  EXPECT_EQ(RowsForOthers(), 400);
  ExpectSound();
}

TEST_F(GatheredLogTest, WhatDoesNotFollowIsWrittenWhereItBelongs) {
  sqlite3_vfs* vfs = sqlite3_vfs_find(GatheredLogVfs());
  ASSERT_NE(vfs, nullptr);
  std::vector<char> memory(static_cast<size_t>(vfs->szOsFile));
  auto* file = reinterpret_cast<sqlite3_file*>(memory.data());
  std::ofstream(folder_.File("some.db")).flush();  // the log gets its mode
  const std::string path = folder_.File("some.db-wal");
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_WAL;
  ASSERT_EQ(vfs->xOpen(vfs, path.c_str(), file, flags, nullptr), SQLITE_OK);
  for (const auto& [text, offset] :
       std::vector<std::pair<std::string, int>>{{"ab", 0}, {"fg", 5}, {"h", 7}, {"cde", 2}}) {
    EXPECT_EQ(file->pMethods->xWrite(file, text.data(), static_cast<int>(text.size()), offset),
              SQLITE_OK);
  }
  sqlite3_int64 size = 0;
  EXPECT_EQ(file->pMethods->xFileSize(file, &size), SQLITE_OK);
  EXPECT_EQ(size, 8);
  EXPECT_EQ(file->pMethods->xTruncate(file, 7), SQLITE_OK);
  EXPECT_EQ(file->pMethods->xSync(file, SQLITE_SYNC_NORMAL), SQLITE_OK);
  EXPECT_EQ(file->pMethods->xClose(file), SQLITE_OK);
  std::string text;
  EXPECT_TRUE(std::getline(std::ifstream(path), text));
  EXPECT_EQ(text, "abcdefg");
}

// No file of this process may become longer than it is, for a while.
class NoMoreRoom {
 public:
  explicit NoMoreRoom(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    EXPECT_EQ(getrlimit(RLIMIT_FSIZE, &before_), 0);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
  }
  ~NoMoreRoom() {
    EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &before_), 0);
    std::signal(SIGXFSZ, SIG_DFL);
  }
  NoMoreRoom(const NoMoreRoom&) = delete;
  NoMoreRoom& operator=(const NoMoreRoom&) = delete;

 private:
  rlimit before_;
};

TEST_F(GatheredLogTest, ACommitThatFindsNoRoomIsNoneAndTheNextOneIs) {
  Run(*writer_, "INSERT INTO thing VALUES (1, 'before')");
  for (const int64_t cache_bytes : {64 << 10, 8 << 20}) {  // in the middle of it, and at its end
    writer_ = Open({.cache_bytes = cache_bytes});
    {
      const NoMoreRoom no_more(512 << 10);
      const absl::Status status =
          writer_->Script(absl::StrCat("BEGIN; DELETE FROM thing;", kRows, "COMMIT"));
      EXPECT_TRUE(absl::IsUnavailable(status)) << status;
      if (!writer_->Autocommit()) Run(*writer_, "ROLLBACK");
    }
    EXPECT_EQ(RowsForOthers(), 1);
    EXPECT_EQ(Rows(*writer_), 1);
    Run(*writer_, "UPDATE thing SET text = 'after'");
    ExpectSound();
  }
  writer_ = nullptr;
  EXPECT_EQ(
      Number(*Open({.read_only = true}), Sql("SELECT COUNT(*) FROM thing WHERE text = 'after'")),
      1);
}

TEST_F(GatheredLogTest, ACommitThatFoundNoRoomIsNotWrittenLater) {
  Run(*writer_, "INSERT INTO thing VALUES (1, 'before')");
  const std::string log = absl::StrCat(file_, "-wal");
  const auto bytes = std::filesystem::file_size(log);
  {
    const NoMoreRoom no_more(bytes);
    const absl::Status status = writer_->Script("INSERT INTO thing VALUES (2, 'failed')");
    EXPECT_TRUE(absl::IsUnavailable(status)) << status;
  }
  EXPECT_EQ(Rows(*writer_), 1);
  EXPECT_EQ(std::filesystem::file_size(log), bytes);
  // What a server that is killed now finds when it starts again.
  const std::string found = folder_.File("found.db");
  std::filesystem::copy_file(file_, found);
  std::filesystem::copy_file(log, absl::StrCat(found, "-wal"));
  const auto opened = OpenSqlite(found, {});
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(Rows(**opened), 1);
}

// A statement that finds no room is taken back alone when it can be: what the others of its
// transaction wrote has to be there when there is room again.
TEST_F(GatheredLogTest, AStatementThatFindsNoRoomTakesNothingOfTheOthersAlong) {
  const support::SmallDisk disk(folder_.File("small"), 8);
  if (!disk.mounted() && geteuid() != 0) return;
  ASSERT_TRUE(disk.mounted());
  writer_ = nullptr;
  file_ = disk.File("navo.db");
  std::ofstream(file_).flush();
  writer_ = Open({.cache_bytes = 64 << 10});
  ASSERT_TRUE(AcceptSqlite(*writer_).ok());
  Run(*writer_, "CREATE TABLE thing (id ROWKEY, text TEXT NOT NULL UNIQUE)");
  Run(*writer_, absl::StrCat("BEGIN;", kRows));
  disk.LeaveFree(0);
  const absl::Status status = writer_->Script(
      "INSERT INTO thing SELECT id + 1000, hex(randomblob(1900)) FROM thing ORDER BY id");
  EXPECT_EQ(SqlErrorOf(status), SqlError::kFull) << status;
  ASSERT_FALSE(writer_->Autocommit());
  disk.MakeRoom();
  Run(*writer_, "COMMIT");
  EXPECT_EQ(RowsForOthers(), 400);
  ExpectSound();
  writer_ = nullptr;
}

}  // namespace
}  // namespace navo::storage
