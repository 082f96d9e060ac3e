#include "clients/load/import_file.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/load/dice.h"
#include "clients/load/population.h"
#include "storage/uuid.h"

namespace navo::load {
namespace {

using nlohmann::json;

constexpr int kOfferings = 300;
// Above the people of the largest database.
constexpr int kFirstPerson = 12'000'000;
constexpr int kPeopleOfASeed = 2'000'000;
constexpr int kSeeds = 6;

constexpr const char* kGivenNames[] = {"Amina", "Yusuf", "Olena", "Carmen", "Piotr", "Åse"};
constexpr const char* kFamilyNames[] = {"Warsame", "Haddad", "Koval", "Gómez", "Nowak", "Bjørnås"};
constexpr const char* kLanguages[] = {"so", "ar", "uk", "es", "pl", "nb"};
constexpr const char* kCentres[] = {"Rosenhof", "Helsfyr", "Skullerud"};
constexpr const char* kStatuses[] = {"DELTAR", "VENTELISTE", "VENTER_PA_OPPSTART", "SOKT_INN"};

std::string Number(uint64_t seed, int row) {
  const auto first = static_cast<int>(seed % kSeeds) * kPeopleOfASeed + kFirstPerson;
  std::string number = SyntheticNumber(first + row);
  if (row % kRowsForABadOne == kRowsForABadOne / 2) {
    number.back() = number.back() == '9' ? '0' : static_cast<char>(number.back() + 1);
  }
  return number;
}

std::string Participation(uint64_t seed, int row) {
  Dice dice(seed, static_cast<uint64_t>(row));
  const std::string id = storage::UuidText(dice.UuidBytes());
  const int offering = dice.Below(kOfferings);
  const bool whole = dice.Below(2) == 0;
  const json value = {
      {"id", id},
      {"gjennomforingId", absl::StrFormat("00000000-0000-4000-a000-%012d", offering)},
      {"personIdent", Number(seed, row)},
      {"startDato", absl::StrFormat("2026-%02d-%02d", 1 + dice.Below(12), 1 + dice.Below(28))},
      {"sluttDato", whole ? json("2027-06-18") : json(nullptr)},
      {"status",
       {{"type", dice.Pick(kStatuses)},
        {"tekst", ""},
        {"aarsak", {{"type", nullptr}, {"beskrivelse", nullptr}}},
        {"opprettetTidspunkt", "2026-01-10T09:15:00.123456"}}},
      {"registrertTidspunkt", "2026-01-10T09:15:00"},
      {"endretTidspunkt", absl::StrFormat("2026-01-%02dT09:30:00", 1 + dice.Below(28))},
      {"kilde", "KOMET"},
      {"innhold",
       {{"ledetekst", "Innholdet i tiltaket"},
        {"valgtInnhold", {{{"tekst", "Øve på norsk i arbeid"}, {"innholdskode", "norsk"}}}}}},
      {"deltakelsesmengder",
       {{{"deltakelsesprosent", whole ? 100 : 60},
         {"dagerPerUke", whole ? json(nullptr) : json(3)},
         {"gyldigFraDato", "2026-01-10"},
         {"opprettetTidspunkt", "2026-01-10T09:15:00"}}}}};
  return json{{"key", id}, {"value", value}}.dump() + "\n";
}

constexpr std::string_view kPupilHeader =
    "elev_id;fodselsnummer;fornavn;etternavn;morsmal;tolkebehov;sentrum;spor;start;slutt;"
    "kontaktlaerer;norskmaal_lytte;norskmaal_lese;norskmaal_skriftlig;norskmaal_muntlig\r\n";

std::string Pupil(uint64_t seed, int row) {
  Dice dice(seed, static_cast<uint64_t>(row));
  const int origin = dice.Below(6);
  return absl::StrFormat("E%d-%d;%s;%s;%s;%s;%s;%s;%d;%02d.08.2026;%s;Tor Lie;B1;B1;A2;B1\r\n",
                         static_cast<int>(seed % kSeeds), row, Number(seed, row),
                         kGivenNames[origin], dice.Pick(kFamilyNames), kLanguages[origin],
                         dice.Below(3) == 0 ? "nei" : "ja", dice.Pick(kCentres), 1 + dice.Below(3),
                         1 + dice.Below(28), dice.Below(4) == 0 ? "" : "18.06.2027");
}

}  // namespace

absl::Status WriteImportFile(const ImportFileOptions& options) {
  const bool pupils = options.format == "vo-elever";
  if (!pupils && options.format != "nav-deltaker") {
    return absl::InvalidArgumentError("the format is nav-deltaker or vo-elever");
  }
  std::ofstream file(options.file, std::ios::binary | std::ios::trunc);
  if (pupils) file << kPupilHeader;
  for (int row = 0; row < options.rows && file.good(); ++row) {
    file << (pupils ? Pupil(options.seed, row) : Participation(options.seed, row));
  }
  file.close();
  if (!file) return absl::DataLossError("the file could not be written");
  return absl::OkStatus();
}

}  // namespace navo::load
