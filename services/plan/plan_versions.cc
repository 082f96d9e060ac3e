#include "services/plan/plan_versions.h"

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "services/domain/error.h"
#include "services/domain/page.h"
#include "services/plan/plan_replay.h"
#include "services/plan/plan_view.h"
#include "storage/instant.h"
#include "storage/plan_step.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

struct Listed {
  int64_t seq = 0;
  v1::PlanVersion version;
};

// Who did it and when, out of the record as it was after the change.
v1::Provenance ProvenanceOf(const door::Case& c, const ReplayedChange& replayed) {
  v1::Provenance provenance;
  const storage::PlanChange& change = replayed.change;
  const int size = static_cast<int>(change.body.size());
  if (change.of_step) {
    v1::Step step;
    step.ParseFromArray(change.body.data(), size);
    provenance = std::move(*step.mutable_provenance());
  } else {
    v1::PlanPart part;
    part.ParseFromArray(change.body.data(), size);
    provenance = std::move(*part.mutable_provenance());
  }
  // What was moved here was written before.
  if (change.act != storage::JournalAct::kMoved) {
    storage::SetInstant(change.time_us, provenance.mutable_time());
  }
  c.Describe(replayed.author, &provenance);
  return provenance;
}

v1::PlanVersion VersionOf(const door::Case& c, const PlanReplay& replay,
                          const ReplayedChange& replayed) {
  v1::PlanVersion version;
  version.set_version(replay.Version());
  *version.mutable_provenance() = ProvenanceOf(c, replayed);
  version.set_part_version(
      static_cast<int32_t>(replay.PartVersion(replayed.author.controller_key)));
  version.set_act(std::string(replayed.act));
  if (replayed.change.of_step) version.set_step_id(std::string(replayed.change.record_id));
  return version;
}

// Offerings are not part of a version: a step of the past shows its offering as it is known now.
absl::Status FillOfferings(door::Case& c, int64_t plan_key, v1::Plan& plan) {
  std::unordered_map<std::string_view, v1::Step*> steps;
  for (v1::PlanPart& part : *plan.mutable_parts()) {
    for (v1::Step& step : *part.mutable_steps()) steps.emplace(step.step_id(), &step);
  }
  return storage::ReadSteps(c.tx(), plan_key,
                            [&](const storage::Guarded<storage::StepView>& guarded) {
                              const storage::StepView* view = c.Open(guarded);
                              if (view == nullptr) return absl::OkStatus();
                              const auto found = steps.find(storage::UuidText(view->id));
                              if (found != steps.end()) FillOffering(*view, *found->second);
                              return absl::OkStatus();
                            });
}

}  // namespace

absl::Status ListPlanVersions(door::Case& c, const v1::ListPlanVersionsRequest& request,
                              v1::ListPlanVersionsResponse& response) {
  domain::Violations violations;
  const int size = domain::CheckPageSize(request.page_size(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const std::optional<door::PagePosition> from,
                        c.OpenPage("", request.page_token()));

  std::vector<Listed> listed;
  PlanReplay replay(c);
  NAVO_RETURN_IF_ERROR(ReplayVisible(c, replay, [&](const ReplayedChange& replayed) {
    if (replayed.act.empty()) return;
    if (from.has_value() && replayed.change.seq >= from->first) return;
    listed.push_back({replayed.change.seq, VersionOf(c, replay, replayed)});
  }));
  int64_t last = 0;
  while (!listed.empty() && response.versions_size() < size) {
    last = listed.back().seq;
    *response.add_versions() = std::move(listed.back().version);
    listed.pop_back();
  }
  if (!listed.empty()) response.set_next_page_token(c.NextPage("", {last, 0, {}}));
  c.MarkWithheld(response.mutable_withheld());
  return absl::OkStatus();
}

absl::Status FillPlanVersion(door::Case& c, std::string_view version, v1::Plan& plan) {
  bool found = false;
  int64_t plan_key = 0;
  PlanReplay replay(c);
  NAVO_RETURN_IF_ERROR(ReplayVisible(c, replay, [&](const ReplayedChange&) {
    if (found || replay.Version() != version) return;
    found = true;
    plan_key = replay.plan_key();
    replay.Fill(plan);
  }));
  if (!found) return domain::NotFound();
  NAVO_RETURN_IF_ERROR(FillOfferings(c, plan_key, plan));
  return absl::OkStatus();
}

}  // namespace navo::services
