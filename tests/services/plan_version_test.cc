// The plan's past: every version stays as it was.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/plan_fixture.h"

namespace navo::support {
namespace {

using ::testing::ElementsAre;

using PlanVersionTest = PlanFixture;

std::vector<std::string> Acts(const std::vector<v1::PlanVersion>& versions) {
  std::vector<std::string> acts;
  for (const v1::PlanVersion& version : versions) acts.push_back(version.act());
  return acts;
}

// As the past shows it.
std::string WithoutEtags(v1::Plan plan) {
  for (v1::PlanPart& part : *plan.mutable_parts()) {
    part.clear_etag();
    for (v1::Step& step : *part.mutable_steps()) step.clear_etag();
  }
  return plan.SerializeAsString();
}

TEST_F(PlanVersionTest, EveryChangeIsListedNewestFirst) {
  v1::PlanPart part = Open(kari_, "Arbeid");
  v1::Step step = Add(kari_, "Kurs");
  step.set_place("Grorud");
  const auto updated = TryUpdate(kari_, step, {"place"});
  ASSERT_TRUE(updated.ok());
  ASSERT_TRUE(TryMove(kari_, updated->step(), v1::STEP_STATUS_GJENNOMFOERES).ok());
  const auto goals = TryGoals(kari_, part.etag(), v1::PlanGoals(), {});
  ASSERT_TRUE(goals.ok());
  ASSERT_TRUE(TryClose(kari_, goals->part().etag(), "flyttet").ok());
  Open(kari_, "Igjen");

  const std::vector<v1::PlanVersion> versions = Versions(kari_);
  EXPECT_THAT(Acts(versions),
              ElementsAre("PLAN_REOPENED", "PLAN_CLOSED", "GOALS_UPDATED", "STEP_STATUS_CHANGED",
                          "STEP_UPDATED", "STEP_ADDED", "PLAN_OPENED"));
  EXPECT_EQ(versions[0].part_version(), 7);
  EXPECT_EQ(versions[0].version(), Get(kari_).version());
  EXPECT_EQ(versions[3].step_id(), step.step_id());
  EXPECT_EQ(versions[2].step_id(), "");
  EXPECT_EQ(versions[0].provenance().recorded_by(), "Kari Nordby");
  EXPECT_EQ(versions[0].provenance().unit(), "nav-grorud-statlig");
}

TEST_F(PlanVersionTest, EachVersionIsThePlanAsItWasThen) {
  Open(kari_, "Arbeid");
  Open(tor_, "Fagbrev");
  Consent();
  std::vector<v1::Plan> seen;
  v1::Step kurs = Add(kari_, "Kurs");
  seen.push_back(Get(kari_));
  v1::Step norsk = NewStep("Norsk");
  norsk.add_prerequisite_step_ids(kurs.step_id());
  norsk.mutable_start_date()->set_year(2027);
  norsk.mutable_start_date()->set_month(1);
  norsk.mutable_start_date()->set_day(4);
  Add(tor_, norsk);
  seen.push_back(Get(kari_));
  kurs.set_title("Kurs i Oslo");
  ASSERT_TRUE(TryUpdate(kari_, kurs, {"title"}).ok());
  Add(tor_, "Skriving");
  seen.push_back(Get(kari_));
  ASSERT_TRUE(TryGoals(kari_, Get(kari_).parts(0).etag(), v1::PlanGoals(), {}).ok());
  seen.push_back(Get(kari_));
  const v1::PlanPart own = Get(kari_).parts(0);
  ASSERT_TRUE(TryClose(kari_, own.etag(), "flyttet").ok());
  seen.push_back(Get(kari_));
  for (const v1::Plan& plan : seen) {
    EXPECT_EQ(Get(kari_, plan.version()).SerializeAsString(), WithoutEtags(plan));
  }
  EXPECT_EQ(ReasonOf(TryGet(tor_, seen[0].version()).status()), "NOT_FOUND");
  EXPECT_EQ(ReasonOf(TryGet(kari_, "nonsense").status()), "NOT_FOUND");
}

TEST_F(PlanVersionTest, OnlyPartsThatAreVisibleNowAreListed) {
  Open(kari_, "Arbeid");
  Open(tor_, "Fagbrev");
  Add(tor_, "Norsk");
  EXPECT_THAT(Acts(Versions(kari_)), ElementsAre("PLAN_OPENED"));
  const std::string alone = Versions(kari_)[0].version();
  Consent();
  EXPECT_THAT(Acts(Versions(kari_)), ElementsAre("STEP_ADDED", "PLAN_OPENED", "PLAN_OPENED"));
  EXPECT_EQ(Versions(kari_)[0].provenance().controller(), "oslo-vo");
  EXPECT_EQ(Versions(kari_)[0].provenance().recorded_by(), "");
  EXPECT_EQ(Versions(kari_)[0].part_version(), 2);
  Withdraw(kari_);
  const std::vector<v1::PlanVersion> after = Versions(kari_);
  EXPECT_THAT(Acts(after), ElementsAre("PLAN_OPENED"));
  EXPECT_EQ(after[0].version(), alone);
}

TEST_F(PlanVersionTest, PagesAreWholeAndForTheirReaderAlone) {
  Open(kari_, "Arbeid");
  for (int i = 0; i < 4; ++i) Add(kari_, "Kurs");
  const auto first = TryVersions(kari_, 2);
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_EQ(first->versions_size(), 2);
  Add(kari_, "Kommet til imens");
  const auto second = TryVersions(kari_, 2, first->next_page_token());
  ASSERT_TRUE(second.ok()) << second.status();
  const auto third = TryVersions(kari_, 2, second->next_page_token());
  ASSERT_TRUE(third.ok()) << third.status();
  std::vector<int> numbers;
  for (const auto& page : {*first, *second, *third}) {
    for (const v1::PlanVersion& version : page.versions()) {
      numbers.push_back(version.part_version());
    }
  }
  EXPECT_THAT(numbers, ElementsAre(5, 4, 3, 2, 1));
  EXPECT_EQ(third->next_page_token(), "");
  EXPECT_EQ(ReasonOf(TryVersions(tor_, 2, first->next_page_token()).status()),
            "PAGE_TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(TryVersions(kari_, 201).status()), "INVALID_FIELDS");
  EXPECT_EQ(ReasonOf(TryVersions(kari_, -1).status()), "INVALID_FIELDS");
}

}  // namespace
}  // namespace navo::support
