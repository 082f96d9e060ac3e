#include "clients/load/figures.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace navo::load {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(FiguresTest, TheMedianOfRepetitionsWithTheirSpread) {
  Figure figure;
  for (const double value : {9.0, 1.0, 5.0}) figure.Add(value);
  EXPECT_EQ(figure.Median(), 5);
  EXPECT_EQ(figure.Least(), 1);
  EXPECT_EQ(figure.Most(), 9);
  figure.Add(6);
  EXPECT_EQ(figure.Median(), 5.5);
}

TEST(FiguresTest, JsonHasEveryAgreedKeyAndNullForWhatWasNotMeasured) {
  Findings findings;
  findings.participants = 2'000;
  findings["R_E"].Add(0.25);
  const auto json = nlohmann::json::parse(ToJson(findings));
  EXPECT_EQ(json["R_E"], 0.25);
  EXPECT_EQ(json["participants"], 2'000);
  EXPECT_EQ(json["disturbed"], false);
  for (const char* key : {"W_E", "W_S", "R_scale", "import_rows_s", "import_rss_mb", "start_s"}) {
    ASSERT_TRUE(json.contains(key)) << key;
    EXPECT_TRUE(json[key].is_null()) << key;
  }
}

TEST(FiguresTest, TheTableSaysWhichBarsAreMet) {
  Findings findings;
  findings["R_E"].Add(0.29);
  findings["W_E"].Add(0.25);
  findings["L_ms"].Add(3);
  findings["rss_mb"];  // asked for and never measured
  findings.disturbed = true;
  const std::string table = ToTable(findings);
  EXPECT_THAT(table, HasSubstr("0.29  NO"));
  EXPECT_THAT(table, HasSubstr("0.25  first"));
  EXPECT_THAT(table, HasSubstr("3  both"));
  EXPECT_THAT(table, Not(HasSubstr("rss_mb")));
  EXPECT_THAT(table, HasSubstr("DISTURBED"));
  for (const absl::string_view line : absl::StrSplit(table, '\n')) EXPECT_LE(line.size(), 100u);
}

}  // namespace
}  // namespace navo::load
