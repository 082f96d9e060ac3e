#include "clients/load/store_yardstick.h"

#include <sqlite3.h>

#include <array>
#include <chrono>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/load/dice.h"
#include "storage/uuid.h"

namespace navo::load {
namespace {

// As the server's writer has them (storage/store_options.h).
constexpr char kSettings[] =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
    "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000;";

constexpr const char* kTexts[] = {
    "BEGIN IMMEDIATE",
    "COMMIT",
    "INSERT INTO follow_up (id, participant_key, controller_key, unit_key, principal_key, type,"
    " occurred_us, step_id, version, retention_class, key_id, body)"
    " VALUES (?1, ?2, 1, ?3, ?4, 1, ?5, x'', 1, 1, 0, ?6)",
    "UPDATE tie SET last_follow_up_day = ?3 WHERE participant_key = ?1 AND unit_key = ?2",
    "UPDATE stream_head SET seq = seq + 1 WHERE stream = ?1",
    "INSERT INTO journal (stream, seq, participant_key, subject, act, record_key, record_id,"
    " controller_key, unit_key, principal_key, version, time_us, retention_class, key_id, body)"
    " VALUES (?1, ?2, ?3, 12, 1, ?4, ?5, 1, ?6, ?7, 1, ?8, 1, 0, ?9)",
    "INSERT INTO request (principal_key, request_id, rpc, body_hash, answer, time_us,"
    " retention_class, key_id) VALUES (?1, ?2, 80, ?3, ?4, ?5, 0, 0)",
    "INSERT INTO access_log (position, time_us, participant_key, principal_key, unit_key, role,"
    " relation, act, rpc, shown, shown_through, withheld, purpose, ground_key, decision, reason,"
    " revision, chain)"
    " VALUES (?1, ?2, ?3, ?4, ?5, 1, 2, ?6, 80, 0, 0, 0, 1, 0, 1, 0, ?7, ?8)"};
enum Index : size_t {
  kBegin,
  kCommit,
  kFollowUp,
  kTie,
  kHead,
  kJournal,
  kRequest,
  kLog,
  kStatements
};

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

// Binds its values in order, runs and resets.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  Statement& Number(int64_t value) {
    sqlite3_bind_int64(statement_, ++bound_, value);
    return *this;
  }
  Statement& Bytes(const std::string& value) {
    sqlite3_bind_blob64(statement_, ++bound_, value.data(), value.size(), SQLITE_STATIC);
    return *this;
  }
  Statement& Text(const std::string& value) {
    sqlite3_bind_text64(statement_, ++bound_, value.data(), value.size(), SQLITE_STATIC,
                        SQLITE_UTF8);
    return *this;
  }
  bool Run() {
    const bool done = sqlite3_step(statement_) == SQLITE_DONE;
    sqlite3_reset(statement_);
    return done;
  }

 private:
  sqlite3_stmt* statement_;
  int bound_ = 0;
};

struct Tie {
  int64_t participant_key;
  int64_t unit_key;
  int64_t principal_key;
};

class Yardstick final : public StoreYardstick {
 public:
  explicit Yardstick(const WriteShape& shape)
      : body_(static_cast<size_t>(shape.body_bytes), 'b'),
        answer_(static_cast<size_t>(shape.answer_bytes), 'a'),
        dice_(static_cast<uint64_t>(absl::ToUnixNanos(absl::Now()))) {}

  absl::Status Prepare(const std::string& path) {
    sqlite3* database = nullptr;
    const int opened = sqlite3_open_v2(path.c_str(), &database,
                                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    database_.reset(database);
    if (opened != SQLITE_OK) return absl::UnavailableError("cannot open " + path);
    if (sqlite3_exec(database, kSettings, nullptr, nullptr, nullptr) != SQLITE_OK) return Wrong();
    for (size_t i = 0; i < kStatements; ++i) {
      sqlite3_stmt* statement = nullptr;
      sqlite3_prepare_v3(database, kTexts[i], -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
      if (statement == nullptr) return Wrong();
      statements_[i].reset(statement);
    }
    return ReadWhereItStands();
  }

  absl::StatusOr<double> Run(absl::Duration window) override {
    const auto begin = std::chrono::steady_clock::now();
    const auto end = begin + absl::ToChronoNanoseconds(window);
    int64_t writes = 0;
    while (std::chrono::steady_clock::now() < end) {
      if (!Group()) return Wrong();
      writes += kGroup;
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    return static_cast<double>(writes) / took.count();
  }

 private:
  absl::Status Wrong() const {
    return absl::InternalError(absl::StrCat("S: ", sqlite3_errmsg(database_.get())));
  }
  Statement Get(Index index) { return Statement(statements_[index].get()); }

  absl::Status ReadWhereItStands() {
    const auto each = [this](const char* text, auto fn) {
      sqlite3_stmt* raw = nullptr;
      sqlite3_prepare_v2(database_.get(), text, -1, &raw, nullptr);
      const std::unique_ptr<sqlite3_stmt, Close> statement(raw);
      int code = SQLITE_ERROR;
      while (raw != nullptr && (code = sqlite3_step(raw)) == SQLITE_ROW) fn(raw);
      return code == SQLITE_DONE;
    };
    const bool read =
        each("SELECT seq FROM stream_head ORDER BY stream",
             [this](sqlite3_stmt* row) { heads_.push_back(sqlite3_column_int64(row, 0)); }) &&
        each("SELECT max(position) FROM access_log",
             [this](sqlite3_stmt* row) { position_ = sqlite3_column_int64(row, 0); }) &&
        each(
            "SELECT participant_key, unit_key, principal_key FROM tie WHERE controller_key = 1"
            " ORDER BY participant_key",
            [this](sqlite3_stmt* row) {
              ties_.push_back({sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1),
                               sqlite3_column_int64(row, 2)});
            });
    if (!read) return Wrong();
    return ties_.empty() ? absl::NotFoundError("S: the database has no ties") : absl::OkStatus();
  }

  bool Group() {
    if (!Get(kBegin).Run()) return false;
    std::array<const Tie*, kGroup> written{};
    for (const Tie*& tie : written) {
      tie = &ties_[static_cast<size_t>(dice_.Below(static_cast<int>(ties_.size())))];
      if (!WriteFollowUp(*tie)) return false;
    }
    for (const Tie* tie : written) {
      if (!WriteLog(*tie)) return false;
    }
    return Get(kCommit).Run();
  }

  bool WriteFollowUp(const Tie& tie) {
    const std::string id = dice_.UuidBytes();
    const std::string id_text = storage::UuidText(id);
    const int64_t now_us = absl::ToUnixMicros(absl::Now());
    if (!Get(kFollowUp)
             .Bytes(id)
             .Number(tie.participant_key)
             .Number(tie.unit_key)
             .Number(tie.principal_key)
             .Number(now_us)
             .Bytes(body_)
             .Run()) {
      return false;
    }
    const int64_t key = sqlite3_last_insert_rowid(database_.get());
    const int64_t stream = tie.participant_key % 16;
    return Get(kTie).Number(tie.participant_key).Number(tie.unit_key).Number(++day_).Run() &&
           Get(kRequest)
               .Number(tie.principal_key)
               .Text(storage::UuidText(dice_.UuidBytes()))
               .Bytes(hash_)
               .Bytes(answer_)
               .Number(now_us)
               .Run() &&
           Get(kHead).Number(stream).Run() &&
           Get(kJournal)
               .Number(stream)
               .Number(++heads_[static_cast<size_t>(stream)])
               .Number(tie.participant_key)
               .Number(key)
               .Text(id_text)
               .Number(tie.unit_key)
               .Number(tie.principal_key)
               .Number(now_us)
               .Bytes(body_)
               .Run();
  }

  bool WriteLog(const Tie& tie) {
    const std::string act = dice_.UuidBytes();
    return Get(kLog)
        .Number(++position_)
        .Number(absl::ToUnixMicros(absl::Now()))
        .Number(tie.participant_key)
        .Number(tie.principal_key)
        .Number(tie.unit_key)
        .Bytes(act)
        .Number(heads_[static_cast<size_t>(tie.participant_key % 16)])
        .Bytes(hash_)
        .Run();
  }

  const std::string body_;
  const std::string answer_;
  const std::string hash_ = std::string(32, 'h');
  Dice dice_;
  std::unique_ptr<sqlite3, Close> database_;
  std::array<std::unique_ptr<sqlite3_stmt, Close>, kStatements> statements_;
  std::vector<int64_t> heads_;
  std::vector<Tie> ties_;
  int64_t position_ = 0;
  int64_t day_ = 30'000;
};

}  // namespace

absl::StatusOr<std::unique_ptr<StoreYardstick>> StoreYardstick::Open(const std::string& database,
                                                                     const WriteShape& shape) {
  auto yardstick = std::make_unique<Yardstick>(shape);
  if (absl::Status status = yardstick->Prepare(database); !status.ok()) return status;
  return yardstick;
}

}  // namespace navo::load
