#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "navo/v1/access_log.grpc.pb.h"
#include "tests/services/follow_up_fixture.h"

// Notes that a law keeps from the participant: who sees the note, the exemption, and neither.
namespace navo {
namespace {

using support::DateOf;
using support::FollowUps;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kNote[] = "a neighbour told us of the violence";
constexpr char kReason[] = "would find out who told";
constexpr auto kCloseOnes = v1::EXEMPTION_PARAGRAPH_PERSONOPPLYSNINGSLOVEN_16_C;
constexpr auto kInterests = v1::EXEMPTION_PARAGRAPH_PERSONOPPLYSNINGSLOVEN_16_F;

class FollowUpExemptionTest : public support::FollowUpFixture {
 protected:
  static v1::NoteExemption Exemption(v1::ExemptionParagraph paragraph = kCloseOnes) {
    v1::NoteExemption exemption;
    exemption.set_paragraph(paragraph);
    exemption.set_reason(kReason);
    *exemption.mutable_review_date() = DateOf(2027, 5, 3);
    return exemption;
  }
  v1::RecordFollowUpRequest Exempted(v1::ExemptionParagraph paragraph = kCloseOnes) {
    v1::RecordFollowUpRequest request = Event(kari_id_, "a talk", 5);
    request.mutable_follow_up()->set_note(kNote);
    *request.mutable_follow_up()->mutable_note_exemption() = Exemption(paragraph);
    return request;
  }
  v1::FollowUp Mine(const std::string& id) { return Find(server_.As("amina"), "me", id); }
  static absl::StatusOr<v1::ListNoteExemptionsResponse> TryExemptions(
      const client::Client& caller, const std::string& participant_id, int page_size = 0,
      const std::string& token = "") {
    v1::ListNoteExemptionsRequest request;
    request.set_participant_id(participant_id);
    request.set_page_size(page_size);
    request.set_page_token(token);
    return caller.Call(&FollowUps::ListExemptions, request);
  }
  static v1::ListNoteExemptionsResponse Exemptions(const client::Client& caller,
                                                   const std::string& participant_id) {
    const auto listed = TryExemptions(caller, participant_id);
    EXPECT_TRUE(listed.ok()) << listed.status();
    return listed.value_or(v1::ListNoteExemptionsResponse());
  }
  std::vector<std::string> NotesOfVersions(const std::string& id) {
    std::vector<std::string> notes;
    const v1::ListFollowUpVersionsResponse listed = Versions(server_.As("amina"), "me", id);
    for (const v1::FollowUp& version : listed.versions()) {
      notes.push_back(version.note());
    }
    return notes;
  }
};

TEST_F(FollowUpExemptionTest, TheParticipantReadsWhichLawAndNotTheNote) {
  const std::string id = Record(kari_, Exempted());
  const v1::FollowUp mine = Mine(id);
  EXPECT_EQ(mine.agreement(), "a talk");
  EXPECT_EQ(mine.note(), "");
  EXPECT_EQ(mine.note_withheld().reason(), v1::WITHHELD_REASON_EXEMPTED_BY_LAW);
  EXPECT_EQ(mine.note_withheld().category(), v1::CATEGORY_FOLLOWUP_NOTE);
  EXPECT_EQ(mine.note_withheld().owner_controller(), "nav-statlig");
  EXPECT_EQ(mine.note_exemption().paragraph(), kCloseOnes);
  EXPECT_EQ(mine.note_exemption().review_date().year(), 2027);
  EXPECT_EQ(mine.note_exemption().reason(), "");
  EXPECT_THAT(NotesOfVersions(id), ElementsAre(""));
  const v1::ListNoteExemptionsResponse listed = Exemptions(server_.As("amina"), "me");
  ASSERT_EQ(listed.notes_size(), 1);
  EXPECT_EQ(listed.notes(0).follow_up_id(), id);
  EXPECT_EQ(listed.notes(0).exemption().SerializeAsString(),
            mine.note_exemption().SerializeAsString());
  EXPECT_EQ(listed.notes(0).provenance().unit(), "nav-grorud-statlig");
  EXPECT_EQ(listed.DebugString().find(kNote), std::string::npos);
}

TEST_F(FollowUpExemptionTest, LetterFTellsTheParticipantTheReason) {
  const std::string id = Record(kari_, Exempted(kInterests));
  EXPECT_EQ(Mine(id).note_exemption().reason(), kReason);
  EXPECT_EQ(Mine(id).note(), "");
  EXPECT_EQ(Exemptions(server_.As("amina"), "me").notes(0).exemption().reason(), kReason);
}

TEST_F(FollowUpExemptionTest, TheOwnUnitReadsAllAndOthersNothingOfIt) {
  Consent();
  const client::Client per = server_.As("per");
  const std::string per_id = support::Register(per, "amina");
  v1::RecordFollowUpRequest plain = Exempted();
  plain.mutable_follow_up()->clear_note_exemption();
  const std::string open = Record(kari_, plain);
  const std::string id = Record(kari_, Exempted());
  for (const client::Client& own : {kari_, server_.As("sara")}) {
    const v1::FollowUp event = Find(own, kari_id_, id);
    EXPECT_EQ(event.note(), kNote);
    EXPECT_EQ(event.note_exemption().reason(), kReason);
    EXPECT_FALSE(event.note_exemption().overdue());
    EXPECT_FALSE(event.has_note_withheld());
  }
  // To everybody else it looks like a note that is not exempted.
  for (const auto& [caller, participant_id] : {std::pair(per, per_id), {tor_, tor_id_}}) {
    v1::FollowUp event = Find(caller, participant_id, id);
    EXPECT_EQ(event.note_withheld().reason(), v1::WITHHELD_REASON_OWN_UNIT_ONLY);
    event.set_follow_up_id(open);
    EXPECT_EQ(event.SerializeAsString(), Find(caller, participant_id, open).SerializeAsString());
  }
}

TEST_F(FollowUpExemptionTest, PersonvernSeesThoseOfTheOwnControllerAndNothingElse) {
  const client::Client per = server_.As("per");  // of another unit than PERSONVERN
  const std::string per_id = support::Register(per, "amina");
  v1::RecordFollowUpRequest request = Exempted();
  request.set_participant_id(per_id);
  Record(per, request);
  request.set_participant_id(tor_id_);
  Record(tor_, request);
  Record(kari_, Event(kari_id_, "nothing exempted", 1));
  const client::Client dag = server_.As("dag").WithAct(client::NewUuid());
  const v1::ListNoteExemptionsResponse seen = Exemptions(dag, kari_id_);
  ASSERT_EQ(seen.notes_size(), 1);
  EXPECT_EQ(seen.notes(0).provenance().unit(), "nav-stovner-statlig");
  EXPECT_EQ(seen.notes(0).provenance().recorded_by(), "Per Solli");
  EXPECT_EQ(seen.notes(0).exemption().paragraph(), kCloseOnes);
  EXPECT_EQ(seen.notes(0).exemption().reason(), kReason);
  const std::string all = seen.DebugString();
  EXPECT_EQ(all.find(kNote), std::string::npos);
  EXPECT_EQ(all.find("a talk"), std::string::npos);
  const v1::ListNoteExemptionsResponse theirs = Exemptions(server_.As("vera"), tor_id_);
  ASSERT_EQ(theirs.notes_size(), 1);
  EXPECT_EQ(theirs.notes(0).provenance().unit(), "vo-rosenhof");
  EXPECT_EQ(Exemptions(server_.As("amina"), "me").notes_size(), 2);
  for (const char* key : {"kari", "liv", "drift", "komet"}) {
    EXPECT_EQ(support::ReasonOf(TryExemptions(server_.As(key), kari_id_).status()),
              "ROLE_NOT_ALLOWED")
        << key;
  }
  v1::ListFollowUpsRequest list;
  list.set_participant_id(kari_id_);
  EXPECT_EQ(support::ReasonOf(dag.Call(&FollowUps::List, list).status()), "ROLE_NOT_ALLOWED");
  // The participant reads that PERSONVERN looked.
  v1::ListAccessRequest log;
  log.set_participant_id("me");
  const auto acts = server_.As("amina").Call(&v1::AccessLogService::Stub::ListAccess, log);
  ASSERT_TRUE(acts.ok()) << acts.status();
  std::vector<std::string> lines;
  for (const v1::AccessAct& act : acts->acts()) lines.push_back(act.line_en());
  EXPECT_THAT(lines, Contains(::testing::HasSubstr("which notes are kept from you")));
}

TEST_F(FollowUpExemptionTest, TheListComesInPagesThatDoNotCountOtherEvents) {
  for (int i = 0; i < 3; ++i) {
    Record(kari_, Exempted());
    Record(kari_, Event(kari_id_, "between", 5));
  }
  const client::Client amina = server_.As("amina");
  const auto first = TryExemptions(amina, "me", 2);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->notes_size(), 2);
  const auto second = TryExemptions(amina, "me", 2, first->next_page_token());
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->notes_size(), 1);
  EXPECT_EQ(second->next_page_token(), "");
  EXPECT_THAT(WrongFields(TryExemptions(amina, "me", -1).status()), ElementsAre("page_size"));
}

TEST_F(FollowUpExemptionTest, ANoteThatCouldBeReadIsNeverExemptedAfterwards) {
  v1::RecordFollowUpRequest plain = Exempted();
  plain.mutable_follow_up()->clear_note_exemption();
  const std::string id = Record(kari_, plain);
  v1::AmendFollowUpRequest request = Amendment(id, "note_exemption");
  *request.mutable_follow_up()->mutable_note_exemption() = Exemption();
  EXPECT_THAT(WrongFields(kari_.Call(&FollowUps::Amend, request).status()),
              ElementsAre("follow_up.note_exemption"));
  request.mutable_update_mask()->add_paths("note");
  request.mutable_follow_up()->set_note(kNote);  // the same text is no new note
  EXPECT_THAT(WrongFields(kari_.Call(&FollowUps::Amend, request).status()),
              ElementsAre("follow_up.note_exemption"));
  request.mutable_follow_up()->set_note("and something new");
  Amend(kari_, request);
  EXPECT_EQ(Mine(id).note(), "");
  EXPECT_THAT(NotesOfVersions(id), ElementsAre("", kNote));
}

TEST_F(FollowUpExemptionTest, AnExemptNoteStaysSoUntilTheExemptionIsLifted) {
  const std::string id = Record(kari_, Exempted());
  v1::AmendFollowUpRequest request = Amendment(id, "note");
  request.mutable_follow_up()->set_note("more of it");
  Amend(kari_, request);
  EXPECT_EQ(Mine(id).note(), "");
  request = Amendment(id, "note");  // emptied: what was written is still kept back
  Amend(kari_, request);
  EXPECT_EQ(Mine(id).note_withheld().reason(), v1::WITHHELD_REASON_EXEMPTED_BY_LAW);
  EXPECT_THAT(NotesOfVersions(id), ElementsAre("", "", ""));
  EXPECT_EQ(Exemptions(server_.As("amina"), "me").notes_size(), 1);

  request = Amendment(id, "note_exemption");
  request.set_reason(v1::AMEND_REASON_EXEMPTION_REVIEWED);
  Amend(kari_, request);
  EXPECT_THAT(NotesOfVersions(id), ElementsAre("", "", "more of it", kNote));
  EXPECT_FALSE(Mine(id).has_note_withheld());
  EXPECT_THAT(Exemptions(server_.As("amina"), "me").notes(), IsEmpty());
  EXPECT_THAT(Exemptions(server_.As("dag"), kari_id_).notes(), IsEmpty());
}

TEST_F(FollowUpExemptionTest, WhatWasOpenedOnceStaysOpenWhenANewNoteIsExempted) {
  const std::string id = Record(kari_, Exempted());
  v1::AmendFollowUpRequest request = Amendment(id, "note_exemption");
  request.set_reason(v1::AMEND_REASON_EXEMPTION_REVIEWED);
  Amend(kari_, request);
  EXPECT_THAT(NotesOfVersions(id), ElementsAre(kNote, kNote));
  request = Amendment(id, "note_exemption");
  request.mutable_update_mask()->add_paths("note");
  request.mutable_follow_up()->set_note("and they moved");
  *request.mutable_follow_up()->mutable_note_exemption() = Exemption();
  Amend(kari_, request);
  EXPECT_EQ(Mine(id).note(), "");
  EXPECT_THAT(NotesOfVersions(id), ElementsAre("", kNote, kNote));
}

TEST_F(FollowUpExemptionTest, AnExemptionIsLiftedOnlyByAReview) {
  const std::string id = Record(kari_, Exempted());
  // Everything but the exemption, as a client sends it that does not know of exemptions.
  v1::AmendFollowUpRequest request = Amendment(id, "note");
  request.clear_update_mask();
  *request.mutable_follow_up() = Find(kari_, kari_id_, id);
  request.mutable_follow_up()->clear_note_exemption();
  EXPECT_THAT(WrongFields(kari_.Call(&FollowUps::Amend, request).status()), ElementsAre("reason"));
  EXPECT_EQ(Mine(id).note(), "");
  EXPECT_EQ(Find(kari_, kari_id_, id).version(), 1);
}

// Why a version was made is told to everybody who sees it: that would tell of the exemption.
TEST_F(FollowUpExemptionTest, AReviewIsNoReasonForWhatOthersSee) {
  Consent();
  const std::string id = Record(kari_, Exempted());
  v1::AmendFollowUpRequest request = Amendment(id, "note_exemption");
  request.mutable_update_mask()->add_paths("agreement");
  request.mutable_follow_up()->set_agreement("another talk");
  *request.mutable_follow_up()->mutable_note_exemption() = Exemption(kInterests);
  request.set_reason(v1::AMEND_REASON_EXEMPTION_REVIEWED);
  EXPECT_THAT(WrongFields(kari_.Call(&FollowUps::Amend, request).status()), ElementsAre("reason"));
  EXPECT_EQ(Versions(tor_, tor_id_, id).versions_size(), 1);
  request.set_reason(v1::AMEND_REASON_WRONG);
  Amend(kari_, request);
  EXPECT_EQ(Versions(tor_, tor_id_, id).versions_size(), 2);
}

TEST_F(FollowUpExemptionTest, AReviewThatIsOverdueIsSaidAndTheExemptionStands) {
  v1::RecordFollowUpRequest recorded = Exempted();
  *recorded.mutable_follow_up()->mutable_note_exemption()->mutable_review_date() =
      DateOf(2027, 1, 10);
  const std::string id = Record(kari_, recorded);
  // Noon in Oslo on the review date, and on the day after.
  const absl::Time review = absl::FromCivil(absl::CivilHour(2027, 1, 10, 11), absl::UTCTimeZone());
  server_.clock().Advance(review - server_.clock().Now());
  EXPECT_FALSE(Find(server_.As("kari"), kari_id_, id).note_exemption().overdue());
  server_.clock().Advance(absl::Hours(24));
  EXPECT_TRUE(Find(server_.As("kari"), kari_id_, id).note_exemption().overdue());
  EXPECT_TRUE(Exemptions(server_.As("dag"), kari_id_).notes(0).exemption().overdue());
  EXPECT_EQ(Mine(id).note(), "");
  v1::AmendFollowUpRequest request = Amendment(id, "note_exemption");
  *request.mutable_follow_up()->mutable_note_exemption() = Exemption();
  request.set_reason(v1::AMEND_REASON_EXEMPTION_REVIEWED);
  Amend(server_.As("kari"), request);
  EXPECT_FALSE(Find(server_.As("kari"), kari_id_, id).note_exemption().overdue());
  EXPECT_EQ(Mine(id).note(), "");
}

TEST_F(FollowUpExemptionTest, OnlyTheListedLawsAndDatesToComeWithinTwoYearsAreTaken) {
  const auto wrong = [&](const v1::NoteExemption& exemption) {
    v1::RecordFollowUpRequest request = Exempted();
    *request.mutable_follow_up()->mutable_note_exemption() = exemption;
    return WrongFields(kari_.Call(&FollowUps::Record, request).status());
  };
  for (const google::type::Date& day :
       {DateOf(2026, 1, 1), DateOf(2029, 1, 1), DateOf(2027, 2, 30)}) {
    v1::NoteExemption exemption = Exemption();
    *exemption.mutable_review_date() = day;
    EXPECT_THAT(wrong(exemption), ElementsAre("follow_up.note_exemption.review_date"));
  }
  v1::NoteExemption exemption = Exemption(static_cast<v1::ExemptionParagraph>(9));
  exemption.set_reason(std::string(501, 'r'));
  EXPECT_THAT(wrong(exemption),
              ElementsAre("follow_up.note_exemption.paragraph", "follow_up.note_exemption.reason"));
  v1::RecordFollowUpRequest no_note = Exempted();
  no_note.mutable_follow_up()->clear_note();
  EXPECT_THAT(WrongFields(kari_.Call(&FollowUps::Record, no_note).status()),
              ElementsAre("follow_up.note_exemption"));
  for (int paragraph = 1; paragraph <= 8; ++paragraph) {
    EXPECT_THAT(wrong(Exemption(static_cast<v1::ExemptionParagraph>(paragraph))), IsEmpty());
  }
}

}  // namespace
}  // namespace navo
