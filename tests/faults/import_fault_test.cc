#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "clients/cpp/import.h"
#include "clients/load/import_file.h"
#include "storage/store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/server_process.h"
#include "tests/support/small_disk.h"
#include "tests/support/temp_folder.h"

// Imports when the server dies, when the disk is full, and of files nobody should make.
namespace navo::faults {
namespace {

using support::ServerProcess;

constexpr int64_t kMegabyte = 1 << 20;
// What a server may take more for a file of 200 MB; on a busy machine gRPC's own buffers reach 80.
constexpr int64_t kFlat = 128 * kMegabyte;

// What came of an import, as a client sees it.
struct Taken {
  absl::StatusOr<v1::ImportCounts> counts = absl::UnknownError("not run");
  int64_t rows_before = 0;  // that it went on after
  std::vector<v1::RowResult> results;
};

// What a database holds when nothing is lost and nothing doubled.
struct Held {
  int64_t participants = 0;
  int64_t steps = 0;
  int64_t source_records = 0;
  int64_t step_journal = 0;
  int64_t import_runs = 0;
  int64_t import_run_parts = 0;
  friend bool operator==(const Held&, const Held&) = default;
};

class ImportFaultTest : public ::testing::Test {
 protected:
  std::string MakeFile(int rows) {
    const std::string path = folder_.File("deltakere.jsonl");
    EXPECT_TRUE(load::WriteImportFile({.rows = rows, .file = path}).ok());
    return path;
  }

  ServerProcess::Setup Files(const std::string& database) const {
    return {.database = database,
            .dev_folder = folder_.File("dev"),
            .more = {"--disk-reserve-mb", "0"}};
  }

  // `at_rows`: what is done when so many rows are in.
  static Taken Import(const ServerProcess& server, const std::string& path, int64_t at_rows = 0,
                      const std::function<void()>& then = nullptr) {
    std::ifstream file(path, std::ios::binary);
    const std::string key = client::FileKey(file);
    return Send(server, file, key, at_rows, then);
  }

  static Taken Send(const ServerProcess& server, std::istream& file, const std::string& key,
                    int64_t at_rows, const std::function<void()>& then) {
    v1::ImportStart start;
    start.set_format(v1::IMPORT_FORMAT_NAV_DELTAKER);
    start.set_source_system("komet");
    start.set_file_key(key);
    Taken taken;
    bool done = false;
    taken.counts =
        client::Import(server.As("komet"), start, file, [&](const v1::ImportResponse& response) {
          if (response.has_interrupted()) {
            taken.rows_before = response.interrupted().counts().rows();
          }
          for (const auto& result : response.results()) taken.results.push_back(result);
          if (then && !done && response.counts().rows() >= at_rows) {
            done = true;
            then();
          }
        });
    return taken;
  }

  static Held Look(const std::string& database) {
    support::FakeClock clock;
    storage::SystemRandom random;
    storage::StoreOptions options;
    options.clock = &clock;
    options.random = &random;
    options.disk_reserve_bytes = 0;
    const auto store = storage::Store::Open(database, options);
    EXPECT_TRUE(store.ok()) << store.status();
    Held held;
    if (!store.ok()) return held;
    const auto count = [](storage::ReadTx& tx, storage::Sql sql) {
      return tx.Number(sql, {}).value_or(-1).value_or(-1);
    };
    const absl::Status status = (*store)->Read([&](storage::ReadTx& tx) {
      held.participants = count(tx, "SELECT COUNT(*) FROM participant");
      held.steps = count(tx, "SELECT COUNT(*) FROM plan_step");
      held.source_records = count(tx, "SELECT COUNT(*) FROM source_record");
      held.step_journal = count(tx, "SELECT COUNT(*) FROM journal WHERE subject = 11");
      held.import_runs = count(tx, "SELECT COUNT(*) FROM import_run");
      held.import_run_parts = count(tx, "SELECT COUNT(*) FROM import_run_part");
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return held;
  }

  static Held Whole(int rows) {
    const int64_t good = rows - rows / load::kRowsForABadOne;
    return {.participants = good, .steps = good, .source_records = good, .step_journal = good};
  }

  static void ExpectWhole(const Taken& taken, int rows) {
    ASSERT_TRUE(taken.counts.ok()) << taken.counts.status();
    const int bad = rows / load::kRowsForABadOne;
    EXPECT_EQ(taken.counts->rows(), rows);
    EXPECT_EQ(taken.counts->created(), rows - bad);
    EXPECT_EQ(taken.counts->rejected(), bad);
    ASSERT_EQ(taken.results.size(), static_cast<size_t>(bad));
    for (int i = 0; i < bad; ++i) {
      const int row = i * load::kRowsForABadOne + load::kRowsForABadOne / 2;
      EXPECT_EQ(taken.results[static_cast<size_t>(i)].line(), row + 1);
    }
  }

  support::TempFolder folder_;
};

TEST_F(ImportFaultTest, KilledInTheMiddleItGoesOnAndCountsEachRowOnce) {
  constexpr int kRows = 10'000;
  const std::string path = MakeFile(kRows);
  const std::string database = folder_.File("navo.db");
  int64_t rows_before = 0;
  for (const int64_t at : {1'000, 3'000, 6'000}) {
    ServerProcess server(Files(database));
    ASSERT_TRUE(server.listening()) << server.Output();
    const Taken broken = Import(server, path, at, [&server] { server.Kill(); });
    EXPECT_TRUE(absl::IsUnavailable(broken.counts.status())) << broken.counts.status();
    EXPECT_GE(broken.rows_before, rows_before);
    rows_before = at;
  }
  {
    ServerProcess server(Files(database));
    const Taken taken = Import(server, path);
    EXPECT_GE(taken.rows_before, 6'000);
    EXPECT_LT(taken.rows_before, kRows);
    ExpectWhole(taken, kRows);
    EXPECT_EQ(server.Stop(), 0);
  }
  EXPECT_EQ(Look(database), Whole(kRows));
}

TEST_F(ImportFaultTest, ADiskThatFillsLosesNothingAndWithRoomItGoesOn) {
  constexpr int kRows = 5'000;
  const std::string path = MakeFile(kRows);
  const support::SmallDisk disk(folder_.File("small"), 64);
  if (!disk.mounted() && geteuid() != 0) return;
  ASSERT_TRUE(disk.mounted());
  ServerProcess server(Files(disk.File("navo.db")));
  ASSERT_TRUE(server.listening()) << server.Output();
  disk.LeaveFree(7 * kMegabyte);
  const Taken broken = Import(server, path);
  EXPECT_TRUE(absl::IsUnavailable(broken.counts.status())) << broken.counts.status();
  disk.MakeRoom();
  Taken taken;
  ASSERT_TRUE(support::Eventually([&] {
    taken = Import(server, path);
    return taken.counts.ok();
  })) << taken.counts.status();
  EXPECT_GE(taken.rows_before, 500);
  ExpectWhole(taken, kRows);
  server.Kill();
  EXPECT_EQ(Look(disk.File("navo.db")), Whole(kRows));
}

// What a process has resident at most, in bytes.
int64_t PeakMemory(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string word; status >> word;) {
    if (word == "VmHWM:") {
      int64_t kibibytes = 0;
      status >> kibibytes;
      return kibibytes * 1024;
    }
  }
  return 0;
}

void WriteLineOf200Megabytes(std::ostream& file) {
  const std::string piece(kMegabyte, 'x');
  for (int i = 0; i < 200; ++i) file << piece;
  file << "\n";
}

TEST_F(ImportFaultTest, ALineOf200MegabytesIsABadRowInFlatMemory) {
  const std::string path = MakeFile(400);
  {
    std::ofstream file(path, std::ios::binary | std::ios::app);
    WriteLineOf200Megabytes(file);
    file << "{\"note\": \"the next row\"}\n";
  }
  ServerProcess server(Files(folder_.File("navo.db")));
  ASSERT_TRUE(server.listening()) << server.Output();
  const int64_t server_before = PeakMemory(server.pid());
  const int64_t client_before = PeakMemory(getpid());
  const Taken taken = Import(server, path);
  ASSERT_TRUE(taken.counts.ok()) << taken.counts.status();
  EXPECT_EQ(taken.counts->rows(), 402);
  EXPECT_EQ(taken.counts->created(), 400);
  ASSERT_EQ(taken.results.size(), 2u);
  EXPECT_EQ(taken.results[0].line(), 401);
  EXPECT_EQ(taken.results[0].reason(), "TOO_LONG");
  EXPECT_EQ(taken.results[1].line(), 402);
  EXPECT_GT(server_before, 0);
  EXPECT_LT(PeakMemory(server.pid()) - server_before, kFlat);
  EXPECT_LT(PeakMemory(getpid()) - client_before, 32 * kMegabyte);
}

TEST_F(ImportFaultTest, MemoryIsFlatAlsoBeforeTheFileIsRecognised) {
  const std::string rows = MakeFile(400);
  const std::string path = folder_.File("begins-badly.jsonl");
  {
    std::ofstream file(path, std::ios::binary);
    file << "garbage\n";
    WriteLineOf200Megabytes(file);
    file << std::ifstream(rows, std::ios::binary).rdbuf();
  }
  ServerProcess server(Files(folder_.File("navo.db")));
  ASSERT_TRUE(server.listening()) << server.Output();
  const int64_t server_before = PeakMemory(server.pid());
  const Taken taken = Import(server, path);
  ASSERT_TRUE(taken.counts.ok()) << taken.counts.status();
  EXPECT_EQ(taken.counts->rows(), 402);
  EXPECT_EQ(taken.counts->created(), 400);
  ASSERT_EQ(taken.results.size(), 2u);
  EXPECT_EQ(taken.results[0].reason(), "NOT_JSON");
  EXPECT_EQ(taken.results[1].reason(), "TOO_LONG");
  EXPECT_GT(server_before, 0);
  EXPECT_LT(PeakMemory(server.pid()) - server_before, kFlat);
}

// A file to which somebody adds when its first bytes are read.
class GrowingFile final : public std::filebuf {
 public:
  GrowingFile(std::string path, std::string addition)
      : path_(std::move(path)), addition_(std::move(addition)) {
    open(path_, std::ios::in | std::ios::binary);
  }

 private:
  std::streamsize xsgetn(char* bytes, std::streamsize count) override {
    std::ofstream(path_, std::ios::binary | std::ios::app) << std::exchange(addition_, {});
    return std::filebuf::xsgetn(bytes, count);
  }

  const std::string path_;
  std::string addition_;
};

TEST_F(ImportFaultTest, AFileThatGrowsIsTakenAsItWasAtTheBeginning) {
  constexpr int kRows = 3'000;
  const std::string path = MakeFile(kRows);
  std::ifstream in(path, std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(in), {}};
  // Its last line is being written when the import begins.
  const size_t written = whole.size() - 100;
  std::filesystem::resize_file(path, written);
  ServerProcess server(Files(folder_.File("navo.db")));
  GrowingFile growing(path, whole.substr(written));
  std::istream file(&growing);
  const Taken first = Send(server, file, "growing", 0, nullptr);
  ASSERT_TRUE(first.counts.ok()) << first.counts.status();
  EXPECT_EQ(std::filesystem::file_size(path), whole.size());
  EXPECT_EQ(first.counts->rows(), kRows - 1);
  EXPECT_EQ(first.counts->rejected(), 3);
  const Taken rest = Import(server, path);
  ASSERT_TRUE(rest.counts.ok()) << rest.counts.status();
  EXPECT_EQ(rest.counts->rows(), kRows);
  EXPECT_EQ(rest.counts->created(), 1);
}

}  // namespace
}  // namespace navo::faults
