#include "tests/tidy/text_rules.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace navo::tidy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Repeated(const std::string& text, size_t times) {
  std::string all;
  for (size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(TextRulesTest, LengthCountsLines) {
  EXPECT_THAT(CheckLength({"storage/a.cc", Repeated("\n", 500)}), IsEmpty());
  EXPECT_THAT(CheckLength({"storage/a.cc", Repeated("\n", 501)}),
              ElementsAre("storage/a.cc:501: more than 500 lines"));
  EXPECT_THAT(CheckLength({"docs/examples/vo-elever.csv", Repeated("\n", 501)}), IsEmpty());
}

TEST(TextRulesTest, ColumnsCountCharacters) {
  EXPECT_THAT(CheckColumns({"storage/a.cc", Repeated("ø", 100) + "\n"}), IsEmpty());
  EXPECT_THAT(CheckColumns({"storage/a.cc", "\n" + Repeated("ø", 101) + "\n"}),
              ElementsAre("storage/a.cc:2: 101 columns"));
  EXPECT_EQ(CheckColumns({"proto/CMakeLists.txt", Repeated("x", 101)}).size(), 1u);
  EXPECT_THAT(CheckColumns({"storage/a.cc", "// https://" + Repeated("x", 101)}), IsEmpty());
}

TEST(TextRulesTest, FilesEndWithANewline) {
  EXPECT_THAT(CheckEnding({"storage/a.cc", "int a;\n"}), IsEmpty());
  EXPECT_THAT(CheckEnding({"storage/a.cc", "int a;\nint b;"}),
              ElementsAre("storage/a.cc:2: no newline at the end of the file"));
  EXPECT_EQ(CheckEnding({"README.md", "NAVO"}).size(), 1u);
}

TEST(TextRulesTest, CppHasNoTabs) {
  EXPECT_THAT(CheckTabs({"storage/a.h", "int a;\n\tint b;\n"}),
              ElementsAre("storage/a.h:2: a tab"));
  EXPECT_THAT(CheckTabs({"storage/a.h", "int a;\n  int b;\n"}), IsEmpty());
}

TEST(TextRulesTest, HeadersHaveTheirOwnGuard) {
  const std::string right = "#ifndef NAVO_STORAGE_SQL_SQL_H_\n#define NAVO_STORAGE_SQL_SQL_H_\n";
  EXPECT_THAT(CheckGuard({"storage/sql/sql.h", right}), IsEmpty());
  EXPECT_THAT(CheckGuard({"storage/sql.h", right}),
              ElementsAre("storage/sql.h:1: the include guard is to be NAVO_STORAGE_SQL_H_"));
}

TEST(TextRulesTest, ClockAndChanceAreCalledInOnePlace) {
  for (const char* call :
       {"std::chrono::system_clock::now()", "absl::Now()", "time(nullptr)", "std::time(nullptr)",
        "std::random_device device;", "rand()", "std::rand()", "srand(1)", "RAND_bytes(out, 16)"}) {
    const SourceFile file = {"services/plan.cc", "auto x = " + std::string(call) + ";\n"};
    EXPECT_EQ(CheckClock(file).size(), 1u) << call;
    EXPECT_THAT(CheckClock({"storage/clock.cc", file.text}), IsEmpty());
    EXPECT_THAT(CheckClock({"clients/load/run.cc", file.text}), IsEmpty());
    EXPECT_THAT(CheckClock({"services/plan_test.cc", file.text}), IsEmpty());
  }
  EXPECT_THAT(CheckClock({"services/plan.cc",
                          "clock.Now(); operand(1);  // not absl::Now()\n"
                          "std::chrono::system_clock::time_point at;\n"}),
              IsEmpty());
}

TEST(TextRulesTest, MarkersOfUnfinishedWorkAreFound) {
  const std::string marker = std::string("TO") + "DO";
  EXPECT_THAT(CheckMarkers({"storage/a.cc", "int a;\n// " + marker + ": more\n"}),
              ElementsAre("storage/a.cc:2: " + marker));
  EXPECT_EQ(CheckMarkers({"dev", std::string("# FIX") + "ME\n"}).size(), 1u);
  EXPECT_THAT(CheckMarkers({"storage/a.cc", marker + "S_LIST\n"}), IsEmpty());
}

}  // namespace
}  // namespace navo::tidy
