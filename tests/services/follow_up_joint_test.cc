#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/follow_up_fixture.h"

// Joint meetings: each side has its own event and note, and sees the other as far as it may.
namespace navo {
namespace {

using support::FollowUps;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class FollowUpJointTest : public support::FollowUpFixture {
 protected:
  v1::RecordFollowUpRequest Meeting(const std::string& participant_id, const std::string& agreement,
                                    v1::ControllerKind present) {
    v1::RecordFollowUpRequest request = Event(participant_id, agreement, 60);
    request.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_FELLESMOETE);
    request.mutable_follow_up()->set_note("note of " + agreement);
    request.mutable_follow_up()->add_present_kinds(present);
    return request;
  }
  v1::RecordFollowUpRequest TorsMeeting(const std::string& joint_with) {
    v1::RecordFollowUpRequest request = Meeting(tor_id_, "tor's", v1::CONTROLLER_KIND_NAV_STAT);
    request.mutable_follow_up()->add_joint_with(joint_with);
    return request;
  }
  std::string KarisMeeting() {
    return Record(kari_, Meeting(kari_id_, "kari's", v1::CONTROLLER_KIND_VO));
  }
};

TEST_F(FollowUpJointTest, EachSideSeesTheLinkAndKeepsItsNote) {
  Consent();
  const std::string karis = KarisMeeting();
  const std::string tors = Record(tor_, TorsMeeting(karis));
  for (const auto& [caller, participant_id] :
       {std::pair(kari_, kari_id_), {tor_, tor_id_}, {server_.As("amina"), "me"}}) {
    EXPECT_THAT(Find(caller, participant_id, karis).joint_with(), ElementsAre(tors));
    EXPECT_THAT(Find(caller, participant_id, tors).joint_with(), ElementsAre(karis));
    EXPECT_THAT(Versions(caller, participant_id, tors).versions(0).joint_with(),
                ElementsAre(karis));
  }
  EXPECT_EQ(Find(kari_, kari_id_, karis).note(), "note of kari's");
  EXPECT_EQ(Find(kari_, kari_id_, tors).note(), "");
  EXPECT_EQ(Find(tor_, tor_id_, tors).note(), "note of tor's");
  EXPECT_EQ(Find(tor_, tor_id_, karis).note(), "");
  // The participant reads one meeting with both sides' words.
  EXPECT_EQ(Find(server_.As("amina"), "me", karis).note(), "note of kari's");
  EXPECT_EQ(Find(server_.As("amina"), "me", tors).note(), "note of tor's");
  // That the other side linked its own is no change of this one.
  EXPECT_EQ(Find(kari_, kari_id_, karis).version(), 1);
}

TEST_F(FollowUpJointTest, AWithdrawalHidesTheLinkAndAConsentBringsItBack) {
  Consent();
  const std::string karis = KarisMeeting();
  const std::string tors = Record(tor_, TorsMeeting(karis));
  Withdraw();
  EXPECT_THAT(Find(kari_, kari_id_, karis).joint_with(), IsEmpty());
  EXPECT_THAT(Find(tor_, tor_id_, tors).joint_with(), IsEmpty());
  EXPECT_THAT(Versions(tor_, tor_id_, tors).versions(0).joint_with(), IsEmpty());
  EXPECT_EQ(List(tor_, tor_id_).follow_ups_size(), 1);
  EXPECT_THAT(Find(server_.As("amina"), "me", tors).joint_with(), ElementsAre(karis));
  // A link that is hidden now is as little there as one to nothing.
  v1::RecordFollowUpRequest again = TorsMeeting(karis);
  const absl::Status hidden = tor_.Call(&FollowUps::Record, again).status();
  again.mutable_follow_up()->set_joint_with(0, client::NewUuid());
  EXPECT_EQ(hidden, tor_.Call(&FollowUps::Record, again).status());
  EXPECT_EQ(hidden.code(), absl::StatusCode::kNotFound);
  Consent();
  EXPECT_THAT(Find(tor_, tor_id_, tors).joint_with(), ElementsAre(karis));
}

TEST_F(FollowUpJointTest, WithAGroundOneWayOnlyThatWayIsSeen) {
  // NAV's data are open to VO, and not the other way.
  support::Must(kari_, &v1::ConsentService::Stub::GiveConsent,
                support::NewConsent(kari_id_, support::FullRelease("nav-statlig", "oslo-vo")));
  const std::string karis = KarisMeeting();
  const v1::FollowUp before = Find(kari_, kari_id_, karis);
  const std::string tors = Record(tor_, TorsMeeting(karis));
  EXPECT_THAT(Find(tor_, tor_id_, tors).joint_with(), ElementsAre(karis));
  EXPECT_EQ(Find(kari_, kari_id_, karis).SerializeAsString(), before.SerializeAsString());
  v1::RecordFollowUpRequest back = Meeting(kari_id_, "again", v1::CONTROLLER_KIND_VO);
  back.mutable_follow_up()->add_joint_with(tors);
  EXPECT_EQ(kari_.Call(&FollowUps::Record, back).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(FollowUpJointTest, OnlyAnotherSidesJointMeetingsOfOneMeetingAreLinked) {
  Consent();
  const std::string karis = KarisMeeting();
  const std::string talk = Record(kari_, Event(kari_id_, "a talk", 50));
  const std::string another = KarisMeeting();
  const std::string tors = Record(tor_, TorsMeeting(karis));
  const auto wrong = [&](const client::Client& caller, v1::RecordFollowUpRequest request,
                         const std::vector<std::string>& ids) {
    request.mutable_follow_up()->clear_joint_with();
    for (const std::string& id : ids) request.mutable_follow_up()->add_joint_with(id);
    return WrongFields(caller.Call(&FollowUps::Record, request).status());
  };
  EXPECT_THAT(wrong(tor_, TorsMeeting(""), {talk}), ElementsAre("follow_up.joint_with[0]"));
  EXPECT_THAT(wrong(tor_, TorsMeeting(""), {tors}), ElementsAre("follow_up.joint_with[0]"));
  EXPECT_THAT(wrong(tor_, TorsMeeting(""), {karis, another}),
              ElementsAre("follow_up.joint_with[1]"));
  EXPECT_THAT(wrong(tor_, TorsMeeting(""), std::vector<std::string>(11, karis)),
              ElementsAre("follow_up.joint_with"));
  v1::RecordFollowUpRequest no_meeting = Event(tor_id_, "a talk", 50);
  EXPECT_THAT(wrong(tor_, no_meeting, {karis}), ElementsAre("follow_up.joint_with"));
}

TEST_F(FollowUpJointTest, ThreeSidesMeetAsOneAndWhoWasThereIsToldToThoseItIsOpenTo) {
  Consent();
  const client::Client mona = server_.As("mona");  // NAV's municipal line
  const std::string mona_id = support::Register(mona, "amina");
  const std::string karis = KarisMeeting();
  const std::string tors = Record(tor_, TorsMeeting(karis));
  support::Must(kari_, &v1::ConsentService::Stub::GiveConsent,
                support::NewConsent(kari_id_, support::FullRelease("nav-statlig", "bydel-grorud")));
  // Mona sees NAV statlig's event, not that VO was there or knows Amina at all.
  EXPECT_EQ(Find(mona, mona_id, karis).agreement(), "kari's");
  EXPECT_THAT(Find(mona, mona_id, karis).present_kinds(), IsEmpty());
  EXPECT_THAT(Find(mona, mona_id, karis).joint_with(), IsEmpty());
  v1::RecordFollowUpRequest hers = Meeting(mona_id, "mona's", v1::CONTROLLER_KIND_NAV_STAT);
  hers.mutable_follow_up()->add_joint_with(karis);
  const std::string monas = Record(mona, hers);
  EXPECT_THAT(Find(kari_, kari_id_, karis).joint_with(), ElementsAre(tors));
  EXPECT_THAT(Find(tor_, tor_id_, karis).present_kinds(), ElementsAre(v1::CONTROLLER_KIND_VO));
  const client::Client amina = server_.As("amina");
  EXPECT_THAT(Find(amina, "me", karis).joint_with(), UnorderedElementsAre(tors, monas));
  EXPECT_THAT(Find(amina, "me", monas).joint_with(), UnorderedElementsAre(tors, karis));
  EXPECT_EQ(List(amina, "me", 2).follow_ups_size(), 2);
  EXPECT_EQ(List(amina, "me").follow_ups_size(), 3);
}

TEST_F(FollowUpJointTest, AnEventIsLinkedAndUnlinkedByAmending) {
  Consent();
  const std::string karis = KarisMeeting();
  const std::string tors = Record(tor_, Meeting(tor_id_, "tor's", v1::CONTROLLER_KIND_NAV_STAT));
  EXPECT_THAT(Find(kari_, kari_id_, karis).joint_with(), IsEmpty());
  v1::AmendFollowUpRequest request = Amendment(karis, "joint_with");
  request.mutable_follow_up()->add_joint_with(tors);
  Amend(kari_, request);
  EXPECT_THAT(Find(kari_, kari_id_, karis).joint_with(), ElementsAre(tors));
  EXPECT_THAT(Find(tor_, tor_id_, tors).joint_with(), ElementsAre(karis));
  EXPECT_EQ(Find(tor_, tor_id_, karis).version(), 1);  // nothing shared has changed
  // Hidden, and sent back whole: it stays.
  Withdraw();
  request = Amendment(karis, "note");
  *request.mutable_follow_up() = Find(kari_, kari_id_, karis);
  request.clear_update_mask();
  request.mutable_follow_up()->set_note("more");
  Amend(kari_, request);
  Consent();
  EXPECT_THAT(Find(kari_, kari_id_, karis).joint_with(), ElementsAre(tors));
  EXPECT_THAT(Versions(kari_, kari_id_, karis).versions(0).joint_with(), ElementsAre(tors));
  // Another type ends it.
  request = Amendment(karis, "type");
  request.mutable_update_mask()->add_paths("present_kinds");
  request.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_MOETE);
  Amend(kari_, request);
  EXPECT_THAT(Find(kari_, kari_id_, karis).joint_with(), IsEmpty());
  EXPECT_THAT(Find(tor_, tor_id_, tors).joint_with(), IsEmpty());
}

TEST_F(FollowUpJointTest, AnEventThatIsSentBackAsItWasReadIsNoNewVersion) {
  Consent();
  const std::string karis = KarisMeeting();
  const std::string tors = Record(tor_, TorsMeeting(karis));
  // A second event of the own side in the meeting is no other side's.
  v1::RecordFollowUpRequest second = Meeting(kari_id_, "again", v1::CONTROLLER_KIND_VO);
  second.mutable_follow_up()->add_joint_with(tors);
  const std::string seconds = Record(kari_, second);
  EXPECT_THAT(Find(kari_, kari_id_, karis).joint_with(), ElementsAre(tors));
  EXPECT_THAT(Find(tor_, tor_id_, tors).joint_with(), UnorderedElementsAre(karis, seconds));
  v1::AmendFollowUpRequest request = Amendment(karis, "joint_with");
  request.clear_update_mask();
  *request.mutable_follow_up() = Find(kari_, kari_id_, karis);
  EXPECT_EQ(Amend(kari_, request).version(), 1);
  EXPECT_THAT(Find(tor_, tor_id_, tors).joint_with(), UnorderedElementsAre(karis, seconds));
}

TEST_F(FollowUpJointTest, WhatLeftTheMeetingIsNotOfItWhenItIsAMeetingAgain) {
  Consent();
  const client::Client mona = server_.As("mona");
  const std::string mona_id = support::Register(mona, "amina");
  support::Must(kari_, &v1::ConsentService::Stub::GiveConsent,
                support::NewConsent(kari_id_, support::FullRelease("nav-statlig", "bydel-grorud")));
  const std::string karis = KarisMeeting();
  const std::string tors = Record(tor_, TorsMeeting(karis));
  v1::RecordFollowUpRequest hers = Meeting(mona_id, "mona's", v1::CONTROLLER_KIND_NAV_STAT);
  hers.mutable_follow_up()->add_joint_with(karis);
  const std::string monas = Record(mona, hers);
  v1::AmendFollowUpRequest request = Amendment(karis, "type");
  request.mutable_update_mask()->add_paths("present_kinds");
  request.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_MOETE);
  Amend(kari_, request);
  request.set_etag(Find(kari_, kari_id_, karis).etag());
  request.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_FELLESMOETE);
  request.mutable_follow_up()->add_present_kinds(v1::CONTROLLER_KIND_VO);
  Amend(kari_, request);
  const client::Client amina = server_.As("amina");
  EXPECT_THAT(Find(amina, "me", karis).joint_with(), IsEmpty());
  EXPECT_THAT(Find(amina, "me", tors).joint_with(), ElementsAre(monas));
  EXPECT_THAT(Find(amina, "me", monas).joint_with(), ElementsAre(tors));
}

}  // namespace
}  // namespace navo
