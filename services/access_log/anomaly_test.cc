#include "services/access_log/anomaly.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/domain/calendar.h"

namespace navo::services {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr int64_t kKari = 7;
constexpr int64_t kGet = 3;      // ParticipantService.Get
constexpr int64_t kContact = 5;  // ParticipantService.UpdateContact

class AnomalyTest : public testing::Test {
 protected:
  storage::DayLook Look(int64_t participant_key, const std::string& time = "10:00:00") {
    storage::DayLook look;
    look.time_us = domain::ParseInstant("2026-11-22T" + time).value();
    look.principal_key = kKari;
    look.unit_key = 3;
    look.role = v1::ROLE_VEILEDER;
    look.relation = v1::RELATION_UNIT;
    look.rpc = kGet;
    look.decision = v1::ACCESS_DECISION_PERMIT;
    look.participant_key = participant_key;
    look.act[0] = static_cast<uint8_t>(++acts_);
    look.act[1] = static_cast<uint8_t>(acts_ >> 8);
    return look;
  }

  // 50 is a colleague, 51 kari herself.
  AnomalyScan scan_{std::multimap<int64_t, int64_t>{{50, 8}, {51, kKari}}};
  int acts_ = 0;
};

TEST_F(AnomalyTest, ManyCasesOneIsNotNamedOn) {
  for (int i = 1; i < kManyCases; ++i) scan_.Take(Look(100 + i));
  storage::DayLook named = Look(300);
  named.relation = v1::RELATION_TEAM;
  scan_.Take(named);
  scan_.Take(Look(301));
  storage::DayLook change = Look(301);
  change.rpc = kContact;
  scan_.Take(change);
  EXPECT_THAT(scan_.Findings(), IsEmpty());
  scan_.Take(Look(302, "15:30:00"));
  ASSERT_THAT(scan_.Findings(), SizeIs(1));
  const FoundAnomaly found = scan_.Findings()[0];
  EXPECT_EQ(found.kind, v1::ANOMALY_KIND_MANY_CASES);
  EXPECT_EQ(found.count, kManyCases);
  EXPECT_EQ(found.principal_key, kKari);
  EXPECT_EQ(AnomalyLineNb(found),
            "Åpnet 40 saker mellom kl. 10:00 og 15:30 uten å stå på saken og uten å endre noe.");
}

TEST_F(AnomalyTest, TheCallsOfOnePageAreOneTime) {
  for (int i = 0; i < kSameCase - 1; ++i) {
    const storage::DayLook look = Look(100);
    for (int call = 0; call < 6; ++call) scan_.Take(look);
  }
  EXPECT_THAT(scan_.Findings(), IsEmpty());
  scan_.Take(Look(100));
  ASSERT_THAT(scan_.Findings(), SizeIs(1));
  EXPECT_EQ(scan_.Findings()[0].kind, v1::ANOMALY_KIND_SAME_CASE);
  EXPECT_EQ(scan_.Findings()[0].count, kSameCase);
}

TEST_F(AnomalyTest, WhoChangedSomethingHadAReason) {
  for (int i = 0; i < kSameCase; ++i) scan_.Take(Look(100));
  storage::DayLook change = Look(100);
  change.rpc = kContact;
  scan_.Take(change);
  EXPECT_THAT(scan_.Findings(), IsEmpty());
}

TEST_F(AnomalyTest, CasesAtNight) {
  for (int i = 1; i < kNightCases; ++i)
    scan_.Take(Look(100 + i, i % 2 == 0 ? "22:00:00" : "05:59:59"));
  scan_.Take(Look(200, "06:00:00"));
  scan_.Take(Look(201, "21:59:59"));
  EXPECT_THAT(scan_.Findings(), IsEmpty());
  scan_.Take(Look(202, "23:15:00"));
  ASSERT_THAT(scan_.Findings(), SizeIs(1));
  EXPECT_EQ(scan_.Findings()[0].kind, v1::ANOMALY_KIND_NIGHT);
  EXPECT_EQ(scan_.Findings()[0].count, kNightCases);
}

TEST_F(AnomalyTest, AColleagueAlsoWhenItWasRefused) {
  scan_.Take(Look(51));
  EXPECT_THAT(scan_.Findings(), IsEmpty());
  storage::DayLook refused = Look(50);
  refused.decision = v1::ACCESS_DECISION_DENY;
  scan_.Take(refused);
  ASSERT_THAT(scan_.Findings(), SizeIs(1));
  EXPECT_EQ(scan_.Findings()[0].kind, v1::ANOMALY_KIND_COLLEAGUE);
  EXPECT_EQ(scan_.Findings()[0].participant_key, 50);
}

TEST_F(AnomalyTest, SystemsAndPersonvernAreNotCounted) {
  for (int i = 0; i < kManyCases; ++i) {
    storage::DayLook look = Look(100 + i, "23:00:00");
    look.role = i % 2 == 0 ? v1::ROLE_INTEGRASJON : v1::ROLE_PERSONVERN;
    scan_.Take(look);
  }
  EXPECT_THAT(scan_.Findings(), IsEmpty());
}

}  // namespace
}  // namespace navo::services
