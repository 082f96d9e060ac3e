// A server and its administrators, and short ways to ask for what a test needs.
#ifndef NAVO_TESTS_SERVICES_ADMIN_FIXTURE_H_
#define NAVO_TESTS_SERVICES_ADMIN_FIXTURE_H_

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <vector>

#include "clients/cpp/status.h"
#include "navo/v1/admin.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "tests/support/dev_token.h"
#include "tests/support/rich_case.h"
#include "tests/support/test_server.h"

namespace navo::support {

using Admin = v1::AdminService::Stub;

// drift administers NAV's statlig line, dina VO, ivar the whole installation. It is Monday
// 2 November 2026.
class AdminTest : public ::testing::Test {
 protected:
  static google::type::Date Day(int year, int month, int day) {
    google::type::Date date;
    date.set_year(year);
    date.set_month(month);
    date.set_day(day);
    return date;
  }
  static google::type::Date Today() { return Day(2026, 11, 2); }

  v1::Principal PrincipalOf(const client::Client& caller, const std::string& subject) {
    const auto listed = Must(caller, &Admin::ListPrincipals, v1::ListPrincipalsRequest());
    for (const v1::Principal& one : listed.principals()) {
      if (one.subject() == subject) return one;
    }
    return {};
  }
  // The membership in force, empty when there is none.
  v1::Membership MembershipOf(const client::Client& caller, const std::string& subject) {
    v1::ListMembershipsRequest request;
    request.set_principal_id(PrincipalOf(caller, subject).principal_id());
    const auto listed = Must(caller, &Admin::ListMemberships, request);
    return listed.memberships().empty() ? v1::Membership() : listed.memberships(0);
  }
  v1::EndMembershipRequest Ending(const client::Client& caller, const std::string& subject) {
    const v1::Membership membership = MembershipOf(caller, subject);
    v1::EndMembershipRequest request;
    request.set_membership_id(membership.membership_id());
    request.set_etag(membership.etag());
    return request;
  }
  v1::AddMembershipRequest Adding(const std::string& principal_id, const std::string& unit_id,
                                  std::initializer_list<v1::Role> roles) {
    v1::AddMembershipRequest request;
    request.set_principal_id(principal_id);
    request.set_unit_id(unit_id);
    for (const v1::Role role : roles) request.add_roles(role);
    *request.mutable_valid_from() = Today();
    return request;
  }
  v1::CreatePrincipalRequest NewStaff(const std::string& subject) {
    v1::CreatePrincipalRequest request;
    request.set_kind(v1::PRINCIPAL_KIND_STAFF);
    request.set_issuer("https://localhost/navo-dev");
    request.set_subject(subject);
    request.set_name("Ny Ansatt");
    return request;
  }
  template <class Request, class Response>
  std::string Refused(const client::Client& caller,
                      grpc::Status (Admin::*method)(grpc::ClientContext*, const Request&,
                                                    Response*),
                      const Request& request) {
    const auto answer = caller.Call(method, request);
    return answer.ok() ? "OK" : ReasonOf(answer.status());
  }
  static std::vector<std::string> WrongFields(const absl::Status& status) {
    const google::rpc::BadRequest wrong = client::GetBadRequest(status);
    std::vector<std::string> fields;
    for (const auto& violation : wrong.field_violations()) fields.push_back(violation.field());
    return fields;
  }
  client::Client In(const std::string& unit, const std::string& key) {
    client::ClientOptions options = PatientOptions(server_.address(), server_.TokenFor(key));
    options.unit = unit;
    return client::Client(options);
  }
  static std::string Looks(const client::Client& caller) {
    const auto listed =
        caller.Call(&v1::ParticipantService::Stub::List, v1::ListParticipantsRequest());
    return listed.ok() ? "OK" : ReasonOf(listed.status());
  }

  TestServer server_;
  const client::Client drift_ = server_.As("drift");
  const client::Client dina_ = server_.As("dina");
  const client::Client ivar_ = server_.As("ivar");
};

}  // namespace navo::support

#endif  // NAVO_TESTS_SERVICES_ADMIN_FIXTURE_H_
