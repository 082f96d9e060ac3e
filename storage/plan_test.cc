#include "storage/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/offering.h"
#include "storage/participant.h"
#include "storage/plan_history.h"
#include "storage/plan_step.h"
#include "storage/store.h"
#include "storage/uuid.h"
#include "tests/support/memory_store.h"
#include "tests/support/row_opener.h"

namespace navo::storage {
namespace {

using door::Case;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Author kNav{1, 10, 100};
constexpr Author kNavColleague{1, 11, 101};
constexpr Author kSchool{2, 20, 200};
constexpr Author kImporter{1, 10, 900};

class PlanTest : public support::MemoryStoreTest {
 protected:
  void SetUp() override {
    MemoryStoreTest::SetUp();
    participant_ = NewPerson();
    other_ = NewPerson();
  }

  PlanPartRow Open(const Author& author, const std::string& goal) {
    PlanPartRow part;
    Do([&](WriteTx& tx) -> absl::Status {
      v1::PlanPart body;
      body.mutable_goals()->set_long_term_goal(goal);
      auto opened = OpenPart(tx, participant_, author, body);
      if (!opened.ok()) return opened.status();
      part = *opened;
      return absl::OkStatus();
    });
    return part;
  }

  PlanStepRow Add(const PlanPartRow& part, const Author& author, const std::string& title,
                  int day = 0) {
    PlanStepRow step{0, NewId(), part.plan_key, participant_, author, 0, 1, {}};
    step.body.set_title(title);
    step.body.set_status(v1::STEP_STATUS_PLANLAGT);
    if (day > 0) {
      step.body.mutable_start_date()->set_year(2026);
      step.body.mutable_start_date()->set_month(1);
      step.body.mutable_start_date()->set_day(day);
    }
    Do([&](WriteTx& tx) { return AddStep(tx, step); });
    return step;
  }

  ImportedStepPut Put(const ImportedStep& imported) {
    ImportedStepPut put;
    Do([&](WriteTx& tx) -> absl::Status {
      auto result = PutImportedStep(tx, imported);
      if (!result.ok()) return result.status();
      put = *result;
      return absl::OkStatus();
    });
    return put;
  }

  ImportedStep Participation(const std::string& title) {
    ImportedStep imported;
    imported.participant_key = participant_;
    imported.author = kImporter;
    imported.new_id = NewId();
    imported.content.set_title(title);
    imported.content.set_status(v1::STEP_STATUS_GJENNOMFOERES);
    imported.content.mutable_provenance()->set_source_system("komet");
    imported.content.mutable_provenance()->set_source_id("7");
    return imported;
  }

  template <typename Fn>
  void Look(Fn fn) {
    const absl::Status status = store_->Read([&](ReadTx& tx) -> absl::Status {
      fn(tx);
      return absl::OkStatus();
    });
    ASSERT_TRUE(status.ok()) << status;
  }

  std::optional<PlanPartRow> Part(const Author& of) {
    std::optional<PlanPartRow> part;
    Look([&](ReadTx& tx) {
      const auto found = FindPart(tx, participant_, of.controller_key);
      if (found.ok() && found->has_value()) part = Case::Open(**found);
    });
    return part;
  }

  std::vector<std::string> Titles(int64_t plan_key) {
    std::vector<std::string> titles;
    Look([&](ReadTx& tx) {
      EXPECT_TRUE(ReadSteps(tx, plan_key, [&](const Guarded<StepView>& row) {
                    v1::Step step;
                    step.ParseFromString(std::string(Case::Open(row).body));
                    titles.push_back(step.title());
                    return absl::OkStatus();
                  }).ok());
    });
    return titles;
  }

  // Changes journaled so far, by controller.
  std::map<int64_t, int64_t> Changes() {
    std::map<int64_t, int64_t> changes;
    Look([&](ReadTx& tx) {
      EXPECT_TRUE(ReadPlanHistory(tx, participant_, [&](const Guarded<PlanChange>& change) {
                    ++changes[change.label().author.controller_key];
                    return absl::OkStatus();
                  }).ok());
    });
    return changes;
  }

  std::vector<int64_t> PlanStates() {
    std::vector<int64_t> states;
    Look([&](ReadTx& tx) {
      EXPECT_TRUE(tx.Each("SELECT state FROM plan WHERE participant_key = $1 ORDER BY plan_key",
                          {participant_}, [&](const Row& row) { states.push_back(row.Int64(0)); })
                      .ok());
    });
    return states;
  }

  int64_t participant_ = 0;
  int64_t other_ = 0;
};

TEST_F(PlanTest, EachControllerHasItsPartOfOnePlan) {
  const PlanPartRow nav = Open(kNav, "Arbeid");
  const PlanPartRow school = Open(kSchool, "Fagbrev");
  EXPECT_EQ(nav.plan_key, school.plan_key);
  EXPECT_THAT(PlanStates(), ElementsAre(1));
  EXPECT_EQ(Part(kNav)->body.goals().long_term_goal(), "Arbeid");
  EXPECT_EQ(Part(kSchool)->body.goals().long_term_goal(), "Fagbrev");

  std::vector<int64_t> order;
  Look([&](ReadTx& tx) {
    EXPECT_TRUE(
        ReadParts(tx, participant_, kSchool.controller_key, [&](const Guarded<PartView>& part) {
          order.push_back(part.label().author.controller_key);
          return absl::OkStatus();
        }).ok());
  });
  EXPECT_THAT(order, ElementsAre(2, 1));
}

TEST_F(PlanTest, TheDatabaseRefusesASecondOpenPlan) {
  Open(kNav, "Arbeid");
  const absl::Status second = store_->WriteAndWait([&](WriteTx& tx) {
    return tx.Run(
        "INSERT INTO plan (participant_key, state, opened_us, retention_class, key_id)"
        " VALUES ($1, 1, 0, 1, 0)",
        {participant_});
  });
  EXPECT_EQ(SqlErrorOf(second), SqlError::kUniqueViolation);
}

TEST_F(PlanTest, AVersionCountsTheJournaledChangesOfThePart) {
  PlanPartRow nav = Open(kNav, "Arbeid");
  const PlanPartRow school = Open(kSchool, "Fagbrev");
  PlanStepRow step = Add(nav, kNav, "Kurs");
  PlanStepRow colleagues = Add(nav, kNavColleague, "Praksis");
  Add(school, kSchool, "Norsk");
  Do([&](WriteTx& tx) { return ChangeStep(tx, step, kNav); });
  Do([&](WriteTx& tx) { return ChangeStep(tx, colleagues, kNavColleague); });
  nav = *Part(kNav);
  EXPECT_EQ(nav.version, 5);
  EXPECT_EQ(nav.goals_version, 1);
  Do([&](WriteTx& tx) { return ChangeGoals(tx, nav, kNavColleague); });
  Put(Participation("Tiltak"));
  nav = *Part(kNav);
  Do([&](WriteTx& tx) { return ClosePart(tx, nav, kNav, "ferdig"); });
  Open(kNav, "Nytt arbeid");

  const std::map<int64_t, int64_t> changes = Changes();
  EXPECT_EQ(Part(kNav)->version, 9);
  EXPECT_EQ(Part(kNav)->goals_version, 4);
  EXPECT_EQ(Part(kSchool)->version, 2);
  EXPECT_EQ(changes.at(kNav.controller_key), Part(kNav)->version);
  EXPECT_EQ(changes.at(kSchool.controller_key), Part(kSchool)->version);
}

TEST_F(PlanTest, ThePlanClosesWithItsLastPartAndOpensAgain) {
  PlanPartRow nav = Open(kNav, "Arbeid");
  PlanPartRow school = Open(kSchool, "Fagbrev");
  Do([&](WriteTx& tx) { return ClosePart(tx, nav, kNav, "flyttet"); });
  EXPECT_THAT(PlanStates(), ElementsAre(1));
  EXPECT_EQ(Part(kNav)->state, PlanState::kClosed);
  EXPECT_TRUE(Part(kNav)->body.closed());
  Do([&](WriteTx& tx) { return ClosePart(tx, school, kSchool, "ferdig"); });
  EXPECT_THAT(PlanStates(), ElementsAre(2));

  const PlanPartRow again = Open(kNav, "Nytt");
  EXPECT_EQ(again.plan_key, nav.plan_key);
  EXPECT_THAT(PlanStates(), ElementsAre(1));
  EXPECT_EQ(Part(kNav)->state, PlanState::kOpen);
  EXPECT_FALSE(Part(kNav)->body.closed());
  EXPECT_EQ(Part(kSchool)->state, PlanState::kClosed);
}

TEST_F(PlanTest, TheReasonOfAClosingIsKept) {
  PlanPartRow nav = Open(kNav, "Arbeid");
  Do([&](WriteTx& tx) { return ClosePart(tx, nav, kNav, "flyttet til Bergen"); });
  std::vector<std::string> reasons;
  Look([&](ReadTx& tx) {
    EXPECT_TRUE(ReadHistory(tx, participant_, {JournalSubject::kPlan}, [&](const JournalRow& row) {
                  v1::ClosePlanRequest why;
                  why.ParseFromString(std::string(row.body));
                  reasons.push_back(why.reason());
                  return absl::OkStatus();
                }).ok());
  });
  EXPECT_THAT(reasons, ElementsAre("flyttet til Bergen"));
}

TEST_F(PlanTest, StepsComeByStartDayWithUndatedOnesLast) {
  const PlanPartRow nav = Open(kNav, "Arbeid");
  Add(nav, kNav, "udatert");
  Add(nav, kNav, "sen", 20);
  Add(nav, kNav, "tidlig", 3);
  EXPECT_THAT(Titles(nav.plan_key), ElementsAre("tidlig", "sen", "udatert"));
}

TEST_F(PlanTest, HistoryHoldsEveryStateOldestFirst) {
  const PlanPartRow nav = Open(kNav, "Arbeid");
  PlanStepRow step = Add(nav, kNav, "Kurs");
  step.body.set_title("Kurs i Oslo");
  Do([&](WriteTx& tx) { return ChangeStep(tx, step, kNav); });
  std::vector<std::string> seen;
  Look([&](ReadTx& tx) {
    EXPECT_TRUE(ReadPlanHistory(tx, participant_, [&](const Guarded<PlanChange>& guarded) {
                  const PlanChange& change = Case::Open(guarded);
                  EXPECT_EQ(guarded.label().category, v1::CATEGORY_PLAN);
                  v1::Step body;
                  if (change.of_step) {
                    body.ParseFromString(std::string(change.body));
                    EXPECT_EQ(change.record_id, UuidText(step.id));
                    EXPECT_EQ(change.record_key, step.step_key);
                  }
                  seen.push_back(body.title() + " " + std::to_string(change.version));
                  return absl::OkStatus();
                }).ok());
  });
  EXPECT_THAT(seen, ElementsAre(" 1", "Kurs 1", "Kurs i Oslo 2"));
}

TEST_F(PlanTest, AnImportMakesPlanPartAndStepOnce) {
  ImportedStep imported = Participation("Oppfølging");
  const ImportedStepPut created = Put(imported);
  EXPECT_EQ(created.outcome, PutOutcome::kCreated);
  EXPECT_THAT(PlanStates(), ElementsAre(1));
  imported.step_key = created.step_key;
  imported.content.mutable_provenance()->mutable_time()->set_seconds(1'800'000'000);
  EXPECT_EQ(Put(imported).outcome, PutOutcome::kUnchanged);
  EXPECT_EQ(Part(kNav)->version, 2);
}

TEST_F(PlanTest, AnImportDecidesOverItsStepsAndKeepsWhatPeopleAdded) {
  ImportedStep imported = Participation("Oppfølging");
  imported.content.set_status(v1::STEP_STATUS_FULLFOERT);
  imported.step_key = Put(imported).step_key;
  Do([&](WriteTx& tx) {
    return tx.Run("UPDATE plan_step SET body = $2 WHERE step_key = $1",
                  {imported.step_key, Blob([&] {
                     static std::string body;
                     v1::Step by_hand = imported.content;
                     by_hand.set_place("Grorud");
                     by_hand.set_language_goal(v1::CEFR_LEVEL_B1);
                     return body = by_hand.SerializeAsString();
                   }())});
  });
  imported.content.set_status(v1::STEP_STATUS_GJENNOMFOERES);
  EXPECT_EQ(Put(imported).outcome, PutOutcome::kUpdated);
  std::optional<v1::Step> step;
  Look([&](ReadTx& tx) {
    EXPECT_TRUE(ReadSteps(tx, Part(kNav)->plan_key, [&](const Guarded<StepView>& row) {
                  step.emplace().ParseFromString(std::string(Case::Open(row).body));
                  return absl::OkStatus();
                }).ok());
  });
  ASSERT_TRUE(step.has_value());
  EXPECT_EQ(step->status(), v1::STEP_STATUS_GJENNOMFOERES);
  EXPECT_EQ(step->place(), "Grorud");
  EXPECT_EQ(step->language_goal(), v1::CEFR_LEVEL_B1);
}

TEST_F(PlanTest, AnImportForAnotherPersonMovesTheStep) {
  ImportedStep imported = Participation("Oppfølging");
  imported.step_key = Put(imported).step_key;
  const int64_t plan_key = Part(kNav)->plan_key;
  imported.participant_key = other_;
  const ImportedStepPut put = Put(imported);
  EXPECT_EQ(put.outcome, PutOutcome::kUpdated);
  EXPECT_EQ(put.step_key, imported.step_key);
  EXPECT_THAT(Titles(plan_key), IsEmpty());
  EXPECT_EQ(Part(kNav)->version, 3);
  EXPECT_EQ(Changes().at(kNav.controller_key), 3);
  std::swap(participant_, other_);
  EXPECT_THAT(Titles(Part(kNav)->plan_key), ElementsAre("Oppfølging"));
  EXPECT_EQ(Part(kNav)->version, 2);
}

TEST_F(PlanTest, AStepShowsItsOfferingWhenThatComesLater) {
  ImportedStep imported = Participation("");
  Do([&](WriteTx& tx) -> absl::Status {
    auto key = GetOrCreateOffering(tx, 1, "komet", "g-1");
    if (!key.ok()) return key.status();
    auto again = GetOrCreateOffering(tx, 1, "komet", "g-1");
    EXPECT_EQ(*again, *key);
    imported.offering_key = *key;
    return absl::OkStatus();
  });
  Put(imported);
  std::vector<std::string> seen;
  const auto offering_of_step = [&] {
    Look([&](ReadTx& tx) {
      EXPECT_TRUE(ReadSteps(tx, Part(kNav)->plan_key, [&](const Guarded<StepView>& row) {
                    const StepView& view = Case::Open(row);
                    v1::Offering offering;
                    offering.ParseFromString(std::string(view.offering_body));
                    seen.push_back(std::string(view.offering_id) + ":" + offering.title());
                    return absl::OkStatus();
                  }).ok());
    });
  };
  offering_of_step();
  v1::Offering offering;
  offering.set_offering_id("g-1");
  offering.set_title("Bussjåfør");
  std::vector<PutOutcome> outcomes;
  for (const char* title : {"Bussjåfør", "Bussjåfør", "Sjåfør"}) {
    offering.set_title(title);
    Do([&](WriteTx& tx) -> absl::Status {
      auto put = PutOffering(tx, 1, "komet", 900, offering);
      if (put.ok()) outcomes.push_back(put->outcome);
      return put.status();
    });
  }
  EXPECT_THAT(outcomes,
              ElementsAre(PutOutcome::kCreated, PutOutcome::kUnchanged, PutOutcome::kUpdated));
  offering_of_step();
  Do([&](WriteTx& tx) -> absl::Status {
    auto forgotten = ForgetOffering(tx, 1, "komet", 900, "g-1");
    EXPECT_TRUE(forgotten.ok() && *forgotten);
    return forgotten.status();
  });
  offering_of_step();
  EXPECT_THAT(seen, ElementsAre("g-1:", "g-1:Sjåfør", "g-1:"));
}

TEST_F(PlanTest, WhatWasWrittenOnTheWrongPersonGoesToTheRightOne) {
  const PlanPartRow nav = Open(kNavColleague, "Arbeid");
  PlanPartRow mine = *Part(kNav);
  mine.body.mutable_goals()->set_long_term_goal("en annens mål");
  Do([&](WriteTx& tx) { return ChangeGoals(tx, mine, kNav); });
  Add(nav, kNav, "en annens kurs");
  Add(nav, kNavColleague, "kurs");
  Do([&](WriteTx& tx) -> absl::Status {
    const auto moved = MovePlanRecords(tx, participant_, other_, kNav);
    EXPECT_EQ(moved.value_or(0), 2);
    return moved.status();
  });
  EXPECT_THAT(Titles(nav.plan_key), ElementsAre("kurs"));
  EXPECT_EQ(Part(kNav)->body.goals().long_term_goal(), "Arbeid");
  EXPECT_EQ(Part(kNav)->author.unit_key, kNavColleague.unit_key);
  EXPECT_EQ(Part(kNav)->version, 7);
  EXPECT_EQ(Changes().at(kNav.controller_key), 7);
  Look([&](ReadTx& tx) {
    EXPECT_TRUE(ReadPlanHistory(tx, participant_, [&](const Guarded<PlanChange>& change) {
                  EXPECT_EQ(Case::Open(change).body.find("en annens"), std::string_view::npos);
                  return absl::OkStatus();
                }).ok());
  });
  std::swap(participant_, other_);
  EXPECT_EQ(Part(kNav)->body.goals().long_term_goal(), "en annens mål");
  EXPECT_THAT(Titles(Part(kNav)->plan_key), ElementsAre("en annens kurs"));
  EXPECT_EQ(Part(kNav)->version, 2);
  EXPECT_EQ(Changes().at(kNav.controller_key), 2);
}

TEST_F(PlanTest, APartThatLeftIsGoneUntilItIsOpenedAgain) {
  const PlanPartRow nav = Open(kNav, "en annens mål");
  Add(nav, kNav, "en annens kurs");
  Do([&](WriteTx& tx) { return MovePlanRecords(tx, participant_, other_, kNav).status(); });
  EXPECT_FALSE(Part(kNav).has_value());
  EXPECT_THAT(PlanStates(), ElementsAre(2));
  Open(kNav, "Arbeid");
  EXPECT_EQ(Part(kNav)->body.goals().long_term_goal(), "Arbeid");
  EXPECT_THAT(PlanStates(), ElementsAre(1));
  EXPECT_EQ(Part(kNav)->version, 5);
  EXPECT_EQ(Changes().at(kNav.controller_key), 5);
}

}  // namespace
}  // namespace navo::storage
