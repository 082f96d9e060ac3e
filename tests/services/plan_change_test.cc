// What may be done to a plan, and what is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "tests/services/plan_fixture.h"

namespace navo::support {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using PlanChangeTest = PlanFixture;

google::type::Date Day(int year, int month, int day) {
  google::type::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

TEST_F(PlanChangeTest, OpeningAgainGivesTheSamePart) {
  const v1::PlanPart first = Open(kari_, "Arbeid");
  const v1::PlanPart again = Open(kari_, "Noe annet");
  EXPECT_EQ(first.goals().long_term_goal(), "Arbeid");
  EXPECT_EQ(first.version(), 1);
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
}

TEST_F(PlanChangeTest, NothingChangesBeforeTheOwnSideHasOpened) {
  Open(tor_, "Fagbrev");
  Consent();
  EXPECT_EQ(ReasonOf(TryAdd(kari_, NewStep("Kurs")).status()), "PLAN_CLOSED");
  EXPECT_EQ(ReasonOf(TryGoals(kari_, "x", v1::PlanGoals(), {}).status()), "PLAN_CLOSED");
  EXPECT_EQ(ReasonOf(TryClose(kari_, "x", "ferdig").status()), "PLAN_CLOSED");
}

TEST_F(PlanChangeTest, AClosedPartTakesNothingUntilItIsOpenedAgain) {
  Open(kari_, "Arbeid");
  const v1::Step step = Add(kari_, "Kurs");
  const std::string etag = Get(kari_).parts(0).etag();
  EXPECT_EQ(ReasonOf(TryClose(kari_, etag, "no").status()), "INVALID_FIELDS");
  EXPECT_EQ(ReasonOf(TryClose(kari_, "stale", "flyttet").status()), "STALE_ETAG");
  const auto closed = TryClose(kari_, etag, "flyttet");
  ASSERT_TRUE(closed.ok()) << closed.status();
  EXPECT_TRUE(closed->part().closed());
  EXPECT_EQ(closed->part().version(), 3);
  EXPECT_TRUE(Get(kari_).parts(0).closed());
  EXPECT_EQ(ReasonOf(TryAdd(kari_, NewStep("Kurs")).status()), "PLAN_CLOSED");
  EXPECT_EQ(ReasonOf(TryUpdate(kari_, step, {"title"}).status()), "PLAN_CLOSED");
  EXPECT_EQ(ReasonOf(TryClose(kari_, closed->part().etag(), "igjen").status()), "PLAN_CLOSED");

  const v1::PlanPart again = Open(kari_, "Nytt mål");
  EXPECT_FALSE(again.closed());
  EXPECT_EQ(again.version(), 4);
  EXPECT_EQ(again.goals().long_term_goal(), "Nytt mål");
  EXPECT_THAT(Titles(Get(kari_).parts(0)), ElementsAre("Kurs"));
}

TEST_F(PlanChangeTest, AMaskChangesTheNamedGoalsAlone) {
  const v1::PlanPart part = Open(kari_, "Arbeid");
  v1::PlanGoals goals;
  goals.set_sluttmaal("Fagbrev som elektriker");
  goals.set_occupation("7411");
  *goals.mutable_review_date() = Day(2027, 3, 1);
  const auto changed =
      TryGoals(kari_, part.etag(), goals, {"sluttmaal", "occupation", "review_date"});
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->part().goals().long_term_goal(), "Arbeid");
  EXPECT_EQ(changed->part().goals().occupation(), "7411");
  EXPECT_EQ(changed->part().version(), 2);
  EXPECT_EQ(ReasonOf(TryGoals(kari_, part.etag(), goals, {}).status()), "STALE_ETAG");
  EXPECT_EQ(ReasonOf(TryGoals(kari_, "", goals, {}).status()), "ETAG_MISSING");
  // Without a mask every field is meant: what is empty is cleared.
  const auto cleared = TryGoals(kari_, changed->part().etag(), v1::PlanGoals(), {});
  ASSERT_TRUE(cleared.ok()) << cleared.status();
  EXPECT_EQ(cleared->part().goals().ByteSizeLong(), 0u);
}

TEST_F(PlanChangeTest, WrongGoalsAreRefusedAllAtOnce) {
  const v1::PlanPart part = Open(kari_, "Arbeid");
  v1::PlanGoals goals;
  goals.set_long_term_goal(std::string(2'001, 'a'));
  goals.set_sluttmaal("to\nlinjer");
  goals.set_segment(static_cast<v1::Segment>(9));
  goals.set_occupation("74x");
  *goals.mutable_review_date() = Day(2027, 2, 30);
  const absl::Status status = TryGoals(kari_, part.etag(), goals, {}).status();
  EXPECT_EQ(ReasonOf(status), "INVALID_FIELDS");
  EXPECT_THAT(std::string(status.message()), HasSubstr("5 fields"));
  EXPECT_EQ(ReasonOf(TryGoals(kari_, part.etag(), {}, {"goals"}).status()), "INVALID_FIELDS");
}

TEST_F(PlanChangeTest, AChangedStepDoesNotMakeTheGoalsEtagStale) {
  const v1::PlanPart part = Open(kari_, "Arbeid");
  Add(kari_, "Kurs");
  EXPECT_EQ(Get(kari_).parts(0).etag(), part.etag());
  EXPECT_EQ(Get(kari_).parts(0).version(), 2);
  EXPECT_TRUE(TryGoals(kari_, part.etag(), part.goals(), {}).ok());
}

TEST_F(PlanChangeTest, AStepIsWhatWasSentAndBelongsToTheCallersUnit) {
  Open(kari_, "Arbeid");
  v1::Step sent = NewStep("  Norsk  på jobb");
  *sent.mutable_start_date() = Day(2027, 1, 4);
  *sent.mutable_end_date() = Day(2027, 1, 4);
  sent.set_weekly_hours(60);
  sent.set_owner_unit("vo-rosenhof");
  sent.set_version(17);
  sent.mutable_provenance()->set_recorded_by("somebody");
  const v1::Step step = Add(kari_, sent);
  EXPECT_EQ(step.owner_unit(), "nav-grorud-statlig");
  EXPECT_EQ(step.version(), 1);
  EXPECT_EQ(step.provenance().recorded_by(), "Kari Nordby");
  EXPECT_EQ(step.provenance().role(), v1::ROLE_VEILEDER);
  EXPECT_EQ(step.weekly_hours(), 60);
  const v1::Plan plan = Get(kari_);
  ASSERT_EQ(plan.parts(0).steps_size(), 1);
  EXPECT_EQ(plan.parts(0).steps(0).SerializeAsString(), step.SerializeAsString());
}

TEST_F(PlanChangeTest, EachWrongFieldOfAStepIsRefused) {
  Open(kari_, "Arbeid");
  const std::vector<std::pair<std::string, std::function<void(v1::Step&)>>> wrong = {
      {"step.title", [](v1::Step& s) { s.set_title(" "); }},
      {"step.title", [](v1::Step& s) { s.set_title(std::string(201, 'a')); }},
      {"step.title", [](v1::Step& s) { s.set_title("a\u202eb"); }},
      {"step.type", [](v1::Step& s) { s.clear_type(); }},
      {"step.type", [](v1::Step& s) { s.set_type(static_cast<v1::StepType>(77)); }},
      {"step.status", [](v1::Step& s) { s.set_status(v1::STEP_STATUS_FULLFOERT); }},
      {"step.status_reason", [](v1::Step& s) { s.set_status_reason("syk"); }},
      {"step.weekly_hours", [](v1::Step& s) { s.set_weekly_hours(61); }},
      {"step.weekly_hours", [](v1::Step& s) { s.set_weekly_hours(-1); }},
      {"step.start_date", [](v1::Step& s) { *s.mutable_start_date() = Day(2027, 13, 1); }},
      {"step.end_date",
       [](v1::Step& s) {
         *s.mutable_start_date() = Day(2027, 1, 2);
         *s.mutable_end_date() = Day(2027, 1, 1);
       }},
      {"step.place", [](v1::Step& s) { s.set_place(std::string(201, 'a')); }},
      {"step.language_goal",
       [](v1::Step& s) { s.set_language_goal(static_cast<v1::CefrLevel>(40)); }},
      {"step.prerequisite_step_ids[0]",
       [](v1::Step& s) { s.add_prerequisite_step_ids("00000000-0000-4000-8000-000000000000"); }},
      {"step.prerequisite_step_ids[0]", [](v1::Step& s) { s.add_prerequisite_step_ids("x"); }},
  };
  for (const auto& [field, spoil] : wrong) {
    v1::Step step = NewStep("Kurs");
    spoil(step);
    const absl::Status status = TryAdd(kari_, step).status();
    EXPECT_EQ(ReasonOf(status), "INVALID_FIELDS") << field << ": " << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr(field));
  }
  EXPECT_THAT(Get(kari_).parts(0).steps(), IsEmpty());
}

TEST_F(PlanChangeTest, AnUpdateTakesOnlyFieldsThatItMayChange) {
  Open(kari_, "Arbeid");
  v1::Step step = Add(kari_, "Kurs");
  for (const char* path : {"status", "step_id", "owner_unit", "etag", "version", "provenance",
                           "offering", "start_date.year", "nonsense"}) {
    EXPECT_EQ(ReasonOf(TryUpdate(kari_, step, {path}).status()), "INVALID_FIELDS") << path;
  }
  step.set_title("Annet navn");
  step.set_place("Grorud");
  const auto updated = TryUpdate(kari_, step, {"place"});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->step().title(), "Kurs");
  EXPECT_EQ(updated->step().place(), "Grorud");
  EXPECT_EQ(updated->step().version(), 2);
  EXPECT_EQ(ReasonOf(TryUpdate(kari_, step, {"place"}).status()), "STALE_ETAG");
  step.set_etag("");
  EXPECT_EQ(ReasonOf(TryUpdate(kari_, step, {"place"}).status()), "ETAG_MISSING");
}

TEST_F(PlanChangeTest, APeriodIsCheckedAgainstWhatIsThere) {
  Open(kari_, "Arbeid");
  v1::Step step = NewStep("Kurs");
  *step.mutable_start_date() = Day(2027, 5, 1);
  step = Add(kari_, step);
  *step.mutable_end_date() = Day(2027, 4, 30);
  EXPECT_EQ(ReasonOf(TryUpdate(kari_, step, {"end_date"}).status()), "INVALID_FIELDS");
  step.clear_start_date();
  EXPECT_TRUE(TryUpdate(kari_, step, {"start_date", "end_date"}).ok());
}

TEST_F(PlanChangeTest, FinalStatesAreFinal) {
  Open(kari_, "Arbeid");
  const v1::Step step = Add(kari_, "Kurs");
  EXPECT_EQ(ReasonOf(TryMove(kari_, step, v1::STEP_STATUS_AVBRUTT).status()), "INVALID_FIELDS");
  EXPECT_EQ(ReasonOf(TryMove(kari_, step, v1::STEP_STATUS_PLANLAGT).status()),
            "ILLEGAL_STATE_CHANGE");
  const auto done = TryMove(kari_, step, v1::STEP_STATUS_AVBRUTT, "FATT_JOBB");
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_EQ(done->step().status_reason(), "FATT_JOBB");
  EXPECT_EQ(ReasonOf(TryMove(kari_, done->step(), v1::STEP_STATUS_GJENNOMFOERES).status()),
            "ILLEGAL_STATE_CHANGE");
  EXPECT_EQ(ReasonOf(TryUpdate(kari_, done->step(), {"title"}).status()), "ILLEGAL_STATE_CHANGE");
  EXPECT_EQ(ReasonOf(TryMove(kari_, step, v1::STEP_STATUS_FULLFOERT).status()), "STALE_ETAG");
}

TEST_F(PlanChangeTest, PrerequisitesFormNoCircle) {
  Open(kari_, "Arbeid");
  v1::Step first = Add(kari_, "Norsk");
  v1::Step second = NewStep("Fagkurs");
  second.add_prerequisite_step_ids(first.step_id());
  second = Add(kari_, second);
  v1::Step third = NewStep("Praksis");
  third.add_prerequisite_step_ids(second.step_id());
  third = Add(kari_, third);
  EXPECT_THAT(third.prerequisite_step_ids(), ElementsAre(second.step_id()));

  first.add_prerequisite_step_ids(third.step_id());
  EXPECT_EQ(ReasonOf(TryUpdate(kari_, first, {"prerequisite_step_ids"}).status()),
            "INVALID_FIELDS");
  first.set_prerequisite_step_ids(0, first.step_id());
  EXPECT_EQ(ReasonOf(TryUpdate(kari_, first, {"prerequisite_step_ids"}).status()),
            "INVALID_FIELDS");
  third.clear_prerequisite_step_ids();
  EXPECT_TRUE(TryUpdate(kari_, third, {"prerequisite_step_ids"}).ok());
}

TEST_F(PlanChangeTest, AHiddenPrerequisiteIsLeftOutAndKept) {
  Open(kari_, "Arbeid");
  Open(tor_, "Fagbrev");
  const v1::Step norsk = Add(tor_, "Norsk");
  v1::Step kurs = NewStep("Kurs");
  kurs.add_prerequisite_step_ids(norsk.step_id());
  EXPECT_EQ(ReasonOf(TryAdd(kari_, kurs).status()), "INVALID_FIELDS");
  Consent();
  kurs = Add(kari_, kurs);
  EXPECT_THAT(kurs.prerequisite_step_ids(), ElementsAre(norsk.step_id()));
  Withdraw(tor_);
  kurs = Get(kari_).parts(0).steps(0);
  EXPECT_THAT(kurs.prerequisite_step_ids(), IsEmpty());
  const auto updated = TryUpdate(kari_, kurs, {"prerequisite_step_ids"});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_THAT(updated->step().prerequisite_step_ids(), IsEmpty());
  Consent();
  EXPECT_THAT(Get(kari_).parts(0).steps(0).prerequisite_step_ids(), ElementsAre(norsk.step_id()));
}

}  // namespace
}  // namespace navo::support
