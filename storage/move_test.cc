#include "storage/move.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/follow_up.h"
#include "storage/ground.h"
#include "storage/hours.h"
#include "storage/journal.h"
#include "storage/language.h"
#include "storage/norskmaal.h"
#include "storage/participant.h"
#include "storage/plan.h"
#include "storage/plan_step.h"
#include "storage/section.h"
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
using ::testing::Optional;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

constexpr Author kUnit{1, 10, 100};  // the one that finds out that it is the wrong person
constexpr Author kColleagues{1, 11, 101};
constexpr Author kSchool{2, 20, 200};

struct Change {
  JournalAct act;
  Author author;
  int64_t version;
  std::string body;
};

class MoveTest : public support::MemoryStoreTest {
 protected:
  void SetUp() override {
    MemoryStoreTest::SetUp();
    wrong_ = NewPerson();
    right_ = NewPerson();
    for (const int64_t person : {wrong_, right_}) Tie(person, kUnit);
    Tie(wrong_, kColleagues);
  }
  static std::string NameKey(const v1::ContactFacts& facts) { return "key " + facts.given_name(); }

  void Tie(int64_t person, const Author& unit, TieState state = TieState::kActive) {
    TieRow tie;
    tie.participant_key = person;
    tie.author = unit;
    tie.state = state;
    tie.confirmation = v1::IDENTITY_CONFIRMATION_ID_DOCUMENT;
    Do([&](WriteTx& tx) { return PutTie(tx, tie, JournalAct::kCreated); });
  }
  int Move() {
    int moved = 0;
    Do([&](WriteTx& tx) -> absl::Status {
      const auto done = MoveUnitRecords(
          tx, wrong_, right_, kUnit, [this] { return NewId(); }, NameKey);
      moved = done.value_or(-1);
      return done.status();
    });
    return moved;
  }

  SectionRow AddEducation(int64_t person, const Author& author, int school_years) {
    SectionRow row;
    row.id = NewId();
    row.participant_key = person;
    row.kind = v1::SECTION_KIND_EDUCATION;
    row.author = author;
    row.body.mutable_content()->mutable_education()->set_school_years(school_years);
    Do([&](WriteTx& tx) { return AddSection(tx, row); });
    return row;
  }
  void Replace(SectionRow& row, const Author& author, int school_years) {
    row.author = author;
    row.body.mutable_content()->mutable_education()->set_school_years(school_years);
    Do([&](WriteTx& tx) { return ReplaceSection(tx, row); });
  }
  void Confirm(const SectionRow& row, const Author& author) {
    v1::Provenance provenance;
    provenance.set_role(v1::ROLE_VEILEDER);
    Do([&](WriteTx& tx) { return ConfirmSection(tx, row, author, provenance); });
  }
  std::vector<SectionRow> Sections(int64_t person) {
    const auto listed =
        Read<std::vector<ConfirmedSection>>([&](ReadTx& tx) { return ListSections(tx, person); });
    std::vector<SectionRow> rows;
    for (const ConfirmedSection& one : listed) rows.push_back(Case::Open(one.section));
    return rows;
  }
  static int YearsOf(const SectionRow& row) {
    return row.body.content().education().school_years();
  }

  void PutFacts(int64_t person, const Author& author, int64_t version, const std::string& name) {
    v1::SideFacts side;
    side.mutable_facts()->set_given_name(name);
    Do([&](WriteTx& tx) {
      return PutContact(tx, person, author, version, side, NameKey(side.facts()));
    });
  }
  // The controller's facts: who wrote them, and the name.
  std::optional<std::pair<int64_t, std::string>> Facts(int64_t person) {
    const auto row = Read<std::optional<ContactRow>>(
        [&](ReadTx& tx) { return FindContact(tx, person, kUnit.controller_key); });
    if (!row.has_value()) return std::nullopt;
    return std::pair(row->author.unit_key, Case::Open(row->identity).given_name());
  }
  std::string NameKeyInList(int64_t person, int64_t unit_key) {
    return Read<std::optional<TieRow>>([&](ReadTx& tx) { return FindTie(tx, person, unit_key); })
        .value_or(TieRow())
        .name_key;
  }
  PlanPartRow Part(int64_t person) {
    return Case::Open(*Read<std::optional<Guarded<PlanPartRow>>>(
        [&](ReadTx& tx) { return FindPart(tx, person, kUnit.controller_key); }));
  }
  int64_t PlanStateOf(int64_t person) {
    return *Read<std::optional<int64_t>>([&](ReadTx& tx) {
      return tx.Number("SELECT state FROM plan WHERE participant_key = $1", {person});
    });
  }
  static std::vector<std::string> GoalsIn(const std::vector<Change>& changes) {
    std::vector<std::string> goals;
    for (const Change& change : changes) {
      v1::PlanPart part;
      EXPECT_TRUE(part.ParseFromString(change.body));
      goals.push_back(part.goals().long_term_goal());
    }
    return goals;
  }
  int64_t LastFollowUp(int64_t person) {
    return *Read<std::optional<int64_t>>([&](ReadTx& tx) {
      return tx.Number(
          "SELECT last_follow_up_day FROM tie WHERE participant_key = $1 AND unit_key = 10",
          {person});
    });
  }

  void AddFollowUpOn(int64_t person, const Author& author, int32_t day) {
    NewFollowUp added;
    added.id = NewId();
    added.participant_key = person;
    added.occurred_day = day;
    added.author = author;
    added.body.set_note("note");
    Do([&](WriteTx& tx) { return AddFollowUp(tx, added).status(); });
  }
  GroundRow AddGroundBy(const Author& author, v1::GroundState state) {
    GroundRow ground;
    ground.id = NewId();
    ground.participant_key = wrong_;
    ground.state = state;
    ground.author = author;
    Do([&](WriteTx& tx) { return AddGround(tx, ground); });
    return ground;
  }

  // What happened to the person's records of a subject, oldest first.
  std::vector<Change> Journal(int64_t person, JournalSubject subject) {
    std::vector<Change> changes;
    EXPECT_TRUE(
        store_
            ->Read([&](ReadTx& tx) {
              return ReadHistory(tx, person, {&subject, 1}, [&](const JournalRow& row) {
                changes.push_back({row.act, row.author, row.version, std::string(row.body)});
                return absl::OkStatus();
              });
            })
            .ok());
    return changes;
  }
  std::vector<JournalAct> Acts(int64_t person, JournalSubject subject) {
    std::vector<JournalAct> acts;
    for (const Change& change : Journal(person, subject)) acts.push_back(change.act);
    return acts;
  }

  int64_t wrong_ = 0;
  int64_t right_ = 0;
};

// Whose record of a kind a person has.
struct Kind {
  JournalSubject subject;
  Sql unit;
};
constexpr Kind kKinds[] = {
    {JournalSubject::kFollowUp, "SELECT unit_key FROM follow_up WHERE participant_key = $1"},
    {JournalSubject::kAssessment, "SELECT unit_key FROM assessment WHERE participant_key = $1"},
    {JournalSubject::kTestResult, "SELECT unit_key FROM test_result WHERE participant_key = $1"},
    {JournalSubject::kHours, "SELECT unit_key FROM week_hours WHERE participant_key = $1"},
    {JournalSubject::kNorskmaal, "SELECT unit_key FROM norskmaal WHERE participant_key = $1"},
    {JournalSubject::kSection, "SELECT unit_key FROM section WHERE participant_key = $1"},
    {JournalSubject::kFacts, "SELECT unit_key FROM participant_facts WHERE participant_key = $1"},
    {JournalSubject::kPlanStep, "SELECT unit_key FROM plan_step WHERE participant_key = $1"},
};

TEST_F(MoveTest, EverythingTheUnitWroteGoesAndNothingOfOthers) {
  for (const Author& author : {kUnit, kSchool}) {
    AddFollowUpOn(wrong_, author, 20'000);
    AddEducation(wrong_, author, 9);
    PutFacts(wrong_, author, 1, "Amina");
    NewAssessment assessment{NewId(), wrong_, 20'000, author, {}};
    NewTestResult result{NewId(), wrong_, 20'000, author, {}};
    Do([&](WriteTx& tx) { return AddAssessment(tx, assessment).status(); });
    Do([&](WriteTx& tx) { return AddTestResult(tx, result).status(); });
    NewHours hours{wrong_, 20'000, author, {}};
    hours.body.set_planned_hours(20);
    Do([&](WriteTx& tx) { return PutHours(tx, hours).status(); });
    NorskmaalRow norskmaal;
    norskmaal.author = author;
    norskmaal.body.set_granted_norsk_hours(300);
    Do([&](WriteTx& tx) { return PutNorskmaal(tx, wrong_, norskmaal); });
    v1::PlanPart part;
    part.mutable_goals()->set_long_term_goal("work");
    PlanStepRow step{0, NewId(), 0, wrong_, author, 0, 1, {}};
    step.body.set_title("course");
    Do([&](WriteTx& tx) -> absl::Status {
      const auto opened = OpenPart(tx, wrong_, author, part);
      if (!opened.ok()) return opened.status();
      step.plan_key = opened->plan_key;
      return AddStep(tx, step);
    });
  }
  EXPECT_EQ(Move(), 9);
  for (const auto& [subject, sql] : kKinds) {
    SCOPED_TRACE(static_cast<int>(subject));
    const auto unit_of = [&, unit_sql = sql](int64_t person) {
      return Read<std::optional<int64_t>>(
          [&](ReadTx& tx) { return tx.Number(unit_sql, {person}); });
    };
    EXPECT_EQ(unit_of(right_), kUnit.unit_key);
    EXPECT_EQ(unit_of(wrong_), kSchool.unit_key);
    // With content where it went, without where it was.
    const Change arrived = Journal(right_, subject).back();
    EXPECT_EQ(arrived.act, JournalAct::kMoved);
    EXPECT_EQ(arrived.body, Journal(wrong_, subject).front().body);
    const Change left = Journal(wrong_, subject).back();
    EXPECT_EQ(left.act, JournalAct::kDeleted);
    EXPECT_EQ(left.author.unit_key, kUnit.unit_key);
    EXPECT_EQ(left.body, "");
  }
  EXPECT_FALSE(Read<bool>([&](ReadTx& tx) { return HasUnitRecords(tx, wrong_, kUnit); }));
  EXPECT_TRUE(Read<bool>([&](ReadTx& tx) { return HasUnitRecords(tx, wrong_, kSchool); }));
}

TEST_F(MoveTest, HoursOrNorskmaalAloneAreRecordsOfTheUnit) {
  NewHours hours{wrong_, 20'000, kUnit, {}};
  hours.body.set_attended_hours(20);
  Do([&](WriteTx& tx) { return PutHours(tx, hours).status(); });
  NorskmaalRow norskmaal;
  norskmaal.author = kColleagues;
  Do([&](WriteTx& tx) { return PutNorskmaal(tx, right_, norskmaal); });
  EXPECT_TRUE(Read<bool>([&](ReadTx& tx) { return HasUnitRecords(tx, wrong_, kUnit); }));
  EXPECT_FALSE(Read<bool>([&](ReadTx& tx) { return HasUnitRecords(tx, wrong_, kColleagues); }));
  EXPECT_FALSE(Read<bool>([&](ReadTx& tx) { return HasUnitRecords(tx, right_, kUnit); }));
  EXPECT_TRUE(Read<bool>([&](ReadTx& tx) { return HasUnitRecords(tx, right_, kColleagues); }));
}

TEST_F(MoveTest, ASectionWrittenOverComesBackForItsOtherUnit) {
  SectionRow row = AddEducation(wrong_, kColleagues, 9);
  Replace(row, kUnit, 12);
  EXPECT_EQ(Move(), 1);
  const std::vector<SectionRow> back = Sections(wrong_);
  ASSERT_EQ(back.size(), 1u);
  EXPECT_EQ(back[0].id, row.id);
  EXPECT_EQ(YearsOf(back[0]), 9);
  EXPECT_EQ(back[0].author.unit_key, kColleagues.unit_key);
  EXPECT_EQ(back[0].author.principal_key, kColleagues.principal_key);
  const std::vector<SectionRow> moved = Sections(right_);
  ASSERT_EQ(moved.size(), 1u);
  EXPECT_NE(moved[0].id, row.id);
  EXPECT_EQ(YearsOf(moved[0]), 12);
  EXPECT_EQ(moved[0].author.unit_key, kUnit.unit_key);
  EXPECT_THAT(Acts(wrong_, JournalSubject::kSection),
              ElementsAre(JournalAct::kCreated, JournalAct::kChanged, JournalAct::kDeleted,
                          JournalAct::kCorrected));
  const Change corrected = Journal(wrong_, JournalSubject::kSection).back();
  EXPECT_EQ(corrected.author.unit_key, kColleagues.unit_key);
  EXPECT_EQ(corrected.author.principal_key, kColleagues.principal_key);
  EXPECT_EQ(corrected.version, back[0].version);
  EXPECT_THAT(Acts(right_, JournalSubject::kSection), ElementsAre(JournalAct::kMoved));
  // Nobody reads another person's words among the versions.
  const auto versions = Read<std::vector<Guarded<SectionRow>>>(
      [&](ReadTx& tx) { return ListSectionVersions(tx, back[0]); });
  ASSERT_EQ(versions.size(), 2u);
  for (const auto& version : versions) EXPECT_EQ(YearsOf(Case::Open(version)), 9);
}

// Of what stays with the unit colleagues have their own, which neither goes along nor is met.
TEST_F(MoveTest, WhatStaysWithTheUnitGoesAlone) {
  const auto add = [&](int64_t person, const Author& author, int weekly_hours) {
    SectionRow row;
    row.id = NewId();
    row.participant_key = person;
    row.kind = v1::SECTION_KIND_HEALTH_WORK_ABILITY;
    row.author = author;
    row.body.mutable_content()->mutable_health_work_ability()->set_weekly_hours(weekly_hours);
    Do([&](WriteTx& tx) { return AddSection(tx, row); });
  };
  add(wrong_, kUnit, 10);
  add(wrong_, kColleagues, 20);
  add(right_, kColleagues, 30);
  EXPECT_EQ(Move(), 1);
  const auto hours = [&](int64_t person) {
    std::vector<std::pair<int64_t, int>> found;
    for (const SectionRow& row : Sections(person)) {
      found.emplace_back(row.author.unit_key,
                         row.body.content().health_work_ability().weekly_hours());
    }
    return found;
  };
  EXPECT_THAT(hours(wrong_), ElementsAre(Pair(kColleagues.unit_key, 20)));
  EXPECT_THAT(hours(right_),
              UnorderedElementsAre(Pair(kColleagues.unit_key, 30), Pair(kUnit.unit_key, 10)));
}

TEST_F(MoveTest, WhatAUnitThatLeftItselfWroteDoesNotComeBack) {
  SectionRow row = AddEducation(wrong_, kColleagues, 9);
  Replace(row, kUnit, 12);
  Tie(wrong_, kColleagues, TieState::kBlocked);
  Move();
  EXPECT_THAT(Sections(wrong_), IsEmpty());
  EXPECT_EQ(Sections(right_).size(), 1u);
}

TEST_F(MoveTest, FactsWrittenOverComeBackAndTheListsFollow) {
  PutFacts(wrong_, kColleagues, 1, "Amina");
  PutFacts(wrong_, kUnit, 2, "Bahar");
  EXPECT_EQ(NameKeyInList(wrong_, kColleagues.unit_key), "key Bahar");
  Move();
  EXPECT_THAT(Facts(wrong_), Optional(Pair(kColleagues.unit_key, "Amina")));
  EXPECT_THAT(Facts(right_), Optional(Pair(kUnit.unit_key, "Bahar")));
  EXPECT_EQ(NameKeyInList(wrong_, kColleagues.unit_key), "key Amina");
  EXPECT_EQ(NameKeyInList(right_, kUnit.unit_key), "key Bahar");
  EXPECT_THAT(Acts(wrong_, JournalSubject::kFacts),
              ElementsAre(JournalAct::kCreated, JournalAct::kChanged, JournalAct::kDeleted,
                          JournalAct::kCorrected));
  EXPECT_EQ(Journal(wrong_, JournalSubject::kFacts).back().version, 4);
}

TEST_F(MoveTest, FactsAreForgottenWhenThereIsNoRightPerson) {
  PutFacts(wrong_, kUnit, 1, "Bahar");
  Do([&](WriteTx& tx) { return ForgetUnitContact(tx, wrong_, kUnit, NameKey); });
  EXPECT_EQ(Facts(wrong_), std::nullopt);
  EXPECT_THAT(Acts(wrong_, JournalSubject::kFacts),
              ElementsAre(JournalAct::kCreated, JournalAct::kDeleted));
  PutFacts(wrong_, kColleagues, 1, "Amina");
  Do([&](WriteTx& tx) { return ForgetUnitContact(tx, wrong_, kUnit, NameKey); });
  EXPECT_THAT(Facts(wrong_), Optional(Pair(kColleagues.unit_key, "Amina")));
  PutFacts(wrong_, kUnit, 2, "Bahar");
  Do([&](WriteTx& tx) { return ForgetUnitContact(tx, wrong_, kUnit, NameKey); });
  EXPECT_THAT(Facts(wrong_), Optional(Pair(kColleagues.unit_key, "Amina")));
}

TEST_F(MoveTest, GoalsWrittenOverComeBackAndThePlanIsOpenAgain) {
  v1::PlanPart first;
  first.mutable_goals()->set_long_term_goal("first");
  Do([&](WriteTx& tx) { return OpenPart(tx, wrong_, kColleagues, first).status(); });
  PlanPartRow mine = Part(wrong_);
  mine.body.mutable_goals()->set_long_term_goal("second");
  Do([&](WriteTx& tx) { return ChangeGoals(tx, mine, kUnit); });
  Do([&](WriteTx& tx) { return ClosePart(tx, mine, kUnit, "done"); });
  EXPECT_EQ(Move(), 1);
  EXPECT_EQ(Part(wrong_).body.goals().long_term_goal(), "first");
  EXPECT_EQ(Part(wrong_).author.unit_key, kColleagues.unit_key);
  EXPECT_EQ(Part(wrong_).state, PlanState::kOpen);
  EXPECT_EQ(Part(right_).body.goals().long_term_goal(), "second");
  EXPECT_EQ(Journal(wrong_, JournalSubject::kPlanPart).back().act, JournalAct::kCorrected);
  EXPECT_EQ(PlanStateOf(wrong_), 1);
}

TEST_F(MoveTest, GoalsArriveWithTheirVersionsAndClosedAsTheyWere) {
  v1::PlanPart first;
  first.mutable_goals()->set_long_term_goal("first");
  Do([&](WriteTx& tx) { return OpenPart(tx, wrong_, kUnit, first).status(); });
  PlanPartRow part = Part(wrong_);
  part.body.mutable_goals()->set_long_term_goal("second");
  Do([&](WriteTx& tx) { return ChangeGoals(tx, part, kUnit); });
  Do([&](WriteTx& tx) { return ClosePart(tx, part, kUnit, "done"); });
  EXPECT_EQ(Move(), 1);
  EXPECT_EQ(Part(right_).body.goals().long_term_goal(), "second");
  EXPECT_EQ(Part(right_).state, PlanState::kClosed);
  EXPECT_EQ(PlanStateOf(right_), 2);
  EXPECT_THAT(GoalsIn(Journal(right_, JournalSubject::kPlanPart)),
              ElementsAre("first", "second", "second"));
  EXPECT_EQ(Part(right_).version, 3);
}

TEST_F(MoveTest, GoalsThatAnotherUnitHasWrittenOverGoAlongToo) {
  v1::PlanPart first;
  first.mutable_goals()->set_long_term_goal("first");
  Do([&](WriteTx& tx) { return OpenPart(tx, wrong_, kUnit, first).status(); });
  PlanPartRow part = Part(wrong_);
  part.body.mutable_goals()->set_long_term_goal("second");
  Do([&](WriteTx& tx) { return ChangeGoals(tx, part, kColleagues); });
  EXPECT_TRUE(Read<bool>([&](ReadTx& tx) { return HasUnitRecords(tx, wrong_, kUnit); }));
  EXPECT_EQ(Move(), 1);
  EXPECT_FALSE(Read<bool>([&](ReadTx& tx) { return HasUnitRecords(tx, wrong_, kUnit); }));
  EXPECT_EQ(Part(right_).body.goals().long_term_goal(), "first");
  EXPECT_EQ(Part(wrong_).body.goals().long_term_goal(), "second");
  EXPECT_EQ(Part(wrong_).author.principal_key, kColleagues.principal_key);
}

TEST_F(MoveTest, GoalsThatCameAreThePastOfThoseThatStand) {
  v1::PlanPart own;
  own.mutable_goals()->set_long_term_goal("own");
  Do([&](WriteTx& tx) { return OpenPart(tx, right_, kColleagues, own).status(); });
  v1::PlanPart coming;
  coming.mutable_goals()->set_long_term_goal("coming");
  Do([&](WriteTx& tx) { return OpenPart(tx, wrong_, kUnit, coming).status(); });
  PlanPartRow part = Part(wrong_);
  Do([&](WriteTx& tx) { return ClosePart(tx, part, kUnit, "done"); });
  Move();
  EXPECT_EQ(Part(right_).body.goals().long_term_goal(), "own");
  EXPECT_EQ(Part(right_).author.principal_key, kColleagues.principal_key);
  EXPECT_EQ(Part(right_).state, PlanState::kOpen);
  EXPECT_EQ(PlanStateOf(right_), 1);
  EXPECT_THAT(GoalsIn(Journal(right_, JournalSubject::kPlanPart)),
              ElementsAre("own", "coming", "coming", "own"));
}

TEST_F(MoveTest, LastContactGoesWithTheFollowUps) {
  AddFollowUpOn(right_, kUnit, 20'000);
  AddFollowUpOn(wrong_, kUnit, 20'005);
  Move();
  EXPECT_EQ(LastFollowUp(right_), 20'005);
  EXPECT_EQ(LastFollowUp(wrong_), 0);
  AddFollowUpOn(wrong_, kUnit, 20'001);
  Move();
  EXPECT_EQ(LastFollowUp(right_), 20'005);
  EXPECT_EQ(LastFollowUp(wrong_), 0);
}

TEST_F(MoveTest, WhatTheUnitRegisteredOrConfirmedIsEnded) {
  const GroundRow own = AddGroundBy(kUnit, v1::GROUND_STATE_PENDING);
  GroundRow confirmed = AddGroundBy(kSchool, v1::GROUND_STATE_ACTIVE);
  confirmed.confirmed_unit_key = kUnit.unit_key;
  confirmed.confirmed_principal_key = kUnit.principal_key;
  Do([&](WriteTx& tx) { return ChangeGround(tx, confirmed, kUnit); });
  const GroundRow foreign = AddGroundBy(kSchool, v1::GROUND_STATE_ACTIVE);
  Do([&](WriteTx& tx) { return EndUnitGrounds(tx, wrong_, kUnit); });
  const auto grounds = Read<std::vector<GroundRow>>(
      [&](ReadTx& tx) { return ListGroundsOf(tx, wrong_, {.all = true}, 1'000'000, 100); });
  std::vector<std::pair<int64_t, v1::GroundState>> states;
  for (const GroundRow& ground : grounds) states.emplace_back(ground.ground_key, ground.state);
  EXPECT_THAT(states, UnorderedElementsAre(Pair(own.ground_key, v1::GROUND_STATE_ENDED),
                                           Pair(confirmed.ground_key, v1::GROUND_STATE_ENDED),
                                           Pair(foreign.ground_key, v1::GROUND_STATE_ACTIVE)));
  EXPECT_THAT(Acts(wrong_, JournalSubject::kGround),
              ElementsAre(JournalAct::kCreated, JournalAct::kCreated, JournalAct::kConfirmed,
                          JournalAct::kCreated, JournalAct::kEnded, JournalAct::kEnded));
}

TEST_F(MoveTest, TheUnitsConfirmationsAreEndedWhosesoeverTheSection) {
  const SectionRow school = AddEducation(wrong_, kSchool, 9);
  SectionRow colleagues = AddEducation(wrong_, kColleagues, 9);
  Replace(colleagues, kColleagues, 10);
  Confirm(school, kUnit);
  Confirm(colleagues, kSchool);
  Do([&](WriteTx& tx) { return EndUnitGrounds(tx, wrong_, kUnit); });
  const auto sections =
      Read<std::vector<ConfirmedSection>>([&](ReadTx& tx) { return ListSections(tx, wrong_); });
  ASSERT_EQ(sections.size(), 2u);
  EXPECT_THAT(sections[0].confirmations, IsEmpty());
  ASSERT_EQ(sections[1].confirmations.size(), 1u);
  const std::vector<Change> changes = Journal(wrong_, JournalSubject::kConfirmation);
  ASSERT_EQ(changes.size(), 3u);
  EXPECT_EQ(changes[1].version, colleagues.version);
  EXPECT_EQ(changes[2].act, JournalAct::kEnded);
  EXPECT_EQ(changes[2].author.unit_key, kUnit.unit_key);
}

}  // namespace
}  // namespace navo::storage
