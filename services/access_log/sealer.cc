#include "services/access_log/sealer.h"

#include <optional>
#include <utility>

#include "absl/time/civil_time.h"
#include "services/access/policy.h"
#include "services/access/rules.h"
#include "services/domain/calendar.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

using storage::CheckpointKind;
using storage::LogCheckpoint;

// A call that was begun in the old month may still be on its way to the writer.
constexpr absl::Duration kMonthIsOver = absl::Minutes(1);
constexpr int64_t kDroppedAtOnce = 2'000;  // so that no commit waits long
constexpr int64_t kRowsLeft = 2;           // a start compares the last two rows

absl::CivilMonth CivilOf(int64_t month) { return absl::CivilMonth(month / 100, month % 100); }
int64_t NumberOf(absl::CivilMonth month) { return month.year() * 100 + month.month(); }

absl::Status KeepWords(storage::WriteTx& tx, const storage::LogSigner& signer) {
  NAVO_RETURN_IF_ERROR(storage::KeepLogKey(tx, signer.key_id(), signer.public_key()));
  for (const access::Rule& rule : access::AllRules()) {
    NAVO_RETURN_IF_ERROR(
        storage::KeepLogWord(tx, storage::LogWord::kMethod, rule.number, rule.method));
  }
  for (int number = 1;; ++number) {
    const std::string_view word = access::ReasonName(static_cast<access::Reason>(number));
    if (word.empty()) return absl::OkStatus();
    NAVO_RETURN_IF_ERROR(storage::KeepLogWord(tx, storage::LogWord::kReason, number, word));
  }
}

}  // namespace

int64_t MonthInOslo(absl::Time instant) {
  return NumberOf(absl::ToCivilMonth(instant, domain::OsloZone()));
}

absl::Time EndOfMonth(int64_t month) {
  return absl::FromCivil(CivilOf(month) + 1, domain::OsloZone());
}

int64_t MonthsBefore(int64_t month, int months) { return NumberOf(CivilOf(month) - months); }

LogSealer::LogSealer(storage::Store& store, storage::Clock& clock, storage::LogSigner signer,
                     SealerOptions options)
    : store_(store), clock_(clock), signer_(std::move(signer)), options_(std::move(options)) {}

LogSealer::~LogSealer() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

absl::Status LogSealer::Start() {
  NAVO_RETURN_IF_ERROR(
      store_.WriteAndWait([this](storage::WriteTx& tx) { return KeepWords(tx, signer_); }));
  thread_ = std::thread([this] { Loop(); });
  return absl::OkStatus();
}

void LogSealer::Loop() {
  absl::Status before;
  for (bool last = false;;) {
    const absl::Status status = Look(last);
    // A full disk is said once, not four times a second.
    if (status.code() != before.code() && !status.ok() && options_.on_fault) {
      options_.on_fault(status);
    }
    before = status;
    if (last) return;
    std::unique_lock lock(mutex_);
    last = wake_.wait_for(lock, absl::ToChronoNanoseconds(options_.look_every),
                          [this] { return stopping_; });
  }
}

absl::Status LogSealer::Look(bool last) {
  NAVO_RETURN_IF_ERROR(CloseMonths());
  NAVO_RETURN_IF_ERROR(SealHead(last));
  return Retain();
}

absl::StatusOr<LogCheckpoint> LogSealer::Next(int64_t position, CheckpointKind kind,
                                              int64_t month) {
  LogCheckpoint next;
  NAVO_RETURN_IF_ERROR(store_.Read([&](storage::ReadTx& tx) -> absl::Status {
    NAVO_ASSIGN_OR_RETURN(const std::optional<storage::LogHead> row,
                          storage::FindLogRow(tx, position));
    if (!row.has_value()) return absl::DataLossError("a row of the access log is missing");
    NAVO_ASSIGN_OR_RETURN(const std::optional<LogCheckpoint> before, storage::LastCheckpoint(tx));
    next.number = before.has_value() ? before->number + 1 : 1;
    next.position = position;
    next.chain = row->chain;
    next.time_us = tx.now_us();
    next.kind = kind;
    next.month = month;
    return absl::OkStatus();
  }));
  signer_.Sign(next);
  return next;
}

absl::Status LogSealer::Add(LogCheckpoint checkpoint) {
  NAVO_RETURN_IF_ERROR(store_.WriteAndWait(
      [&checkpoint](storage::WriteTx& tx) { return storage::AddCheckpoint(tx, checkpoint); }));
  if (options_.on_checkpoint) options_.on_checkpoint(checkpoint);
  return absl::OkStatus();
}

// Every month that is over and has rows gets its seal, the oldest first.
absl::Status LogSealer::CloseMonths() {
  const int64_t current = MonthInOslo(clock_.Now() - kMonthIsOver);
  if (current <= looked_month_) return absl::OkStatus();
  while (true) {
    int64_t position = 0;  // of the month's newest row
    int64_t month = 0;
    NAVO_RETURN_IF_ERROR(store_.Read([&](storage::ReadTx& tx) -> absl::Status {
      NAVO_ASSIGN_OR_RETURN(const std::optional<LogCheckpoint> sealed,
                            storage::LastCheckpoint(tx, CheckpointKind::kMonth));
      const int64_t after = sealed.has_value() ? sealed->position : 0;
      NAVO_ASSIGN_OR_RETURN(const storage::LogPlace first, storage::NextLogRow(tx, after));
      if (first.position == 0) return absl::OkStatus();
      month = MonthInOslo(absl::FromUnixMicros(first.time_us));
      // A clock that was set back must not close a month twice.
      if (sealed.has_value() && month <= sealed->month) month = current;
      if (month >= current) return absl::OkStatus();
      NAVO_ASSIGN_OR_RETURN(const int64_t newest, storage::LastPosition(tx));
      NAVO_ASSIGN_OR_RETURN(position,
                            storage::LastPositionBefore(tx, absl::ToUnixMicros(EndOfMonth(month)),
                                                        first.position, newest));
      return absl::OkStatus();
    }));
    if (position == 0) break;
    NAVO_ASSIGN_OR_RETURN(LogCheckpoint next, Next(position, CheckpointKind::kMonth, month));
    NAVO_RETURN_IF_ERROR(Add(std::move(next)));
  }
  looked_month_ = current;
  return absl::OkStatus();
}

absl::Status LogSealer::SealHead(bool last) {
  int64_t position = 0;
  NAVO_RETURN_IF_ERROR(store_.Read([&](storage::ReadTx& tx) -> absl::Status {
    NAVO_ASSIGN_OR_RETURN(const int64_t newest, storage::LastPosition(tx));
    NAVO_ASSIGN_OR_RETURN(const std::optional<LogCheckpoint> before, storage::LastCheckpoint(tx));
    const int64_t signed_up_to = before.has_value() ? before->position : 0;
    if (newest <= signed_up_to) return absl::OkStatus();
    const bool late =
        !before.has_value() || tx.now() - absl::FromUnixMicros(before->time_us) >= options_.every;
    if (last || late || newest - signed_up_to >= options_.every_rows) position = newest;
    return absl::OkStatus();
  }));
  if (position == 0) return absl::OkStatus();
  NAVO_ASSIGN_OR_RETURN(LogCheckpoint next, Next(position, CheckpointKind::kRegular, 0));
  return Add(std::move(next));
}

// Says first, signed, what will go; then removes it.
absl::Status LogSealer::Retain() {
  if (options_.retain_months == 0) return absl::OkStatus();
  const int64_t month = MonthsBefore(MonthInOslo(clock_.Now()), options_.retain_months + 1);
  std::optional<LogCheckpoint> dropped;
  std::optional<LogCheckpoint> seal;
  int64_t newest = 0;
  int64_t oldest = 0;
  NAVO_RETURN_IF_ERROR(store_.Read([&](storage::ReadTx& tx) -> absl::Status {
    NAVO_ASSIGN_OR_RETURN(dropped, storage::LastCheckpoint(tx, CheckpointKind::kDropped));
    NAVO_ASSIGN_OR_RETURN(seal, storage::FindMonthSeal(tx, month));
    NAVO_ASSIGN_OR_RETURN(newest, storage::LastPosition(tx));
    NAVO_ASSIGN_OR_RETURN(const storage::LogPlace first, storage::OldestLogRow(tx));
    oldest = first.position;
    return absl::OkStatus();
  }));
  const bool more = seal.has_value() && (!dropped.has_value() || dropped->month < seal->month);
  if (more && seal->position + kRowsLeft <= newest) {
    NAVO_ASSIGN_OR_RETURN(LogCheckpoint next,
                          Next(seal->position, CheckpointKind::kDropped, seal->month));
    dropped = next;
    NAVO_RETURN_IF_ERROR(Add(std::move(next)));
  }
  if (!dropped.has_value() || oldest > dropped->position) return absl::OkStatus();
  return store_.WriteAndWait([&dropped](storage::WriteTx& tx) {
    return storage::DropLogRows(tx, dropped->position, kDroppedAtOnce).status();
  });
}

}  // namespace navo::services
