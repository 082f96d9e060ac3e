#include "clients/cli/follow_up_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/text_width.h"

namespace navo::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

v1::FollowUp Exempted() {
  v1::FollowUp follow_up;
  v1::NoteExemption* exemption = follow_up.mutable_note_exemption();
  exemption->set_paragraph(v1::EXEMPTION_PARAGRAPH_PERSONOPPLYSNINGSLOVEN_16_C);
  exemption->mutable_review_date()->set_year(2027);
  exemption->mutable_review_date()->set_month(5);
  exemption->mutable_review_date()->set_day(3);
  return follow_up;
}

TEST(FollowUpView, ANoteIsShownOrSaidWhyNot) {
  v1::FollowUp plain;
  EXPECT_EQ(NoteText(plain), "");
  plain.set_note("tired");
  EXPECT_EQ(NoteText(plain), "tired");
  v1::FollowUp theirs;
  theirs.mutable_provenance()->set_unit("vo-rosenhof");
  theirs.mutable_note_withheld()->set_reason(v1::WITHHELD_REASON_OWN_UNIT_ONLY);
  EXPECT_EQ(NoteText(theirs), "«note stays with vo-rosenhof»");
}

TEST(FollowUpView, AnExemptedNoteNamesTheLawToBothAndOverdueReviews) {
  v1::FollowUp own = Exempted();
  own.set_note("tired");
  EXPECT_EQ(NoteText(own),
            "tired «kept from the participant by personopplysningsloven § 16 c, looked at again "
            "2027-05-03»");
  own.mutable_note_exemption()->set_overdue(true);
  EXPECT_THAT(NoteText(own), ::testing::HasSubstr("2027-05-03: OVERDUE"));
  v1::FollowUp mine = Exempted();
  mine.mutable_note_withheld()->set_reason(v1::WITHHELD_REASON_EXEMPTED_BY_LAW);
  EXPECT_EQ(NoteText(mine),
            "«kept from you by personopplysningsloven § 16 c, looked at again 2027-05-03»");
  mine.mutable_note_exemption()->set_reason("public interest");
  EXPECT_THAT(NoteText(mine), ::testing::EndsWith("2027-05-03: public interest»"));
}

TEST(FollowUpView, WhatWasAgreedSaysTheEmployerAndThatItWasAmended) {
  v1::FollowUp follow_up;
  follow_up.set_version(1);
  follow_up.set_agreement("starts");
  EXPECT_EQ(AgreementText(follow_up), "starts");
  follow_up.set_employer("Kiwi");
  follow_up.set_version(3);
  EXPECT_EQ(AgreementText(follow_up), "Kiwi: starts (amended, version 3)");
  follow_up.clear_employer();
  follow_up.mutable_employer_withheld();
  EXPECT_EQ(AgreementText(follow_up), "«employer not shared»: starts (amended, version 3)");
  follow_up.set_type(v1::FOLLOW_UP_TYPE_FELLESMOETE);
  follow_up.add_present_kinds(v1::CONTROLLER_KIND_VO);
  follow_up.add_present_kinds(v1::CONTROLLER_KIND_NAV_STAT);
  EXPECT_EQ(TypeText(follow_up), "fellesmøte with VO, NAV statlig");
}

TEST(FollowUpView, EventsOfOneMeetingStandTogether) {
  v1::ListFollowUpsResponse response;
  for (const char* id : {"a", "b", "c", "d"}) response.add_follow_ups()->set_follow_up_id(id);
  response.mutable_follow_ups(0)->add_joint_with("c");
  response.mutable_follow_ups(2)->add_joint_with("a");
  response.mutable_follow_ups(3)->add_joint_with("of another page");
  std::vector<std::pair<std::string, bool>> listed;
  for (const auto& [follow_up, joint] : TogetherByMeeting(response.follow_ups())) {
    listed.emplace_back(follow_up->follow_up_id(), joint);
  }
  EXPECT_THAT(listed,
              ElementsAre(Pair("a", false), Pair("c", true), Pair("b", false), Pair("d", false)));
}

TEST(FollowUpView, APlainWidthSaysInWordsWhatIsOfTheMeetingAbove) {
  v1::FollowUp follow_up;
  follow_up.set_type(v1::FOLLOW_UP_TYPE_FELLESMOETE);
  EXPECT_EQ(ListedTypeText({&follow_up, false}, kPlainWidth), "fellesmøte");
  EXPECT_EQ(ListedTypeText({&follow_up, true}, kPlainWidth), "same meeting, fellesmøte");
  EXPECT_EQ(ListedTypeText({&follow_up, true}, 80), "└ fellesmøte");
}

}  // namespace
}  // namespace navo::cli
