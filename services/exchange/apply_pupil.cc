#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/domain/calendar.h"
#include "services/domain/name_key.h"
#include "services/domain/reasons.h"
#include "services/domain/text.h"
#include "services/exchange/apply_rows.h"
#include "storage/crypto.h"
#include "storage/plan_step.h"
#include "storage/source_record.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

constexpr std::string_view kTraining = "Norskopplæring";

storage::ImportedContact ContactOf(const ImportBatch& batch, const VoPupil& row) {
  return {.given_name = row.given_name,
          .family_name = row.family_name,
          .mother_tongue = row.mother_tongue,
          .interpreter_needed = row.interpreter_needed,
          .provenance = batch.NewProvenance(row.source_id)};
}

v1::ContactFacts FactsOf(const VoPupil& row) {
  v1::ContactFacts facts;
  facts.set_given_name(row.given_name);
  facts.set_family_name(row.family_name);
  facts.set_mother_tongue(row.mother_tongue);
  facts.set_interpreter_needed(row.interpreter_needed.value_or(false));
  return facts;
}

// The file says no more than the days.
v1::StepStatus StatusOn(const VoPupil& row, std::int32_t today) {
  if (today < row.start_day) return v1::STEP_STATUS_PLANLAGT;
  if (row.end_day.has_value() && *row.end_day < today) return v1::STEP_STATUS_FULLFOERT;
  return v1::STEP_STATUS_GJENNOMFOERES;
}

v1::Step ContentOf(const VoPupil& row, std::int32_t today) {
  v1::Step step;
  const std::string title = absl::StrCat(std::string(kTraining), " ved ", row.centre);
  const bool fits = domain::CountCharacters(title) <= domain::kTitleText.max_characters;
  step.set_title(fits ? title : std::string(kTraining));
  step.set_type(v1::STEP_TYPE_NORSKOPPLAERING);
  step.set_status(StatusOn(row, today));
  *step.mutable_start_date() = domain::DateOf(row.start_day);
  if (row.end_day.has_value()) *step.mutable_end_date() = domain::DateOf(*row.end_day);
  step.set_place(row.centre);
  return step;
}

// Two digests: of who the person is, and of the training. So a new last day does not write a name
// again that the teacher has mended.
constexpr size_t kHalf = storage::kDigestBytes;

std::string ContentHash(const ImportBatch& batch, const VoPupil& row, const v1::Step& step) {
  const int interpreter = row.interpreter_needed.has_value() ? *row.interpreter_needed : -1;
  const std::string who = absl::StrCat(
      "vo-elever 1|", storage::HmacSha256(batch.scope().keys.identity_hmac, row.ident.Reveal()),
      "|", row.given_name, "|", row.family_name, "|", row.mother_tongue, "|", interpreter);
  // Keyed, because a name alone is soon guessed.
  return storage::HmacSha256(batch.scope().keys.identity_hmac, who) +
         storage::Sha256(absl::StrCat("vo-elever 1|", step.SerializeAsString()));
}

// To a person who is new to the record it comes like any other; else it replaces what is there when
// the source has changed what it says of the person.
storage::ContactPut PutOf(const std::optional<storage::SourceRecord>& before,
                          int64_t participant_key, const std::string& hash) {
  if (!before.has_value() || before->participant_key != participant_key) {
    return storage::ContactPut::kOwn;
  }
  const bool says_same = before->content_hash.substr(0, kHalf) == hash.substr(0, kHalf);
  return says_same ? storage::ContactPut::kNone : storage::ContactPut::kReplace;
}

// The pupil was taken for somebody else before.
absl::Status LeavePerson(ImportBatch& batch, const VoPupil& row, int64_t participant_key) {
  NAVO_RETURN_IF_ERROR(batch.Log(participant_key));
  return storage::ForgetImportedContact(batch.tx(), participant_key, batch.scope().author(),
                                        batch.NewProvenance(row.source_id), domain::NameKeyOf);
}

}  // namespace

absl::StatusOr<RowFate> ApplyPupil(ImportBatch& batch, const VoPupil& row) {
  storage::WriteTx& tx = batch.tx();
  const storage::SourceKey key = batch.scope().KeyOf(row.source_id);
  const std::int32_t today = domain::DayInOslo(tx.now());
  storage::ImportedStep step;
  step.content = ContentOf(row, today);
  std::string hash = ContentHash(batch, row, step.content);
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::SourceRecord> before,
                        storage::FindSourceRecord(tx, key));
  if (before.has_value() && before->content_hash == hash) {
    NAVO_RETURN_IF_ERROR(batch.Log(before->participant_key));
    return TakenIn(v1::ROW_OUTCOME_UNCHANGED);
  }
  // A row without a time comes after everything while the training goes on, and before it else.
  const bool goes_on = !row.end_day.has_value() || today <= *row.end_day;
  NAVO_ASSIGN_OR_RETURN(const std::optional<int64_t> participant_key,
                        batch.Admit(row.ident, before.has_value() ? before->participant_key : 0,
                                    goes_on ? tx.now_us() : 0, FactsOf(row),
                                    domain::NameKey(row.family_name, row.given_name)));
  if (!participant_key.has_value()) {
    return OutsideScope();
  }
  RowFate fate = TakenIn(before.has_value() ? v1::ROW_OUTCOME_UPDATED : v1::ROW_OUTCOME_CREATED);
  if (before.has_value() && before->participant_key != *participant_key) {
    NAVO_RETURN_IF_ERROR(LeavePerson(batch, row, before->participant_key));
    fate.remark = MakeProblem(domain::row_reason::kPersonChanged, "fodselsnummer");
  }
  NAVO_RETURN_IF_ERROR(storage::PutImportedContact(
      tx, *participant_key, batch.scope().author(), ContactOf(batch, row),
      PutOf(before, *participant_key, hash), domain::NameKeyOf));
  step.participant_key = *participant_key;
  step.author = batch.scope().author();
  step.step_key = before.has_value() ? before->record_key : 0;
  step.new_id = batch.NewId();
  *step.content.mutable_provenance() = batch.NewProvenance(row.source_id);
  NAVO_ASSIGN_OR_RETURN(const storage::ImportedStepPut put, storage::PutImportedStep(tx, step));
  NAVO_RETURN_IF_ERROR(
      storage::PutSourceRecord(tx, key, {0, std::move(hash), *participant_key, put.step_key}));
  return fate;
}

}  // namespace navo::services
