#include "clients/cli/plan_view.h"

#include <algorithm>
#include <cctype>

#include "clients/cli/printing.h"
#include "clients/cli/text_width.h"
#include "clients/cli/timeline.h"
#include "clients/cli/words.h"

namespace navo::cli {
namespace {

std::string Period(const v1::Step& step) {
  if (!step.has_start_date() && !step.has_end_date()) return "";
  return DateText(step.start_date()) + " – " + DateText(step.end_date());
}

std::string LevelText(v1::CefrLevel level) {
  return level == v1::CEFR_LEVEL_UNSPECIFIED ? "" : Word(level);
}

// "gjennomføres; Groruddalen Kompetanse (310000019)"; empty while nothing is known.
std::string OfferingText(const v1::Offering& offering) {
  std::string arranger = offering.arranger_name();
  const std::string& number = offering.arranger_organisation_number();
  if (!number.empty()) arranger += arranger.empty() ? number : " (" + number + ")";
  if (offering.status() == v1::OFFERING_STATUS_UNSPECIFIED) return arranger;
  return Word(offering.status()) + (arranger.empty() ? "" : "; " + arranger);
}

}  // namespace

void PrintGoals(Context& context, const v1::PlanPart& part) {
  const v1::PlanGoals& goals = part.goals();
  context.out() << context.bold() << UnitText(part.provenance())
                << (part.closed() ? ": part closed" : ": part open") << ", version "
                << part.version() << context.plain() << "\n";
  PrintPairs(
      context,
      {{"  goal", goals.long_term_goal()},
       {"  sluttmål", goals.sluttmaal()},
       {"  aims at", goals.segment() == v1::SEGMENT_UNSPECIFIED ? "" : Word(goals.segment())},
       {"  occupation", goals.occupation().empty() ? "" : "STYRK-08 " + goals.occupation()},
       {"  review", DateText(goals.review_date())},
       {"  own voice", goals.participant_voice()}});
}

void PrintStep(Context& context, const v1::Step& step) {
  const std::string hours = step.weekly_hours() == 0 ? "" : std::to_string(step.weekly_hours());
  PrintPairs(context,
             {{"step", step.step_id()},
              {"title", StepTitle(step)},
              {"type", Word(step.type())},
              {"status", Word(step.status()) +
                             (step.status_reason().empty() ? "" : ": " + step.status_reason())},
              {"offering", OfferingText(step.offering())},
              {"period", Period(step)},
              {"hours a week", hours},
              {"owner", step.owner_unit()},
              {"place", step.place()},
              {"asks for", LevelText(step.language_requirement())},
              {"leads to", LevelText(step.language_goal())}});
}

void PrintPlan(Context& context, const v1::GetPlanResponse& response) {
  const v1::Plan& plan = response.plan();
  Table table({{"STEP", 8}, {"TITLE", 12}, {"STATUS", 12}, {"PERIOD", 23}, {"OWNER", 12}});
  for (const auto& part : plan.parts()) {
    PrintGoals(context, part);
    for (const auto& step : part.steps()) {
      table.AddRow({step.step_id().substr(0, 8), StepTitle(step), Word(step.status()), Period(step),
                    step.owner_unit()});
    }
  }
  context.out() << "\n";
  PrintTable(context, table, "No steps yet: navo plan add-step");
  if (IsPlain(context.width())) return PrintWithheld(context, response.withheld());
  for (const std::string& line : TimelineLines(plan, context.today(), context.width())) {
    context.out() << line << "\n";
  }
  PrintWithheld(context, response.withheld());
}

void PrintPlanVersions(Context& context, const v1::ListPlanVersionsResponse& response) {
  Table table(
      {{"TIME", 16}, {"UNIT", 12}, {"WHAT", 10}, {"STEP", 8}, {"PART", 4, true}, {"VERSION", 20}});
  for (const auto& version : response.versions()) {
    std::string act = version.act();
    std::transform(act.begin(), act.end(), act.begin(), [](unsigned char letter) {
      return letter == '_' ? ' ' : static_cast<char>(std::tolower(letter));
    });
    table.AddRow({InstantText(version.provenance().time()), UnitText(version.provenance()), act,
                  version.step_id().substr(0, 8), std::to_string(version.part_version()),
                  version.version()});
  }
  PrintTable(context, table, "No versions.");
  PrintMore(context, response.next_page_token());
  PrintWithheld(context, response.withheld());
}

}  // namespace navo::cli
