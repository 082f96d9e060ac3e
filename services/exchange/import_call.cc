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

bool HasStepsToAlign(const RowFate& fate) { return fate.to_align.offering_key != 0; }

bool NothingToAlign(const std::vector<RowFate>& fates) {
  return std::none_of(fates.begin(), fates.end(), HasStepsToAlign);
}

// What of a row is not taken in need not wait for the others.
void DropUnused(ImportRow& row) {
  auto* participation = std::get_if<NavParticipation>(&row.content);
  if (participation != nullptr) participation->content = {};
}

}  // namespace

ImportCall::ImportCall(const door::Door& door, grpc::CallbackServerContext* context)
    : parts_(door.parts()),
      directory_(parts_.directory.Get()),
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
                                         {parts_.authenticator, *directory_, parts_.keys,
                                          parts_.random, parts_.identifiers},
                                         started_));
  expires_at_ = sign_in.expires_at;
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
  if (const absl::Status valid = door::CheckNotExpired(expires_at_, parts_.clock.Now());
      !valid.ok()) {
    return Stop(valid);
  }
  if (ok) {
    const absl::Status taken = Take(request_);
    if (domain::ReasonOf(taken) == reason::kScopeMissing) {
      return Refuse(taken, access::Reason::kScope);
    }
    if (!taken.ok()) return Stop(taken);
    if (request_.has_start() && progress_ != nullptr) return StartWrite(&response_);
  } else {
    if (file_ == nullptr) return Stop(WrongMessage("start", "must be the first message"));
    ended_ = true;
  }
  if (repeating_ > 0) return RepeatReport();
  Turn();
}

absl::Status ImportCall::Take(const v1::ImportRequest& message) {
  if (message.has_start()) return TakeStart(message.start());
  if (file_ == nullptr) return WrongMessage("start", "must be the first message");
  const bool first = !std::exchange(began_, true);
  switch (message.message_case()) {
    case v1::ImportRequest::kChunk:
      break;
    case v1::ImportRequest::kContinueAtBytes:
      if (first) return TakeContinueAt(message.continue_at_bytes());
      return WrongMessage("continue_at_bytes", "may be the second message only");
    default:
      return WrongMessage("chunk", "must be set in every message but the first");
  }
  if (message.chunk().size() > kMaxChunkBytes) return TooLarge();
  fed_bytes_ += message.chunk().size();
  if (progress_ != nullptr) progress_->Receive(message.chunk());
  return file_->Feed(message.chunk());
}

absl::Status ImportCall::TakeStart(const v1::ImportStart& start) {
  if (file_ != nullptr) return WrongMessage("start", "may be the first message only");
  NAVO_RETURN_IF_ERROR(CheckImportStart(scope_->caller, start));
  scope_->format = start.format();
  scope_->source_system = start.source_system();
  file_ = std::make_unique<ImportFile>(FileFormatOf(start.format()),
                                       FileEncodingOf(start.encoding()), parts_.identifiers);
  if (start.dry_run()) {
    trial_ = std::make_unique<ImportTrial>();
    scope_->trial = trial_.get();
  }
  if (start.file_key().empty() || start.dry_run()) return absl::OkStatus();
  progress_ =
      std::make_unique<ImportProgress>(storage::ImportRunKey{.unit_key = scope_->caller.unit_key,
                                                             .source_system = start.source_system(),
                                                             .format = start.format(),
                                                             .encoding = start.encoding(),
                                                             .file_key = start.file_key()},
                                       parts_.random);
  return FindInterrupted();
}

absl::Status ImportCall::FindInterrupted() {
  NAVO_RETURN_IF_ERROR(
      parts_.store.Read([this](storage::ReadTx& tx) { return progress_->Find(tx); }));
  if (progress_->interrupted().has_value()) {
    *response_.mutable_interrupted() = progress_->interrupted()->body;
  }
  return absl::OkStatus();
}

absl::Status ImportCall::TakeContinueAt(int64_t offset_bytes) {
  const bool fits = progress_ != nullptr && progress_->interrupted().has_value() &&
                    progress_->interrupted()->body.offset_bytes() == offset_bytes;
  if (!fits) return WrongMessage("continue_at_bytes", "must be what the answer to start says");
  const storage::ImportRun& run = *progress_->interrupted();
  NAVO_RETURN_IF_ERROR(file_->ContinueAt({offset_bytes, run.next_line}, run.header));
  counts_ = run.body.counts();
  progress_->Continue();
  repeating_ = 1;
  return absl::OkStatus();
}

// Sends what was reported before the interruption, so that the report is whole.
void ImportCall::RepeatReport() {
  while (repeating_ <= progress_->interrupted()->parts) {
    storage::ImportRunPart part;
    const absl::Status read = parts_.store.Read([&](storage::ReadTx& tx) -> absl::Status {
      NAVO_ASSIGN_OR_RETURN(part, progress_->Part(tx, repeating_));
      return absl::OkStatus();
    });
    if (!read.ok()) return Stop(read);
    ++repeating_;
    file_->AddSeenIds(part.row_ids);
    if (part.report.results().empty()) continue;
    response_ = std::move(part.report);
    *response_.mutable_counts() = counts_;
    return StartWrite(&response_);
  }
  repeating_ = 0;
  Turn();
}

// What comes next: rows to write, a message to read, or the end.
void ImportCall::Turn() {
  if (!TakeRows()) return;
  const bool full = rows_.size() == kMaxBatchRows || fed_bytes_ >= kBatchBytes;
  if (!rows_.empty() && (full || ended_)) return WriteBatch();
  if (!ended_) return StartRead(&request_);
  // A broken connection ends like a whole file, but then the last record may be cut off in a way
  // that cannot be seen. It counts when an answer has gone out after the end.
  if (!answered_) {
    MakeReport();
    return SendReport();
  }
  if (!finished_) {
    finished_ = true;
    if (const absl::Status whole = file_->Finish(); !whole.ok()) return Stop(whole);
    return Turn();
  }
  FinishRun();
}

// False when the call is over.
bool ImportCall::TakeRows() {
  while (rows_.size() < kMaxBatchRows) {
    absl::StatusOr<std::optional<ImportRow>> row = file_->Next();
    if (!row.ok()) {
      Stop(row.status());
      return false;
    }
    if (!row->has_value()) break;
    DropUnused(**row);
    rows_.push_back(**std::move(row));
  }
  if (progress_ != nullptr) progress_->Reach(file_->place(), file_->passed_bytes());
  return true;
}

void ImportCall::WriteBatch() {
  fed_bytes_ = 0;
  first_ = 0;
  fates_.assign(rows_.size(), RowFate());
  if (progress_ != nullptr) {
    progress_->EndBatchAt(file_->place(), file_->header_text(), file_->TakeNewIds());
  } else if (!NeedsWriting(rows_)) {
    fates_ = FatesWithoutWriting(rows_);
    MakeReport();
    return BatchDone(absl::OkStatus());
  }
  trial_ == nullptr ? WriteRows() : TryRows();
}

// A batch of a dry run: as WriteRows, and then undone.
void ImportCall::TryRows() {
  storage::WriteTask task;
  task.deadline = deadline_;
  task.trial = true;
  task.run = [this](storage::WriteTx& tx) -> absl::Status {
    trial_->BeginBatch();
    NAVO_ASSIGN_OR_RETURN(next_, ApplyRows(tx, *scope_, rows_, first_, absl::MakeSpan(fates_)));
    return absl::OkStatus();
  };
  task.after_rollback = [this](storage::WriteTx& tx, const absl::Status&) {
    for (const storage::AccessLogRow& row : trial_->log()) tx.Log(row);
  };
  task.done = [this](const absl::Status& status) {
    if (!status.ok()) return Stop(status);
    trial_->EndBatch();
    first_ = next_;
    if (first_ < rows_.size()) return TryRows();
    MakeReport();
    SendReport();
  };
  parts_.store.Write(std::move(task));
}

void ImportCall::WriteRows() {
  Write(
      [this](storage::WriteTx& tx) -> absl::Status {
        NAVO_ASSIGN_OR_RETURN(next_, ApplyRows(tx, *scope_, rows_, first_, absl::MakeSpan(fates_)));
        const bool whole = next_ == rows_.size() && NothingToAlign(fates_);
        return whole ? EndBatch(tx) : absl::OkStatus();
      },
      [this](const absl::Status& status) { RowsDone(status); });
}

void ImportCall::RowsDone(const absl::Status& status) {
  if (!status.ok()) return Stop(status);
  first_ = next_;
  if (first_ < rows_.size()) return WriteRows();
  if (NothingToAlign(fates_)) return BatchDone(absl::OkStatus());
  AlignSteps();
}

// An offering may have more steps than fit in the transaction of its row: the rest of them follow
// in transactions of their own, one after the other, before the row is answered.
void ImportCall::AlignSteps() {
  const auto open = std::find_if(fates_.begin(), fates_.end(), HasStepsToAlign);
  if (open == fates_.end()) {
    return Write([this](storage::WriteTx& tx) { return EndBatch(tx); },
                 [this](const absl::Status& status) { BatchDone(status); });
  }
  StepsToAlign& steps = open->to_align;
  Write(
      [this, &steps](storage::WriteTx& tx) -> absl::Status {
        ImportBatch batch(tx, *scope_);
        NAVO_ASSIGN_OR_RETURN(left_to_align_, AlignStepsOfOffering(batch, steps));
        return absl::OkStatus();
      },
      [this, &steps](const absl::Status& status) {
        if (!status.ok()) return Stop(status);
        steps = left_to_align_;
        AlignSteps();
      });
}

void ImportCall::Write(std::function<absl::Status(storage::WriteTx&)> run,
                       std::function<void(const absl::Status&)> done) {
  storage::WriteTask task;
  task.deadline = deadline_;
  task.run = std::move(run);
  task.done = std::move(done);
  parts_.store.Write(std::move(task));
}

// The last thing in the transactions of a batch.
absl::Status ImportCall::EndBatch(storage::WriteTx& tx) {
  MakeReport();
  return progress_ == nullptr ? absl::OkStatus() : progress_->Note(tx, response_);
}

void ImportCall::MakeReport() {
  response_.Clear();
  v1::ImportCounts counts = counts_;
  Report(rows_, fates_, counts, response_);
}

void ImportCall::BatchDone(const absl::Status& status) {
  if (!status.ok()) return Stop(status);
  if (progress_ != nullptr) progress_->Noted();
  SendReport();
}

void ImportCall::SendReport() {
  counts_ = response_.counts();
  response_.set_read_bytes(file_->passed_bytes());
  rows_.clear();
  fates_.clear();
  StartWrite(&response_);
}

// Everything is in: nothing is kept to go on with.
void ImportCall::FinishRun() {
  MakeReport();
  response_.set_done(true);
  if (progress_ == nullptr || !progress_->kept()) return SendReport();
  Write([this](storage::WriteTx& tx) { return progress_->Forget(tx); },
        [this](const absl::Status& status) { status.ok() ? SendReport() : Stop(status); });
}

void ImportCall::OnWriteDone(bool ok) {
  if (!ok || context_->IsCancelled()) return Stop(absl::CancelledError());
  if (response_.done()) return Stop(absl::OkStatus());
  response_.Clear();
  answered_ = ended_;
  if (repeating_ > 0) return RepeatReport();
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
