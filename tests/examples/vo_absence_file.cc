#include <iterator>
#include <utility>

#include "tests/examples/files.h"

namespace navo::examples {
namespace {

// The cells of a row in the order of the file; `lærer` is not in the profile.
struct Week {
  std::string week;
  std::string pupil;
  std::string course;
  std::string documented;
  std::string absence;
  std::string planned;
};

class AbsenceRows {
 public:
  explicit AbsenceRows(const std::vector<Person>& people) : people_(people) {
    file_.ImportFirst("vo-elever.csv");
    file_.ImportFirst("vo-kurs.csv");
    file_.Write("\xEF\xBB\xBF");
    file_.ExpectRemark("UNKNOWN_COLUMN", "column 7");
    file_.Write("uke;elev_id;kurs_id;dokumentert;timer_fravær;timer_planlagt;lærer\r\n");
  }

  void Good() {
    static constexpr std::string_view kAbsences[] = {"0", "7,5", "2,25", "", "20"};
    static constexpr std::string_view kDocumented[] = {"nei", "ja", "1,25", "", "JA"};
    std::size_t index = 0;
    for (const Person& person : people_) {
      if (person.known_to == KnownTo::kNav) continue;
      for (const std::string_view week : {"2026-W34", "2026-W35"}) {
        const std::size_t kind = index % std::size(kAbsences);
        Week cells = Of(person.key);
        cells.week = week;
        cells.absence = kAbsences[kind];
        cells.documented = kDocumented[kind];
        Add(cells, TakenIn());
        ++index;
      }
    }
    // Planned ahead, in the year that has a week 53.
    Week ahead = Of("amina");
    ahead.week = "2026-W53";
    ahead.absence = ahead.documented = "";
    Add(ahead, TakenIn());
  }

  void Bad() {
    file_.Write("\r\n;;;;;;\r\n");
    Change(&Week::pupil, "RO-9999", "PERSON_UNKNOWN", "elev_id");
    Change(&Week::course, "YOGA-1", "COURSE_UNKNOWN", "kurs_id");
    Change(&Week::pupil, "", "MISSING_FIELD", "elev_id");
    Change(&Week::course, "", "MISSING_FIELD", "kurs_id");
    Change(&Week::week, "", "MISSING_FIELD", "uke");
    Change(&Week::week, "34/2026", "INVALID_DATE", "uke");
    Change(&Week::week, "2025-W53", "INVALID_DATE", "uke");
    Change(&Week::planned, "", "MISSING_FIELD", "timer_planlagt");
    Change(&Week::planned, "60,25", "INVALID_NUMBER", "timer_planlagt");
    Change(&Week::planned, "20,1", "INVALID_NUMBER", "timer_planlagt");
    Change(&Week::absence, "-1", "INVALID_NUMBER", "timer_fravaer");
    Change(&Week::absence, "20,25", "DOES_NOT_FIT", "timer_fravaer");
    Change(&Week::documented, "delvis", "UNKNOWN_CODE", "dokumentert");
    Change(&Week::documented, "7,75", "DOES_NOT_FIT", "dokumentert");
    file_.AddRow("2026-W36;RO-1001\r\n", Rejected("WRONG_COLUMN_COUNT", ""));
    Week twice = Of("amina");
    twice.week = "2026-w34";
    Add(twice, Rejected("DUPLICATE_IN_FILE", "uke"));
    Week last = Of("eun");
    last.week = "2026-W36";
    Add(last, TakenIn());
  }

  ExampleFile Take() { return std::move(file_); }

 private:
  Week Of(std::string_view key) const {
    return {"2026-W36", PupilIdOf(people_, key), CourseIdOf(people_, key), "nei", "7,5", "20"};
  }

  void Change(std::string Week::*cell, std::string value, std::string_view reason,
              std::string_view column) {
    Week cells = Of("tesfay");
    cells.*cell = std::move(value);
    Add(cells, Rejected(reason, column));
  }

  void Add(const Week& cells, const Expectation& expectation) {
    file_.AddRow(CsvLine({cells.week, cells.pupil, cells.course, cells.documented, cells.absence,
                          cells.planned, "Tor \"T\" Lie; Eva"},
                         ';', "\r\n"),
                 expectation);
  }

  const std::vector<Person>& people_;
  ExampleFile file_{"vo-fravaer.csv", "VO_FRAVAER", "UTF_8"};
};

}  // namespace

ExampleFile VoAbsenceFile(const std::vector<Person>& people) {
  AbsenceRows rows(people);
  rows.Good();
  rows.Bad();
  return rows.Take();
}

}  // namespace navo::examples
