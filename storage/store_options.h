#ifndef NAVO_STORAGE_STORE_OPTIONS_H_
#define NAVO_STORAGE_STORE_OPTIONS_H_

#include <cstdint>
#include <functional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "storage/clock.h"
#include "storage/schema/schema.h"
#include "storage/tx.h"

namespace navo::storage {

// Whether the store can do its work. kLowDisk: changes are refused but essential ones, the access
// log goes on. kFailed: nothing is answered; after a failed commit for good.
enum class Health { kServing, kLowDisk, kFailed };

struct StoreOptions {
  Clock* clock = nullptr;    // required, outlives the store
  Random* random = nullptr;  // required, outlives the store
  int reader_limit = 16;     // open read connections; more callers wait for one
  absl::Duration reader_wait = absl::Seconds(5);
  int queue_limit = 4096;                  // tasks waiting for the writer
  int batch_limit = 256;                   // tasks in one commit
  int64_t statement_budget = 20'000;       // of one closure
  int64_t disk_reserve_bytes = 256 << 20;  // free space kept for the log and essential writes
  int64_t cache_bytes = 64 << 20;          // of the writer's connection
  int64_t reader_cache_bytes = 2 << 20;    // of each read connection
  // Address space for reading the file. None: SQLite drops the mapping with every commit it sees,
  // and faulting the pages in again costs more than reading them.
  int64_t mmap_bytes = 0;
  int64_t checkpoint_pages = 4000;  // length of the write-ahead log that starts one
  absl::Span<const SchemaFile> schema = SchemaFiles();  // other files only in tests of migration
  int64_t max_pages = 0;                // > 0: the file's largest size; for tests of FULL
  std::function<int64_t()> free_bytes;  // instead of asking the file system; for tests
  // A commit failed with an unknown outcome: the process has to stop. Called once, on the writer
  // thread, after every waiting task was answered UNAVAILABLE.
  std::function<void(const absl::Status&)> on_fatal;
  // Called on the writer thread whenever health() changes.
  std::function<void(Health)> on_health;
};

// Something to do on the writer thread.
struct WriteTask {
  // An error rolls back what it did, not what others did (an error after it has changed something
  // costs running the whole group again, so refuse first). May be run again, so it keeps no effect
  // outside of the transaction but in variables it sets anew each time.
  std::function<absl::Status(WriteTx&)> run;
  // Runs after `run` was rolled back, in the same commit, with what `run` returned: it logs the
  // refusal. It may read and Log, not write. Not called for a task that was never run.
  std::function<void(WriteTx&, const absl::Status&)> after_rollback;
  // Called exactly once, after the commit (or with the reason why there was none). On a thread of
  // the store, or on the caller's when the task is refused at once: it must not block, nor
  // destroy the store. It may call Write.
  std::function<void(absl::Status)> done;
  absl::Time deadline = absl::InfiniteFuture();
  // What `run` did is undone though it succeeded; then too `after_rollback` runs, and what it logs
  // stays.
  bool trial = false;
  bool essential = false;  // goes on below the disk reserve: a withdrawal
  bool log_only = false;   // reads and logs only: goes on below the reserve
};

// Why the store itself refused: "QUEUE_FULL", "DISK_RESERVE", "DISK_FULL", "STOPPED"; for Open
// "NO_FOLDER", "NOT_A_DATABASE", "FOREIGN_DATABASE", "DAMAGED", "SCHEMA_NEWER", "READ_ONLY",
// "IN_USE", "BAD_URL"; "" when it was something else.
std::string_view StoreReasonOf(const absl::Status& status);

// A status with one of these reasons; for the parts of the store.
absl::Status StoreRefusal(absl::StatusCode code, std::string_view reason, std::string_view message);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_STORE_OPTIONS_H_
