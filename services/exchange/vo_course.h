// One pupil's place in a course of adult education, from a row of NAVO's profile `vo-kurs`
// (exchange.md 4): CSV with a header row, columns in any order. docs/formats.md says what each
// column may hold.
//
// Pure; any thread.
#ifndef NAVO_SERVICES_EXCHANGE_VO_COURSE_H_
#define NAVO_SERVICES_EXCHANGE_VO_COURSE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "navo/v1/plan.pb.h"
#include "services/exchange/csv_header.h"
#include "services/exchange/row_problem.h"

namespace navo::services {

// The columns of vo-kurs. Required: elev_id, kurs_id, kursnavn, type, fra, status.
extern const CsvProfile kVoCourseProfile;

// NORSK, SAMFUNNSKUNNSKAP, FOV_MODUL, GRUNNSKOLE, VGS_MODUL, ARBEIDSRETTET.
struct VoCourseType {
  std::string_view code;  // as written above
  std::string_view name;  // as people say it, in Norwegian
  v1::StepType step_type;
};

// The state of the place. SOKT and VENTELISTE are FORESLAATT, PLANLAGT is that, PAGAR is
// GJENNOMFOERES, FULLFORT is FULLFOERT, AVBRUTT and IKKE_MOTT are AVBRUTT.
struct VoCourseStatus {
  v1::StepStatus step_status = v1::STEP_STATUS_UNSPECIFIED;
  std::string_view reason;  // of a broken-off place: its status; empty else
};

struct VoCourse {
  std::string pupil_id;   // elev_id
  std::string course_id;  // kurs_id
  std::string course_name;
  VoCourseType type;
  std::string level;                              // nivaa, as written; or empty
  v1::CefrLevel cefr_level;                       // where `level` is A1 to C1; else UNSPECIFIED
  std::optional<std::int32_t> weekly_hundredths;  // hundredths of an hour, 0 to 60 hours
  std::optional<std::int32_t> start_day;          // fra
  std::optional<std::int32_t> end_day;            // til
  VoCourseStatus status;
};

// Problems: MISSING_FIELD, UNKNOWN_CODE (type), UNKNOWN_STATUS, INVALID_NUMBER (timer_per_uke),
// INVALID_DATE, BACKWARDS_PERIOD, TOO_LONG, ENCODING.
Parsed<VoCourse> ParseVoCourse(const CsvHeader& header, const std::vector<std::string>& fields);

// What tells one pupil's place in a course from another: kept in source_record.
std::string SourceIdOfCourse(std::string_view pupil_id, std::string_view course_id);

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_VO_COURSE_H_
