// Many clients at once on one plan.
#include <gtest/gtest.h>

#include <functional>
#include <latch>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/services/plan_fixture.h"

namespace navo::support {
namespace {

class PlanConcurrencyTest : public PlanFixture {
 protected:
  struct Worker {
    std::string staff;
    std::string participant_id;
  };
  const Worker kari_works_{"kari", kari_.id};
  const Worker tor_works_{"tor", tor_.id};

  // Runs `work` for 0..count-1, the workers taking turns, each in a thread with a connection of its
  // own, all let go at once.
  void AtOnce(int count, const std::vector<Worker>& workers,
              const std::function<void(int, const Side&)>& work) {
    std::vector<std::string> tokens;
    for (const Worker& worker : workers) tokens.push_back(server_.TokenFor(worker.staff));
    std::latch start(count);
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) {
      threads.emplace_back([&, i] {
        const size_t turn = i % workers.size();
        const Side side{server_.WithToken(tokens[turn]), workers[turn].participant_id};
        start.arrive_and_wait();
        work(i, side);
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
};

TEST_F(PlanConcurrencyTest, SixtyFourOpeningsLeaveOnePlan) {
  constexpr int kClients = 64;
  std::vector<absl::StatusOr<v1::OpenPlanResponse>> answers(kClients,
                                                            absl::UnknownError("not asked"));
  AtOnce(kClients, {kari_works_, tor_works_},
         [&](int i, const Side& side) { answers[i] = TryOpen(side, "mål " + std::to_string(i)); });
  std::set<std::string> parts;
  for (const auto& answer : answers) {
    ASSERT_TRUE(answer.ok()) << answer.status();
    parts.insert(answer->part().SerializeAsString());
  }
  EXPECT_EQ(parts.size(), 2u);  // one for each side
  Consent();
  const v1::Plan plan = Get(kari_);
  ASSERT_EQ(plan.parts_size(), 2);
  EXPECT_EQ(plan.parts(0).version(), 1);
  EXPECT_EQ(plan.parts(1).version(), 1);
  EXPECT_EQ(Versions(kari_).size(), 2u);
}

TEST_F(PlanConcurrencyTest, ThirtyTwoClientsEditDifferentSteps) {
  constexpr int kClients = 32;
  Open(kari_, "Arbeid");
  Open(tor_, "Fagbrev");
  std::vector<v1::Step> steps;
  for (int i = 0; i < kClients; ++i) steps.push_back(Add(i % 2 == 0 ? kari_ : tor_, "Kurs"));
  std::vector<absl::Status> outcomes(kClients, absl::UnknownError("not asked"));
  AtOnce(kClients, {kari_works_, tor_works_}, [&](int i, const Side& side) {
    v1::Step step = steps[i];
    step.set_place("sted " + std::to_string(i));
    outcomes[i] = TryUpdate(side, step, {"place"}).status();
  });
  for (const absl::Status& outcome : outcomes) EXPECT_TRUE(outcome.ok()) << outcome;
  const v1::Plan plan = Get(kari_);
  std::set<std::string> places;
  for (const v1::Step& step : plan.parts(0).steps()) places.insert(step.place());
  EXPECT_EQ(places.size(), static_cast<size_t>(kClients / 2));
  EXPECT_EQ(plan.parts(0).version(), 1 + kClients / 2 + kClients / 2);
}

TEST_F(PlanConcurrencyTest, OfThirtyTwoEditsOfOneStepOneWins) {
  constexpr int kClients = 32;
  Open(kari_, "Arbeid");
  const v1::Step step = Add(kari_, "Kurs");
  std::vector<absl::Status> outcomes(kClients, absl::UnknownError("not asked"));
  AtOnce(kClients, {kari_works_}, [&](int i, const Side& side) {
    v1::Step changed = step;
    changed.set_place("sted " + std::to_string(i));
    outcomes[i] = TryUpdate(side, changed, {"place"}).status();
  });
  std::string winner;
  for (int i = 0; i < kClients; ++i) {
    if (outcomes[i].ok()) {
      EXPECT_EQ(winner, "");
      winner = "sted " + std::to_string(i);
    } else {
      EXPECT_EQ(ReasonOf(outcomes[i]), "STALE_ETAG") << outcomes[i];
    }
  }
  const v1::Step left = Get(kari_).parts(0).steps(0);
  EXPECT_NE(winner, "");
  EXPECT_EQ(left.place(), winner);
  EXPECT_EQ(left.version(), 2);
}

}  // namespace
}  // namespace navo::support
