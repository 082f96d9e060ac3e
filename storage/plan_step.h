#ifndef NAVO_STORAGE_PLAN_STEP_H_
#define NAVO_STORAGE_PLAN_STEP_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/plan.pb.h"
#include "storage/guarded.h"
#include "storage/offering.h"
#include "storage/tx.h"

// The steps of plans, each owned by one unit. Every change is journaled and counts as a change of
// the part that the step belongs to (that of the owner's controller). All functions: errors of the
// engine only, unless said otherwise. Any thread, within the Tx.
namespace navo::storage {

// A step as its row holds it, with its offering joined. The texts view the row and are valid until
// the callback returns. `body` is a v1::Step without ids, names, etag, version and offering.
struct StepView {
  int64_t step_key = 0;
  std::string_view id;  // 16 bytes
  int64_t version = 0;
  std::string_view body;
  bool has_offering = false;
  std::string_view offering_id;    // in its source system
  std::string_view offering_body;  // a v1::Offering without its id; empty while it is not known
};
using StepFn = absl::FunctionRef<absl::Status(const Guarded<StepView>&)>;

// The steps of a plan by start day, undated last.
absl::Status ReadSteps(ReadTx& tx, int64_t plan_key, StepFn fn);

struct PlanStepRow {
  int64_t step_key = 0;
  std::string id;  // 16 bytes
  int64_t plan_key = 0;
  int64_t participant_key = 0;
  Author author;  // the responsible unit, and who changed it last
  int64_t offering_key = 0;
  int64_t version = 1;
  v1::Step body;
};

// A step of the participant by its id; nullopt when there is none.
absl::StatusOr<std::optional<Guarded<PlanStepRow>>> FindStep(ReadTx& tx, int64_t participant_key,
                                                             std::string_view id_bytes);
// A step by its key, for whoever keeps that; nullopt when it is gone.
absl::StatusOr<std::optional<PlanStepRow>> LoadStep(ReadTx& tx, int64_t step_key);
// How many steps a controller has in a plan.
absl::StatusOr<int64_t> CountSteps(ReadTx& tx, int64_t plan_key, int64_t controller_key);

// Adds the step (step_key is set). The author's controller must have a part in the plan.
absl::Status AddStep(WriteTx& tx, PlanStepRow& step);
// Writes `step.body` and `step.offering_key` as the step's next version, done by `actor`, who must
// be of the owner's unit; `step` follows.
absl::Status ChangeStep(WriteTx& tx, PlanStepRow& step, const Author& actor);

// Takes what the unit wrote in one participant's plan, for which it was never meant, to the plan of
// the right one: its steps with the versions it wrote, and what it wrote of the controller's
// goals (TakePart); where unit_key is 0, those of every unit of the controller. Both journals say
// so, the wrong one's without content; from then on ReadPlanHistory calls the wrong one's earlier
// changes `left`. Returns how many records moved.
absl::StatusOr<int> MovePlanRecords(WriteTx& tx, int64_t from_participant_key,
                                    int64_t to_participant_key, const Author& unit);

// ---- For imports, which know their records by the step_key kept in source_record ----

struct ImportedStep {
  int64_t participant_key = 0;
  Author author;             // the responsible unit, and the importing system
  int64_t step_key = 0;      // of an earlier import for the same controller; 0: never taken in
  std::string new_id;        // 16 random bytes, for a step that is new
  int64_t offering_key = 0;  // 0: none
  // What the source says. title, type, status, status_reason, start_date and end_date replace what
  // was there, also when they are empty; weekly_hours, place, language_requirement, language_goal
  // and prerequisite_step_ids only when they are set. provenance: role, time, source_system,
  // source_id. A step without a title shows that of its offering.
  v1::Step content;
  // The source said this once and does so no more: it goes, unless somebody has changed the step
  // since.
  bool takes_back_weekly_hours = false;
  bool takes_back_language_goal = false;
};

struct ImportedStepPut {
  int64_t step_key = 0;  // to be kept in source_record
  PutOutcome outcome = PutOutcome::kUnchanged;
};

// Adds or updates the step, with the plan and the controller's part if need be. The source decides
// over its own steps: any state may follow any other, a closed part takes them in too, and the unit
// that the import names becomes the responsible one. Says kUnchanged, and changes nothing, when all
// but the time of recording is as it was. A step that is another participant's so far moves, and
// its past there loses its content (see MovePlanRecords). One that is gone is made anew.
absl::StatusOr<ImportedStepPut> PutImportedStep(WriteTx& tx, const ImportedStep& step);

struct TypedSteps {
  std::vector<int64_t> participant_keys;  // whose steps changed
  int64_t more_after_step_key = 0;        // 0: there are no more
};

// What kind of step an offering is has become known, or is another: the steps that came from the
// same source follow, each as a change of its own unit's by `actor`'s principal. Looks at no more
// than `limit` steps, those after `after_step_key`. `provenance`: role, time and source system.
absl::StatusOr<TypedSteps> TypeImportedSteps(WriteTx& tx, int64_t offering_key, v1::StepType type,
                                             int64_t after_step_key, int64_t limit,
                                             const Author& actor, const v1::Provenance& provenance);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_PLAN_STEP_H_
