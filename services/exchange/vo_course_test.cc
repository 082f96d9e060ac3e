#include "services/exchange/vo_course.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "services/domain/calendar.h"

namespace navo::services {
namespace {

const std::vector<std::string> kHeader = {"elev_id",       "kurs_id", "kursnavn", "type",  "nivaa",
                                          "timer_per_uke", "fra",     "til",      "status"};

Parsed<VoCourse> Parse(const std::vector<std::string>& row) {
  return ParseVoCourse(*CsvHeader::Parse(kVoCourseProfile, kHeader), row);
}

// The row, with another value in one column.
Parsed<VoCourse> With(const std::string& column, const std::string& value) {
  std::vector<std::string> row = {"RO-1", "NO-A2-H26",  "Norsk kveld", "NORSK", "A2",
                                  "7,5",  "17.08.2026", "2026-12-18",  "PAGAR"};
  const auto at = std::find(kHeader.begin(), kHeader.end(), column) - kHeader.begin();
  if (at < static_cast<std::ptrdiff_t>(row.size())) row[static_cast<std::size_t>(at)] = value;
  return Parse(row);
}

std::string ProblemWith(const std::string& column, const std::string& value) {
  const Parsed<VoCourse> parsed = With(column, value);
  const auto* problem = std::get_if<RowProblem>(&parsed);
  if (problem == nullptr) return "taken in";
  EXPECT_FALSE(problem->advice.empty());
  return std::string(problem->reason) + " " + problem->column;
}

TEST(VoCourse, EveryFieldIsRead) {
  const Parsed<VoCourse> parsed = With("", "");
  ASSERT_TRUE(std::holds_alternative<VoCourse>(parsed)) << std::get<RowProblem>(parsed).column;
  const auto& course = std::get<VoCourse>(parsed);
  EXPECT_EQ(course.pupil_id, "RO-1");
  EXPECT_EQ(course.course_id, "NO-A2-H26");
  EXPECT_EQ(course.course_name, "Norsk kveld");
  EXPECT_EQ(course.type.code, "NORSK");
  EXPECT_EQ(course.type.step_type, v1::STEP_TYPE_NORSKOPPLAERING);
  EXPECT_EQ(course.level, "A2");
  EXPECT_EQ(course.cefr_level, v1::CEFR_LEVEL_A2);
  EXPECT_EQ(course.weekly_hundredths, 750);
  EXPECT_EQ(course.start_day, domain::ParseDay("2026-08-17"));
  EXPECT_EQ(course.end_day, domain::ParseDay("2026-12-18"));
  EXPECT_EQ(course.status.step_status, v1::STEP_STATUS_GJENNOMFOERES);
  EXPECT_EQ(course.status.reason, "");
}

TEST(VoCourse, EveryTypeHasAStep) {
  const std::map<std::string, v1::StepType> expected = {
      {"NORSK", v1::STEP_TYPE_NORSKOPPLAERING},   {"samfunnskunnskap", v1::STEP_TYPE_ANNET},
      {"FOV-modul", v1::STEP_TYPE_FOV},           {"GRUNNSKOLE", v1::STEP_TYPE_FOV},
      {"VGS_MODUL", v1::STEP_TYPE_VIDEREGAAENDE}, {"Arbeidsrettet", v1::STEP_TYPE_ARBEIDSTRENING}};
  for (const auto& [type, step_type] : expected) {
    const Parsed<VoCourse> parsed = With("type", type);
    ASSERT_TRUE(std::holds_alternative<VoCourse>(parsed)) << type;
    EXPECT_EQ(std::get<VoCourse>(parsed).type.step_type, step_type) << type;
  }
  EXPECT_EQ(ProblemWith("type", "YOGA"), "UNKNOWN_CODE type");
  EXPECT_EQ(ProblemWith("type", ""), "MISSING_FIELD type");
}

TEST(VoCourse, EveryStatusIsOneOfThePlanAndAnUnknownOneIsReported) {
  const std::map<std::string, v1::StepStatus> expected = {
      {"SOKT", v1::STEP_STATUS_FORESLAATT},     {"Søkt", v1::STEP_STATUS_FORESLAATT},
      {"SOEKT", v1::STEP_STATUS_FORESLAATT},    {"venteliste", v1::STEP_STATUS_FORESLAATT},
      {"PLANLAGT", v1::STEP_STATUS_PLANLAGT},   {"PAGAR", v1::STEP_STATUS_GJENNOMFOERES},
      {"Pågår", v1::STEP_STATUS_GJENNOMFOERES}, {"PAAGAAR", v1::STEP_STATUS_GJENNOMFOERES},
      {"FULLFORT", v1::STEP_STATUS_FULLFOERT},  {"Fullført", v1::STEP_STATUS_FULLFOERT},
      {"FULLFOERT", v1::STEP_STATUS_FULLFOERT}, {"AVBRUTT", v1::STEP_STATUS_AVBRUTT},
      {"IKKE_MOTT", v1::STEP_STATUS_AVBRUTT},   {"Ikke møtt", v1::STEP_STATUS_AVBRUTT},
      {"IKKE_MOETT", v1::STEP_STATUS_AVBRUTT}};
  for (const auto& [status, step_status] : expected) {
    const Parsed<VoCourse> parsed = With("status", status);
    ASSERT_TRUE(std::holds_alternative<VoCourse>(parsed)) << status;
    EXPECT_EQ(std::get<VoCourse>(parsed).status.step_status, step_status) << status;
    // A step that is broken off always says why.
    EXPECT_EQ(std::get<VoCourse>(parsed).status.reason.empty(),
              step_status != v1::STEP_STATUS_AVBRUTT)
        << status;
  }
  EXPECT_EQ(ProblemWith("status", "PERMISJON"), "UNKNOWN_STATUS status");
  EXPECT_EQ(ProblemWith("status", ""), "MISSING_FIELD status");
}

TEST(VoCourse, ALevelThatIsNoneOfCefrStaysAsItIsWritten) {
  const Parsed<VoCourse> parsed = With("nivaa", "Modul 2");
  ASSERT_TRUE(std::holds_alternative<VoCourse>(parsed));
  EXPECT_EQ(std::get<VoCourse>(parsed).level, "Modul 2");
  EXPECT_EQ(std::get<VoCourse>(parsed).cefr_level, v1::CEFR_LEVEL_UNSPECIFIED);
  EXPECT_EQ(std::get<VoCourse>(With("nivaa", "b1")).cefr_level, v1::CEFR_LEVEL_B1);
  EXPECT_EQ(std::get<VoCourse>(With("nivaa", "A1-A2")).cefr_level, v1::CEFR_LEVEL_UNSPECIFIED);
}

TEST(VoCourse, WrongAndMissingValues) {
  EXPECT_EQ(ProblemWith("elev_id", ""), "MISSING_FIELD elev_id");
  EXPECT_EQ(ProblemWith("elev_id", std::string(101, 'x')), "TOO_LONG elev_id");
  EXPECT_EQ(ProblemWith("kurs_id", ""), "MISSING_FIELD kurs_id");
  EXPECT_EQ(ProblemWith("kurs_id", std::string(51, 'x')), "TOO_LONG kurs_id");
  EXPECT_EQ(ProblemWith("kursnavn", ""), "MISSING_FIELD kursnavn");
  EXPECT_EQ(ProblemWith("kursnavn", "a\x01"), "ENCODING kursnavn");
  EXPECT_EQ(ProblemWith("kursnavn", "Норвезька «ранок» 早上"), "taken in");
  EXPECT_EQ(ProblemWith("nivaa", std::string(41, 'x')), "TOO_LONG nivaa");
  EXPECT_EQ(ProblemWith("timer_per_uke", "60,5"), "INVALID_NUMBER timer_per_uke");
  EXPECT_EQ(ProblemWith("timer_per_uke", "mange"), "INVALID_NUMBER timer_per_uke");
  EXPECT_EQ(ProblemWith("timer_per_uke", ""), "taken in");
  EXPECT_EQ(ProblemWith("fra", "31.02.2026"), "INVALID_DATE fra");
  EXPECT_EQ(ProblemWith("fra", ""), "taken in");
  EXPECT_EQ(ProblemWith("til", "2026-08-16"), "BACKWARDS_PERIOD til");
  EXPECT_EQ(ProblemWith("til", ""), "taken in");
}

}  // namespace
}  // namespace navo::services
