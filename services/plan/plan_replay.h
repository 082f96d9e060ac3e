#ifndef NAVO_SERVICES_PLAN_PLAN_REPLAY_H_
#define NAVO_SERVICES_PLAN_PLAN_REPLAY_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "navo/v1/plan.pb.h"
#include "services/door/case.h"
#include "storage/guarded.h"
#include "storage/plan_history.h"

namespace navo::services {

// A plan rebuilt change by change. One thread, lives within one call.
class PlanReplay {
 public:
  explicit PlanReplay(const door::Case& c) : c_(c) {}

  // Takes in one visible change and returns what happened, for example "STEP_ADDED". Empty when
  // there is nothing to tell: for a step whose part is not visible, and for what left for another
  // participant, which is counted alone.
  std::string_view Apply(const storage::Author& author, const storage::PlanChange& change);

  // After the last change: the view's version, and the number of visible changes of that part.
  std::string Version() const;
  int64_t PartVersion(int64_t controller_key) const;

  // The plan as it stands now in the replay.
  void Fill(v1::Plan& plan) const;
  // The plan's key, 0 before the first part.
  int64_t plan_key() const { return plan_key_; }

 private:
  struct Step {
    storage::Author author;
    std::string id;
    int64_t version = 0;
    v1::Step body;
  };
  struct Part {
    storage::Author author;
    bool gone = false;
    int64_t changes = 0;
    v1::PlanPart body;
    std::map<int64_t, Step> steps;  // by step_key
  };

  static std::string_view ApplyToPart(const storage::PlanChange& change, Part& part);
  static std::string_view ApplyToStep(const storage::Author& author,
                                      const storage::PlanChange& change, Part& part);
  void FillPart(const Part& from, v1::PlanPart& part) const;

  const door::Case& c_;
  std::map<int64_t, Part> parts_;  // by controller_key
  int64_t plan_key_ = 0;
};

// A change that was just taken in. Views are valid within the callback.
struct ReplayedChange {
  const storage::Author& author;
  const storage::PlanChange& change;
  std::string_view act;  // may be empty
};

// Takes in every change that the caller may see, oldest first, with `fn` after each. Errors of the
// engine only.
absl::Status ReplayVisible(door::Case& c, PlanReplay& replay,
                           absl::FunctionRef<void(const ReplayedChange&)> fn);

}  // namespace navo::services

#endif  // NAVO_SERVICES_PLAN_PLAN_REPLAY_H_
