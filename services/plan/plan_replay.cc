#include "services/plan/plan_replay.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "services/domain/calendar.h"
#include "services/plan/plan_view.h"

namespace navo::services {
namespace {

using storage::JournalAct;

template <typename Message>
void Parse(std::string_view body, Message& message) {
  message.ParseFromArray(body.data(), static_cast<int>(body.size()));
}

// As the current view orders them: by start day, undated last.
std::pair<bool, int32_t> PlaceOf(const v1::Step& step) {
  if (!step.has_start_date()) return {true, 0};
  return {false, domain::DayOf(step.start_date()).value_or(0)};
}

}  // namespace

std::string_view PlanReplay::ApplyToPart(const storage::PlanChange& change, Part& part) {
  const bool was_closed = part.body.closed();
  Parse(change.body, part.body);
  if (part.changes == 1) return "PLAN_OPENED";
  if (part.body.closed() == was_closed) return "GOALS_UPDATED";
  return was_closed ? "PLAN_REOPENED" : "PLAN_CLOSED";
}

std::string_view PlanReplay::ApplyToStep(const storage::Author& author,
                                         const storage::PlanChange& change, Part& part) {
  if (change.act == JournalAct::kDeleted) {
    part.steps.erase(change.record_key);
    return "STEP_REMOVED";
  }
  const auto [found, added] = part.steps.try_emplace(change.record_key);
  Step& step = found->second;
  const v1::StepStatus before = step.body.status();
  step.author = author;
  step.id = change.record_id;
  step.version = change.version;
  Parse(change.body, step.body);
  if (added) return "STEP_ADDED";
  return step.body.status() == before ? "STEP_UPDATED" : "STEP_STATUS_CHANGED";
}

std::string_view PlanReplay::Apply(const storage::Author& author,
                                   const storage::PlanChange& change) {
  if (change.of_step) {
    const auto part = parts_.find(author.controller_key);
    if (part == parts_.end()) return {};
    ++part->second.changes;
    if (change.left) return {};
    return ApplyToStep(author, change, part->second);
  }
  Part& part = parts_[author.controller_key];
  ++part.changes;
  part.author = author;
  plan_key_ = change.record_key;
  part.gone = false;
  if (change.left) {
    // As storage does when goals go to another participant: without steps the part goes with them.
    part.body.Clear();
    part.gone = change.act == JournalAct::kDeleted && part.steps.empty();
    return {};
  }
  return ApplyToPart(change, part);
}

std::string PlanReplay::Version() const {
  std::vector<services::PartVersion> versions;
  for (const auto& [controller_key, part] : parts_) {
    if (part.gone) continue;
    versions.push_back({controller_key, part.changes});
  }
  return ViewVersion(c_, std::move(versions));
}

int64_t PlanReplay::PartVersion(int64_t controller_key) const {
  const auto found = parts_.find(controller_key);
  return found == parts_.end() ? 0 : found->second.changes;
}

void PlanReplay::FillPart(const Part& from, v1::PlanPart& part) const {
  part = from.body;
  part.set_version(static_cast<int32_t>(from.changes));
  c_.Describe(from.author, part.mutable_provenance());
  std::vector<const Step*> steps;
  for (const auto& [step_key, step] : from.steps) steps.push_back(&step);
  std::stable_sort(steps.begin(), steps.end(), [](const Step* a, const Step* b) {
    return PlaceOf(a->body) < PlaceOf(b->body);
  });
  for (const Step* step : steps) {
    v1::Step& filled = *part.add_steps();
    filled = step->body;
    filled.set_step_id(step->id);
    filled.set_version(static_cast<int32_t>(step->version));
    if (const access::Unit* unit = c_.directory().FindUnit(step->author.unit_key)) {
      filled.set_owner_unit(unit->id);
    }
    c_.Describe(step->author, filled.mutable_provenance());
  }
}

void PlanReplay::Fill(v1::Plan& plan) const {
  const auto own = parts_.find(c_.caller().controller_key);
  if (own != parts_.end() && !own->second.gone) FillPart(own->second, *plan.add_parts());
  for (auto part = parts_.begin(); part != parts_.end(); ++part) {
    if (part != own && !part->second.gone) FillPart(part->second, *plan.add_parts());
  }
  plan.set_version(Version());
  DropHiddenPrerequisites(plan);
}

absl::Status ReplayVisible(door::Case& c, PlanReplay& replay,
                           absl::FunctionRef<void(const ReplayedChange&)> fn) {
  return storage::ReadPlanHistory(c.tx(), c.participant_key(),
                                  [&](const storage::Guarded<storage::PlanChange>& guarded) {
                                    const storage::PlanChange* change = c.Open(guarded);
                                    if (change == nullptr) return absl::OkStatus();
                                    const storage::Author& author = guarded.label().author;
                                    fn({author, *change, replay.Apply(author, *change)});
                                    return absl::OkStatus();
                                  });
}

}  // namespace navo::services
