#include "clients/load/working_day.h"

#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "clients/load/case_marks.h"
#include "clients/load/case_screen.h"
#include "clients/load/seats.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace navo::load {
namespace {

TEST(WorkingDayTest, IsFifteenPartsOfAHundredWritesOneOfThemAChangeOfConsent) {
  std::map<DayKind, int> percent;
  for (const DayPart& part : PartsOfDay()) {
    percent[part.kind] += part.percent;
    const bool writes = part.kind != DayKind::kRead;
    EXPECT_EQ(part.act.alone, part.act.calls.size() > 1) << part.act.name;
    EXPECT_TRUE(writes || part.act.calls.size() == 1) << part.act.name;
  }
  EXPECT_EQ(percent[DayKind::kRead], 85);
  EXPECT_EQ(percent[DayKind::kWrite], 14);
  EXPECT_EQ(percent[DayKind::kConsent], 1);
}

TEST(WorkingDayTest, DrawsEachPartAsOftenAsItsPercentage) {
  constexpr int kDraws = 200'000;
  const std::vector<DayPart> parts = PartsOfDay();
  std::map<const DayPart*, int> drawn;
  Dice dice(1);
  for (int i = 0; i < kDraws; ++i) ++drawn[&DrawPart(parts, dice)];
  for (const DayPart& part : parts) {
    EXPECT_NEAR(drawn[&part] * 100.0 / kDraws, part.percent, 0.3) << part.act.name;
  }
}

TEST(WorkingDayTest, AChangeOfConsentWithdrawsAndGivesAgain) {
  std::vector<std::string> names;
  for (const RpcPtr& rpc : ChangeOfConsent().calls) names.push_back(rpc->name());
  EXPECT_THAT(names,
              ::testing::ElementsAre("ConsentService.WithdrawConsent", "ConsentService.GiveConsent",
                                     "ConsentService.ConfirmGround"));
  EXPECT_TRUE(ChangeOfConsent().alone);
}

TEST(CaseScreenTest, CallsWhatTheClientCallsToShowACase) {
  std::ifstream file(NAVO_SOURCE_DIR "/clients/cli/case_command.cc");
  const std::string source{std::istreambuf_iterator<char>(file), {}};
  std::set<std::string> of_client;
  constexpr std::string_view kStub = "::Stub::";
  for (std::size_t at = source.find(kStub); at != std::string::npos; at = source.find(kStub, at)) {
    const std::size_t service = source.rfind(':', at - 1) + 1;
    const std::size_t method = at + kStub.size();
    at = source.find_first_of(",) \n", method);
    of_client.insert(source.substr(service, method - kStub.size() - service) + "." +
                     source.substr(method, at - method));
  }
  std::set<std::string> of_screen;
  for (const RpcPtr& rpc : CaseScreenCalls()) of_screen.insert(rpc->name());
  EXPECT_EQ(of_screen, of_client);
  EXPECT_EQ(CaseScreenCalls().front()->name(), "ParticipantService.Get");
}

TEST(CaseMarksTest, ACaseIsTakenOnceAndAReadBesideItIsDisturbed) {
  CaseMarks marks(2);
  const uint32_t before = marks.Mark(1);
  EXPECT_TRUE(marks.Undisturbed(1, before));
  ASSERT_TRUE(marks.Take(1));
  EXPECT_FALSE(marks.Take(1));
  EXPECT_TRUE(marks.Take(0));
  EXPECT_FALSE(marks.Undisturbed(1, before));
  EXPECT_FALSE(marks.Undisturbed(1, marks.Mark(1)));
  marks.Release(1);
  EXPECT_FALSE(marks.Undisturbed(1, before));
  EXPECT_TRUE(marks.Take(1));
}

TEST(SeatsTest, OneSeedGivesTheSameErrandsAndAPersonStaysForASitting) {
  const Population people(1'001);
  Seats one(people, 7);
  Seats other(people, 7);
  std::set<int> veilederes;
  for (int i = 0; i < kErrandsInSitting * 10; ++i) {
    const Errand errand = one.Next(3, i % 2 == 0 ? Side::kNav : Side::kVo);
    const Errand again = other.Next(3, i % 2 == 0 ? Side::kNav : Side::kVo);
    EXPECT_EQ(errand.participant, again.participant);
    EXPECT_EQ(errand.act, again.act);
    EXPECT_LT(errand.participant, people.participants());
    if (i % 2 == 0) veilederes.insert(people.VeilederOf(errand.participant));
  }
  EXPECT_LE(veilederes.size(), 10u);
  EXPECT_GT(veilederes.size(), 3u);
}

}  // namespace
}  // namespace navo::load
