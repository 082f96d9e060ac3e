#include "services/exchange/norskprove.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "services/domain/calendar.h"

namespace navo::services {
namespace {

constexpr domain::IdentifierPolicy kTest{.profile = domain::Profile::kTest};
const std::vector<std::string> kHeader = {"fodselsnummer", "dato", "delprove", "nivaaband",
                                          "resultat"};

struct Row {
  std::string number = "17838549888";
  std::string day = "2026-05-20";
  std::string part = "SKRIFTLIG";
  std::string band = "A2-B1";
  std::string result = "B1";
};

Parsed<NorskproveResult> Parse(const Row& row) {
  return ParseNorskprove(*CsvHeader::Parse(kNorskproveProfile, kHeader),
                         {row.number, row.day, row.part, row.band, row.result}, kTest);
}

std::string ProblemOf(const Row& row) {
  const Parsed<NorskproveResult> parsed = Parse(row);
  const auto* problem = std::get_if<RowProblem>(&parsed);
  if (problem == nullptr) return "taken in";
  EXPECT_FALSE(problem->advice.empty());
  return std::string(problem->reason) + " " + problem->column;
}

TEST(Norskprove, EveryFieldIsRead) {
  const Parsed<NorskproveResult> parsed = Parse({.day = "20.05.2026", .band = "a2–b1"});
  ASSERT_TRUE(std::holds_alternative<NorskproveResult>(parsed))
      << std::get<RowProblem>(parsed).column;
  const auto& row = std::get<NorskproveResult>(parsed);
  EXPECT_EQ(row.ident.Reveal(), "17838549888");
  EXPECT_EQ(row.day, *domain::ParseDay("2026-05-20"));
  EXPECT_EQ(row.result.date().month(), 5);
  EXPECT_EQ(row.result.delproeve(), v1::SKILL_SKRIFTLIG);
  EXPECT_EQ(row.result.band(), v1::TEST_BAND_A2_B1);
  EXPECT_EQ(row.result.outcome(), v1::TEST_OUTCOME_LEVEL);
  EXPECT_EQ(row.result.level(), v1::CEFR_LEVEL_B1);
}

TEST(Norskprove, EveryResultIsRead) {
  const std::map<std::string, std::pair<v1::TestOutcome, v1::CefrLevel>> expected = {
      {"Under A1", {v1::TEST_OUTCOME_LEVEL, v1::CEFR_LEVEL_UNDER_A1}},
      {"A1", {v1::TEST_OUTCOME_LEVEL, v1::CEFR_LEVEL_A1}},
      {"a2", {v1::TEST_OUTCOME_LEVEL, v1::CEFR_LEVEL_A2}},
      {"B1", {v1::TEST_OUTCOME_LEVEL, v1::CEFR_LEVEL_B1}},
      {"B2", {v1::TEST_OUTCOME_LEVEL, v1::CEFR_LEVEL_B2}},
      {"Ikke bestått", {v1::TEST_OUTCOME_IKKE_BESTAATT, v1::CEFR_LEVEL_UNSPECIFIED}},
      {"IKKE_BESTATT", {v1::TEST_OUTCOME_IKKE_BESTAATT, v1::CEFR_LEVEL_UNSPECIFIED}},
      {"ikke møtt", {v1::TEST_OUTCOME_IKKE_MOETT, v1::CEFR_LEVEL_UNSPECIFIED}}};
  for (const auto& [text, meaning] : expected) {
    const Parsed<NorskproveResult> parsed = Parse({.part = "MUNTLIG", .result = text});
    ASSERT_TRUE(std::holds_alternative<NorskproveResult>(parsed)) << text;
    EXPECT_EQ(std::get<NorskproveResult>(parsed).result.outcome(), meaning.first) << text;
    EXPECT_EQ(std::get<NorskproveResult>(parsed).result.level(), meaning.second) << text;
  }
  EXPECT_EQ(ProblemOf({.result = "C1"}), "UNKNOWN_CODE resultat");
  EXPECT_EQ(ProblemOf({.result = "42 poeng"}), "UNKNOWN_CODE resultat");
  EXPECT_EQ(ProblemOf({.result = ""}), "MISSING_FIELD resultat");
}

TEST(Norskprove, BandAndResultHaveToFit) {
  EXPECT_EQ(ProblemOf({.result = "B2"}), "DOES_NOT_FIT resultat");
  EXPECT_EQ(ProblemOf({.part = "MUNTLIG", .result = "B2"}), "taken in");
  EXPECT_EQ(ProblemOf({.band = ""}), "MISSING_FIELD nivaaband");
  EXPECT_EQ(ProblemOf({.part = "MUNTLIG", .band = ""}), "MISSING_FIELD nivaaband");
  EXPECT_EQ(ProblemOf({.part = "LYTTE", .band = "A1-A2", .result = "A1"}),
            "DOES_NOT_FIT nivaaband");
  EXPECT_EQ(ProblemOf({.part = "LESE", .band = "", .result = "B2"}), "taken in");
  EXPECT_EQ(ProblemOf({.result = "Ikke møtt"}), "taken in");
}

TEST(Norskprove, WrongAndMissingValues) {
  EXPECT_EQ(ProblemOf({.number = ""}), "MISSING_FIELD fodselsnummer");
  EXPECT_EQ(ProblemOf({.number = "17838549889"}), "INVALID_IDENT fodselsnummer");
  EXPECT_EQ(ProblemOf({.number = "1000012345678"}), "UNSUPPORTED_IDENT fodselsnummer");
  EXPECT_EQ(ProblemOf({.day = ""}), "MISSING_FIELD dato");
  EXPECT_EQ(ProblemOf({.day = "20.5.2026"}), "INVALID_DATE dato");
  EXPECT_EQ(ProblemOf({.part = "SNAKKE"}), "UNKNOWN_CODE delprove");
  EXPECT_EQ(ProblemOf({.part = ""}), "MISSING_FIELD delprove");
  EXPECT_EQ(ProblemOf({.band = "A1-B2"}), "UNKNOWN_CODE nivaaband");
}

TEST(Norskprove, AnAttemptIsAPersonADayAndAPart) {
  const auto attempt = [](const Row& row) {
    return AttemptOf(std::get<NorskproveResult>(Parse(row)));
  };
  EXPECT_EQ(attempt({}), attempt({.day = "20.05.2026", .band = "B1-B2", .result = "Ikke møtt"}));
  EXPECT_NE(attempt({}), attempt({.number = "02919149763"}));
  EXPECT_NE(attempt({}), attempt({.day = "2026-05-21"}));
  EXPECT_NE(attempt({}), attempt({.part = "MUNTLIG"}));
}

}  // namespace
}  // namespace navo::services
