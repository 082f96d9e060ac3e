#ifndef NAVO_SERVICES_ACCESS_LOG_SEALER_H_
#define NAVO_SERVICES_ACCESS_LOG_SEALER_H_

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "storage/clock.h"
#include "storage/log_checkpoint.h"
#include "storage/store.h"

namespace navo::services {

struct SealerOptions {
  int64_t every_rows = 10'000;              // a checkpoint after so many rows
  absl::Duration every = absl::Minutes(5);  // or so long after the one before, if there are rows
  absl::Duration look_every = absl::Milliseconds(250);
  // How many whole months of the access log are kept besides the current one; 0 keeps everything.
  int retain_months = 0;
  // After a checkpoint is durable, and when one could not be made; on the sealer's thread.
  std::function<void(const storage::LogCheckpoint&)> on_checkpoint;
  std::function<void(const absl::Status&)> on_fault;
};

// The yyyymm of an instant in Europe/Oslo, and the instant that month ends. Pure.
int64_t MonthInOslo(absl::Time instant);
absl::Time EndOfMonth(int64_t month);
// So many months earlier.
int64_t MonthsBefore(int64_t month, int months);

// Signs checkpoints of the access log on a thread of its own: it reads what is durable, signs, and
// hands the writer one small row, so that no commit waits for it. Closes each month that is over
// with a checkpoint of its own, and removes months that are older than the retention, a few rows at
// a time. What was not signed when the process died is signed after the next start.
class LogSealer {
 public:
  // `store` and `clock` outlive it. The thread starts with Start.
  LogSealer(storage::Store& store, storage::Clock& clock, storage::LogSigner signer,
            SealerOptions options);
  // Signs what is not signed yet, then ends.
  ~LogSealer();
  LogSealer(const LogSealer&) = delete;
  LogSealer& operator=(const LogSealer&) = delete;

  // Keeps the public key and the words of the log's numbers in the database, then starts looking.
  // Errors: the store's.
  absl::Status Start();

  const storage::LogSigner& signer() const { return signer_; }

 private:
  void Loop();
  // One look: what is due. Errors: the store's; the next look tries again.
  absl::Status Look(bool last);
  absl::Status CloseMonths();
  absl::Status SealHead(bool last);
  absl::Status Retain();
  absl::Status Add(storage::LogCheckpoint checkpoint);
  // The checkpoint that would come next, of the row at `position`.
  absl::StatusOr<storage::LogCheckpoint> Next(int64_t position, storage::CheckpointKind kind,
                                              int64_t month);

  storage::Store& store_;
  storage::Clock& clock_;
  const storage::LogSigner signer_;
  const SealerOptions options_;
  int64_t looked_month_ = 0;  // all months before it are closed, as far as this process saw

  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_ACCESS_LOG_SEALER_H_
