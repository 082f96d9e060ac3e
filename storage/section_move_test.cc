#include "storage/section_move.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "storage/office_lock.h"
#include "storage/participant.h"
#include "storage/section.h"
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

constexpr Author kUnit{1, 10, 100};  // the one that leaves
constexpr Author kColleagues{1, 11, 101};
constexpr Author kSide{1, 0, 0};

class SectionMoveTest : public support::MemoryStoreTest {
 protected:
  void SetUp() override {
    MemoryStoreTest::SetUp();
    from_ = NewPerson();
    to_ = NewPerson();
  }

  SectionRow Add(int64_t person, const Author& author, int school_years,
                 v1::SectionKind kind = v1::SECTION_KIND_EDUCATION) {
    SectionRow row;
    row.id = NewId();
    row.participant_key = person;
    row.kind = kind;
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
    Do([&](WriteTx& tx) { return ConfirmSection(tx, row, author, v1::Provenance()); });
  }
  void Lock(const SectionRow& row, const Author& author) {
    Do([&](WriteTx& tx) -> absl::Status {
      const auto found = FindLockable(tx, row.participant_key, v1::LOCKABLE_RECORD_SECTION, row.id);
      if (!found.ok()) return found.status();
      return PutOfficeLock(tx, row.participant_key, **found, row.id, true, author);
    });
  }
  void Move(const Author& unit) {
    Do([&](WriteTx& tx) {
      return MoveSections(tx, from_, to_, unit, [this] { return NewId(); }).status();
    });
  }

  std::vector<ConfirmedSection> List(int64_t person) {
    return Read<std::vector<ConfirmedSection>>(
        [&](ReadTx& tx) { return ListSections(tx, person); });
  }
  std::vector<SectionRow> Sections(int64_t person) {
    std::vector<SectionRow> rows;
    for (const ConfirmedSection& one : List(person)) rows.push_back(Case::Open(one.section));
    return rows;
  }
  // Another unit writes over it and does not make a second one.
  bool IsOfTheController(SectionRow section) {
    section.id = NewId();
    bool there = false;
    Do([&](WriteTx& tx) -> absl::Status {
      there = absl::IsAlreadyExists(AddSection(tx, section));
      return absl::OkStatus();
    });
    return there;
  }
  // What became of the person's office locks.
  std::vector<JournalAct> LocksIn(int64_t person) {
    std::vector<JournalAct> acts;
    Do([&](WriteTx& tx) {
      return ReadHistory(tx, person, {JournalSubject::kOfficeLock}, [&](const JournalRow& one) {
        acts.push_back(one.act);
        return absl::OkStatus();
      });
    });
    return acts;
  }
  // Unit and school years, newest version first.
  std::vector<std::pair<int64_t, int>> Versions(const SectionRow& section) {
    const auto listed = Read<std::vector<Guarded<SectionRow>>>(
        [&](ReadTx& tx) { return ListSectionVersions(tx, section); });
    std::vector<std::pair<int64_t, int>> versions;
    int64_t after = section.version + 1;
    for (const auto& one : listed) {
      const SectionRow& row = Case::Open(one);
      EXPECT_LT(row.version, after) << "each version has a number of its own, the newest the last";
      after = row.version;
      EXPECT_EQ(one.label().author.unit_key,
                section.locked ? section.author.unit_key : row.author.unit_key)
          << "a lock keeps every version to the unit that has the section";
      versions.emplace_back(row.author.unit_key, row.body.content().education().school_years());
    }
    return versions;
  }

  int64_t from_ = 0;
  int64_t to_ = 0;
};

TEST_F(SectionMoveTest, ArrivesWithTheVersionsOfItsUnit) {
  SectionRow row = Add(from_, kUnit, 9);
  Replace(row, kUnit, 10);
  Move(kUnit);
  EXPECT_THAT(Sections(from_), IsEmpty());
  ASSERT_THAT(Sections(to_), SizeIs(1));
  const SectionRow moved = Sections(to_)[0];
  EXPECT_EQ(moved.id, row.id);
  EXPECT_THAT(Versions(moved), ElementsAre(Pair(10, 10), Pair(10, 9)));
  EXPECT_EQ(moved.author.principal_key, kUnit.principal_key);
}

TEST_F(SectionMoveTest, WhatOthersWroteBeforeStaysAndDoesNotGoAlong) {
  SectionRow row = Add(from_, kColleagues, 9);
  Replace(row, kUnit, 10);
  Replace(row, kColleagues, 11);
  Replace(row, kUnit, 12);
  Move(kUnit);
  ASSERT_THAT(Sections(to_), SizeIs(1));
  EXPECT_THAT(Versions(Sections(to_)[0]), ElementsAre(Pair(10, 12), Pair(10, 10)));
  ASSERT_THAT(Sections(from_), SizeIs(1));
  EXPECT_THAT(Versions(Sections(from_)[0]), ElementsAre(Pair(11, 11), Pair(11, 11), Pair(11, 9)));
}

TEST_F(SectionMoveTest, WhatCameIsThePastOfWhatStands) {
  Add(to_, kColleagues, 5);
  SectionRow row = Add(from_, kUnit, 9);
  Replace(row, kUnit, 10);
  Move(kUnit);
  ASSERT_THAT(Sections(to_), SizeIs(1));
  EXPECT_THAT(Versions(Sections(to_)[0]),
              ElementsAre(Pair(11, 5), Pair(10, 10), Pair(10, 9), Pair(11, 5)));
  EXPECT_THAT(Sections(from_), IsEmpty());
}

// It leaves the table, and whoever writes the next section gets its key, but not its past.
TEST_F(SectionMoveTest, TheNextSectionHasNoPastOfTheOneThatWasDropped) {
  Add(to_, kColleagues, 5);
  const SectionRow dropped = Add(from_, kUnit, 12);
  Move(kUnit);
  const SectionRow next = Add(to_, {2, 20, 200}, 7);
  EXPECT_EQ(next.section_key, dropped.section_key) << "the premise of this test";
  EXPECT_THAT(Versions(next), ElementsAre(Pair(20, 7)));
}

TEST_F(SectionMoveTest, ASideGoesWithTheVersionsAndConfirmationsOfAllItsUnits) {
  SectionRow row = Add(from_, kColleagues, 9);
  Replace(row, kUnit, 10);
  Confirm(row, kColleagues);
  Move(kSide);
  EXPECT_THAT(Sections(from_), IsEmpty()) << "nothing comes back to a second record";
  ASSERT_THAT(List(to_), SizeIs(1));
  const ConfirmedSection moved = List(to_)[0];
  EXPECT_THAT(moved.confirmations, SizeIs(1));
  EXPECT_THAT(Versions(Case::Open(moved.section)), ElementsAre(Pair(10, 10), Pair(11, 9)));
}

TEST_F(SectionMoveTest, ConfirmationsOfTheWrongPersonDoNotGoAlong) {
  const SectionRow row = Add(from_, kUnit, 9);
  Confirm(row, kColleagues);
  Move(kUnit);
  ASSERT_THAT(List(to_), SizeIs(1));
  EXPECT_THAT(List(to_)[0].confirmations, IsEmpty());
}

TEST_F(SectionMoveTest, TheLockGoesWithTheWordsOfTheUnitThatHasIt) {
  SectionRow row = Add(from_, kColleagues, 9);
  Replace(row, kUnit, 10);
  Lock(row, kUnit);
  EXPECT_THAT(Versions(Sections(from_)[0]), ElementsAre(Pair(10, 10), Pair(11, 9)));
  Move(kUnit);
  ASSERT_THAT(Sections(to_), SizeIs(1));
  EXPECT_TRUE(Sections(to_)[0].locked);
  ASSERT_THAT(Sections(from_), SizeIs(1));
  EXPECT_FALSE(Sections(from_)[0].locked);
  EXPECT_EQ(Sections(from_)[0].author.unit_key, kColleagues.unit_key);
  EXPECT_TRUE(IsOfTheController(Sections(from_)[0]));
}

TEST_F(SectionMoveTest, WhatCameBackFromUnderALockIsThePastOfWhatWasRecordedSince) {
  SectionRow row = Add(from_, kColleagues, 9);
  Replace(row, kUnit, 10);
  Lock(row, kUnit);
  const SectionRow since = Add(from_, {1, 12, 102}, 11);
  Move(kUnit);
  ASSERT_THAT(Sections(from_), SizeIs(1));
  const SectionRow stands = Sections(from_)[0];
  EXPECT_EQ(stands.id, since.id);
  EXPECT_THAT(Versions(stands), ElementsAre(Pair(12, 11), Pair(11, 9), Pair(12, 11)));
  ASSERT_THAT(Sections(to_), SizeIs(1));
  EXPECT_THAT(Versions(Sections(to_)[0]), ElementsAre(Pair(10, 10)));
}

TEST_F(SectionMoveTest, WhatAnotherUnitHasWrittenOverGoesAlongToo) {
  SectionRow row = Add(from_, kUnit, 9);
  Replace(row, kColleagues, 10);
  Lock(row, kColleagues);
  Confirm(row, kColleagues);
  EXPECT_TRUE(Read<bool>([&](ReadTx& tx) { return HasWrittenSections(tx, from_, kUnit); }));
  Move(kUnit);
  EXPECT_FALSE(Read<bool>([&](ReadTx& tx) { return HasWrittenSections(tx, from_, kUnit); }));
  ASSERT_THAT(List(from_), SizeIs(1));
  const ConfirmedSection left = List(from_)[0];
  EXPECT_EQ(Case::Open(left.section).id, row.id);
  EXPECT_TRUE(Case::Open(left.section).locked) << "the lock of the unit that stays";
  EXPECT_THAT(left.confirmations, SizeIs(1));
  EXPECT_THAT(Versions(Case::Open(left.section)), ElementsAre(Pair(11, 10), Pair(11, 10)));
  ASSERT_THAT(Sections(to_), SizeIs(1));
  EXPECT_FALSE(Sections(to_)[0].locked);
  EXPECT_EQ(Sections(to_)[0].author.principal_key, kUnit.principal_key);
  EXPECT_TRUE(IsOfTheController(Sections(to_)[0]));
  EXPECT_THAT(Versions(Sections(to_)[0]), ElementsAre(Pair(10, 9)));
}

// Whose words stand there takes them along itself, or nobody does.
TEST_F(SectionMoveTest, NobodyTakesAlongWhatAnotherUnitWroteAndLeft) {
  SectionRow row = Add(from_, kUnit, 9);
  Replace(row, kColleagues, 10);
  TieRow tie;
  tie.participant_key = from_;
  tie.author = kColleagues;
  tie.state = TieState::kBlocked;
  Do([&](WriteTx& tx) { return PutTie(tx, tie, JournalAct::kEnded); });
  Move(kUnit);
  ASSERT_THAT(Sections(to_), SizeIs(1));
  EXPECT_THAT(Versions(Sections(to_)[0]), ElementsAre(Pair(10, 9)));
  ASSERT_THAT(Sections(from_), SizeIs(1));
  EXPECT_THAT(Versions(Sections(from_)[0]), ElementsAre(Pair(11, 10), Pair(11, 10)));
}

// What stays with a unit is that unit's alone, under a lock or not: there the two do meet.
TEST_F(SectionMoveTest, WhatWasUnderALockStaysUnderOne) {
  for (const Author& mover : {kUnit, kSide}) {
    from_ = NewPerson();
    to_ = NewPerson();
    Add(to_, kUnit, 5, v1::SECTION_KIND_NEEDS_BARRIERS);
    const SectionRow row = Add(from_, kUnit, 9, v1::SECTION_KIND_NEEDS_BARRIERS);
    Lock(row, kUnit);
    Move(mover);
    ASSERT_THAT(Sections(to_), SizeIs(1));
    EXPECT_TRUE(Sections(to_)[0].locked);
    EXPECT_THAT(LocksIn(to_), ElementsAre(JournalAct::kCreated));
  }
}

TEST_F(SectionMoveTest, AllThatRemainsIsThePastOfWhatWasRecordedSince) {
  SectionRow row = Add(from_, kColleagues, 7);
  Replace(row, kColleagues, 8);
  Replace(row, kUnit, 10);
  Lock(row, kUnit);
  Add(from_, {1, 12, 102}, 11);
  Move(kUnit);
  ASSERT_THAT(Sections(from_), SizeIs(1));
  EXPECT_THAT(Versions(Sections(from_)[0]),
              ElementsAre(Pair(12, 11), Pair(11, 8), Pair(11, 7), Pair(12, 11)));
}

TEST_F(SectionMoveTest, TheLockEndsInTheJournalWhereTheSectionDoesNotGoItself) {
  SectionRow row = Add(from_, kColleagues, 9);
  Replace(row, kUnit, 10);
  Lock(row, kUnit);
  Move(kUnit);
  EXPECT_THAT(LocksIn(from_), ElementsAre(JournalAct::kCreated, JournalAct::kEnded));
}

}  // namespace
}  // namespace navo::storage
