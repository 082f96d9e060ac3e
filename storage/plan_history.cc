#include "storage/plan_history.h"

#include <map>
#include <tuple>

#include "storage/status_macros.h"

namespace navo::storage {
namespace {

// subject, record, and for a part who wrote it (each unit takes its own words along).
using Leaver = std::tuple<int64_t, int64_t, int64_t, int64_t>;

Leaver LeaverOf(JournalSubject subject, int64_t record_key, int64_t controller_key,
                int64_t unit_key) {
  const bool of_part = subject == JournalSubject::kPlanPart;
  return {static_cast<int64_t>(subject), record_key, of_part ? controller_key : 0,
          of_part ? unit_key : 0};
}

// Where each record that left did so: its last change here, one without content.
absl::StatusOr<std::map<Leaver, int64_t>> FindLeavers(ReadTx& tx, int64_t participant_key) {
  std::map<Leaver, int64_t> leavers;
  NAVO_RETURN_IF_ERROR(
      tx.Each("SELECT subject, record_key, controller_key, unit_key, seq FROM journal"
              " WHERE participant_key = $1 AND subject IN (10, 11) AND act = 7 AND length(body) = 0"
              " ORDER BY seq",
              {participant_key}, [&](const Row& row) {
                leavers[LeaverOf(static_cast<JournalSubject>(row.Int64(0)), row.Int64(1),
                                 row.Int64(2), row.Int64(3))] = row.Int64(4);
              }));
  return leavers;
}

}  // namespace

absl::Status ReadPlanHistory(ReadTx& tx, int64_t participant_key, PlanChangeFn fn) {
  NAVO_ASSIGN_OR_RETURN(const auto leavers, FindLeavers(tx, participant_key));
  return ReadHistory(tx, participant_key, {JournalSubject::kPlanPart, JournalSubject::kPlanStep},
                     [&](const JournalRow& row) {
                       const Label label{v1::CATEGORY_PLAN, row.author};
                       const auto leaver =
                           leavers.find(LeaverOf(row.subject, row.record_key,
                                                 row.author.controller_key, row.author.unit_key));
                       const bool left = leaver != leavers.end() && row.seq <= leaver->second;
                       return fn({label,
                                  {.of_step = row.subject == JournalSubject::kPlanStep,
                                   .act = row.act,
                                   .seq = row.seq,
                                   .record_key = row.record_key,
                                   .record_id = row.record_id,
                                   .version = row.version,
                                   .time_us = row.time_us,
                                   .body = left ? std::string_view() : row.body,
                                   .left = left}});
                     });
}

}  // namespace navo::storage
