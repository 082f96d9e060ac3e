#ifndef NAVO_STORAGE_STORE_H_
#define NAVO_STORAGE_STORE_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/store_options.h"
#include "storage/tx.h"

namespace navo::storage {

// The database of one server process. Thread-safe; the destructor runs what waits, in order, and
// must not be called from a closure or a `done`.
class Store {
 public:
  // Opens or creates. `url` is "PATH", "sqlite:PATH", or "sqlite::memory:" for a database of its
  // own that is gone when the store closes (tests). Changes nothing in a file it refuses:
  // NOT_FOUND NO_FOLDER; FAILED_PRECONDITION FOREIGN_DATABASE, SCHEMA_NEWER, READ_ONLY;
  // INVALID_ARGUMENT BAD_URL; DATA_LOSS NOT_A_DATABASE, DAMAGED; UNAVAILABLE IN_USE when another
  // process (or store) has the file open. The message is for the operator and names the file. A
  // file of an older schema is migrated, one transaction for each schema file.
  static absl::StatusOr<std::unique_ptr<Store>> Open(const std::string& url,
                                                     const StoreOptions& options);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Runs `fn` at once on the calling thread, in one snapshot; returns what it returns. UNAVAILABLE
  // when no read connection came free in time or the store has failed. Not nested: a Read inside a
  // Read holds two connections.
  absl::Status Read(absl::FunctionRef<absl::Status(ReadTx&)> fn);

  // Queues a task. `done` gets what `run` returned once that is durable, or: DEADLINE_EXCEEDED (it
  // waited too long and was not run), RESOURCE_EXHAUSTED QUEUE_FULL or DISK_RESERVE (not run),
  // RESOURCE_EXHAUSTED with kBudget, UNAVAILABLE (the outcome may be unknown: ask with the same
  // request_id).
  void Write(WriteTask task);

  // Write as an essential task, waiting for the outcome. For start-up, tools and tests; never in a
  // closure or `done`.
  absl::Status WriteAndWait(std::function<absl::Status(WriteTx&)> run);

  // Calls `fn` on the writer thread after each commit that wrote to the journal, with the streams
  // it touched. Set before the first Write; must not block.
  void OnCommit(std::function<void(const StreamSet& touched)> fn);

  Health health() const;
  // A random id given at creation: cursors and tokens of another database are told apart by it.
  const std::string& database_id() const { return database_id_; }

 private:
  struct Parts;
  Store(std::unique_ptr<Parts> parts, std::string database_id);

  std::unique_ptr<Parts> parts_;
  const std::string database_id_;
};

}  // namespace navo::storage

#endif  // NAVO_STORAGE_STORE_H_
