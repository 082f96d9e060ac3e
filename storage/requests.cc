#include "storage/requests.h"

#include "storage/tx.h"

namespace navo::storage {
namespace {

constexpr Sql kFind(
    "SELECT rpc, body_hash, answer, key_id FROM request"
    " WHERE principal_key = $1 AND request_id = $2 AND time_us > $3");

constexpr Sql kStore(
    "INSERT INTO request (principal_key, request_id, rpc, body_hash, answer, time_us,"
    " retention_class, key_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");

constexpr Sql kForgetExpired(
    "DELETE FROM request WHERE principal_key = $1 AND request_id = $2 AND time_us <= $3");

constexpr Sql kPurge(
    "DELETE FROM request WHERE (principal_key, request_id) IN"
    " (SELECT principal_key, request_id FROM request WHERE time_us <= $1"
    " ORDER BY time_us, principal_key, request_id LIMIT $2)");

// Answers of this time or earlier are expired.
int64_t LastExpired(absl::Time now) { return absl::ToUnixMicros(now - kAnswerLifetime); }

}  // namespace

absl::StatusOr<std::optional<KeptAnswer>> FindAnswer(ReadTx& tx, int64_t principal_key,
                                                     std::string_view request_id, absl::Time now) {
  std::optional<KeptAnswer> kept;
  absl::StatusOr<bool> found =
      tx.First(kFind, {principal_key, request_id, LastExpired(now)}, [&kept](const Row& row) {
        kept = KeptAnswer{.rpc = row.Int64(0),
                          .body_hash = std::string(row.Bytes(1)),
                          .answer = std::string(row.Bytes(2)),
                          .key_id = row.Int64(3)};
      });
  if (!found.ok()) return found.status();
  return kept;
}

absl::Status StoreAnswer(WriteTx& tx, int64_t principal_key, std::string_view request_id,
                         const KeptAnswer& answer, int64_t retention_class) {
  const Value values[] = {principal_key,       request_id,  answer.rpc,      Blob(answer.body_hash),
                          Blob(answer.answer), tx.now_us(), retention_class, answer.key_id};
  absl::Status status = tx.Run(kStore, values);
  if (SqlErrorOf(status) != SqlError::kUniqueViolation) return status;
  absl::Status forgotten =
      tx.Run(kForgetExpired, {principal_key, request_id, LastExpired(tx.now())});
  if (!forgotten.ok()) return forgotten;
  return tx.changes() == 0 ? status : tx.Run(kStore, values);
}

absl::StatusOr<int64_t> PurgeExpired(WriteTx& tx, int64_t limit) {
  if (absl::Status status = tx.Run(kPurge, {LastExpired(tx.now()), limit}); !status.ok()) {
    return status;
  }
  return tx.changes();
}

}  // namespace navo::storage
