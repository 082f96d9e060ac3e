#include "services/exchange/csv_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/domain/calendar.h"
#include "services/domain/error.h"

namespace navo::services {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr domain::IdentifierPolicy kTest{.profile = domain::Profile::kTest};

enum Column : std::size_t { kNumber, kName, kDay, kColumns };
constexpr std::array<CsvColumn, kColumns> kColumnNames = {{
    {"nummer", "", true},
    {"navn", "", false},
    {"dag", "døgn", true},
}};
constexpr CsvProfile kProfile = {"liste", kColumnNames};

CsvHeader Header(const std::vector<std::string>& names = {"nummer", "navn", "dag"}) {
  auto header = CsvHeader::Parse(kProfile, names);
  EXPECT_TRUE(header.ok()) << header.status();
  return *std::move(header);
}

std::string ProblemOf(CsvFields& fields) {
  if (!fields.problem().has_value()) return "none";
  EXPECT_FALSE(fields.problem()->advice.empty());
  return std::string(fields.problem()->reason) + " " + fields.problem()->column;
}

TEST(CsvHeader, ColumnsStandInAnyOrderAndMayHaveNorwegianLetters) {
  const CsvHeader header = Header({"Døgn", "ukjent", "NUMMER"});
  const std::vector<std::string> row = {"17.08.2026", "x", "7"};
  EXPECT_EQ(header.Field(row, kNumber), "7");
  EXPECT_EQ(header.Field(row, kName), "");
  EXPECT_EQ(header.Field(row, kDay), "17.08.2026");
  EXPECT_THAT(header.unknown_columns(), ElementsAre("ukjent"));
}

TEST(CsvHeader, NamesTheFormatAndEveryMissingColumn) {
  const auto header = CsvHeader::Parse(kProfile, {"navn"});
  EXPECT_EQ(domain::ReasonOf(header.status()), "FORMAT_UNKNOWN");
  EXPECT_THAT(std::string(header.status().message()), HasSubstr("no liste"));
  EXPECT_THAT(std::string(header.status().message()), HasSubstr("nummer, dag"));
  const auto twice = CsvHeader::Parse(kProfile, {"nummer", "dag", "DØGN"});
  EXPECT_EQ(domain::ReasonOf(twice.status()), "FORMAT_UNKNOWN");
  EXPECT_THAT(std::string(twice.status().message()), HasSubstr("dag stands twice"));
}

TEST(CsvFields, NumbersHaveDecimalCommaOrPointAndAtMostTwoDecimals) {
  const CsvHeader header = Header();
  const auto number = [&header](const std::string& text) {
    const std::vector<std::string> row = {text, "", ""};
    CsvFields fields(header, row);
    const std::optional<std::int32_t> read = fields.Hundredths(kNumber, 6000, "Write a number.");
    EXPECT_EQ(fields.problem().has_value(), !read.has_value() && !text.empty()) << text;
    return read;
  };
  EXPECT_EQ(number("7,5"), 750);
  EXPECT_EQ(number("7.25"), 725);
  EXPECT_EQ(number("20"), 2000);
  EXPECT_EQ(number("0"), 0);
  EXPECT_EQ(number("60,00"), 6000);
  EXPECT_EQ(number(""), std::nullopt);
  for (const std::string text : {"60,01", "-1", "7,", ",5", "7,555", "1 000", "1.000,5", "syv",
                                 "7h", "1e2", "99999999999", "٧", "7,5,", "+7"}) {
    EXPECT_EQ(number(text), std::nullopt) << text;
  }
}

TEST(CsvFields, CodesAreComparedWithoutCaseBlanksAndKindsOfHyphen) {
  EXPECT_EQ(FoldCode("Ikke møtt"), "IKKE_MØTT");
  EXPECT_EQ(FoldCode("Ikke besta\u030Att"), "IKKE_BESTÅTT");  // decomposed, as a Mac writes it
  EXPECT_EQ(FoldCode("a1–A2"), "A1_A2");
  EXPECT_EQ(FoldCode("\xFF"), "");
  static constexpr std::array<CodeName<int>, 2> kCodes = {{{"EN", 1}, {"TO_TRE", 2}}};
  const CsvHeader header = Header();
  const std::vector<std::string> row = {"to-tre", "fire", ""};
  CsvFields fields(header, row);
  EXPECT_EQ(fields.Code(kNumber, kCodes, ""), 2);
  EXPECT_EQ(fields.Code(kDay, kCodes, ""), std::nullopt);
  EXPECT_EQ(ProblemOf(fields), "none");
  EXPECT_EQ(fields.Code(kName, kCodes, ""), std::nullopt);
  EXPECT_EQ(ProblemOf(fields), "UNKNOWN_CODE navn");
}

TEST(CsvFields, TheFirstProblemStands) {
  const CsvHeader header = Header();
  const std::vector<std::string> row = {"x", "a\x01", "31.02.2026"};
  CsvFields fields(header, row);
  EXPECT_EQ(fields.RequiredDay(kDay), std::nullopt);
  EXPECT_EQ(fields.Text(kName, domain::kNameText), "");
  EXPECT_EQ(fields.Ident(kNumber, kTest), std::nullopt);
  EXPECT_EQ(ProblemOf(fields), "INVALID_DATE dag");
}

}  // namespace
}  // namespace navo::services
