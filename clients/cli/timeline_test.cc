#include "clients/cli/timeline.h"

#include <gtest/gtest.h>

#include <set>

#include "clients/cli/formats.h"
#include "clients/cli/text_width.h"

namespace navo::cli {
namespace {

const absl::CivilDay kToday(2026, 11, 22);

v1::Step* AddStep(v1::PlanPart* part, const std::string& title, v1::StepStatus status,
                  const std::string& first, const std::string& last, const std::string& owner) {
  v1::Step* step = part->add_steps();
  step->set_title(title);
  step->set_status(status);
  step->set_owner_unit(owner);
  if (!first.empty()) *step->mutable_start_date() = *ParseDate(first);
  if (!last.empty()) *step->mutable_end_date() = *ParseDate(last);
  return step;
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string text = "\n";
  for (const auto& line : lines) text += line + "\n";
  return text;
}

TEST(Timeline, DrawsBothSidesStepsByFirstDay) {
  v1::Plan plan;
  v1::PlanPart* nav = plan.add_parts();
  AddStep(nav, "Arbeidsmarkedsopplæring helsefag", v1::STEP_STATUS_PLANLAGT, "2027-03-01",
          "2027-08-31", "nav-grorud-statlig");
  AddStep(nav, "Avklaring", v1::STEP_STATUS_FULLFOERT, "2026-08-01", "2026-09-30",
          "nav-grorud-statlig");
  AddStep(nav, "Jobbklubb", v1::STEP_STATUS_AVBRUTT, "2026-09-01", "2026-10-15",
          "nav-grorud-statlig");
  v1::PlanPart* vo = plan.add_parts();
  AddStep(vo, "Norsk B1", v1::STEP_STATUS_GJENNOMFOERES, "2026-10-01", "2027-02-15", "vo-rosenhof");
  AddStep(vo, "Språkpraksis på sykehjem", v1::STEP_STATUS_FORESLAATT, "2027-02-01", "",
          "vo-rosenhof");
  AddStep(vo, "王小明 كتاب", v1::STEP_STATUS_FORESLAATT, "", "", "vo-rosenhof");

  EXPECT_EQ(Joined(TimelineLines(plan, kToday, 100)), R"(
                                                        2026             2027
                                                        a  s  o   n  d   j  f  m   a  m  j   j  a
● Avklaring                         nav-grorud-statlig  ███████     │
× Jobbklubb                         nav-grorud-statlig     ××××××   │
◐ Norsk B1                          vo-rosenhof               ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
? Språkpraksis på sykehjem          vo-rosenhof                     │       ░──────────────────────>
○ Arbeidsmarkedsopplæring helsefag  nav-grorud-statlig              │          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
? 王小明 كتاب                       vo-rosenhof         no dates
)");
}

TEST(Timeline, StaysWithinTheWidth) {
  v1::Plan plan;
  v1::PlanPart* part = plan.add_parts();
  for (int i = 0; i < 20; ++i) {
    AddStep(part, "Ødegård 王小明 " + std::string(static_cast<size_t>(i * 3), 'x'),
            static_cast<v1::StepStatus>(1 + i % 5), "2024-01-01", i % 3 == 0 ? "" : "2031-01-01",
            "a-unit-with-a-rather-long-name");
  }
  for (const int width : {60, 80, 100, 200}) {
    for (const auto& line : TimelineLines(plan, kToday, width)) {
      EXPECT_LE(DisplayWidth(line), width) << line;
    }
  }
}

TEST(Timeline, FinishedStepsGiveWayFirst) {
  v1::Plan plan;
  v1::PlanPart* part = plan.add_parts();
  AddStep(part, "done", v1::STEP_STATUS_FULLFOERT, "2026-01-01", "2026-02-01", "u");
  for (int i = 0; i < 4; ++i) {
    AddStep(part, "open", v1::STEP_STATUS_PLANLAGT, "2026-12-01", "2027-01-01", "u");
  }
  const std::string text = Joined(TimelineLines(plan, kToday, 100, 4));
  EXPECT_EQ(text.find("done"), std::string::npos);
  EXPECT_NE(text.find("... and 1 more: navo plan show"), std::string::npos);
}

TEST(Timeline, AStepOfACourseThatDoesNotRunSaysSo) {
  v1::Plan plan;
  v1::PlanPart* part = plan.add_parts();
  v1::Step* step = AddStep(part, "Norsk og praksis i renhold, dagtid", v1::STEP_STATUS_PLANLAGT,
                           "2026-12-01", "2027-01-01", "nav-grorud-statlig");
  step->set_type(v1::STEP_TYPE_ARBEIDSMARKEDSTILTAK);
  step->mutable_offering()->set_offering_id("1");
  for (const auto status : {v1::OFFERING_STATUS_UNSPECIFIED, v1::OFFERING_STATUS_GJENNOMFOERES}) {
    step->mutable_offering()->set_status(status);
    EXPECT_EQ(StepTitle(*step), "Norsk og praksis i renhold, dagtid");
  }
  step->mutable_offering()->set_status(v1::OFFERING_STATUS_AVSLUTTET);
  EXPECT_EQ(StepTitle(*step), "avsluttet: Norsk og praksis i renhold, dagtid");
  step->mutable_offering()->set_status(v1::OFFERING_STATUS_AVBRUTT);
  EXPECT_EQ(StepTitle(*step), "avbrutt: Norsk og praksis i renhold, dagtid");
  step->mutable_offering()->set_status(v1::OFFERING_STATUS_AVLYST);
  for (const int width : {60, 100, kPlainWidth}) {
    const std::string text = Joined(TimelineLines(plan, kToday, width));
    EXPECT_NE(text.find("avlyst: Norsk"), std::string::npos) << text;
  }
  step->clear_title();
  EXPECT_EQ(StepTitle(*step), "avlyst: arbeidsmarkedstiltak (title not known yet)");
}

TEST(Timeline, AnEmptyPlanHasNone) { EXPECT_TRUE(TimelineLines(v1::Plan(), kToday, 100).empty()); }

TEST(Timeline, EveryStatusHasItsOwnSign) {
  std::set<std::string> signs;
  for (int status = v1::STEP_STATUS_FORESLAATT; status <= v1::STEP_STATUS_AVBRUTT; ++status) {
    signs.insert(StatusSign(static_cast<v1::StepStatus>(status)));
  }
  EXPECT_EQ(signs.size(), 5u);
}

}  // namespace
}  // namespace navo::cli
