#ifndef NAVO_STORAGE_WRITER_H_
#define NAVO_STORAGE_WRITER_H_

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "storage/answerer.h"
#include "storage/disk_space.h"
#include "storage/housekeeper.h"
#include "storage/store_options.h"

namespace navo::storage {

// The one thread that writes. It takes what waits, runs each task, commits once and then answers
// all: one wait for the disk is shared. It waits for more to come only where that is cheaper for
// all: when many came together last time and nothing but rows of the access log waits now, whose
// commit costs more than they do themselves.
//
// An error of one task undoes what that task did and nothing else. For this a group is run up to
// three times:
//   1. Without savepoints, because most tasks succeed or refuse before they change anything, and a
//      savepoint copies every page that is touched in it.
//   2. When a task failed after it had changed something: the group is rolled back and run again,
//      each task in a savepoint.
//   3. When the engine rolled back by itself (a full disk, an I/O error, no memory) or the commit
//      failed: each task in a transaction of its own.
class Writer {
 public:
  // `head` is the access log's end as stored in the file behind `connection`; `second` is another
  // connection to it, for housekeeping.
  Writer(std::unique_ptr<Connection> connection, std::unique_ptr<Connection> second,
         const StoreOptions& options, DiskSpace disk, LogHead head);
  ~Writer() { Stop(); }

  // Refuses new tasks, runs what waits, in order, then ends the thread. Not on the writer thread.
  void Stop();
  // Any thread.
  void Write(WriteTask task);
  void OnCommit(std::function<void(const StreamSet&)> fn);
  Health health() const { return health_.load(std::memory_order_acquire); }
  // True after a commit whose outcome is unknown.
  bool failed() const { return failed_.load(std::memory_order_acquire); }

 private:
  // What became of a transaction. kAnswered: each member has its answer, durable where it says so.
  // kSpoilt: a member without a savepoint failed after it had changed something, and kRolledBack:
  // the engine could not go on; nothing of it is in the file. kUnknown: the commit failed, the file
  // may hold it.
  enum class Outcome { kAnswered, kSpoilt, kRolledBack, kUnknown };
  // How a member that fails is undone.
  enum class Undo { kByGroup, kBySavepoint };
  // A task of the batch at hand and its answer.
  struct Member {
    WriteTask task;
    absl::Status answer;
    bool admitted = false;
  };

  // Takes the task unless it is refused; `wake`: the thread sleeps and has to be woken.
  absl::Status Enqueue(WriteTask& task, bool& wake);
  void Loop();
  bool TakeBatch();
  void WaitForAsMany(std::unique_lock<std::mutex>& lock);
  void RunBatch();
  void LookAtDisk();
  absl::Status Admit(const WriteTask& task, absl::Time now) const;
  Outcome RunTogether(absl::Span<Member> members, Undo undo);
  void RunAlone(Member& member);
  absl::Status RunTask(const WriteTask& task, Undo undo, StreamSet& touched);
  absl::Status RunLogOnly(const WriteTask& task);
  absl::Status RunClosure(const WriteTask& task, StreamSet& touched);
  void UndoTask(const WriteTask& task, const absl::Status& status, Undo undo, bool changed);
  bool RunAfterRollback(const WriteTask& task, const absl::Status& status);
  Outcome Commit(const StreamSet& touched);
  Outcome Abandon(const absl::Status& because);
  absl::Status Plain(Sql sql);
  void AnswerFailed();
  void Fail(const absl::Status& status);
  void SetHealth(Health health);

  const std::unique_ptr<Connection> connection_;
  Housekeeper housekeeper_;  // closes its connection before the writer's, which tidies up
  const StoreOptions options_;
  DiskSpace disk_;
  DiskState disk_state_ = DiskState::kEnough;
  absl::Status lost_because_;  // of the last transaction that was rolled back
  bool spoilt_ = false;        // the transaction that is open has to be undone as a whole
  absl::Status fatal_error_;

  // Of the transaction that is open.
  LogHead head_;
  WriteTx::Buffers buffers_;
  std::vector<Member> batch_;
  size_t last_taken_ = 0;  // tasks of the batch before
  std::vector<Answerer::Answer> answers_;
  Answerer answerer_;
  StreamSet committed_streams_;

  std::atomic<Health> health_ = Health::kServing;
  std::atomic<bool> failed_ = false;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<WriteTask> queue_;                      // guarded by mutex_
  std::function<void(const StreamSet&)> on_commit_;  // guarded by mutex_
  size_t wake_at_ = 0;                               // guarded by mutex_; tasks; 0: it is awake
  bool stopping_ = false;                            // guarded by mutex_
  std::thread thread_;
};

}  // namespace navo::storage

#endif  // NAVO_STORAGE_WRITER_H_
