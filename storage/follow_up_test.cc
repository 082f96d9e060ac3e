#include "storage/follow_up.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/journal.h"
#include "storage/participant.h"
#include "storage/store.h"
#include "storage/tie.h"
#include "storage/uuid.h"
#include "tests/support/fake_clock.h"
#include "tests/support/row_opener.h"

namespace navo::storage {
namespace {

using door::Case;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Author kNav{1, 10, 100};
constexpr Author kSchool{2, 20, 200};

class FollowUpTest : public ::testing::Test {
 protected:
  void SetUp() override {
    StoreOptions options;
    options.clock = &clock_;
    options.random = &random_;
    auto store = Store::Open("sqlite::memory:", options);
    ASSERT_TRUE(store.ok()) << store.status();
    store_ = *std::move(store);
    Do([&](WriteTx& tx) -> absl::Status {
      for (int64_t* key : {&participant_, &other_}) {
        const auto made = CreateParticipant(tx, kOrdinaryRealm, {.hash = NewId(), .sealed = "x"},
                                            Protection(), 100);
        if (!made.ok()) return made.status();
        *key = *made;
      }
      return absl::OkStatus();
    });
  }

  void Do(std::function<absl::Status(WriteTx&)> run) {
    const absl::Status status = store_->WriteAndWait(std::move(run));
    ASSERT_TRUE(status.ok()) << status;
  }

  std::string NewId() { return *UuidBytes(random_.Uuid()); }

  // The id of the event.
  std::string Add(const std::string& agreement, int64_t occurred_us, const Author& author = kNav,
                  const std::string& step_id = "", int32_t day = 20'000) {
    NewFollowUp added;
    added.id = NewId();
    added.participant_key = participant_;
    added.occurred_us = occurred_us;
    added.occurred_day = day;
    added.author = author;
    added.body.set_type(v1::FOLLOW_UP_TYPE_SAMTALE);
    added.body.set_agreement(agreement);
    added.body.set_note("note of " + agreement);
    added.body.set_step_id(step_id);
    added.body.mutable_provenance()->set_role(v1::ROLE_VEILEDER);
    Do([&](WriteTx& tx) { return AddFollowUp(tx, added); });
    return UuidText(added.id);
  }

  std::vector<FollowUpRow> List(const FollowUpPosition& position = {}, size_t limit = 100) {
    std::vector<FollowUpRow> rows;
    const absl::Status enough = absl::OutOfRangeError("enough");
    const absl::Status status = store_->Read([&](ReadTx& tx) -> absl::Status {
      const absl::Status read =
          ReadFollowUps(tx, participant_, position, [&](const FollowUpRow& row) {
            rows.push_back(row);
            return rows.size() == limit ? enough : absl::OkStatus();
          });
      EXPECT_EQ(tx.statements(), 1);
      return read;
    });
    EXPECT_EQ(status, rows.size() == limit ? enough : absl::OkStatus());
    return rows;
  }

  static std::vector<std::string> Agreements(const std::vector<FollowUpRow>& rows) {
    std::vector<std::string> agreements;
    for (const FollowUpRow& row : rows) agreements.push_back(Case::Open(row.summary).agreement());
    return agreements;
  }

  std::string AddStep(int64_t participant_key) {
    const std::string id = NewId();
    Do([&](WriteTx& tx) -> absl::Status {
      const auto plan = tx.Insert(
          "INSERT INTO plan (participant_key, state, opened_us, retention_class, key_id)"
          " VALUES ($1, 1, 0, 1, 0) RETURNING plan_key",
          {participant_key});
      if (!plan.ok()) return plan.status();
      return tx.Run(
          "INSERT INTO plan_step (step_key, id, plan_key, participant_key, controller_key, "
          "unit_key,"
          " principal_key, status, start_day, offering_key, version, retention_class, key_id, body)"
          " VALUES ((SELECT COUNT(*) + 1 FROM plan_step), $1, $2, $3, 2, 20, 200, 1, 0, 0, 1, 1, 0,"
          " $4)",
          {Blob(id), *plan, participant_key, Blob("")});
    });
    return UuidText(id);
  }

  int64_t LastContact(int64_t unit_key) {
    int64_t day = -1;
    Do([&](WriteTx& tx) -> absl::Status {
      const auto found = tx.Number(
          "SELECT last_follow_up_day FROM tie WHERE participant_key = $1 AND unit_key = $2",
          {participant_, unit_key});
      if (!found.ok()) return found.status();
      day = found->value_or(-1);
      return absl::OkStatus();
    });
    return day;
  }

  support::FakeClock clock_;
  support::SeededRandom random_;
  std::unique_ptr<Store> store_;
  int64_t participant_ = 0;
  int64_t other_ = 0;
};

TEST_F(FollowUpTest, ListIsNewestFirstByWhenItHappenedThenByArrival) {
  Add("second", 2'000);
  Add("first", 1'000);
  Add("second, later in", 2'000);
  EXPECT_THAT(Agreements(List()), ElementsAre("second, later in", "second", "first"));
  const std::vector<FollowUpRow> page = List({}, 2);
  EXPECT_THAT(Agreements(page), ElementsAre("second, later in", "second"));
  EXPECT_THAT(Agreements(List(page.front().position)), ElementsAre("second", "first"));
  EXPECT_THAT(Agreements(List(page.back().position)), ElementsAre("first"));
  EXPECT_THAT(List(List().back().position), IsEmpty());
}

TEST_F(FollowUpTest, SummaryAndNoteAreOpenedApart) {
  const std::string id = Add("call again", 1'000, kSchool);
  const std::vector<FollowUpRow> rows = List();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].summary.label().category, v1::CATEGORY_FOLLOWUP_SUMMARY);
  EXPECT_EQ(rows[0].note.label().category, v1::CATEGORY_FOLLOWUP_NOTE);
  EXPECT_EQ(rows[0].summary.label().author.unit_key, kSchool.unit_key);
  EXPECT_EQ(rows[0].note.label().author.unit_key, kSchool.unit_key);
  const v1::FollowUp& summary = Case::Open(rows[0].summary);
  EXPECT_EQ(summary.follow_up_id(), id);
  EXPECT_EQ(summary.agreement(), "call again");
  EXPECT_EQ(summary.provenance().role(), v1::ROLE_VEILEDER);
  EXPECT_EQ(summary.note(), "");
  EXPECT_EQ(Case::Open(rows[0].note), "note of call again");
}

TEST_F(FollowUpTest, AStepIsLabelledWithItsOwnOwnerAndOnlyThisParticipantsStepsCount) {
  const std::string step = AddStep(participant_);
  const std::string strange = AddStep(other_);
  Add("with step", 3'000, kNav, step);
  Add("another's step", 2'000, kNav, strange);
  Add("no step", 1'000, kNav);
  const std::vector<FollowUpRow> rows = List();
  ASSERT_EQ(rows.size(), 3u);
  ASSERT_TRUE(rows[0].step_id.has_value());
  EXPECT_EQ(Case::Open(*rows[0].step_id), step);
  EXPECT_EQ(rows[0].step_id->label().category, v1::CATEGORY_PLAN);
  EXPECT_EQ(rows[0].step_id->label().author.controller_key, 2);
  EXPECT_EQ(rows[0].step_id->label().author.unit_key, 20);
  EXPECT_FALSE(rows[1].step_id.has_value());
  EXPECT_FALSE(rows[2].step_id.has_value());
  for (const FollowUpRow& row : rows) EXPECT_EQ(Case::Open(row.summary).step_id(), "");
}

TEST_F(FollowUpTest, LastContactOfTheOwnUnitOnlyMovesForward) {
  Do([&](WriteTx& tx) -> absl::Status {
    TieRow tie;
    tie.participant_key = participant_;
    tie.author = kNav;
    absl::Status status = PutTie(tx, tie, JournalAct::kCreated);
    tie.author = kSchool;
    status.Update(PutTie(tx, tie, JournalAct::kCreated));
    return status;
  });
  Add("today", 2'000, kNav, "", 20'001);
  EXPECT_EQ(LastContact(kNav.unit_key), 20'001);
  Add("sent late", 1'000, kNav, "", 19'000);
  EXPECT_EQ(LastContact(kNav.unit_key), 20'001);
  EXPECT_EQ(LastContact(kSchool.unit_key), 0);
}

TEST_F(FollowUpTest, IsJournaledWholeInTwoStatements) {
  NewFollowUp added;
  added.id = NewId();
  added.participant_key = participant_;
  added.author = kNav;
  added.body.set_note("kept in the journal");
  int64_t statements = 0;
  Do([&](WriteTx& tx) {
    const absl::Status status = AddFollowUp(tx, added);
    statements = tx.statements();
    return status;
  });
  EXPECT_EQ(statements, 2);
  std::vector<std::string> notes;
  const JournalSubject subject = JournalSubject::kFollowUp;
  const absl::Status read = store_->Read([&](ReadTx& tx) {
    return ReadHistory(tx, participant_, {&subject, 1}, [&](const JournalRow& row) {
      EXPECT_EQ(row.record_id, UuidText(added.id));
      EXPECT_EQ(row.unit_key, kNav.unit_key);
      v1::FollowUp body;
      EXPECT_TRUE(body.ParseFromArray(row.body.data(), static_cast<int>(row.body.size())));
      notes.push_back(body.note());
      return absl::OkStatus();
    });
  });
  EXPECT_TRUE(read.ok()) << read;
  EXPECT_THAT(notes, ElementsAre("kept in the journal"));
}

}  // namespace
}  // namespace navo::storage
