#include "storage/language.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "storage/participant.h"
#include "storage/store.h"
#include "storage/uuid.h"
#include "tests/support/memory_store.h"
#include "tests/support/row_opener.h"

namespace navo::storage {
namespace {

using door::Case;
using ::testing::ElementsAre;

constexpr Author kSchool{2, 20, 200};

class LanguageTest : public support::MemoryStoreTest {
 protected:
  void SetUp() override {
    MemoryStoreTest::SetUp();
    participant_ = NewPerson();
  }

  int64_t participant_ = 0;
};

TEST_F(LanguageTest, JudgementsAndTestsAreKeptApartOldestFirst) {
  NewAssessment judged{NewId(), participant_, 0, kSchool, {}};
  judged.body.add_levels()->set_level(v1::CEFR_LEVEL_A1);
  NewTestResult tested{NewId(), participant_, 0, kSchool, {}};
  tested.body.set_level(v1::CEFR_LEVEL_A2);
  std::vector<std::string> judged_ids;
  Do([&](WriteTx& tx) -> absl::Status {
    for (const int day : {300, 100, 200}) {
      judged.id = NewId();
      judged.day = day;
      judged_ids.push_back(UuidText(judged.id));
      if (const auto key = AddAssessment(tx, judged); !key.ok()) return key.status();
    }
    return AddTestResult(tx, tested).status();
  });
  const absl::Status read = store_->Read([&](ReadTx& tx) -> absl::Status {
    const auto assessments = ListAssessments(tx, participant_);
    const auto results = ListTestResults(tx, participant_);
    if (!assessments.ok()) return assessments.status();
    if (!results.ok()) return results.status();
    std::vector<std::string> ids;
    for (const auto& one : *assessments) {
      EXPECT_EQ(one.label().category, v1::CATEGORY_LANGUAGE);
      EXPECT_EQ(one.label().author.unit_key, kSchool.unit_key);
      EXPECT_EQ(Case::Open(one).levels(0).level(), v1::CEFR_LEVEL_A1);
      ids.push_back(Case::Open(one).assessment_id());
    }
    EXPECT_THAT(ids, ElementsAre(judged_ids[1], judged_ids[2], judged_ids[0]));
    EXPECT_EQ(results->size(), 1u);
    EXPECT_EQ(Case::Open(results->front()).test_result_id(), UuidText(tested.id));
    EXPECT_EQ(Case::Open(results->front()).level(), v1::CEFR_LEVEL_A2);
    EXPECT_EQ(results->front().label().category, v1::CATEGORY_LANGUAGE);
    return absl::OkStatus();
  });
  EXPECT_TRUE(read.ok()) << read;
}

}  // namespace
}  // namespace navo::storage
