#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "services/domain/absl_view.h"
#include "services/domain/calendar.h"
#include "services/domain/reasons.h"
#include "services/exchange/apply_rows.h"
#include "storage/crypto.h"
#include "storage/plan_step.h"
#include "storage/source_record.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

namespace row_reason = domain::row_reason;
using domain::ParticipationEffect;

constexpr double kFullWeekHours = 37.5;
// A reason that tells about health does not come in at all.
constexpr std::string_view kIllness = "SYK";
constexpr std::string_view kDeletedReason = "SLETTET_I_KILDE";
// Stands in place of a hash, which is 32 bytes.
constexpr std::string_view kDeletedHash = "deleted";
// The same of a record of which nothing but its tombstone has come.
constexpr std::string_view kNeverCameHash = "never";
// The same of one that was never a step: a draft, or registered in error.
constexpr std::string_view kNoStepHash = "no step";

// As the source says it, but for illness: such a step reads like one without a reason, so that
// leaving the word out does not say it.
std::string ReasonOf(const NavParticipation& row) {
  if (row.status_reason != kIllness) return row.status_reason;
  return domain::ParticipationReason(row.status_type, "");
}

// Over everything that is taken in, so that a change of anything else changes nothing. The first
// word changes when more is taken in: then records that are as they were come in again.
std::string ContentHash(ImportBatch& batch, const NavParticipation& row) {
  std::string content = absl::StrCat(
      "nav-deltaker 1|", storage::HmacSha256(batch.scope().keys.identity_hmac, row.ident.Reveal()),
      "|", row.offering_id, "|", row.start_day.value_or(0), "|", row.end_day.value_or(0), "|",
      row.status_type, "|", ReasonOf(row));
  for (const NavQuantity& quantity : row.quantities) {
    absl::StrAppend(&content, "|", quantity.from_day, ":", quantity.percent);
  }
  std::string hash = storage::Sha256(content);
  // Behind the digest: which of the quantities holds today, since another one does later.
  if (!row.quantities.empty()) {
    const std::int32_t today = domain::DayInOslo(batch.tx().now());
    absl::StrAppend(&hash, "|", QuantityOn(row, today)->from_day);
  }
  return hash;
}

// The same content, of which something else holds today.
bool HoldsOtherwise(std::string_view before, std::string_view hash) {
  return before.size() > storage::kDigestBytes && before != hash &&
         before.substr(0, storage::kDigestBytes) == hash.substr(0, storage::kDigestBytes);
}

v1::Step ContentOf(const ImportBatch& batch, const NavParticipation& row, v1::StepType type,
                   std::int32_t today) {
  v1::Step step;  // without a title of its own it shows that of its offering
  step.set_type(type);
  step.set_status(row.meaning.status);
  step.set_status_reason(ReasonOf(row));
  if (row.start_day.has_value()) *step.mutable_start_date() = domain::DateOf(*row.start_day);
  if (row.end_day.has_value()) *step.mutable_end_date() = domain::DateOf(*row.end_day);
  if (const NavQuantity* quantity = QuantityOn(row, today)) {
    const double hours = quantity->percent / 100 * kFullWeekHours;
    step.set_weekly_hours(static_cast<std::int32_t>(std::lround(hours)));
  }
  *step.mutable_provenance() = batch.NewProvenance(row.source_id);
  return step;
}

absl::Status BreakOff(ImportBatch& batch, std::string_view source_id, std::string_view reason,
                      const storage::SourceRecord& after) {
  NAVO_ASSIGN_OR_RETURN(
      const int64_t participant_key,
      storage::BreakOffImportedStep(batch.tx(), after.record_key, batch.scope().author(), reason,
                                    batch.NewProvenance(source_id)));
  if (participant_key != 0) NAVO_RETURN_IF_ERROR(batch.Log(participant_key));
  return batch.PutRecord(source_id, after);
}

// Whether the record has become a step: not when all that came of it is its tombstone, or a state
// in which it is none.
bool IsStep(const std::optional<storage::SourceRecord>& record) {
  return record.has_value() && record->content_hash != kNeverCameHash &&
         record->content_hash != kNoStepHash;
}

// A draft, or registered in error: nobody's step. One that came in before comes to nothing.
absl::StatusOr<RowFate> ApplyNoStep(ImportBatch& batch, const NavParticipation& row,
                                    const std::optional<storage::SourceRecord>& before,
                                    std::string hash) {
  if (!IsStep(before)) {
    // Kept, because a message from before may come late.
    const int64_t source_us =
        std::max(row.changed_at_us, before.has_value() ? before->source_us : 0);
    NAVO_RETURN_IF_ERROR(
        batch.PutRecord(row.source_id, {source_us, std::string(kNoStepHash), 0, 0}));
    return RowFate{v1::ROW_OUTCOME_SKIPPED, MakeProblem(row_reason::kNotAStep, "status.type")};
  }
  NAVO_RETURN_IF_ERROR(
      BreakOff(batch, row.source_id, row.status_type,
               {row.changed_at_us, std::move(hash), before->participant_key, before->record_key}));
  return TakenIn(v1::ROW_OUTCOME_UPDATED);
}

absl::StatusOr<RowFate> ApplyStep(ImportBatch& batch, const NavParticipation& row,
                                  const std::optional<storage::SourceRecord>& before,
                                  std::string hash) {
  const int64_t before_key = before.has_value() ? before->participant_key : 0;
  NAVO_ASSIGN_OR_RETURN(const std::optional<int64_t> participant_key,
                        batch.Admit(row.ident, before_key, row.changed_at_us, {}, ""));
  if (!participant_key.has_value()) {
    return OutsideScope();
  }
  NAVO_ASSIGN_OR_RETURN(const ImportBatch::Offering offering, batch.OfferingOf(row.offering_id));
  storage::ImportedStep step;
  step.participant_key = *participant_key;
  step.author = batch.scope().author();
  step.step_key = before.has_value() ? before->record_key : 0;
  step.new_id = batch.NewId();
  step.offering_key = offering.key;
  step.takes_back_weekly_hours = !row.quantities.empty();
  step.content = ContentOf(batch, row, offering.step_type, domain::DayInOslo(batch.tx().now()));
  NAVO_ASSIGN_OR_RETURN(const storage::ImportedStepPut put,
                        storage::PutImportedStep(batch.tx(), step));
  NAVO_RETURN_IF_ERROR(batch.PutRecord(
      row.source_id, {row.changed_at_us, std::move(hash), *participant_key, put.step_key}));
  return TakenIn(IsStep(before) ? v1::ROW_OUTCOME_UPDATED : v1::ROW_OUTCOME_CREATED);
}

RowFate Outdated(std::string_view advice) {
  return {
      v1::ROW_OUTCOME_OUTDATED, MakeProblem(row_reason::kOutdated, "endretTidspunkt", advice), {}};
}

// The fate of a row that says nothing new; nullopt for one that does. `before` is what came last.
absl::StatusOr<std::optional<RowFate>> FateOfOld(ImportBatch& batch, const NavParticipation& row,
                                                 storage::SourceRecord before,
                                                 const std::string& hash) {
  const bool newer = row.changed_at_us > before.source_us;
  if (before.content_hash == kDeletedHash || before.content_hash == kNeverCameHash) {
    if (newer || row.after_tombstone) return std::nullopt;
    return Outdated("The source deleted this record since; nothing needs doing.");
  }
  const bool is_step = row.meaning.effect == ParticipationEffect::kStep;
  if (before.content_hash == kNoStepHash && (!is_step || row.after_tombstone)) return std::nullopt;
  const bool same = hash.starts_with(before.content_hash);
  if (same && row.changed_at_us == before.source_us) return TakenIn(v1::ROW_OUTCOME_UNCHANGED);
  if (row.changed_at_us == before.source_us && HoldsOtherwise(before.content_hash, hash)) {
    return std::nullopt;
  }
  if (!newer) return Outdated("NAVO has a newer state of this record; nothing needs doing.");
  if (!same) return std::nullopt;
  before.source_us = row.changed_at_us;
  NAVO_RETURN_IF_ERROR(batch.PutRecord(row.source_id, before));
  return TakenIn(v1::ROW_OUTCOME_UNCHANGED);
}

}  // namespace

absl::StatusOr<RowFate> ApplyParticipation(ImportBatch& batch, const NavParticipation& row) {
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::SourceRecord> before,
                        batch.FindRecord(row.source_id));
  std::string hash = ContentHash(batch, row);
  if (before.has_value()) {
    if (before->participant_key != 0) NAVO_RETURN_IF_ERROR(batch.Log(before->participant_key));
    NAVO_ASSIGN_OR_RETURN(std::optional<RowFate> fate, FateOfOld(batch, row, *before, hash));
    if (fate.has_value()) return *std::move(fate);
  }
  if (row.meaning.effect != ParticipationEffect::kStep) {
    return ApplyNoStep(batch, row, before, std::move(hash));
  }
  return ApplyStep(batch, row, before, std::move(hash));
}

absl::StatusOr<RowFate> ApplyTombstone(ImportBatch& batch, const NavTombstone& row) {
  NAVO_ASSIGN_OR_RETURN(std::optional<storage::SourceRecord> record,
                        batch.FindRecord(row.source_id));
  if (!IsStep(record)) {
    // Kept, because a message from before may come late.
    if (!record.has_value() || record->content_hash != kNeverCameHash) {
      NAVO_RETURN_IF_ERROR(
          batch.PutRecord(row.source_id, {batch.tx().now_us(), std::string(kNeverCameHash), 0, 0}));
    }
    return RowFate{v1::ROW_OUTCOME_SKIPPED,
                   MakeProblem(row_reason::kTombstoneUnknown, "",
                               "The record never came in, so nothing is deleted; nothing needs "
                               "doing.")};
  }
  if (record->participant_key != 0) NAVO_RETURN_IF_ERROR(batch.Log(record->participant_key));
  if (record->content_hash == kDeletedHash) return TakenIn(v1::ROW_OUTCOME_UNCHANGED);
  record->content_hash = kDeletedHash;
  record->source_us = std::max(record->source_us, batch.tx().now_us());
  NAVO_RETURN_IF_ERROR(BreakOff(batch, row.source_id, kDeletedReason, *record));
  return TakenIn(v1::ROW_OUTCOME_UPDATED);
}

}  // namespace navo::services
