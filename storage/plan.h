#ifndef NAVO_STORAGE_PLAN_H_
#define NAVO_STORAGE_PLAN_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/plan.pb.h"
#include "storage/guarded.h"
#include "storage/tx.h"

// The joint plan: one row for each participant, opened again rather than made anew, and one part
// for each controller. Steps are in storage/plan_step.h, what happened in storage/plan_history.h.
//
// A part's `version` counts every journaled change of the part (its goals, its state, each of its
// steps): it equals the number of PLAN_PART and PLAN_STEP rows of the controller in the
// participant's journal. `goals_version` counts those of goals and state alone. The plan is open
// while a part is. All functions: errors of the engine only, unless said otherwise. Any thread,
// within the Tx.
namespace navo::storage {

// Of a plan and of a part. kGone: a part whose goals and steps went to another participant; it is
// not there for anybody, but its version goes on when it is opened again. Stored: never renumber.
enum class PlanState : int { kOpen = 1, kClosed = 2, kGone = 3 };

// A part as its row holds it. `body` views the row and is valid until the callback returns; it is a
// v1::PlanPart without names, version, etag and steps.
struct PartView {
  int64_t plan_key = 0;
  int64_t version = 0;
  int64_t goals_version = 0;
  std::string_view body;
};
using PartFn = absl::FunctionRef<absl::Status(const Guarded<PartView>&)>;

// The parts of the participant's plan, that of `first_controller_key` first, then in a stable
// order.
absl::Status ReadParts(ReadTx& tx, int64_t participant_key, int64_t first_controller_key,
                       PartFn fn);

struct PlanPartRow {
  int64_t plan_key = 0;
  int64_t participant_key = 0;
  Author author;  // whose part it is, and who changed goals or state last
  PlanState state = PlanState::kOpen;
  int64_t version = 1;
  int64_t goals_version = 1;
  v1::PlanPart body;  // goals, closed, provenance {role, time, source}
};

// The controller's part of the participant's plan; nullopt when it has none.
absl::StatusOr<std::optional<Guarded<PlanPartRow>>> FindPart(ReadTx& tx, int64_t participant_key,
                                                             int64_t controller_key);

// Opens the author's part with this body (goals and provenance), new or again; the plan row is made
// or opened with it if need be. Journaled. A part that is open already is for the caller to see
// first.
absl::StatusOr<PlanPartRow> OpenPart(WriteTx& tx, int64_t participant_key, const Author& author,
                                     const v1::PlanPart& body);

// The author's part, open or closed; opened with this body when there is none. For imports and
// moves: what comes is taken in whatever state the part is in.
absl::StatusOr<PlanPartRow> GetOrOpenPart(WriteTx& tx, int64_t participant_key,
                                          const Author& author, const v1::PlanPart& body);

// Writes `part.body` as the part's next version, done by `actor`; `part` follows. Journaled.
absl::Status ChangeGoals(WriteTx& tx, PlanPartRow& part, const Author& actor);

// Closes the part, and the plan with its last open part. Journaled; the reason stands in a journal
// row of its own (PLAN, ENDED, a v1::ClosePlanRequest with nothing but the reason).
absl::Status ClosePart(WriteTx& tx, PlanPartRow& part, const Author& actor,
                       std::string_view reason);

// The part of the unit's controller, if that unit has opened, changed or closed it (any unit of the
// controller where unit_key is 0) and has not taken that along since. For moves.
absl::StatusOr<std::optional<PlanPartRow>> FindPartWrittenBy(ReadTx& tx, int64_t participant_key,
                                                             const Author& unit);

// Takes the goals of a part to another participant's plan, each version that the unit wrote (or its
// whole side, where unit_key is 0) by whoever wrote it, and says what part they are now of: it is
// open or closed as the last of them left it. A part that the participant has stands, and they are
// its earlier versions. Journaled there; what is left behind is for LeavePart.
absl::StatusOr<PlanPartRow> TakePart(WriteTx& tx, const PlanPartRow& from, int64_t to_key,
                                     const Author& unit);

// Takes the goals away from a part that `actor`'s unit wrote: they are another participant's.
// Journaled without content. What another unit has written, before or since, comes back, journaled
// as corrected, by whoever wrote it; without that the part is gone when it has no step left.
absl::Status LeavePart(WriteTx& tx, PlanPartRow& part, const Author& actor);

// One more change of the part: what every change of a step calls.
absl::Status CountPartChange(WriteTx& tx, int64_t plan_key, int64_t controller_key);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_PLAN_H_
