#include <array>

#include "nlohmann/json.hpp"
#include "tests/examples/files.h"

namespace navo::examples {
namespace {

using nlohmann::ordered_json;

struct Measure {
  std::string_view code;
  std::string_view name;
  std::string_view title;
  std::string_view start;
  std::string_view arranger;
};

constexpr std::array<Measure, kOfferings> kMeasures = {{
    {"GRUPPE_ARBEIDSMARKEDSOPPLAERING", "Arbeidsmarkedsopplæring (gruppe)",
     "Norsk og praksis i renhold", "2026-08-17", "Groruddalen Kompetanse"},
    {"NORSKOPPLAERING_GRUNNLEGGENDE_FERDIGHETER_FOV", "Norskopplæring",
     "Yrkesnorsk for helse og omsorg", "2026-08-24", "Alna Læringssenter"},
    {"GRUPPE_FAG_OG_YRKESOPPLAERING", "Fag- og yrkesopplæring (gruppe)",
     "Fagbrev som helsefagarbeider, vekselsløp", "2026-08-17", "Alna Læringssenter"},
    {"OPPFOLGING", "Oppfølging", "Oppfølging mot jobb, Grorud", "2026-01-05", "Veien Videre"},
    {"JOBBKLUBB", "Jobbklubb", "Jobbklubb «På vei»", "2026-09-07", "Veien Videre"},
    {"AVKLARING", "Avklaring", "Avklaring, fire uker", "2026-09-14", "Groruddalen Kompetanse"},
    {"ARBEIDSFORBEREDENDE_TRENING", "Arbeidsforberedende trening", "Arbeidstrening i kantine",
     "2026-03-02", "Kantina Sør"},
    {"DIGITALT_OPPFOLGINGSTILTAK", "Digitalt oppfølgingstiltak", "Digital jobbsøking", "2026-10-05",
     "Veien Videre"},
    {"ENKELTPLASS_FAG_OG_YRKESOPPLAERING", "Fag- og yrkesopplæring (enkeltplass)",
     "Truckførerbevis", "2026-11-02", "Lager og Logistikk Oslo"},
    {"GRUPPE_ARBEIDSMARKEDSOPPLAERING", "Arbeidsmarkedsopplæring (gruppe)",
     "Barnehageassistent med norsk", "2026-08-31", "Groruddalen Kompetanse"},
}};

ordered_json Offering(std::uint32_t number) {
  const Measure& measure = kMeasures[number % kOfferings];
  return {{"id", ExampleUuid(kOfferingUuid, number)},
          {"tiltakstype", {{"tiltakskode", measure.code}, {"navn", measure.name}}},
          {"navn", measure.title},
          {"startDato", measure.start},
          {"sluttDato", number % 3 == 0 ? ordered_json(nullptr) : ordered_json("2027-06-18")},
          {"status", "GJENNOMFORES"},
          {"arrangor", {{"organisasjonsnummer", "310000019"}, {"navn", measure.arranger}}}};
}

class OfferingRows {
 public:
  void Good() {
    for (std::uint32_t number = 0; number < kOfferings; ++number) {
      Add(Offering(number), TakenIn(), number % 2 == 0);
    }
  }

  void Bad() {
    file_.Write("\n");
    Change("status", "PLANLAGT", "UNKNOWN_STATUS", "status");
    Change("navn", nullptr, "MISSING_FIELD", "navn");
    Change("startDato", "17. august", "INVALID_DATE", "startDato");
    Change("sluttDato", "2025-01-01", "BACKWARDS_PERIOD", "sluttDato");
    Change("navn", std::string(201, 'a'), "TOO_LONG", "navn");
    Change("navn", "Norsk\u0007kurs", "ENCODING", "navn");
    Change("id", "17", "INVALID_ID", "id");
    ordered_json code = Next();
    code["tiltakstype"]["tiltakskode"] = "gruppe amo";
    Add(code, Rejected("UNKNOWN_CODE", "tiltakstype.tiltakskode"), false);
    ordered_json arranger = Next();
    arranger["arrangor"]["organisasjonsnummer"] = "310000018";
    Add(arranger, Rejected("INVALID_NUMBER", "arrangor.organisasjonsnummer"), false);
    file_.AddRow("{\"id\": \"broken off in the middle\n", Rejected("NOT_JSON", ""));
    Add(Offering(0), Rejected("DUPLICATE_IN_FILE", "id"), false);
    const ordered_json deleted = {{"key", ExampleUuid(kOfferingUuid, 900)}, {"value", nullptr}};
    file_.AddRow(deleted.dump() + "\n", Skipped("TOMBSTONE_UNKNOWN", ""));
  }

  ExampleFile Take() { return std::move(file_); }

 private:
  ordered_json Next() { return Offering(next_bad_++); }

  void Change(std::string_view field, const ordered_json& value, std::string_view reason,
              std::string_view column) {
    ordered_json offering = Next();
    offering[std::string(field)] = value;
    Add(offering, Rejected(reason, column), false);
  }

  void Add(const ordered_json& offering, const Expectation& expectation, bool with_key) {
    const ordered_json message = {{"key", offering["id"]}, {"value", offering}};
    file_.AddRow((with_key ? message : offering).dump() + "\n", expectation);
  }

  ExampleFile file_{"nav-gjennomforinger.jsonl", "NAV_GJENNOMFOERING", "UTF_8"};
  std::uint32_t next_bad_ = 100;
};

}  // namespace

ExampleFile NavOfferingFile() {
  OfferingRows rows;
  rows.Good();
  rows.Bad();
  return rows.Take();
}

}  // namespace navo::examples
