#ifndef NAVO_STORAGE_LOG_CHECKPOINT_H_
#define NAVO_STORAGE_LOG_CHECKPOINT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/access_log.h"
#include "storage/crypto.h"
#include "storage/tx.h"

// Signed checkpoints of the access log. The chain shows that rows were changed as long as its end
// is known; a checkpoint vouches for that end with a key that is not in the database, so whoever
// can write the file can neither rewrite what stands before one nor cut it off unseen.
namespace navo::storage {

// Stored and signed: never renumber.
enum class CheckpointKind : int16_t {
  kRegular = 1,
  kMonth = 2,    // the newest row of a month that is over: what stands up to here may go as a whole
  kDropped = 3,  // from here on rows up to this position may be gone
};

struct LogCheckpoint {
  int64_t number = 0;    // 1, 2, 3 ... without gaps
  int64_t position = 0;  // of the newest row it vouches for
  ChainHash chain{};     // of that row
  int64_t time_us = 0;
  CheckpointKind kind = CheckpointKind::kRegular;
  int64_t month = 0;      // yyyymm of kMonth and kDropped, else 0
  std::string key_id;     // given by LogSigner
  std::string signature;  // 64 bytes, given by LogSigner
};

// What is signed: lines "name value", so that it can be checked with nothing but openssl.
std::string CheckpointText(std::string_view database_id, const LogCheckpoint& checkpoint);

// Signs for one database with one key. Immutable; any thread.
class LogSigner {
 public:
  LogSigner(const SecretKey& key, std::string database_id);

  void Sign(LogCheckpoint& checkpoint) const;
  const std::string& public_key() const { return public_key_; }  // 32 bytes
  // The first 16 hex digits of the SHA-256 of the public key.
  const std::string& key_id() const { return key_id_; }

 private:
  const SecretKey key_;
  const std::string database_id_;
  const std::string public_key_;
  const std::string key_id_;
};

// The newest checkpoint, of any kind or of one; nullopt when there is none.
absl::StatusOr<std::optional<LogCheckpoint>> LastCheckpoint(ReadTx& tx);
absl::StatusOr<std::optional<LogCheckpoint>> LastCheckpoint(ReadTx& tx, CheckpointKind kind);
// The seal of the newest month not after `month` (yyyymm) that has one.
absl::StatusOr<std::optional<LogCheckpoint>> FindMonthSeal(ReadTx& tx, int64_t month);
// ALREADY_EXISTS when the number is taken.
absl::Status AddCheckpoint(WriteTx& tx, const LogCheckpoint& checkpoint);

// The row at a position as the chain's end; nullopt when it is not there.
absl::StatusOr<std::optional<LogHead>> FindLogRow(ReadTx& tx, int64_t position);
// The position and time of the oldest row; position 0 when the log is empty.
struct LogPlace {
  int64_t position = 0;
  int64_t time_us = 0;
};
absl::StatusOr<LogPlace> OldestLogRow(ReadTx& tx);
// The first row after a position; position 0 when there is none.
absl::StatusOr<LogPlace> NextLogRow(ReadTx& tx, int64_t position);
// The newest position whose row is older than `time_us`, looking between two positions, where rows
// stand in the order of time; `after` when there is none. About 25 statements.
absl::StatusOr<int64_t> LastPositionBefore(ReadTx& tx, int64_t time_us, int64_t after,
                                           int64_t newest);

// Removes the oldest rows up to `position`, at most `limit`; how many.
absl::StatusOr<int64_t> DropLogRows(WriteTx& tx, int64_t position, int64_t limit);

// Keeps a public key for those who verify, and a word for a number; nothing when it is there.
absl::Status KeepLogKey(WriteTx& tx, std::string_view key_id, std::string_view public_key);
enum class LogWord : int16_t { kMethod = 1, kReason = 2 };  // stored: never renumber
absl::Status KeepLogWord(WriteTx& tx, LogWord kind, int64_t number, std::string_view word);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_LOG_CHECKPOINT_H_
