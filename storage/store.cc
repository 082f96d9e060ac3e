#include "storage/store.h"

#include <future>
#include <optional>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "storage/migrate.h"
#include "storage/reader_pool.h"
#include "storage/sql/sqlite.h"
#include "storage/store_file.h"
#include "storage/writer.h"

namespace navo::storage {
namespace {

constexpr char kReasonUrl[] = "navo.storage/reason";

// In the order in which they may be told apart by their payload; text with a lifetime of the
// program.
constexpr std::string_view kReasons[] = {
    "QUEUE_FULL", "DISK_RESERVE",     "DISK_FULL", "STOPPED",      "NO_FOLDER", "NOT_A_DATABASE",
    "READ_ONLY",  "FOREIGN_DATABASE", "DAMAGED",   "SCHEMA_NEWER", "IN_USE",    "BAD_URL"};

SqliteOptions WriterOptions(const StoreOptions& options, bool durable) {
  return {.durable = durable,
          .cache_bytes = options.cache_bytes,
          .checkpoint_pages = options.checkpoint_pages,
          .max_pages = options.max_pages};
}

SqliteOptions ReaderOptions(const StoreOptions& options) {
  return {.read_only = true,
          .cache_bytes = options.reader_cache_bytes,
          .mmap_bytes = options.mmap_bytes};
}

absl::Status Damaged(const std::string& path) {
  return StoreRefusal(absl::StatusCode::kDataLoss, "DAMAGED", absl::StrCat(path, " is damaged"));
}

absl::Status EndRead(Connection& connection) {
  if (connection.Autocommit()) return absl::OkStatus();
  absl::StatusOr<Statement*> statement = connection.Prepare("COMMIT");
  if (!statement.ok()) return statement.status();
  absl::Status status = (*statement)->Step().status();
  (*statement)->Reset();
  return status;
}

// The end of the access log, if it and the journal's heads agree with what they head.
absl::StatusOr<LogHead> CheckHeads(Connection& connection) {
  ReadTx tx(connection, absl::UnixEpoch(), 1'000);
  for (int stream = 0; stream < kStreams; ++stream) {
    absl::StatusOr<int64_t> head = StreamHead(tx, stream);
    if (!head.ok()) return head.status();
    absl::StatusOr<std::optional<int64_t>> last =
        tx.Number("SELECT max(seq) FROM journal WHERE stream = $1", {stream});
    if (!last.ok()) return last.status();
    // Old rows may have been removed, never the newest ones.
    if (last->value_or(*head) != *head) return MakeSqlError(SqlError::kCorrupt);
  }
  absl::StatusOr<LogHead> head = ReadLogHead(tx);
  if (!head.ok() || head->position < 2) return head;
  LogHead before;
  bool holds = true;
  absl::Status status = ReadLogAfter(tx, head->position - 2, 2, [&](const AccessLogRow& row) {
    if (row.position == head->position) holds = row.chain == ChainOf(before.chain, row);
    before = {row.position, row.chain};
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  if (!holds || before.position != head->position) return MakeSqlError(SqlError::kCorrupt);
  return head;
}

}  // namespace

absl::Status StoreRefusal(absl::StatusCode code, std::string_view reason,
                          std::string_view message) {
  absl::Status status(code, absl::string_view(message.data(), message.size()));
  status.SetPayload(kReasonUrl, absl::Cord(std::string(reason)));
  return status;
}

std::string_view StoreReasonOf(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kReasonUrl);
  if (!payload.has_value()) return {};
  for (const std::string_view reason : kReasons) {
    if (*payload == absl::string_view(reason.data(), reason.size())) return reason;
  }
  return {};
}

// In order of construction: the file outlives every connection to it, and readers close before the
// writer, whose closing tidies the write-ahead log away.
struct Store::Parts {
  Parts(StoreFile claimed, const StoreOptions& options, std::unique_ptr<Connection> connection,
        std::unique_ptr<Connection> second, LogHead head)
      : file(std::move(claimed)),
        clock(*options.clock),
        statement_budget(options.statement_budget),
        writer(std::move(connection), std::move(second), options,
               DiskSpace(file.path(), options.disk_reserve_bytes, options.free_bytes), head),
        readers([path = file.path(),
                 reading = ReaderOptions(options)] { return OpenSqlite(path, reading); },
                options.reader_limit, options.reader_wait) {}

  StoreFile file;
  Clock& clock;
  const int64_t statement_budget;
  Writer writer;
  ReaderPool readers;
};

Store::Store(std::unique_ptr<Parts> parts, std::string database_id)
    : parts_(std::move(parts)), database_id_(std::move(database_id)) {}

// What waits is run while everything is still there: a `done` may read.
Store::~Store() { parts_->writer.Stop(); }

absl::StatusOr<std::unique_ptr<Store>> Store::Open(const std::string& url,
                                                   const StoreOptions& options) {
  absl::StatusOr<StoreFile> file = StoreFile::Claim(url);
  if (!file.ok()) return file.status();
  const std::string path = file->path();
  absl::StatusOr<std::unique_ptr<Connection>> opened =
      OpenSqlite(path, WriterOptions(options, !file->temporary()));
  if (SqlErrorOf(opened.status()) == SqlError::kCorrupt) return Damaged(path);
  if (!opened.ok()) return opened.status();
  Connection& connection = **opened;

  // Nothing is written before all of this has been seen to fit.
  absl::StatusOr<bool> empty = connection.IsEmpty();
  if (!empty.ok() || !CheckSqlite(connection).ok()) return Damaged(path);
  int64_t version = options.schema.back().version;
  if (!*empty) {
    absl::StatusOr<DatabaseMeta> found = ReadMeta(connection, options.schema);
    if (!found.ok()) return found.status();
    if (!CheckHeads(connection).ok()) return Damaged(path);
    version = found->schema_version;
  } else {
    // Before the write-ahead log, so that the file itself says from its first byte whose it is.
    absl::Status status = CreateSchema(connection, options.schema, *options.random);
    if (!status.ok()) return status;
  }
  if (absl::Status status = AcceptSqlite(connection); !status.ok()) return status;
  file->Keep();
  if (absl::Status status = MigrateSchema(connection, options.schema, version); !status.ok()) {
    return status;
  }
  absl::StatusOr<DatabaseMeta> meta = ReadMeta(connection, options.schema);
  if (!meta.ok()) return meta.status();
  absl::StatusOr<LogHead> head = CheckHeads(connection);
  if (!head.ok()) return Damaged(path);
  absl::StatusOr<std::unique_ptr<Connection>> second =
      OpenSqlite(path, {.durable = !file->temporary()});
  if (!second.ok()) return second.status();
  auto parts = std::make_unique<Parts>(*std::move(file), options, *std::move(opened),
                                       *std::move(second), *head);
  return std::unique_ptr<Store>(new Store(std::move(parts), std::move(meta->database_id)));
}

absl::Status Store::Read(absl::FunctionRef<absl::Status(ReadTx&)> fn) {
  if (parts_->writer.failed()) {
    return StoreRefusal(absl::StatusCode::kUnavailable, "STOPPED",
                        "the store does not read any more");
  }
  absl::StatusOr<std::unique_ptr<Connection>> connection = parts_->readers.Take();
  if (!connection.ok()) return connection.status();
  absl::Status status = (*connection)->Begin(false);
  if (status.ok()) {
    ReadTx tx(**connection, parts_->clock.Now(), parts_->statement_budget);
    status = fn(tx);
  }
  // A connection that cannot end its snapshot is of no more use.
  if (!EndRead(**connection).ok()) connection->reset();
  parts_->readers.GiveBack(*std::move(connection));
  return status;
}

void Store::Write(WriteTask task) { parts_->writer.Write(std::move(task)); }

absl::Status Store::WriteAndWait(std::function<absl::Status(WriteTx&)> run) {
  // Shared: the writer may still be leaving set_value when the answer is here.
  auto outcome = std::make_shared<std::promise<absl::Status>>();
  std::future<absl::Status> answer = outcome->get_future();
  Write({.run = std::move(run),
         .done = [outcome](absl::Status status) { outcome->set_value(std::move(status)); },
         .essential = true});
  return answer.get();
}

void Store::OnCommit(std::function<void(const StreamSet& touched)> fn) {
  parts_->writer.OnCommit(std::move(fn));
}

Health Store::health() const { return parts_->writer.health(); }

}  // namespace navo::storage
