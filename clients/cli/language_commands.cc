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
  command.Field("--band", "test_result.band",
                "Registered band, for skriftlig and muntlig; c1 for every part of the C1 test");
  command.Field("--sign-language", "test_result.sign_language",
                "Taken in sign language: lytte and muntlig");
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

// The etag of the own side's norskmaal, if there is one.
absl::Status ReadEtag(Context& context, v1::SetNorskmaalRequest* request) {
  v1::GetProgressRequest get;
  get.set_participant_id(request->participant_id());
  get.set_page_size(1);
  const auto progress = context.Call(&Stub::GetProgress, get);
  if (!progress.ok()) return progress.status();
  for (const auto& side : progress->norskmaal()) {
    if (!side.norskmaal().etag().empty()) request->set_etag(side.norskmaal().etag());
  }
  return absl::OkStatus();
}

void AddSetNorskmaal(CommandLine& line, CLI::App& noun) {
  Command<v1::SetNorskmaalRequest> command(
      line, noun, "set-norskmaal",
      "Record what was decided of your side's norskmaal; replaces the whole of it.",
      "navo language set-norskmaal PARTICIPANT --scheme integreringsloven-3-aar \\\n"
      "    --goal skill=muntlig,level=B1 --goal skill=lese,level=A2 --norsk-hours 550 \\\n"
      "    --start 2026-09-01 --deadline 2029-08-31 --reference 2026/4711");
  command.Participant();
  command.Field("--goal", "norskmaal.goals", "A skill and the level it is to reach");
  command.Field("--scheme", "norskmaal.scheme", "The frame in law")->required();
  command.Field("--norsk-hours", "norskmaal.granted_norsk_hours", "Hours of Norwegian granted");
  command.Field("--samfunnskunnskap-hours", "norskmaal.granted_samfunnskunnskap_hours",
                "Hours of social studies granted");
  command.Field("--start", "norskmaal.start_date", "First day");
  command.Field("--deadline", "norskmaal.deadline", "Last day, as the decision says");
  command.Field("--decided", "norskmaal.decision_date", "Day of the decision (vedtak)");
  command.Field("--reference", "norskmaal.decision_reference", "The decision's number");
  command.Field("--etag", "etag", "Replace only this state; without it the newest");
  command.Writing();
  command.Does([&context = line.context](v1::SetNorskmaalRequest& request) {
    const absl::Status read =
        request.etag().empty() ? ReadEtag(context, &request) : absl::OkStatus();
    if (!read.ok()) return read;
    return context.Show(&Stub::SetNorskmaal, request,
                        [&](const v1::SetNorskmaalResponse& response) {
                          v1::NorskmaalProgress set;
                          *set.mutable_norskmaal() = response.norskmaal();
                          context.out() << NorskmaalText(set) << "\n";
                        });
  });
}

void AddRecordHours(CommandLine& line, CLI::App& noun) {
  Command<v1::RecordHoursRequest> command(
      line, noun, "record-hours",
      "Record hours of a week and course; the same week again corrects it.",
      "navo language record-hours PARTICIPANT \\\n"
      "    --week week=2026-W46,course=N1,kind=norsk,planned=20,attended=17.5,documented=2.5 \\\n"
      "    --week week=2026-W47,course=N1,kind=norsk,planned=20");
  command.Participant();
  command
      .Field("--week", "hours", "A week: planned, attended, documented and undocumented absence")
      ->required();
  command.Writing();
  command.Calls(&Stub::RecordHours, [](Context& context, const v1::RecordHoursResponse& response) {
    for (const auto& week : response.weeks()) {
      context.out() << week.week() << (week.course_id().empty() ? "" : " " + week.course_id())
                    << ": " << Word(week.change()) << "\n";
    }
  });
}

void AddProgress(CommandLine& line, CLI::App& noun) {
  Command<v1::GetProgressRequest> command(
      line, noun, "progress",
      "Judgements and tests apart, norskmaal, and hours with their sums, newest week first.",
      "navo language progress PARTICIPANT --page-size 200");
  command.Participant();
  command.Reading();
  command.Calls(&Stub::GetProgress, PrintProgress);
}

}  // namespace

void AddLanguageCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line, "language", "How the participant's Norwegian comes along.");
  AddAssess(line, noun);
  AddRecordTest(line, noun);
  AddSetNorskmaal(line, noun);
  AddRecordHours(line, noun);
  AddProgress(line, noun);
}

}  // namespace navo::cli
