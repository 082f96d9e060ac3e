#include "services/exchange/import_call.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "services/access/rules.h"
#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "services/door/deadline.h"
#include "services/door/status.h"
#include "services/exchange/apply_rows.h"
#include "services/exchange/import_start.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

namespace reason = domain::reason;

constexpr std::string_view kMethod = "navo.v1.ExchangeService.Import";
// Rows are written at the latest when so much of the file has come since the last batch.
constexpr std::size_t kBatchBytes = kMaxChunkBytes;

absl::Status WrongMessage(std::string field, std::string description) {
  domain::Violations violations;
  violations.Add(std::move(field), std::move(description));
  return violations.ToStatus();
}

absl::Status TooLarge() {
  return domain::MakeError(absl::StatusCode::kResourceExhausted, reason::kMessageTooLarge,
                           "a chunk is over 512 KiB: cut the file into smaller ones");
}

// What of a row is not taken in need not wait for the others.
void DropUnused(ImportRow& row) {
  auto* participation = std::get_if<NavParticipation>(&row.content);
  if (participation != nullptr) participation->content = {};
}

}  // namespace

ImportCall::ImportCall(const door::Door& door, grpc::CallbackServerContext* context)
    : parts_(door.parts()),
      context_(context),
      started_(parts_.clock.Now()),
      deadline_(started_ + door::TimeLeft(*context)),
      rule_(access::FindRule(kMethod)) {
  if (const absl::Status entered = Enter(); !entered.ok()) {
    Stop(entered);
  } else if (const absl::Status allowed = CheckImporter(scope_->caller, *rule_); !allowed.ok()) {
    Refuse(allowed, access::Reason::kRole);
  } else {
    StartRead(&request_);
  }
}

absl::Status ImportCall::Enter() {
  if (rule_ == nullptr) {
    return domain::MakeError(absl::StatusCode::kPermissionDenied, reason::kRoleNotAllowed,
                             "this method has no access rule and is closed");
  }
  NAVO_ASSIGN_OR_RETURN(const door::SignIn sign_in,
                        door::ReadSignIn(*context_,
                                         {parts_.authenticator, parts_.directory, parts_.keys,
                                          parts_.random, parts_.identifiers},
                                         started_));
  scope_ = std::make_unique<ImportScope>(
      ImportScope{.caller = sign_in.caller,
                  .act = sign_in.act,
                  .rule = *rule_,
                  .keys = parts_.keys,
                  .random = parts_.random,
                  .identity_seal = storage::Sealer(parts_.keys.identity_seal, parts_.random)});
  return absl::OkStatus();
}

void ImportCall::OnReadDone(bool ok) {
  if (context_->IsCancelled()) return Stop(absl::CancelledError());
  if (ok) {
    const absl::Status taken = Take(request_);
    if (domain::ReasonOf(taken) == reason::kScopeMissing) {
      return Refuse(taken, access::Reason::kScope);
    }
    if (!taken.ok()) return Stop(taken);
  } else {
    if (file_ == nullptr) return Stop(WrongMessage("start", "must be the first message"));
    ended_ = true;
  }
  Turn();
}

absl::Status ImportCall::Take(const v1::ImportRequest& message) {
  if (message.has_start()) return TakeStart(message.start());
  if (file_ == nullptr) return WrongMessage("start", "must be the first message");
  if (message.message_case() != v1::ImportRequest::kChunk) {
    return WrongMessage("chunk", "must be set in every message but the first");
  }
  if (message.chunk().size() > kMaxChunkBytes) return TooLarge();
  fed_bytes_ += message.chunk().size();
  return file_->Feed(message.chunk());
}

absl::Status ImportCall::TakeStart(const v1::ImportStart& start) {
  if (file_ != nullptr) return WrongMessage("start", "may be the first message only");
  NAVO_RETURN_IF_ERROR(CheckImportStart(scope_->caller, start));
  scope_->format = start.format();
  scope_->source_system = start.source_system();
  file_ = std::make_unique<ImportFile>(FileFormatOf(start.format()),
                                       FileEncodingOf(start.encoding()), parts_.identifiers);
  return absl::OkStatus();
}

// What comes next: rows to write, a message to read, or the end.
void ImportCall::Turn() {
  while (rows_.size() < kMaxBatchRows) {
    absl::StatusOr<std::optional<ImportRow>> row = file_->Next();
    if (!row.ok()) return Stop(row.status());
    if (!row->has_value()) break;
    DropUnused(**row);
    rows_.push_back(**std::move(row));
  }
  const bool full = rows_.size() == kMaxBatchRows || fed_bytes_ >= kBatchBytes;
  if (!rows_.empty() && (full || ended_)) return WriteBatch();
  if (!ended_) return StartRead(&request_);
  // A broken connection ends like a whole file, but then the last record may be cut off in a way
  // that cannot be seen. It counts when an answer has gone out after the end.
  if (!answered_) return Answer();
  if (!finished_) {
    finished_ = true;
    if (const absl::Status whole = file_->Finish(); !whole.ok()) return Stop(whole);
    return Turn();
  }
  response_.set_done(true);
  Answer();
}

void ImportCall::WriteBatch() {
  fed_bytes_ = 0;
  if (!NeedsWriting(rows_)) {
    fates_ = FatesWithoutWriting(rows_);
    return Answer();
  }
  fates_.assign(rows_.size(), RowFate());
  const std::size_t rows = rows_.size();
  waiting_ = (rows + kRowsPerClosure - 1) / kRowsPerClosure;
  // The last of them to be done goes on, perhaps to the end of this object: the loop counts by
  // itself.
  for (std::size_t first = 0; first < rows; first += kRowsPerClosure) {
    WriteRows(first, std::min(kRowsPerClosure, rows - first));
  }
}

void ImportCall::WriteRows(std::size_t first, std::size_t count) {
  storage::WriteTask task;
  task.deadline = deadline_;
  task.run = [this, first, count](storage::WriteTx& tx) {
    return ApplyRows(tx, *scope_, absl::MakeConstSpan(rows_).subspan(first, count),
                     absl::MakeSpan(fates_).subspan(first, count));
  };
  task.done = [this](const absl::Status& status) { RowsDone(status); };
  parts_.store.Write(std::move(task));
}

// On the writer's thread, or on that of WriteRows when a task is refused at once.
void ImportCall::RowsDone(const absl::Status& status) {
  {
    const std::lock_guard lock(mutex_);
    batch_status_.Update(status);
    if (--waiting_ > 0) return;
  }
  if (!batch_status_.ok()) return Stop(batch_status_);
  aligning_ = 0;
  AlignSteps();
}

// An offering may have more steps than fit in the transaction of its row: the rest of them follow
// in transactions of their own, one after the other, before the row is answered.
void ImportCall::AlignSteps() {
  while (aligning_ < fates_.size() && fates_[aligning_].to_align.offering_key == 0) ++aligning_;
  if (aligning_ == fates_.size()) return Answer();
  storage::WriteTask task;
  task.deadline = deadline_;
  task.run = [this](storage::WriteTx& tx) -> absl::Status {
    ImportBatch batch(tx, *scope_);
    NAVO_ASSIGN_OR_RETURN(left_to_align_, AlignStepsOfOffering(batch, fates_[aligning_].to_align));
    return absl::OkStatus();
  };
  task.done = [this](const absl::Status& status) { StepsAligned(status); };
  parts_.store.Write(std::move(task));
}

void ImportCall::StepsAligned(const absl::Status& status) {
  if (!status.ok()) return Stop(status);
  fates_[aligning_].to_align = left_to_align_;
  AlignSteps();
}

void ImportCall::Answer() {
  Report(rows_, fates_, counts_, response_);
  rows_.clear();
  fates_.clear();
  StartWrite(&response_);
}

void ImportCall::OnWriteDone(bool ok) {
  if (!ok || context_->IsCancelled()) return Stop(absl::CancelledError());
  if (response_.done()) return Stop(absl::OkStatus());
  response_.Clear();
  answered_ = ended_;
  Turn();
}

// No answer without its line in the access log.
void ImportCall::Refuse(const absl::Status& status, access::Reason why) {
  storage::WriteTask task;
  task.log_only = true;
  task.deadline = deadline_;
  task.run = [this, why](storage::WriteTx& tx) {
    tx.Log(ImportLogRow(*scope_, 0, why));
    return absl::OkStatus();
  };
  task.done = [this, status](const absl::Status& logged) { Stop(logged.ok() ? status : logged); };
  parts_.store.Write(std::move(task));
}

void ImportCall::Stop(const absl::Status& status) {
  const bool gone = absl::IsCancelled(status);
  const absl::Status told = gone ? status : door::Presentable(status);
  if (parts_.on_call) {
    parts_.on_call(
        {kMethod, told.code(), domain::ReasonOf(told), 0, parts_.clock.Now() - started_});
  }
  Finish(door::ToGrpc(told));
}

}  // namespace navo::services
