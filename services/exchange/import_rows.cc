#include "services/exchange/import_rows.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "services/domain/reasons.h"
#include "services/exchange/apply_rows.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

bool IsRemark(const ImportRow& row) { return std::holds_alternative<FileRemark>(row.content); }

struct Apply {
  ImportBatch& batch;

  absl::StatusOr<RowFate> operator()(const NavParticipation& row) const {
    return ApplyParticipation(batch, row);
  }
  absl::StatusOr<RowFate> operator()(const NavTombstone& row) const {
    return ApplyTombstone(batch, row);
  }
  absl::StatusOr<RowFate> operator()(const NavOffering& row) const {
    return ApplyOffering(batch, row);
  }
  absl::StatusOr<RowFate> operator()(const NavOfferingTombstone& row) const {
    return ApplyOfferingTombstone(batch, row);
  }
  absl::StatusOr<RowFate> operator()(const VoPupil& row) const { return ApplyPupil(batch, row); }
  absl::StatusOr<RowFate> operator()(const VoCourse& row) const { return ApplyCourse(batch, row); }
  absl::StatusOr<RowFate> operator()(const VoAbsence& row) const {
    return ApplyAbsence(batch, row);
  }
  absl::StatusOr<RowFate> operator()(const NorskproveResult& row) const {
    return ApplyNorskprove(batch, row);
  }
  absl::StatusOr<RowFate> operator()(const RowProblem& row) const {
    return RowFate{v1::ROW_OUTCOME_REJECTED, row};
  }
  absl::StatusOr<RowFate> operator()(const FileRemark& row) const {
    return RowFate{v1::ROW_OUTCOME_SKIPPED, row.remark};
  }
};

bool HasNothingToWrite(const ImportRow& row) {
  return IsRemark(row) || std::holds_alternative<RowProblem>(row.content);
}

void Count(v1::RowOutcome outcome, v1::ImportCounts& counts) {
  counts.set_rows(counts.rows() + 1);
  switch (outcome) {
    case v1::ROW_OUTCOME_CREATED:
      return counts.set_created(counts.created() + 1);
    case v1::ROW_OUTCOME_UPDATED:
      return counts.set_updated(counts.updated() + 1);
    case v1::ROW_OUTCOME_UNCHANGED:
      return counts.set_unchanged(counts.unchanged() + 1);
    case v1::ROW_OUTCOME_OUTDATED:
      return counts.set_outdated(counts.outdated() + 1);
    case v1::ROW_OUTCOME_REJECTED:
      return counts.set_rejected(counts.rejected() + 1);
    case v1::ROW_OUTCOME_SKIPPED:
      return counts.set_skipped(counts.skipped() + 1);
    default:
      return;
  }
}

}  // namespace

RowFate OutsideScope() {
  return {v1::ROW_OUTCOME_REJECTED,
          MakeProblem(domain::row_reason::kScopeMissing, "",
                      "The row is outside what this system may take in for this unit; ask the "
                      "unit.")};
}

bool NeedsWriting(const std::vector<ImportRow>& rows) {
  return !std::all_of(rows.begin(), rows.end(), HasNothingToWrite);
}

absl::StatusOr<std::size_t> ApplyRows(storage::WriteTx& tx, const ImportScope& scope,
                                      absl::Span<const ImportRow> rows, std::size_t first,
                                      absl::Span<RowFate> fates) {
  ImportBatch batch(tx, scope);
  std::size_t next = first;
  while (next < rows.size() && tx.statements() < kStatementsForRows) {
    NAVO_ASSIGN_OR_RETURN(fates[next], std::visit(Apply{batch}, rows[next].content));
    ++next;
  }
  return next;
}

std::vector<RowFate> FatesWithoutWriting(const std::vector<ImportRow>& rows) {
  std::vector<RowFate> fates;
  for (const ImportRow& row : rows) {
    if (const auto* remark = std::get_if<FileRemark>(&row.content)) {
      fates.push_back({v1::ROW_OUTCOME_SKIPPED, remark->remark});
    } else if (const auto* problem = std::get_if<RowProblem>(&row.content)) {
      fates.push_back({v1::ROW_OUTCOME_REJECTED, *problem});
    }
  }
  return fates;
}

void Report(const std::vector<ImportRow>& rows, const std::vector<RowFate>& fates,
            v1::ImportCounts& counts, v1::ImportResponse& response) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const RowFate& fate = fates[i];
    if (!IsRemark(rows[i])) Count(fate.outcome, counts);
    if (fate.remark.reason.empty()) continue;
    v1::RowResult& result = *response.add_results();
    result.set_line(rows[i].line);
    result.set_column(fate.remark.column);
    result.set_outcome(fate.outcome);
    result.set_reason(std::string(fate.remark.reason));
    result.set_advice(std::string(fate.remark.advice));
  }
  *response.mutable_counts() = counts;
}

}  // namespace navo::services
