#include "clients/load/make.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <semaphore>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "clients/load/case_content.h"
#include "clients/load/case_writer.h"
#include "clients/load/log_filler.h"
#include "clients/load/population.h"
#include "clients/load/server_process.h"
#include "storage/crypto.h"
#include "storage/keys.h"
#include "storage/offering.h"
#include "storage/status_macros.h"
#include "storage/store.h"

namespace navo::load {
namespace {

// Small, because what a savepoint keeps to undo is walked through at every statement in it.
constexpr int kCasesInTask = 2;
// Many, because they are what one commit holds: most rows go to pages drawn by chance, and the more
// of them a commit has, the fewer times each page is written.
constexpr int kTasksAhead = 2000;

// The year the cases happened in: it moves on as they are written.
class StoryClock final : public storage::Clock {
 public:
  absl::Time Now() override { return absl::FromUnixMicros(now_us_); }
  void MoveTo(double fraction) {
    const double seconds = (kFirstDay + fraction * kCaseDays) * 86'400.0;
    now_us_ = static_cast<int64_t>(seconds) * 1'000'000;
  }

 private:
  std::atomic<int64_t> now_us_ = int64_t{kFirstDay} * 86'400'000'000;
};

class SeededRandom final : public storage::Random {
 public:
  explicit SeededRandom(uint64_t seed) : dice_(seed) {}
  void Fill(std::span<std::byte> bytes) override {
    const std::scoped_lock lock(mutex_);
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(dice_.Next() & 0xff);
  }

 private:
  std::mutex mutex_;
  Dice dice_;
};

// The directory's keys by id, as the server gave them.
struct DirectoryKeys {
  std::map<std::string, int64_t> controllers;
  std::map<std::string, int64_t> units;
  std::map<std::string, int64_t> principals;
};

absl::StatusOr<DirectoryKeys> ReadDirectory(storage::Store& store) {
  DirectoryKeys keys;
  const auto into = [](std::map<std::string, int64_t>& target) {
    return [&target](const storage::Row& row) {
      target.emplace(std::string(row.Text(0)), row.Int64(1));
    };
  };
  const absl::Status read = store.Read([&](storage::ReadTx& tx) -> absl::Status {
    NAVO_RETURN_IF_ERROR(tx.Each("SELECT id, controller_key FROM controller ORDER BY id", {},
                                 into(keys.controllers)));
    NAVO_RETURN_IF_ERROR(
        tx.Each("SELECT id, unit_key FROM unit ORDER BY id", {}, into(keys.units)));
    return tx.Each("SELECT subject, principal_key FROM principal ORDER BY subject", {},
                   into(keys.principals));
  });
  if (!read.ok()) return read;
  return keys;
}

class Maker {
 public:
  Maker(const MakeOptions& options, storage::Keys keys)
      : options_(options),
        population_(options.participants),
        keys_(std::move(keys)),
        random_(options.seed),
        seal_(keys_.identity_seal, random_) {}

  absl::StatusOr<Sizes> Run() {
    storage::StoreOptions store_options;
    store_options.clock = &clock_;
    store_options.random = &random_;
    store_options.batch_limit = kTasksAhead;
    store_options.cache_bytes = int64_t{4} << 30;
    store_options.checkpoint_pages = 500'000;
    NAVO_ASSIGN_OR_RETURN(store_, storage::Store::Open(options_.database, store_options));
    NAVO_ASSIGN_OR_RETURN(directory_, ReadDirectory(*store_));
    NAVO_RETURN_IF_ERROR(WriteOfferings());
    for (int first = 0; first < options_.participants; first += kCasesInTask) Queue(first);
    for (int i = 0; i < kTasksAhead; ++i) free_.acquire();
    NAVO_RETURN_IF_ERROR(failure_);
    // The year after the one the cases are written in.
    NAVO_RETURN_IF_ERROR(FillLog(*store_, options_.log_rows, options_.seed,
                                 [this](double part) { clock_.MoveTo(1.0 + part); }));
    return Measure();
  }

 private:
  absl::Status WriteOfferings() {
    const int64_t controller = directory_.controllers.at(kNavController);
    return store_->WriteAndWait([&](storage::WriteTx& tx) -> absl::Status {
      offerings_.clear();
      for (int i = 0; i < kOfferings; ++i) {
        NAVO_ASSIGN_OR_RETURN(
            const storage::OfferingPut put,
            storage::PutOffering(tx, controller, "team-tiltak", 0, MakeOffering(i)));
        offerings_.push_back(put.offering_key);
      }
      return absl::OkStatus();
    });
  }

  storage::Author AuthorOf(const char* controller, const std::string& unit,
                           const std::string& subject) const {
    return {directory_.controllers.at(controller), directory_.units.at(unit),
            directory_.principals.at(subject)};
  }

  CaseContent Draw(int participant) {
    CaseContent content = DrawCase(options_.seed, participant, options_.shape);
    const int veileder = population_.VeilederOf(participant);
    const int teacher = population_.TeacherOf(participant);
    content.nav.author =
        AuthorOf(kNavController, Population::NavUnit(veileder), Population::Veileder(veileder));
    content.vo.author =
        AuthorOf(kVoController, Population::VoUnit(teacher), Population::Teacher(teacher));
    const std::string number = SyntheticNumber(participant);
    content.identifier.hash = storage::HmacSha256(keys_.identity_hmac, number);
    content.identifier.sealed = seal_.Seal(number, content.identifier.hash);
    content.identifier.key_id = keys_.key_id;
    return content;
  }

  // Draws the cases here and has them written on the store's thread, a few tasks ahead.
  void Queue(int first) {
    free_.acquire();
    auto cases = std::make_shared<std::vector<CaseContent>>();
    for (int i = first; i < std::min(first + kCasesInTask, options_.participants); ++i) {
      cases->push_back(Draw(i));
    }
    storage::WriteTask task;
    task.run = [this, cases, first](storage::WriteTx& tx) -> absl::Status {
      int number = first;
      for (const CaseContent& content : *cases) {
        const Dice dice(options_.seed ^ 0x5a5a, static_cast<uint64_t>(number++));
        NAVO_RETURN_IF_ERROR(WriteCase(tx, content, offerings_, options_.shape.log_rows, dice));
      }
      // For the task that follows: the store asks for the time when it begins one.
      clock_.MoveTo(static_cast<double>(number) / options_.participants);
      return absl::OkStatus();
    };
    task.done = [this, first](const absl::Status& status) {
      // On one thread, and read after the last task is done.
      failure_.Update(status);
      if (first % 20'000 == 0) std::cerr << "  " << first << " cases\n";
      free_.release();
    };
    store_->Write(std::move(task));
  }

  absl::StatusOr<Sizes> Measure() {
    std::map<std::string, int64_t> bytes;
    // Pages, not dbstat's own sum of their sizes, which has 32 bits.
    NAVO_RETURN_IF_ERROR(store_->Read([&](storage::ReadTx& tx) {
      return tx.Each(
          "SELECT s.tbl_name, sum(d.pageno) * (SELECT page_size FROM pragma_page_size)"
          " FROM dbstat d JOIN sqlite_schema s ON s.name = d.name"
          " WHERE d.aggregate = TRUE GROUP BY s.tbl_name ORDER BY s.tbl_name",
          {},
          [&](const storage::Row& row) { bytes.emplace(std::string(row.Text(0)), row.Int64(1)); });
    }));
    Sizes sizes;
    double total = 0;
    for (const auto& [table, size] : bytes) total += static_cast<double>(size);
    const auto log = static_cast<double>(bytes["access_log"]);
    const auto requests = static_cast<double>(bytes["request"]);
    sizes.case_bytes = (total - log - requests) / options_.participants;
    const auto rows = std::max<int64_t>(int64_t{options_.participants} * options_.shape.log_rows,
                                        options_.log_rows);
    sizes.log_row_bytes = rows == 0 ? 0 : log / static_cast<double>(rows);
    sizes.file_bytes = total;
    return sizes;
  }

  const MakeOptions& options_;
  const Population population_;
  const storage::Keys keys_;
  StoryClock clock_;
  SeededRandom random_;
  storage::Sealer seal_;
  DirectoryKeys directory_;
  std::vector<int64_t> offerings_;
  std::counting_semaphore<kTasksAhead> free_{kTasksAhead};
  absl::Status failure_;
  std::unique_ptr<storage::Store> store_;
};

}  // namespace

std::string SeedPath(const std::string& dev) { return dev + "/seed.json"; }

absl::StatusOr<Sizes> Make(const MakeOptions& options) {
  std::error_code error;
  if (std::filesystem::exists(options.database, error)) {
    return absl::AlreadyExistsError(absl::StrCat(options.database, " is there already"));
  }
  std::filesystem::create_directories(options.dev, error);
  std::ofstream(SeedPath(options.dev)) << Population(options.participants).SeedFile();
  // The server itself makes keys, schema and directory, so that nothing about them is repeated
  // here.
  NAVO_ASSIGN_OR_RETURN(
      const auto server,
      ServerProcess::Start({options.navod, "--db", options.database, "--dev", options.dev, "--seed",
                            SeedPath(options.dev), "--listen", "127.0.0.1:0"}));
  NAVO_RETURN_IF_ERROR(server->Stop());
  NAVO_ASSIGN_OR_RETURN(storage::Keys keys, storage::LoadKeys(options.dev + "/dev-keys.json"));
  Maker maker(options, std::move(keys));
  return maker.Run();
}

}  // namespace navo::load
