#ifndef NAVO_SERVICES_PLAN_STEP_BYTES_H_
#define NAVO_SERVICES_PLAN_STEP_BYTES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "navo/v1/plan.pb.h"
#include "services/door/case.h"
#include "storage/plan_step.h"

// The steps of a view as bytes. A plan is read far more often than changed, and making a message of
// every stored step only to serialise it again was a quarter of a read. So the stored bytes go into
// the answer as they are, with what DescribeStep and FillOffering of plan_view.h add appended; the
// receiver sees the same message.
namespace navo::services {

// Of one view. Lives as long as the body that fills it.
class StepBytes {
 public:
  explicit StepBytes(const door::Case& c) : c_(c) {}

  // Adds a step that the caller sees to its part, which is not looked into after: its steps() stay
  // empty. INTERNAL when what is stored is no step.
  absl::Status Add(const storage::Author& author, const storage::StepView& view,
                   v1::PlanPart& part);
  // After the last one: adds the prerequisites that are steps of this view, and no others.
  void AddVisiblePrerequisites();

 private:
  // What tells of an author, the same on every step.
  struct Described {
    storage::Author author;
    std::string owner_unit;
    std::string provenance;
  };
  struct Waiting {
    std::string* step;
    std::string prerequisite;
  };
  const Described& Describe(const storage::Author& author);
  void AddOffering(const storage::StepView& view, bool titled, std::string& step) const;

  const door::Case& c_;
  std::vector<Described> described_;
  std::vector<std::string> visible_;
  std::vector<Waiting> waiting_;
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_PLAN_STEP_BYTES_H_
