// Acts on the plan, and what is read before records are written that have moved.
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "tests/proof/acts.h"
#include "tests/support/rich_case.h"

namespace navo::proof {
namespace {

using Plans = v1::PlanService::Stub;

}  // namespace

// A side's part that was not there, or has gone.
void Acts::OpenPart(const Scene& scene, const std::string& unit, const std::string& mark) {
  const std::string& side = scene.caller.side.id;
  Kept& part = scene.records.parts[side];
  part = Kept();
  part.datum = Plant(scene, "Plan", "part:", v1::CATEGORY_PLAN);
  ChangePart(scene, unit, mark);
}

// The next version of the side's part, with these words of this unit.
void Acts::ChangePart(const Scene& scene, const std::string& unit, const std::string& mark) {
  const std::string& side = scene.caller.side.id;
  Kept& part = scene.records.parts.at(side);
  part.unit = unit;
  part.mark = mark;
  part.etag.clear();
  scene.person.data[part.datum].unit = unit;
  scene.person.data[part.datum].tag = absl::StrCat("part:", side, ":", mark);
  PlantOf(scene.person, unit, "PlanVersions", "part", v1::CATEGORY_PLAN);
  if (!mark.empty()) PlantOf(scene.person, unit, "PlanTexts", mark, v1::CATEGORY_PLAN);
  scene.records.past_parts[side].push_back({unit, 0, mark, ""});
}

void Acts::WritePlan(const Scene& scene) {
  const std::string side = scene.caller.side.id;
  const auto found = scene.records.parts.find(side);
  const std::string mark = Mark();
  if (found == scene.records.parts.end()) {
    v1::OpenPlanRequest open;
    open.set_participant_id(scene.id);
    open.mutable_goals()->set_long_term_goal(mark);
    const auto done = Do("opens the plan of " + scene.person.key, scene.caller,
                         Allowed(scene, true), &Plans::Open, open);
    if (!done.has_value()) return;
    OpenPart(scene, scene.caller.unit, mark);
    scene.records.parts[side].etag = done->part().etag();
    return;
  }
  Kept& part = found->second;
  if (part.unit != scene.caller.unit) return;
  if (part.etag.empty()) ReadEtags(scene);
  v1::UpdateGoalsRequest update;
  update.set_participant_id(scene.id);
  update.set_etag(part.etag);
  update.mutable_goals()->set_long_term_goal(mark);
  update.mutable_update_mask()->add_paths("long_term_goal");
  const auto done = Do("changes goals of " + scene.person.key, scene.caller, Allowed(scene, true),
                       &Plans::UpdateGoals, update);
  if (!done.has_value()) return;
  ChangePart(scene, scene.caller.unit, mark);
  part.etag = done->part().etag();
}

// A step stands in its side's part, and has no place where the part is not shown.
void Acts::AddStep(const Scene& scene) {
  const auto part = scene.records.parts.find(scene.caller.side.id);
  if (part == scene.records.parts.end()) return;
  Kept step;
  step.mark = Mark();
  v1::AddStepRequest request = support::NewStep(scene.id, step.mark);
  const Kept* first = nullptr;
  for (const Kept& other : scene.records.steps) {
    const bool seen =
        MaySee(play_.world_, scene.caller, scene.person, scene.person.data[other.datum]);
    if (seen && Once(random_, 2)) first = &other;
  }
  if (first != nullptr) request.mutable_step()->add_prerequisite_step_ids(first->id);
  const auto done = Do("adds a step for " + scene.person.key, scene.caller, Allowed(scene, true),
                       &Plans::AddStep, request);
  if (!done.has_value()) return;
  step.id = done->step().step_id();
  step.etag = done->step().etag();
  step.unit = scene.caller.unit;
  step.controller = scene.caller.side.id;
  const std::size_t place = part->second.datum;
  step.datum = Plant(scene, "Plan", absl::StrCat("step:", step.id, ":1:", step.mark),
                     v1::CATEGORY_PLAN, {place});
  if (first != nullptr) {
    Plant(scene, "PlanLinks", absl::StrCat("needs:", step.id, ":", first->id), v1::CATEGORY_PLAN);
  }
  Plant(scene, "PlanVersions", "STEP_ADDED:" + step.id, v1::CATEGORY_PLAN);
  Plant(scene, "PlanTexts", step.mark, v1::CATEGORY_PLAN);
  Name(scene, step.datum, step.id);
  Tell(scene, step.id, v1::CATEGORY_PLAN);
  scene.records.steps.push_back(step);
}

void Acts::UpdateStep(const Scene& scene) {
  for (Kept& step : scene.records.steps) {
    if (step.unit != scene.caller.unit || Once(random_, 2)) continue;
    v1::UpdateStepRequest request;
    request.set_participant_id(scene.id);
    request.set_step_id(step.id);
    if (step.etag.empty()) ReadEtags(scene);
    request.set_etag(step.etag);
    const std::string mark = Mark();
    request.mutable_step()->set_title(mark);
    request.mutable_update_mask()->add_paths("title");
    const auto done = Do("changes a step for " + scene.person.key, scene.caller,
                         Allowed(scene, true), &Plans::UpdateStep, request);
    if (!done.has_value()) return;
    step.etag = done->step().etag();
    ++step.version;
    scene.person.data[step.datum].tag =
        absl::StrCat("step:", step.id, ":", step.version, ":", mark);
    const std::size_t from =
        Plant(scene, "PlanVersions", "STEP_UPDATED:" + step.id, v1::CATEGORY_PLAN);
    Plant(scene, "PlanTexts", mark, v1::CATEGORY_PLAN);
    Name(scene, from, step.id);
    Tell(scene, step.id, v1::CATEGORY_PLAN);
    return;
  }
}

// Of every record that is shown with one.
void Acts::ReadEtags(const Scene& scene) {
  std::map<std::string, std::string> etags;
  const client::Client& caller = play_.As(scene.caller.key);
  v1::GetKartleggingRequest kartlegging;
  kartlegging.set_participant_id(scene.id);
  if (const auto seen = caller.Call(&v1::KartleggingService::Stub::Get, kartlegging); seen.ok()) {
    for (const v1::KindPicture& kind : seen->kinds()) {
      for (const v1::Section& section : kind.sections()) {
        etags[section.section_id()] = section.etag();
      }
    }
  }
  v1::GetPlanRequest plan;
  plan.set_participant_id(scene.id);
  if (const auto seen = caller.Call(&Plans::Get, plan); seen.ok()) {
    for (const v1::PlanPart& part : seen->plan().parts()) {
      if (!part.etag().empty()) etags["part"] = part.etag();
      for (const v1::Step& step : part.steps()) etags[step.step_id()] = step.etag();
    }
  }
  v1::ListFollowUpsRequest events;
  events.set_participant_id(scene.id);
  events.set_page_size(200);
  if (const auto seen = caller.Call(&v1::FollowUpService::Stub::List, events); seen.ok()) {
    for (const v1::FollowUp& event : seen->follow_ups()) etags[event.follow_up_id()] = event.etag();
  }
  v1::GetProgressRequest progress;
  progress.set_participant_id(scene.id);
  if (const auto seen = caller.Call(&v1::LanguageService::Stub::GetProgress, progress); seen.ok()) {
    for (const v1::NorskmaalProgress& one : seen->norskmaal()) {
      if (!one.norskmaal().etag().empty()) etags["norskmaal"] = one.norskmaal().etag();
    }
  }
  Records& records = scene.records;
  for (std::vector<Kept>* kept : {&records.sections, &records.steps, &records.events}) {
    for (Kept& one : *kept) {
      if (const auto found = etags.find(one.id); found != etags.end()) one.etag = found->second;
    }
  }
  const std::string& side = scene.caller.side.id;
  if (const auto part = records.parts.find(side); part != records.parts.end()) {
    part->second.etag = etags["part"];
  }
  if (const auto goal = records.norskmaal.find(side); goal != records.norskmaal.end()) {
    goal->second.etag = etags["norskmaal"];
  }
}

}  // namespace navo::proof
