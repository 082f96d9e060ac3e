#include "storage/ground.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/participant.h"
#include "storage/store.h"
#include "tests/support/memory_store.h"

namespace navo::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr int64_t kToday = 20'000;
constexpr Author kOffice{1, 10, 100};
constexpr int64_t kSchool = 2, kSchoolUnit = 20;
constexpr int64_t kLargest = int64_t{1} << 60;

class GroundTest : public support::MemoryStoreTest {
 protected:
  void SetUp() override {
    MemoryStoreTest::SetUp();
    person_ = NewPerson();
  }

  // NAV's plan to the school; its key.
  int64_t Add(WriteTx& tx, int64_t from_day, int64_t to_day,
              v1::GroundState state = v1::GROUND_STATE_ACTIVE) {
    GroundRow ground;
    ground.id = absl::StrCat(absl::Dec(++made_, absl::kZeroPad16));
    ground.participant_key = person_;
    ground.state = state;
    ground.kind = v1::GROUND_KIND_SAMTYKKE;
    ground.purpose = v1::PURPOSE_SAMORDNET_KVALIFISERING;
    ground.to_controller_key = kSchool;
    ground.categories = 6;
    ground.valid_from_day = from_day;
    ground.valid_to_day = to_day;
    ground.author = kOffice;
    EXPECT_TRUE(AddGround(tx, ground).ok());
    return ground.ground_key;
  }

  template <typename T>
  T Read(const std::function<absl::StatusOr<T>(ReadTx&)>& read) {
    T result{};
    const absl::Status status = store_->Read([&](ReadTx& tx) -> absl::Status {
      absl::StatusOr<T> got = read(tx);
      if (got.ok()) result = *std::move(got);
      statements_ = tx.statements();
      return got.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return result;
  }

  std::vector<int64_t> Towards(int64_t since_day) {
    const auto grounds = Read<std::vector<ActiveGround>>(
        [&](ReadTx& tx) { return ListActiveTowards(tx, person_, kSchool, since_day); });
    std::vector<int64_t> keys;
    for (const ActiveGround& ground : grounds) keys.push_back(ground.ground_key);
    return keys;
  }

  int64_t person_ = 0;
  int64_t made_ = 0;
  int64_t statements_ = 0;
};

TEST_F(GroundTest, AReadingNamesTheGroundThatLastsLongestAndOfThoseTheOldest) {
  std::vector<int64_t> keys;
  Do([&](WriteTx& tx) {
    keys = {Add(tx, kToday, kToday + 5), Add(tx, kToday, kNoLastDay), Add(tx, kToday, kToday + 9),
            Add(tx, kToday, kNoLastDay), Add(tx, kToday, kToday - 1)};
    return absl::OkStatus();
  });
  EXPECT_THAT(Towards(kToday), ElementsAre(keys[1], keys[3], keys[2], keys[0]));
  EXPECT_THAT(Towards(kToday - 1), SizeIs(5));
}

// What is over weighs nothing, however much there was.
TEST_F(GroundTest, OfTenThousandGroundsADecisionLoadsThoseThatAreNotPast) {
  int64_t in_force = 0;
  for (int i = 0; i < 10'000;) {
    Do([&](WriteTx& tx) {
      for (const int stop = i + 1'000; i < stop; ++i) {
        const bool ended = i % 2 == 0;
        const int64_t last = i == 5'001 ? kToday : kToday - 1 - i % 300;
        const int64_t key = Add(tx, kToday - 400, ended ? kNoLastDay : last,
                                ended ? v1::GROUND_STATE_ENDED : v1::GROUND_STATE_ACTIVE);
        if (i == 5'001) in_force = key;
      }
      return absl::OkStatus();
    });
  }
  EXPECT_THAT(Towards(kToday), ElementsAre(in_force));
  EXPECT_EQ(statements_, 1);
  EXPECT_THAT(Towards(0), SizeIs(5'000));

  const GroundReader receiver{.controller_key = kSchool, .unit_key = kSchoolUnit, .today = kToday};
  const auto known = Read<std::vector<GroundRow>>(
      [&](ReadTx& tx) { return ListGroundsOf(tx, person_, receiver, kLargest, 51); });
  ASSERT_THAT(known, SizeIs(1));
  EXPECT_EQ(known[0].ground_key, in_force);
  EXPECT_EQ(statements_, 2);
}

TEST_F(GroundTest, PagesHoldEveryGroundOnceAndNoMoreThanAsked) {
  Do([&](WriteTx& tx) {
    for (int i = 0; i < 2'500; ++i) Add(tx, kToday, kNoLastDay);
    return absl::OkStatus();
  });
  for (const GroundReader& reader :
       {GroundReader{.all = true}, GroundReader{.controller_key = 1, .today = kToday},
        GroundReader{.controller_key = kSchool, .unit_key = kSchoolUnit, .today = kToday}}) {
    std::set<int64_t> seen;
    int64_t before = kLargest;
    while (true) {
      const auto page = Read<std::vector<GroundRow>>(
          [&](ReadTx& tx) { return ListGroundsOf(tx, person_, reader, before, 200); });
      ASSERT_LE(page.size(), 200u);
      if (page.empty()) break;
      for (const GroundRow& ground : page) {
        EXPECT_LT(ground.ground_key, before);
        before = ground.ground_key;
        EXPECT_TRUE(seen.insert(before).second);
      }
    }
    EXPECT_EQ(seen.size(), 2'500u);
  }
}

TEST_F(GroundTest, AReceiverReadsWhatIsInForceTowardsItsUnit) {
  Do([&](WriteTx& tx) {
    Add(tx, kToday + 1, kNoLastDay);
    Add(tx, kToday - 9, kToday - 1);
    Add(tx, kToday, kToday, v1::GROUND_STATE_PENDING);
    Add(tx, kToday, kToday, v1::GROUND_STATE_ENDED);
    GroundRow to_other;
    to_other.id = "another unit's  ";
    to_other.participant_key = person_;
    to_other.state = v1::GROUND_STATE_ACTIVE;
    to_other.to_controller_key = kSchool;
    to_other.to_unit_key = kSchoolUnit + 1;
    to_other.valid_from_day = kToday;
    to_other.author = kOffice;
    return AddGround(tx, to_other);
  });
  const auto read = [&](const GroundReader& reader) {
    return Read<std::vector<GroundRow>>(
        [&](ReadTx& tx) { return ListGroundsOf(tx, person_, reader, kLargest, 51); });
  };
  EXPECT_THAT(read({.controller_key = kSchool, .unit_key = kSchoolUnit, .today = kToday}),
              SizeIs(0));
  EXPECT_THAT(read({.controller_key = kSchool, .unit_key = kSchoolUnit + 1, .today = kToday}),
              SizeIs(1));
  EXPECT_THAT(read({.controller_key = 1, .unit_key = 10, .today = kToday}), SizeIs(5));
}

}  // namespace
}  // namespace navo::storage
