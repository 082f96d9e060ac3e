#include "storage/plan_history.h"

namespace navo::storage {

absl::Status ReadPlanHistory(ReadTx& tx, int64_t participant_key, PlanChangeFn fn) {
  return ReadHistory(
      tx, participant_key, {JournalSubject::kPlanPart, JournalSubject::kPlanStep},
      [&](const JournalRow& row) {
        const Label label{v1::CATEGORY_PLAN,
                          {row.controller_key, row.unit_key, row.principal_key}};
        return fn({label,
                   {.of_step = row.subject == JournalSubject::kPlanStep,
                    .act = row.act,
                    .seq = row.seq,
                    .record_key = row.record_key,
                    .record_id = row.record_id,
                    .version = row.version,
                    .time_us = row.time_us,
                    .body = row.body}});
      });
}

}  // namespace navo::storage
