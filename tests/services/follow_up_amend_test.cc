#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "navo/v1/participant.grpc.pb.h"
#include "tests/services/follow_up_fixture.h"
#include "tests/support/at_once.h"

// Amending: every version stays, only the own unit may, and who does not see the note does not see
// that it changed.
namespace navo {
namespace {

using support::FollowUps;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FollowUpAmendTest : public support::FollowUpFixture {
 protected:
  v1::AmendFollowUpRequest NewAgreement(const std::string& id, const std::string& agreement) {
    v1::AmendFollowUpRequest request = Amendment(id, "agreement");
    request.mutable_follow_up()->set_agreement(agreement);
    return request;
  }
  v1::AmendFollowUpRequest NewNote(const std::string& id, const std::string& note) {
    v1::AmendFollowUpRequest request = Amendment(id, "note");
    request.mutable_follow_up()->set_note(note);
    return request;
  }
  static std::vector<std::string> AgreementsOf(const v1::ListFollowUpVersionsResponse& listed) {
    std::vector<std::string> agreements;
    for (const v1::FollowUp& version : listed.versions()) agreements.push_back(version.agreement());
    return agreements;
  }
  static std::vector<int> NumbersOf(const v1::ListFollowUpVersionsResponse& listed) {
    std::vector<int> numbers;
    for (const v1::FollowUp& version : listed.versions()) numbers.push_back(version.version());
    return numbers;
  }
};

TEST_F(FollowUpAmendTest, TheOldVersionsStayAndSayWhoWhenAndWhy) {
  Consent();
  v1::RecordFollowUpRequest first = Event(kari_id_, "Monday", 5);
  first.mutable_follow_up()->set_note("tired");
  const std::string id = Record(kari_, first);
  server_.clock().Advance(absl::Hours(1));
  v1::AmendFollowUpRequest second = NewAgreement(id, "Tuesday");
  second.set_reason(v1::AMEND_REASON_AGREEMENT_CHANGED);
  const v1::AmendFollowUpResponse answer = Amend(server_.As("sara"), second);
  EXPECT_EQ(answer.follow_up_id(), id);
  EXPECT_EQ(answer.version(), 2);

  const v1::FollowUp now = Find(kari_, kari_id_, id);
  EXPECT_EQ(now.agreement(), "Tuesday");
  EXPECT_EQ(now.note(), "tired");
  EXPECT_EQ(now.version(), 2);
  EXPECT_EQ(now.etag(), answer.etag());
  EXPECT_EQ(now.provenance().recorded_by(), "Sara Vik");
  EXPECT_EQ(now.amend_reason(), v1::AMEND_REASON_UNSPECIFIED);
  for (const auto& [caller, participant_id] :
       {std::pair(kari_, kari_id_), {tor_, tor_id_}, {server_.As("amina"), "me"}}) {
    const v1::ListFollowUpVersionsResponse versions = Versions(caller, participant_id, id);
    ASSERT_THAT(AgreementsOf(versions), ElementsAre("Tuesday", "Monday"));
    EXPECT_THAT(NumbersOf(versions), ElementsAre(2, 1));
    EXPECT_EQ(versions.versions(0).amend_reason(), v1::AMEND_REASON_AGREEMENT_CHANGED);
    EXPECT_EQ(versions.versions(1).amend_reason(), v1::AMEND_REASON_UNSPECIFIED);
    EXPECT_EQ(versions.versions(0).provenance().time().seconds() -
                  versions.versions(1).provenance().time().seconds(),
              3'600);
  }
  const v1::ListFollowUpVersionsResponse own = Versions(kari_, kari_id_, id);
  EXPECT_EQ(own.versions(0).provenance().recorded_by(), "Sara Vik");
  EXPECT_EQ(own.versions(1).provenance().recorded_by(), "Kari Nordby");
  EXPECT_EQ(own.versions(1).note(), "tired");
}

TEST_F(FollowUpAmendTest, AChangeOfTheNoteLeavesNoTraceForWhoDoesNotSeeIt) {
  Consent();
  const client::Client per = server_.As("per");  // another unit of the same controller
  const std::string per_id = support::Register(per, "amina");
  const std::string id = Record(kari_, Event(kari_id_, "Monday", 5));
  const auto seen = [&](const client::Client& caller, const std::string& participant_id) {
    return Find(caller, participant_id, id).SerializeAsString() +
           Versions(caller, participant_id, id).versions(0).SerializeAsString();
  };
  const std::string for_tor = seen(tor_, tor_id_);
  const std::string for_per = seen(per, per_id);
  server_.clock().Advance(absl::Hours(1));
  Amend(kari_, NewNote(id, "worried"));
  Amend(kari_, NewNote(id, "less worried"));
  EXPECT_EQ(seen(tor_, tor_id_), for_tor);
  EXPECT_EQ(seen(per, per_id), for_per);
  EXPECT_EQ(Find(per, per_id, id).etag(), "");
  EXPECT_FALSE(Find(tor_, tor_id_, id).has_note_changed_at());

  Amend(kari_, NewAgreement(id, "Tuesday"));
  EXPECT_THAT(NumbersOf(Versions(tor_, tor_id_, id)), ElementsAre(2, 1));
  EXPECT_THAT(AgreementsOf(Versions(tor_, tor_id_, id)), ElementsAre("Tuesday", "Monday"));
  EXPECT_EQ(Find(tor_, tor_id_, id).version(), 2);
  for (const auto& [caller, participant_id] :
       {std::pair(kari_, kari_id_), {server_.As("amina"), "me"}}) {
    const v1::ListFollowUpVersionsResponse all = Versions(caller, participant_id, id);
    EXPECT_THAT(NumbersOf(all), ElementsAre(4, 3, 2, 1));
    EXPECT_EQ(all.versions(1).note(), "less worried");
    EXPECT_EQ(all.versions(2).note(), "worried");
    EXPECT_EQ(all.versions(3).note(), "");
    EXPECT_EQ(Find(caller, participant_id, id).version(), 4);
    EXPECT_TRUE(Find(caller, participant_id, id).has_note_changed_at());
  }
}

TEST_F(FollowUpAmendTest, VersionsComeInPages) {
  const std::string id = Record(kari_, Event(kari_id_, "0", 5));
  for (int i = 1; i < 5; ++i) Amend(kari_, NewAgreement(id, std::to_string(i)));
  const auto first = TryVersions(kari_, kari_id_, id, 2);
  ASSERT_TRUE(first.ok());
  EXPECT_THAT(AgreementsOf(*first), ElementsAre("4", "3"));
  const auto second = TryVersions(kari_, kari_id_, id, 3, first->next_page_token());
  ASSERT_TRUE(second.ok());
  EXPECT_THAT(AgreementsOf(*second), ElementsAre("2", "1", "0"));
  EXPECT_EQ(second->next_page_token(), "");
  EXPECT_THAT(WrongFields(TryVersions(kari_, kari_id_, "first", -1).status()),
              ElementsAre("follow_up_id", "page_size"));
  const std::string other = Record(kari_, Event(kari_id_, "other", 4));
  EXPECT_EQ(
      support::ReasonOf(TryVersions(kari_, kari_id_, other, 2, first->next_page_token()).status()),
      "PAGE_TOKEN_INVALID");
}

TEST_F(FollowUpAmendTest, OnlyTheUnitThatWroteItAmends) {
  const std::string id = Record(kari_, Event(kari_id_, "Monday", 5));
  const v1::AmendFollowUpRequest own = NewAgreement(id, "Tuesday");
  v1::AmendFollowUpRequest theirs = own;
  theirs.set_participant_id(tor_id_);
  v1::AmendFollowUpRequest nobodys = theirs;
  nobodys.set_follow_up_id(client::NewUuid());
  const absl::Status hidden = tor_.Call(&FollowUps::Amend, theirs).status();
  EXPECT_EQ(hidden.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(hidden, tor_.Call(&FollowUps::Amend, nobodys).status());
  Consent();
  EXPECT_EQ(support::ReasonOf(tor_.Call(&FollowUps::Amend, theirs).status()), "NOT_OWNER");
  const client::Client per = server_.As("per");
  theirs.set_participant_id(support::Register(per, "amina"));
  EXPECT_EQ(support::ReasonOf(per.Call(&FollowUps::Amend, theirs).status()), "NOT_OWNER");
  EXPECT_EQ(support::ReasonOf(server_.As("amina").Call(&FollowUps::Amend, own).status()),
            "ROLE_NOT_ALLOWED");
  Withdraw();
  theirs.set_participant_id(tor_id_);
  EXPECT_EQ(tor_.Call(&FollowUps::Amend, theirs).status(), hidden);
  EXPECT_EQ(Find(kari_, kari_id_, id).version(), 1);
}

TEST_F(FollowUpAmendTest, AStaleOrMissingEtagIsRefusedAndOfManyAtOnceOneWins) {
  const std::string id = Record(kari_, Event(kari_id_, "Monday", 5));
  v1::AmendFollowUpRequest request = NewAgreement(id, "Tuesday");
  const std::string etag = request.etag();
  request.clear_etag();
  EXPECT_EQ(support::ReasonOf(kari_.Call(&FollowUps::Amend, request).status()), "ETAG_MISSING");
  request.set_etag(etag);
  std::atomic<int> won = 0;
  std::atomic<int> stale = 0;
  support::AtOnce(
      8, [&](int) { return server_.As("kari"); },
      [&](int number, const client::Client& caller) {
        v1::AmendFollowUpRequest mine = request;
        mine.mutable_follow_up()->set_agreement("at once " + std::to_string(number));
        const auto answer = caller.Call(&FollowUps::Amend, mine);
        if (answer.ok()) ++won;
        if (support::ReasonOf(answer.status()) == "STALE_ETAG") ++stale;
      });
  EXPECT_EQ(won, 1);
  EXPECT_EQ(stale, 7);
  EXPECT_EQ(Versions(kari_, kari_id_, id).versions_size(), 2);
}

TEST_F(FollowUpAmendTest, TheSameRequestTwiceIsOneVersionAndTellsNothingMore) {
  Consent();
  const std::string step = TeachersStep();
  const std::string id = Record(kari_, Event(kari_id_, "Monday", 5));
  v1::AmendFollowUpRequest request = Amendment(id, "step_id");
  request.set_request_id(client::NewUuid());
  request.mutable_follow_up()->set_step_id(step);
  const v1::AmendFollowUpResponse first = Amend(kari_, request);
  EXPECT_EQ(Amend(kari_, request).SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(Versions(kari_, kari_id_, id).versions_size(), 2);
  Withdraw();
  const v1::AmendFollowUpResponse replayed = Amend(kari_, request);
  EXPECT_EQ(replayed.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(replayed.DebugString().find(step), std::string::npos);
  EXPECT_EQ(Versions(kari_, kari_id_, id).versions(0).step_id(), "");
}

TEST_F(FollowUpAmendTest, WhatIsHiddenNowStaysWhenTheEventIsSentBackWhole) {
  Consent();
  const std::string step = TeachersStep();
  v1::RecordFollowUpRequest about = Event(kari_id_, "about the course", 5);
  about.mutable_follow_up()->set_step_id(step);
  const std::string id = Record(kari_, about);
  Withdraw();
  v1::AmendFollowUpRequest request = Amendment(id, "agreement");
  request.clear_update_mask();
  *request.mutable_follow_up() = Find(kari_, kari_id_, id);
  EXPECT_EQ(request.follow_up().step_id(), "");
  request.mutable_follow_up()->set_agreement("still about the course");
  Amend(kari_, request);
  const v1::FollowUp amended = Find(server_.As("amina"), "me", id);
  EXPECT_EQ(amended.agreement(), "still about the course");
  EXPECT_EQ(amended.step_id(), step);
  // A step that is seen is taken away when it is left out.
  Consent();
  request.set_etag(Find(kari_, kari_id_, id).etag());
  Amend(kari_, request);
  EXPECT_EQ(Find(server_.As("amina"), "me", id).step_id(), "");
}

TEST_F(FollowUpAmendTest, EveryWrongFieldIsNamedInOrderAndNothingIsWritten) {
  const std::string id = Record(kari_, Event(kari_id_, "Monday", 5));
  v1::AmendFollowUpRequest request = Amendment(id, "follow_up_id");
  for (const char* path : {"occurred_at", "agreement", "employer", "present_kinds"}) {
    request.mutable_update_mask()->add_paths(path);
  }
  request.set_reason(static_cast<v1::AmendReason>(77));
  v1::FollowUp* event = request.mutable_follow_up();
  event->set_agreement("bell\a");
  event->set_employer(std::string(201, 'k'));
  event->add_present_kinds(static_cast<v1::ControllerKind>(9));
  event->set_type(static_cast<v1::FollowUpType>(99));  // not named, so not looked at
  EXPECT_THAT(WrongFields(kari_.Call(&FollowUps::Amend, request).status()),
              ElementsAre("follow_up.occurred_at", "follow_up.agreement", "follow_up.employer",
                          "follow_up.present_kinds[0]", "update_mask", "reason"));
  // What does not fit the rest of the event.
  request = Amendment(id, "employer");
  request.mutable_update_mask()->add_paths("present_kinds");
  request.mutable_follow_up()->set_employer("Kiwi");
  request.mutable_follow_up()->add_present_kinds(v1::CONTROLLER_KIND_VO);
  EXPECT_THAT(WrongFields(kari_.Call(&FollowUps::Amend, request).status()),
              ElementsAre("follow_up.employer", "follow_up.present_kinds"));
  EXPECT_EQ(Versions(kari_, kari_id_, id).versions_size(), 1);
}

TEST_F(FollowUpAmendTest, NothingChangedIsNoVersion) {
  const std::string id = Record(kari_, Event(kari_id_, "Monday", 5));
  const v1::AmendFollowUpRequest request = NewAgreement(id, "Monday");
  const v1::AmendFollowUpResponse answer = Amend(kari_, request);
  EXPECT_EQ(answer.version(), 1);
  EXPECT_EQ(answer.etag(), request.etag());
  EXPECT_EQ(Versions(kari_, kari_id_, id).versions_size(), 1);
}

TEST_F(FollowUpAmendTest, TheListAndTheLastContactFollowWhenItHappened) {
  const auto last_contact = [&] {
    v1::ListParticipantsRequest request;
    return support::Must(kari_, &v1::ParticipantService::Stub::List, request)
        .participants(0)
        .last_follow_up();
  };
  const int day = 24 * 60;
  Record(kari_, Event(kari_id_, "older", 9 * day));
  const std::string id = Record(kari_, Event(kari_id_, "newer", day));
  const google::type::Date before = last_contact();
  v1::AmendFollowUpRequest request = Amendment(id, "occurred_at");
  *request.mutable_follow_up() = Event(kari_id_, "", 30 * day).follow_up();
  Amend(kari_, request);
  EXPECT_THAT(Agreements(List(kari_, kari_id_)), ElementsAre("older", "newer"));
  EXPECT_NE(last_contact().SerializeAsString(), before.SerializeAsString());
  request.set_etag(Find(kari_, kari_id_, id).etag());
  *request.mutable_follow_up() = Event(kari_id_, "", day).follow_up();
  Amend(kari_, request);
  EXPECT_EQ(last_contact().SerializeAsString(), before.SerializeAsString());
}

}  // namespace
}  // namespace navo
