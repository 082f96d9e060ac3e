#ifndef NAVO_STORAGE_PLAN_HISTORY_H_
#define NAVO_STORAGE_PLAN_HISTORY_H_

#include <cstdint>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "storage/guarded.h"
#include "storage/journal.h"
#include "storage/tx.h"

// How a participant's plan came to be, out of the journal. Any thread, within the Tx.
namespace navo::storage {

// One change of a part or a step. The texts are valid until the callback returns.
struct PlanChange {
  bool of_step = false;  // else of the part itself: its goals or its state
  JournalAct act = JournalAct::kCreated;
  int64_t seq = 0;
  int64_t record_key = 0;      // step_key, or plan_key
  std::string_view record_id;  // the step's UUID as text; empty for a part
  int64_t version = 0;         // of the record, after the change
  int64_t time_us = 0;
  std::string_view body;  // v1::Step or v1::PlanPart after the change, as their rows hold it
  // What it was about went to another participant later (or now): it counts as a change and has no
  // content here.
  bool left = false;
};
using PlanChangeFn = absl::FunctionRef<absl::Status(const Guarded<PlanChange>&)>;

// Every change of parts and steps of the participant, oldest first, each under the label of who
// made it. Errors of the engine, or the first of `fn`.
absl::Status ReadPlanHistory(ReadTx& tx, int64_t participant_key, PlanChangeFn fn);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_PLAN_HISTORY_H_
