#include "services/exchange/vo_absence.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/domain/calendar.h"

namespace navo::services {
namespace {

const std::vector<std::string> kHeader = {"elev_id",        "kurs_id",       "uke",
                                          "timer_planlagt", "timer_fravaer", "dokumentert"};

struct Row {
  std::string pupil = "RO-1";
  std::string course = "NO-7";
  std::string week = "2026-W34";
  std::string planned = "20";
  std::string absence = "7,5";
  std::string documented = "nei";
};

Parsed<VoAbsence> Parse(const Row& row) {
  return ParseVoAbsence(
      *CsvHeader::Parse(kVoAbsenceProfile, kHeader),
      {row.pupil, row.course, row.week, row.planned, row.absence, row.documented});
}

VoAbsence Read(const Row& row) {
  Parsed<VoAbsence> parsed = Parse(row);
  if (const auto* problem = std::get_if<RowProblem>(&parsed)) {
    ADD_FAILURE() << problem->reason << " " << problem->column;
    return {};
  }
  return std::get<VoAbsence>(std::move(parsed));
}

std::string ProblemOf(const Row& row) {
  const Parsed<VoAbsence> parsed = Parse(row);
  const auto* problem = std::get_if<RowProblem>(&parsed);
  if (problem == nullptr) return "taken in";
  EXPECT_FALSE(problem->advice.empty());
  return std::string(problem->reason) + " " + problem->column;
}

TEST(VoAbsence, EveryFieldIsRead) {
  const VoAbsence row = Read({});
  EXPECT_EQ(row.pupil_id, "RO-1");
  EXPECT_EQ(row.course_id, "NO-7");
  EXPECT_EQ(row.week_day, *domain::ParseDay("2026-08-17"));
  EXPECT_EQ(row.planned_hours, 20);
  ASSERT_TRUE(row.absence.has_value());
  EXPECT_EQ(row.absence->attended_hours, 12.5);
  EXPECT_EQ(row.absence->documented_hours, 0);
  EXPECT_EQ(row.absence->undocumented_hours, 7.5);
}

TEST(VoAbsence, DocumentedIsAllNoneOrSoManyHours) {
  EXPECT_EQ(Read({.documented = "JA"}).absence->documented_hours, 7.5);
  EXPECT_EQ(Read({.documented = "ja"}).absence->undocumented_hours, 0);
  EXPECT_EQ(Read({.documented = ""}).absence->undocumented_hours, 7.5);
  EXPECT_EQ(Read({.documented = "2,25"}).absence->documented_hours, 2.25);
  EXPECT_EQ(Read({.documented = "2.25"}).absence->undocumented_hours, 5.25);
  EXPECT_EQ(Read({.documented = "7,5"}).absence->undocumented_hours, 0);
  EXPECT_EQ(ProblemOf({.documented = "7,75"}), "DOES_NOT_FIT dokumentert");
  EXPECT_EQ(ProblemOf({.documented = "delvis"}), "UNKNOWN_CODE dokumentert");
  EXPECT_EQ(ProblemOf({.documented = "2t"}), "INVALID_NUMBER dokumentert");
}

TEST(VoAbsence, AbsenceThatIsNotFilledInIsNotKnown) {
  EXPECT_FALSE(Read({.absence = "", .documented = ""}).absence.has_value());
  EXPECT_EQ(Read({.absence = "0"}).absence->attended_hours, 20);
  EXPECT_EQ(ProblemOf({.absence = "", .documented = "2"}), "DOES_NOT_FIT dokumentert");
}

TEST(VoAbsence, WrongAndMissingValues) {
  EXPECT_EQ(ProblemOf({.pupil = ""}), "MISSING_FIELD elev_id");
  EXPECT_EQ(ProblemOf({.course = ""}), "MISSING_FIELD kurs_id");
  EXPECT_EQ(ProblemOf({.week = ""}), "MISSING_FIELD uke");
  EXPECT_EQ(ProblemOf({.week = "2026-34"}), "INVALID_DATE uke");
  EXPECT_EQ(ProblemOf({.week = "2026-W54"}), "INVALID_DATE uke");
  EXPECT_EQ(ProblemOf({.week = "2025-W53"}), "INVALID_DATE uke");
  EXPECT_EQ(ProblemOf({.week = "2026-w53"}), "taken in");
  EXPECT_EQ(ProblemOf({.planned = ""}), "MISSING_FIELD timer_planlagt");
  EXPECT_EQ(ProblemOf({.planned = "60,25"}), "INVALID_NUMBER timer_planlagt");
  EXPECT_EQ(ProblemOf({.planned = "20,1"}), "INVALID_NUMBER timer_planlagt");
  EXPECT_EQ(ProblemOf({.absence = "20,25"}), "DOES_NOT_FIT timer_fravaer");
  EXPECT_EQ(ProblemOf({.absence = "-1"}), "INVALID_NUMBER timer_fravaer");
}

}  // namespace
}  // namespace navo::services
