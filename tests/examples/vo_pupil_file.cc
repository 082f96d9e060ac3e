#include <cstddef>
#include <iterator>
#include <utility>

#include "tests/examples/files.h"

namespace navo::examples {
namespace {

// Columns of the file, in an order of its own; `merknad` is not in the profile.
enum Column : std::size_t {
  kFodselsnummer,
  kElevId,
  kEtternavn,
  kFornavn,
  kMorsmal,
  kTolkebehov,
  kSentrum,
  kSpor,
  kStart,
  kSlutt,
  kKontaktlaerer,
  kLytte,
  kLese,
  kSkriftlig,
  kMuntlig,
  kMerknad,
  kColumns,
};

constexpr std::string_view kHeader =
    "fodselsnummer;elev_id;etternavn;fornavn;morsmal;tolkebehov;sentrum;spor;start;slutt;"
    "kontaktlaerer;norskmaal_lytte;norskmaal_lese;norskmaal_skriftlig;norskmaal_muntlig;"
    "merknad\r\n";

using Cells = std::vector<std::string>;

std::string Line(const Cells& cells) { return CsvLine(cells, ';', "\r\n"); }

std::string PupilId(int number) { return "RO-" + std::to_string(1000 + number); }

class PupilRows {
 public:
  explicit PupilRows(const std::vector<Person>& people) : people_(people) {
    file_.Write("\xEF\xBB\xBF");
    file_.ExpectRemark("UNKNOWN_COLUMN", "merknad");
    file_.Write(kHeader);
  }

  void Good() {
    for (const Person& person : people_) {
      if (person.known_to != KnownTo::kNav) file_.AddRow(Line(Pupil(person)), TakenIn());
    }
  }

  void Bad() {
    file_.Write("\r\n;;;;;;;;;;;;;;;\r\n");  // a spreadsheet's empty rows
    Change(kFodselsnummer, WithWrongControl(PersonOf(people_, "eun").number), "INVALID_IDENT",
           "fodselsnummer");
    Change(kFodselsnummer, "1000012345678", "UNSUPPORTED_IDENT", "fodselsnummer");
    Change(kFodselsnummer, "", "MISSING_FIELD", "fodselsnummer");
    Change(kElevId, "", "MISSING_FIELD", "elev_id");
    Change(kSentrum, "", "MISSING_FIELD", "sentrum");
    Change(kStart, "", "MISSING_FIELD", "start");
    Change(kStart, "31.02.2026", "INVALID_DATE", "start");
    Change(kSlutt, "2027/06/18", "INVALID_DATE", "slutt");
    Change(kSlutt, "01.01.2026", "BACKWARDS_PERIOD", "slutt");
    Change(kTolkebehov, "kanskje", "UNKNOWN_CODE", "tolkebehov");
    Change(kMorsmal, "somali!", "UNKNOWN_CODE", "morsmal");
    Change(kLese, "B3", "UNKNOWN_CODE", "norskmaal_lese");
    Change(kSpor, "4", "INVALID_NUMBER", "spor");
    Change(kFornavn, std::string(201, 'a'), "TOO_LONG", "fornavn");
    Change(kEtternavn, "Bjell\xE5s", "ENCODING", "etternavn");
    Change(kKontaktlaerer, "Tor\x01Lie", "ENCODING", "kontaktlaerer");
    Cells nameless = Spare();
    nameless[kFornavn] = nameless[kEtternavn] = "";
    file_.AddRow(Line(nameless), Rejected("MISSING_FIELD", "fornavn"));
    Torn();
    file_.AddRow(Line(Pupil(people_.front(), 1)), Rejected("DUPLICATE_IN_FILE", "elev_id"));
  }

  ExampleFile Take() { return std::move(file_); }

 private:
  // Rows whose separators or quotes are wrong, each followed by a good one.
  void Torn() {
    Cells fewer = Spare();
    std::string line = Line(fewer);
    file_.AddRow(line.substr(0, line.find(";nei;")) + "\r\n", Rejected("WRONG_COLUMN_COUNT", ""));
    file_.AddRow(Line(Pupil(PersonOf(people_, "eun"), 60)), TakenIn());
    line = Line(Spare());
    file_.AddRow("\"" + line, Rejected("WRONG_COLUMN_COUNT", ""));
    file_.AddRow(Line(Pupil(PersonOf(people_, "ahlam"), 61)), TakenIn());
  }

  Cells Pupil(const Person& person) { return Pupil(person, next_++); }

  static Cells Pupil(const Person& person, int number) {
    static constexpr std::string_view kGoals[] = {"A2", "B1", "B2", ""};
    const auto n = static_cast<std::size_t>(number);
    Cells cells(kColumns);
    cells[kFodselsnummer] = person.number;
    cells[kElevId] = PupilId(number);
    cells[kEtternavn] = person.family_name;
    cells[kFornavn] = person.given_name;
    cells[kMorsmal] = person.language;
    const bool norwegian = person.language == "nb" || person.language == "nn";
    cells[kTolkebehov] = norwegian || n % 3 == 0 ? "nei" : "ja";
    cells[kSentrum] = "Rosenhof";
    cells[kSpor] = n % 4 == 3 ? "" : std::to_string(1 + n % 4);
    cells[kStart] = n % 2 == 0 ? "17.08.2026" : "2026-08-17";
    cells[kSlutt] = n % 5 == 0 ? "" : "18.06.2027";
    cells[kKontaktlaerer] = "Tor Lie";
    cells[kLytte] = cells[kMuntlig] = kGoals[n % std::size(kGoals)];
    cells[kLese] = cells[kSkriftlig] = n % 7 == 6 ? "KARAKTER_2_VGS" : cells[kLytte];
    if (n % 6 == 2) cells[kMerknad] = "to linjer;\nog et \"sitat\"";
    return cells;
  }

  // A row to spoil: an id and a number nothing else has.
  Cells Spare() {
    const int number = next_bad_++;
    Cells cells = Pupil(PersonOf(people_, "eun"), number);
    cells[kElevId] = "RO-X" + std::to_string(number);
    cells[kTolkebehov] = "nei";
    cells[kMerknad] = "";
    return cells;
  }

  void Change(Column column, std::string value, std::string_view reason, std::string_view name) {
    Cells cells = Spare();
    cells[column] = std::move(value);
    file_.AddRow(Line(cells), Rejected(reason, name));
  }

  const std::vector<Person>& people_;
  ExampleFile file_{"vo-elever.csv", "VO_ELEVER", "UTF_8"};
  int next_ = 1;
  int next_bad_ = 100;
};

}  // namespace

std::string PupilIdOf(const std::vector<Person>& people, std::string_view key) {
  int number = 0;
  for (const Person& person : people) {
    if (person.known_to != KnownTo::kNav) ++number;
    if (person.key == key) break;
  }
  return PupilId(number);
}

ExampleFile VoPupilFile(const std::vector<Person>& people) {
  PupilRows rows(people);
  rows.Good();
  rows.Bad();
  return rows.Take();
}

ExampleFile VoPupilFileInWindows1252() {
  ExampleFile file("vo-elever-windows-1252.csv", "VO_ELEVER", "WINDOWS_1252");
  file.Write(
      "elev_id,f\xF8"
      "dselsnummer,fornavn,etternavn,morsm\xE5l,sentrum,start\n");
  const auto pupil = [&file](int number, std::string_view name, const Expectation& expectation) {
    const std::string ident = SyntheticNumber({1990 + number, 5, 10 + number}, 700, false);
    file.AddRow("RW-" + std::to_string(number) + "," + ident + "," + std::string(name) +
                    ",sv,Rosenhof,17.08.2026\n",
                expectation);
  };
  pupil(1, "\xC5se,Bj\xF8rk\xE5s", TakenIn());
  pupil(2,
        "Fran\xE7oise,D\x92"
        "Alembert \x96 \x8A"
        "afar",
        TakenIn());
  pupil(3, "udef\x81inert,Byte", Rejected("ENCODING", "fornavn"));
  return file;
}

}  // namespace navo::examples
