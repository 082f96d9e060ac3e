#ifndef NAVO_TESTS_SERVICES_FOLLOW_UP_FIXTURE_H_
#define NAVO_TESTS_SERVICES_FOLLOW_UP_FIXTURE_H_

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "clients/cpp/client.h"
#include "clients/cpp/status.h"
#include "clients/cpp/uuid.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "tests/support/rich_case.h"
#include "tests/support/test_server.h"

namespace navo::support {

using FollowUps = v1::FollowUpService::Stub;

// Amina, known to NAV Grorud (kari) and to VO Rosenhof (tor), without any consent to begin with.
class FollowUpFixture : public ::testing::Test {
 protected:
  FollowUpFixture()
      : kari_(server_.As("kari")),
        tor_(server_.As("tor")),
        kari_id_(Register(kari_, "amina")),
        tor_id_(Register(tor_, "amina")) {}

  v1::RecordFollowUpRequest Event(const std::string& participant_id, const std::string& agreement,
                                  int minutes_ago) {
    v1::RecordFollowUpRequest request;
    request.set_participant_id(participant_id);
    v1::FollowUp* event = request.mutable_follow_up();
    event->set_type(v1::FOLLOW_UP_TYPE_SAMTALE);
    event->set_agreement(agreement);
    event->mutable_occurred_at()->set_seconds(
        absl::ToUnixSeconds(server_.clock().Now() - absl::Minutes(minutes_ago)));
    return request;
  }

  std::string Record(const client::Client& caller, const v1::RecordFollowUpRequest& request) {
    const auto recorded = caller.Call(&FollowUps::Record, request);
    EXPECT_TRUE(recorded.ok()) << recorded.status();
    return recorded.ok() ? recorded->follow_up_id() : "";
  }

  v1::ListFollowUpsResponse List(const client::Client& caller, const std::string& participant_id,
                                 int page_size = 0, const std::string& page_token = "") {
    v1::ListFollowUpsRequest request;
    request.set_participant_id(participant_id);
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    const auto listed = caller.Call(&FollowUps::List, request);
    EXPECT_TRUE(listed.ok()) << listed.status();
    return listed.value_or(v1::ListFollowUpsResponse());
  }

  static std::vector<std::string> Agreements(const v1::ListFollowUpsResponse& listed) {
    std::vector<std::string> agreements;
    for (const v1::FollowUp& event : listed.follow_ups()) agreements.push_back(event.agreement());
    return agreements;
  }

  // As the caller sees it; empty when it does not.
  v1::FollowUp Find(const client::Client& caller, const std::string& participant_id,
                    const std::string& follow_up_id) {
    const v1::ListFollowUpsResponse listed = List(caller, participant_id);
    for (const v1::FollowUp& event : listed.follow_ups()) {
      if (event.follow_up_id() == follow_up_id) return event;
    }
    return {};
  }

  // An amendment of one field of kari's event as she reads it now.
  v1::AmendFollowUpRequest Amendment(const std::string& follow_up_id, const std::string& field) {
    v1::AmendFollowUpRequest request;
    request.set_participant_id(kari_id_);
    request.set_follow_up_id(follow_up_id);
    request.set_etag(Find(kari_, kari_id_, follow_up_id).etag());
    request.set_reason(v1::AMEND_REASON_WRONG);
    request.mutable_update_mask()->add_paths(field);
    return request;
  }

  v1::AmendFollowUpResponse Amend(const client::Client& caller,
                                  const v1::AmendFollowUpRequest& request) {
    return Must(caller, &FollowUps::Amend, request);
  }

  absl::StatusOr<v1::ListFollowUpVersionsResponse> TryVersions(const client::Client& caller,
                                                               const std::string& participant_id,
                                                               const std::string& follow_up_id,
                                                               int page_size = 0,
                                                               const std::string& token = "") {
    v1::ListFollowUpVersionsRequest request;
    request.set_participant_id(participant_id);
    request.set_follow_up_id(follow_up_id);
    request.set_page_size(page_size);
    request.set_page_token(token);
    return caller.Call(&FollowUps::ListVersions, request);
  }
  v1::ListFollowUpVersionsResponse Versions(const client::Client& caller,
                                            const std::string& participant_id,
                                            const std::string& follow_up_id) {
    const auto versions = TryVersions(caller, participant_id, follow_up_id);
    EXPECT_TRUE(versions.ok()) << versions.status();
    return versions.value_or(v1::ListFollowUpVersionsResponse());
  }

  static std::vector<std::string> WrongFields(const absl::Status& status) {
    std::vector<std::string> fields;
    const google::rpc::BadRequest wrong = client::GetBadRequest(status);
    for (const auto& violation : wrong.field_violations()) fields.push_back(violation.field());
    return fields;
  }

  void Consent() { ConsentBothWays(kari_, kari_id_, tor_, tor_id_); }

  void Withdraw() {
    v1::WithdrawConsentRequest request;
    request.set_participant_id(tor_id_);
    request.set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
    request.set_channel(v1::WITHDRAWAL_CHANNEL_PHONE);
    const auto withdrawn = tor_.Call(&v1::ConsentService::Stub::WithdrawConsent, request);
    ASSERT_TRUE(withdrawn.ok()) << withdrawn.status();
  }

  // A step of the teacher's part of the plan.
  std::string TeachersStep() {
    v1::OpenPlanRequest open;
    open.set_participant_id(tor_id_);
    const auto opened = tor_.Call(&v1::PlanService::Stub::Open, open);
    EXPECT_TRUE(opened.ok()) << opened.status();
    v1::AddStepRequest add;
    add.set_participant_id(tor_id_);
    add.mutable_step()->set_title("Norsk A2");
    add.mutable_step()->set_type(v1::STEP_TYPE_NORSKOPPLAERING);
    add.mutable_step()->set_status(v1::STEP_STATUS_PLANLAGT);
    const auto added = tor_.Call(&v1::PlanService::Stub::AddStep, add);
    EXPECT_TRUE(added.ok()) << added.status();
    return added.ok() ? added->step().step_id() : "";
  }

  TestServer server_;
  client::Client kari_;
  client::Client tor_;
  std::string kari_id_;
  std::string tor_id_;
};

}  // namespace navo::support

#endif  // NAVO_TESTS_SERVICES_FOLLOW_UP_FIXTURE_H_
