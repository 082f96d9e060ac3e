// Files of adult education that build on each other: pupils, their courses, and test results.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "navo/v1/access_log.grpc.pb.h"
#include "tests/services/import_fixture.h"

namespace navo {
namespace {

using support::Import;
using support::Imported;
using support::NumberOf;
using support::Sending;
using support::TestServer;
using testing::ElementsAre;
using testing::IsEmpty;

const Sending kPupils{.format = v1::IMPORT_FORMAT_VO_ELEVER, .source_system = "vo-skole"};
const Sending kCourses{.format = v1::IMPORT_FORMAT_VO_KURS, .source_system = "vo-skole"};
const Sending kTests{.format = v1::IMPORT_FORMAT_NORSKPROVE, .source_system = "hk-dir"};

const Sending kAbsences{.format = v1::IMPORT_FORMAT_VO_FRAVAER, .source_system = "vo-skole"};

constexpr char kPupilHeader[] = "elev_id;fodselsnummer;fornavn;etternavn;sentrum;start\n";
constexpr char kCourseHeader[] =
    "elev_id;kurs_id;kursnavn;type;nivaa;timer_per_uke;fra;til;status\n";
constexpr char kAbsenceHeader[] = "elev_id;kurs_id;uke;timer_planlagt;timer_fravaer;dokumentert\n";
constexpr char kTestHeader[] = "fodselsnummer;dato;delprove;nivaaband;resultat\n";

std::string Pupil(const std::string& id, const std::string& number) {
  return absl::StrCat(id, ";", number, ";Amina;Warsame;Rosenhof;17.08.2026\n");
}

std::string Course(const std::string& pupil, const std::string& course,
                   const std::string& rest = "Norsk;NORSK;A2;7,5;17.08.2026;18.12.2026;PAGAR") {
  return absl::StrCat(pupil, ";", course, ";", rest, "\n");
}

std::string Attempt(const std::string& number, const std::string& rest) {
  return absl::StrCat(number, ";", rest, "\n");
}

// "REASON column" of every row that the report lists.
std::vector<std::string> Reasons(const Imported& imported) {
  std::vector<std::string> reasons;
  for (const v1::RowResult& result : imported.results) {
    EXPECT_FALSE(result.advice().empty());
    reasons.push_back(absl::StrCat(result.reason(), " ", result.column()));
  }
  return reasons;
}

class ImportFormatsTest : public support::ImportTest {
 protected:
  void TakePupil(const std::string& id, const std::string& number) {
    EXPECT_EQ(Take(kPupilHeader + Pupil(id, number), kPupils).counts.rejected(), 0);
  }
  v1::RowOutcome TakeCourse(const std::string& row) {
    return OneOutcome(Take(kCourseHeader + row, kCourses));
  }
  v1::RowOutcome TakeTest(const std::string& row) {
    return OneOutcome(Take(kTestHeader + row, kTests));
  }
  // The steps that came from vo-kurs.
  std::vector<v1::Step> CoursesOf(const std::string& number) {
    std::vector<v1::Step> courses;
    for (const v1::Step& step : StepsOf(tor_, number)) {
      if (step.has_offering()) courses.push_back(step);
    }
    return courses;
  }
  v1::SkillProgress ProgressOf(const std::string& number, v1::Skill skill) {
    v1::GetProgressRequest request;
    request.set_participant_id(Lookup(tor_, number));
    const auto got = tor_.Call(&v1::LanguageService::Stub::GetProgress, request);
    EXPECT_TRUE(got.ok()) << got.status();
    if (!got.ok()) return {};
    for (const v1::SkillProgress& progress : got->skills()) {
      if (progress.skill() == skill) return progress;
    }
    return {};
  }
  // By course.
  std::map<std::string, v1::WeekHours> HoursOf(const std::string& number) {
    v1::GetProgressRequest request;
    request.set_participant_id(Lookup(tor_, number));
    const auto got = tor_.Call(&v1::LanguageService::Stub::GetProgress, request);
    EXPECT_TRUE(got.ok()) << got.status();
    std::map<std::string, v1::WeekHours> hours;
    if (!got.ok()) return hours;
    for (const v1::WeekHours& week : got->hours()) hours[week.course_id()] = week;
    return hours;
  }
  std::vector<std::string> ActsOf(const std::string& participant) {
    v1::ListAccessRequest request;
    request.set_participant_id("me");
    const auto log = server_.As(participant).Call(&v1::AccessLogService::Stub::ListAccess, request);
    EXPECT_TRUE(log.ok()) << log.status();
    std::vector<std::string> acts;
    if (!log.ok()) return acts;
    for (const auto& act : log->acts()) acts.push_back(v1::Role_Name(act.role()));
    return acts;
  }
};

TEST_F(ImportFormatsTest, ACourseIsAStepOfTheUnitAndAnOfferingOfTheCatalogue) {
  TakePupil("RO-1", amina_);
  EXPECT_EQ(TakeCourse(Course("RO-1", "NO-7")), v1::ROW_OUTCOME_CREATED);
  ASSERT_EQ(CoursesOf(amina_).size(), 1u);
  const v1::Step step = CoursesOf(amina_)[0];
  EXPECT_EQ(step.title(), "Norsk");
  EXPECT_EQ(step.type(), v1::STEP_TYPE_NORSKOPPLAERING);
  EXPECT_EQ(step.status(), v1::STEP_STATUS_GJENNOMFOERES);
  EXPECT_EQ(step.weekly_hours(), 8);
  EXPECT_EQ(step.language_goal(), v1::CEFR_LEVEL_A2);
  EXPECT_EQ(step.start_date().day(), 17);
  EXPECT_EQ(step.end_date().month(), 12);
  EXPECT_EQ(step.owner_unit(), "vo-rosenhof");
  EXPECT_EQ(step.offering().offering_id(), "NO-7");
  EXPECT_EQ(step.offering().title(), "Norsk");
  EXPECT_EQ(step.offering().measure_code(), "NORSK");
  EXPECT_EQ(step.provenance().source_system(), "vo-skole");
  EXPECT_EQ(step.provenance().source_id(), "RO-1 NO-7");
  EXPECT_EQ(step.provenance().role(), v1::ROLE_INTEGRASJON);
  EXPECT_EQ(StepsOf(tor_, amina_).size(), 2u);  // and that of vo-elever, which stays as it is
}

TEST_F(ImportFormatsTest, ALaterFileChangesTheStepOfTheCourse) {
  TakePupil("RO-1", amina_);
  TakeCourse(Course("RO-1", "FOV", "FOV;FOV_MODUL;Modul 2;20;17.08.2026;;PAGAR"));
  EXPECT_EQ(CoursesOf(amina_).at(0).title(), "FOV, Modul 2");
  EXPECT_EQ(CoursesOf(amina_).at(0).language_goal(), v1::CEFR_LEVEL_UNSPECIFIED);
  EXPECT_EQ(TakeCourse(Course("RO-1", "FOV", "FOV;FOV_MODUL;Modul 2;20;17.08.2026;;AVBRUTT")),
            v1::ROW_OUTCOME_UPDATED);
  ASSERT_EQ(CoursesOf(amina_).size(), 1u);
  EXPECT_EQ(CoursesOf(amina_)[0].status(), v1::STEP_STATUS_AVBRUTT);
  EXPECT_EQ(CoursesOf(amina_)[0].status_reason(), "AVBRUTT");
  EXPECT_EQ(CoursesOf(amina_)[0].version(), 2);
}

TEST_F(ImportFormatsTest, RowsThatNameACourseDifferentlyDoNotChangeItToAndFro) {
  TakePupil("RO-1", amina_);
  TakePupil("RO-2", NumberOf("yusuf"));
  const std::string file =
      absl::StrCat(kCourseHeader, Course("RO-1", "NO-7", "Norsk dag;NORSK;;;;;PAGAR"),
                   Course("RO-2", "NO-7", "Norsk kveld;NORSK;;;;;PAGAR"));
  EXPECT_EQ(Take(file, kCourses).counts.created(), 2);
  const support::Stored before = Count(server_);
  EXPECT_EQ(Take(file, kCourses).counts.unchanged(), 2);
  EXPECT_EQ(Count(server_).journal, before.journal);
  EXPECT_EQ(CoursesOf(amina_).at(0).title(), "Norsk dag");
  EXPECT_EQ(CoursesOf(NumberOf("yusuf")).at(0).title(), "Norsk kveld");
}

TEST_F(ImportFormatsTest, ACourseOfAPupilWhoHasNotComeIsRejected) {
  const support::Stored before = Count(server_);
  const Imported taken = Take(kCourseHeader + Course("RO-1", "NO-7"), kCourses);
  EXPECT_THAT(Reasons(taken), ElementsAre("PERSON_UNKNOWN elev_id"));
  EXPECT_EQ(Count(server_), before);
  TakePupil("RO-1", amina_);
  // Another source system has ids of its own.
  Sending other = kCourses;
  other.source_system = "annen-skole";
  EXPECT_THAT(Reasons(Take(kCourseHeader + Course("RO-1", "NO-7"), other)),
              ElementsAre("PERSON_UNKNOWN elev_id"));
  EXPECT_EQ(TakeCourse(Course("RO-1", "NO-7")), v1::ROW_OUTCOME_CREATED);
}

TEST_F(ImportFormatsTest, ThePupilOfAnotherUnitReadsLikeOneNobodyKnows) {
  support::TempFolder folder;
  auto seed = nlohmann::json::parse(support::ExampleText("seed.json"));
  nlohmann::json system = seed["systems"][1];
  ASSERT_EQ(system["key"], "vo-system");
  system["key"] = system["subject"] = "helsfyr-system";
  system["memberships"][0]["unit"] = "vo-helsfyr";
  seed["systems"].push_back(system);
  std::ofstream(folder.File("seed.json")) << seed.dump();
  TestServer server(TestServer::Setup{.seed = folder.File("seed.json")});
  ASSERT_EQ(Import(server.As("vo-system"), kPupilHeader + Pupil("RO-1", amina_), kPupils)
                .counts.created(),
            1);
  const client::Client helsfyr = server.As("helsfyr-system");
  const Imported known = Import(helsfyr, kCourseHeader + Course("RO-1", "NO-7"), kCourses);
  const Imported unknown = Import(helsfyr, kCourseHeader + Course("RO-2", "NO-7"), kCourses);
  ASSERT_EQ(known.results.size(), 1u);
  ASSERT_EQ(unknown.results.size(), 1u);
  EXPECT_EQ(known.results[0].SerializeAsString(), unknown.results[0].SerializeAsString());
  EXPECT_EQ(known.results[0].reason(), "PERSON_UNKNOWN");
  EXPECT_EQ(Count(server).steps, 1);
}

TEST_F(ImportFormatsTest, ACourseOfSomebodyWhoIsNotTheUnitsIsRejected) {
  TakePupil("RO-1", amina_);
  TakeCourse(Course("RO-1", "NO-7"));
  EndTie(tor_, v1::TIE_END_REASON_WRONG_PERSON);
  const Imported refused =
      Take(kCourseHeader + Course("RO-1", "NO-7", "Norsk;NORSK;;;;;FULLFORT"), kCourses);
  EXPECT_THAT(Reasons(refused), ElementsAre("SCOPE_MISSING "));
  ASSERT_EQ(CoursesOf(NumberOf("yusuf")).size(), 1u);
  EXPECT_EQ(CoursesOf(NumberOf("yusuf"))[0].status(), v1::STEP_STATUS_GJENNOMFOERES);
}

TEST_F(ImportFormatsTest, CourseAndHoursFollowThePupilWhoIsFoundToBeSomebodyElse) {
  TakePupil("RO-1", amina_);
  const std::string course = Course("RO-1", "NO-7");
  TakeCourse(course);
  const std::string week = "RO-1;NO-7;2026-W34;20;7,5;\n";
  EXPECT_EQ(Take(kAbsenceHeader + week, kAbsences).counts.created(), 1);
  TakePupil("RO-1", NumberOf("yusuf"));
  // Of the other person's course nothing has come yet.
  EXPECT_THAT(Reasons(Take(kAbsenceHeader + week, kAbsences)),
              ElementsAre("COURSE_UNKNOWN kurs_id"));
  EXPECT_EQ(TakeCourse(course), v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(Take(kAbsenceHeader + week, kAbsences).counts.updated(), 1);
  EXPECT_THAT(HoursOf(amina_), IsEmpty());
  EXPECT_EQ(HoursOf(NumberOf("yusuf"))["NO-7"].attended_hours(), 12.5);
  EXPECT_THAT(CoursesOf(amina_), IsEmpty());
  EXPECT_EQ(CoursesOf(NumberOf("yusuf")).size(), 1u);
  EXPECT_EQ(TakeCourse(course), v1::ROW_OUTCOME_UNCHANGED);
}

TEST_F(ImportFormatsTest, AWeekInACourseBecomesHoursOfItsKind) {
  TakePupil("RO-1", amina_);
  TakeCourse(Course("RO-1", "NO-7"));
  TakeCourse(Course("RO-1", "SK-1", "Samfunnskunnskap;SAMFUNNSKUNNSKAP;;;;;PAGAR"));
  TakeCourse(Course("RO-1", "AR-1", "Arbeidsrettet;ARBEIDSRETTET;;;;;PAGAR"));
  const std::string file =
      absl::StrCat(kAbsenceHeader, "RO-1;NO-7;2026-W34;20;7,5;2,25\n",
                   "RO-1;SK-1;2026-W34;7,5;0;nei\n", "RO-1;AR-1;2026-W50;10;;\n");
  EXPECT_EQ(Take(file, kAbsences).counts.created(), 3);
  std::map<std::string, v1::WeekHours> weeks = HoursOf(amina_);
  ASSERT_EQ(weeks.size(), 3u);
  const v1::WeekHours& norwegian = weeks["NO-7"];
  EXPECT_EQ(norwegian.week(), "2026-W34");
  EXPECT_EQ(norwegian.kind(), v1::HOURS_KIND_NORSK);
  EXPECT_EQ(norwegian.planned_hours(), 20);
  EXPECT_EQ(norwegian.attended_hours(), 12.5);
  EXPECT_EQ(norwegian.documented_absence_hours(), 2.25);
  EXPECT_EQ(norwegian.undocumented_absence_hours(), 5.25);
  EXPECT_EQ(norwegian.provenance().source_system(), "vo-skole");
  EXPECT_EQ(norwegian.provenance().source_id(), "RO-1 NO-7 2026-W34");
  EXPECT_EQ(weeks["SK-1"].kind(), v1::HOURS_KIND_SAMFUNNSKUNNSKAP);
  EXPECT_EQ(weeks["AR-1"].kind(), v1::HOURS_KIND_ANNET);
  EXPECT_FALSE(weeks["AR-1"].has_attended_hours());

  const support::Stored before = Count(server_);
  EXPECT_EQ(Take(file, kAbsences).counts.unchanged(), 3);
  EXPECT_EQ(Count(server_).journal, before.journal);
  const Imported mended =
      Take(absl::StrCat(kAbsenceHeader, "RO-1;NO-7;2026-W34;20;0;\n"), kAbsences);
  EXPECT_EQ(OneOutcome(mended), v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(HoursOf(amina_)["NO-7"].attended_hours(), 20);
}

TEST_F(ImportFormatsTest, AWeekOfNobodyOrOfNoCourseIsRejected) {
  TakePupil("RO-1", amina_);
  TakePupil("RO-2", NumberOf("yusuf"));
  TakeCourse(Course("RO-2", "NO-7"));
  const Imported taken =
      Take(absl::StrCat(kAbsenceHeader, "RO-3;NO-7;2026-W34;20;0;\n", "RO-1;NO-7;2026-W34;20;0;\n",
                        "RO-2;NO-8;2026-W34;20;0;\n", "RO-2;NO-7;2026-W46;20;0;\n",
                        "RO-2;NO-7;2026-W45;20;0;\n"),
           kAbsences);
  // The clock stands at the Monday of week 45.
  EXPECT_THAT(Reasons(taken), ElementsAre("PERSON_UNKNOWN elev_id", "COURSE_UNKNOWN kurs_id",
                                          "COURSE_UNKNOWN kurs_id", "INVALID_DATE uke"));
  EXPECT_EQ(taken.counts.created(), 1);
  EXPECT_THAT(HoursOf(amina_), IsEmpty());
}

TEST_F(ImportFormatsTest, ATestResultComesWithAPersonWhoIsNotKnownYet) {
  EXPECT_EQ(TakeTest(Attempt(amina_, "20.05.2026;SKRIFTLIG;A2-B1;B1")), v1::ROW_OUTCOME_CREATED);
  const v1::GetParticipantResponse who = Get(tor_, amina_);
  ASSERT_EQ(who.ties_size(), 1);
  EXPECT_EQ(who.ties(0).reason(), v1::TIE_REASON_SOURCE_SYSTEM);
  const v1::SkillProgress progress = ProgressOf(amina_, v1::SKILL_SKRIFTLIG);
  ASSERT_EQ(progress.test_results_size(), 1);
  EXPECT_EQ(progress.test_results(0).level(), v1::CEFR_LEVEL_B1);
  EXPECT_EQ(progress.test_results(0).band(), v1::TEST_BAND_A2_B1);
  EXPECT_EQ(progress.test_results(0).date().month(), 5);
  EXPECT_EQ(progress.test_results(0).provenance().source_system(), "hk-dir");
  EXPECT_EQ(progress.test_results(0).provenance().source_id(), "");
  EXPECT_EQ(progress.assessments_size(), 0);
}

TEST_F(ImportFormatsTest, EveryAttemptIsKeptAndACorrectionIsNoAttempt) {
  TakeTest(Attempt(amina_, "20.05.2026;SKRIFTLIG;B1-B2;Ikke bestått"));
  TakeTest(Attempt(amina_, "16.09.2026;SKRIFTLIG;A2-B1;A2"));
  v1::SkillProgress progress = ProgressOf(amina_, v1::SKILL_SKRIFTLIG);
  ASSERT_EQ(progress.test_results_size(), 2);
  EXPECT_EQ(progress.best_tested(), v1::CEFR_LEVEL_A2);
  const std::string id = progress.test_results(0).test_result_id();

  const support::Stored before = Count(server_);
  EXPECT_EQ(TakeTest(Attempt(amina_, "2026-05-20;SKRIFTLIG;B1-B2;B2")), v1::ROW_OUTCOME_UPDATED);
  progress = ProgressOf(amina_, v1::SKILL_SKRIFTLIG);
  ASSERT_EQ(progress.test_results_size(), 2);
  EXPECT_EQ(progress.test_results(0).test_result_id(), id);
  EXPECT_EQ(progress.test_results(0).outcome(), v1::TEST_OUTCOME_LEVEL);
  EXPECT_EQ(progress.best_tested(), v1::CEFR_LEVEL_B2);
  // The first words stay in the journal; nobody and nothing else came.
  EXPECT_EQ(Count(server_).journal, before.journal + 1);
  EXPECT_EQ(Count(server_).participants, 1);
  EXPECT_EQ(TakeTest(Attempt(amina_, "2026-05-20;SKRIFTLIG;B1-B2;B2")), v1::ROW_OUTCOME_UNCHANGED);
}

TEST_F(ImportFormatsTest, ATestOfTomorrowHasNoResult) {
  const Imported taken = Take(absl::StrCat(kTestHeader, Attempt(amina_, "2026-11-03;LESE;;A2"),
                                           Attempt(NumberOf("yusuf"), "2026-11-02;LESE;;A2")),
                              kTests);
  EXPECT_THAT(Reasons(taken), ElementsAre("INVALID_DATE dato"));
  EXPECT_EQ(taken.counts.created(), 1);
  EXPECT_EQ(Count(server_).participants, 1);
}

TEST_F(ImportFormatsTest, ResultsOfSomebodyWhoIsNotTheUnitsAreRejected) {
  TakeTest(Attempt(amina_, "20.05.2026;LESE;;A2"));
  EndTie(tor_, v1::TIE_END_REASON_WRONG_PERSON);
  const Imported refused = Take(kTestHeader + Attempt(amina_, "20.05.2026;LESE;;B1"), kTests);
  EXPECT_THAT(Reasons(refused), ElementsAre("SCOPE_MISSING "));
  const v1::SkillProgress progress = ProgressOf(NumberOf("yusuf"), v1::SKILL_LESE);
  ASSERT_EQ(progress.test_results_size(), 1);
  EXPECT_EQ(progress.test_results(0).level(), v1::CEFR_LEVEL_A2);
}

TEST_F(ImportFormatsTest, AProtectedPersonsResultStaysWithTheOwnSide) {
  const std::string file =
      absl::StrCat(kTestHeader, Attempt(NumberOf("signe"), "20.05.2026;LESE;;A2"),
                   Attempt(amina_, "20.05.2026;LESE;;A2"));
  const Imported taken = Take(file, kTests);
  EXPECT_EQ(taken.counts.created(), 2);
  EXPECT_THAT(taken.results, IsEmpty());
  EXPECT_EQ(Count(server_).shadows, 1);
  EXPECT_EQ(Take(file, kTests).counts.unchanged(), 2);
  EXPECT_EQ(Count(server_).participants, 2);
}

TEST_F(ImportFormatsTest, WhoseRowsChangedNothingReadsThatTheyWereLookedAt) {
  TakePupil("RO-1", amina_);
  TakeCourse(Course("RO-1", "NO-7"));
  TakeTest(Attempt(amina_, "20.05.2026;LESE;;A2"));
  EXPECT_EQ(ActsOf("amina").size(), 3u);
  EXPECT_EQ(Take(kPupilHeader + Pupil("RO-1", amina_), kPupils).counts.unchanged(), 1);
  EXPECT_EQ(TakeCourse(Course("RO-1", "NO-7")), v1::ROW_OUTCOME_UNCHANGED);
  EXPECT_EQ(TakeTest(Attempt(amina_, "20.05.2026;LESE;;A2")), v1::ROW_OUTCOME_UNCHANGED);
  // The look at the log above is a line too.
  EXPECT_THAT(ActsOf("amina"), testing::SizeIs(7));
}

// The ways to write the same file.
struct Dialect {
  std::string name;
  std::string separator;
  std::string line_end;
  std::string first_bytes;
  v1::TextEncoding encoding = v1::TEXT_ENCODING_UTF_8;
};

class DialectTest : public ImportFormatsTest, public testing::WithParamInterface<Dialect> {
 protected:
  // In the dialect: the text has ';' and LF, and no ';' inside a field.
  std::string Written(std::string text) const {
    text = absl::StrReplaceAll(text, {{";", GetParam().separator}, {"\n", GetParam().line_end}});
    if (GetParam().encoding == v1::TEXT_ENCODING_WINDOWS_1252) {
      text =
          absl::StrReplaceAll(text, {{"å", "\xE5"}, {"æ", "\xE6"}, {"ø", "\xF8"}, {"–", "\x96"}});
    }
    return GetParam().first_bytes + text;
  }
  Imported TakeWritten(const std::string& text, Sending how) {
    how.encoding = GetParam().encoding;
    return Take(Written(text), how);
  }
};

TEST_P(DialectTest, EveryTabularFormatIsReadInIt) {
  EXPECT_EQ(TakeWritten(kPupilHeader + Pupil("RO-1", amina_), kPupils).counts.created(), 1);
  const Imported courses = TakeWritten(
      absl::StrCat("status;nivå;elev_id;til;fra;type;kurs_id;kursnavn;timer_per_uke;rom\n",
                   "Pågår;A2;RO-1;2026-12-18;17.08.2026;NORSK;NO-7;\"Norsk \"\"på\nkveld\"\"\";"
                   "\"7,5\";x\n",
                   "Pågår;A2;RO-1;2026-12-18;17.08.2026;NORSK;NO-8;Norsk på dagtid;\"7,5\";x\n",
                   "Pågår;A2;RO-2;2026-12-18;17.08.2026;NORSK;NO-8;Norsk;\"7,5\";\"x\"\"y\"\"\"\n"),
      kCourses);
  // The name with a line end inside is refused; the lines behind it keep their numbers.
  EXPECT_THAT(Reasons(courses),
              ElementsAre("UNKNOWN_COLUMN rom", "ENCODING kursnavn", "PERSON_UNKNOWN elev_id"));
  ASSERT_EQ(courses.results.size(), 3u);
  EXPECT_EQ(courses.results[1].line(), 2);
  EXPECT_EQ(courses.results[2].line(), 5);
  EXPECT_EQ(CoursesOf(amina_).at(0).title(), "Norsk på dagtid");
  EXPECT_EQ(CoursesOf(amina_).at(0).weekly_hours(), 8);

  const Imported absences =
      TakeWritten(absl::StrCat("timer_fravær;uke;elev_id;kurs_id;dokumentert;timer_planlagt\n",
                               "\"2,25\";2026-W34;RO-1;NO-8;ja;\"7,5\"\n"),
                  kAbsences);
  EXPECT_THAT(absences.results, IsEmpty());

  const Imported tests =
      TakeWritten(absl::StrCat("delprøve;nivåbånd;resultat;dato;fødselsnummer\n",
                               "SKRIFTLIG;A2–B1;Ikke møtt;20.05.2026;", amina_, "\n"),
                  kTests);
  EXPECT_THAT(tests.results, IsEmpty());
  EXPECT_EQ(ProgressOf(amina_, v1::SKILL_SKRIFTLIG).test_results(0).outcome(),
            v1::TEST_OUTCOME_IKKE_MOETT);
}

INSTANTIATE_TEST_SUITE_P(
    Files, DialectTest,
    testing::Values(Dialect{"SemicolonAndLf", ";", "\n", ""},
                    Dialect{"CommaCrLfAndByteOrderMark", ",", "\r\n", "\xEF\xBB\xBF"},
                    Dialect{"TabAndLf", "\t", "\n", ""},
                    Dialect{"Windows1252", ";", "\r\n", "", v1::TEXT_ENCODING_WINDOWS_1252}),
    [](const testing::TestParamInfo<Dialect>& dialect) { return dialect.param.name; });

}  // namespace
}  // namespace navo
