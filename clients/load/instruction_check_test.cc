#include "clients/load/instruction_check.h"

#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/temp_folder.h"

namespace navo::load {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const InstructionCounts& Expected() {
  static const auto& counts = *new InstructionCounts{{"R", 100'000}, {"W", 200'000}};
  return counts;
}

TEST(InstructionCheckTest, FivePercentMoreIsTheMost) {
  EXPECT_TRUE(Compare(Expected(), {{"R", 105'000}, {"W", 190'001}}).status.ok());
  const Comparison more = Compare(Expected(), {{"R", 105'001}, {"W", 200'000}});
  EXPECT_FALSE(more.status.ok());
  EXPECT_THAT(more.text, HasSubstr("R: 105001 instructions, 100000 expected, +5.0 %  TOO MANY"));
  EXPECT_FALSE(Compare(Expected(), {{"R", 100'000}, {"W", 211'000}}).status.ok());
}

TEST(InstructionCheckTest, FewerAreNoErrorButShouldBeKept) {
  const Comparison fewer = Compare(Expected(), {{"R", 94'000}, {"W", 200'000}});
  EXPECT_TRUE(fewer.status.ok());
  EXPECT_THAT(fewer.text, HasSubstr("R: 94000 instructions, 100000 expected, -6.0 %  fewer"));
  EXPECT_THAT(Compare(Expected(), {{"R", 96'000}}).text, Not(HasSubstr("update")));
}

TEST(InstructionCheckTest, ALoadOfWhichNothingIsExpectedIsAnError) {
  EXPECT_FALSE(Compare({{"R", 100'000}}, {{"R", 100'000}, {"W", 1}}).status.ok());
}

TEST(InstructionCheckTest, WhatIsWrittenIsReadAgain) {
  const support::TempFolder folder;
  const std::string path = folder.File("expected.txt");
  EXPECT_EQ(ReadExpected(path).status().code(), absl::StatusCode::kNotFound);
  ASSERT_TRUE(WriteExpected(path, Expected(), "a tool 1.2").ok());
  EXPECT_EQ(ReadExpected(path).value(), Expected());
  for (const char* line : {"R\n", "R many\n", "R 1 2\n", "R -5\n"}) {
    std::ofstream(path) << line;
    EXPECT_EQ(ReadExpected(path).status().code(), absl::StatusCode::kInvalidArgument) << line;
  }
}

TEST(InstructionCheckTest, TheRepositorySaysWhatIsExpectedOfBoth) {
  const auto expected = ReadExpected(NAVO_SOURCE_DIR "/tests/instructions/expected.txt");
  ASSERT_TRUE(expected.ok()) << expected.status();
  EXPECT_TRUE(expected->contains("R") && expected->contains("W"));
}

}  // namespace
}  // namespace navo::load
