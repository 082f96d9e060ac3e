#include <gtest/gtest.h>

#include <string>

#include "clients/cpp/status.h"
#include "clients/cpp/uuid.h"
#include "navo/v1/access_log.grpc.pb.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "services/door/miss_limit.h"
#include "tests/examples/national_number.h"
#include "tests/support/test_server.h"

// What goes with a request besides its subject: request_id, etag, page token, revision, size, and
// how often one may guess.
namespace navo::support {
namespace {

using absl::StatusCode;
using FollowUps = v1::FollowUpService::Stub;
using Participants = v1::ParticipantService::Stub;
using Plans = v1::PlanService::Stub;

class RequestTest : public ::testing::Test {
 protected:
  static void Expect(const absl::Status& status, StatusCode code, const std::string& reason) {
    EXPECT_EQ(status.code(), code) << status;
    EXPECT_EQ(ReasonOf(status), reason) << status;
  }
  v1::RecordFollowUpRequest FollowUp(const std::string& agreement) {
    v1::RecordFollowUpRequest request;
    request.set_request_id(client::NewUuid());
    request.set_participant_id(id_);
    request.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_SAMTALE);
    request.mutable_follow_up()->mutable_occurred_at()->set_seconds(
        absl::ToUnixSeconds(server_.clock().Now()));
    request.mutable_follow_up()->set_agreement(agreement);
    return request;
  }
  absl::StatusOr<v1::ListFollowUpsResponse> List(const client::Client& caller,
                                                 const std::string& id, int size,
                                                 const std::string& token) const {
    v1::ListFollowUpsRequest request;
    request.set_participant_id(id);
    request.set_page_size(size);
    request.set_page_token(token);
    return caller.Call(&FollowUps::List, request);
  }
  int FollowUpCount() const {
    const auto listed = List(kari_, id_, 200, "");
    EXPECT_TRUE(listed.ok()) << listed.status();
    return listed.ok() ? listed->follow_ups_size() : -1;
  }
  v1::OpenPlanResponse OpenPlan() const {
    v1::OpenPlanRequest request;
    request.set_participant_id(id_);
    const auto opened = kari_.Call(&Plans::Open, request);
    EXPECT_TRUE(opened.ok()) << opened.status();
    return opened.value_or(v1::OpenPlanResponse());
  }

  TestServer server_;
  client::Client kari_ = server_.As("kari");
  std::string id_ = Register(kari_, "amina");
};

TEST_F(RequestTest, AChangeWithoutRequestIdIsRefused) {
  // The client would make one, so the stub is called by hand.
  Participants participants(kari_.channel());
  v1::CreateParticipantRequest request;
  request.set_national_identity_number(NumberOf("yusuf"));
  request.set_tie_reason(v1::TIE_REASON_REFERRED);
  v1::CreateParticipantResponse response;
  const auto context = kari_.NewContext();
  Expect(client::FromGrpc(participants.Create(context.get(), request, &response)),
         StatusCode::kInvalidArgument, "REQUEST_ID_MISSING");
  v1::LookupParticipantRequest lookup;
  lookup.set_national_identity_number(NumberOf("yusuf"));
  Expect(kari_.Call(&Participants::Lookup, lookup).status(), StatusCode::kNotFound, "NOT_FOUND");
}

TEST_F(RequestTest, ARequestIdIsAUuidInLowerCase) {
  for (const char* wrong :
       {"1", "not-a-uuid", "6F9619FF-8B86-4D01-B42D-00CF4FC964FF",
        "6f9619ff8b864d01b42d00cf4fc964ff", "{6f9619ff-8b86-4d01-b42d-00cf4fc964ff}",
        "6f9619ff-8b86-4d01-b42d-00cf4fc964ff "}) {
    SCOPED_TRACE(wrong);
    v1::RecordFollowUpRequest request = FollowUp("Monday");
    request.set_request_id(wrong);
    const absl::Status status = kari_.Call(&FollowUps::Record, request).status();
    Expect(status, StatusCode::kInvalidArgument, "INVALID_FIELDS");
    ASSERT_EQ(client::GetBadRequest(status).field_violations_size(), 1);
    EXPECT_EQ(client::GetBadRequest(status).field_violations(0).field(), "request_id");
  }
  EXPECT_EQ(FollowUpCount(), 0);
}

TEST_F(RequestTest, TheSameRequestAgainGetsTheSameBytesAndHappensOnce) {
  const v1::RecordFollowUpRequest request = FollowUp("Monday");
  const auto first = kari_.Call(&FollowUps::Record, request);
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_TRUE(kari_.Call(&FollowUps::Record, FollowUp("Tuesday")).ok());
  server_.Restart();
  const client::Client again = server_.As("kari");
  const auto second = again.Call(&FollowUps::Record, request);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->SerializeAsString(), first->SerializeAsString());
  const auto listed = List(again, id_, 200, "");
  ASSERT_TRUE(listed.ok()) << listed.status();
  EXPECT_EQ(listed->follow_ups_size(), 2);
}

TEST_F(RequestTest, ARequestIdIsForOneRequestOfOneCaller) {
  const v1::RecordFollowUpRequest request = FollowUp("Monday");
  ASSERT_TRUE(kari_.Call(&FollowUps::Record, request).ok());
  v1::RecordFollowUpRequest other_body = request;
  other_body.mutable_follow_up()->set_agreement("Tuesday");
  Expect(kari_.Call(&FollowUps::Record, other_body).status(), StatusCode::kAlreadyExists,
         "REQUEST_ID_REUSED");
  v1::OpenPlanRequest other_method;
  other_method.set_request_id(request.request_id());
  other_method.set_participant_id(id_);
  Expect(kari_.Call(&Plans::Open, other_method).status(), StatusCode::kAlreadyExists,
         "REQUEST_ID_REUSED");
  v1::AddToTeamRequest add;
  add.set_request_id(client::NewUuid());
  add.set_participant_id(id_);
  ASSERT_TRUE(kari_.Call(&Participants::AddToTeam, add).ok());
  v1::RemoveFromTeamRequest same_shape;  // the same bytes in another method
  same_shape.ParseFromString(add.SerializeAsString());
  Expect(kari_.Call(&Participants::RemoveFromTeam, same_shape).status(), StatusCode::kAlreadyExists,
         "REQUEST_ID_REUSED");
  // Somebody else's ids are their own.
  EXPECT_TRUE(server_.As("sara").Call(&FollowUps::Record, other_body).ok());
  EXPECT_EQ(FollowUpCount(), 2);
}

TEST_F(RequestTest, ARefusedRequestIsLookedAtAgain) {
  v1::RecordFollowUpRequest request = FollowUp("Monday");
  request.set_participant_id(client::NewUuid());
  Expect(kari_.Call(&FollowUps::Record, request).status(), StatusCode::kNotFound, "NOT_FOUND");
  request.set_participant_id(id_);
  EXPECT_TRUE(kari_.Call(&FollowUps::Record, request).ok());
}

TEST_F(RequestTest, AnUpdateNeedsTheEtagOfNow) {
  const std::string etag = OpenPlan().part().etag();
  v1::UpdateGoalsRequest request;
  request.set_participant_id(id_);
  request.mutable_goals()->set_sluttmaal("Fagbrev");
  Expect(kari_.Call(&Plans::UpdateGoals, request).status(), StatusCode::kInvalidArgument,
         "ETAG_MISSING");
  request.set_etag("no etag at all");
  const absl::Status stale = kari_.Call(&Plans::UpdateGoals, request).status();
  Expect(stale, StatusCode::kAborted, "STALE_ETAG");
  EXPECT_EQ(client::ReasonMetadata(stale, "etag"), etag);
  request.set_etag(etag);
  const auto updated = kari_.Call(&Plans::UpdateGoals, request);
  ASSERT_TRUE(updated.ok()) << updated.status();
  const absl::Status again = kari_.Call(&Plans::UpdateGoals, request).status();
  Expect(again, StatusCode::kAborted, "STALE_ETAG");
  EXPECT_EQ(client::ReasonMetadata(again, "etag"), updated->part().etag());
}

TEST_F(RequestTest, APageTokenIsForOneCallerAndOneRequest) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(kari_.Call(&FollowUps::Record, FollowUp("a")).ok());
  const auto first = List(kari_, id_, 1, "");
  ASSERT_TRUE(first.ok()) << first.status();
  const std::string token = first->next_page_token();
  ASSERT_FALSE(token.empty());
  EXPECT_TRUE(List(kari_, id_, 1, token).ok());

  const auto expect_invalid = [](const absl::Status& status) {
    Expect(status, StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID");
  };
  const client::Client sara = server_.As("sara");
  ASSERT_TRUE(List(sara, id_, 1, "").ok());
  expect_invalid(List(sara, id_, 1, token).status());
  expect_invalid(List(kari_, Register(kari_, "yusuf"), 1, token).status());
  std::string changed = token;
  changed[changed.size() / 2] = changed[changed.size() / 2] == 'A' ? 'B' : 'A';
  for (const std::string& garbage : {changed, token + "A", token.substr(1), std::string("!!"),
                                     std::string("AAAA"), std::string(2'000, 'A')}) {
    expect_invalid(List(kari_, id_, 1, garbage).status());
  }
  v1::ListPlanVersionsRequest other_method;
  other_method.set_participant_id(id_);
  other_method.set_page_token(token);
  OpenPlan();
  expect_invalid(kari_.Call(&Plans::ListVersions, other_method).status());
}

TEST_F(RequestTest, APageTokenIsForOneFilter) {
  Register(kari_, "yusuf");
  v1::ListParticipantsRequest request;
  request.set_page_size(1);
  const auto first = kari_.Call(&Participants::List, request);
  ASSERT_TRUE(first.ok()) << first.status();
  request.set_page_token(first->next_page_token());
  ASSERT_FALSE(request.page_token().empty());
  EXPECT_TRUE(kari_.Call(&Participants::List, request).ok());
  for (const auto& change : std::vector<std::function<void(v1::ListParticipantsRequest&)>>{
           [](auto& changed) { changed.set_name_prefix("Wa"); },
           [](auto& changed) { changed.set_interpreter_needed(true); },
           [](auto& changed) { changed.set_order(v1::PARTICIPANT_ORDER_TIE_NEWEST); },
           [](auto& changed) {
             changed.mutable_tied_since()->set_year(2026);
             changed.mutable_tied_since()->set_month(1);
             changed.mutable_tied_since()->set_day(1);
           }}) {
    v1::ListParticipantsRequest changed = request;
    change(changed);
    Expect(kari_.Call(&Participants::List, changed).status(), StatusCode::kInvalidArgument,
           "PAGE_TOKEN_INVALID");
  }
}

TEST_F(RequestTest, ARevisionIsForOneCallerOfOneDatabase) {
  const auto ask = [this](const client::Client& caller, const std::string& revision) {
    v1::GetParticipantRequest request;
    request.set_participant_id(id_);
    request.set_min_revision(revision);
    return caller.Call(&Participants::Get, request);
  };
  const auto shown = ask(kari_, "");
  ASSERT_TRUE(shown.ok()) << shown.status();
  EXPECT_TRUE(ask(kari_, shown->revision()).ok());
  EXPECT_TRUE(ask(kari_, OpenPlan().revision()).ok()) << "one's own writes";
  for (const std::string& garbage :
       {std::string("1"), std::string("!!"), shown->revision() + "A", std::string(5'000, 'A')}) {
    Expect(ask(kari_, garbage).status(), StatusCode::kInvalidArgument, "REVISION_FOREIGN");
  }
  Expect(ask(server_.As("sara"), shown->revision()).status(), StatusCode::kInvalidArgument,
         "REVISION_FOREIGN");
  TestServer elsewhere;
  const client::Client other_kari = elsewhere.As("kari");
  id_ = Register(other_kari, "amina");
  Expect(ask(other_kari, shown->revision()).status(), StatusCode::kInvalidArgument,
         "REVISION_FOREIGN");
}

TEST_F(RequestTest, AMessageOverOneMegabyteIsRefusedBeforeItIsRead) {
  v1::RecordFollowUpRequest request = FollowUp("Monday");
  request.mutable_follow_up()->set_note(std::string(1 << 20, 'n'));
  const absl::Status status = kari_.Call(&FollowUps::Record, request).status();
  EXPECT_EQ(status.code(), StatusCode::kResourceExhausted) << status;
  // Below it the field is named.
  request.mutable_follow_up()->set_note(std::string((1 << 20) - 1'000, 'n'));
  Expect(kari_.Call(&FollowUps::Record, request).status(), StatusCode::kInvalidArgument,
         "INVALID_FIELDS");
  EXPECT_EQ(FollowUpCount(), 0);
}

TEST_F(RequestTest, GuessingNumbersIsLimitedPerCaller) {
  const auto look_up = [](const client::Client& caller, const std::string& number) {
    v1::LookupParticipantRequest request;
    request.set_national_identity_number(number);
    return caller.Call(&Participants::Lookup, request).status();
  };
  const auto guess = [&](const client::Client& caller, int number) {
    return look_up(caller,
                   examples::SyntheticNumber({1980 + number % 20, 1 + number % 12, 7}, 900, false));
  };
  const absl::Time start = server_.clock().Now();
  for (size_t i = 0; i < door::MissLimit::kMisses; ++i) {
    Expect(guess(kari_, static_cast<int>(i)), StatusCode::kNotFound, "NOT_FOUND");
    EXPECT_EQ(server_.clock().Now(), start);
  }
  const absl::Status limited = guess(kari_, 99);
  Expect(limited, StatusCode::kResourceExhausted, "RATE_LIMITED");
  EXPECT_EQ(client::GetRetryDelay(limited), door::MissLimit::kWindow);
  Expect(look_up(kari_, NumberOf("amina")), StatusCode::kResourceExhausted, "RATE_LIMITED");
  EXPECT_TRUE(look_up(server_.As("sara"), NumberOf("amina")).ok()) << "a colleague is not stopped";
  server_.clock().Advance(door::MissLimit::kWindow);
  EXPECT_TRUE(look_up(kari_, NumberOf("amina")).ok());
}

}  // namespace
}  // namespace navo::support
