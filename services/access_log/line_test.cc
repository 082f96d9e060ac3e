#include "services/access_log/line.h"

#include <gtest/gtest.h>

#include "services/access/rules.h"
#include "services/access_log/words.h"
#include "services/domain/calendar.h"

namespace navo::services {
namespace {

// 22 November 2026, 10:15 in Oslo.
ActFacts SomeAct() {
  return {.time_us = domain::ParseInstant("2026-11-22T10:15:00").value(),
          .role = v1::ROLE_VEILEDER,
          .unit_name = "Nav Grorud, statlig linje"};
}

TEST(LineTest, SaysWhatWasSeen) {
  ActFacts act = SomeAct();
  act.shown = {v1::CATEGORY_EXISTENCE, v1::CATEGORY_PLAN, v1::CATEGORY_LANGUAGE,
               v1::CATEGORY_FOLLOWUP_SUMMARY};
  act.methods = {61, 81};
  EXPECT_EQ(LineNb(act),
            "22. november 2026 kl. 10.15: En veileder ved Nav Grorud, statlig linje så "
            "språkferdighetene dine, planen din og oppfølgingen din.");
  EXPECT_EQ(LineEn(act),
            "22 November 2026 at 10:15: An adviser at Nav Grorud, statlig linje saw your language "
            "skills, your plan and your follow-up.");
}

TEST(LineTest, NamesWhoLookedWhereTheControllersWantIt) {
  ActFacts act = SomeAct();
  act.name = "Kari Nordby";
  act.shown = {v1::CATEGORY_PLAN};
  EXPECT_EQ(LineNb(act),
            "22. november 2026 kl. 10.15: Kari Nordby, en veileder ved Nav Grorud, statlig linje, "
            "så planen din.");
  EXPECT_EQ(LineEn(act),
            "22 November 2026 at 10:15: Kari Nordby, an adviser at Nav Grorud, statlig linje, saw "
            "your plan.");
}

TEST(LineTest, SaysWhatWasDoneOnceEach) {
  ActFacts act = SomeAct();
  act.role = v1::ROLE_LAERER;
  act.unit_name = "VO Rosenhof";
  act.shown = {v1::CATEGORY_PLAN};
  act.methods = {64, 64, 80};
  EXPECT_EQ(LineNb(act),
            "22. november 2026 kl. 10.15: En lærer ved VO Rosenhof så planen din, la til et steg i "
            "planen din, og registrerte en oppfølging.");
}

TEST(LineTest, SaysThatSomebodyWasRefusedAndWhy) {
  ActFacts act = SomeAct();
  act.refused = true;
  act.reason = access::Reason::kNoRelation;
  EXPECT_EQ(LineNb(act),
            "22. november 2026 kl. 10.15: En veileder ved Nav Grorud, statlig linje ble nektet "
            "tilgang til saken din (uten tilknytning til saken din).");
  EXPECT_EQ(LineEn(act),
            "22 November 2026 at 10:15: An adviser at Nav Grorud, statlig linje was refused access "
            "to your case (not connected to your case).");
}

TEST(LineTest, SaysThatTheRestWasRefused) {
  ActFacts act = SomeAct();
  act.shown = {v1::CATEGORY_PLAN};
  act.refused = true;
  EXPECT_EQ(LineEn(act),
            "22 November 2026 at 10:15: An adviser at Nav Grorud, statlig linje saw your plan, and "
            "was refused access to the rest of your case.");
}

TEST(LineTest, SpeaksToTheParticipant) {
  ActFacts act = SomeAct();
  act.self = true;
  act.unit_name = "";
  act.role = v1::ROLE_DELTAKER;
  act.shown = {v1::CATEGORY_EXISTENCE};
  EXPECT_EQ(LineNb(act), "22. november 2026 kl. 10.15: Du så at du er registrert.");
  act.methods = {140};
  EXPECT_EQ(LineNb(act),
            "22. november 2026 kl. 10.15: Du så hvem som har sett opplysninger om deg.");
  act.methods = {};
  act.shown = {};
  act.refused = true;
  EXPECT_EQ(LineEn(act), "22 November 2026 at 10:15: You were refused access to your case.");
}

TEST(LineTest, SaysWhenNothingCameOfIt) {
  ActFacts act = SomeAct();
  EXPECT_EQ(LineEn(act),
            "22 November 2026 at 10:15: An adviser at Nav Grorud, statlig linje looked up your "
            "case and was shown nothing.");
  act.reason = access::Reason::kFailed;
  act.role = v1::ROLE_UNSPECIFIED;
  EXPECT_EQ(LineEn(act),
            "22 November 2026 at 10:15: A member of staff at Nav Grorud, statlig linje tried to do "
            "something in your case, but it was not carried out.");
}

TEST(LineTest, TellsTheTimeInOslo) {
  ActFacts act = SomeAct();
  act.time_us = domain::ParseInstant("2026-06-30T22:05:00Z").value();
  EXPECT_EQ(LineNb(act).substr(0, 27), "1. juli 2026 kl. 00.05: En ");
}

TEST(WordsTest, EveryCategoryAndEveryChangeHasWordsInBothLanguages) {
  for (int number = v1::Category_MIN + 1; number <= v1::Category_MAX; ++number) {
    const Phrase phrase = CategoryPhrase(static_cast<v1::Category>(number));
    EXPECT_FALSE(phrase.nb.empty()) << number;
    EXPECT_FALSE(phrase.en.empty()) << number;
  }
  for (const access::Rule& rule : access::AllRules()) {
    // What is about nobody stands in no participant's log.
    const bool shows_nothing_else =
        rule.action == access::Action::kWrite && rule.subject != access::Subject::kNone;
    const Phrase phrase = MethodPhrase(rule.number);
    EXPECT_EQ(phrase.nb.empty(), phrase.en.empty()) << rule.method;
    EXPECT_FALSE(shows_nothing_else && phrase.nb.empty()) << rule.method;
  }
}

}  // namespace
}  // namespace navo::services
