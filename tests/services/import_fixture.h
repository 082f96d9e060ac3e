// People, systems and files of an import test, and what people see after.
#ifndef NAVO_TESTS_SERVICES_IMPORT_FIXTURE_H_
#define NAVO_TESTS_SERVICES_IMPORT_FIXTURE_H_

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "tests/services/import_files.h"

namespace navo::support {

class ImportTest : public testing::Test {
 protected:
  std::string Lookup(const client::Client& caller, const std::string& number) {
    v1::LookupParticipantRequest request;
    request.set_national_identity_number(number);
    const auto found = caller.Call(&v1::ParticipantService::Stub::Lookup, request);
    return found.ok() ? found->participant_id() : "";
  }
  // The own part's steps.
  std::vector<v1::Step> StepsOf(const client::Client& caller, const std::string& number) {
    v1::GetPlanRequest request;
    request.set_participant_id(Lookup(caller, number));
    const auto got = caller.Call(&v1::PlanService::Stub::Get, request);
    EXPECT_TRUE(got.ok()) << got.status();
    if (!got.ok() || got->plan().parts().empty()) return {};
    const auto& steps = got->plan().parts(0).steps();
    return {steps.begin(), steps.end()};
  }
  v1::GetParticipantResponse Get(const client::Client& caller, const std::string& number) {
    v1::GetParticipantRequest request;
    request.set_participant_id(Lookup(caller, number));
    const auto got = caller.Call(&v1::ParticipantService::Stub::Get, request);
    EXPECT_TRUE(got.ok()) << got.status();
    return got.value_or(v1::GetParticipantResponse());
  }
  Imported Take(const std::string& file, const Sending& how = {}) {
    const bool nav = how.format == v1::IMPORT_FORMAT_NAV_DELTAKER ||
                     how.format == v1::IMPORT_FORMAT_NAV_GJENNOMFOERING;
    const Imported imported = Import(server_.As(nav ? "komet" : "vo-system"), file, how);
    EXPECT_TRUE(imported.status.ok()) << imported.status;
    EXPECT_TRUE(imported.done);
    return imported;
  }
  v1::RowOutcome OneOutcome(const Imported& imported) {
    EXPECT_EQ(imported.counts.rows(), 1);
    if (imported.counts.created() == 1) return v1::ROW_OUTCOME_CREATED;
    if (imported.counts.updated() == 1) return v1::ROW_OUTCOME_UPDATED;
    if (imported.counts.unchanged() == 1) return v1::ROW_OUTCOME_UNCHANGED;
    EXPECT_EQ(imported.results.size(), 1u);
    return imported.results.empty() ? v1::ROW_OUTCOME_UNSPECIFIED : imported.results[0].outcome();
  }
  static nlohmann::json At(nlohmann::json row, const std::string& time, const std::string& status,
                           const nlohmann::json& why = nullptr) {
    row["endretTidspunkt"] = time;
    row["status"] = {{"type", status}, {"aarsak", {{"type", why}}}};
    return row;
  }
  static std::string Tombstone(int id) {
    return nlohmann::json{{"key", ParticipationId(id)}, {"value", nullptr}}.dump() + "\n";
  }
  void EndTie(const client::Client& caller, v1::TieEndReason reason) {
    v1::EndTieRequest request;
    request.set_participant_id(Lookup(caller, amina_));
    request.set_reason(reason);
    if (reason == v1::TIE_END_REASON_WRONG_PERSON) {
      request.set_right_participant_id(Register(caller, "yusuf"));
    }
    const auto ended = caller.Call(&v1::ParticipantService::Stub::EndTie, request);
    ASSERT_TRUE(ended.ok()) << ended.status();
  }

  TestServer server_;
  const std::string amina_ = NumberOf("amina");
  const client::Client kari_ = server_.As("kari");
  const client::Client tor_ = server_.As("tor");
};

}  // namespace navo::support

#endif  // NAVO_TESTS_SERVICES_IMPORT_FIXTURE_H_
