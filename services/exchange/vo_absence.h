// One pupil's week in a course of adult education, from a row of NAVO's profile `vo-fravaer`
// (exchange.md 4): CSV with a header row, columns in any order. docs/formats.md says what each
// column may hold.
//
// Pure; any thread.
#ifndef NAVO_SERVICES_EXCHANGE_VO_ABSENCE_H_
#define NAVO_SERVICES_EXCHANGE_VO_ABSENCE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/exchange/csv_header.h"
#include "services/exchange/row_problem.h"

namespace navo::services {

// The columns of vo-fravaer. Required: all but dokumentert.
extern const CsvProfile kVoAbsenceProfile;

struct VoAbsence {
  std::string pupil_id;       // elev_id
  std::string course_id;      // kurs_id
  std::int32_t week_day = 0;  // the Monday of the ISO week
  double planned_hours = 0;   // quarters of an hour, as all of these
  // What came of it: nothing when absence is not filled in yet.
  struct Absence {
    double attended_hours = 0;  // planned less absence
    double documented_hours = 0;
    double undocumented_hours = 0;
  };
  std::optional<Absence> absence;
};

// Problems: MISSING_FIELD, INVALID_DATE (uke), INVALID_NUMBER, UNKNOWN_CODE (dokumentert),
// DOES_NOT_FIT (more absence than hours planned, more of it documented than there is), TOO_LONG,
// ENCODING.
Parsed<VoAbsence> ParseVoAbsence(const CsvHeader& header, const std::vector<std::string>& fields);

// What tells one row from another: pupil, course and week. Kept in source_record.
std::string SourceIdOfWeek(const VoAbsence& row);

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_VO_ABSENCE_H_
