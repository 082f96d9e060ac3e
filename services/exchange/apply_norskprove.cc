#include <optional>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/domain/calendar.h"
#include "services/domain/reasons.h"
#include "services/exchange/apply_rows.h"
#include "storage/crypto.h"
#include "storage/language.h"
#include "storage/source_record.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

// The format gives results no id: the attempt itself is one. Keyed, because it holds the person's
// number.
std::string SourceIdOf(const ImportBatch& batch, const NorskproveResult& row) {
  return absl::BytesToHexString(storage::HmacSha256(batch.scope().keys.identity_hmac,
                                                    absl::StrCat("norskprove 1|", AttemptOf(row))));
}

storage::NewTestResult ResultFor(const ImportBatch& batch, int64_t participant_key,
                                 const NorskproveResult& row) {
  storage::NewTestResult result;
  result.id = batch.NewId();
  result.participant_key = participant_key;
  result.day = row.day;
  result.author = batch.scope().author();
  result.body = row.result;
  *result.body.mutable_provenance() = batch.NewProvenance("");
  return result;
}

// The key of the record that tells of the attempt now.
absl::StatusOr<int64_t> Put(storage::WriteTx& tx,
                            const std::optional<storage::SourceRecord>& before,
                            const storage::NewTestResult& result) {
  if (before.has_value()) {
    NAVO_ASSIGN_OR_RETURN(const bool corrected,
                          storage::CorrectTestResult(tx, before->record_key, result));
    if (corrected) return before->record_key;
  }
  return storage::AddTestResult(tx, result);
}

}  // namespace

absl::StatusOr<RowFate> ApplyNorskprove(ImportBatch& batch, const NorskproveResult& row) {
  storage::WriteTx& tx = batch.tx();
  if (row.day > domain::DayInOslo(tx.now())) {
    return RowFate{v1::ROW_OUTCOME_REJECTED,
                   MakeProblem(domain::row_reason::kInvalidDate, "dato",
                               "A test that has a result was not in the future; correct the day "
                               "in the source system."),
                   {}};
  }
  const std::string source_id = SourceIdOf(batch, row);
  const storage::SourceKey key = batch.scope().KeyOf(source_id);
  std::string hash = storage::Sha256(absl::StrCat("norskprove 1|", row.result.SerializeAsString()));
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::SourceRecord> before,
                        storage::FindSourceRecord(tx, key));
  if (before.has_value() && before->content_hash == hash) {
    NAVO_RETURN_IF_ERROR(batch.Log(before->participant_key));
    return TakenIn(v1::ROW_OUTCOME_UNCHANGED);
  }
  NAVO_ASSIGN_OR_RETURN(const std::optional<int64_t> participant_key,
                        batch.Admit(row.ident, before.has_value() ? before->participant_key : 0,
                                    domain::StartOfDayUs(row.day), {}, ""));
  if (!participant_key.has_value()) return OutsideScope();
  NAVO_ASSIGN_OR_RETURN(const int64_t record_key,
                        Put(tx, before, ResultFor(batch, *participant_key, row)));
  NAVO_RETURN_IF_ERROR(
      storage::PutSourceRecord(tx, key, {0, std::move(hash), *participant_key, record_key}));
  return TakenIn(before.has_value() ? v1::ROW_OUTCOME_UPDATED : v1::ROW_OUTCOME_CREATED);
}

}  // namespace navo::services
