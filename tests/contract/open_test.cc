#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "storage/sql/sqlite.h"
#include "tests/contract/contract.h"
#include "tests/contract/program.h"

namespace navo::contract {
namespace {

namespace fs = std::filesystem;
using storage::Store;
using storage::StoreReasonOf;
using storage::WriteTx;

class OpenTest : public testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<Store>> Open(const std::string& url) {
    return Store::Open(url, Options(clock_, random_));
  }
  // Opening is refused for this reason, and nothing in the folder has changed.
  void Refused(const std::string& url, std::string_view reason, absl::StatusCode code) {
    const std::vector<std::string> before = folder_.Content();
    absl::StatusOr<std::unique_ptr<Store>> opened = Open(url);
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(StoreReasonOf(opened.status()), reason) << opened.status();
    EXPECT_EQ(opened.status().code(), code) << opened.status();
    EXPECT_TRUE(folder_.Content() == before) << "the folder was changed";
  }
  void MakeDatabase(int things = 3) {
    auto store = Open(file_);
    ASSERT_TRUE(store.ok()) << store.status();
    for (int i = 0; i < things; ++i) {
      const absl::Status status = (*store)->WriteAndWait([&](WriteTx& tx) {
        tx.Journal(Entry(i, "thing"));
        tx.Log(LogRow(i, i));
        return AddThing(tx, std::string(2000, 'a') + std::to_string(i)).status();
      });
      ASSERT_TRUE(status.ok()) << status;
    }
  }
  void Script(const std::string& text) {
    auto connection = storage::OpenSqlite(file_, {});
    ASSERT_TRUE(connection.ok()) << connection.status();
    // As any other program would write to it, but for leaving no log beside the file.
    const absl::Status status =
        (*connection)->Script("PRAGMA journal_mode = DELETE; BEGIN; " + text + "; COMMIT");
    ASSERT_TRUE(status.ok()) << status << storage::SqlConstraintOf(status);
  }

  Folder folder_;
  std::string file_ = folder_.File("navo.db");
  support::FakeClock clock_;
  support::SeededRandom random_;
};

TEST_F(OpenTest, MakesADatabaseForItsOwnerOnlyAndFindsItAgain) {
  std::string id;
  {
    auto store = Open("sqlite:" + file_);
    ASSERT_TRUE(store.ok()) << store.status();
    id = (*store)->database_id();
    EXPECT_EQ(id.size(), 36u);
    EXPECT_EQ((*store)->health(), storage::Health::kServing);
    struct stat info {};
    ASSERT_EQ(stat(file_.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
    ASSERT_TRUE((*store)
                    ->WriteAndWait([](WriteTx& tx) {
                      tx.Journal(Entry(5, "first"));
                      tx.Log(LogRow(5, 1));
                      return AddThing(tx, "kept").status();
                    })
                    .ok());
  }
  auto store = Open(file_);
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_EQ((*store)->database_id(), id);
  EXPECT_EQ(Things(**store), std::vector<std::string>{"kept"});
  ASSERT_TRUE((*store)
                  ->WriteAndWait([](WriteTx& tx) {
                    tx.Journal(Entry(5, "second"));
                    tx.Log(LogRow(5, 2));
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_EQ(RecordIds(**store, 5), (std::vector<std::string>{"first", "second"}));
  EXPECT_EQ(LogReasons(**store), (std::vector<int64_t>{1, 2})) << "the chain goes on";
}

TEST_F(OpenTest, AnEmptyFileBecomesADatabase) {
  std::ofstream(file_).close();
  EXPECT_TRUE(Open(file_).ok());
  EXPECT_TRUE(Open(file_).ok());
}

TEST_F(OpenTest, DatabasesInMemoryAreApart) {
  auto one = Open("sqlite::memory:");
  auto two = Open("sqlite::memory:");
  ASSERT_TRUE(one.ok() && two.ok());
  EXPECT_NE((*one)->database_id(), (*two)->database_id());
  ASSERT_TRUE((*one)->WriteAndWait([](WriteTx& tx) { return AddThing(tx, "a").status(); }).ok());
  EXPECT_TRUE(Things(**two).empty());
}

TEST_F(OpenTest, RefusesWhatIsNoPlaceForADatabase) {
  Refused(folder_.File("missing/navo.db"), "NO_FOLDER", absl::StatusCode::kNotFound);
  Refused("", "BAD_URL", absl::StatusCode::kInvalidArgument);
  Refused("sqlite:", "BAD_URL", absl::StatusCode::kInvalidArgument);
  Refused("postgres://server/navo", "BAD_URL", absl::StatusCode::kInvalidArgument);
  fs::create_directory(folder_.File("folder"));
  Refused(folder_.File("folder"), "NOT_A_DATABASE", absl::StatusCode::kDataLoss);
}

TEST_F(OpenTest, RefusesWhatIsNoDatabase) {
  std::ofstream(file_) << std::string(5000, 'x');
  Refused(file_, "NOT_A_DATABASE", absl::StatusCode::kDataLoss);
  std::ofstream(file_) << "short";
  Refused(file_, "NOT_A_DATABASE", absl::StatusCode::kDataLoss);
}

TEST_F(OpenTest, RefusesADatabaseOfAnotherProgram) {
  std::ofstream(file_).close();
  Script("CREATE TABLE theirs (word TEXT)");
  Refused(file_, "FOREIGN_DATABASE", absl::StatusCode::kFailedPrecondition);
  Script(absl::StrCat("PRAGMA application_id = ", storage::kSqliteApplicationId));
  Refused(file_, "DAMAGED", absl::StatusCode::kDataLoss);
}

TEST_F(OpenTest, RefusesANewerSchema) {
  MakeDatabase();
  Script("UPDATE meta SET schema_version = 3");
  Refused(file_, "SCHEMA_NEWER", absl::StatusCode::kFailedPrecondition);
}

TEST_F(OpenTest, RefusesADamagedFile) {
  MakeDatabase(100);
  const std::string whole = folder_.File("whole");
  fs::copy_file(file_, whole);
  const auto size = fs::file_size(whole);
  ASSERT_GT(size, 100'000u);

  fs::resize_file(file_, size - 4096);
  Refused(file_, "DAMAGED", absl::StatusCode::kDataLoss);
  // Every page is looked at in a small file: wherever the damage is, it is seen.
  for (const uint64_t page : {uint64_t{0}, uint64_t{1}, size / 8192, size / 4096 - 1}) {
    fs::copy_file(whole, file_, fs::copy_options::overwrite_existing);
    std::fstream damaged(file_, std::ios::in | std::ios::out | std::ios::binary);
    damaged.seekp(static_cast<std::streamoff>(page * 4096 + (page == 0 ? 100 : 0)));
    damaged << std::string(page == 0 ? 1000 : 4096, '\x7f');
    damaged.close();
    SCOPED_TRACE(page);
    Refused(file_, "DAMAGED", absl::StatusCode::kDataLoss);
  }
}

TEST_F(OpenTest, RefusesHeadsThatDoNotAgree) {
  MakeDatabase(5);
  Script("UPDATE stream_head SET seq = 77 WHERE stream = 2");
  Refused(file_, "DAMAGED", absl::StatusCode::kDataLoss);
  Script("UPDATE stream_head SET seq = 1 WHERE stream = 2");
  EXPECT_TRUE(Open(file_).ok());
  Script("UPDATE access_log SET reason = 77 WHERE position = 5");
  Refused(file_, "DAMAGED", absl::StatusCode::kDataLoss);
}

TEST_F(OpenTest, RefusesALogWithoutItsDatabase) {
  std::ofstream(file_ + "-wal") << std::string(5000, 'x');
  Refused(file_, "DAMAGED", absl::StatusCode::kDataLoss);
}

TEST_F(OpenTest, RefusesWhatIsReadOnlyAlsoToTheSuperuser) {
  MakeDatabase();
  fs::remove(file_ + "-lock");
  fs::permissions(file_, fs::perms::owner_read);
  Refused(file_, "READ_ONLY", absl::StatusCode::kFailedPrecondition);
  fs::permissions(file_, fs::perms::owner_read | fs::perms::owner_write);
  fs::permissions(folder_.path(), fs::perms::owner_read | fs::perms::owner_exec);
  Refused(file_, "READ_ONLY", absl::StatusCode::kFailedPrecondition);
  Refused(folder_.File("new.db"), "READ_ONLY", absl::StatusCode::kFailedPrecondition);
}

TEST_F(OpenTest, RefusesASecondStoreInThisProcessAlsoByAnotherName) {
  auto first = Open(file_);
  ASSERT_TRUE(first.ok());
  fs::create_symlink(file_, folder_.File("other.db"));
  EXPECT_EQ(StoreReasonOf(Open(file_).status()), "IN_USE");
  EXPECT_EQ(StoreReasonOf(Open(folder_.File("other.db")).status()), "IN_USE");
  EXPECT_TRUE((*first)->WriteAndWait([](WriteTx& tx) { return AddThing(tx, "a").status(); }).ok());
  first->reset();
  EXPECT_TRUE(Open(folder_.File("other.db")).ok());
}

TEST_F(OpenTest, RefusesASecondProcessUntilTheFirstIsGone) {
  {
    auto first = Open(file_);
    ASSERT_TRUE(first.ok());
    WriterProgram second(file_, 1);
    EXPECT_EQ(second.Line(), "IN_USE");
    EXPECT_EQ(second.Wait(), 3);
  }
  WriterProgram second(file_, 1);
  ASSERT_NE(second.Line(), "");
  EXPECT_EQ(StoreReasonOf(Open(file_).status()), "IN_USE");
  second.Kill();
  EXPECT_TRUE(Open(file_).ok()) << "a killed server leaves no lock";
}

}  // namespace
}  // namespace navo::contract
