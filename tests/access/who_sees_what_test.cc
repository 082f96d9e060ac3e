// The table of docs/privacy.md is what the policy matrix says, and nothing somebody remembered.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/access/policy_matrix.h"

namespace navo::access {
namespace {

constexpr char kBegin[] = "<!-- generated: who-sees-what -->\n";
constexpr char kEnd[] = "<!-- /generated -->";

std::string ReadFile(const std::string& name) {
  std::ifstream file(std::string(NAVO_SOURCE_DIR "/") + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

// What the table says of the facets; those that are not named take the first value there is.
std::string OutcomeOf(const MatrixTable& table, const std::map<std::string, std::string>& facets) {
  Combination combination;
  for (const MatrixDimension& dimension : table.dimensions) {
    const auto named = facets.find(dimension.name);
    combination.push_back(named == facets.end() ? dimension.values.front() : named->second);
  }
  const MatrixLine* line = table.Decide(combination);
  return line == nullptr ? "?" : line->outcome;
}

std::string Word(const std::string& outcome) { return outcome == "SHOWN" ? "yes" : "–"; }

std::string WhoSeesWhat(const std::map<std::string, MatrixTable>& tables) {
  const MatrixTable& staff = tables.at("staff-data");
  const MatrixTable& own = tables.at("own-data");
  std::string text = absl::StrCat(
      "| Category | the unit that wrote it | another unit of its controller | NAV, a consent or "
      "law "
      "names it | VO, a law names it | VO, a consent names it | VO, a consent to TILRETTELEGGING "
      "names it | another controller, no ground | PERSONVERN | the participant |\n",
      "|---|---|---|---|---|---|---|---|---|---|\n");
  for (const MatrixDimension& dimension : staff.dimensions) {
    if (dimension.name != "category") continue;
    for (const std::string& category : dimension.values) {
      const auto seen = [&](const std::string& role, const std::string& owner,
                            const std::string& ground, const std::string& receiver = "nav") {
        return Word(OutcomeOf(staff, {{"role", role},
                                      {"relation", "unit"},
                                      {"confirmed", "yes"},
                                      {"owner", owner},
                                      {"category", category},
                                      {"receiver", receiver},
                                      {"ground", ground}}));
      };
      absl::StrAppend(&text, "| ", category, " | ", seen("VEILEDER", "own-unit", "none"), " | ",
                      seen("VEILEDER", "other-unit", "none"), " | ",
                      seen("VEILEDER", "other-controller", "covering"), " | ",
                      seen("LAERER", "other-controller", "by-law", "vo"), " | ",
                      seen("LAERER", "other-controller", "covering", "vo"), " | ",
                      seen("LAERER", "other-controller", "adapting", "vo"), " | ",
                      seen("VEILEDER", "other-controller", "none"), " | ",
                      seen("PERSONVERN", "other-unit", "none"), " | ",
                      Word(OutcomeOf(own, {{"category", category}, {"exempted", "no"}})), " |\n");
    }
  }
  return text;
}

TEST(WhoSeesWhatTest, ThePrivacyPageHoldsTheMatrix) {
  const auto tables = ParseMatrix(ReadFile("tests/access/policy_matrix.txt"));
  ASSERT_TRUE(tables.ok()) << tables.status();
  const std::string page = ReadFile("docs/privacy.md");
  const std::size_t begin = page.find(kBegin);
  const std::size_t end = page.find(kEnd);
  ASSERT_NE(begin, std::string::npos);
  ASSERT_NE(end, std::string::npos);
  const std::size_t first = begin + sizeof(kBegin) - 1;
  EXPECT_EQ(page.substr(first, end - first), WhoSeesWhat(*tables))
      << "docs/privacy.md: put the second text between the marks";
}

}  // namespace
}  // namespace navo::access
