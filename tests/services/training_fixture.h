#ifndef NAVO_TESTS_SERVICES_TRAINING_FIXTURE_H_
#define NAVO_TESTS_SERVICES_TRAINING_FIXTURE_H_

#include <gtest/gtest.h>

#include <algorithm>
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

// What the tests of norskmaal and hours have in common.
namespace navo::support {

using client::Client;

using Language = v1::LanguageService::Stub;

inline v1::WeekHours Attended(v1::WeekHours week, double attended, double documented,
                              double undocumented) {
  week.set_attended_hours(attended);
  week.set_documented_absence_hours(documented);
  week.set_undocumented_absence_hours(undocumented);
  return week;
}

inline v1::RecordHoursRequest Hours(const std::string& participant_id,
                                    const std::vector<v1::WeekHours>& weeks) {
  v1::RecordHoursRequest request;
  request.set_participant_id(participant_id);
  for (const v1::WeekHours& week : weeks) *request.add_hours() = week;
  return request;
}

inline v1::SetNorskmaalRequest Goal(const std::string& participant_id, v1::NorskmaalLevel level,
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

inline v1::RecordTestResultRequest Speaking(const std::string& participant_id, v1::CefrLevel level,
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

inline v1::GetProgressResponse Progress(const Client& caller, const std::string& participant_id) {
  v1::GetProgressRequest request;
  request.set_participant_id(participant_id);
  return Must(caller, &Language::GetProgress, request);
}

inline v1::Release WithAttendance(v1::Release release) {
  release.add_categories(v1::CATEGORY_ATTENDANCE);
  return release;
}

// "2026-W42 20 17.5 1.5 1": planned, attended, absence documented and not; "-" where there is none.
inline std::string WeekText(const v1::WeekHours& week) {
  const auto number = [](bool given, double hours) {
    return given ? absl::StrCat(hours) : std::string("-");
  };
  return absl::StrCat(
      week.week(), " ", number(week.has_planned_hours(), week.planned_hours()), " ",
      number(week.has_attended_hours(), week.attended_hours()), " ",
      number(week.has_documented_absence_hours(), week.documented_absence_hours()), " ",
      number(week.has_undocumented_absence_hours(), week.undocumented_absence_hours()));
}

inline std::vector<std::string> WeekTexts(const v1::GetProgressResponse& progress) {
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

}  // namespace navo::support

#endif  // NAVO_TESTS_SERVICES_TRAINING_FIXTURE_H_
