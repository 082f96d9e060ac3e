// Many clients at once, on one person and one plan, and the same request many times.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "tests/services/left_behind.h"
#include "tests/support/at_once.h"
#include "tests/support/rich_case.h"
#include "tests/support/test_server.h"

namespace navo::support {
namespace {

using testing::SizeIs;

// Of every controller, and of two units where one has two.
const std::vector<std::string> kStaff{"kari", "tor", "per", "mona", "eva"};
const std::map<std::string, std::string> kControllers{{"kari", "nav-statlig"},
                                                      {"per", "nav-statlig"},
                                                      {"mona", "bydel-grorud"},
                                                      {"tor", "oslo-vo"},
                                                      {"eva", "oslo-vo"}};

class ConcurrencyTest : public testing::Test {
 protected:
  // Lets `count` clients go at once, each with a connection of its own, the staff taking turns.
  template <class Work>
  void Everybody(int count, const std::vector<std::string>& staff, Work&& work) {
    std::map<std::string, std::string> tokens;
    for (const std::string& key : staff) tokens[key] = server_.TokenFor(key);
    AtOnce(
        count,
        [&](int i) {
          return server_.WithToken(tokens[staff[static_cast<size_t>(i) % staff.size()]]);
        },
        [&](int i, const client::Client& client) {
          work(i, staff[static_cast<size_t>(i) % staff.size()], client);
        });
  }

  TestServer server_;
};

TEST_F(ConcurrencyTest, SixtyFourRegistrationsOfOnePersonLeaveOne) {
  constexpr int kClients = 64;
  std::vector<absl::StatusOr<std::string>> ids(kClients, absl::UnknownError("not asked"));
  std::vector<std::string> by(kClients);
  Everybody(kClients, kStaff, [&](int i, const std::string& key, const client::Client& client) {
    by[static_cast<size_t>(i)] = key;
    ids[static_cast<size_t>(i)] = TryRegister(client, NumberOf("amina"), true);
  });
  std::map<std::string, std::set<std::string>> ids_of;  // by controller
  std::set<std::string> all;
  for (size_t i = 0; i < ids.size(); ++i) {
    ASSERT_TRUE(ids[i].ok()) << ids[i].status();
    ids_of[kControllers.at(by[i])].insert(*ids[i]);
    all.insert(*ids[i]);
  }
  EXPECT_THAT(ids_of, SizeIs(3));
  EXPECT_THAT(all, SizeIs(3));  // one for each controller, and never the same for two

  LeftBehind left(server_);
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM participant"), 1);
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM participant_identifier"), 1);
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM participant_alias"), 3);
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM tie"), 5);
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM participant_facts"), 3);
}

TEST_F(ConcurrencyTest, SixtyFourPeopleRegisteredAtOnceByTwoSidesAreThatMany) {
  const std::vector<std::string> people{"amina", "yusuf", "olena", "tesfay"};
  Everybody(64, {"kari", "tor", "mona"},
            [&](int i, const std::string&, const client::Client& client) {
              EXPECT_TRUE(
                  TryRegister(client, NumberOf(people[static_cast<size_t>(i / 3) % 4]), true).ok());
            });
  LeftBehind left(server_);
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM participant"), 4);
  EXPECT_EQ(left.Number("SELECT COUNT(DISTINCT participant_key) FROM participant_identifier"), 4);
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM participant_alias"), 12);
}

TEST_F(ConcurrencyTest, SixtyFourOpeningsFromEveryUnitLeaveOneOpenPlan) {
  std::map<std::string, std::string> ids;
  for (const std::string& key : kStaff) ids[key] = Register(server_.As(key), "amina");
  std::vector<absl::Status> outcomes(64, absl::UnknownError("not asked"));
  Everybody(64, kStaff, [&](int i, const std::string& key, const client::Client& client) {
    v1::OpenPlanRequest request;
    request.set_participant_id(ids.at(key));
    request.mutable_goals()->set_long_term_goal("mål " + std::to_string(i));
    outcomes[static_cast<size_t>(i)] = client.Call(&v1::PlanService::Stub::Open, request).status();
  });
  for (const absl::Status& outcome : outcomes) EXPECT_TRUE(outcome.ok()) << outcome;
  LeftBehind left(server_);
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM plan"), 1);
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM plan WHERE state = 1"), 1);
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM plan_part"), 3);
  EXPECT_EQ(left.Number("SELECT SUM(version) FROM plan_part"), 3);
}

TEST_F(ConcurrencyTest, ThirtyTwoClientsEditDifferentStepsAndOneOfThirtyTwoTheSame) {
  constexpr size_t kClients = 32;
  const client::Client kari = server_.As("kari");
  const std::string id = Register(kari, "amina");
  v1::OpenPlanRequest open;
  open.set_participant_id(id);
  Must(kari, &v1::PlanService::Stub::Open, open);
  std::vector<v1::Step> steps;
  for (size_t i = 0; i <= kClients; ++i) {
    steps.push_back(Must(kari, &v1::PlanService::Stub::AddStep, NewStep(id, "Kurs")).step());
  }
  std::vector<absl::Status> different(kClients, absl::UnknownError("not asked"));
  std::vector<absl::Status> same(kClients, absl::UnknownError("not asked"));
  Everybody(2 * static_cast<int>(kClients), {"kari", "sara"},
            [&](int i, const std::string&, const client::Client& client) {
              const size_t number = static_cast<size_t>(i) / 2;
              const v1::Step& step = i % 2 == 0 ? steps[number] : steps[kClients];
              v1::UpdateStepRequest request;
              request.set_participant_id(id);
              request.set_step_id(step.step_id());
              request.set_etag(step.etag());
              request.mutable_step()->set_place("sted " + std::to_string(i));
              request.mutable_update_mask()->add_paths("place");
              (i % 2 == 0 ? different : same)[number] =
                  client.Call(&v1::PlanService::Stub::UpdateStep, request).status();
            });
  for (const absl::Status& outcome : different) EXPECT_TRUE(outcome.ok()) << outcome;
  int winners = 0;
  int stale = 0;
  for (const absl::Status& outcome : same) {
    winners += outcome.ok() ? 1 : 0;
    stale += ReasonOf(outcome) == "STALE_ETAG" ? 1 : 0;
  }
  EXPECT_EQ(winners, 1);
  EXPECT_EQ(stale, 31);
}

TEST_F(ConcurrencyTest, TheSameRequestSixteenTimesIsOneStepAndOneAnswer) {
  const client::Client kari = server_.As("kari");
  const std::string id = Register(kari, "amina");
  v1::OpenPlanRequest open;
  open.set_participant_id(id);
  Must(kari, &v1::PlanService::Stub::Open, open);
  v1::AddStepRequest request = NewStep(id, "Norsk");
  request.set_request_id("aaaaaaaa-0000-4000-8000-000000000001");
  std::vector<std::string> answers(16);
  Everybody(16, {"kari"}, [&](int i, const std::string&, const client::Client& client) {
    const auto added = client.Call(&v1::PlanService::Stub::AddStep, request);
    EXPECT_TRUE(added.ok()) << added.status();
    if (added.ok()) answers[static_cast<size_t>(i)] = added->SerializeAsString();
  });
  EXPECT_THAT(std::set<std::string>(answers.begin(), answers.end()), SizeIs(1));
  EXPECT_NE(answers[0], "");
  LeftBehind left(server_);
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM plan_step"), 1);
  EXPECT_EQ(left.Number("SELECT version FROM plan_part"), 2);
}

}  // namespace
}  // namespace navo::support
