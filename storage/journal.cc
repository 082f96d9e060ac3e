#include "storage/journal.h"

#include <algorithm>

#include "storage/status_macros.h"
#include "storage/tx.h"

namespace navo::storage {
namespace {

constexpr Sql kHistory(
    "SELECT stream, seq, participant_key, subject, act, record_key, record_id, controller_key,"
    " unit_key, principal_key, version, time_us, retention_class, key_id, body"
    " FROM journal WHERE participant_key = $1 AND ($2 >> subject) & 1 = 1 ORDER BY seq");

constexpr Sql kRecordHistory(
    "SELECT stream, seq, participant_key, subject, act, record_key, record_id, controller_key,"
    " unit_key, principal_key, version, time_us, retention_class, key_id, body"
    " FROM journal WHERE participant_key = $1 AND subject = $2 AND record_key = $3 ORDER BY seq");

constexpr Sql kAfter(
    "SELECT stream, seq, participant_key, subject, act, record_key, record_id, controller_key,"
    " unit_key, principal_key, version, time_us, retention_class, key_id, body"
    " FROM journal WHERE stream = $1 AND seq > $2 ORDER BY seq LIMIT $3");

constexpr Sql kHead("SELECT seq FROM stream_head WHERE stream = $1");

constexpr Sql kTakeNumbers("UPDATE stream_head SET seq = seq + $2 WHERE stream = $1 RETURNING seq");

constexpr Sql kAdd(
    "INSERT INTO journal (stream, seq, participant_key, subject, act, record_key, record_id,"
    " controller_key, unit_key, principal_key, version, time_us, retention_class, key_id, body)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)");

// Ties that ended count too: the change may stand beside the end of the tie in one closure.
constexpr Sql kAddAccessChange(
    "INSERT INTO access_change (unit_key, stream, seq, participant_key, kind, ground_key, state,"
    " detail) SELECT unit_key, CAST($1 AS SMALLINT), CAST($2 AS BIGINT), participant_key,"
    " CAST($3 AS SMALLINT), CAST($4 AS BIGINT), CAST($5 AS SMALLINT), CAST($6 AS SMALLINT)"
    " FROM tie WHERE participant_key = $7 AND ($8 = 0 OR controller_key = $8)"
    " AND ($9 = 0 OR unit_key = $9)");

JournalRow RowOf(const Row& row) {
  return {
      .stream = static_cast<int>(row.Int64(0)),
      .seq = row.Int64(1),
      .participant_key = row.Int64(2),
      .subject = static_cast<JournalSubject>(row.Int64(3)),
      .act = static_cast<JournalAct>(row.Int64(4)),
      .record_key = row.Int64(5),
      .record_id = row.Text(6),
      .author = {row.Int64(7), row.Int64(8), row.Int64(9)},
      .version = row.Int64(10),
      .time_us = row.Int64(11),
      .retention_class = row.Int64(12),
      .key_id = row.Int64(13),
      .body = row.Bytes(14),
  };
}

absl::Status Add(WriteTx& tx, int stream, int64_t seq, const JournalEntry& entry) {
  NAVO_RETURN_IF_ERROR(tx.Run(
      kAdd, {stream, seq, entry.participant_key, static_cast<int64_t>(entry.subject),
             static_cast<int64_t>(entry.act), entry.record_key, entry.record_id,
             entry.author.controller_key, entry.author.unit_key, entry.author.principal_key,
             entry.version, tx.now_us(), entry.retention_class, entry.key_id, Blob(entry.body)}));
  const AccessBefore& before = entry.before;
  if (before.kind == AccessBefore::Kind::kNone) return absl::OkStatus();
  return tx.Run(kAddAccessChange, {stream, seq, static_cast<int64_t>(before.kind),
                                   before.ground_key, before.state, int64_t{before.detail ? 1 : 0},
                                   entry.participant_key, before.controller_key, before.unit_key});
}

}  // namespace

absl::Status ReadHistory(ReadTx& tx, int64_t participant_key,
                         absl::Span<const JournalSubject> subjects, JournalFn fn) {
  int64_t mask = 0;
  for (const JournalSubject subject : subjects) mask |= int64_t{1} << static_cast<int>(subject);
  return tx.Each(kHistory, {participant_key, mask},
                 [&](const Row& row) -> absl::Status { return fn(RowOf(row)); });
}

absl::Status ReadRecordHistory(ReadTx& tx, int64_t participant_key, JournalSubject subject,
                               int64_t record_key, JournalFn fn) {
  return tx.Each(kRecordHistory, {participant_key, static_cast<int64_t>(subject), record_key},
                 [&](const Row& row) -> absl::Status { return fn(RowOf(row)); });
}

absl::Status ReadAfter(ReadTx& tx, int stream, int64_t seq, int64_t limit, JournalFn fn) {
  return tx.Each(kAfter, {stream, seq, limit},
                 [&](const Row& row) -> absl::Status { return fn(RowOf(row)); });
}

absl::StatusOr<int64_t> StreamHead(ReadTx& tx, int stream) {
  absl::StatusOr<std::optional<int64_t>> seq = tx.Number(kHead, {stream});
  if (!seq.ok()) return seq.status();
  if (!seq->has_value()) return MakeSqlError(SqlError::kCorrupt);
  return **seq;
}

absl::StatusOr<ParticipantHeads> ReadParticipantHeads(ReadTx& tx) {
  ParticipantHeads heads{};
  NAVO_RETURN_IF_ERROR(tx.Each(
      "SELECT stream, seq FROM stream_head WHERE stream < 16 ORDER BY stream", {},
      [&heads](const Row& row) { heads[static_cast<size_t>(row.Int64(0))] = row.Int64(1); }));
  return heads;
}

absl::StatusOr<int64_t> StreamHeadAfter(WriteTx& tx, int stream) {
  absl::StatusOr<int64_t> seq = StreamHead(tx, stream);
  if (!seq.ok()) return seq;
  const std::vector<JournalEntry>& entries = tx.journal();
  return *seq + std::count_if(entries.begin(), entries.end(), [stream](const JournalEntry& entry) {
    return StreamOf(entry.participant_key) == stream;
  });
}

absl::Status WriteJournal(WriteTx& tx, StreamSet& touched) {
  const std::vector<JournalEntry>& entries = tx.journal();
  for (size_t first = 0; first < entries.size();) {
    const int stream = StreamOf(entries[first].participant_key);
    size_t end = first + 1;
    while (end < entries.size() && StreamOf(entries[end].participant_key) == stream) ++end;
    const auto count = static_cast<int64_t>(end - first);
    absl::StatusOr<int64_t> last = tx.Insert(kTakeNumbers, {stream, count});
    if (!last.ok()) return last.status();
    for (int64_t seq = *last - count + 1; first < end; ++first, ++seq) {
      if (absl::Status status = Add(tx, stream, seq, entries[first]); !status.ok()) return status;
    }
    touched.set(static_cast<size_t>(stream));
  }
  return absl::OkStatus();
}

}  // namespace navo::storage
