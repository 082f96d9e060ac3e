#include "storage/follow_up.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
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
#include "tests/support/memory_store.h"
#include "tests/support/row_opener.h"

namespace navo::storage {
namespace {

using door::Case;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Author kNav{1, 10, 100};
constexpr Author kSchool{2, 20, 200};

class FollowUpTest : public support::MemoryStoreTest {
 protected:
  void SetUp() override {
    MemoryStoreTest::SetUp();
    participant_ = NewPerson();
    other_ = NewPerson();
  }

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
    Do([&](WriteTx& tx) { return AddFollowUp(tx, added).status(); });
    return UuidText(added.id);
  }

  FollowUpRecord Find(const std::string& id) {
    std::optional<FollowUpRecord> record;
    Do([&](WriteTx& tx) -> absl::Status {
      auto found = FindFollowUp(tx, participant_, *UuidBytes(id));
      if (found.ok()) record = *std::move(found);
      return found.status();
    });
    EXPECT_TRUE(record.has_value());
    return record.value_or(FollowUpRecord());
  }

  void Amend(const std::string& id, const Author& author, bool shared,
             const std::function<void(v1::FollowUp&)>& change, int64_t occurred_us = 1'000) {
    FollowUpRecord record = Find(id);
    v1::FollowUp body = Case::Open(record.whole);
    change(body);
    record.occurred_us = occurred_us;
    Do([&](WriteTx& tx) { return AmendFollowUp(tx, record, body, author, shared); });
  }

  std::vector<FollowUpVersion> Versions(const std::string& id) {
    const FollowUpRecord record = Find(id);
    std::vector<FollowUpVersion> versions;
    const absl::Status status = store_->Read([&](ReadTx& tx) -> absl::Status {
      auto listed = ListFollowUpVersions(tx, record);
      if (listed.ok()) versions = *std::move(listed);
      return listed.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return versions;
  }

  std::string AddMeeting(const Author& author, int64_t meeting_key) {
    NewFollowUp added;
    added.id = NewId();
    added.participant_key = participant_;
    added.occurred_us = 1'000;
    added.meeting_key = meeting_key;
    added.author = author;
    added.body.set_type(v1::FOLLOW_UP_TYPE_FELLESMOETE);
    Do([&](WriteTx& tx) { return AddFollowUp(tx, added).status(); });
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
    const absl::Status status = AddFollowUp(tx, added).status();
    statements = tx.statements();
    return status;
  });
  EXPECT_EQ(statements, 2);
  std::vector<std::string> notes;
  const JournalSubject subject = JournalSubject::kFollowUp;
  const absl::Status read = store_->Read([&](ReadTx& tx) {
    return ReadHistory(tx, participant_, {&subject, 1}, [&](const JournalRow& row) {
      EXPECT_EQ(row.record_id, UuidText(added.id));
      EXPECT_EQ(row.author.unit_key, kNav.unit_key);
      v1::FollowUp body;
      EXPECT_TRUE(body.ParseFromArray(row.body.data(), static_cast<int>(row.body.size())));
      notes.push_back(body.note());
      return absl::OkStatus();
    });
  });
  EXPECT_TRUE(read.ok()) << read;
  EXPECT_THAT(notes, ElementsAre("kept in the journal"));
}

TEST_F(FollowUpTest, AmendingIsTheNextVersionAndTheJournalKeepsAll) {
  const std::string id = Add("first", 1'000);
  const Author sara{1, 10, 101};
  Amend(
      id, sara, true, [](v1::FollowUp& body) { body.set_agreement("second"); }, 2'000);
  Amend(
      id, kNav, false, [](v1::FollowUp& body) { body.set_note("another note"); }, 2'000);
  const std::vector<FollowUpRow> rows = List();
  ASSERT_THAT(Agreements(rows), ElementsAre("second"));
  EXPECT_EQ(rows[0].version, 3);
  EXPECT_EQ(rows[0].position.occurred_us, 2'000);
  EXPECT_EQ(Case::Open(rows[0].note), "another note");
  // Who is named is who changed what everybody sees.
  EXPECT_EQ(rows[0].summary.label().author.principal_key, sara.principal_key);

  const std::vector<FollowUpVersion> versions = Versions(id);
  ASSERT_EQ(versions.size(), 3u);
  EXPECT_EQ(Case::Open(versions[0].row.note), "another note");
  EXPECT_EQ(Case::Open(versions[1].row.summary).agreement(), "second");
  EXPECT_EQ(Case::Open(versions[2].row.summary).agreement(), "first");
  EXPECT_EQ(Case::Open(versions[2].row.note), "note of first");
  EXPECT_EQ(versions[0].row.summary.label().author.principal_key, kNav.principal_key);
  EXPECT_EQ(versions[1].row.summary.label().author.principal_key, sara.principal_key);
  EXPECT_EQ(versions[2].row.version, 1);
}

TEST_F(FollowUpTest, AnEventOfAbsenceIsOfThatCategoryInAllItsVersions) {
  const std::string id = Add("talk", 1'000);
  Amend(id, kNav, true,
        [](v1::FollowUp& body) { body.set_type(v1::FOLLOW_UP_TYPE_FRAVAERSOPPFOELGING); });
  EXPECT_EQ(List()[0].summary.label().category, v1::CATEGORY_ATTENDANCE);
  for (const FollowUpVersion& version : Versions(id)) {
    EXPECT_EQ(version.row.summary.label().category, v1::CATEGORY_ATTENDANCE);
    EXPECT_EQ(version.links.label().category, v1::CATEGORY_ATTENDANCE);
  }
}

TEST_F(FollowUpTest, WhatIsExemptedIsClosedToTheParticipantUntilLifted) {
  const std::string id = Add("talk", 1'000);
  const auto exempt = [](v1::FollowUp& body) {
    body.set_note("new note");
    body.mutable_note_exemption()->set_paragraph(
        v1::EXEMPTION_PARAGRAPH_PERSONOPPLYSNINGSLOVEN_16_C);
    body.mutable_note_exemption()->set_reason("why");
  };
  Amend(id, kNav, false, exempt);
  const FollowUpRow row = List()[0];
  EXPECT_TRUE(row.note.label().exempted);
  EXPECT_TRUE(row.exemption_reason.label().exempted);
  ASSERT_TRUE(row.exemption.has_value());
  EXPECT_FALSE(row.exemption->label().exempted);
  EXPECT_EQ(row.exemption->label().category, v1::CATEGORY_NOTE_EXEMPTION);
  EXPECT_EQ(Case::Open(*row.exemption).exemption().reason(), "");
  EXPECT_EQ(Case::Open(row.exemption_reason), "why");
  EXPECT_FALSE(Case::Open(row.summary).has_note_exemption());
  EXPECT_TRUE(Versions(id)[0].row.note.label().exempted);
  EXPECT_FALSE(Versions(id)[1].row.note.label().exempted);  // was read before
  Amend(id, kNav, false, [](v1::FollowUp& body) { body.clear_note_exemption(); });
  for (const FollowUpVersion& version : Versions(id)) {
    EXPECT_FALSE(version.row.note.label().exempted);
  }
}

TEST_F(FollowUpTest, TheEventsOfAMeetingNameEachOther) {
  const std::string first = AddMeeting(kNav, 0);
  const int64_t meeting = Find(first).meeting_key;
  EXPECT_EQ(meeting, Find(first).follow_up_key);
  const std::string second = AddMeeting(kSchool, meeting);
  const std::string third = AddMeeting({3, 30, 300}, meeting);
  AddMeeting(kSchool, 0);
  Add("no meeting", 500);
  const std::vector<FollowUpRow> rows = List();
  ASSERT_EQ(rows.size(), 5u);
  std::map<std::string, std::vector<std::string>> joint;
  for (const FollowUpRow& row : rows) {
    for (const Guarded<std::string>& other : row.joint_with) {
      joint[Case::Open(row.summary).follow_up_id()].push_back(Case::Open(other));
    }
  }
  EXPECT_THAT(joint[first], ElementsAre(second, third));
  EXPECT_THAT(joint[second], ElementsAre(first, third));
  EXPECT_EQ(joint.size(), 3u);
  // The link is of whom the other event is.
  EXPECT_EQ(rows.back().joint_with.size(), 0u);
  EXPECT_EQ(List({}, 4)[3].joint_with[0].label().author.controller_key, kSchool.controller_key);
  Amend(first, kNav, true, [](v1::FollowUp& body) { body.set_type(v1::FOLLOW_UP_TYPE_MOETE); });
  EXPECT_EQ(Find(first).meeting_key, 0);
  EXPECT_THAT(List({}, 4)[3].joint_with, IsEmpty());
}

TEST_F(FollowUpTest, MovedItTakesItsVersionsAlongAndLinksLeadNowhereUntilTheOtherEndComes) {
  const std::string own = AddMeeting(kNav, 0);
  const std::string theirs = AddMeeting(kSchool, Find(own).meeting_key);
  const Author colleague{1, 10, 102};
  Amend(own, colleague, true, [](v1::FollowUp& body) { body.set_agreement("second"); });
  const auto move = [&](int64_t from, int64_t to, const Author& unit) {
    Do([&](WriteTx& tx) -> absl::Status {
      const auto moved = MoveFollowUps(tx, from, to, unit);
      EXPECT_EQ(moved.value_or(-1), 1);
      return moved.status();
    });
  };
  move(participant_, other_, kNav);
  ASSERT_EQ(List().size(), 1u);
  EXPECT_THAT(List()[0].joint_with, IsEmpty());
  std::swap(participant_, other_);  // look at the right person
  ASSERT_EQ(List().size(), 1u);
  EXPECT_THAT(List()[0].joint_with, IsEmpty());
  const std::vector<FollowUpVersion> versions = Versions(own);
  ASSERT_EQ(versions.size(), 2u);
  EXPECT_EQ(Case::Open(versions[0].row.summary).agreement(), "second");
  EXPECT_EQ(Case::Open(versions[1].row.summary).agreement(), "");
  EXPECT_EQ(versions[0].row.summary.label().author.principal_key, colleague.principal_key);
  EXPECT_EQ(versions[1].row.version, 1);
  move(other_, participant_, kSchool);
  EXPECT_EQ(List()[0].joint_with.size() + List()[1].joint_with.size(), 2u);
  EXPECT_EQ(Find(theirs).meeting_key, Find(own).meeting_key);
  // Back again: what was there before it left does not count twice.
  move(participant_, other_, kNav);
  std::swap(participant_, other_);
  EXPECT_EQ(Versions(own).size(), 2u);
}

}  // namespace
}  // namespace navo::storage
