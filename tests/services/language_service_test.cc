#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "clients/cpp/status.h"
#include "navo/v1/language.grpc.pb.h"
#include "tests/support/test_server.h"

// Norwegian progress over a real server: judgements and tests apart, shared as far as grounds go.
namespace navo {
namespace {

using client::Client;
using ::testing::ElementsAre;

using Language = v1::LanguageService::Stub;

class LanguageServiceTest : public ::testing::Test {
 protected:
  LanguageServiceTest()
      : kari_(server_.As("kari")),
        tor_(server_.As("tor")),
        kari_id_(support::Register(kari_, "amina")),
        tor_id_(support::Register(tor_, "amina")) {}

  static void SetDate(int month, int day, google::type::Date* date) {
    date->set_year(2026);
    date->set_month(month);
    date->set_day(day);
  }

  static v1::RecordAssessmentRequest Judgement(const std::string& participant_id, int month,
                                               v1::CefrLevel level) {
    v1::RecordAssessmentRequest request;
    request.set_participant_id(participant_id);
    SetDate(month, 15, request.mutable_assessment()->mutable_date());
    v1::SkillLevel* skill = request.mutable_assessment()->add_levels();
    skill->set_skill(v1::SKILL_LESE);
    skill->set_level(level);
    return request;
  }

  static v1::RecordTestResultRequest Test(const std::string& participant_id, int month,
                                          v1::CefrLevel level) {
    v1::RecordTestResultRequest request;
    request.set_participant_id(participant_id);
    v1::TestResult* result = request.mutable_test_result();
    SetDate(month, 1, result->mutable_date());
    result->set_delproeve(v1::SKILL_LESE);
    result->set_outcome(v1::TEST_OUTCOME_LEVEL);
    result->set_level(level);
    return request;
  }

  template <typename Method, typename Request>
  void Done(const Client& caller, Method method, const Request& request) {
    const auto done = caller.Call(method, request);
    ASSERT_TRUE(done.ok()) << done.status();
  }

  v1::GetProgressResponse Progress(const Client& caller, const std::string& participant_id) {
    v1::GetProgressRequest request;
    request.set_participant_id(participant_id);
    const auto got = caller.Call(&Language::GetProgress, request);
    EXPECT_TRUE(got.ok()) << got.status();
    return got.value_or(v1::GetProgressResponse());
  }

  support::TestServer server_;
  Client kari_;
  Client tor_;
  std::string kari_id_;
  std::string tor_id_;
};

TEST_F(LanguageServiceTest, JudgementsAndTestsAreShownApartWithTheBestTestedLevel) {
  Done(tor_, &Language::RecordAssessment, Judgement(tor_id_, 9, v1::CEFR_LEVEL_B1));
  Done(tor_, &Language::RecordAssessment, Judgement(tor_id_, 3, v1::CEFR_LEVEL_A2));
  Done(tor_, &Language::RecordTestResult, Test(tor_id_, 6, v1::CEFR_LEVEL_A2));
  Done(tor_, &Language::RecordTestResult, Test(tor_id_, 8, v1::CEFR_LEVEL_A1));
  support::ConsentBothWays(kari_, kari_id_, tor_, tor_id_);
  const v1::GetProgressResponse progress = Progress(kari_, kari_id_);
  ASSERT_EQ(progress.skills_size(), 4);
  EXPECT_EQ(progress.skills(0).skill(), v1::SKILL_LYTTE);
  EXPECT_EQ(progress.skills(0).assessments_size(), 0);
  const v1::SkillProgress& reading = progress.skills(1);
  ASSERT_EQ(reading.assessments_size(), 2);
  EXPECT_EQ(reading.assessments(0).level(), v1::CEFR_LEVEL_A2);
  EXPECT_EQ(reading.assessments(1).level(), v1::CEFR_LEVEL_B1);
  EXPECT_EQ(reading.assessments(1).provenance().unit(), "vo-rosenhof");
  EXPECT_EQ(reading.assessments(1).provenance().role(), v1::ROLE_LAERER);
  ASSERT_EQ(reading.test_results_size(), 2);
  EXPECT_EQ(reading.test_results(0).level(), v1::CEFR_LEVEL_A2);
  EXPECT_EQ(reading.test_results(1).level(), v1::CEFR_LEVEL_A1);
  EXPECT_NE(reading.test_results(0).test_result_id(), "");
  EXPECT_EQ(reading.best_tested(), v1::CEFR_LEVEL_A2);
}

TEST_F(LanguageServiceTest, WithoutAGroundTheOtherSideSeesTheSameAsOfNobody) {
  const v1::GetProgressResponse before = Progress(kari_, kari_id_);
  Done(tor_, &Language::RecordAssessment, Judgement(tor_id_, 9, v1::CEFR_LEVEL_B1));
  Done(tor_, &Language::RecordTestResult, Test(tor_id_, 6, v1::CEFR_LEVEL_A2));
  v1::GetProgressResponse after = Progress(kari_, kari_id_);
  after.set_revision(before.revision());
  EXPECT_EQ(after.SerializeAsString(), before.SerializeAsString());
  EXPECT_EQ(after.skills(1).best_tested(), v1::CEFR_LEVEL_UNSPECIFIED);
}

TEST_F(LanguageServiceTest, EveryWrongFieldIsNamed) {
  const auto fields_of = [](const absl::Status& refused) {
    std::vector<std::string> fields;
    EXPECT_EQ(support::ReasonOf(refused), "INVALID_FIELDS");
    const google::rpc::BadRequest wrong = client::GetBadRequest(refused);
    for (const auto& violation : wrong.field_violations()) {
      fields.push_back(violation.field());
    }
    return fields;
  };
  v1::RecordAssessmentRequest judgement = Judgement(tor_id_, 12, v1::CEFR_LEVEL_C2);
  judgement.mutable_assessment()->mutable_levels(0)->clear_skill();
  EXPECT_THAT(
      fields_of(tor_.Call(&Language::RecordAssessment, judgement).status()),
      ElementsAre("assessment.date", "assessment.levels[0].skill", "assessment.levels[0].level"));
  v1::RecordTestResultRequest test = Test(tor_id_, 6, v1::CEFR_LEVEL_B1);
  test.mutable_test_result()->set_delproeve(v1::SKILL_SKRIFTLIG);
  test.mutable_test_result()->set_band(v1::TEST_BAND_A1_A2);
  EXPECT_THAT(fields_of(tor_.Call(&Language::RecordTestResult, test).status()),
              ElementsAre("test_result.level"));
  test.mutable_test_result()->clear_date();
  test.mutable_test_result()->set_delproeve(static_cast<v1::Skill>(9));
  test.mutable_test_result()->clear_outcome();
  EXPECT_THAT(fields_of(tor_.Call(&Language::RecordTestResult, test).status()),
              ElementsAre("test_result.date", "test_result.delproeve", "test_result.outcome"));
}

}  // namespace
}  // namespace navo
