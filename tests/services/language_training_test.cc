#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cpp/status.h"
#include "clients/cpp/uuid.h"
#include "navo/v1/access_log.grpc.pb.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "tests/support/at_once.h"
#include "tests/support/neutral.h"
#include "tests/support/rich_case.h"
#include "tests/support/test_server.h"

// Norskmaal and hours over a real server: side by side, replaced with their history, and attendance
// for those alone who may see it.
namespace navo::support {
namespace {

using client::Client;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Language = v1::LanguageService::Stub;

v1::WeekHours Attended(v1::WeekHours week, double attended, double documented,
                       double undocumented) {
  week.set_attended_hours(attended);
  week.set_documented_absence_hours(documented);
  week.set_undocumented_absence_hours(undocumented);
  return week;
}

v1::RecordHoursRequest Hours(const std::string& participant_id,
                             const std::vector<v1::WeekHours>& weeks) {
  v1::RecordHoursRequest request;
  request.set_participant_id(participant_id);
  for (const v1::WeekHours& week : weeks) *request.add_hours() = week;
  return request;
}

v1::SetNorskmaalRequest Goal(const std::string& participant_id, v1::NorskmaalLevel level,
                             const std::string& etag = "") {
  v1::SetNorskmaalRequest request;
  request.set_participant_id(participant_id);
  request.set_etag(etag);
  v1::SkillGoal* goal = request.mutable_norskmaal()->add_goals();
  goal->set_skill(v1::SKILL_MUNTLIG);
  goal->set_level(level);
  request.mutable_norskmaal()->set_scheme(v1::TRAINING_SCHEME_INTEGRERINGSLOVEN_3_AAR);
  request.mutable_norskmaal()->set_granted_norsk_hours(550);
  request.mutable_norskmaal()->set_granted_samfunnskunnskap_hours(75);
  return request;
}

v1::RecordTestResultRequest Speaking(const std::string& participant_id, v1::CefrLevel level,
                                     bool sign_language) {
  v1::RecordTestResultRequest request;
  request.set_participant_id(participant_id);
  v1::TestResult* result = request.mutable_test_result();
  *result->mutable_date() = DateOf(2026, 10, 2);
  result->set_delproeve(v1::SKILL_MUNTLIG);
  result->set_band(v1::TEST_BAND_A2_B1);
  result->set_outcome(v1::TEST_OUTCOME_LEVEL);
  result->set_level(level);
  result->set_sign_language(sign_language);
  return request;
}

v1::GetProgressResponse Progress(const Client& caller, const std::string& participant_id) {
  v1::GetProgressRequest request;
  request.set_participant_id(participant_id);
  return Must(caller, &Language::GetProgress, request);
}

v1::Release WithAttendance(v1::Release release) {
  release.add_categories(v1::CATEGORY_ATTENDANCE);
  return release;
}

// "2026-W42 20 17.5 1.5 1": planned, attended, absence documented and not; "-" where there is none.
std::string WeekText(const v1::WeekHours& week) {
  const auto number = [](bool given, double hours) {
    return given ? absl::StrCat(hours) : std::string("-");
  };
  return absl::StrCat(
      week.week(), " ", number(week.has_planned_hours(), week.planned_hours()), " ",
      number(week.has_attended_hours(), week.attended_hours()), " ",
      number(week.has_documented_absence_hours(), week.documented_absence_hours()), " ",
      number(week.has_undocumented_absence_hours(), week.undocumented_absence_hours()));
}

std::vector<std::string> WeekTexts(const v1::GetProgressResponse& progress) {
  std::vector<std::string> texts;
  for (const v1::WeekHours& week : progress.hours()) texts.push_back(WeekText(week));
  return texts;
}

// Amina at NAV Grorud and at VO Rosenhof; nothing is shared.
class TrainingTest : public ::testing::Test {
 protected:
  void Release(const Client& from, const std::string& id, const v1::Release& release) {
    Must(from, &v1::ConsentService::Stub::GiveConsent, NewConsent(id, release));
  }
  void ShareWithoutAttendance() {
    v1::Release release = FullRelease("oslo-vo", "nav-statlig");
    auto* categories = release.mutable_categories();
    categories->erase(std::remove(categories->begin(), categories->end(), v1::CATEGORY_ATTENDANCE),
                      categories->end());
    Release(tor_, tor_id_, release);
  }
  void ShareWithAttendance() {
    Release(tor_, tor_id_, WithAttendance(FullRelease("oslo-vo", "nav-statlig")));
  }

  TestServer server_;
  Client kari_ = server_.As("kari");
  Client tor_ = server_.As("tor");
  std::string kari_id_ = Register(kari_, "amina");
  std::string tor_id_ = Register(tor_, "amina");
};

TEST_F(TrainingTest, ASideSeesItsOwnHoursAndTheirSums) {
  const auto recorded =
      Must(tor_, &Language::RecordHours,
           Hours(tor_id_, {NewWeek("2026-W41", 20), Attended(NewWeek("2026-W42", 20), 17.5, 1.5, 1),
                           NewWeek("2026-W53", 20)}));
  ASSERT_THAT(recorded.weeks(), SizeIs(3));
  EXPECT_EQ(recorded.weeks(1).week(), "2026-W42");
  EXPECT_EQ(recorded.weeks(1).course_id(), "N1");
  EXPECT_EQ(recorded.weeks(1).change(), v1::HOURS_CHANGE_ADDED);
  const v1::GetProgressResponse progress = Progress(tor_, tor_id_);
  EXPECT_THAT(WeekTexts(progress),
              ElementsAre("2026-W53 20 - - -", "2026-W42 20 17.5 1.5 1", "2026-W41 20 - - -"));
  EXPECT_EQ(progress.hours(1).provenance().unit(), "vo-rosenhof");
  EXPECT_EQ(progress.hours(1).attendance_provenance().role(), v1::ROLE_LAERER);
  EXPECT_EQ(progress.hours(1).version(), 1);
  EXPECT_FALSE(progress.hours(0).has_attendance_withheld());
  ASSERT_THAT(progress.sums(), SizeIs(1));
  const v1::HoursSum& sum = progress.sums(0);
  EXPECT_EQ(sum.controller(), "oslo-vo");
  EXPECT_EQ(sum.controller_kind(), v1::CONTROLLER_KIND_VO);
  EXPECT_EQ(sum.kind(), v1::HOURS_KIND_NORSK);
  EXPECT_EQ(sum.planned_hours(), 40);
  EXPECT_EQ(sum.planned_ahead_hours(), 20);
  EXPECT_EQ(sum.attended_hours(), 17.5);
  EXPECT_EQ(sum.documented_absence_hours(), 1.5);
  EXPECT_EQ(sum.undocumented_absence_hours(), 1);
  EXPECT_FALSE(sum.has_attendance_withheld());
}

TEST_F(TrainingTest, TheSameWeekAgainIsACorrection) {
  const auto change_of = [&](const v1::WeekHours& week) {
    return Must(tor_, &Language::RecordHours, Hours(tor_id_, {week})).weeks(0).change();
  };
  const v1::WeekHours first = Attended(NewWeek("2026-W42", 20), 17.5, 1.5, 1);
  EXPECT_EQ(change_of(first), v1::HOURS_CHANGE_ADDED);
  EXPECT_EQ(change_of(first), v1::HOURS_CHANGE_UNCHANGED);
  EXPECT_EQ(change_of(Attended(NewWeek("2026-W42", 20), 20, 0, 0)), v1::HOURS_CHANGE_REPLACED);
  const v1::GetProgressResponse progress = Progress(tor_, tor_id_);
  EXPECT_THAT(WeekTexts(progress), ElementsAre("2026-W42 20 20 0 0"));
  EXPECT_EQ(progress.hours(0).version(), 1);
  EXPECT_EQ(progress.hours(0).attendance_version(), 2);
  EXPECT_EQ(progress.sums(0).attended_hours(), 20);
}

TEST_F(TrainingTest, ARepeatedRequestIsAnsweredAsBeforeAndRecordsNothing) {
  v1::RecordHoursRequest request = Hours(tor_id_, {NewWeek("2026-W42", 20)});
  request.set_request_id(client::NewUuid());
  const auto first = Must(tor_, &Language::RecordHours, request);
  Must(tor_, &Language::RecordHours, Hours(tor_id_, {NewWeek("2026-W42", 10)}));
  EXPECT_EQ(Must(tor_, &Language::RecordHours, request).SerializeAsString(),
            first.SerializeAsString());
  EXPECT_THAT(WeekTexts(Progress(tor_, tor_id_)), ElementsAre("2026-W42 10 - - -"));
  v1::SetNorskmaalRequest goal = Goal(tor_id_, v1::NORSKMAAL_LEVEL_B1);
  goal.set_request_id(client::NewUuid());
  const auto set = Must(tor_, &Language::SetNorskmaal, goal);
  EXPECT_EQ(Must(tor_, &Language::SetNorskmaal, goal).SerializeAsString(), set.SerializeAsString());
}

TEST_F(TrainingTest, OneWrongWeekAndNoneIsKept) {
  v1::RecordHoursRequest request =
      Hours(tor_id_, {NewWeek("2026-W42", 20), NewWeek("2026-W43", 61), NewWeek("2026-W42", 5),
                      Attended(NewWeek("2026-W48", 20), 20, 0, 0)});
  const absl::Status refused = tor_.Call(&Language::RecordHours, request).status();
  EXPECT_EQ(ReasonOf(refused), "INVALID_FIELDS");
  std::vector<std::string> fields;
  const google::rpc::BadRequest wrong = client::GetBadRequest(refused);
  for (const auto& violation : wrong.field_violations()) {
    fields.push_back(violation.field());
  }
  EXPECT_THAT(fields, ElementsAre("hours[1].planned_hours", "hours[2].week",
                                  "hours[3].attended_hours", "hours[3].documented_absence_hours",
                                  "hours[3].undocumented_absence_hours"));
  EXPECT_THAT(Progress(tor_, tor_id_).hours(), IsEmpty());
  const auto too_many =
      tor_.Call(&Language::RecordHours,
                Hours(tor_id_, std::vector<v1::WeekHours>(61, NewWeek("2026-W42", 1))));
  EXPECT_EQ(ReasonOf(too_many.status()), "INVALID_FIELDS");
  EXPECT_EQ(ReasonOf(tor_.Call(&Language::RecordHours, Hours(tor_id_, {})).status()),
            "INVALID_FIELDS");
}

TEST_F(TrainingTest, PagesGoBackThroughEveryWeekOnce) {
  std::vector<v1::WeekHours> weeks;
  for (int week = 1; week <= 40; ++week) {
    weeks.push_back(NewWeek(absl::StrCat("2026-W", week < 10 ? "0" : "", week), week));
    if (week % 10 == 0) {
      weeks.push_back(weeks.back());
      weeks.back().set_course_id("N2");
    }
  }
  Must(tor_, &Language::RecordHours, Hours(tor_id_, weeks));
  std::vector<std::string> seen;
  v1::GetProgressRequest request;
  request.set_participant_id(tor_id_);
  request.set_page_size(7);
  for (int page = 0; page < 20; ++page) {
    const auto answer = Must(tor_, &Language::GetProgress, request);
    EXPECT_LE(answer.hours_size(), 7);
    for (const auto& week : answer.hours()) seen.push_back(week.week() + " " + week.course_id());
    EXPECT_EQ(answer.sums(0).planned_hours(), 40 * 41 / 2 + 10 + 20 + 30 + 40);
    if (answer.next_page_token().empty()) break;
    request.set_page_token(answer.next_page_token());
  }
  ASSERT_THAT(seen, SizeIs(44));
  EXPECT_EQ(seen[0], "2026-W40 N1");
  EXPECT_EQ(seen[1], "2026-W40 N2");
  EXPECT_EQ(seen[43], "2026-W01 N1");
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end(), [](const auto& a, const auto& b) {
    return std::pair(b.substr(0, 8), a.substr(9)) < std::pair(a.substr(0, 8), b.substr(9));
  }));
}

TEST_F(TrainingTest, NorskmaalStandsSideBySideAndAStaleEtagIsRefused) {
  Must(tor_, &Language::SetNorskmaal, Goal(tor_id_, v1::NORSKMAAL_LEVEL_B1));
  const auto own = Must(kari_, &Language::SetNorskmaal, Goal(kari_id_, v1::NORSKMAAL_LEVEL_A2));
  EXPECT_EQ(own.norskmaal().provenance().unit(), "nav-grorud-statlig");
  EXPECT_EQ(Progress(kari_, kari_id_).norskmaal_size(), 1);
  ShareWithoutAttendance();
  const v1::GetProgressResponse progress = Progress(kari_, kari_id_);
  ASSERT_EQ(progress.norskmaal_size(), 2);
  EXPECT_EQ(progress.norskmaal(0).norskmaal().etag(), own.norskmaal().etag());
  EXPECT_EQ(progress.norskmaal(1).norskmaal().goals(0).level(), v1::NORSKMAAL_LEVEL_B1);
  EXPECT_EQ(progress.norskmaal(1).norskmaal().etag(), "");
  // Only the own one is changed, and only with its etag.
  EXPECT_EQ(
      ReasonOf(
          kari_.Call(&Language::SetNorskmaal, Goal(kari_id_, v1::NORSKMAAL_LEVEL_B2)).status()),
      "ETAG_MISSING");
  const auto changed = Must(kari_, &Language::SetNorskmaal,
                            Goal(kari_id_, v1::NORSKMAAL_LEVEL_B2, own.norskmaal().etag()));
  EXPECT_EQ(ReasonOf(kari_
                         .Call(&Language::SetNorskmaal,
                               Goal(kari_id_, v1::NORSKMAAL_LEVEL_C1, own.norskmaal().etag()))
                         .status()),
            "STALE_ETAG");
  EXPECT_NE(changed.norskmaal().etag(), own.norskmaal().etag());
  EXPECT_EQ(Progress(kari_, kari_id_).norskmaal(1).norskmaal().goals(0).level(),
            v1::NORSKMAAL_LEVEL_B1);
}

TEST_F(TrainingTest, ATestReachesAGoalAndSoDoesOneInSignLanguage) {
  Must(tor_, &Language::SetNorskmaal, Goal(tor_id_, v1::NORSKMAAL_LEVEL_B1));
  Must(tor_, &Language::RecordTestResult, Speaking(tor_id_, v1::CEFR_LEVEL_A2, false));
  EXPECT_EQ(Progress(tor_, tor_id_).norskmaal(0).goals(0).reached(), v1::GOAL_REACHED_NOT_SHOWN);
  Must(tor_, &Language::RecordTestResult, Speaking(tor_id_, v1::CEFR_LEVEL_B1, true));
  const v1::GetProgressResponse progress = Progress(tor_, tor_id_);
  EXPECT_EQ(progress.norskmaal(0).goals(0).reached(), v1::GOAL_REACHED_BY_TEST);
  EXPECT_EQ(progress.norskmaal(0).goals(0).reached_date().day(), 2);
  const v1::SkillProgress& speaking = progress.skills(3);
  EXPECT_EQ(speaking.best_tested(), v1::CEFR_LEVEL_A2);
  EXPECT_EQ(speaking.best_tested_sign_language(), v1::CEFR_LEVEL_B1);
}

// What is derived comes from what the caller sees and from nothing else.
TEST_F(TrainingTest, AGoalIsNotReachedByATestThatIsWithheld) {
  Must(kari_, &Language::SetNorskmaal, Goal(kari_id_, v1::NORSKMAAL_LEVEL_A2));
  Must(tor_, &Language::RecordTestResult, Speaking(tor_id_, v1::CEFR_LEVEL_B1, false));
  Must(tor_, &Language::RecordHours,
       Hours(tor_id_, {Attended(NewWeek("2026-W42", 20), 17.5, 1.5, 1)}));
  const v1::GetProgressResponse alone = Progress(kari_, kari_id_);
  EXPECT_EQ(alone.norskmaal(0).goals(0).reached(), v1::GOAL_REACHED_NOT_SHOWN);
  EXPECT_EQ(alone.norskmaal(0).granted(0).used_hours(), 0);
  EXPECT_THAT(alone.sums(), IsEmpty());
  ShareWithAttendance();
  const v1::GetProgressResponse shared = Progress(kari_, kari_id_);
  EXPECT_EQ(shared.norskmaal(0).goals(0).reached(), v1::GOAL_REACHED_BY_TEST);
  EXPECT_EQ(shared.norskmaal(0).granted(0).kind(), v1::HOURS_KIND_NORSK);
  EXPECT_EQ(shared.norskmaal(0).granted(0).granted_hours(), 550);
  EXPECT_EQ(shared.norskmaal(0).granted(0).used_hours(), 17.5);
  EXPECT_EQ(shared.norskmaal(0).granted(1).used_hours(), 0);
  EXPECT_THAT(WeekTexts(shared), ElementsAre("2026-W42 20 17.5 1.5 1"));
  EXPECT_EQ(shared.hours(0).attendance_provenance().recorded_by(), "");
  EXPECT_EQ(shared.sums(0).undocumented_absence_hours(), 1);
}

TEST_F(TrainingTest, WithoutAGroundForAttendanceOnlyWhatWasPlannedIsShown) {
  Must(tor_, &Language::SetNorskmaal, Goal(tor_id_, v1::NORSKMAAL_LEVEL_A2));
  v1::WeekHours attended_only = Attended(NewWeek("2026-W40", 0), 5, 0, 0);
  attended_only.clear_planned_hours();
  Must(tor_, &Language::RecordHours,
       Hours(tor_id_, {attended_only, NewWeek("2026-W41", 20),
                       Attended(NewWeek("2026-W42", 20), 17.5, 1.5, 1)}));
  ShareWithoutAttendance();
  const v1::GetProgressResponse progress = Progress(kari_, kari_id_);
  EXPECT_THAT(WeekTexts(progress), ElementsAre("2026-W42 20 - - -", "2026-W41 20 - - -"));
  for (const v1::WeekHours& week : progress.hours()) {
    EXPECT_EQ(week.attendance_withheld().category(), v1::CATEGORY_ATTENDANCE);
    EXPECT_EQ(week.attendance_withheld().owner_controller(), "oslo-vo");
    EXPECT_EQ(week.attendance_withheld().reason(), v1::WITHHELD_REASON_NO_GROUND);
    EXPECT_FALSE(week.has_attendance_provenance());
    EXPECT_EQ(week.attendance_version(), 0);
  }
  ASSERT_THAT(progress.sums(), SizeIs(1));
  EXPECT_EQ(progress.sums(0).planned_hours(), 40);
  EXPECT_FALSE(progress.sums(0).has_attended_hours());
  EXPECT_FALSE(progress.sums(0).has_documented_absence_hours());
  EXPECT_FALSE(progress.sums(0).has_undocumented_absence_hours());
  EXPECT_EQ(progress.sums(0).attendance_withheld().reason(), v1::WITHHELD_REASON_NO_GROUND);
  EXPECT_EQ(progress.norskmaal(0).granted(0).granted_hours(), 550);
  EXPECT_FALSE(progress.norskmaal(0).granted(0).has_used_hours());
  bool marked = false;
  for (const v1::Withheld& one : progress.withheld()) {
    marked = marked || (one.category() == v1::CATEGORY_ATTENDANCE &&
                        one.reason() == v1::WITHHELD_REASON_NO_GROUND);
  }
  EXPECT_TRUE(marked);
}

// The whole point of keeping the two parts apart: with LANGUAGE and without ATTENDANCE nothing
// changes whatever is recorded of who was there.
TEST_F(TrainingTest, AttendanceChangesNotOneByteForWhoMayNotSeeIt) {
  const v1::WeekHours planned = NewWeek("2026-W42", 20);
  Must(tor_, &Language::RecordHours, Hours(tor_id_, {NewWeek("2026-W41", 20), planned}));
  ShareWithoutAttendance();
  const auto pages = [&] {
    std::string text;
    v1::GetProgressRequest request;
    request.set_participant_id(kari_id_);
    request.set_page_size(1);
    for (int page = 0; page < 10; ++page) {
      const auto answer = kari_.Call(&Language::GetProgress, request);
      text += NeutralText(answer);
      if (!answer.ok() || answer->next_page_token().empty()) break;
      request.set_page_token(answer->next_page_token());
    }
    return text + NeutralText(Progress(kari_, kari_id_));
  };
  const std::string before = pages();
  server_.clock().Advance(absl::Hours(24));
  v1::WeekHours alone = Attended(NewWeek("2026-W40", 0), 5, 0, 3);
  alone.clear_planned_hours();
  Must(tor_, &Language::RecordHours,
       Hours(tor_id_,
             {Attended(planned, 12, 4, 4), Attended(NewWeek("2026-W41", 20), 20, 0, 0), alone}));
  EXPECT_EQ(pages(), before);
  Must(tor_, &Language::RecordHours, Hours(tor_id_, {Attended(planned, 20, 0, 0)}));
  EXPECT_EQ(pages(), before);
  // A change of the plan does show.
  Must(tor_, &Language::RecordHours, Hours(tor_id_, {NewWeek("2026-W42", 25)}));
  EXPECT_NE(pages(), before);
}

TEST_F(TrainingTest, WithAttendanceAloneThePlanIsNotShown) {
  Must(tor_, &Language::RecordHours,
       Hours(tor_id_, {NewWeek("2026-W41", 20), Attended(NewWeek("2026-W42", 20), 12, 4, 4)}));
  v1::Release release;
  release.set_from_controller("oslo-vo");
  release.set_to_controller("nav-statlig");
  release.add_categories(v1::CATEGORY_EXISTENCE);
  release.add_categories(v1::CATEGORY_ATTENDANCE);
  Release(tor_, tor_id_, release);
  const v1::GetProgressResponse progress = Progress(kari_, kari_id_);
  EXPECT_THAT(WeekTexts(progress), ElementsAre("2026-W42 - 12 4 4"));
  EXPECT_FALSE(progress.hours(0).has_provenance());
  EXPECT_EQ(progress.hours(0).attendance_provenance().unit(), "vo-rosenhof");
  ASSERT_THAT(progress.sums(), SizeIs(1));
  EXPECT_FALSE(progress.sums(0).has_planned_hours());
  EXPECT_EQ(progress.sums(0).attended_hours(), 12);
}

TEST_F(TrainingTest, UnitsAndSidesKeepTheirOwnHoursOfTheSameWeek) {
  Must(tor_, &Language::RecordHours, Hours(tor_id_, {NewWeek("2026-W42", 20)}));
  const auto own = Must(kari_, &Language::RecordHours, Hours(kari_id_, {NewWeek("2026-W42", 7)}));
  EXPECT_EQ(own.weeks(0).change(), v1::HOURS_CHANGE_ADDED);
  EXPECT_THAT(WeekTexts(Progress(kari_, kari_id_)), ElementsAre("2026-W42 7 - - -"));
  ShareWithAttendance();
  const v1::GetProgressResponse both = Progress(kari_, kari_id_);
  EXPECT_THAT(both.hours(), SizeIs(2));
  ASSERT_THAT(both.sums(), SizeIs(2));
  EXPECT_EQ(both.sums(0).controller(), "nav-statlig");
  EXPECT_EQ(both.sums(0).planned_hours(), 7);
  EXPECT_EQ(both.sums(1).planned_hours(), 20);
}

TEST_F(TrainingTest, TheParticipantSeesEverything) {
  Must(tor_, &Language::SetNorskmaal, Goal(tor_id_, v1::NORSKMAAL_LEVEL_B1));
  Must(kari_, &Language::SetNorskmaal, Goal(kari_id_, v1::NORSKMAAL_LEVEL_A2));
  Must(tor_, &Language::RecordHours,
       Hours(tor_id_, {Attended(NewWeek("2026-W42", 20), 17.5, 1.5, 1)}));
  const v1::GetProgressResponse progress = Progress(server_.As("amina"), "me");
  EXPECT_EQ(progress.norskmaal_size(), 2);
  EXPECT_THAT(WeekTexts(progress), ElementsAre("2026-W42 20 17.5 1.5 1"));
  EXPECT_EQ(progress.norskmaal(0).granted(0).used_hours(), 17.5);
  EXPECT_THAT(progress.withheld(), IsEmpty());
  // What she may not do is write.
  EXPECT_EQ(ReasonOf(server_.As("amina")
                         .Call(&Language::RecordHours, Hours("me", {NewWeek("2026-W42", 1)}))
                         .status()),
            "ROLE_NOT_ALLOWED");
}

// A mistyped number must not set a stranger's norskmaal; what the unit itself sees it may record.
TEST_F(TrainingTest, NorskmaalNeedsAConfirmedIdentityAndHoursDoNot) {
  v1::CreateParticipantRequest create;
  create.set_national_identity_number(NumberOf("yusuf"));
  create.set_tie_reason(v1::TIE_REASON_OWN_REQUEST);
  const std::string id =
      Must(kari_, &v1::ParticipantService::Stub::Create, create).participant_id();
  EXPECT_EQ(
      ReasonOf(kari_.Call(&Language::SetNorskmaal, Goal(id, v1::NORSKMAAL_LEVEL_A2)).status()),
      "IDENTITY_NOT_CONFIRMED");
  Must(kari_, &Language::RecordHours, Hours(id, {NewWeek("2026-W42", 20)}));
  EXPECT_THAT(WeekTexts(Progress(kari_, id)), ElementsAre("2026-W42 20 - - -"));
}

// Of a grant nobody is told a part as if it were the whole.
TEST_F(TrainingTest, WhatIsUsedIsNotSaidWhileASideHidesAttendanceEvenWithNoHours) {
  Must(kari_, &Language::SetNorskmaal, Goal(kari_id_, v1::NORSKMAAL_LEVEL_A2));
  Must(kari_, &Language::RecordHours,
       Hours(kari_id_, {Attended(NewWeek("2026-W42", 20), 17.5, 1.5, 1)}));
  EXPECT_EQ(Progress(kari_, kari_id_).norskmaal(0).granted(0).used_hours(), 17.5);
  ShareWithoutAttendance();
  EXPECT_FALSE(Progress(kari_, kari_id_).norskmaal(0).granted(0).has_used_hours());
}

TEST_F(TrainingTest, ManyTeachersAtOnceLoseNothing) {
  constexpr int kTeachers = 16;
  constexpr int kWeeks = 5;
  const auto as = [&](int teacher) { return server_.As(teacher % 2 == 0 ? "tor" : "kari"); };
  AtOnce(kTeachers, as, [&](int teacher, const Client& caller) {
    const std::string& id = teacher % 2 == 0 ? tor_id_ : kari_id_;
    for (int i = 0; i < kWeeks; ++i) {
      // All replace week 42; each has weeks and courses of its own.
      v1::WeekHours mine = NewWeek(absl::StrCat("2026-W1", i), 1 + teacher);
      mine.set_course_id(absl::StrCat("course ", teacher));
      Must(caller, &Language::RecordHours,
           Hours(id, {NewWeek("2026-W42", 1 + teacher + i * 0.25), mine}));
    }
  });
  for (const auto& [caller, id] : {std::pair(&tor_, tor_id_), std::pair(&kari_, kari_id_)}) {
    v1::GetProgressRequest request;
    request.set_participant_id(id);
    request.set_page_size(200);
    const auto progress = Must(*caller, &Language::GetProgress, request);
    ASSERT_EQ(progress.hours_size(), 1 + kTeachers / 2 * kWeeks);
    EXPECT_EQ(progress.hours(0).week(), "2026-W42");
    // Every one of them was another number than the one before, or nothing was written.
    EXPECT_GE(progress.hours(0).version(), 2);
    EXPECT_LE(progress.hours(0).version(), kTeachers / 2 * kWeeks);
  }
}

TEST_F(TrainingTest, TwoWhoChangeTheSameNorskmaalDoNotOverwriteEachOther) {
  const auto first = Must(tor_, &Language::SetNorskmaal, Goal(tor_id_, v1::NORSKMAAL_LEVEL_A1));
  std::atomic<int> done = 0;
  std::atomic<int> stale = 0;
  const auto as_tor = [&](int) { return server_.As("tor"); };
  AtOnce(8, as_tor, [&](int, const Client& caller) {
    const auto set = caller.Call(&Language::SetNorskmaal,
                                 Goal(tor_id_, v1::NORSKMAAL_LEVEL_B1, first.norskmaal().etag()));
    if (set.ok()) ++done;
    if (ReasonOf(set.status()) == "STALE_ETAG") ++stale;
  });
  EXPECT_EQ(done, 1);
  EXPECT_EQ(stale, 7);
}

TEST_F(TrainingTest, TheWrongPersonsHoursAndNorskmaalGoToTheRightOne) {
  Must(tor_, &Language::SetNorskmaal, Goal(tor_id_, v1::NORSKMAAL_LEVEL_B1));
  Must(tor_, &Language::RecordHours,
       Hours(tor_id_, {Attended(NewWeek("2026-W42", 20), 17.5, 1.5, 1)}));
  const std::string right = Register(tor_, "yusuf");
  v1::EndTieRequest end;
  end.set_participant_id(tor_id_);
  end.set_reason(v1::TIE_END_REASON_WRONG_PERSON);
  end.set_right_participant_id(right);
  Must(tor_, &v1::ParticipantService::Stub::EndTie, end);
  const v1::GetProgressResponse moved = Progress(tor_, right);
  EXPECT_EQ(moved.norskmaal_size(), 1);
  EXPECT_THAT(WeekTexts(moved), ElementsAre("2026-W42 20 17.5 1.5 1"));
  const v1::GetProgressResponse left = Progress(server_.As("amina"), "me");
  EXPECT_THAT(left.norskmaal(), IsEmpty());
  EXPECT_THAT(left.hours(), IsEmpty());
  EXPECT_THAT(left.sums(), IsEmpty());
}

TEST_F(TrainingTest, WhoLookedAtAbsenceIsInTheLog) {
  Must(tor_, &Language::RecordHours,
       Hours(tor_id_, {Attended(NewWeek("2026-W42", 20), 17.5, 1.5, 1)}));
  ShareWithAttendance();
  Progress(kari_, kari_id_);
  v1::ListAccessRequest request;
  request.set_participant_id("me");
  const auto listed = Must(server_.As("amina"), &v1::AccessLogService::Stub::ListAccess, request);
  EXPECT_NE(listed.acts(0).line_en().find("your absence"), std::string::npos)
      << listed.acts(0).line_en();
  EXPECT_NE(listed.acts(0).line_en().find("your language skills"), std::string::npos);
}

}  // namespace
}  // namespace navo::support
