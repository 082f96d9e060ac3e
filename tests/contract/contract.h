#ifndef NAVO_TESTS_CONTRACT_CONTRACT_H_
#define NAVO_TESTS_CONTRACT_CONTRACT_H_

#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <ostream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "storage/store.h"
#include "tests/support/fake_clock.h"

// The world of the contract suite: a table of things beside the foundation, and one store per
// engine.
namespace navo::contract {

// The foundation and the suite's own tables, as schema files 1 and 2.
absl::Span<const storage::SchemaFile> ContractSchema();

// A folder of its own, removed with what is in it.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string File(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }
  // Name and content of everything in it: equal before and after what harms nothing.
  std::vector<std::string> Content() const;

 private:
  std::string path_;
};

// Keeps the writer thread busy from construction until Open, so that what is queued meanwhile
// becomes one group.
class Gate {
 public:
  explicit Gate(storage::Store& store);
  ~Gate() { Open(); }
  void Open();

 private:
  // Shared with the task, which may still be leaving when the gate is gone.
  std::shared_ptr<std::promise<void>> opened_ = std::make_shared<std::promise<void>>();
  bool open_ = false;
};

// Outcomes of queued tasks, in the order of their `done`.
class Outcomes {
 public:
  std::function<void(absl::Status)> Next(int number);
  // Blocks until `count` came in.
  std::vector<std::pair<int, absl::Status>> Wait(size_t count);

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<std::pair<int, absl::Status>> outcomes_;
};

absl::StatusOr<int64_t> AddThing(storage::WriteTx& tx, std::string_view name);
storage::JournalEntry Entry(int64_t participant_key, std::string record_id);
storage::AccessLogRow LogRow(int64_t participant_key, int64_t reason = 0);

// Names of all things, in C order.
std::vector<std::string> Things(storage::Store& store);
// The record ids of a stream in order of their numbers; fails unless these are 1, 2, 3 ...
std::vector<std::string> RecordIds(storage::Store& store, int stream);
// Reasons of all access log rows in order; fails unless the chain holds.
std::vector<int64_t> LogReasons(storage::Store& store);

storage::StoreOptions Options(storage::Clock& clock, storage::Random& random);

struct Engine {
  const char* name;
  bool on_file;

  friend std::ostream& operator<<(std::ostream& out, const Engine& engine) {
    return out << engine.name;
  }
};

// A store of each engine.
class ContractTest : public testing::TestWithParam<Engine> {
 protected:
  void SetUp() override { Open(); }
  void Open();
  storage::Store& store() { return *store_; }

  Folder folder_;
  support::FakeClock clock_;
  support::SeededRandom random_;
  storage::StoreOptions options_ = Options(clock_, random_);
  std::unique_ptr<storage::Store> store_;
};

inline auto Engines() {
  return testing::Values(Engine{"SqliteInMemory", false}, Engine{"SqliteOnFile", true});
}
inline std::string EngineName(const testing::TestParamInfo<Engine>& info) {
  return info.param.name;
}

}  // namespace navo::contract

#endif  // NAVO_TESTS_CONTRACT_CONTRACT_H_
