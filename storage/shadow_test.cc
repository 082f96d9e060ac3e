#include "storage/shadow.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/emergency_access.h"
#include "storage/follow_up.h"
#include "storage/ground.h"
#include "storage/journal.h"
#include "storage/plan.h"
#include "storage/plan_step.h"
#include "storage/protection.h"
#include "storage/referral.h"
#include "storage/section.h"
#include "storage/source_record.h"
#include "storage/store.h"
#include "storage/tie.h"
#include "tests/support/memory_store.h"
#include "tests/support/row_opener.h"

namespace navo::storage {
namespace {

using door::Case;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

constexpr int64_t kController = 1;
constexpr Author kUnit{kController, 10, 100};
constexpr Author kColleagues{kController, 11, 101};
constexpr Author kProtector{kController, 12, 102};
constexpr int64_t kLast = std::numeric_limits<int64_t>::max();
constexpr Protection kStrict{Grading::kStrengtFortrolig, false};
constexpr SourceKey kSource{kController, "komet", v1::IMPORT_FORMAT_NAV_DELTAKER, 0, "1"};

std::string NoName(const v1::ContactFacts&) { return {}; }

class ShadowTest : public support::MemoryStoreTest {
 protected:
  void SetUp() override {
    MemoryStoreTest::SetUp();
    hash_ = NewId();
    SetTo(kStrict);
    shadow_ = NewRecord(kController, &shadow_id_);
    Tie(shadow_, kUnit, TieState::kActive);
    Tie(shadow_, kColleagues, TieState::kEnded);
  }

  int64_t Count(Sql sql, int64_t key) {
    return Read<std::optional<int64_t>>([&](ReadTx& tx) { return tx.Number(sql, {key}); })
        .value_or(-1);
  }

  // A record of the person in a realm, as the controller knows it.
  int64_t NewRecord(int64_t realm, std::string* id) {
    int64_t key = 0;
    Do([&](WriteTx& tx) -> absl::Status {
      const auto made = CreateParticipant(tx, realm, {.hash = hash_, .sealed = "sealed"},
                                          realm == kOrdinaryRealm ? kStrict : Protection(), 100);
      if (!made.ok()) return made.status();
      key = *made;
      const auto alias = GetOrCreateAlias(tx, key, kController, NewId());
      if (alias.ok()) *id = *alias;
      return alias.status();
    });
    return key;
  }
  void Tie(int64_t participant_key, const Author& author, TieState state,
           v1::IdentityConfirmation confirmation = v1::IDENTITY_CONFIRMATION_KNOWN_IN_PERSON) {
    TieRow tie;
    tie.participant_key = participant_key;
    tie.author = author;
    tie.state = state;
    tie.confirmation = confirmation;
    Do([&](WriteTx& tx) { return PutTie(tx, tie, JournalAct::kCreated); });
  }
  TieState StateOf(int64_t participant_key, const Author& unit) {
    return Read<std::optional<TieRow>>(
               [&](ReadTx& tx) { return FindTie(tx, participant_key, unit.unit_key); })
        .value_or(TieRow{.state = TieState::kNone})
        .state;
  }
  void SetTo(const Protection& protection) {
    Do([&](WriteTx& tx) {
      return SetProtection(tx, hash_, {protection, {}},
                           {kProtector, [this] { return NewId(); }, NoName});
    });
  }
  int64_t Merge() {
    int64_t real = 0;
    Do([&](WriteTx& tx) -> absl::Status {
      const auto merged = MergeShadow(
          tx, shadow_, kProtector, [this] { return NewId(); }, NoName);
      real = merged.value_or(0);
      return merged.status();
    });
    return real;
  }
  std::optional<ParticipantAccess> ById(const std::string& id) {
    return Read<std::optional<ParticipantAccess>>([&](ReadTx& tx) {
      return FindAccessById(tx, id, kController, kUnit.unit_key, kUnit.principal_key);
    });
  }
  std::vector<int64_t> Listed() {
    const auto rows = Read<std::vector<ShadowRow>>(
        [&](ReadTx& tx) { return ListShadows(tx, kController, kLast, 100); });
    std::vector<int64_t> keys;
    for (const ShadowRow& row : rows) keys.push_back(row.participant_key);
    return keys;
  }

  SectionRow AddEducation(const Author& author, int school_years) {
    SectionRow row;
    row.id = NewId();
    row.participant_key = shadow_;
    row.kind = v1::SECTION_KIND_EDUCATION;
    row.author = author;
    row.body.mutable_content()->mutable_education()->set_school_years(school_years);
    Do([&](WriteTx& tx) { return AddSection(tx, row); });
    return row;
  }
  // Unit and school years.
  std::vector<std::pair<int64_t, int>> Sections(int64_t participant_key) {
    const auto listed = Read<std::vector<ConfirmedSection>>(
        [&](ReadTx& tx) { return ListSections(tx, participant_key); });
    std::vector<std::pair<int64_t, int>> sections;
    for (const ConfirmedSection& one : listed) {
      const SectionRow& row = Case::Open(one.section);
      sections.emplace_back(row.author.unit_key, row.body.content().education().school_years());
    }
    return sections;
  }
  // A row of every table that follows the person.
  void WriteEverything(WriteTx& tx) {
    NewFollowUp event;
    event.id = NewId();
    event.participant_key = shadow_;
    event.author = kUnit;
    ASSERT_TRUE(AddFollowUp(tx, event).ok());
    GroundRow ground;
    ground.id = NewId();
    ground.participant_key = shadow_;
    ground.kind = v1::GROUND_KIND_SAMTYKKE;
    ground.state = v1::GROUND_STATE_ACTIVE;
    ground.author = kUnit;
    ground.to_controller_key = 2;
    ASSERT_TRUE(AddGround(tx, ground).ok());
    ReferralRow referral;
    referral.id = NewId();
    referral.participant_key = shadow_;
    referral.author = kUnit;
    referral.to_controller_key = kController;
    referral.to_unit_key = 13;
    ASSERT_TRUE(AddReferral(tx, referral, v1::Referral()).ok());
    EmergencyRow emergency;
    emergency.id = NewId();
    emergency.participant_key = shadow_;
    emergency.author = {kController, 14, 104};
    emergency.until_us = tx.now_us() + 1'000'000;
    ASSERT_TRUE(AddEmergency(tx, emergency, v1::EmergencyAccess()).ok());
    ASSERT_TRUE(AddTeamMember(tx, shadow_, 100, kUnit).ok());
    ASSERT_TRUE(PutSourceRecord(tx, kSource, {1, "hash", shadow_, 7}).ok());
  }

  std::string hash_;
  std::string shadow_id_;
  int64_t shadow_ = 0;
};

TEST_F(ShadowTest, EverythingOfThePersonGoesToTheRealParticipant) {
  std::string real_id;
  const int64_t real = NewRecord(kOrdinaryRealm, &real_id);
  Do([&](WriteTx& tx) -> absl::Status {
    WriteEverything(tx);
    return absl::OkStatus();
  });
  EXPECT_EQ(Merge(), real);

  constexpr Sql kOf[] = {
      "SELECT COUNT(*) FROM follow_up WHERE participant_key = $1",
      "SELECT COUNT(*) FROM ground WHERE participant_key = $1 AND state = 1",
      "SELECT COUNT(*) FROM referral WHERE participant_key = $1 AND state <> 1",
      "SELECT COUNT(*) FROM emergency_access WHERE participant_key = $1",
      "SELECT COUNT(*) FROM source_record WHERE participant_key = $1",
  };
  for (const Sql& sql : kOf) {
    EXPECT_EQ(Count(sql, real), 1) << sql.text;
    EXPECT_EQ(Count(sql, shadow_), 0) << sql.text;
  }
  EXPECT_EQ(Count("SELECT COUNT(*) FROM team_member WHERE participant_key = $1", real), 1);
  EXPECT_THAT(
      Read<std::vector<EmergencyRow>>([](ReadTx& tx) { return ListOpenEmergencies(tx, 104); }),
      IsEmpty());
  EXPECT_EQ(StateOf(real, kUnit), TieState::kActive);
  EXPECT_EQ(StateOf(real, kColleagues), TieState::kEnded);
}

// A table that names participants and is not here has to be thought of in MergeShadow, and in what
// EndTie moves.
TEST_F(ShadowTest, EveryTableThatNamesAParticipantIsKnown) {
  std::vector<std::string> tables;
  Do([&](WriteTx& tx) {
    return tx.Each(
        "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
        " WHERE m.type = 'table' AND c.name = 'participant_key' ORDER BY m.name",
        {}, [&](const Row& row) { tables.emplace_back(row.Text(0)); });
  });
  EXPECT_THAT(tables, ElementsAre("access_change", "access_log", "assessment", "emergency_access",
                                  "follow_up", "ground", "journal", "norskmaal", "participant",
                                  "participant_alias", "participant_facts",
                                  "participant_identifier", "plan", "plan_part", "plan_step",
                                  "referral", "section", "section_duplicate", "source_record",
                                  "team_member", "test_result", "tie", "week_hours"));
}

TEST_F(ShadowTest, OneUnitsWordsOverAnothersGoOnAsTheyAre) {
  SectionRow row = AddEducation(kUnit, 9);
  row.author = kColleagues;
  row.body.mutable_content()->mutable_education()->set_school_years(10);
  Do([&](WriteTx& tx) { return ReplaceSection(tx, row); });
  const int64_t real = Merge();
  EXPECT_THAT(Sections(real), ElementsAre(Pair(kColleagues.unit_key, 10)));
  EXPECT_THAT(Sections(shadow_), IsEmpty()) << "nothing comes back in its place";
}

TEST_F(ShadowTest, APlanThatWasClosedStaysClosedAndNamesNobodyNew) {
  v1::PlanPart body;
  body.mutable_goals()->set_long_term_goal("work");
  Do([&](WriteTx& tx) -> absl::Status {
    absl::StatusOr<PlanPartRow> part = OpenPart(tx, shadow_, kUnit, body);
    if (!part.ok()) return part.status();
    PlanStepRow step{0, NewId(), part->plan_key, shadow_, kColleagues, 0, 1, {}};
    const absl::Status added = AddStep(tx, step);
    if (!added.ok()) return added;
    return ClosePart(tx, *part, kUnit, "done");
  });
  const int64_t real = Merge();
  const auto part = Read<std::optional<Guarded<PlanPartRow>>>(
      [&](ReadTx& tx) { return FindPart(tx, real, kController); });
  ASSERT_TRUE(part.has_value());
  const PlanPartRow row = door::Case::Open(*part);
  EXPECT_EQ(row.state, PlanState::kClosed);
  EXPECT_EQ(row.author.principal_key, kUnit.principal_key);
  EXPECT_EQ(Count("SELECT state FROM plan WHERE participant_key = $1", real), 2);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM plan_step WHERE participant_key = $1"
                  " AND unit_key = 11 AND principal_key = 101",
                  real),
            1);
  // What opened it, what closed it and its step; nothing else counts as a change of the part.
  EXPECT_EQ(Count("SELECT version FROM plan_part WHERE participant_key = $1", real), 3);
}

TEST_F(ShadowTest, NobodySeesItByItsKeyAndItsIdIsTheParticipants) {
  const int64_t real = Merge();
  EXPECT_NE(real, shadow_);
  ASSERT_TRUE(ById(shadow_id_).has_value());
  EXPECT_EQ(ById(shadow_id_)->participant_key, real);
  EXPECT_EQ(ById(shadow_id_)->protection, kStrict);
  EXPECT_EQ(ById(shadow_id_)->tie, TieState::kActive);
  const auto left = Read<std::optional<ParticipantAccess>>(
      [&](ReadTx& tx) { return FindAccessByKey(tx, shadow_, 10, 100); });
  ASSERT_TRUE(left.has_value());
  EXPECT_EQ(left->protection.grading, Grading::kMerged);
  EXPECT_THAT(Listed(), IsEmpty());
  // The side may register the person anew, and that merges too.
  std::string id;
  shadow_ = NewRecord(kController, &id);
  Tie(shadow_, kUnit, TieState::kActive);
  EXPECT_THAT(Listed(), ElementsAre(shadow_));
  EXPECT_EQ(Merge(), real);
  EXPECT_EQ(ById(id)->participant_key, real);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM participant_identifier i JOIN participant p"
                  " ON p.participant_key = i.participant_key WHERE p.merged_into = $1",
                  real),
            2)
      << "the numbers are kept";
}

TEST_F(ShadowTest, AUnitsOwnWordOnTheParticipantStands) {
  std::string id;
  const int64_t real = NewRecord(kOrdinaryRealm, &id);
  Tie(real, kUnit, TieState::kBlocked);  // "not ours", by somebody with the role
  Merge();
  EXPECT_EQ(StateOf(real, kUnit), TieState::kBlocked);
}

TEST_F(ShadowTest, ADocumentInHandOpensABlockedTie) {
  std::string id;
  const int64_t real = NewRecord(kOrdinaryRealm, &id);
  Tie(real, kUnit, TieState::kBlocked);
  Tie(shadow_, kUnit, TieState::kActive, v1::IDENTITY_CONFIRMATION_ID_DOCUMENT);
  Merge();
  EXPECT_EQ(StateOf(real, kUnit), TieState::kActive);
}

TEST_F(ShadowTest, LoweringWhollyMergesEverySidesRecords) {
  std::string id;
  const int64_t other = NewRecord(2, &id);
  SetTo({Grading::kFortrolig, false});
  SetTo({Grading::kUgradert, true});
  EXPECT_THAT(Listed(), ElementsAre(shadow_)) << "shielded is protected too";
  SetTo({});
  EXPECT_THAT(Listed(), IsEmpty());
  const auto access = ById(shadow_id_);
  ASSERT_TRUE(access.has_value());
  EXPECT_EQ(access->protection, Protection());
  EXPECT_EQ(Count("SELECT merged_into FROM participant WHERE participant_key = $1", other),
            access->participant_key);
}

TEST_F(ShadowTest, WhatWasSetIsNotUndoneByTheSeedFile) {
  const auto new_id = [this] { return NewId(); };
  const ProtectionChange operators{{}, new_id, NoName};
  const std::string another = NewId();
  Do([&](WriteTx& tx) { return SeedProtection(tx, hash_, {}, operators); });
  Do([&](WriteTx& tx) { return SeedProtection(tx, another, kStrict, operators); });
  Do([&](WriteTx& tx) { return SeedProtection(tx, another, {}, operators); });
  const auto of = [&](const std::string& hash) {
    return Read<Protection>([&](ReadTx& tx) { return FindProtection(tx, hash); });
  };
  EXPECT_EQ(of(hash_), kStrict);
  EXPECT_EQ(of(another), Protection());
}

}  // namespace
}  // namespace navo::storage
