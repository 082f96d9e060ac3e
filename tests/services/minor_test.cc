// Participants under 18: flagged to those who may know it, and on what they consented to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "services/domain/calendar.h"
#include "tests/support/rich_case.h"
#include "tests/support/test_server.h"

namespace navo::support {
namespace {

using Consent = v1::ConsentService::Stub;
using Participants = v1::ParticipantService::Stub;

class MinorTest : public testing::Test {
 protected:
  MinorTest() {
    v1::UpdateContactRequest update;
    update.set_participant_id(for_kari_);
    update.set_etag(Shown(kari_, for_kari_).sides(0).etag());
    *update.mutable_facts()->mutable_adult_from() =
        domain::DateOf(domain::DayInOslo(server_.clock().Now()) + kDaysLeft);
    update.mutable_facts()->set_preferred_language("so");
    update.mutable_update_mask()->add_paths("adult_from");
    update.mutable_update_mask()->add_paths("preferred_language");
    const auto side = Must(kari_, &Participants::UpdateContact, update).side();
    EXPECT_TRUE(side.facts().has_adult_from());
  }

  static v1::GetParticipantResponse Shown(const client::Client& caller, const std::string& id) {
    v1::GetParticipantRequest request;
    request.set_participant_id(id);
    return Must(caller, &Participants::Get, request);
  }
  // Of each ground that the caller is shown.
  static std::vector<bool> GivenWhileMinor(const client::Client& caller, const std::string& id) {
    v1::ListGroundsRequest request;
    request.set_participant_id(id);
    const auto listed = Must(caller, &Consent::List, request);
    std::vector<bool> flags;
    for (const v1::Ground& ground : listed.grounds()) flags.push_back(ground.given_while_minor());
    return flags;
  }
  void Consents(v1::Category category) {
    Must(kari_, &Consent::GiveConsent,
         NewConsent(for_kari_, OneRelease("nav-statlig", "oslo-vo", category)));
  }

  static constexpr int kDaysLeft = 30;
  TestServer server_;
  const client::Client kari_ = server_.As("kari");
  const client::Client tor_ = server_.As("tor");
  const client::Client amina_ = server_.As("amina");
  const std::string for_kari_ = Register(kari_, "amina");
};

TEST_F(MinorTest, IsFlaggedUntilTheDay) {
  EXPECT_TRUE(Shown(kari_, for_kari_).sides(0).minor());
  EXPECT_TRUE(Shown(amina_, "me").sides(0).minor());
  server_.clock().Advance(absl::Hours(24 * (kDaysLeft - 1)));
  EXPECT_TRUE(Shown(kari_, for_kari_).sides(0).minor());
  server_.clock().Advance(absl::Hours(24));
  EXPECT_FALSE(Shown(kari_, for_kari_).sides(0).minor());
}

TEST_F(MinorTest, AgeIsIdentity) {
  const std::string for_tor = Register(tor_, "amina");
  Consents(v1::CATEGORY_CONTACT);
  ASSERT_EQ(Shown(tor_, for_tor).sides_size(), 2);
  const v1::SideFacts contact = Shown(tor_, for_tor).sides(1);
  EXPECT_FALSE(contact.minor());
  EXPECT_FALSE(contact.facts().has_adult_from());
  EXPECT_FALSE(contact.facts().preferred_language().empty());
  Consents(v1::CATEGORY_IDENTITY);
  const v1::SideFacts identity = Shown(tor_, for_tor).sides(1);
  EXPECT_TRUE(identity.minor());
  EXPECT_TRUE(identity.facts().has_adult_from());
}

TEST_F(MinorTest, AConsentSaysThatItWasGivenBefore) {
  const std::string for_tor = Register(tor_, "amina");
  Consents(v1::CATEGORY_PLAN);
  server_.clock().Advance(absl::Hours(24 * kDaysLeft));
  Consents(v1::CATEGORY_PLAN);
  EXPECT_THAT(GivenWhileMinor(kari_, for_kari_), testing::UnorderedElementsAre(true, false));
  EXPECT_THAT(GivenWhileMinor(amina_, "me"), testing::UnorderedElementsAre(true, false));
  EXPECT_THAT(GivenWhileMinor(tor_, for_tor), testing::ElementsAre(false, false))
      << "the receiver was not given who the participant is";
}

TEST_F(MinorTest, AgeIsWhatTheGivingSideKnowsWhoeverRegisters) {
  const std::string for_tor = Register(tor_, "amina");
  const auto give = [&](const char* from, const char* to) {
    Must(tor_, &Consent::GiveConsent, NewConsent(for_tor, OneRelease(from, to, v1::CATEGORY_PLAN)));
    return GivenWhileMinor(amina_, "me");
  };
  EXPECT_THAT(give("oslo-vo", "nav-statlig"), testing::ElementsAre(false));
  EXPECT_THAT(give("nav-statlig", "oslo-vo"), testing::UnorderedElementsAre(false, true));
}

}  // namespace
}  // namespace navo::support
