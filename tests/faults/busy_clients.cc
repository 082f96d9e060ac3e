#include "tests/faults/busy_clients.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/cpp/uuid.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "tests/examples/national_number.h"
#include "tests/support/dev_token.h"
#include "tests/support/test_server.h"

namespace navo::faults {
namespace {

using client::Client;

constexpr int64_t kNewPeople = 4'000;

// There is one norskmaal for each person and side, and whoever replaces it has to have seen the one
// before: so each is one client's alone.
constexpr int kNorskmaalClients = 2 * static_cast<int>(BusyClients::kPeople);

// Different ones for different n below kNewPeople; those of negative n are nobody else's.
std::string NumberOf(int64_t n) {
  const int64_t day = n + 100;
  return examples::SyntheticNumber(
      {static_cast<int>(1930 + day % 70), static_cast<int>(1 + day / 70 % 12),
       static_cast<int>(1 + day / 840 % 28)},
      900, false);
}

template <class Stub, class Request, class Response>
auto Sending(grpc::Status (Stub::*call)(grpc::ClientContext*, const Request&, Response*),
             const Request& request) {
  return [call, request](const Client& caller) -> absl::StatusOr<std::string> {
    const auto answer = caller.Call(call, request);
    if (!answer.ok()) return answer.status();
    return answer->SerializeAsString();
  };
}

template <class Request>
Request About(const std::string& participant_id) {
  Request request;
  request.set_participant_id(participant_id);
  return request;
}

v1::CreateParticipantRequest Registration(const std::string& number) {
  v1::CreateParticipantRequest request;
  request.set_request_id(client::NewUuid());
  request.set_national_identity_number(number);
  request.set_tie_reason(v1::TIE_REASON_SERVICE_GRANTED);
  request.set_identity_confirmation(v1::IDENTITY_CONFIRMATION_ID_DOCUMENT);
  request.mutable_contact()->set_given_name("Filmon");
  return request;
}

auto FollowUp(const std::string& id) {
  auto request = About<v1::RecordFollowUpRequest>(id);
  request.set_request_id(client::NewUuid());
  request.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_SAMTALE);
  request.mutable_follow_up()->mutable_occurred_at()->set_seconds(absl::ToUnixSeconds(absl::Now()));
  request.mutable_follow_up()->set_note(std::string(200, 'n'));
  return Sending(&v1::FollowUpService::Stub::Record, request);
}

// Each side records its own of a joint meeting; the second names the first one's.
auto Meeting(const std::string& id, bool by_kari, const std::string& joined) {
  auto request = About<v1::RecordFollowUpRequest>(id);
  request.set_request_id(client::NewUuid());
  v1::FollowUp* event = request.mutable_follow_up();
  event->set_type(v1::FOLLOW_UP_TYPE_FELLESMOETE);
  event->mutable_occurred_at()->set_seconds(absl::ToUnixSeconds(absl::Now()));
  event->set_note(std::string(200, 'm'));
  event->add_present_kinds(by_kari ? v1::CONTROLLER_KIND_VO : v1::CONTROLLER_KIND_NAV_STAT);
  if (!joined.empty()) event->add_joint_with(joined);
  return Sending(&v1::FollowUpService::Stub::Record, request);
}

// Another text each time, so that each is a version.
auto Amendment(const std::string& id, const std::string& follow_up_id, const std::string& etag) {
  auto request = About<v1::AmendFollowUpRequest>(id);
  request.set_request_id(client::NewUuid());
  request.set_follow_up_id(follow_up_id);
  request.set_etag(etag);
  request.set_reason(v1::AMEND_REASON_INCOMPLETE);
  request.mutable_follow_up()->set_note(request.request_id());
  request.mutable_update_mask()->add_paths("note");
  return Sending(&v1::FollowUpService::Stub::Amend, request);
}

auto NewStep(const std::string& id) {
  auto request = About<v1::AddStepRequest>(id);
  request.set_request_id(client::NewUuid());
  request.mutable_step()->set_title("Norwegian");
  request.mutable_step()->set_type(v1::STEP_TYPE_NORSKOPPLAERING);
  request.mutable_step()->set_status(v1::STEP_STATUS_PLANLAGT);
  return Sending(&v1::PlanService::Stub::AddStep, request);
}

google::type::Date Day() {
  google::type::Date date;
  date.set_year(2026);
  date.set_month(1);
  date.set_day(15);
  return date;
}

auto Judgement(const std::string& id) {
  auto request = About<v1::RecordAssessmentRequest>(id);
  request.set_request_id(client::NewUuid());
  *request.mutable_assessment()->mutable_date() = Day();
  v1::SkillLevel* level = request.mutable_assessment()->add_levels();
  level->set_skill(v1::SKILL_LESE);
  level->set_level(v1::CEFR_LEVEL_A2);
  return Sending(&v1::LanguageService::Stub::RecordAssessment, request);
}

auto TestResult(const std::string& id) {
  auto request = About<v1::RecordTestResultRequest>(id);
  request.set_request_id(client::NewUuid());
  v1::TestResult* result = request.mutable_test_result();
  *result->mutable_date() = Day();
  result->set_delproeve(v1::SKILL_LESE);
  result->set_outcome(v1::TEST_OUTCOME_LEVEL);
  result->set_level(v1::CEFR_LEVEL_B1);
  return Sending(&v1::LanguageService::Stub::RecordTestResult, request);
}

// Another decision each time.
auto Norskmaal(const std::string& id, const std::string& etag) {
  auto request = About<v1::SetNorskmaalRequest>(id);
  request.set_request_id(client::NewUuid());
  request.set_etag(etag);
  v1::Norskmaal* norskmaal = request.mutable_norskmaal();
  norskmaal->set_scheme(v1::TRAINING_SCHEME_INTEGRERINGSLOVEN_3_AAR);
  v1::SkillGoal* goal = norskmaal->add_goals();
  goal->set_skill(v1::SKILL_LESE);
  goal->set_level(v1::NORSKMAAL_LEVEL_B1);
  norskmaal->set_decision_reference(request.request_id());
  return Sending(&v1::LanguageService::Stub::SetNorskmaal, request);
}

// A week of a course that nobody else has, and the week that all replace.
auto Hours(const std::string& id) {
  auto request = About<v1::RecordHoursRequest>(id);
  request.set_request_id(client::NewUuid());
  for (const std::string& course : {request.request_id(), std::string(kSharedCourse)}) {
    v1::WeekHours* hours = request.add_hours();
    hours->set_week("2026-W10");
    hours->set_course_id(course);
    hours->set_kind(v1::HOURS_KIND_NORSK);
    hours->set_planned_hours(request.request_id().front() % 16);
  }
  return Sending(&v1::LanguageService::Stub::RecordHours, request);
}

template <class Response>
Response Parsed(const std::string& bytes) {
  Response response;
  EXPECT_TRUE(response.ParseFromString(bytes));
  return response;
}

// Of the event that was recorded or amended.
std::string EtagIn(const Sent& sent) {
  return sent.what == What::kAmend ? Parsed<v1::AmendFollowUpResponse>(sent.answer).etag()
                                   : Parsed<v1::RecordFollowUpResponse>(sent.answer).etag();
}

// The other side's newest joint meeting that nobody of this side has joined, by id; or none.
std::string MeetingToJoin(const Sent& sent) {
  const auto listed = Parsed<v1::ListFollowUpsResponse>(sent.answer);
  for (const v1::FollowUp& event : listed.follow_ups()) {
    const bool own = !event.etag().empty();
    if (!own && event.type() == v1::FOLLOW_UP_TYPE_FELLESMOETE && event.joint_with().empty()) {
      return event.follow_up_id();
    }
  }
  return "";
}

// Of the own side's norskmaal; empty while it has none.
std::string NorskmaalEtagIn(const Sent& sent) {
  if (sent.what == What::kNorskmaal) {
    return Parsed<v1::SetNorskmaalResponse>(sent.answer).norskmaal().etag();
  }
  const auto progress = Parsed<v1::GetProgressResponse>(sent.answer);
  for (const v1::NorskmaalProgress& side : progress.norskmaal()) {
    if (!side.norskmaal().etag().empty()) return side.norskmaal().etag();
  }
  return "";
}

// Counts answers and wakes who waits for enough of them, or for the last client to be done.
class Tally {
 public:
  explicit Tally(int64_t answers) : missing_(answers) {}
  void Answered() { Change(missing_); }
  void Done() { Change(working_); }
  void Wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return missing_ <= 0 || working_ == 0; });
  }

 private:
  void Change(int64_t& count) {
    const std::lock_guard lock(mutex_);
    --count;
    changed_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  int64_t missing_;
  int64_t working_ = BusyClients::kClients;
};

}  // namespace

std::string IdIn(const Sent& sent) {
  switch (sent.what) {
    case What::kCreate:
      return Parsed<v1::CreateParticipantResponse>(sent.answer).participant_id();
    case What::kFollowUp:
    case What::kMeeting:
      return Parsed<v1::RecordFollowUpResponse>(sent.answer).follow_up_id();
    case What::kAmend:
      return Parsed<v1::AmendFollowUpResponse>(sent.answer).follow_up_id();
    case What::kStep:
      return Parsed<v1::AddStepResponse>(sent.answer).step().step_id();
    case What::kAssessment:
      return Parsed<v1::RecordAssessmentResponse>(sent.answer).assessment_id();
    case What::kTestResult:
      return Parsed<v1::RecordTestResultResponse>(sent.answer).test_result_id();
    case What::kNorskmaal:
      return Parsed<v1::SetNorskmaalResponse>(sent.answer).norskmaal().decision_reference();
    case What::kHours:
      return Parsed<v1::RecordHoursResponse>(sent.answer).weeks(0).course_id();
    default:
      return "";
  }
}

BusyClients::BusyClients(const support::ServerProcess& server)
    : kari_token_(server.TokenFor("kari")), tor_token_(server.TokenFor("tor")) {
  const Client kari = As(server, true);
  const Client tor = As(server, false);
  for (size_t person = 0; person < kPeople; ++person) {
    const v1::CreateParticipantRequest request =
        Registration(NumberOf(-1 - static_cast<int64_t>(person)));
    for (const bool is_kari : {true, false}) {
      const Client& caller = is_kari ? kari : tor;
      const auto created = caller.Call(&v1::ParticipantService::Stub::Create, request);
      EXPECT_TRUE(created.ok()) << created.status();
      const std::string id = created.ok() ? created->participant_id() : "";
      (is_kari ? kari_ids_ : tor_ids_).push_back(id);
      const auto opened = caller.Call(&v1::PlanService::Stub::Open, About<v1::OpenPlanRequest>(id));
      EXPECT_TRUE(opened.ok()) << opened.status();
    }
    support::ConsentBothWays(kari, kari_ids_.back(), tor, tor_ids_.back());
  }
}

Client BusyClients::As(const support::ServerProcess& server, bool kari) const {
  return Client(support::PatientOptions(server.address(), kari ? kari_token_ : tor_token_));
}

Sent BusyClients::Next(int client, int64_t number, const Known& known) const {
  Sent sent;
  sent.by_kari = client % 2 == 0;
  sent.person = static_cast<size_t>(client / 2 + number) % kPeople;
  sent.what = static_cast<What>((client + number) % kKinds);
  if (sent.what == What::kAmend && known.amendable.id.empty()) sent.what = What::kFollowUp;
  if (sent.what == What::kAmend) sent.person = known.amendable.person;
  if (sent.what == What::kNorskmaal && client >= kNorskmaalClients) sent.what = What::kTestResult;
  if (sent.what == What::kNorskmaal && !known.norskmaal_etag.has_value()) {
    sent.what = What::kReadProgress;
  }
  if (sent.what == What::kReadProgress || sent.what == What::kNorskmaal) {
    sent.person = static_cast<size_t>(client / 2) % kPeople;
  }
  if (sent.what == What::kMeeting) {
    sent.joined = known.meeting.id;
    if (!sent.joined.empty()) sent.person = known.meeting.person;
  }
  const std::string& id = IdOf(sent.person, sent.by_kari);
  switch (sent.what) {
    case What::kCreate:
      // Two clients of either side meet on each new person.
      sent.number = NumberOf((rounds_ * 131 + client / 4 + number / kKinds * 17) % kNewPeople);
      sent.send = Sending(&v1::ParticipantService::Stub::Create, Registration(sent.number));
      break;
    case What::kFollowUp:
      sent.send = FollowUp(id);
      break;
    case What::kAmend:
      sent.send = Amendment(id, known.amendable.id, known.amendable.etag);
      break;
    case What::kMeeting:
      sent.send = Meeting(id, sent.by_kari, sent.joined);
      break;
    case What::kStep:
      sent.send = NewStep(id);
      break;
    case What::kAssessment:
      sent.send = Judgement(id);
      break;
    case What::kTestResult:
      sent.send = TestResult(id);
      break;
    case What::kNorskmaal:
      sent.send = Norskmaal(id, *known.norskmaal_etag);
      break;
    case What::kHours:
      sent.send = Hours(id);
      break;
    case What::kReadPlan:
      sent.send = Sending(&v1::PlanService::Stub::Get, About<v1::GetPlanRequest>(id));
      break;
    case What::kReadProgress:
      sent.send =
          Sending(&v1::LanguageService::Stub::GetProgress, About<v1::GetProgressRequest>(id));
      break;
    case What::kReadFollowUps:
      sent.send = Sending(&v1::FollowUpService::Stub::List, About<v1::ListFollowUpsRequest>(id));
      break;
  }
  return sent;
}

void BusyClients::Remember(int client, const Sent& sent, Known& known) const {
  switch (sent.what) {
    case What::kFollowUp:
    case What::kAmend:
      known.amendable = {sent.id, EtagIn(sent), sent.person};
      return;
    case What::kReadFollowUps:
      known.meeting = {MeetingToJoin(sent), "", sent.person};
      return;
    case What::kReadProgress:
    case What::kNorskmaal:
      if (client < kNorskmaalClients) known.norskmaal_etag = NorskmaalEtagIn(sent);
      return;
    default:
      return;
  }
}

std::vector<ActSent> BusyClients::Work(const support::ServerProcess& server, int64_t answers,
                                       const std::function<void()>& enough) {
  ++rounds_;
  std::vector<ActSent> acts(kClients);
  std::vector<std::thread> threads;
  Tally tally(answers);
  for (int i = 0; i < kClients; ++i) {
    acts[i].act_id = client::NewUuid();
    threads.emplace_back([this, &server, &tally, &act = acts[i], i] {
      const Client caller = As(server, i % 2 == 0).WithAct(act.act_id);
      Known known;
      for (int64_t number = 0; act.ended.ok(); ++number) {
        Sent sent = Next(i, number, known);
        const absl::StatusOr<std::string> answer = sent.send(caller);
        act.ended = answer.status();
        if (answer.ok()) {
          sent.answer = *answer;
          sent.id = IdIn(sent);
          Remember(i, sent, known);
          tally.Answered();
        }
        act.sent.push_back(std::move(sent));
      }
      tally.Done();
    });
  }
  tally.Wait();
  enough();
  for (std::thread& thread : threads) thread.join();
  return acts;
}

}  // namespace navo::faults
