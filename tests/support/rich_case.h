// A case with something in every category, for tests of who sees what.
#ifndef NAVO_TESTS_SUPPORT_RICH_CASE_H_
#define NAVO_TESTS_SUPPORT_RICH_CASE_H_

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "clients/cpp/client.h"
#include "google/type/date.pb.h"
#include "navo/v1/consent.pb.h"
#include "navo/v1/kartlegging.pb.h"
#include "navo/v1/language.pb.h"
#include "navo/v1/plan.pb.h"

namespace navo::support {

// The answer; a failed call fails the test.
template <class Stub, class Request, class Response>
Response Must(const client::Client& caller,
              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
              const Request& request) {
  const absl::StatusOr<Response> answer = caller.Call(method, request);
  EXPECT_TRUE(answer.ok()) << Request::descriptor()->full_name() << ": " << answer.status();
  return answer.value_or(Response());
}

// What one unit wrote, as far as a test needs to name it.
struct RichCase {
  std::string step_id;
  std::string section_id;    // EDUCATION
  std::string plan_version;  // of the own view when it was written
  std::string follow_up_id;  // amended twice
  std::string follow_up_etag;
  std::string meeting_id;  // a joint meeting with an exempted note
};

// Contact facts, team, sections of every kind (GOALS_INTERESTS, NEEDS_BARRIERS, BENEFIT_TYPE_PERIOD
// and HEALTH_WORK_ABILITY only if asked for), a plan with two steps of which one needs the other,
// two follow-ups with notes that were amended, one of absence, one with an employer, a joint
// meeting with an exempted note, a judgement, a test result, norskmaal, and hours planned for three
// weeks and attended in one. Every text holds `mark`. For a participant registered by the caller's
// unit and confirmed.
RichCase MakeRichCase(const client::Client& caller, const std::string& participant_id,
                      const std::string& mark, bool with_every_kind);

// Good content of a kind; texts hold `mark`.
v1::SectionContent ContentOf(v1::SectionKind kind, const std::string& mark);

v1::SectionContent EducationContent(const std::string& title);
v1::SectionContent GoalsContent(const std::string& goal);
v1::RecordSectionRequest NewSection(const std::string& participant_id,
                                    const v1::SectionContent& content);
v1::AddStepRequest NewStep(const std::string& participant_id, const std::string& title);

// Hours of Norwegian planned in the course "N1".
v1::WeekHours NewWeek(const std::string& week, double planned_hours);

// One direction with every category that a law may open.
v1::Release LawRelease(const std::string& from_controller, const std::string& to_controller);
// The same with what only a consent opens, towards VO.
v1::Release FullRelease(const std::string& from_controller, const std::string& to_controller);
// One direction with one category.
v1::Release OneRelease(const std::string& from_controller, const std::string& to_controller,
                       v1::Category category);
v1::GiveConsentRequest NewConsent(const std::string& participant_id, const v1::Release& release);
v1::RecordLegalBasisRequest NewLegalBasis(const std::string& participant_id,
                                          const v1::Release& release);
v1::WithdrawConsentRequest NewWithdrawal(const std::string& participant_id);

google::type::Date DateOf(int year, int month, int day);

}  // namespace navo::support

#endif  // NAVO_TESTS_SUPPORT_RICH_CASE_H_
