#include "services/exchange/nav_offering.h"

#include <gtest/gtest.h>

#include "nlohmann/json.hpp"
#include "services/domain/calendar.h"

namespace navo::services {
namespace {

using nlohmann::json;

constexpr char kId[] = "3f2c8a10-5a61-4c52-9d0e-6b1f1e1c0a02";

json Value() {
  return json::parse(R"({
    "id": "3f2c8a10-5a61-4c52-9d0e-6b1f1e1c0a02", "navn": "Norsk og arbeidspraksis",
    "tiltakstype": {"tiltakskode": "GRUPPE_ARBEIDSMARKEDSOPPLAERING", "navn": "Gruppe-AMO"},
    "startDato": "2026-08-17", "sluttDato": "2027-06-18", "status": "GJENNOMFORES",
    "arrangor": {"organisasjonsnummer": "310000019", "navn": "Læring AS"}, "mer": 1})");
}

std::string ProblemOf(const NavOfferingRow& row) {
  const auto* problem = std::get_if<RowProblem>(&row);
  return problem == nullptr ? "taken in" : std::string(problem->reason) + " " + problem->column;
}

std::string ProblemWith(const json::json_pointer& field, const json& replacement) {
  json value = Value();
  value[field] = replacement;
  return ProblemOf(ParseNavOffering(value.dump()));
}

TEST(NavOffering, EveryFieldIsRead) {
  const NavOfferingRow row = ParseNavOffering(Value().dump());
  ASSERT_TRUE(std::holds_alternative<NavOffering>(row)) << ProblemOf(row);
  const auto& read = std::get<NavOffering>(row);
  EXPECT_EQ(read.offering_id, kId);
  EXPECT_EQ(read.measure_code, "GRUPPE_ARBEIDSMARKEDSOPPLAERING");
  EXPECT_EQ(read.measure_name, "Gruppe-AMO");
  EXPECT_EQ(read.title, "Norsk og arbeidspraksis");
  EXPECT_EQ(read.start_day, domain::ParseDay("2026-08-17"));
  EXPECT_EQ(read.end_day, domain::ParseDay("2027-06-18"));
  EXPECT_EQ(read.status, NavOfferingStatus::kGjennomfores);
  EXPECT_EQ(read.arranger_number, "310000019");
  EXPECT_EQ(read.arranger_name, "Læring AS");
}

TEST(NavOffering, KeyAndNullIsATombstone) {
  const NavOfferingRow row = ParseNavOffering(json{{"key", kId}, {"value", nullptr}}.dump());
  ASSERT_TRUE(std::holds_alternative<NavOfferingTombstone>(row));
  EXPECT_EQ(std::get<NavOfferingTombstone>(row).offering_id, kId);
}

TEST(NavOffering, WrongAndMissingValues) {
  EXPECT_EQ(ProblemWith("/status"_json_pointer, "PLANLAGT"), "UNKNOWN_STATUS status");
  EXPECT_EQ(ProblemWith("/navn"_json_pointer, nullptr), "MISSING_FIELD navn");
  EXPECT_EQ(ProblemWith("/navn"_json_pointer, std::string(201, 'x')), "TOO_LONG navn");
  EXPECT_EQ(ProblemWith("/startDato"_json_pointer, "17/8"), "INVALID_DATE startDato");
  EXPECT_EQ(ProblemWith("/sluttDato"_json_pointer, "2026-01-01"), "BACKWARDS_PERIOD sluttDato");
  EXPECT_EQ(ProblemWith("/tiltakstype/tiltakskode"_json_pointer, "gruppe amo"),
            "UNKNOWN_CODE tiltakstype.tiltakskode");
  EXPECT_EQ(ProblemWith("/tiltakstype"_json_pointer, "AMO"), "NOT_JSON tiltakstype");
  EXPECT_EQ(ProblemWith("/arrangor/organisasjonsnummer"_json_pointer, "310000018"),
            "INVALID_NUMBER arrangor.organisasjonsnummer");
  EXPECT_EQ(ProblemWith("/arrangor"_json_pointer, nullptr), "taken in");
  EXPECT_EQ(ProblemWith("/id"_json_pointer, "x"), "INVALID_ID id");
}

}  // namespace
}  // namespace navo::services
