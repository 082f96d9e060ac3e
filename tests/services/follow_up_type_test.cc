#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/services/follow_up_fixture.h"

// What kinds of follow-up there are, and whose eyes each is for.
namespace navo {
namespace {

using support::FollowUps;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

using FollowUpTypeTest = support::FollowUpFixture;

constexpr char kEmployer[] = "Kiwi Grorud";

TEST_F(FollowUpTypeTest, EveryTypeIsKeptAsItIs) {
  const auto* types = google::protobuf::GetEnumDescriptor<v1::FollowUpType>();
  EXPECT_EQ(types->value_count(), 12);
  for (int number = 1; number < types->value_count(); ++number) {
    const auto type = static_cast<v1::FollowUpType>(number);
    SCOPED_TRACE(v1::FollowUpType_Name(type));
    v1::RecordFollowUpRequest request = Event(kari_id_, "", 100 - number);
    request.mutable_follow_up()->set_type(type);
    if (type == v1::FOLLOW_UP_TYPE_FELLESMOETE) {
      request.mutable_follow_up()->add_present_kinds(v1::CONTROLLER_KIND_VO);
    }
    EXPECT_EQ(Find(kari_, kari_id_, Record(kari_, request)).type(), type);
  }
}

TEST_F(FollowUpTypeTest, FieldsThatDoNotFitTheTypeAreAllNamedAtOnceInOrder) {
  v1::RecordFollowUpRequest request = Event(kari_id_, "x", 1);
  v1::FollowUp* event = request.mutable_follow_up();
  event->set_employer(kEmployer);
  event->mutable_note_exemption()->set_reason("no");
  event->add_joint_with("the other one");
  event->add_present_kinds(v1::CONTROLLER_KIND_VO);
  EXPECT_THAT(WrongFields(kari_.Call(&FollowUps::Record, request).status()),
              ElementsAre("follow_up.employer", "follow_up.note_exemption.paragraph",
                          "follow_up.note_exemption.reason", "follow_up.note_exemption.review_date",
                          "follow_up.joint_with[0]", "follow_up.present_kinds"));
  event->set_type(v1::FOLLOW_UP_TYPE_FELLESMOETE);
  event->clear_note_exemption();
  event->set_employer(std::string(201, 'k'));
  event->clear_joint_with();
  event->add_present_kinds(v1::CONTROLLER_KIND_VO);
  event->add_present_kinds(v1::CONTROLLER_KIND_UNSPECIFIED);
  EXPECT_THAT(WrongFields(kari_.Call(&FollowUps::Record, request).status()),
              ElementsAre("follow_up.employer", "follow_up.present_kinds[1]",
                          "follow_up.present_kinds[2]"));
  event->clear_employer();
  event->clear_present_kinds();
  EXPECT_THAT(WrongFields(kari_.Call(&FollowUps::Record, request).status()),
              ElementsAre("follow_up.present_kinds"));
  EXPECT_EQ(List(kari_, kari_id_).follow_ups_size(), 0);
}

// It has no category: who may see it is not known.
TEST_F(FollowUpTypeTest, WhatANewerClientSendsIsNotShownToAnybody) {
  Consent();
  v1::RecordFollowUpRequest request = Event(kari_id_, "a talk", 1);
  v1::FollowUp* event = request.mutable_follow_up();
  event->GetReflection()->MutableUnknownFields(event)->AddLengthDelimited(900, "of a newer kind");
  const std::string id = Record(kari_, request);
  for (const auto& [caller, participant_id] : {std::pair(kari_, kari_id_), {tor_, tor_id_}}) {
    EXPECT_EQ(Find(caller, participant_id, id).SerializeAsString().find("of a newer kind"),
              std::string::npos);
    EXPECT_EQ(Versions(caller, participant_id, id).SerializeAsString().find("of a newer kind"),
              std::string::npos);
  }
}

// The two sides with everything shared but what the test says.
class CategoryTest : public support::FollowUpFixture {
 protected:
  void Share(v1::Category but) {
    v1::Release release = support::FullRelease("nav-statlig", "oslo-vo");
    auto* categories = release.mutable_categories();
    categories->erase(std::remove(categories->begin(), categories->end(), but), categories->end());
    support::Must(kari_, &v1::ConsentService::Stub::GiveConsent,
                  support::NewConsent(kari_id_, release));
  }
};

TEST_F(CategoryTest, TheEmployerIsShownWithItsOwnGroundOnly) {
  Share(v1::CATEGORY_EMPLOYER);
  v1::RecordFollowUpRequest request = Event(kari_id_, "starts on Monday", 2);
  request.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_ARBEIDSPLASSBESOEK);
  const std::string nameless = Record(kari_, request);
  request.mutable_follow_up()->set_employer(kEmployer);
  const std::string named = Record(kari_, request);
  EXPECT_EQ(Find(kari_, kari_id_, named).employer(), kEmployer);
  EXPECT_EQ(Find(server_.As("amina"), "me", named).employer(), kEmployer);

  const v1::FollowUp seen = Find(tor_, tor_id_, named);
  EXPECT_EQ(seen.agreement(), "starts on Monday");
  EXPECT_EQ(seen.employer(), "");
  EXPECT_EQ(seen.employer_withheld().category(), v1::CATEGORY_EMPLOYER);
  EXPECT_EQ(seen.employer_withheld().reason(), v1::WITHHELD_REASON_NO_GROUND);
  EXPECT_EQ(seen.employer_withheld().owner_controller(), "nav-statlig");
  // The same whether one is named or not.
  EXPECT_EQ(Find(tor_, tor_id_, nameless).employer_withheld().SerializeAsString(),
            seen.employer_withheld().SerializeAsString());
  Share(v1::CATEGORY_ATTENDANCE);  // a second consent, with EMPLOYER
  EXPECT_EQ(Find(tor_, tor_id_, named).employer(), kEmployer);
  EXPECT_FALSE(Find(tor_, tor_id_, nameless).has_employer_withheld());
}

TEST_F(CategoryTest, AFollowUpOfAbsenceIsNotThereForWhoMayNotSeeAbsence) {
  Share(v1::CATEGORY_ATTENDANCE);
  std::vector<std::string> ids;
  for (int i = 0; i < 4; ++i) {
    v1::RecordFollowUpRequest request = Event(kari_id_, "e" + std::to_string(i), 9 - i);
    if (i == 1 || i == 3) {
      request.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_FRAVAERSOPPFOELGING);
    }
    ids.push_back(Record(kari_, request));
  }
  const v1::ListFollowUpsResponse first = List(tor_, tor_id_, 1);
  EXPECT_THAT(Agreements(first), ElementsAre("e2"));
  const v1::ListFollowUpsResponse second = List(tor_, tor_id_, 1, first.next_page_token());
  EXPECT_THAT(Agreements(second), ElementsAre("e0"));
  EXPECT_EQ(second.next_page_token(), "");
  EXPECT_EQ(TryVersions(tor_, tor_id_, ids[1]).status(),
            TryVersions(tor_, tor_id_, client::NewUuid()).status());
  EXPECT_THAT(Agreements(List(kari_, kari_id_)), ElementsAre("e3", "e2", "e1", "e0"));
  EXPECT_THAT(Agreements(List(server_.As("amina"), "me")), ElementsAre("e3", "e2", "e1", "e0"));

  Share(v1::CATEGORY_EMPLOYER);  // a second consent, with ATTENDANCE
  EXPECT_THAT(Agreements(List(tor_, tor_id_)), ElementsAre("e3", "e2", "e1", "e0"));
}

TEST_F(CategoryTest, WhatBecameAFollowUpOfAbsenceStaysOne) {
  Share(v1::CATEGORY_ATTENDANCE);
  const std::string id = Record(kari_, Event(kari_id_, "did not come", 5));
  EXPECT_EQ(Versions(tor_, tor_id_, id).versions_size(), 1);
  v1::AmendFollowUpRequest request = Amendment(id, "type");
  request.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_FRAVAERSOPPFOELGING);
  Amend(kari_, request);
  EXPECT_THAT(Agreements(List(tor_, tor_id_)), IsEmpty());
  EXPECT_EQ(TryVersions(tor_, tor_id_, id).status().code(), absl::StatusCode::kNotFound);

  request = Amendment(id, "type");
  request.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_SAMTALE);
  EXPECT_THAT(WrongFields(kari_.Call(&FollowUps::Amend, request).status()),
              ElementsAre("follow_up.type"));
  Share(v1::CATEGORY_EMPLOYER);
  EXPECT_THAT(Versions(tor_, tor_id_, id).versions(), Not(IsEmpty()));
  EXPECT_EQ(Versions(tor_, tor_id_, id).versions_size(), 2);
}

}  // namespace
}  // namespace navo
