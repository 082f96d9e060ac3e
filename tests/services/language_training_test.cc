#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>

#include "tests/services/training_fixture.h"

// Norskmaal and hours over a real server: side by side, and replaced with their history.
namespace navo::support {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

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

}  // namespace
}  // namespace navo::support
