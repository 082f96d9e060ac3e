#include <cstddef>
#include <iterator>
#include <utility>

#include "tests/examples/files.h"

namespace navo::examples {
namespace {

// Columns of the file, in an order of its own; `rom` is not in the profile.
enum Column : std::size_t {
  kKursId,
  kKursnavn,
  kElevId,
  kStatus,
  kType,
  kNivaa,
  kTimerPerUke,
  kFra,
  kTil,
  kRom,
  kColumns,
};

using Cells = std::vector<std::string>;

struct Course {
  std::string_view id;
  std::string_view name;
  std::string_view type;
  std::string_view level;
  std::string_view weekly_hours;
};

constexpr Course kCourses[] = {
    {"NO-A2-1", "Norsk A2, dagtid", "NORSK", "A2", "20"},
    {"NO-B1-1", "Norsk \"intensiv\", B1", "NORSK", "B1", "27,5"},
    {"SK-TI", "Samfunnskunnskap på tigrinja", "SAMFUNNSKUNNSKAP", "", "7,5"},
    {"FOV-2", "Forberedende opplæring", "FOV_MODUL", "Modul 2", "20"},
    {"GR-9", "Grunnskole for voksne", "GRUNNSKOLE", "9. trinn", "22"},
    {"VGS-HO", "Helsearbeiderfag", "VGS_MODUL", "VG1", "17.5"},
    {"AR-1", "Arbeidsrettet løp", "ARBEIDSRETTET", "A2", "20"},
};

class CourseRows {
 public:
  explicit CourseRows(const std::vector<Person>& people) : people_(people) {
    file_.ImportFirst("vo-elever.csv");
    file_.ExpectRemark("UNKNOWN_COLUMN", "rom");
    file_.Write("kurs_id\tkursnavn\telev_id\tstatus\ttype\tnivå\ttimer_per_uke\tfra\ttil\trom\n");
  }

  void Good() {
    static constexpr std::string_view kStatuses[] = {"PAGAR", "PLANLAGT",   "Pågår",   "FULLFORT",
                                                     "SOKT",  "venteliste", "AVBRUTT", "Ikke møtt"};
    std::size_t index = 0;
    for (const Person& person : people_) {
      if (person.known_to == KnownTo::kNav) continue;
      Cells cells = Place(PupilIdOf(people_, person.key), kCourses[index % std::size(kCourses)]);
      cells[kStatus] = kStatuses[index % std::size(kStatuses)];
      if (index % 5 == 2) cells[kTil] = "";
      if (index % 7 == 3) cells[kTimerPerUke] = "";
      if (index % 6 == 1) cells[kRom] = "to linjer\nog et\t\"sitat\"";
      Add(cells, TakenIn());
      ++index;
    }
    // Two courses at the same time, one of them not begun and without days yet.
    Cells waiting = Place(PupilIdOf(people_, "amina"), kCourses[3]);
    waiting[kStatus] = "SØKT";
    waiting[kFra] = waiting[kTil] = "";
    Add(waiting, TakenIn());
  }

  void Bad() {
    file_.Write("\n\t\t\t\t\t\t\t\t\t\r\n");
    Change(kElevId, "RO-9999", "PERSON_UNKNOWN", "elev_id");
    Change(kElevId, "", "MISSING_FIELD", "elev_id");
    Change(kKursId, "", "MISSING_FIELD", "kurs_id");
    Change(kKursId, std::string(51, 'k'), "TOO_LONG", "kurs_id");
    Change(kKursnavn, "", "MISSING_FIELD", "kursnavn");
    Change(kKursnavn, "Norsk\x07", "ENCODING", "kursnavn");
    Change(kKursnavn, "Norsk p\xE5 kveld", "ENCODING", "kursnavn");
    Change(kType, "YOGA", "UNKNOWN_CODE", "type");
    Change(kNivaa, std::string(41, 'x'), "TOO_LONG", "nivaa");
    Change(kTimerPerUke, "61", "INVALID_NUMBER", "timer_per_uke");
    Change(kTimerPerUke, "1.000,5", "INVALID_NUMBER", "timer_per_uke");
    Change(kFra, "17.8.2026", "INVALID_DATE", "fra");
    Change(kTil, "01.01.2026", "BACKWARDS_PERIOD", "til");
    Change(kStatus, "PERMISJON", "UNKNOWN_STATUS", "status");
    Change(kStatus, "", "MISSING_FIELD", "status");
    Add({"NO-A2-1", "for", "få"}, Rejected("WRONG_COLUMN_COUNT", ""));
    file_.AddRow("NO-A2-1\t\"Norsk \"A2\" dag\"\tRO-1001\tPAGAR\tNORSK\t\t\t\t\t\n",
                 Rejected("WRONG_COLUMN_COUNT", ""));
    Add(Place(PupilIdOf(people_, "amina"), kCourses[0]), Rejected("DUPLICATE_IN_FILE", "kurs_id"));
    Add(Place(PupilIdOf(people_, "eun"), kCourses[6]), TakenIn());
  }

  ExampleFile Take() { return std::move(file_); }

 private:
  static Cells Place(std::string pupil_id, const Course& course) {
    Cells cells(kColumns);
    cells[kKursId] = course.id;
    cells[kKursnavn] = course.name;
    cells[kElevId] = std::move(pupil_id);
    cells[kStatus] = "PAGAR";
    cells[kType] = course.type;
    cells[kNivaa] = course.level;
    cells[kTimerPerUke] = course.weekly_hours;
    cells[kFra] = "17.08.2026";
    cells[kTil] = "2026-12-18";
    return cells;
  }

  void Add(const Cells& cells, const Expectation& expectation) {
    file_.AddRow(CsvLine(cells, '\t', ++rows_ % 3 == 0 ? "\r\n" : "\n"), expectation);
  }

  void Change(Column column, std::string value, std::string_view reason, std::string_view name) {
    Cells cells = Place(PupilIdOf(people_, "tesfay"), kCourses[0]);
    cells[column] = std::move(value);
    Add(cells, Rejected(reason, name));
  }

  const std::vector<Person>& people_;
  ExampleFile file_{"vo-kurs.csv", "VO_KURS", "UTF_8"};
  int rows_ = 0;
};

}  // namespace

std::string CourseIdOf(const std::vector<Person>& people, std::string_view key) {
  std::size_t index = 0;
  for (const Person& person : people) {
    if (person.key == key) break;
    if (person.known_to != KnownTo::kNav) ++index;
  }
  return std::string(kCourses[index % std::size(kCourses)].id);
}

ExampleFile VoCourseFile(const std::vector<Person>& people) {
  CourseRows rows(people);
  rows.Good();
  rows.Bad();
  return rows.Take();
}

}  // namespace navo::examples
