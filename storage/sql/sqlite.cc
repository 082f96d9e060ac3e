#include "storage/sql/sqlite.h"

#include <sqlite3.h>

#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "storage/sql/gathered_log.h"

namespace navo::storage {
namespace {

// Above this size a full check at start takes too long; the schema and the heads are looked at
// only.
constexpr int64_t kFullCheckBytes = 32 << 20;
constexpr int kBusyTimeoutMs = 5000;
constexpr int kPagesAtOnce = 128;
constexpr std::string_view kUniquePrefix = "UNIQUE constraint failed: ";

SqlError ErrorOf(int extended_code) {
  switch (extended_code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return SqlError::kUniqueViolation;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return SqlError::kForeignKey;
    case SQLITE_CONSTRAINT_NOTNULL:
      return SqlError::kNotNull;
    case SQLITE_IOERR_NOMEM:
      return SqlError::kNoMemory;
    default:
      break;
  }
  switch (extended_code & 0xff) {
    case SQLITE_CONSTRAINT:
      return SqlError::kCheck;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return SqlError::kBusy;
    case SQLITE_FULL:
      return SqlError::kFull;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return SqlError::kIo;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return SqlError::kCorrupt;
    case SQLITE_READONLY:
      return SqlError::kReadOnly;
    case SQLITE_NOMEM:
      return SqlError::kNoMemory;
    default:
      return SqlError::kOther;
  }
}

// The engine's own text is dropped, but for the columns of a violated constraint and for what is
// wrong with a statement's text: neither holds a value.
absl::Status LastError(sqlite3* database) {
  const SqlError error = ErrorOf(sqlite3_extended_errcode(database));
  std::string_view text = sqlite3_errmsg(database);
  if (error == SqlError::kUniqueViolation) {
    if (text.substr(0, kUniquePrefix.size()) == kUniquePrefix)
      text.remove_prefix(kUniquePrefix.size());
    return MakeSqlError(error, text);
  }
  const bool about_text = sqlite3_errcode(database) == SQLITE_ERROR;
  return MakeSqlError(error, about_text ? text : std::string_view());
}

class SqliteStatement final : public Statement, public Row {
 public:
  SqliteStatement(sqlite3* database, sqlite3_stmt* statement)
      : database_(database), statement_(statement) {
    // `$2` is a name to SQLite: it gets its index where it first stands in the text.
    const int count = sqlite3_bind_parameter_count(statement);
    for (int number = 1; number <= count; ++number) {
      const std::string name = absl::StrCat("$", number);
      index_.push_back(sqlite3_bind_parameter_index(statement, name.c_str()));
    }
  }
  ~SqliteStatement() override { sqlite3_finalize(statement_); }
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  // False when it is taken already.
  bool Take() { return !std::exchange(taken_, true); }

  absl::Status Bind(Values values) override {
    if (values.size() != index_.size()) {
      return MakeSqlError(SqlError::kOther, "number of values");
    }
    for (size_t i = 0; i < values.size(); ++i) {
      if (BindOne(index_[i], values[i]) != SQLITE_OK) return LastError(database_);
    }
    return absl::OkStatus();
  }

  absl::StatusOr<const Row*> Step() override {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return static_cast<const Row*>(this);
    if (code == SQLITE_DONE) return static_cast<const Row*>(nullptr);
    return LastError(database_);
  }

  void Reset() override {
    sqlite3_reset(statement_);
    taken_ = false;
  }

  bool IsNull(int column) const override {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  int64_t Int64(int column) const override { return sqlite3_column_int64(statement_, column); }
  std::string_view Text(int column) const override { return Bytes(column); }
  std::string_view Bytes(int column) const override {
    // The pointer first: asking for the length first may convert the value.
    const void* bytes = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return {static_cast<const char*>(bytes), static_cast<size_t>(size)};
  }

 private:
  int BindOne(int index, const Value& value) {
    // A null pointer would bind NULL, so what is empty gets an address.
    if (const auto* number = std::get_if<int64_t>(&value)) {
      return sqlite3_bind_int64(statement_, index, *number);
    }
    if (const auto* text = std::get_if<std::string_view>(&value)) {
      return sqlite3_bind_text64(statement_, index, text->empty() ? "" : text->data(), text->size(),
                                 SQLITE_STATIC, SQLITE_UTF8);
    }
    if (const auto* blob = std::get_if<Blob>(&value)) {
      const std::string_view bytes = blob->bytes;
      return sqlite3_bind_blob64(statement_, index, bytes.empty() ? "" : bytes.data(), bytes.size(),
                                 SQLITE_STATIC);
    }
    return sqlite3_bind_null(statement_, index);
  }

  sqlite3* const database_;
  sqlite3_stmt* const statement_;
  std::vector<int> index_;  // of $1, $2, ...; 0 (which no bind takes) for one that is not there
  bool taken_ = false;
};

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(sqlite3* database, const SqliteOptions& options)
      : database_(database), checkpoint_pages_(options.checkpoint_pages) {}
  ~SqliteConnection() override {
    statements_.clear();
    sqlite3_close(database_);
  }
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  absl::StatusOr<Statement*> Prepare(Sql sql) override {
    std::unique_ptr<SqliteStatement>& kept = statements_[sql.text];
    if (kept == nullptr) {
      sqlite3_stmt* statement = nullptr;
      const int code = sqlite3_prepare_v3(database_, sql.text, -1, SQLITE_PREPARE_PERSISTENT,
                                          &statement, nullptr);
      if (code != SQLITE_OK) return LastError(database_);
      kept = std::make_unique<SqliteStatement>(database_, statement);
    }
    if (!kept->Take()) return MakeSqlError(SqlError::kOther, "statement in use");
    return kept.get();
  }

  absl::Status Script(const std::string& text) override {
    const std::string own = absl::StrReplaceAll(
        text, {{"ROWKEY", "INTEGER PRIMARY KEY"}, {") CLUSTERED;", ") WITHOUT ROWID;"}});
    if (sqlite3_exec(database_, own.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
      return LastError(database_);
    }
    return absl::OkStatus();
  }

  absl::Status Begin(bool writes) override {
    static constexpr Sql kRead("BEGIN");
    static constexpr Sql kWrite("BEGIN IMMEDIATE");
    absl::StatusOr<Statement*> statement = Prepare(writes ? kWrite : kRead);
    if (!statement.ok()) return statement.status();
    absl::Status status = (*statement)->Step().status();
    (*statement)->Reset();
    return status;
  }

  int64_t Changes() const override { return sqlite3_changes64(database_); }
  int64_t TotalChanges() const override { return sqlite3_total_changes64(database_); }
  bool Autocommit() const override { return sqlite3_get_autocommit(database_) != 0; }
  absl::StatusOr<bool> IsEmpty() override {
    absl::StatusOr<int64_t> objects = Number("SELECT count(*) FROM sqlite_schema");
    if (!objects.ok()) return objects.status();
    return *objects == 0;
  }

  absl::Status MarkAsOurs() override {
    return Script(absl::StrCat("PRAGMA application_id = ", kSqliteApplicationId));
  }

  bool NeedsMaintenance() const override { return log_pages_ >= checkpoint_pages_; }

  absl::Status Maintain() override {
    int log_pages = 0;
    int done_pages = 0;
    const int code = sqlite3_wal_checkpoint_v2(database_, nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                               &log_pages, &done_pages);
    // A reader of an old snapshot keeps the log from being reused; waiting for it would stop all
    // writes, so the log grows by another length before the next try.
    log_pages_ = 0;
    if (code != SQLITE_OK && code != SQLITE_BUSY) return LastError(database_);
    return absl::OkStatus();
  }

  void WatchLog() { sqlite3_wal_hook(database_, &NoteCommit, this); }

  absl::Status Check() {
    absl::StatusOr<int64_t> pages = Number("PRAGMA page_count");
    if (!pages.ok()) return pages.status();
    absl::StatusOr<int64_t> objects = Number("SELECT count(*) FROM sqlite_schema");
    if (!objects.ok()) return objects.status();
    absl::StatusOr<int64_t> page_bytes = Number("PRAGMA page_size");
    if (!page_bytes.ok() || *pages * *page_bytes > kFullCheckBytes) return page_bytes.status();
    absl::StatusOr<std::string> verdict = First("PRAGMA quick_check(1)");
    if (!verdict.ok()) return verdict.status();
    return *verdict == "ok" ? absl::OkStatus() : MakeSqlError(SqlError::kCorrupt);
  }

  absl::Status Accept() {
    absl::StatusOr<std::string> mode = First("PRAGMA journal_mode = WAL");
    if (!mode.ok()) return mode.status();
    if (*mode != "wal") return MakeSqlError(SqlError::kIo);
    sqlite3_db_config(database_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
    return absl::OkStatus();
  }

 private:
  static int NoteCommit(void* self, sqlite3*, const char*, int pages) {
    auto* connection = static_cast<SqliteConnection*>(self);
    connection->log_pages_ += pages - connection->last_log_pages_;
    if (pages < connection->last_log_pages_) connection->log_pages_ = pages;  // it began again
    connection->last_log_pages_ = pages;
    return SQLITE_OK;
  }

  absl::StatusOr<std::string> First(const char* text) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(database_, text, -1, &raw, nullptr) != SQLITE_OK) {
      return LastError(database_);
    }
    SqliteStatement statement(database_, raw);
    absl::StatusOr<const Row*> row = statement.Step();
    if (!row.ok()) return row.status();
    return *row == nullptr ? std::string() : std::string((*row)->Text(0));
  }

  absl::StatusOr<int64_t> Number(const char* text) {
    absl::StatusOr<std::string> first = First(text);
    if (!first.ok()) return first.status();
    int64_t number = 0;
    if (!absl::SimpleAtoi(*first, &number)) return MakeSqlError(SqlError::kOther);
    return number;
  }

  sqlite3* const database_;
  const int64_t checkpoint_pages_;
  absl::flat_hash_map<const char*, std::unique_ptr<SqliteStatement>> statements_;
  int64_t log_pages_ = 0;  // written since the last checkpoint
  int64_t last_log_pages_ = 0;
};

std::string Settings(const SqliteOptions& options) {
  std::string text = absl::StrCat(
      "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;",
      "PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864;",
      "PRAGMA synchronous = ", options.durable ? "FULL" : "OFF", ";", "PRAGMA cache_size = -",
      options.cache_bytes / 1024, ";", "PRAGMA mmap_size = ", options.mmap_bytes, ";");
  if (options.max_pages > 0) absl::StrAppend(&text, "PRAGMA max_page_count = ", options.max_pages);
  return text;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Connection>> OpenSqlite(const std::string& path,
                                                       const SqliteOptions& options) {
  // Counting memory takes a lock of the whole process at every allocation: a tenth of the writer's
  // time. It can be turned off before the library's first use only.
  static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(uncounted);
  // A read connection drops its pages whenever somebody has committed. Taken in one piece, they
  // cost nothing to take again.
  static const int in_one_piece = sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, kPagesAtOnce);
  static_cast<void>(in_one_piece);
  sqlite3* database = nullptr;
  const int access = options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  const bool gathers = !options.read_only && options.durable;
  const int code =
      sqlite3_open_v2(path.c_str(), &database, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                      gathers ? GatheredLogVfs() : nullptr);
  if (code != SQLITE_OK) {
    absl::Status status = MakeSqlError(ErrorOf(code));
    sqlite3_close(database);
    return status;
  }
  sqlite3_busy_timeout(database, kBusyTimeoutMs);
  // A page once written is not spoilt by writing the next: the log needs no pages that only fill up
  // a sector.
  int overwrites_safely = 1;
  sqlite3_file_control(database, "main", SQLITE_FCNTL_POWERSAFE_OVERWRITE, &overwrites_safely);
  // A double-quoted word that is no column is an error, not a string; the file's format and
  // shadow tables cannot be written to by statements.
  sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  auto connection = std::make_unique<SqliteConnection>(database, options);
  if (absl::Status status = connection->Script(Settings(options)); !status.ok()) return status;
  connection->WatchLog();  // after the settings: wal_autocheckpoint takes the hook away
  return connection;
}

absl::Status CheckSqlite(Connection& connection) {
  return static_cast<SqliteConnection&>(connection).Check();
}

absl::Status AcceptSqlite(Connection& connection) {
  return static_cast<SqliteConnection&>(connection).Accept();
}

}  // namespace navo::storage
