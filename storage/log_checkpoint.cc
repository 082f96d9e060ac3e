#include "storage/log_checkpoint.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "storage/ed25519.h"
#include "storage/status_macros.h"

namespace navo::storage {
namespace {

constexpr size_t kKeyIdBytes = 8;

constexpr Sql kLast(
    "SELECT number, position, chain, time_us, kind, month, key_id, signature FROM log_checkpoint"
    " ORDER BY number DESC LIMIT 1");
constexpr Sql kLastOfKind(
    "SELECT number, position, chain, time_us, kind, month, key_id, signature FROM log_checkpoint"
    " WHERE kind = $1 ORDER BY number DESC LIMIT 1");
constexpr Sql kMonthSeal(
    "SELECT number, position, chain, time_us, kind, month, key_id, signature FROM log_checkpoint"
    " WHERE kind = 2 AND month <= $1 ORDER BY number DESC LIMIT 1");
constexpr Sql kAdd(
    "INSERT INTO log_checkpoint (number, position, chain, time_us, kind, month, key_id, signature)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
constexpr Sql kRowAt("SELECT position, chain FROM access_log WHERE position = $1");
constexpr Sql kNextRow(
    "SELECT position, time_us FROM access_log WHERE position > $1 ORDER BY position LIMIT 1");
constexpr Sql kDrop("DELETE FROM access_log WHERE position <= $1");
constexpr Sql kKeepKey(
    "INSERT INTO log_key (key_id, public_key, since_us) VALUES ($1, $2, $3)"
    " ON CONFLICT DO NOTHING");
constexpr Sql kKeepWord(
    "INSERT INTO log_word (kind, number, word) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");

std::string_view View(const ChainHash& chain) {
  return {reinterpret_cast<const char*>(chain.data()), chain.size()};
}

ChainHash ChainFrom(std::string_view bytes) {
  ChainHash chain{};
  std::memcpy(chain.data(), bytes.data(), std::min(bytes.size(), chain.size()));
  return chain;
}

std::string Hex(std::string_view bytes) {
  return absl::BytesToHexString(absl::string_view(bytes.data(), bytes.size()));
}

absl::StatusOr<std::optional<LogCheckpoint>> FirstOf(ReadTx& tx, Sql sql, Values values) {
  LogCheckpoint checkpoint;
  NAVO_ASSIGN_OR_RETURN(const bool found, tx.First(sql, values, [&checkpoint](const Row& row) {
    checkpoint = {.number = row.Int64(0),
                  .position = row.Int64(1),
                  .chain = ChainFrom(row.Bytes(2)),
                  .time_us = row.Int64(3),
                  .kind = static_cast<CheckpointKind>(row.Int64(4)),
                  .month = row.Int64(5),
                  .key_id = std::string(row.Text(6)),
                  .signature = std::string(row.Bytes(7))};
  }));
  if (!found) return std::optional<LogCheckpoint>();
  return std::optional<LogCheckpoint>(std::move(checkpoint));
}

}  // namespace

std::string CheckpointText(std::string_view database_id, const LogCheckpoint& checkpoint) {
  return absl::StrCat("navo access log checkpoint 1\ndatabase ", std::string(database_id),
                      "\nnumber ", checkpoint.number, "\nposition ", checkpoint.position,
                      "\nchain ", Hex(View(checkpoint.chain)), "\ntime_us ", checkpoint.time_us,
                      "\nkind ", static_cast<int>(checkpoint.kind), "\nmonth ", checkpoint.month,
                      "\nkey ", checkpoint.key_id, "\n");
}

LogSigner::LogSigner(const SecretKey& key, std::string database_id)
    : key_(key),
      database_id_(std::move(database_id)),
      public_key_(Ed25519PublicKey(key)),
      key_id_(Hex(std::string_view(Sha256(public_key_)).substr(0, kKeyIdBytes))) {}

void LogSigner::Sign(LogCheckpoint& checkpoint) const {
  checkpoint.key_id = key_id_;
  checkpoint.signature = Ed25519Sign(key_, CheckpointText(database_id_, checkpoint));
}

absl::StatusOr<std::optional<LogCheckpoint>> LastCheckpoint(ReadTx& tx) {
  return FirstOf(tx, kLast, {});
}

absl::StatusOr<std::optional<LogCheckpoint>> LastCheckpoint(ReadTx& tx, CheckpointKind kind) {
  return FirstOf(tx, kLastOfKind, {static_cast<int64_t>(kind)});
}

absl::StatusOr<std::optional<LogCheckpoint>> FindMonthSeal(ReadTx& tx, int64_t month) {
  return FirstOf(tx, kMonthSeal, {month});
}

absl::Status AddCheckpoint(WriteTx& tx, const LogCheckpoint& checkpoint) {
  return tx.Run(kAdd, {checkpoint.number, checkpoint.position, Blob(View(checkpoint.chain)),
                       checkpoint.time_us, static_cast<int64_t>(checkpoint.kind), checkpoint.month,
                       std::string_view(checkpoint.key_id), Blob(checkpoint.signature)});
}

absl::StatusOr<std::optional<LogHead>> FindLogRow(ReadTx& tx, int64_t position) {
  LogHead head;
  NAVO_ASSIGN_OR_RETURN(const bool found, tx.First(kRowAt, {position}, [&head](const Row& row) {
    head = {row.Int64(0), ChainFrom(row.Bytes(1))};
  }));
  if (!found) return std::optional<LogHead>();
  return std::optional<LogHead>(head);
}

absl::StatusOr<LogPlace> NextLogRow(ReadTx& tx, int64_t position) {
  LogPlace place;
  NAVO_RETURN_IF_ERROR(tx.First(kNextRow, {position}, [&place](const Row& row) {
                           place = {row.Int64(0), row.Int64(1)};
                         }).status());
  return place;
}

absl::StatusOr<LogPlace> OldestLogRow(ReadTx& tx) { return NextLogRow(tx, 0); }

absl::StatusOr<int64_t> LastPositionBefore(ReadTx& tx, int64_t time_us, int64_t after,
                                           int64_t newest) {
  // The row of `low` is older (or before all), that of `high` is not (or behind all).
  int64_t low = after;
  int64_t high = newest + 1;
  while (high - low > 1) {
    const int64_t middle = low + (high - low) / 2;
    NAVO_ASSIGN_OR_RETURN(const LogPlace place, NextLogRow(tx, middle - 1));
    const bool older = place.position != 0 && place.time_us < time_us;
    (older ? low : high) = middle;
  }
  return low;
}

absl::StatusOr<int64_t> DropLogRows(WriteTx& tx, int64_t position, int64_t limit) {
  NAVO_ASSIGN_OR_RETURN(const LogPlace oldest, OldestLogRow(tx));
  if (oldest.position == 0 || oldest.position > position) return 0;
  NAVO_RETURN_IF_ERROR(tx.Run(kDrop, {std::min(position, oldest.position + limit - 1)}));
  return tx.changes();
}

absl::Status KeepLogKey(WriteTx& tx, std::string_view key_id, std::string_view public_key) {
  return tx.Run(kKeepKey, {key_id, Blob(public_key), tx.now_us()});
}

absl::Status KeepLogWord(WriteTx& tx, LogWord kind, int64_t number, std::string_view word) {
  return tx.Run(kKeepWord, {static_cast<int64_t>(kind), number, word});
}

}  // namespace navo::storage
