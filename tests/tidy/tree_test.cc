// The rules of this folder, held against the whole tree.

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/tidy/layering.h"
#include "tests/tidy/source_file.h"
#include "tests/tidy/text_rules.h"

namespace navo::tidy {
namespace {

struct Rule {
  const char* name;
  Findings (*check)(const SourceFile&);
};

void PrintTo(const Rule& rule, std::ostream* out) { *out << rule.name; }

constexpr Rule kRules[] = {
    {"Includes", CheckIncludes}, {"Libraries", CheckLibraries}, {"Length", CheckLength},
    {"Columns", CheckColumns},   {"Ending", CheckEnding},       {"Tabs", CheckTabs},
    {"Guard", CheckGuard},       {"Clock", CheckClock},         {"Markers", CheckMarkers},
};

const std::vector<SourceFile>& Tree() {
  static const std::vector<SourceFile> kTree = ReadTree(NAVO_SOURCE_DIR);
  return kTree;
}

class TreeTest : public ::testing::TestWithParam<Rule> {};

TEST_P(TreeTest, Holds) {
  std::string all;
  for (const SourceFile& file : Tree()) {
    for (const std::string& finding : GetParam().check(file)) all += finding + "\n";
  }
  EXPECT_TRUE(all.empty()) << "\n" << all;
}

INSTANTIATE_TEST_SUITE_P(Rules, TreeTest, ::testing::ValuesIn(kRules),
                         [](const auto& rule) { return std::string(rule.param.name); });

// A walk that finds nothing would pass every rule.
TEST(ReadTreeTest, FindsOurFilesAndNoOthers) {
  const auto has = [](std::string_view path) {
    return std::any_of(Tree().begin(), Tree().end(),
                       [&](const SourceFile& file) { return file.path == path; });
  };
  EXPECT_TRUE(has("dev"));
  EXPECT_TRUE(has("proto/navo/v1/plan.proto"));
  EXPECT_TRUE(has("storage/clock.cc"));
  EXPECT_TRUE(has("tests/tidy/tree_test.cc"));
  for (const SourceFile& file : Tree()) {
    EXPECT_FALSE(file.path.starts_with("build/") || file.path.starts_with(".git/")) << file.path;
  }
}

TEST(LinesTest, KeepsALastLineWithoutAnEnd) {
  EXPECT_THAT(Lines("a\n\nb"), ::testing::ElementsAre("a", "", "b"));
  EXPECT_THAT(Lines("a\n"), ::testing::ElementsAre("a"));
}

}  // namespace
}  // namespace navo::tidy
