#include "storage/norskmaal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "storage/journal.h"
#include "storage/participant.h"
#include "storage/store.h"
#include "tests/support/memory_store.h"
#include "tests/support/row_opener.h"

namespace navo::storage {
namespace {

using door::Case;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr Author kSchool{2, 20, 200};
constexpr Author kOtherSchool{2, 21, 201};
constexpr Author kOffice{1, 10, 100};

class NorskmaalTest : public support::MemoryStoreTest {
 protected:
  void SetUp() override {
    MemoryStoreTest::SetUp();
    wrong_ = NewPerson();
    right_ = NewPerson();
  }
  void Put(int64_t person, const Author& author, int64_t version, int granted) {
    NorskmaalRow row;
    row.version = version;
    row.author = author;
    row.body.set_granted_norsk_hours(granted);
    Do([&](WriteTx& tx) { return PutNorskmaal(tx, person, row); });
  }
  int Move(const Author& unit) {
    int moved = -1;
    Do([&](WriteTx& tx) -> absl::Status {
      const auto done = MoveNorskmaal(tx, wrong_, right_, unit);
      moved = done.value_or(-1);
      return done.status();
    });
    return moved;
  }
  // Each controller's: the unit that wrote it, and the hours granted.
  std::vector<std::pair<int64_t, int>> Listed(int64_t person) {
    std::vector<std::pair<int64_t, int>> listed;
    EXPECT_TRUE(store_
                    ->Read([&](ReadTx& tx) -> absl::Status {
                      const auto rows = ListNorskmaal(tx, person);
                      if (!rows.ok()) return rows.status();
                      for (const auto& row : *rows) {
                        EXPECT_EQ(row.label().category, v1::CATEGORY_LANGUAGE);
                        EXPECT_EQ(row.label().author.unit_key, Case::Open(row).author.unit_key);
                        listed.emplace_back(Case::Open(row).author.unit_key,
                                            Case::Open(row).body.granted_norsk_hours());
                      }
                      return absl::OkStatus();
                    })
                    .ok());
    return listed;
  }
  struct Change {
    JournalAct act;
    int64_t unit_key;
    int64_t version;
    std::string body;
  };
  std::vector<Change> Journal(int64_t person) {
    std::vector<Change> changes;
    EXPECT_TRUE(store_
                    ->Read([&](ReadTx& tx) {
                      return ReadRecordHistory(
                          tx, person, JournalSubject::kNorskmaal, kSchool.controller_key,
                          [&](const JournalRow& row) {
                            changes.push_back(
                                {row.act, row.author.unit_key, row.version, std::string(row.body)});
                            return absl::OkStatus();
                          });
                    })
                    .ok());
    return changes;
  }

  int64_t wrong_ = 0;
  int64_t right_ = 0;
};

TEST_F(NorskmaalTest, ControllersAreSideBySideAndEveryVersionIsKept) {
  Put(wrong_, kSchool, 1, 300);
  Put(wrong_, kOffice, 1, 100);
  Put(wrong_, kOtherSchool, 2, 550);
  EXPECT_THAT(Listed(wrong_),
              ElementsAre(Pair(kOffice.unit_key, 100), Pair(kOtherSchool.unit_key, 550)));
  EXPECT_THAT(Listed(right_), IsEmpty());
  const std::vector<Change> changes = Journal(wrong_);
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_EQ(changes[0].act, JournalAct::kCreated);
  EXPECT_EQ(changes[1].act, JournalAct::kChanged);
  EXPECT_EQ(changes[1].version, 2);
  v1::Norskmaal first;
  ASSERT_TRUE(first.ParseFromString(changes[0].body));
  EXPECT_EQ(first.granted_norsk_hours(), 300);
}

TEST_F(NorskmaalTest, FoundByController) {
  Put(wrong_, kSchool, 3, 300);
  EXPECT_TRUE(store_
                  ->Read([&](ReadTx& tx) -> absl::Status {
                    const auto own = FindNorskmaal(tx, wrong_, kSchool.controller_key);
                    EXPECT_TRUE(own.ok() && own->has_value());
                    EXPECT_EQ(Case::Open(**own).version, 3);
                    EXPECT_EQ(Case::Open(**own).author.principal_key, kSchool.principal_key);
                    const auto none = FindNorskmaal(tx, wrong_, kOffice.controller_key);
                    EXPECT_TRUE(none.ok() && !none->has_value());
                    return absl::OkStatus();
                  })
                  .ok());
}

TEST_F(NorskmaalTest, ItGoesToTheRightPersonAndNothingStays) {
  Put(wrong_, kSchool, 1, 300);
  EXPECT_EQ(Move(kOtherSchool), 0);
  EXPECT_EQ(Move(kOffice), 0);
  EXPECT_EQ(Move(kSchool), 1);
  EXPECT_THAT(Listed(wrong_), IsEmpty());
  EXPECT_THAT(Listed(right_), ElementsAre(Pair(kSchool.unit_key, 300)));
  EXPECT_EQ(Journal(right_).back().act, JournalAct::kMoved);
  EXPECT_EQ(Journal(right_).back().body, Journal(wrong_).front().body);
  EXPECT_EQ(Journal(wrong_).back().act, JournalAct::kDeleted);
  EXPECT_EQ(Journal(wrong_).back().body, "");
}

TEST_F(NorskmaalTest, WhatAnotherUnitHadWrittenComesBack) {
  Put(wrong_, kOtherSchool, 1, 225);
  Put(wrong_, kSchool, 2, 300);
  EXPECT_EQ(Move(kSchool), 1);
  EXPECT_THAT(Listed(wrong_), ElementsAre(Pair(kOtherSchool.unit_key, 225)));
  EXPECT_THAT(Listed(right_), ElementsAre(Pair(kSchool.unit_key, 300)));
  const Change back = Journal(wrong_).back();
  EXPECT_EQ(back.act, JournalAct::kCorrected);
  EXPECT_EQ(back.unit_key, kOtherSchool.unit_key);
  EXPECT_EQ(back.version, 4);
}

TEST_F(NorskmaalTest, TheRightPersonsOwnStands) {
  Put(right_, kOtherSchool, 1, 75);
  Put(wrong_, kSchool, 1, 300);
  EXPECT_EQ(Move(kSchool), 1);
  EXPECT_THAT(Listed(wrong_), IsEmpty());
  EXPECT_THAT(Listed(right_), ElementsAre(Pair(kOtherSchool.unit_key, 75)));
  EXPECT_EQ(Journal(right_).back().act, JournalAct::kMoved);
}

}  // namespace
}  // namespace navo::storage
