// Who sees what of the joint plan, and what nobody learns from it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/plan_fixture.h"

namespace navo::support {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using PlanAccessTest = PlanFixture;

std::string WithoutRevision(v1::GetPlanResponse answer) {
  answer.clear_revision();
  return answer.SerializeAsString();
}

TEST_F(PlanAccessTest, WithoutAPlanThereIsNothingWhateverTheOtherSideHas) {
  const absl::Status before = TryGet(kari_).status();
  Open(tor_, "Fagbrev");
  Add(tor_, "Norsk");
  const absl::Status after = TryGet(kari_).status();
  EXPECT_EQ(ReasonOf(before), "NOT_FOUND");
  EXPECT_EQ(after, before);
}

TEST_F(PlanAccessTest, OneSidesPlanIsTheSameBytesWhateverTheOtherSideHas) {
  Open(kari_, "Arbeid");
  Add(kari_, "Kurs");
  const auto alone = TryGet(kari_);
  const auto versions = Versions(kari_);
  Open(tor_, "Fagbrev");
  Add(tor_, "Norsk");
  const auto together = TryGet(kari_);
  ASSERT_TRUE(alone.ok() && together.ok());
  EXPECT_EQ(WithoutRevision(*together), WithoutRevision(*alone));
  EXPECT_EQ(together->withheld_size(), 2);
  EXPECT_EQ(Versions(kari_).size(), versions.size());
}

TEST_F(PlanAccessTest, WithConsentBothSeeBothPartsTheOwnOneFirst) {
  Open(kari_, "Arbeid");
  Open(tor_, "Fagbrev");
  Add(kari_, "Kurs");
  Add(tor_, "Norsk");
  Consent();
  const v1::Plan plan = Get(tor_);
  ASSERT_EQ(plan.parts_size(), 2);
  EXPECT_EQ(plan.parts(0).provenance().controller(), "oslo-vo");
  EXPECT_EQ(plan.parts(0).provenance().recorded_by(), "Tor Lie");
  EXPECT_EQ(plan.parts(1).provenance().controller(), "nav-statlig");
  EXPECT_EQ(plan.parts(1).provenance().recorded_by(), "");
  EXPECT_EQ(plan.parts(1).goals().long_term_goal(), "Arbeid");
  EXPECT_THAT(Titles(plan.parts(0)), ElementsAre("Norsk"));
  EXPECT_THAT(Titles(plan.parts(1)), ElementsAre("Kurs"));
  EXPECT_EQ(plan.parts(1).steps(0).owner_unit(), "nav-grorud-statlig");
  EXPECT_NE(plan.parts(0).etag(), "");
  EXPECT_NE(plan.parts(0).steps(0).etag(), "");
  EXPECT_EQ(plan.parts(1).etag(), "");
  EXPECT_EQ(plan.parts(1).steps(0).etag(), "");
  EXPECT_NE(plan.version(), Get(kari_).version());
}

TEST_F(PlanAccessTest, AWithdrawalLeavesEachSideItsOwnPart) {
  Open(kari_, "Arbeid");
  Open(tor_, "Fagbrev");
  const std::string alone = Get(kari_).version();
  Consent();
  const std::string both = Get(kari_).version();
  EXPECT_NE(both, alone);
  Withdraw(tor_);
  const v1::Plan plan = Get(kari_);
  ASSERT_EQ(plan.parts_size(), 1);
  EXPECT_EQ(plan.version(), alone);
  EXPECT_EQ(Get(kari_, alone).parts_size(), 1);
  EXPECT_EQ(ReasonOf(TryGet(kari_, both).status()), "NOT_FOUND");
}

TEST_F(PlanAccessTest, TheParticipantSeesEverySide) {
  Open(kari_, "Arbeid");
  Open(tor_, "Fagbrev");
  Add(tor_, "Norsk");
  const Side amina{server_.As("amina"), "me"};
  const auto got = TryGet(amina);
  ASSERT_TRUE(got.ok()) << got.status();
  EXPECT_EQ(got->plan().parts_size(), 2);
  EXPECT_THAT(got->withheld(), IsEmpty());
  EXPECT_EQ(Versions(amina).size(), 3u);
}

TEST_F(PlanAccessTest, OnlyTheOwnerUnitChangesAStep) {
  Open(kari_, "Arbeid");
  Open(tor_, "Fagbrev");
  v1::Step step = Add(kari_, "Kurs");
  EXPECT_EQ(ReasonOf(TryUpdate(tor_, step, {"title"}).status()), "NOT_FOUND");
  Consent();
  EXPECT_EQ(ReasonOf(TryUpdate(tor_, step, {"title"}).status()), "NOT_OWNER");
  EXPECT_EQ(ReasonOf(TryMove(tor_, step, v1::STEP_STATUS_FULLFOERT).status()), "NOT_OWNER");
  // A colleague in another unit of the same controller sees it, without an etag.
  const Side per = Enter("per");
  const v1::Plan plan = Get(per);
  ASSERT_EQ(plan.parts_size(), 2);
  ASSERT_EQ(plan.parts(0).steps_size(), 1);
  EXPECT_NE(plan.parts(0).etag(), "");
  EXPECT_EQ(plan.parts(0).steps(0).etag(), "");
  EXPECT_EQ(ReasonOf(TryUpdate(per, step, {"title"}).status()), "NOT_OWNER");
  step.set_title("Kurs i Oslo");
  EXPECT_TRUE(TryUpdate(kari_, step, {"title"}).ok());
}

TEST_F(PlanAccessTest, AStepOfAnotherPersonOrOfNobodyIsNotThere) {
  Open(kari_, "Arbeid");
  v1::Step step = Add(kari_, "Kurs");
  const Side yusuf{kari_.client, Register(kari_.client, "yusuf")};
  Open(yusuf, "Arbeid");
  const absl::Status foreign = TryUpdate(yusuf, step, {"title"}).status();
  step.set_step_id("00000000-0000-4000-8000-000000000000");
  const absl::Status nobodys = TryUpdate(kari_, step, {"title"}).status();
  step.set_step_id("not an id");
  EXPECT_EQ(ReasonOf(foreign), "NOT_FOUND");
  EXPECT_EQ(nobodys, foreign);
  EXPECT_EQ(TryUpdate(kari_, step, {"title"}).status(), foreign);
}

TEST_F(PlanAccessTest, WithoutConfirmedIdentityColleaguesPlanStaysShutAndNothingIsWritten) {
  Open(kari_, "Arbeid");
  Add(kari_, "Kurs");
  const client::Client per = server_.As("per");
  const auto id = TryRegister(per, NumberOf("amina"), false);
  ASSERT_TRUE(id.ok()) << id.status();
  const Side unsure{per, *id};
  EXPECT_EQ(ReasonOf(TryGet(unsure).status()), "NOT_FOUND");
  EXPECT_THAT(Versions(unsure), IsEmpty());
  EXPECT_EQ(ReasonOf(TryOpen(unsure, "x").status()), "IDENTITY_NOT_CONFIRMED");
}

}  // namespace
}  // namespace navo::support
