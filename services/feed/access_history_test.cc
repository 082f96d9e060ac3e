#include "services/feed/access_history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace navo::services {
namespace {

using storage::AccessBefore;
using storage::AccessChange;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int64_t kOwn = 1, kOther = 2, kThird = 3;
constexpr access::CategorySet kPlan{v1::CATEGORY_EXISTENCE, v1::CATEGORY_PLAN};
constexpr access::CategorySet kMore = kPlan | access::CategorySet{v1::CATEGORY_LANGUAGE};

AccessChange Ground(int64_t seq, int64_t ground_key, bool was_active) {
  AccessChange change;
  change.seq = seq;
  change.before = {AccessBefore::Kind::kGround, kOwn, 0, ground_key, was_active ? 1 : 0, false};
  change.ground.ground_key = ground_key;
  change.ground.categories = kPlan.mask();
  return change;
}

AccessChange Tie(int64_t seq, storage::TieState state, bool confirmed) {
  AccessChange change;
  change.seq = seq;
  change.before = {AccessBefore::Kind::kTie, kOwn, 5, 0, static_cast<int64_t>(state), confirmed};
  return change;
}

std::vector<int64_t> GroundKeys(const access::Facts& facts) {
  std::vector<int64_t> keys;
  for (const storage::ActiveGround& ground : facts.grounds) keys.push_back(ground.ground_key);
  return keys;
}

TEST(FactsAtTest, UndoesGroundsFromTheNewestBack) {
  access::Facts now;
  now.grounds.push_back({.ground_key = 8});
  const std::vector<AccessChange> changes = {Ground(10, 7, false), Ground(12, 8, false),
                                             Ground(14, 7, true)};
  EXPECT_THAT(GroundKeys(FactsAt(now, changes, 9)), IsEmpty());
  EXPECT_THAT(GroundKeys(FactsAt(now, changes, 10)), testing::ElementsAre(7));
  EXPECT_THAT(GroundKeys(FactsAt(now, changes, 13)), testing::UnorderedElementsAre(7, 8));
  EXPECT_THAT(GroundKeys(FactsAt(now, changes, 14)), testing::ElementsAre(8));
  EXPECT_EQ(FactsAt(now, changes, 10).grounds[0].categories, kPlan.mask());
}

TEST(FactsAtTest, UndoesTiesAndProtection) {
  access::Facts now;
  now.participant.tie = storage::TieState::kActive;
  now.participant.identity_confirmed = true;
  now.participant.protection = {storage::Grading::kFortrolig, true};
  AccessChange graded;
  graded.seq = 6;
  graded.before.kind = AccessBefore::Kind::kProtection;
  const std::vector<AccessChange> changes = {Tie(3, storage::TieState::kNone, false), graded,
                                             Tie(7, storage::TieState::kActive, false)};
  const access::Facts registered = FactsAt(now, changes, 3);
  EXPECT_EQ(registered.participant.tie, storage::TieState::kActive);
  EXPECT_FALSE(registered.participant.identity_confirmed);
  EXPECT_EQ(registered.participant.protection.grading, storage::Grading::kUgradert);
  EXPECT_FALSE(registered.participant.protection.shielded);
  EXPECT_EQ(FactsAt(now, changes, 2).participant.tie, storage::TieState::kNone);
  EXPECT_EQ(FactsAt(now, changes, 6).participant.protection.grading, storage::Grading::kFortrolig);
}

access::Decision Permitted(std::vector<access::OpenSide> open, bool confirmed = true) {
  access::Decision decision;
  decision.outcome = access::Outcome::kPermit;
  decision.identity_confirmed = confirmed;
  decision.own = kMore | access::CategorySet{v1::CATEGORY_HEALTH};
  decision.open = std::move(open);
  return decision;
}

TEST(CompareTest, SaysNothingOfWhatIsTheSame) {
  const access::Decision same = Permitted({{kOther, kPlan, {7}}});
  const AccessDifference difference = Compare(same, Permitted({{kOther, kPlan, {9}}}), kOwn);
  EXPECT_FALSE(difference.gone);
  EXPECT_THAT(difference.closed, IsEmpty());
  EXPECT_THAT(difference.opened, IsEmpty());
  EXPECT_FALSE(Compare(access::Decision(), access::Decision(), kOwn).gone);
}

TEST(CompareTest, SaysWhatOpenedAndClosedBySide) {
  const AccessDifference difference =
      Compare(Permitted({{kOther, kMore, {7}}, {kThird, kPlan, {8}}}),
              Permitted({{kOther, kPlan, {7}}}), kOwn);
  ASSERT_THAT(difference.closed, SizeIs(2));
  EXPECT_EQ(difference.closed[0].controller_key, kOther);
  EXPECT_TRUE(difference.closed[0].categories == kMore - kPlan);
  EXPECT_EQ(difference.closed[1].controller_key, kThird);
  EXPECT_TRUE(difference.closed[1].categories == kPlan);
  EXPECT_THAT(difference.opened, IsEmpty());
}

TEST(CompareTest, SaysOnlyThatTheParticipantIsGone) {
  const AccessDifference difference =
      Compare(Permitted({{kOther, kPlan, {7}}}), access::Decision(), kOwn);
  EXPECT_TRUE(difference.gone);
  EXPECT_THAT(difference.closed, IsEmpty());
  EXPECT_THAT(difference.opened, IsEmpty());
}

TEST(CompareTest, OpensTheOwnSideWithTheTieAndOtherUnitsWithTheIdentity) {
  const AccessDifference tied = Compare(access::Decision(), Permitted({}, false), kOwn);
  ASSERT_THAT(tied.opened, SizeIs(1));
  EXPECT_EQ(tied.opened[0].controller_key, kOwn);
  const AccessDifference confirmed = Compare(Permitted({}, false), Permitted({}), kOwn);
  ASSERT_THAT(confirmed.opened, SizeIs(1));
  EXPECT_FALSE(confirmed.opened[0].categories.Has(v1::CATEGORY_HEALTH)) << "stays with the unit";
  EXPECT_THAT(confirmed.closed, IsEmpty());
}

}  // namespace
}  // namespace navo::services
