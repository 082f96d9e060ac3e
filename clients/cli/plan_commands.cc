// navo plan: one plan per participant, with the steps of both sides.
#include "clients/cli/commands.h"
#include "clients/cli/plan_view.h"
#include "clients/cli/prefix.h"
#include "navo/v1/plan.grpc.pb.h"

namespace navo::cli {
namespace {

using Stub = v1::PlanService::Stub;

absl::StatusOr<v1::Plan> ReadPlan(Context& context, const std::string& participant) {
  v1::GetPlanRequest request;
  request.set_participant_id(participant);
  auto response = context.Call(&Stub::Get, request);
  if (!response.ok()) return response.status();
  return std::move(*response->mutable_plan());
}

// Completes the step's id and, unless one was given, takes over the etag that it has now.
template <class Request>
absl::Status CompleteStep(Context& context, Request* request) {
  if (!request->etag().empty() && request->step_id().size() >= 36) return absl::OkStatus();
  const auto plan = ReadPlan(context, request->participant_id());
  if (!plan.ok()) return plan.status();
  std::vector<std::string> ids;
  for (const auto& part : plan->parts()) {
    for (const auto& step : part.steps()) ids.push_back(step.step_id());
  }
  const auto found = FindByBeginning(ids, request->step_id(), "step");
  if (!found.ok()) return found.status();
  request->set_step_id(*found);
  for (const auto& part : plan->parts()) {
    for (const auto& step : part.steps()) {
      if (step.step_id() == *found && request->etag().empty()) request->set_etag(step.etag());
    }
  }
  return absl::OkStatus();
}

// Takes over the etag of the own part: the one that comes with an etag.
template <class Request>
absl::Status CompletePart(Context& context, Request* request) {
  if (!request->etag().empty()) return absl::OkStatus();
  const auto plan = ReadPlan(context, request->participant_id());
  if (!plan.ok()) return plan.status();
  for (const auto& part : plan->parts()) {
    if (!part.etag().empty()) request->set_etag(part.etag());
  }
  return absl::OkStatus();
}

void AddReading(CommandLine& line, CLI::App& noun) {
  Command<v1::GetPlanRequest> show(line, noun, "show",
                                   "The plan as you may see it, now or as a version.",
                                   "navo plan show PARTICIPANT");
  show.Participant();
  show.Field("--version", "version", "A version from: navo plan versions");
  show.Reading();
  show.Calls(&Stub::Get, PrintPlan);

  Command<v1::ListPlanVersionsRequest> versions(line, noun, "versions", "How the plan came to be.",
                                                "navo plan versions PARTICIPANT");
  versions.Participant();
  versions.Reading();
  versions.Calls(&Stub::ListVersions, PrintPlanVersions);
}

void AddOpen(CommandLine& line, CLI::App& noun) {
  Command<v1::OpenPlanRequest> command(
      line, noun, "open",
      "Open the one plan, or your side's part of it; also when it is open already.",
      "navo plan open PARTICIPANT --goal \"Jobb som helsefagarbeider\" --review 2027-02-01");
  command.Participant();
  command.Field("--goal", "goals.long_term_goal", "Long-term goal");
  command.Field("--sluttmaal", "goals.sluttmaal", "Final goal of the programme");
  command.Field("--segment", "goals.segment", "Where in the labour market");
  command.Field("--occupation", "goals.occupation", "STYRK-08, 1 to 4 digits");
  command.Field("--review", "goals.review_date", "When the plan is looked at again");
  command.Field("--voice", "goals.participant_voice", "The participant's own words");
  command.Writing();
  command.Calls(&Stub::Open, [](Context& context, const v1::OpenPlanResponse& response) {
    PrintGoals(context, response.part());
  });
}

void AddUpdateGoals(CommandLine& line, CLI::App& noun) {
  Command<v1::UpdateGoalsRequest> command(line, noun, "update-goals", "Change your side's goals.",
                                          "navo plan update-goals PARTICIPANT --review 2027-03-01");
  command.Participant();
  command.Update("--goal", "goals.long_term_goal", "Long-term goal");
  command.Update("--sluttmaal", "goals.sluttmaal", "Final goal of the programme");
  command.Update("--segment", "goals.segment", "Where in the labour market");
  command.Update("--occupation", "goals.occupation", "STYRK-08, 1 to 4 digits");
  command.Update("--review", "goals.review_date", "When the plan is looked at again");
  command.Update("--voice", "goals.participant_voice", "The participant's own words");
  command.Field("--etag", "etag", "Change only this state; without it the newest");
  command.Writing();
  command.Does([&context = line.context](v1::UpdateGoalsRequest& request) {
    if (request.update_mask().paths().empty()) {
      return absl::InvalidArgumentError("nothing to change: name what is new, see --help");
    }
    const absl::Status status = CompletePart(context, &request);
    if (!status.ok()) return status;
    return context.Show(&Stub::UpdateGoals, request, [&](const v1::UpdateGoalsResponse& response) {
      PrintGoals(context, response.part());
    });
  });
}

void AddAddStep(CommandLine& line, CLI::App& noun) {
  Command<v1::AddStepRequest> command(
      line, noun, "add-step", "Add a step that your unit answers for.",
      "navo plan add-step PARTICIPANT --title \"Norsk B1\" --type norskopplaering \\\n"
      "    --from 2026-12-01 --to 2027-06-15 --hours 12 --leads-to B1");
  command.request()->mutable_step()->set_status(v1::STEP_STATUS_PLANLAGT);
  command.Participant();
  command.Field("--title", "step.title", "What it is")->required();
  command.Field("--type", "step.type", "What kind")->required();
  command.Field("--status", "step.status", "Where it is; planlagt without it");
  command.Field("--from", "step.start_date", "First day");
  command.Field("--to", "step.end_date", "Last day");
  command.Field("--hours", "step.weekly_hours", "Hours a week");
  command.Field("--place", "step.place", "Where; no private address");
  command.Field("--asks-for", "step.language_requirement", "Norwegian level it asks for");
  command.Field("--leads-to", "step.language_goal", "Norwegian level it leads to");
  command.Field("--after", "step.prerequisite_step_ids", "Whole id of a step that comes first");
  command.Writing();
  command.Calls(&Stub::AddStep, [](Context& context, const v1::AddStepResponse& response) {
    PrintStep(context, response.step());
  });
}

void AddUpdateStep(CommandLine& line, CLI::App& noun) {
  Command<v1::UpdateStepRequest> command(line, noun, "update-step", "Change a step of your unit.",
                                         "navo plan update-step PARTICIPANT STEP --to 2027-08-15");
  command.Participant();
  command.Field("STEP", "step_id", "Id of the step, or the beginning of it")->required();
  command.Update("--title", "step.title", "What it is");
  command.Update("--type", "step.type", "What kind");
  command.Update("--from", "step.start_date", "First day");
  command.Update("--to", "step.end_date", "Last day");
  command.Update("--hours", "step.weekly_hours", "Hours a week");
  command.Update("--place", "step.place", "Where; no private address");
  command.Update("--asks-for", "step.language_requirement", "Norwegian level it asks for");
  command.Update("--leads-to", "step.language_goal", "Norwegian level it leads to");
  command.Update("--after", "step.prerequisite_step_ids", "Whole ids of steps that come first");
  command.Field("--etag", "etag", "Change only this state; without it the newest");
  command.Writing();
  command.Does([&context = line.context](v1::UpdateStepRequest& request) {
    if (request.update_mask().paths().empty()) {
      return absl::InvalidArgumentError("nothing to change: name what is new, see --help");
    }
    const absl::Status status = CompleteStep(context, &request);
    if (!status.ok()) return status;
    return context.Show(&Stub::UpdateStep, request, [&](const v1::UpdateStepResponse& response) {
      PrintStep(context, response.step());
    });
  });
}

void AddChangeStatus(CommandLine& line, CLI::App& noun) {
  Command<v1::ChangeStepStatusRequest> command(
      line, noun, "change-status", "Move a step of your unit on; fullført and avbrutt are final.",
      "navo plan change-status PARTICIPANT STEP fullfoert");
  command.Participant();
  command.Field("STEP", "step_id", "Id of the step, or the beginning of it")->required();
  command.Field("STATUS", "status", "Where to")->required();
  command.Field("--reason", "reason", "Why; needed for avbrutt");
  command.Field("--etag", "etag", "Change only this state; without it the newest");
  command.Writing();
  command.Does([&context = line.context](v1::ChangeStepStatusRequest& request) {
    const absl::Status status = CompleteStep(context, &request);
    if (!status.ok()) return status;
    return context.Show(
        &Stub::ChangeStepStatus, request,
        [&](const v1::ChangeStepStatusResponse& response) { PrintStep(context, response.step()); });
  });
}

void AddClose(CommandLine& line, CLI::App& noun) {
  Command<v1::ClosePlanRequest> command(
      line, noun, "close", "Close your side's part; the plan closes with its last part.",
      "navo plan close PARTICIPANT --reason \"I arbeid\"");
  command.Participant();
  command.Field("--reason", "reason", "Why")->required();
  command.Field("--etag", "etag", "Close only this state; without it the newest");
  command.Writing();
  command.Does([&context = line.context](v1::ClosePlanRequest& request) {
    const absl::Status status = CompletePart(context, &request);
    if (!status.ok()) return status;
    return context.Show(&Stub::Close, request, [&](const v1::ClosePlanResponse& response) {
      PrintGoals(context, response.part());
    });
  });
}

}  // namespace

void AddPlanCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line, "plan", "One plan per participant, with steps of both sides.");
  AddOpen(line, noun);
  AddReading(line, noun);
  AddUpdateGoals(line, noun);
  AddAddStep(line, noun);
  AddUpdateStep(line, noun);
  AddChangeStatus(line, noun);
  AddClose(line, noun);
}

}  // namespace navo::cli
