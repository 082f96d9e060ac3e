// The loads against a real server: every answer as it must be, and what a wrong one leads to.
#include "clients/load/loads.h"

#include <future>
#include <memory>
#include <string>
#include <utility>

#include "clients/load/case_screen.h"
#include "clients/load/rpc_costs.h"
#include "clients/load/testing_city.h"
#include "clients/load/working_day.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/temp_folder.h"

namespace navo::load {
namespace {

using ::testing::HasSubstr;

constexpr int kParticipants = 200;
constexpr int64_t kLogRows = 20'000;

class LoadsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new support::TempFolder;
    city_ = new TestingCity(folder_->path(), kParticipants, {}, kLogRows);
  }
  static void TearDownTestSuite() {
    delete std::exchange(city_, nullptr);
    delete std::exchange(folder_, nullptr);
  }
  void SetUp() override { ASSERT_TRUE(city_->started()); }

  static DriveOptions Short() {
    return {.clients = 24,
            .warm_up = absl::Milliseconds(50),
            .window = absl::Milliseconds(400),
            .rate = 200};
  }

  static support::TempFolder* folder_;
  static TestingCity* city_;
};
support::TempFolder* LoadsTest::folder_ = nullptr;
TestingCity* LoadsTest::city_ = nullptr;

TEST_F(LoadsTest, ScreensAndWorkingDaysAreAnsweredRightly) {
  for (const auto& make : {MakeCaseScreenLoad, MakeWorkingDayLoad}) {
    const auto load = make(city_->city(), 5);
    const auto closed = DriveClosed(*load, Short());
    ASSERT_TRUE(closed.ok()) << closed.status();
    EXPECT_GT(closed->calls, 0);
    const auto open = DriveOpen(*load, Short());
    ASSERT_TRUE(open.ok()) << open.status();
    // Of each client at least the first act is looked into.
    EXPECT_GE(load->sampled().calls, Short().clients);
    EXPECT_GT(load->sampled().Statements(), 0);
  }
}

TEST_F(LoadsTest, AScreenIsDoneWhenAllItsCallsAre) {
  const auto load = MakeCaseScreenLoad(city_->city(), 6);
  std::promise<std::string> done;
  load->Start(0, [&](std::string wrong) { done.set_value(std::move(wrong)); });
  EXPECT_EQ(done.get_future().get(), "");
  EXPECT_EQ(load->sampled().calls, static_cast<int64_t>(CaseScreenCalls().size()));
}

TEST_F(LoadsTest, ARefusedCallIsAWrongAnswer) {
  City stranger{.population = Population(kParticipants),
                .seed = city_->city().seed + 1,  // other ids than the server's
                .address = city_->city().address,
                .veileder_tokens = city_->city().veileder_tokens,
                .teacher_tokens = city_->city().teacher_tokens,
                .channels = city_->city().channels};
  for (const auto& make : {MakeCaseScreenLoad, MakeWorkingDayLoad}) {
    const auto driven = DriveClosed(*make(stranger, 7), Short());
    EXPECT_THAT(std::string(driven.status().message()), HasSubstr("status 5"));
  }
}

TEST_F(LoadsTest, AFilledLogHasItsRowsAndAParticipantReadsTheNewest) {
  EXPECT_GT(city_->sizes().log_row_bytes, 50);
  EXPECT_LT(city_->sizes().log_row_bytes, 300);
  Dice dice(8);
  // Whose answer is not as it must be has no costs.
  const auto costs = CostsOfAct(city_->trial(), {"log", {ListAccess()}}, 0, dice);
  ASSERT_TRUE(costs.ok()) << costs.status();
  EXPECT_GT(costs->front().statements, 0);
}

TEST_F(LoadsTest, EveryMethodHasItsCosts) {
  const auto costs = CostsOfMethods(city_->trial(), 2, 9);
  ASSERT_TRUE(costs.ok()) << costs.status();
  EXPECT_GT(costs->size(), 30u);
  Findings findings;
  AddCosts(findings, *costs);
  EXPECT_EQ(findings["rpc.PlanService.Get.statements"].Median(),
            costs->at("PlanService.Get").statements.Median());
  EXPECT_EQ(ToLines(*costs).size(), costs->size() + 1);
  for (const std::string& line : ToLines(*costs)) EXPECT_LE(line.size(), 100u);
}

}  // namespace
}  // namespace navo::load
