#ifndef NAVO_TESTS_SERVICES_PLAN_FIXTURE_H_
#define NAVO_TESTS_SERVICES_PLAN_FIXTURE_H_

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cpp/client.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "tests/support/test_server.h"

namespace navo::support {

// Amina, known to NAV Grorud (kari) and to VO Rosenhof (tor), without any consent to begin with.
class PlanFixture : public ::testing::Test {
 protected:
  using Stub = v1::PlanService::Stub;

  struct Side {
    client::Client client;
    std::string id;  // of the participant, for this side
  };

  Side Enter(const std::string& staff) const {
    client::Client caller = server_.As(staff);
    std::string id = Register(caller, "amina");
    return {caller, id};
  }

  void Consent() const { ConsentBothWays(kari_.client, kari_.id, tor_.client, tor_.id); }

  static void Withdraw(const Side& side) {
    v1::WithdrawConsentRequest request;
    request.set_participant_id(side.id);
    request.set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
    request.set_channel(v1::WITHDRAWAL_CHANNEL_PHONE);
    const auto withdrawn = side.client.Call(&v1::ConsentService::Stub::WithdrawConsent, request);
    ASSERT_TRUE(withdrawn.ok()) << withdrawn.status();
  }

  static absl::StatusOr<v1::OpenPlanResponse> TryOpen(const Side& side, const std::string& goal) {
    v1::OpenPlanRequest request;
    request.set_participant_id(side.id);
    request.mutable_goals()->set_long_term_goal(goal);
    return side.client.Call(&Stub::Open, request);
  }
  static v1::PlanPart Open(const Side& side, const std::string& goal) {
    const auto opened = TryOpen(side, goal);
    EXPECT_TRUE(opened.ok()) << opened.status();
    return opened.ok() ? opened->part() : v1::PlanPart();
  }

  static absl::StatusOr<v1::GetPlanResponse> TryGet(const Side& side,
                                                    const std::string& version = "") {
    v1::GetPlanRequest request;
    request.set_participant_id(side.id);
    request.set_version(version);
    return side.client.Call(&Stub::Get, request);
  }
  static v1::Plan Get(const Side& side, const std::string& version = "") {
    const auto got = TryGet(side, version);
    EXPECT_TRUE(got.ok()) << got.status();
    return got.ok() ? got->plan() : v1::Plan();
  }

  static v1::Step NewStep(const std::string& title) {
    v1::Step step;
    step.set_title(title);
    step.set_type(v1::STEP_TYPE_NORSKOPPLAERING);
    step.set_status(v1::STEP_STATUS_PLANLAGT);
    return step;
  }
  static absl::StatusOr<v1::AddStepResponse> TryAdd(const Side& side, const v1::Step& step) {
    v1::AddStepRequest request;
    request.set_participant_id(side.id);
    *request.mutable_step() = step;
    return side.client.Call(&Stub::AddStep, request);
  }
  static v1::Step Add(const Side& side, const v1::Step& step) {
    const auto added = TryAdd(side, step);
    EXPECT_TRUE(added.ok()) << added.status();
    return added.ok() ? added->step() : v1::Step();
  }
  static v1::Step Add(const Side& side, const std::string& title) {
    return Add(side, NewStep(title));
  }

  // Changes the fields of `paths` to those of `step`, which is as it was read.
  static absl::StatusOr<v1::UpdateStepResponse> TryUpdate(const Side& side, const v1::Step& step,
                                                          const std::vector<std::string>& paths) {
    v1::UpdateStepRequest request;
    request.set_participant_id(side.id);
    request.set_step_id(step.step_id());
    request.set_etag(step.etag());
    *request.mutable_step() = step;
    for (const std::string& path : paths) request.mutable_update_mask()->add_paths(path);
    return side.client.Call(&Stub::UpdateStep, request);
  }

  static absl::StatusOr<v1::ChangeStepStatusResponse> TryMove(const Side& side,
                                                              const v1::Step& step,
                                                              v1::StepStatus status,
                                                              const std::string& reason = "") {
    v1::ChangeStepStatusRequest request;
    request.set_participant_id(side.id);
    request.set_step_id(step.step_id());
    request.set_etag(step.etag());
    request.set_status(status);
    request.set_reason(reason);
    return side.client.Call(&Stub::ChangeStepStatus, request);
  }

  static absl::StatusOr<v1::UpdateGoalsResponse> TryGoals(const Side& side, const std::string& etag,
                                                          const v1::PlanGoals& goals,
                                                          const std::vector<std::string>& paths) {
    v1::UpdateGoalsRequest request;
    request.set_participant_id(side.id);
    request.set_etag(etag);
    *request.mutable_goals() = goals;
    for (const std::string& path : paths) request.mutable_update_mask()->add_paths(path);
    return side.client.Call(&Stub::UpdateGoals, request);
  }

  static absl::StatusOr<v1::ClosePlanResponse> TryClose(const Side& side, const std::string& etag,
                                                        const std::string& reason) {
    v1::ClosePlanRequest request;
    request.set_participant_id(side.id);
    request.set_etag(etag);
    request.set_reason(reason);
    return side.client.Call(&Stub::Close, request);
  }

  static absl::StatusOr<v1::ListPlanVersionsResponse> TryVersions(const Side& side, int size = 0,
                                                                  const std::string& token = "") {
    v1::ListPlanVersionsRequest request;
    request.set_participant_id(side.id);
    request.set_page_size(size);
    request.set_page_token(token);
    return side.client.Call(&Stub::ListVersions, request);
  }
  static std::vector<v1::PlanVersion> Versions(const Side& side) {
    const auto listed = TryVersions(side);
    EXPECT_TRUE(listed.ok()) << listed.status();
    if (!listed.ok()) return {};
    return {listed->versions().begin(), listed->versions().end()};
  }

  static std::vector<std::string> Titles(const v1::PlanPart& part) {
    std::vector<std::string> titles;
    for (const v1::Step& step : part.steps()) titles.push_back(step.title());
    return titles;
  }

  TestServer server_;
  Side kari_ = Enter("kari");
  Side tor_ = Enter("tor");
};

}  // namespace navo::support

#endif  // NAVO_TESTS_SERVICES_PLAN_FIXTURE_H_
