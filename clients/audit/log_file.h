// A database file, read and never written: a copy, or the one a server has open.
#ifndef NAVO_CLIENTS_AUDIT_LOG_FILE_H_
#define NAVO_CLIENTS_AUDIT_LOG_FILE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/audit/chain.h"
#include "clients/audit/public_key.h"
#include "storage/sql/sql.h"

namespace navo::audit {

// Kinds of checkpoints; see storage/log_checkpoint.h.
inline constexpr int64_t kMonthClosed = 2;
inline constexpr int64_t kMonthsDropped = 3;

struct Checkpoint {
  int64_t number = 0;
  int64_t position = 0;
  std::string chain;
  int64_t time_us = 0;
  int64_t kind = 0;
  int64_t month = 0;
  std::string key_id;
  std::string signature;
};

// The text a checkpoint's signature is over.
std::string SignedText(const std::string& database_id, const Checkpoint& checkpoint);

// One thread. Rows are read a few at a time, each lot in a snapshot of its own, so that a server
// beside it is not kept from tidying up.
class LogFile {
 public:
  // NOT_FOUND; FAILED_PRECONDITION when it is no database of NAVO or one without checkpoints.
  static absl::StatusOr<LogFile> Open(const std::string& path);

  const std::string& database_id() const { return database_id_; }

  // Rows after a position, in order, until `fn` says false or there are no more.
  absl::Status EachRow(int64_t after, const std::function<bool(const LogRow&)>& fn);
  absl::StatusOr<std::optional<LogRow>> RowAt(int64_t position);
  // The position of the newest row, 0 when there is none.
  absl::StatusOr<int64_t> Newest();
  // The first position but `position` whose row has this chain, 0 when there is none. Reads all.
  absl::StatusOr<int64_t> FindChain(const std::string& chain, int64_t position);

  // Checkpoints by number.
  absl::Status EachCheckpoint(const std::function<void(const Checkpoint&)>& fn);
  // The newest one that says which rows may be gone.
  absl::StatusOr<std::optional<Checkpoint>> Dropped();
  // The public keys that the server left in the file.
  absl::StatusOr<PublicKeys> Keys();

  // Runs one select; `fn` says false to stop.
  absl::Status Each(storage::Sql sql, storage::Values values,
                    const std::function<bool(const storage::Row&)>& fn);

 private:
  explicit LogFile(std::unique_ptr<storage::Connection> connection)
      : connection_(std::move(connection)) {}

  std::unique_ptr<storage::Connection> connection_;
  std::string database_id_;
};

}  // namespace navo::audit

#endif  // NAVO_CLIENTS_AUDIT_LOG_FILE_H_
