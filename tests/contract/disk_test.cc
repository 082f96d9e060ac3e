#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

#include "absl/strings/str_cat.h"
#include "tests/contract/contract.h"
#include "tests/support/small_disk.h"

namespace navo::contract {
namespace {

using storage::Health;
using storage::Store;
using storage::StoreReasonOf;
using storage::WriteTx;

class DiskTest : public testing::Test {
 protected:
  void Open(const std::string& file) {
    auto opened = Store::Open(file, options_);
    ASSERT_TRUE(opened.ok()) << opened.status();
    store_ = *std::move(opened);
  }
  absl::Status Write(const std::string& name, bool essential, bool log_only) {
    Outcomes outcomes;
    store_->Write({.run = [&](WriteTx& tx) -> absl::Status {
                     tx.Log(LogRow(1, 1));
                     return log_only ? absl::OkStatus() : AddThing(tx, name).status();
                   },
                   .done = outcomes.Next(1),
                   .essential = essential,
                   .log_only = log_only});
    return outcomes.Wait(1)[0].second;
  }
  absl::Status WriteLarge(const std::string& name) {
    return store_->WriteAndWait([&](WriteTx& tx) -> absl::Status {
      tx.Journal(Entry(1, name));
      tx.Log(LogRow(1, 1));
      return tx.Run("INSERT INTO thing (name, body) VALUES ($1, $2)",
                    {name, storage::Blob(std::string(20'000, 'b'))});
    });
  }

  Folder folder_;
  support::FakeClock clock_;
  support::SeededRandom random_;
  storage::StoreOptions options_ = Options(clock_, random_);
  std::unique_ptr<Store> store_;
};

// What the store says about itself, to wait for.
class HealthWatch {
 public:
  std::function<void(Health)> Watch() {
    return [this](Health health) {
      std::lock_guard<std::mutex> lock(mutex_);
      health_ = health;
      changed_.notify_all();
    };
  }
  void Wait(Health health) {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return health_ == health; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  Health health_ = Health::kServing;
};

TEST_F(DiskTest, BelowTheReserveOnlyTheLogAndWhatIsEssentialGoOn) {
  HealthWatch watch;
  std::atomic<int64_t> free_bytes = 1'000'000;
  options_.disk_reserve_bytes = 500'000;
  options_.free_bytes = [&] { return free_bytes.load(); };
  options_.on_health = watch.Watch();
  Open(folder_.File("navo.db"));
  EXPECT_TRUE(Write("before", false, false).ok());

  free_bytes = 499'999;
  EXPECT_TRUE(Write("looked a moment ago", false, false).ok());
  clock_.Advance(absl::Milliseconds(100));
  const absl::Status refused = Write("low", false, false);
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(StoreReasonOf(refused), "DISK_RESERVE");
  EXPECT_TRUE(Write("withdrawal", true, false).ok());
  EXPECT_TRUE(Write("", false, true).ok());
  EXPECT_EQ(store_->health(), Health::kLowDisk);

  free_bytes = 0;
  clock_.Advance(absl::Milliseconds(100));
  for (const bool log_only : {false, true}) {
    const absl::Status full = Write("nothing left", true, log_only);
    EXPECT_EQ(full.code(), absl::StatusCode::kUnavailable);
    EXPECT_EQ(StoreReasonOf(full), "DISK_FULL");
  }
  EXPECT_EQ(store_->health(), Health::kFailed);

  // Nobody sends anything while the server is not serving: it finds the room by itself.
  free_bytes = 1'000'000;
  clock_.Advance(absl::Milliseconds(100));
  watch.Wait(Health::kServing);
  EXPECT_TRUE(Write("after", false, false).ok());
  EXPECT_EQ(Things(*store_),
            (std::vector<std::string>{"after", "before", "looked a moment ago", "withdrawal"}));
  EXPECT_EQ(LogReasons(*store_).size(), 5u);
}

TEST_F(DiskTest, AFullDiskRefusesAndNothingIsLostOrHalf) {
  const std::string path = folder_.File("small");
  const support::SmallDisk disk(path, 10);
  if (disk.mounted()) {
    disk.LeaveFree(4 << 20);
  } else {
    options_.max_pages = 1000;
  }
  Open(path + "/navo.db");
  int accepted = 0;
  absl::Status status;
  while (accepted < 1000 && (status = WriteLarge(absl::StrCat(accepted))).ok()) ++accepted;
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << status;
  EXPECT_EQ(StoreReasonOf(status), "DISK_FULL");
  EXPECT_GT(accepted, 20);
  EXPECT_LT(accepted, 1000);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(WriteLarge("again").ok());
  EXPECT_EQ(Things(*store_).size(), static_cast<size_t>(accepted));

  // Room again: the same store goes on where it can, a new one in any case.
  if (disk.mounted()) {
    disk.MakeRoom();
    clock_.Advance(absl::Seconds(1));
    EXPECT_TRUE(WriteLarge("with room").ok());
    ++accepted;
  }
  store_.reset();
  options_.max_pages = 0;
  Open(path + "/navo.db");
  EXPECT_EQ(Things(*store_).size(), static_cast<size_t>(accepted));
  EXPECT_EQ(RecordIds(*store_, 1).size(), static_cast<size_t>(accepted));
  EXPECT_EQ(LogReasons(*store_).size(), static_cast<size_t>(accepted));
  EXPECT_TRUE(WriteLarge("after").ok());
}

TEST_F(DiskTest, OneTooLargeForTheFileHarmsNoNeighbour) {
  options_.max_pages = 200;
  Open(folder_.File("navo.db"));
  Outcomes outcomes;
  {
    Gate gate(*store_);
    for (int i = 0; i < 5; ++i) {
      const size_t size = i == 2 ? 2'000'000 : 10;
      store_->Write(
          {.run =
               [i, size](WriteTx& tx) {
                 tx.Journal(Entry(1, absl::StrCat(i)));
                 tx.Log(LogRow(1, i));
                 return tx.Run("INSERT INTO thing (name, body) VALUES ($1, $2)",
                               {absl::StrCat(i), storage::Blob(std::string(size, 'b'))});
               },
           .after_rollback = [](WriteTx& tx, const absl::Status&) { tx.Log(LogRow(1, 9)); },
           .done = outcomes.Next(i)});
    }
  }
  for (const auto& [number, status] : outcomes.Wait(5)) {
    EXPECT_EQ(status.code(), number == 2 ? absl::StatusCode::kUnavailable : absl::StatusCode::kOk)
        << number << status;
  }
  EXPECT_EQ(Things(*store_), (std::vector<std::string>{"0", "1", "3", "4"}));
  EXPECT_EQ(RecordIds(*store_, 1), (std::vector<std::string>{"0", "1", "3", "4"}));
  EXPECT_EQ(LogReasons(*store_), (std::vector<int64_t>{0, 1, 9, 3, 4}));
}

// A commit that fails for another reason than room: its outcome is unknown.
TEST_F(DiskTest, AFailedCommitStopsTheStore) {
  std::promise<absl::Status> fatal;
  options_.on_fatal = [&](const absl::Status& status) { fatal.set_value(status); };
  Open(folder_.File("navo.db"));
  ASSERT_TRUE(WriteLarge("before").ok());

  struct stat info {};
  ASSERT_EQ(stat((folder_.File("navo.db-wal")).c_str(), &info), 0);
  const auto previous = signal(SIGXFSZ, SIG_IGN);
  struct rlimit limit {};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &limit), 0);
  struct rlimit small = limit;
  small.rlim_cur = static_cast<rlim_t>(info.st_size);
  Outcomes outcomes;
  {
    Gate gate(*store_);
    for (int i = 0; i < 3; ++i) {
      store_->Write({.run = [i](WriteTx& tx) { return AddThing(tx, absl::StrCat(i)).status(); },
                     .done = outcomes.Next(i)});
    }
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  }
  const auto answers = outcomes.Wait(3);
  const absl::Status why = fatal.get_future().get();
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
  signal(SIGXFSZ, previous);

  EXPECT_EQ(storage::SqlErrorOf(why), storage::SqlError::kIo) << why;
  for (const auto& [number, status] : answers) {
    EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << number;
    EXPECT_EQ(StoreReasonOf(status), "STOPPED");
  }
  EXPECT_EQ(store_->health(), Health::kFailed);
  EXPECT_EQ(StoreReasonOf(WriteLarge("after")), "STOPPED");
  EXPECT_EQ(StoreReasonOf(store_->Read([](storage::ReadTx&) { return absl::OkStatus(); })),
            "STOPPED");
  store_.reset();
  Open(folder_.File("navo.db"));
  EXPECT_EQ(Things(*store_).front(), "before");
  EXPECT_EQ(LogReasons(*store_).size(), 1u);
}

}  // namespace
}  // namespace navo::contract
