#include "clients/cli/case_view.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "clients/cli/formats.h"
#include "clients/cli/text_width.h"

namespace navo::cli {
namespace {

void Set(google::protobuf::Timestamp* time, const char* text) { *time = *ParseInstant(text); }
void Set(google::type::Date* date, const char* text) { *date = *ParseDate(text); }

void From(v1::Provenance* provenance, const char* unit, const char* name, const char* time) {
  provenance->set_unit(unit);
  provenance->set_unit_name(name);
  Set(provenance->mutable_time(), time);
}

void FillWho(CaseRead* read) {
  auto& who = read->participant;
  who.set_participant_id("7d9f2c11-3d0e-4a51-9a53-0d8f6f1f2a01");
  auto* side = who.add_sides();
  side->mutable_facts()->set_given_name("Semira");
  side->mutable_facts()->set_family_name("Tesfay ሰሚራ");
  side->mutable_facts()->set_preferred_language("ti");
  side->mutable_facts()->set_interpreter_needed(true);
  From(side->mutable_provenance(), "nav-grorud-statlig", "NAV Grorud statlig", "2026-09-01");
  auto* tie = who.add_ties();
  tie->set_unit("nav-grorud-statlig");
  tie->set_reason(v1::TIE_REASON_SERVICE_GRANTED);
  tie->set_identity_confirmation(v1::IDENTITY_CONFIRMATION_ID_DOCUMENT);
  Set(tie->mutable_since(), "2026-08-15");
  auto* member = who.add_team();
  member->set_name("Kari Nordmann");
  member->set_unit("nav-grorud-statlig");
}

void FillGrounds(CaseRead* read) {
  read->grounds.emplace();
  auto* ground = read->grounds->add_grounds();
  ground->set_state(v1::GROUND_STATE_ACTIVE);
  ground->set_kind(v1::GROUND_KIND_SAMTYKKE);
  ground->mutable_release()->set_from_controller("oslo-vo");
  ground->mutable_release()->set_to_controller("nav-statlig");
  ground->mutable_release()->add_categories(v1::CATEGORY_EXISTENCE);
  ground->mutable_release()->add_categories(v1::CATEGORY_PLAN);
  Set(ground->mutable_valid_from(), "2026-10-01");
  read->grounds->add_grounds()->set_state(v1::GROUND_STATE_ENDED);
}

void FillKartlegging(CaseRead* read) {
  read->kartlegging.emplace();
  auto* education = read->kartlegging->add_kinds();
  education->set_kind(v1::SECTION_KIND_EDUCATION);
  auto* section = education->add_sections();
  section->set_freshness(v1::FRESHNESS_FRESH);
  section->mutable_content()->mutable_education()->set_school_years(9);
  Set(section->mutable_last_confirmed(), "2026-10-12");
  From(section->mutable_provenance(), "nav-grorud-statlig", "NAV Grorud statlig", "2026-10-12");
  section->add_confirmations()->set_unit("vo-rosenhof");
  auto* other = education->add_sections();
  other->set_freshness(v1::FRESHNESS_STALE);
  auto* item = other->mutable_content()->mutable_education()->add_items();
  item->set_title("Sykepleier");
  item->set_country("ER");
  Set(other->mutable_last_confirmed(), "2024-10-12");
  From(other->mutable_provenance(), "vo-rosenhof", "VO Rosenhof", "2024-10-12");
  auto* goals = read->kartlegging->add_kinds();
  goals->set_kind(v1::SECTION_KIND_GOALS_INTERESTS);
  goals->set_freshness(v1::FRESHNESS_MISSING);
  auto* withheld = read->kartlegging->add_withheld();
  withheld->set_category(v1::CATEGORY_LANGUAGE);
  withheld->set_owner_controller("oslo-vo");
  withheld->set_reason(v1::WITHHELD_REASON_NO_GROUND);
}

void FillPlan(CaseRead* read) {
  read->plan.emplace();
  auto* part = read->plan->mutable_plan()->add_parts();
  part->mutable_goals()->set_long_term_goal("Jobb som helsefagarbeider");
  Set(part->mutable_goals()->mutable_review_date(), "2027-02-01");
  From(part->mutable_provenance(), "nav-grorud-statlig", "NAV Grorud statlig", "2026-10-12");
  auto* step = part->add_steps();
  step->set_title("Arbeidstrening på sykehjem");
  step->set_status(v1::STEP_STATUS_PLANLAGT);
  step->set_owner_unit("nav-grorud-statlig");
  Set(step->mutable_start_date(), "2027-01-04");
  Set(step->mutable_end_date(), "2027-05-28");
}

void FillRest(CaseRead* read) {
  read->follow_ups.emplace();
  auto* follow_up = read->follow_ups->add_follow_ups();
  follow_up->set_type(v1::FOLLOW_UP_TYPE_MOETE);
  follow_up->set_agreement("Søker på kurs");
  Set(follow_up->mutable_agreement_due(), "2026-12-01");
  Set(follow_up->mutable_occurred_at(), "2026-11-20 09:30");
  follow_up->mutable_note_withheld()->set_reason(v1::WITHHELD_REASON_OWN_UNIT_ONLY);
  From(follow_up->mutable_provenance(), "vo-rosenhof", "VO Rosenhof", "2026-11-20");
  read->language.emplace();
  auto* skill = read->language->add_skills();
  skill->set_skill(v1::SKILL_MUNTLIG);
  auto* judged = skill->add_assessments();
  judged->set_level(v1::CEFR_LEVEL_B1);
  Set(judged->mutable_date(), "2026-11-01");
  auto* test = skill->add_test_results();
  test->set_outcome(v1::TEST_OUTCOME_IKKE_BESTAATT);
  Set(test->mutable_date(), "2026-06-01");
}

CaseRead Whole() {
  CaseRead read;
  FillWho(&read);
  FillGrounds(&read);
  FillKartlegging(&read);
  FillPlan(&read);
  FillRest(&read);
  return read;
}

const CaseStyle kStyle{100, absl::CivilDay(2026, 11, 22), "", ""};

TEST(CaseView, IsOneScreen) {
  EXPECT_EQ("\n" + CaseText(Whole(), kStyle), R"(
Semira Tesfay ሰሚራ  7d9f2c11-3d0e-4a51-9a53-0d8f6f1f2a01
  NAV Grorud statlig: Semira Tesfay ሰሚራ; ti, interpreter needed (2026-09-01)
  tied to nav-grorud-statlig since 2026-08-15, service granted; identity: identity document
  team: Kari Nordmann (nav-grorud-statlig)
Sharing
  oslo-vo → nav-statlig: active, samtykke, from 2026-10-01: existence, plan
Kartlegging
  kind                 age            by                                what
  education            41 d  fresh    nav-grorud-statlig ✓ vo-rosenhof  9 years of school
                       2 y   stale    vo-rosenhof                       Sykepleier, ER
  goals and interests        missing
Plan  ? foreslått  ○ planlagt  ◐ gjennomføres  ● fullført  × avbrutt  │ today
  NAV Grorud statlig: Jobb som helsefagarbeider; review 2027-02-01
                                                    2026         2027
                                                    nov   des    jan    feb    mar    apr   mai
  ○ Arbeidstrening på sykehjem  nav-grorud-statlig      │         ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
Follow-ups
  when              type  unit         agreed                         note
  2026-11-20 09:30  møte  vo-rosenhof  Søker på kurs, due 2026-12-01  «note stays with vo-rosenhof»
Norwegian
  skill    judged by teachers  tested
  muntlig  B1 2026-11-01       ikke bestått 2026-06-01
Withheld
  language of oslo-vo: no ground for sharing it
)");
}

TEST(CaseView, NoLineIsWiderThanTheTerminal) {
  for (const int width : {96, 100, 140}) {
    std::istringstream lines(CaseText(Whole(), {width, kStyle.today, "", ""}));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(DisplayWidth(line), width) << line;
  }
}

TEST(CaseView, PlainIsWordsAloneOneThingALine) {
  const std::string text = CaseText(Whole(), {kPlainWidth, kStyle.today, "", ""});
  for (const char* drawn : {"✓", "│", "▓", "●", "…", "   "}) {
    EXPECT_EQ(text.find(drawn), std::string::npos) << drawn << "\n" << text;
  }
  EXPECT_NE(text.find("1. skill: muntlig; judged by teachers: B1 2026-11-01"), std::string::npos)
      << text;
  EXPECT_NE(text.find("1. Arbeidstrening på sykehjem: planlagt, from 2027-01-04 to 2027-05-28"),
            std::string::npos)
      << text;
}

TEST(CaseView, FitsOnAScreenHoweverMuchThereIs) {
  CaseRead read = Whole();
  for (int i = 0; i < 30; ++i) {
    *read.plan->mutable_plan()->mutable_parts(0)->add_steps() = read.plan->plan().parts(0).steps(0);
    *read.follow_ups->add_follow_ups() = read.follow_ups->follow_ups(0);
    *read.grounds->add_grounds() = read.grounds->grounds(0);
  }
  std::istringstream lines(CaseText(read, kStyle));
  int count = 0;
  for (std::string line; std::getline(lines, line);) ++count;
  EXPECT_LE(count, 45);
}

TEST(CaseView, WhatIsNotThereOrNotToBeSeenIsSaid) {
  CaseRead read = Whole();
  read.plan = absl::NotFoundError("no plan");
  read.language = absl::PermissionDeniedError("not for your role");
  const std::string text = CaseText(read, kStyle);
  EXPECT_NE(text.find("none yet: navo plan open 7d9f2c11"), std::string::npos) << text;
  EXPECT_NE(text.find("Norwegian  not shown: not for your role"), std::string::npos) << text;
}

TEST(CaseView, JsonHasEveryPartAndIsTheSameTwice) {
  CaseRead read = Whole();
  read.plan = absl::NotFoundError("no plan");
  const auto json = nlohmann::json::parse(CaseJson(read), nullptr, false);
  ASSERT_TRUE(json.is_object());
  EXPECT_TRUE(json["plan"].is_null());
  EXPECT_EQ(json["participant"]["participant_id"], read.participant.participant_id());
  EXPECT_EQ(json["follow_ups"]["follow_ups"][0]["type"], "FOLLOW_UP_TYPE_MOETE");
  EXPECT_EQ(CaseJson(read), CaseJson(read));
}

}  // namespace
}  // namespace navo::cli
