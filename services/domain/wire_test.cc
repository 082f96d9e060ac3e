#include "services/domain/wire.h"

#include <gtest/gtest.h>

#include <vector>

#include "navo/v1/plan.pb.h"

namespace navo::domain {
namespace {

v1::Step SomeStep() {
  v1::Step step;
  step.set_title("Norskkurs");
  step.set_status(v1::STEP_STATUS_PLANLAGT);
  step.set_weekly_hours(300);
  step.mutable_start_date()->set_year(2026);
  step.add_prerequisite_step_ids("en");
  step.add_prerequisite_step_ids("to");
  return step;
}

TEST(WireTest, TakesAMessageApartInOrder) {
  std::vector<int> numbers;
  std::string copy;
  EXPECT_TRUE(EachWireField(SomeStep().SerializeAsString(), [&](const WireField& field) {
    numbers.push_back(field.number);
    copy.append(field.whole);
    EXPECT_EQ(field.content == "Norskkurs", field.number == v1::Step::kTitleFieldNumber);
    EXPECT_EQ(field.content.empty(), field.number == v1::Step::kStatusFieldNumber ||
                                         field.number == v1::Step::kWeeklyHoursFieldNumber);
  }));
  EXPECT_EQ(numbers, (std::vector<int>{2, 4, 6, 8, 13, 13}));
  EXPECT_EQ(copy, SomeStep().SerializeAsString());
}

TEST(WireTest, PutsAMessageTogether) {
  std::string bytes;
  AppendBytes(v1::Step::kTitleFieldNumber, "Norskkurs", bytes);
  AppendNumber(v1::Step::kStatusFieldNumber, v1::STEP_STATUS_PLANLAGT, bytes);
  AppendBytes(v1::Step::kStatusReasonFieldNumber, "", bytes);
  AppendNumber(v1::Step::kVersionFieldNumber, 0, bytes);
  AppendBytes(v1::Step::kStartDateFieldNumber, SomeStep().start_date().SerializeAsString(), bytes);
  AppendNumber(v1::Step::kWeeklyHoursFieldNumber, 300, bytes);
  AppendBytes(v1::Step::kPrerequisiteStepIdsFieldNumber, "en", bytes);
  AppendBytes(v1::Step::kPrerequisiteStepIdsFieldNumber, "to", bytes);
  EXPECT_EQ(bytes, SomeStep().SerializeAsString());
}

// Cut anywhere but between two fields it is no message, and nothing beyond its end is read.
TEST(WireTest, FindsWhatIsNoMessage) {
  const std::string bytes = SomeStep().SerializeAsString();
  int whole = 0;
  for (size_t size = 0; size <= bytes.size(); ++size) {
    size_t seen = 0;
    const std::string cut = bytes.substr(0, size);
    const bool read =
        EachWireField(cut, [&](const WireField& field) { seen += field.whole.size(); });
    EXPECT_EQ(read, seen == size) << size;
    whole += read ? 1 : 0;
  }
  EXPECT_EQ(whole, 7);  // 6 fields, and none at all
  const auto nothing = [](const WireField&) {};
  EXPECT_FALSE(EachWireField(std::string(2, '\0'), nothing));         // field 0
  EXPECT_FALSE(EachWireField("\x0b", nothing));                       // a group
  EXPECT_FALSE(EachWireField("\x0a\xff\xff\xff\xff\x0f!", nothing));  // 4 GB of text
  EXPECT_FALSE(
      EachWireField("\x09"
                    "1234567",
                    nothing));  // 7 of 8 bytes
}

}  // namespace
}  // namespace navo::domain
