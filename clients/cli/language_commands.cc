// navo language: how the Norwegian comes along.
#include "clients/cli/commands.h"
#include "clients/cli/language_view.h"
#include "clients/cli/words.h"
#include "navo/v1/language.grpc.pb.h"

namespace navo::cli {
namespace {

using Stub = v1::LanguageService::Stub;

google::type::Date Today(const Context& context) {
  google::type::Date date;
  const absl::CivilDay today = context.today();
  date.set_year(static_cast<int>(today.year()));
  date.set_month(today.month());
  date.set_day(today.day());
  return date;
}

void AddAssess(CommandLine& line, CLI::App& noun) {
  Command<v1::RecordAssessmentRequest> command(
      line, noun, "assess", "Record a teacher's judgement of one or more skills.",
      "navo language assess PARTICIPANT --level skill=muntlig,level=A2 --level "
      "skill=lese,level=B1");
  command.Participant();
  command.Field("--level", "assessment.levels", "A skill and its level")->required();
  command.Field("--date", "assessment.date", "The day it holds for; today without it");
  command.Writing();
  command.Does([&context = line.context](v1::RecordAssessmentRequest& request) {
    v1::Assessment* assessment = request.mutable_assessment();
    if (!assessment->has_date()) *assessment->mutable_date() = Today(context);
    return context.Show(&Stub::RecordAssessment, request,
                        [&](const v1::RecordAssessmentResponse& response) {
                          context.out() << response.assessment_id() << "\n";
                        });
  });
}

void AddRecordTest(CommandLine& line, CLI::App& noun) {
  Command<v1::RecordTestResultRequest> command(
      line, noun, "record-test",
      "Record the result of one part of a Norwegian test; every attempt is kept.",
      "navo language record-test PARTICIPANT --part skriftlig --band A2-B1 --level B1 --date "
      "2026-10-15");
  command.Participant();
  command.Field("--part", "test_result.delproeve", "Which part")->required();
  command.Field("--date", "test_result.date", "Day of the test")->required();
  command.Field("--level", "test_result.level", "The level reached");
  command.Field("--outcome", "test_result.outcome", "When no level was reached");
  command.Field("--band", "test_result.band", "Registered band, for skriftlig and muntlig");
  command.Writing();
  command.Does([&context = line.context](v1::RecordTestResultRequest& request) {
    v1::TestResult* result = request.mutable_test_result();
    if (result->outcome() == v1::TEST_OUTCOME_UNSPECIFIED &&
        result->level() != v1::CEFR_LEVEL_UNSPECIFIED) {
      result->set_outcome(v1::TEST_OUTCOME_LEVEL);
    }
    return context.Show(&Stub::RecordTestResult, request,
                        [&](const v1::RecordTestResultResponse& response) {
                          context.out() << response.test_result_id() << "\n";
                        });
  });
}

void AddProgress(CommandLine& line, CLI::App& noun) {
  Command<v1::GetProgressRequest> command(line, noun, "progress",
                                          "Judgements and test results per skill, apart.",
                                          "navo language progress PARTICIPANT");
  command.Participant();
  command.Reading();
  command.Calls(&Stub::GetProgress, PrintProgress);
}

}  // namespace

void AddLanguageCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line, "language", "How the participant's Norwegian comes along.");
  AddAssess(line, noun);
  AddRecordTest(line, noun);
  AddProgress(line, noun);
}

}  // namespace navo::cli
