#include "clients/audit/log_file.h"

#include <filesystem>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "storage/sql/sqlite.h"

namespace navo::audit {
namespace {

using storage::Blob;
using storage::Row;
using storage::Sql;

constexpr int64_t kRowsAtOnce = 20'000;
constexpr int64_t kCheckpointsAtOnce = 1'000;
constexpr int64_t kCacheBytes = 16 << 20;

constexpr Sql kRows(
    "SELECT position, time_us, participant_key, principal_key, unit_key, role, relation, act, rpc,"
    " shown, shown_through, withheld, purpose, ground_key, decision, reason, revision, chain"
    " FROM access_log WHERE position > $1 ORDER BY position LIMIT $2");
constexpr Sql kNewest("SELECT position FROM access_log ORDER BY position DESC LIMIT 1");
constexpr Sql kFindChain(
    "SELECT position FROM access_log WHERE chain = $1 AND position <> $2"
    " ORDER BY position LIMIT 1");
constexpr Sql kCheckpoints(
    "SELECT number, position, chain, time_us, kind, month, key_id, signature FROM log_checkpoint"
    " WHERE number > $1 ORDER BY number LIMIT $2");
constexpr Sql kDropped(
    "SELECT number, position, chain, time_us, kind, month, key_id, signature FROM log_checkpoint"
    " WHERE kind = 3 ORDER BY number DESC LIMIT 1");
constexpr Sql kKeys("SELECT key_id, public_key FROM log_key ORDER BY key_id");
constexpr Sql kMeta("SELECT database_id FROM meta WHERE meta_key = 1");

void Fill(const Row& row, LogRow& target) {
  int column = 0;
  target.position = row.Int64(column++);
  for (int64_t& number : target.before_act) number = row.Int64(column++);
  target.act.assign(row.Bytes(column++));
  for (int64_t& number : target.after_act) number = row.Int64(column++);
  target.chain.assign(row.Bytes(column));
}

Checkpoint CheckpointOf(const Row& row) {
  return {.number = row.Int64(0),
          .position = row.Int64(1),
          .chain = std::string(row.Bytes(2)),
          .time_us = row.Int64(3),
          .kind = row.Int64(4),
          .month = row.Int64(5),
          .key_id = std::string(row.Text(6)),
          .signature = std::string(row.Bytes(7))};
}

}  // namespace

std::string SignedText(const std::string& database_id, const Checkpoint& checkpoint) {
  return absl::StrCat("navo access log checkpoint 1\ndatabase ", database_id, "\nnumber ",
                      checkpoint.number, "\nposition ", checkpoint.position, "\nchain ",
                      absl::BytesToHexString(checkpoint.chain), "\ntime_us ", checkpoint.time_us,
                      "\nkind ", checkpoint.kind, "\nmonth ", checkpoint.month, "\nkey ",
                      checkpoint.key_id, "\n");
}

absl::StatusOr<LogFile> LogFile::Open(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    return absl::NotFoundError(absl::StrCat("there is no database file ", path));
  }
  auto connection = storage::OpenSqlite(path, {.read_only = true, .cache_bytes = kCacheBytes});
  if (!connection.ok()) {
    return absl::FailedPreconditionError(absl::StrCat("cannot read ", path));
  }
  LogFile file(*std::move(connection));
  const absl::Status meta = file.Each(kMeta, {}, [&file](const Row& row) {
    file.database_id_ = row.Text(0);
    return false;
  });
  const absl::StatusOr<PublicKeys> keys = meta.ok() ? file.Keys() : meta;
  if (!keys.ok()) {
    return absl::FailedPreconditionError(
        absl::StrCat(path,
                     " cannot be read as a database with checkpoints: if it is a copy, it "
                     "needs its -wal file and a folder that may be written to; if it is of "
                     "an older version, start the server on it once"));
  }
  return file;
}

absl::Status LogFile::Each(Sql sql, storage::Values values,
                           const std::function<bool(const Row&)>& fn) {
  absl::StatusOr<storage::Statement*> statement = connection_->Prepare(sql);
  if (!statement.ok()) return statement.status();
  absl::Status status = (*statement)->Bind(values);
  while (status.ok()) {
    absl::StatusOr<const Row*> row = (*statement)->Step();
    status = row.status();
    if (!status.ok() || *row == nullptr || !fn(**row)) break;
  }
  (*statement)->Reset();
  return status;
}

absl::Status LogFile::EachRow(int64_t after, const std::function<bool(const LogRow&)>& fn) {
  LogRow read;
  bool more = true;
  for (int64_t count = kRowsAtOnce; more && count == kRowsAtOnce;) {
    count = 0;
    const absl::Status status = Each(kRows, {after, kRowsAtOnce}, [&](const Row& row) {
      ++count;
      Fill(row, read);
      after = read.position;
      return more = fn(read);
    });
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<LogRow>> LogFile::RowAt(int64_t position) {
  std::optional<LogRow> found;
  const absl::Status status = Each(kRows, {position - 1, 1}, [&](const Row& row) {
    if (row.Int64(0) == position) Fill(row, found.emplace());
    return false;
  });
  if (!status.ok()) return status;
  return found;
}

absl::StatusOr<int64_t> LogFile::Newest() {
  int64_t newest = 0;
  const absl::Status status = Each(kNewest, {}, [&newest](const Row& row) {
    newest = row.Int64(0);
    return false;
  });
  if (!status.ok()) return status;
  return newest;
}

absl::StatusOr<int64_t> LogFile::FindChain(const std::string& chain, int64_t position) {
  int64_t found = 0;
  const absl::Status status = Each(kFindChain, {Blob(chain), position}, [&found](const Row& row) {
    found = row.Int64(0);
    return false;
  });
  if (!status.ok()) return status;
  return found;
}

absl::Status LogFile::EachCheckpoint(const std::function<void(const Checkpoint&)>& fn) {
  int64_t after = 0;
  for (int64_t count = kCheckpointsAtOnce; count == kCheckpointsAtOnce;) {
    count = 0;
    std::vector<Checkpoint> read;  // `fn` may ask for rows
    const absl::Status status =
        Each(kCheckpoints, {after, kCheckpointsAtOnce}, [&](const Row& row) {
          ++count;
          read.push_back(CheckpointOf(row));
          after = read.back().number;
          return true;
        });
    if (!status.ok()) return status;
    for (const Checkpoint& checkpoint : read) fn(checkpoint);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Checkpoint>> LogFile::Dropped() {
  std::optional<Checkpoint> found;
  const absl::Status status = Each(kDropped, {}, [&found](const Row& row) {
    found = CheckpointOf(row);
    return false;
  });
  if (!status.ok()) return status;
  return found;
}

absl::StatusOr<PublicKeys> LogFile::Keys() {
  PublicKeys keys;
  const absl::Status status = Each(kKeys, {}, [&keys](const Row& row) {
    keys.emplace(std::string(row.Text(0)), std::string(row.Bytes(1)));
    return true;
  });
  if (!status.ok()) return status;
  return keys;
}

}  // namespace navo::audit
