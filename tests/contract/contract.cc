#include "tests/contract/contract.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

namespace navo::contract {

using storage::ReadTx;
using storage::Row;
using storage::Store;
using storage::WriteTx;

absl::Span<const storage::SchemaFile> ContractSchema() {
  static const storage::SchemaFile kFiles[] = {
      storage::SchemaFiles()[0],
      {2, "0002_contract.sql",
       "CREATE TABLE thing (thing_key ROWKEY, name TEXT NOT NULL, code BIGINT, body BYTEA,"
       " CHECK (code IS NULL OR code <> 13));"
       "CREATE UNIQUE INDEX thing_by_name ON thing (name);"
       "CREATE TABLE part (part_key ROWKEY, thing_key BIGINT NOT NULL REFERENCES thing (thing_key),"
       " side BIGINT NOT NULL, ended SMALLINT NOT NULL);"
       "CREATE UNIQUE INDEX part_open ON part (thing_key, side) WHERE ended = 0;"}};
  return kFiles;
}

Folder::Folder() {
  std::string path = (std::filesystem::temp_directory_path() / "contract-XXXXXX").string();
  path_ = mkdtemp(path.data());
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::permissions(path_, std::filesystem::perms::owner_all, ignored);
  std::filesystem::remove_all(path_, ignored);
}

std::vector<std::string> Folder::Content() const {
  std::vector<std::string> content;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path_)) {
    std::ostringstream text;
    text << entry.path().filename().string() << ": ";
    if (entry.is_regular_file()) text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    content.push_back(text.str());
  }
  std::sort(content.begin(), content.end());
  return content;
}

Gate::Gate(Store& store) {
  auto entered = std::make_shared<std::promise<void>>();
  std::future<void> is_entered = entered->get_future();
  store.Write({.run =
                   [entered, opened = opened_](WriteTx&) {
                     entered->set_value();
                     opened->get_future().wait();
                     return absl::OkStatus();
                   },
               .done = [](absl::Status) {},
               .log_only = true});
  is_entered.wait();
}

void Gate::Open() {
  if (!std::exchange(open_, true)) opened_->set_value();
}

std::function<void(absl::Status)> Outcomes::Next(int number) {
  return [this, number](absl::Status status) {
    std::lock_guard<std::mutex> lock(mutex_);
    outcomes_.emplace_back(number, std::move(status));
    came_.notify_all();
  };
}

std::vector<std::pair<int, absl::Status>> Outcomes::Wait(size_t count) {
  std::unique_lock<std::mutex> lock(mutex_);
  came_.wait(lock, [&] { return outcomes_.size() >= count; });
  return outcomes_;
}

absl::StatusOr<int64_t> AddThing(WriteTx& tx, std::string_view name) {
  return tx.Insert("INSERT INTO thing (name) VALUES ($1) RETURNING thing_key", {name});
}

storage::JournalEntry Entry(int64_t participant_key, std::string record_id) {
  return {.participant_key = participant_key,
          .subject = storage::JournalSubject::kPlan,
          .record_id = std::move(record_id),
          .body = "body"};
}

storage::AccessLogRow LogRow(int64_t participant_key, int64_t reason) {
  return {.participant_key = participant_key, .principal_key = 7, .reason = reason};
}

std::vector<std::string> Things(Store& store) {
  std::vector<std::string> names;
  const absl::Status status = store.Read([&](ReadTx& tx) {
    return tx.Each("SELECT name FROM thing ORDER BY name", {},
                   [&](const Row& row) { names.emplace_back(row.Text(0)); });
  });
  EXPECT_TRUE(status.ok()) << status;
  return names;
}

std::vector<std::string> RecordIds(Store& store, int stream) {
  std::vector<std::string> ids;
  const absl::Status status = store.Read([&](ReadTx& tx) -> absl::Status {
    absl::Status read = storage::ReadAfter(
        tx, stream, 0, 1'000'000, [&](const storage::JournalRow& row) -> absl::Status {
          ids.emplace_back(row.record_id);
          EXPECT_EQ(row.seq, static_cast<int64_t>(ids.size())) << "stream " << stream;
          return absl::OkStatus();
        });
    absl::StatusOr<int64_t> head = storage::StreamHead(tx, stream);
    EXPECT_TRUE(head.ok());
    EXPECT_EQ(head.value_or(-1), static_cast<int64_t>(ids.size())) << "stream " << stream;
    return read;
  });
  EXPECT_TRUE(status.ok()) << status;
  return ids;
}

std::vector<int64_t> LogReasons(Store& store) {
  std::vector<int64_t> reasons;
  const absl::Status status = store.Read([&](ReadTx& tx) -> absl::Status {
    absl::StatusOr<int64_t> bad = storage::VerifyChain(tx);
    EXPECT_TRUE(bad.ok());
    EXPECT_EQ(bad.value_or(-1), 0) << "the chain is broken";
    return storage::ReadLogAfter(tx, 0, 1'000'000, [&](const storage::AccessLogRow& row) {
      reasons.push_back(row.reason);
      return absl::OkStatus();
    });
  });
  EXPECT_TRUE(status.ok()) << status;
  return reasons;
}

storage::StoreOptions Options(storage::Clock& clock, storage::Random& random) {
  storage::StoreOptions options;
  options.clock = &clock;
  options.random = &random;
  options.disk_reserve_bytes = 0;
  options.schema = ContractSchema();
  return options;
}

void ContractTest::Open() {
  store_.reset();
  const std::string url = GetParam().on_file ? folder_.File("navo.db") : "sqlite::memory:";
  absl::StatusOr<std::unique_ptr<Store>> opened = Store::Open(url, options_);
  ASSERT_TRUE(opened.ok()) << opened.status();
  store_ = *std::move(opened);
}

}  // namespace navo::contract
