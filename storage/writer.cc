#include "storage/writer.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>
#include <utility>

namespace navo::storage {
namespace {

constexpr Sql kSavepoint("SAVEPOINT task");
constexpr Sql kRollbackTo("ROLLBACK TO SAVEPOINT task");
constexpr Sql kRelease("RELEASE SAVEPOINT task");
constexpr Sql kCommit("COMMIT");
constexpr Sql kRollback("ROLLBACK");

// While the disk is low nobody may be sending tasks, so the writer looks for itself.
constexpr std::chrono::milliseconds kLookWhileLow(200);

// Fewer than so many come one by one, and none of them waits for another. More than kMost do not
// make a commit cheaper for each.
constexpr size_t kMany = 8;
constexpr size_t kMost = 48;
constexpr std::chrono::microseconds kWaitForAsMany(500);

absl::Status DiskFull() {
  return StoreRefusal(absl::StatusCode::kUnavailable, "DISK_FULL", "the disk is full");
}

absl::Status Stopped() {
  return StoreRefusal(absl::StatusCode::kUnavailable, "STOPPED",
                      "the store does not write any more");
}

absl::Status CouldNotWrite(const absl::Status& because) {
  if (SqlErrorOf(because) == SqlError::kFull) return DiskFull();
  return absl::UnavailableError("storage: the change could not be written");
}

}  // namespace

Writer::Writer(std::unique_ptr<Connection> connection, std::unique_ptr<Connection> second,
               const StoreOptions& options, DiskSpace disk, LogHead head)
    : connection_(std::move(connection)),
      housekeeper_(std::move(second)),
      options_(options),
      disk_(std::move(disk)),
      head_(head) {
  LookAtDisk();
  thread_ = std::thread([this] { Loop(); });
}

void Writer::Stop() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
  answerer_.Wait();
}

absl::Status Writer::Enqueue(WriteTask& task, bool& wake) {
  std::lock_guard<std::mutex> lock(mutex_);
  if (stopping_ || failed()) return Stopped();
  if (queue_.size() >= static_cast<size_t>(options_.queue_limit)) {
    return StoreRefusal(absl::StatusCode::kResourceExhausted, "QUEUE_FULL",
                        "too many changes wait for the disk");
  }
  wake = wake_at_ > 0 && (!task.log_only || queue_.size() + 1 >= wake_at_);
  if (wake) wake_at_ = 0;
  queue_.push_back(std::move(task));
  return absl::OkStatus();
}

void Writer::Write(WriteTask task) {
  bool wake = false;
  if (const absl::Status refusal = Enqueue(task, wake); !refusal.ok()) {
    task.done(refusal);
  } else if (wake) {
    wake_.notify_one();
  }
}

void Writer::OnCommit(std::function<void(const StreamSet&)> fn) {
  std::lock_guard<std::mutex> lock(mutex_);
  on_commit_ = std::move(fn);
}

void Writer::Loop() {
  while (TakeBatch()) {
    LookAtDisk();
    if (batch_.empty()) continue;
    RunBatch();
    for (Member& member : batch_) {
      answers_.push_back({std::move(member.task.done), std::move(member.answer)});
    }
    batch_.clear();
    answerer_.Give(answers_);
    if (failed()) return AnswerFailed();
    std::function<void(const StreamSet&)> on_commit;
    if (committed_streams_.any()) {
      std::lock_guard<std::mutex> lock(mutex_);
      on_commit = on_commit_;
    }
    if (on_commit) on_commit(committed_streams_);
    committed_streams_.reset();
    if (connection_->NeedsMaintenance() && housekeeper_.Sweep()) {
      // The rest that was written meanwhile. Failing (the disk is full) it is tried again later.
      connection_->Maintain().IgnoreError();
    }
  }
}

// Waits for tasks and takes them. False when the store stops and nothing waits any more.
bool Writer::TakeBatch() {
  std::unique_lock<std::mutex> lock(mutex_);
  WaitForAsMany(lock);
  while (queue_.empty() && !stopping_) {
    wake_at_ = 1;
    if (health() == Health::kServing) {
      wake_.wait(lock);
    } else if (wake_.wait_for(lock, kLookWhileLow) == std::cv_status::timeout) {
      break;
    }
  }
  wake_at_ = 0;
  if (queue_.empty()) return !stopping_;
  while (!queue_.empty() && batch_.size() < static_cast<size_t>(options_.batch_limit)) {
    batch_.push_back({.task = std::move(queue_.front())});
    queue_.pop_front();
  }
  last_taken_ = batch_.size();
  return true;
}

// Until as many rows of the log wait as came last time, or a change, but not for long.
void Writer::WaitForAsMany(std::unique_lock<std::mutex>& lock) {
  const size_t as_many = std::min(last_taken_, kMost);
  if (as_many < kMany || queue_.size() >= as_many) return;
  if (!std::all_of(queue_.begin(), queue_.end(), std::mem_fn(&WriteTask::log_only))) return;
  wake_at_ = as_many;
  wake_.wait_for(lock, kWaitForAsMany, [this] { return wake_at_ == 0 || stopping_; });
}

// The end of the thread after a commit of unknown outcome. Write refuses already.
void Writer::AnswerFailed() {
  std::deque<WriteTask> waiting;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    waiting.swap(queue_);
  }
  for (WriteTask& task : waiting) answers_.push_back({std::move(task.done), Stopped()});
  answerer_.Give(answers_);
  answerer_.Wait();
  if (options_.on_fatal) options_.on_fatal(fatal_error_);
}

void Writer::LookAtDisk() {
  if (failed()) return;
  disk_state_ = disk_.Look(options_.clock->Now());
  switch (disk_state_) {
    case DiskState::kEnough:
      return SetHealth(Health::kServing);
    case DiskState::kBelowReserve:
      return SetHealth(Health::kLowDisk);
    case DiskState::kNothingLeft:
      return SetHealth(Health::kFailed);
  }
}

absl::Status Writer::Admit(const WriteTask& task, absl::Time now) const {
  if (failed()) return Stopped();
  if (task.deadline <= now) return absl::DeadlineExceededError("the change waited too long");
  if (disk_state_ == DiskState::kNothingLeft) return DiskFull();
  if (disk_state_ == DiskState::kBelowReserve && !task.essential && !task.log_only) {
    return StoreRefusal(absl::StatusCode::kResourceExhausted, "DISK_RESERVE",
                        "the disk is nearly full");
  }
  return absl::OkStatus();
}

void Writer::RunBatch() {
  const absl::Time now = options_.clock->Now();
  bool any = false;
  for (Member& member : batch_) {
    member.answer = Admit(member.task, now);
    member.admitted = member.answer.ok();
    any |= member.admitted;
  }
  if (!any) return;
  Outcome outcome = RunTogether(absl::MakeSpan(batch_), Undo::kByGroup);
  if (outcome == Outcome::kSpoilt) {
    outcome = RunTogether(absl::MakeSpan(batch_), Undo::kBySavepoint);
  }
  if (outcome == Outcome::kRolledBack) {
    for (Member& member : batch_) {
      if (member.admitted && !failed()) RunAlone(member);
    }
  }
  if (!failed()) return;
  // What was answered above by a commit of its own stands; the rest is unknown.
  for (Member& member : batch_) {
    if (member.admitted) member.answer = Stopped();
  }
}

// Runs the admitted members in one transaction and sets their answers.
Writer::Outcome Writer::RunTogether(absl::Span<Member> members, Undo undo) {
  if (absl::Status status = connection_->Begin(true); !status.ok()) {
    for (Member& member : members) {
      if (member.admitted) member.answer = CouldNotWrite(status);
    }
    return Outcome::kAnswered;
  }
  buffers_.log.clear();
  lost_because_ = absl::OkStatus();
  StreamSet touched;
  for (Member& member : members) {
    if (!member.admitted) continue;
    member.answer = RunTask(member.task, undo, touched);
    if (failed()) return Outcome::kUnknown;
    if (std::exchange(spoilt_, false)) {
      const Outcome outcome = Abandon(member.answer);
      return outcome == Outcome::kRolledBack ? Outcome::kSpoilt : outcome;
    }
    // A full disk, an I/O error or no memory can make the engine roll everything back.
    if (connection_->Autocommit()) {
      lost_because_.Update(member.answer);
      return Outcome::kRolledBack;
    }
  }
  return Commit(touched);
}

// Runs a member of a group that was rolled back, in a transaction of its own.
void Writer::RunAlone(Member& member) {
  const Outcome outcome = RunTogether(absl::MakeSpan(&member, 1), Undo::kBySavepoint);
  if (outcome == Outcome::kUnknown) return;
  member.admitted = false;  // its answer stands, whatever becomes of the others
  if (outcome == Outcome::kAnswered) return;
  if (SqlErrorOf(lost_because_) == SqlError::kFull) SetHealth(Health::kFailed);
  const absl::Status refused = std::exchange(member.answer, CouldNotWrite(lost_because_));
  // The closure itself may have been what does not fit: its refusal is logged if that fits.
  if (!member.task.after_rollback || refused.ok() || !connection_->Begin(true).ok()) return;
  buffers_.log.clear();
  if (RunAfterRollback(member.task, refused)) Commit({});
}

absl::Status Writer::RunTask(const WriteTask& task, Undo undo, StreamSet& touched) {
  buffers_.journal.clear();
  if (task.log_only) return RunLogOnly(task);
  if (task.trial) undo = Undo::kBySavepoint;
  const size_t log_mark = buffers_.log.size();
  if (undo == Undo::kBySavepoint) {
    if (absl::Status status = Plain(kSavepoint); !status.ok()) {
      Abandon(status);
      return status;
    }
  }
  const int64_t changes = connection_->TotalChanges();
  StreamSet own_touched = touched;
  absl::Status status = RunClosure(task, own_touched);
  if (connection_->Autocommit()) return status;
  const bool keep = status.ok() && !task.trial;
  if (keep && undo == Undo::kBySavepoint) status = Plain(kRelease);
  if (keep && status.ok()) {
    touched = own_touched;
    return status;
  }
  buffers_.log.resize(log_mark);
  UndoTask(task, status, undo, connection_->TotalChanges() != changes);
  return status;
}

absl::Status Writer::RunClosure(const WriteTask& task, StreamSet& touched) {
  WriteTx tx(*connection_, options_.clock->Now(), options_.statement_budget, true, buffers_);
  absl::Status status = task.run(tx);
  if (status.ok()) status = WriteJournal(tx, touched);
  return status;
}

absl::Status Writer::RunLogOnly(const WriteTask& task) {
  const size_t log_mark = buffers_.log.size();
  WriteTx tx(*connection_, options_.clock->Now(), options_.statement_budget, false, buffers_);
  absl::Status status = task.run(tx);
  if (status.ok() && !buffers_.journal.empty()) {
    status = absl::InternalError("storage: a closure that only logs tried to write");
  }
  if (status.ok() || connection_->Autocommit()) return status;
  buffers_.log.resize(log_mark);
  RunAfterRollback(task, status);
  return status;
}

// Takes back what a failed task did, and lets it log that.
void Writer::UndoTask(const WriteTask& task, const absl::Status& status, Undo undo, bool changed) {
  if (undo == Undo::kByGroup && changed) {
    spoilt_ = true;
    return;
  }
  if (undo == Undo::kBySavepoint) {
    absl::Status undone = Plain(kRollbackTo);
    if (undone.ok()) undone = Plain(kRelease);
    if (!undone.ok()) {
      Abandon(undone);
      return;
    }
  }
  RunAfterRollback(task, status);
}

// False when the engine lost the transaction.
bool Writer::RunAfterRollback(const WriteTask& task, const absl::Status& status) {
  if (!task.after_rollback) return true;
  buffers_.journal.clear();
  WriteTx tx(*connection_, options_.clock->Now(), options_.statement_budget, false, buffers_);
  task.after_rollback(tx, status);
  buffers_.journal.clear();
  return !connection_->Autocommit();
}

Writer::Outcome Writer::Commit(const StreamSet& touched) {
  LogHead head = head_;
  WriteTx tx(*connection_, options_.clock->Now(), std::numeric_limits<int64_t>::max(), true,
             buffers_);
  if (absl::Status status = WriteLog(tx, buffers_.log, head); !status.ok()) return Abandon(status);
  const absl::Status status = Plain(kCommit);
  if (status.ok()) {
    head_ = head;
    committed_streams_ |= touched;
    return Outcome::kAnswered;
  }
  // Without room the frames of this commit are incomplete in the log, so it has not happened. After
  // an I/O error nobody knows what a later start will find: the process must not go on as if it
  // did.
  const SqlError error = SqlErrorOf(status);
  const bool known = error == SqlError::kFull || error == SqlError::kNoMemory ||
                     error == SqlError::kBusy || error == SqlError::kForeignKey;
  if (known) return Abandon(status);
  Fail(status);
  return Outcome::kUnknown;
}

// Ends the open transaction without keeping anything of it.
Writer::Outcome Writer::Abandon(const absl::Status& because) {
  lost_because_ = because;
  if (connection_->Autocommit()) return Outcome::kRolledBack;
  const absl::Status status = Plain(kRollback);
  if (connection_->Autocommit()) return Outcome::kRolledBack;
  Fail(status);
  return Outcome::kUnknown;
}

absl::Status Writer::Plain(Sql sql) {
  absl::StatusOr<Statement*> statement = connection_->Prepare(sql);
  if (!statement.ok()) return statement.status();
  absl::Status status = (*statement)->Step().status();
  (*statement)->Reset();
  return status;
}

void Writer::Fail(const absl::Status& status) {
  fatal_error_ = status;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    failed_.store(true, std::memory_order_release);
  }
  SetHealth(Health::kFailed);
}

void Writer::SetHealth(Health health) {
  if (health_.exchange(health, std::memory_order_acq_rel) == health) return;
  if (options_.on_health) options_.on_health(health);
}

}  // namespace navo::storage
