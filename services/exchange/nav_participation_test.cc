#include "services/exchange/nav_participation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>

#include "nlohmann/json.hpp"
#include "services/domain/calendar.h"

namespace navo::services {
namespace {

using nlohmann::json;

constexpr domain::IdentifierPolicy kTest{.profile = domain::Profile::kTest};
constexpr char kId[] = "3f2c8a10-5a61-4c52-9d0e-6b1f1e1c0a01";

json Value() {
  return json::parse(R"({
    "id": "3f2c8a10-5a61-4c52-9d0e-6b1f1e1c0a01", "personIdent": "17838549888",
    "gjennomforingId": "AA2c8a10-5a61-4c52-9d0e-6b1f1e1c0a02",
    "startDato": "2026-08-17", "sluttDato": null,
    "status": {"type": "DELTAR", "tekst": "Deltar", "aarsak": {"type": null, "beskrivelse": null},
               "opprettetTidspunkt": "2026-08-10T09:00:00.123456789"},
    "registrertTidspunkt": "2026-08-01T08:00:00Z", "endretTidspunkt": "2026-08-10T09:00:00",
    "kilde": "KOMET", "ny": {"ukjent": [1]},
    "innhold": {"ledetekst": "x",
      "valgtInnhold": [{"tekst": "Jobbsøk", "innholdskode": "jobbsoking"}]},
    "deltakelsesmengder": [
      {"deltakelsesprosent": 100, "dagerPerUke": null, "gyldigFraDato": "2026-10-01"},
      {"deltakelsesprosent": 50, "dagerPerUke": 2.5, "gyldigFraDato": "2026-08-17"}]})");
}

NavParticipationRow Parse(const json& value) { return ParseNavParticipation(value.dump(), kTest); }

std::string ProblemOf(const NavParticipationRow& row) {
  const auto* problem = std::get_if<RowProblem>(&row);
  if (problem == nullptr) return "taken in";
  EXPECT_FALSE(problem->advice.empty());
  return std::string(problem->reason) + " " + problem->column;
}

std::string ProblemWith(const json::json_pointer& field, const json& replacement) {
  json value = Value();
  value[field] = replacement;
  return ProblemOf(Parse(value));
}

std::string ProblemWithout(std::string_view field) {
  json value = Value();
  value.erase(std::string(field));
  return ProblemOf(Parse(value));
}

TEST(NavParticipation, EveryFieldIsRead) {
  const NavParticipationRow row = Parse(Value());
  ASSERT_TRUE(std::holds_alternative<NavParticipation>(row)) << ProblemOf(row);
  const auto& read = std::get<NavParticipation>(row);
  EXPECT_EQ(read.source_id, kId);
  EXPECT_EQ(read.ident.Reveal(), "17838549888");
  EXPECT_EQ(read.offering_id, "aa2c8a10-5a61-4c52-9d0e-6b1f1e1c0a02");
  EXPECT_EQ(read.start_day, domain::ParseDay("2026-08-17"));
  EXPECT_EQ(read.end_day, std::nullopt);
  EXPECT_EQ(read.status_type, "DELTAR");
  EXPECT_EQ(read.meaning.effect, domain::ParticipationEffect::kStep);
  EXPECT_EQ(read.meaning.status, v1::STEP_STATUS_GJENNOMFOERES);
  EXPECT_EQ(read.status_reason, "");
  EXPECT_EQ(read.source, NavSource::kKomet);
  // Without a zone the time is Oslo's: two hours ahead of UTC in August.
  EXPECT_EQ(read.changed_at_us, *domain::ParseInstant("2026-08-10T07:00:00Z"));
  EXPECT_EQ(read.status_since_us, domain::ParseInstant("2026-08-10T07:00:00.123456Z"));
  EXPECT_EQ(read.registered_at_us, domain::ParseInstant("2026-08-01T08:00:00Z"));
  ASSERT_EQ(read.content.size(), 1u);
  EXPECT_EQ(read.content[0].text, "Jobbsøk");
  ASSERT_EQ(read.quantities.size(), 2u);
  EXPECT_EQ(QuantityOn(read, *domain::ParseDay("2026-09-30"))->days_per_week, 2.5);
  EXPECT_EQ(QuantityOn(read, *domain::ParseDay("2026-10-01"))->percent, 100);
  EXPECT_EQ(QuantityOn(read, *domain::ParseDay("2026-01-01"))->percent, 50);
}

TEST(NavParticipation, KeyAndValueIsTheSameAsTheBareValue) {
  const NavParticipationRow row =
      Parse({{"key", "3F2C8A10-5A61-4C52-9D0E-6B1F1E1C0A01"}, {"value", Value()}});
  ASSERT_TRUE(std::holds_alternative<NavParticipation>(row)) << ProblemOf(row);
  EXPECT_EQ(std::get<NavParticipation>(row).source_id, kId);
}

TEST(NavParticipation, NullValueIsATombstone) {
  const NavParticipationRow row = Parse({{"key", kId}, {"value", nullptr}});
  ASSERT_TRUE(std::holds_alternative<NavTombstone>(row)) << ProblemOf(row);
  EXPECT_EQ(std::get<NavTombstone>(row).source_id, kId);
}

TEST(NavParticipation, KeysThatDoNotHold) {
  const std::string other = "00000000-5a61-4c52-9d0e-6b1f1e1c0a01";
  EXPECT_EQ(ProblemOf(Parse({{"key", other}, {"value", Value()}})), "INVALID_ID id");
  EXPECT_EQ(ProblemOf(Parse({{"key", "7"}, {"value", Value()}})), "INVALID_ID key");
  EXPECT_EQ(ProblemOf(Parse({{"key", kId}})), "MISSING_FIELD value");
  EXPECT_EQ(ProblemOf(Parse({{"value", nullptr}})), "MISSING_FIELD key");
  EXPECT_EQ(ProblemOf(Parse({{"key", kId}, {"value", "x"}})), "NOT_JSON value");
  EXPECT_EQ(ProblemWith("/id"_json_pointer, "7"), "INVALID_ID id");
}

TEST(NavParticipation, LinesThatAreNoMessageAreForeign) {
  for (const std::string line :
       {"", "x", "[]", "{", "{\"a\":1}", "1e999", "{\"key\":\"x\",\"value\":{}}"}) {
    const NavParticipationRow row = ParseNavParticipation(line, kTest);
    ASSERT_TRUE(std::holds_alternative<RowProblem>(row)) << line;
    EXPECT_TRUE(std::get<RowProblem>(row).foreign) << line;
  }
  EXPECT_EQ(ProblemOf(ParseNavParticipation("{\"id\": tru", kTest)), "NOT_JSON ");
}

TEST(NavParticipation, Idents) {
  const auto ident = "/personIdent"_json_pointer;
  EXPECT_EQ(ProblemWith(ident, "1000012345678"), "UNSUPPORTED_IDENT personIdent");
  EXPECT_EQ(ProblemWith(ident, "17838549889"), "INVALID_IDENT personIdent");
  EXPECT_EQ(ProblemWith(ident, "02013299997"), "INVALID_IDENT personIdent");  // real series
  EXPECT_EQ(ProblemWith(ident, 17838549888), "INVALID_IDENT personIdent");
  EXPECT_EQ(ProblemWith(ident, nullptr), "MISSING_FIELD personIdent");
}

TEST(NavParticipation, MissingFields) {
  EXPECT_EQ(ProblemWithout("status"), "MISSING_FIELD status");
  EXPECT_EQ(ProblemWithout("endretTidspunkt"), "MISSING_FIELD endretTidspunkt");
  EXPECT_EQ(ProblemWithout("kilde"), "MISSING_FIELD kilde");
  EXPECT_EQ(ProblemWithout("gjennomforingId"), "MISSING_FIELD gjennomforingId");
  EXPECT_EQ(ProblemWithout("id"), "MISSING_FIELD id");
  EXPECT_EQ(ProblemWithout("deltakelsesmengder"), "taken in");
  EXPECT_EQ(ProblemWithout("registrertTidspunkt"), "taken in");
  EXPECT_EQ(ProblemWith("/innhold"_json_pointer, nullptr), "taken in");
}

TEST(NavParticipation, WrongValues) {
  EXPECT_EQ(ProblemWith("/status/type"_json_pointer, "PAUSE"), "UNKNOWN_STATUS status.type");
  EXPECT_EQ(ProblemWith("/status/aarsak/type"_json_pointer, "FLYTTET"),
            "UNKNOWN_CODE status.aarsak.type");
  EXPECT_EQ(ProblemWith("/kilde"_json_pointer, "EXCEL"), "UNKNOWN_CODE kilde");
  EXPECT_EQ(ProblemWith("/startDato"_json_pointer, "2026-02-30"), "INVALID_DATE startDato");
  EXPECT_EQ(ProblemWith("/startDato"_json_pointer, 20260230), "INVALID_DATE startDato");
  EXPECT_EQ(ProblemWith("/sluttDato"_json_pointer, "2026-08-16"), "BACKWARDS_PERIOD sluttDato");
  EXPECT_EQ(ProblemWith("/endretTidspunkt"_json_pointer, "i går"), "INVALID_DATE endretTidspunkt");
  EXPECT_EQ(ProblemWith("/gjennomforingId"_json_pointer, "12"), "INVALID_ID gjennomforingId");
  EXPECT_EQ(ProblemWith("/deltakelsesmengder/0/deltakelsesprosent"_json_pointer, 101),
            "INVALID_NUMBER deltakelsesmengder.deltakelsesprosent");
  EXPECT_EQ(ProblemWith("/deltakelsesmengder/0/dagerPerUke"_json_pointer, "tre"),
            "INVALID_NUMBER deltakelsesmengder.dagerPerUke");
  EXPECT_EQ(ProblemWith("/innhold/valgtInnhold/0/tekst"_json_pointer, std::string(2001, 'x')),
            "TOO_LONG innhold.valgtInnhold.tekst");
  EXPECT_EQ(ProblemWith("/innhold/valgtInnhold/0/tekst"_json_pointer, "a\x01"),
            "ENCODING innhold.valgtInnhold.tekst");
}

TEST(NavParticipation, DraftsAndErrorsAreReadAndTellTheirEffect) {
  const std::map<std::string, domain::ParticipationEffect> expected = {
      {"UTKAST_TIL_PAMELDING", domain::ParticipationEffect::kDraft},
      {"FEILREGISTRERT", domain::ParticipationEffect::kRemoved},
      {"AVBRUTT", domain::ParticipationEffect::kStep}};
  for (const auto& [code, effect] : expected) {
    json value = Value();
    value["status"]["type"] = code;
    const NavParticipationRow parsed = Parse(value);
    ASSERT_TRUE(std::holds_alternative<NavParticipation>(parsed)) << code;
    EXPECT_EQ(std::get<NavParticipation>(parsed).meaning.effect, effect) << code;
  }
}

TEST(NavParticipation, ABrokenOffPlaceAlwaysSaysWhy) {
  json value = Value();
  value["status"]["type"] = "AVBRUTT";
  EXPECT_EQ(std::get<NavParticipation>(Parse(value)).status_reason, "AVBRUTT");
  value["status"]["aarsak"]["type"] = "FATT_JOBB";
  EXPECT_EQ(std::get<NavParticipation>(Parse(value)).status_reason, "FATT_JOBB");
}

TEST(NavParticipation, ALineOfBracketsIsJustARowThatIsNoMessage) {
  const std::string brackets =
      "{\"gjennomforingId\":" + std::string(500'000, '[') + std::string(500'000, ']') + "}";
  EXPECT_NE(ProblemOf(ParseNavParticipation(brackets, kTest)), "taken in");
  EXPECT_EQ(ProblemOf(ParseNavParticipation(std::string(1'000'000, '['), kTest)), "NOT_JSON ");
}

}  // namespace
}  // namespace navo::services
