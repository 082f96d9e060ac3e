// Sources that correct what they said: another person, an empty field, another unit's number.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "navo/v1/access_log.grpc.pb.h"
#include "tests/services/import_fixture.h"
#include "tests/support/temp_folder.h"

namespace navo {
namespace {

using support::Imported;
using support::NumberOf;
using support::Sending;
using support::TestServer;
using testing::IsEmpty;

const Sending kPupils{.format = v1::IMPORT_FORMAT_VO_ELEVER, .source_system = "vo-skole"};
const Sending kCourses{.format = v1::IMPORT_FORMAT_VO_KURS, .source_system = "vo-skole"};
const Sending kAbsences{.format = v1::IMPORT_FORMAT_VO_FRAVAER, .source_system = "vo-skole"};

constexpr char kPupilHeader[] =
    "elev_id;fodselsnummer;fornavn;etternavn;morsmal;tolkebehov;sentrum;start\n";
constexpr char kCourseHeader[] =
    "elev_id;kurs_id;kursnavn;type;nivaa;timer_per_uke;fra;til;status\n";
constexpr char kAbsenceHeader[] = "elev_id;kurs_id;uke;timer_planlagt;timer_fravaer;dokumentert\n";

std::string Pupil(const std::string& id, const std::string& number, const std::string& who) {
  return absl::StrCat(kPupilHeader, id, ";", number, ";", who, ";Rosenhof;17.08.2026\n");
}

class CorrectedImportTest : public support::ImportTest {
 protected:
  // The server with a system of a second school of the same owner, which numbers its pupils alike.
  static TestServer::Setup WithSecondSchool(const support::TempFolder& folder) {
    auto seed = nlohmann::json::parse(support::ExampleText("seed.json"));
    nlohmann::json system = seed["systems"][1];
    EXPECT_EQ(system["key"], "vo-system");
    system["key"] = system["subject"] = "helsfyr-system";
    system["memberships"][0]["unit"] = "vo-helsfyr";
    seed["systems"].push_back(system);
    std::ofstream(folder.File("seed.json")) << seed.dump();
    return {.seed = folder.File("seed.json")};
  }
  // The teacher registers somebody.
  void Type(const std::string& number, const std::string& given, const std::string& family) {
    v1::CreateParticipantRequest typed;
    typed.set_national_identity_number(number);
    typed.set_tie_reason(v1::TIE_REASON_SERVICE_GRANTED);
    typed.set_identity_confirmation(v1::IDENTITY_CONFIRMATION_ID_DOCUMENT);
    typed.mutable_contact()->set_given_name(given);
    typed.mutable_contact()->set_family_name(family);
    const auto created = tor_.Call(&v1::ParticipantService::Stub::Create, typed);
    ASSERT_TRUE(created.ok()) << created.status();
  }
  v1::ContactFacts FactsOf(const std::string& number) {
    const v1::GetParticipantResponse got = Get(tor_, number);
    return got.sides().empty() ? v1::ContactFacts() : got.sides(0).facts();
  }
  v1::Step CourseOf(const std::string& number) {
    for (const v1::Step& step : StepsOf(tor_, number)) {
      if (step.has_offering()) return step;
    }
    ADD_FAILURE() << "no course";
    return {};
  }
  std::vector<v1::WeekHours> HoursOf(const std::string& number) {
    v1::GetProgressRequest request;
    request.set_participant_id(Lookup(tor_, number));
    const auto got = tor_.Call(&v1::LanguageService::Stub::GetProgress, request);
    EXPECT_TRUE(got.ok()) << got.status();
    if (!got.ok()) return {};
    return {got->hours().begin(), got->hours().end()};
  }
  // How many imports the participant reads of.
  int64_t ImportsInLogOf(const std::string& participant) {
    v1::ListAccessRequest request;
    request.set_participant_id("me");
    const auto log = server_.As(participant).Call(&v1::AccessLogService::Stub::ListAccess, request);
    EXPECT_TRUE(log.ok()) << log.status();
    if (!log.ok()) return -1;
    return std::count_if(log->acts().begin(), log->acts().end(), [](const v1::AccessAct& act) {
      return act.role() == v1::ROLE_INTEGRASJON;
    });
  }
  v1::RowOutcome TakeCourse(const std::string& rest) {
    return OneOutcome(Take(absl::StrCat(kCourseHeader, "RO-1;NO-7;", rest, "\n"), kCourses));
  }

  const client::Client tor_ = server_.As("tor");
  const std::string yusuf_ = NumberOf("yusuf");
};

TEST_F(CorrectedImportTest, TwoSchoolsMayNumberTheirPupilsAlike) {
  const support::TempFolder folder;
  const TestServer server(WithSecondSchool(folder));
  const client::Client helsfyr = server.As("helsfyr-system");
  const client::Client rosenhof = server.As("vo-system");
  const std::string here = Pupil("1001", amina_, "Amina;Warsame;so;ja");
  const std::string there = Pupil("1001", yusuf_, "Yusuf;Omar;ar;nei");
  EXPECT_EQ(Import(rosenhof, here, kPupils).counts.created(), 1);
  EXPECT_EQ(Import(helsfyr, there, kPupils).counts.created(), 1);
  const std::string course = absl::StrCat(kCourseHeader, "1001;NO-7;Norsk;NORSK;A2;;;;PAGAR\n");
  EXPECT_EQ(Import(rosenhof, course, kCourses).counts.created(), 1);
  EXPECT_EQ(Import(helsfyr, course, kCourses).counts.created(), 1);
  const std::string week = absl::StrCat(kAbsenceHeader, "1001;NO-7;2026-W34;20;5;\n");
  EXPECT_EQ(Import(rosenhof, week, kAbsences).counts.created(), 1);
  EXPECT_EQ(Import(helsfyr, week, kAbsences).counts.created(), 1);
  EXPECT_EQ(Count(server).steps, 4);
  for (const auto& [system, file] : {std::pair(&rosenhof, &here), {&helsfyr, &there}}) {
    EXPECT_EQ(Import(*system, *file, kPupils).counts.unchanged(), 1);
    EXPECT_EQ(Import(*system, course, kCourses).counts.unchanged(), 1);
    EXPECT_EQ(Import(*system, week, kAbsences).counts.unchanged(), 1);
  }
}

TEST_F(CorrectedImportTest, APupilWhoIsSomebodyElseLeavesNothingOfTheirsBehind) {
  Take(Pupil("RO-1", amina_, "Yusuf;Omar;ar;ja"), kPupils);
  ASSERT_EQ(TakeCourse("Norsk;NORSK;A2;;;;PAGAR"), v1::ROW_OUTCOME_CREATED);
  const std::string week = absl::StrCat(kAbsenceHeader, "RO-1;NO-7;2026-W34;20;7,5;\n");
  ASSERT_EQ(Take(week, kAbsences).counts.created(), 1);
  ASSERT_EQ(FactsOf(amina_).given_name(), "Yusuf");
  ASSERT_EQ(ImportsInLogOf("amina"), 3);
  const Imported moved = Take(Pupil("RO-1", yusuf_, "Yusuf;Omar;ar;ja"), kPupils);
  EXPECT_EQ(moved.counts.updated(), 1);
  ASSERT_EQ(moved.results.size(), 1u);  // somebody has to end the tie
  EXPECT_EQ(moved.results[0].reason(), "PERSON_CHANGED");
  EXPECT_EQ(moved.results[0].column(), "fodselsnummer");
  EXPECT_EQ(FactsOf(yusuf_).given_name(), "Yusuf");
  EXPECT_EQ(Get(tor_, amina_).DebugString().find("Yusuf"), std::string::npos);
  v1::ListParticipantsRequest list;
  const auto listed = tor_.Call(&v1::ParticipantService::Stub::List, list);
  ASSERT_TRUE(listed.ok()) << listed.status();
  int named = 0;
  for (const v1::ParticipantListItem& card : listed->participants()) {
    named += card.DebugString().find("Yusuf") != std::string::npos ? 1 : 0;
  }
  EXPECT_EQ(named, 1);
  EXPECT_EQ(ImportsInLogOf("amina"), 4);  // whose case was changed by it
  EXPECT_EQ(TakeCourse("Norsk;NORSK;A2;;;;PAGAR"), v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(Take(week, kAbsences).counts.updated(), 1);
  EXPECT_EQ(ImportsInLogOf("amina"), 6);
  EXPECT_THAT(StepsOf(tor_, amina_), IsEmpty());
}

TEST_F(CorrectedImportTest, FactsThatSomebodyHasMendedStayWhenThePupilMoves) {
  Take(Pupil("RO-1", amina_, "Yusuf;Omar;ar;ja"), kPupils);
  v1::UpdateContactRequest mend;
  mend.set_participant_id(Lookup(tor_, amina_));
  mend.set_etag(Get(tor_, amina_).sides(0).etag());
  mend.mutable_facts()->set_given_name("Amina");
  mend.mutable_facts()->set_family_name("Warsame");
  mend.mutable_update_mask()->add_paths("given_name");
  mend.mutable_update_mask()->add_paths("family_name");
  ASSERT_TRUE(tor_.Call(&v1::ParticipantService::Stub::UpdateContact, mend).ok());
  Take(Pupil("RO-1", yusuf_, "Yusuf;Omar;ar;ja"), kPupils);
  EXPECT_EQ(FactsOf(amina_).given_name(), "Amina");
}

TEST_F(CorrectedImportTest, ANewPupilIdOfSomebodyKnownBringsNewerFacts) {
  Take(Pupil("RO-1", amina_, "Amina;Warsame;;"), kPupils);
  Take(Pupil("RO-2", amina_, "Amina;Hassan;so;ja"), kPupils);
  EXPECT_EQ(FactsOf(amina_).family_name(), "Hassan");
  EXPECT_EQ(FactsOf(amina_).mother_tongue(), "so");
  EXPECT_TRUE(FactsOf(amina_).interpreter_needed());
}

TEST_F(CorrectedImportTest, WhatSomebodyHasTypedIsFilledInAndNotReplaced) {
  Type(amina_, "Amina", "Warsame Ali");
  Take(Pupil("RO-1", amina_, "Amina;Warsame;so;ja"), kPupils);
  EXPECT_EQ(FactsOf(amina_).family_name(), "Warsame Ali");
  EXPECT_EQ(FactsOf(amina_).mother_tongue(), "so");
  EXPECT_TRUE(FactsOf(amina_).interpreter_needed());
  // Filling in makes nothing of it the source's own.
  Take(Pupil("RO-2", amina_, "Amina;Hassan;ti;ja"), kPupils);
  EXPECT_EQ(FactsOf(amina_).family_name(), "Warsame Ali");
  EXPECT_EQ(FactsOf(amina_).mother_tongue(), "so");
  Take(Pupil("RO-1", yusuf_, "Yusuf;Omar;ar;ja"), kPupils);
  EXPECT_EQ(FactsOf(amina_).family_name(), "Warsame Ali");
}

TEST_F(CorrectedImportTest, WhatSomebodyHasTakenOutStaysOutUntilTheSourceSaysSomethingNew) {
  const auto pupil = [this](const std::string& tongue, const std::string& centre) {
    return absl::StrCat(kPupilHeader, "RO-1;", amina_, ";Amina;Warsame;", tongue, ";nei;", centre,
                        ";17.08.2026\n");
  };
  Take(pupil("so", "Rosenhof"), kPupils);
  v1::UpdateContactRequest mend;
  mend.set_participant_id(Lookup(tor_, amina_));
  mend.set_etag(Get(tor_, amina_).sides(0).etag());
  mend.mutable_facts();
  mend.mutable_update_mask()->add_paths("mother_tongue");
  ASSERT_TRUE(tor_.Call(&v1::ParticipantService::Stub::UpdateContact, mend).ok());
  ASSERT_EQ(Take(pupil("so", "Rosenhof sør"), kPupils).counts.updated(), 1);
  EXPECT_EQ(FactsOf(amina_).mother_tongue(), "");
  ASSERT_EQ(Take(pupil("ti", "Rosenhof sør"), kPupils).counts.updated(), 1);
  EXPECT_EQ(FactsOf(amina_).mother_tongue(), "ti");
}

TEST_F(CorrectedImportTest, WhoAPupilMovesToKeepsWhatSomebodyTyped) {
  Type(yusuf_, "Yusuf", "Omar Ali");
  Take(Pupil("RO-1", amina_, "Yusuf;Omar;ar;ja"), kPupils);
  Take(Pupil("RO-1", yusuf_, "Yusuf;Omar;ar;ja"), kPupils);
  EXPECT_EQ(FactsOf(yusuf_).family_name(), "Omar Ali");
  EXPECT_EQ(FactsOf(yusuf_).mother_tongue(), "ar");
}

TEST_F(CorrectedImportTest, WhatTheSourceEmptiesIsTakenBackUnlessSomebodyChangedIt) {
  Take(Pupil("RO-1", amina_, "Amina;Warsame;so;nei"), kPupils);
  ASSERT_EQ(TakeCourse("Norsk;NORSK;B1;20;;;PAGAR"), v1::ROW_OUTCOME_CREATED);
  EXPECT_EQ(CourseOf(amina_).weekly_hours(), 20);
  EXPECT_EQ(TakeCourse("Norsk;NORSK;Modul 2;;;;PAGAR"), v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(CourseOf(amina_).weekly_hours(), 0);
  EXPECT_EQ(CourseOf(amina_).language_goal(), v1::CEFR_LEVEL_UNSPECIFIED);
  EXPECT_EQ(TakeCourse("Norsk;NORSK;Modul 2;;;;PAGAR"), v1::ROW_OUTCOME_UNCHANGED);

  ASSERT_EQ(TakeCourse("Norsk;NORSK;B1;20;;;PAGAR"), v1::ROW_OUTCOME_UPDATED);
  v1::UpdateStepRequest change;
  change.set_participant_id(Lookup(tor_, amina_));
  change.set_step_id(CourseOf(amina_).step_id());
  change.set_etag(CourseOf(amina_).etag());
  change.mutable_step()->set_weekly_hours(15);
  change.mutable_update_mask()->add_paths("weekly_hours");
  const auto changed = tor_.Call(&v1::PlanService::Stub::UpdateStep, change);
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(TakeCourse("Norsk;NORSK;;;;;PAGAR"), v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(CourseOf(amina_).weekly_hours(), 15);
  EXPECT_EQ(CourseOf(amina_).language_goal(), v1::CEFR_LEVEL_B1);
}

TEST_F(CorrectedImportTest, WhatWasNeverInTheFileStays) {
  Take(Pupil("RO-1", amina_, "Amina;Warsame;so;nei"), kPupils);
  ASSERT_EQ(TakeCourse("Norsk;NORSK;;;;;PAGAR"), v1::ROW_OUTCOME_CREATED);
  v1::UpdateStepRequest change;
  change.set_participant_id(Lookup(tor_, amina_));
  change.set_step_id(CourseOf(amina_).step_id());
  change.set_etag(CourseOf(amina_).etag());
  change.mutable_step()->set_weekly_hours(15);
  change.mutable_update_mask()->add_paths("weekly_hours");
  ASSERT_TRUE(tor_.Call(&v1::PlanService::Stub::UpdateStep, change).ok());
  EXPECT_EQ(TakeCourse("Norsk 1;NORSK;;;;;PAGAR"), v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(TakeCourse("Norsk 2;NORSK;;;;;PAGAR"), v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(CourseOf(amina_).weekly_hours(), 15);
}

TEST_F(CorrectedImportTest, AbsenceThatTheSourceTakesBackIsNotKnownAgain) {
  Take(Pupil("RO-1", amina_, "Amina;Warsame;so;nei"), kPupils);
  TakeCourse("Norsk;NORSK;A2;;;;PAGAR");
  const auto week = [](const std::string& hours) {
    return absl::StrCat(kAbsenceHeader, "RO-1;NO-7;2026-W34;", hours, "\n");
  };
  ASSERT_EQ(OneOutcome(Take(week("20;7,5;"), kAbsences)), v1::ROW_OUTCOME_CREATED);
  ASSERT_EQ(HoursOf(amina_).at(0).attended_hours(), 12.5);
  EXPECT_EQ(OneOutcome(Take(week("20;;"), kAbsences)), v1::ROW_OUTCOME_UPDATED);
  ASSERT_EQ(HoursOf(amina_).size(), 1u);
  EXPECT_FALSE(HoursOf(amina_)[0].has_attended_hours());
  EXPECT_FALSE(HoursOf(amina_)[0].has_undocumented_absence_hours());
  EXPECT_EQ(HoursOf(amina_)[0].planned_hours(), 20);

  // What the teacher has typed stays.
  v1::RecordHoursRequest typed;
  typed.set_participant_id(Lookup(tor_, amina_));
  v1::WeekHours* hours = typed.add_hours();
  hours->set_week("2026-W34");
  hours->set_course_id("NO-7");
  hours->set_kind(v1::HOURS_KIND_NORSK);
  hours->set_attended_hours(18);
  const auto recorded = tor_.Call(&v1::LanguageService::Stub::RecordHours, typed);
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  EXPECT_EQ(OneOutcome(Take(week("21;;"), kAbsences)), v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(HoursOf(amina_)[0].attended_hours(), 18);
  EXPECT_EQ(HoursOf(amina_)[0].planned_hours(), 21);
}

}  // namespace
}  // namespace navo
