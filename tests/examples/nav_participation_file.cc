#include <array>
#include <utility>

#include "nlohmann/json.hpp"
#include "tests/examples/files.h"

namespace navo::examples {
namespace {

using nlohmann::ordered_json;

struct State {
  std::string_view status;
  std::string_view reason;  // empty: none
};

// Only states that become a step.
constexpr std::array<State, 10> kStates = {{{"DELTAR", ""},
                                            {"VENTER_PA_OPPSTART", ""},
                                            {"DELTAR", ""},
                                            {"SOKT_INN", ""},
                                            {"HAR_SLUTTET", "FATT_JOBB"},
                                            {"VENTELISTE", ""},
                                            {"FULLFORT", ""},
                                            {"VURDERES", ""},
                                            {"AVBRUTT", "UTDANNING"},
                                            {"IKKE_AKTUELL", "FIKK_IKKE_PLASS"}}};

ordered_json Status(const State& state) {
  const ordered_json reason =
      state.reason.empty() ? ordered_json(nullptr) : ordered_json(state.reason);
  return {{"type", state.status},
          {"tekst", state.status},
          {"aarsak", {{"type", reason}, {"beskrivelse", nullptr}}},
          {"opprettetTidspunkt", "2026-08-10T09:15:00.123456"}};
}

class ParticipationRows {
 public:
  explicit ParticipationRows(const std::vector<Person>& people) : people_(people) {}

  void Good() {
    std::size_t index = 0;
    for (const Person& person : people_) {
      if (person.known_to == KnownTo::kVo) continue;
      ordered_json row = Participation(person, kStates[index % kStates.size()]);
      if (index % 4 == 1) row.erase("deltakelsesmengder");  // as in old messages
      if (index % 5 == 2) row["innhold"] = nullptr;
      if (index % 3 == 1) row["endretTidspunkt"] = "2026-08-12T07:30:00Z";
      if (index % 3 == 2) row["endretTidspunkt"] = "2026-08-12T09:30:00.5+02:00";
      if (index % 6 == 5) row["kilde"] = "ARENA";
      if (index % 7 == 3) row["nyttFelt"] = {{"ukjent", true}};
      Add(row, TakenIn(), index % 4 != 3, index % 5 == 4 ? "\r\n" : "\n");
      ++index;
    }
    // Two places at the same time, one with an offering that has not come yet.
    Add(Participation(person("amina"), {"VENTER_PA_OPPSTART", ""}), TakenIn());
    ordered_json early = Participation(person("yusuf"), {"SOKT_INN", ""});
    early["gjennomforingId"] = ExampleUuid(kOfferingUuid, 500);
    Add(early, TakenIn());
  }

  void History() {
    file_.Write("\n");
    ordered_json row = Participation(person("piotr"), {"DELTAR", ""});
    Add(row, Overtaken());
    row["status"] = Status({"FULLFORT", ""});
    row["endretTidspunkt"] = "2026-09-01T12:00:00";
    Add(row, Changes());
    ordered_json older = row;
    older["status"] = Status({"VENTELISTE", ""});
    older["endretTidspunkt"] = "2026-07-01T12:00:00";
    Add(older, Outdated());
    Add(row, {.first = Outcome::kUnchanged, .second = Outcome::kUnchanged});

    const ordered_json deleted = Participation(person("carmen"), {"DELTAR", ""});
    Add(deleted, Overtaken());
    Tombstone(deleted["id"], Changes());
    Tombstone(ExampleUuid(kParticipationUuid, 900), Skipped("TOMBSTONE_UNKNOWN", ""));

    ordered_json mistaken = Participation(person("mehmet"), {"DELTAR", ""});
    Add(mistaken, Overtaken());
    mistaken["status"] = Status({"FEILREGISTRERT", ""});
    mistaken["endretTidspunkt"] = "2026-09-02T08:00:00";
    Add(mistaken, Changes());
    for (const std::string_view draft :
         {"UTKAST_TIL_PAMELDING", "AVBRUTT_UTKAST", "PABEGYNT_REGISTRERING", "FEILREGISTRERT"}) {
      Add(Participation(person("ioana"), {draft, ""}), Skipped("NOT_A_STEP", "status.type"));
    }
  }

  void Bad() {
    Change("personIdent", WithWrongControl(person("wei").number), "INVALID_IDENT", "personIdent");
    Change("personIdent", "", "INVALID_IDENT", "personIdent");
    Change("personIdent", "1000012345678", "UNSUPPORTED_IDENT", "personIdent");
    Change("personIdent", nullptr, "MISSING_FIELD", "personIdent");
    Change("gjennomforingId", nullptr, "MISSING_FIELD", "gjennomforingId");
    Change("gjennomforingId", "kurs-7", "INVALID_ID", "gjennomforingId");
    Change("startDato", "2026-02-30", "INVALID_DATE", "startDato");
    Change("startDato", "1826-08-17", "INVALID_DATE", "startDato");
    Change("sluttDato", "2026-01-01", "BACKWARDS_PERIOD", "sluttDato");
    Change("status", nullptr, "MISSING_FIELD", "status");
    Change("status", Status({"PAUSE", ""}), "UNKNOWN_STATUS", "status.type");
    Change("status", Status({"AVBRUTT", "FLYTTET"}), "UNKNOWN_CODE", "status.aarsak.type");
    Change("endretTidspunkt", nullptr, "MISSING_FIELD", "endretTidspunkt");
    Change("endretTidspunkt", "2026-08-12", "INVALID_DATE", "endretTidspunkt");
    Change("kilde", "REGNEARK", "UNKNOWN_CODE", "kilde");
    Change("deltakelsesmengder", {{{"deltakelsesprosent", 140}, {"gyldigFraDato", "2026-08-17"}}},
           "INVALID_NUMBER", "deltakelsesmengder.deltakelsesprosent");
    const ordered_json long_text = {{"tekst", std::string(2001, 'x')}, {"innholdskode", "annet"}};
    Change("innhold", {{"ledetekst", "x"}, {"valgtInnhold", {long_text}}}, "TOO_LONG",
           "innhold.valgtInnhold.tekst");
    BadEnvelopes();
  }

  ExampleFile Take() { return std::move(file_); }

 private:
  const Person& person(std::string_view key) const { return PersonOf(people_, key); }

  ordered_json Participation(const Person& who, const State& state) {
    const std::uint32_t number = next_++;
    return {{"id", ExampleUuid(kParticipationUuid, number)},
            {"gjennomforingId", ExampleUuid(kOfferingUuid, number % kOfferings)},
            {"personIdent", who.number},
            {"startDato", "2026-08-17"},
            {"sluttDato", number % 2 == 0 ? ordered_json("2026-12-18") : ordered_json(nullptr)},
            {"status", Status(state)},
            {"registrertTidspunkt", "2026-06-15T10:00:00"},
            {"endretTidspunkt", "2026-08-12T09:30:00"},
            {"kilde", "KOMET"},
            {"innhold",
             {{"ledetekst", "Innholdet i tiltaket"},
              {"valgtInnhold", {{{"tekst", "Øve på norsk i arbeid"}, {"innholdskode", "norsk"}}}}}},
            {"deltakelsesmengder",
             {{{"deltakelsesprosent", number % 2 == 0 ? 100 : 60},
               {"dagerPerUke", number % 2 == 0 ? ordered_json(nullptr) : ordered_json(3)},
               {"gyldigFraDato", "2026-08-17"},
               {"opprettetTidspunkt", "2026-06-15T10:00:00"}}}}};
  }

  void Add(const ordered_json& row, const Expectation& expectation, bool with_key = true,
           std::string_view line_end = "\n") {
    const ordered_json message = {{"key", row["id"]}, {"value", row}};
    file_.AddRow((with_key ? message : row).dump() + std::string(line_end), expectation);
  }

  void Tombstone(const std::string& id, const Expectation& expectation) {
    const ordered_json message = {{"key", id}, {"value", nullptr}};
    file_.AddRow(message.dump() + "\n", expectation);
  }

  void Change(std::string_view field, const ordered_json& value, std::string_view reason,
              std::string_view column) {
    ordered_json row = Participation(person("wei"), {"DELTAR", ""});
    row[std::string(field)] = value;
    Add(row, Rejected(reason, column));
  }

  void BadEnvelopes() {
    const ordered_json row = Participation(person("wei"), {"DELTAR", ""});
    const auto message = [this](const ordered_json& json, std::string_view reason,
                                std::string_view column) {
      file_.AddRow(json.dump() + "\n", Rejected(reason, column));
    };
    message({{"key", ExampleUuid(kParticipationUuid, 901)}, {"value", row}}, "INVALID_ID", "id");
    message({{"key", "901"}, {"value", row}}, "INVALID_ID", "key");
    message({{"key", row["id"]}}, "MISSING_FIELD", "value");
    file_.AddRow("[\"not\", \"an object\"]\n", Rejected("NOT_JSON", ""));
    file_.AddRow("{\"key\": \"cut off in the mid\n", Rejected("NOT_JSON", ""));
    file_.AddRow("{\"note\": \"not UTF-8: \xE6\xF8\xE5\"}\n", Rejected("ENCODING", ""));
    // The last line has no line end, and is good.
    Add(Participation(person("bahati"), {"VENTELISTE", ""}), TakenIn(), false, "");
  }

  const std::vector<Person>& people_;
  ExampleFile file_{"nav-deltakere.jsonl", "NAV_DELTAKER", "UTF_8"};
  std::uint32_t next_ = 0;
};

}  // namespace

ExampleFile NavParticipationFile(const std::vector<Person>& people) {
  ParticipationRows rows(people);
  rows.Good();
  rows.History();
  rows.Bad();
  return rows.Take();
}

}  // namespace navo::examples
