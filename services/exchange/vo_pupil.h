// One pupil of adult education, from a row of NAVO's profile `vo-elever` (exchange.md 4): CSV with
// a header row, columns in any order.
//
// Pure; any thread.
#ifndef NAVO_SERVICES_EXCHANGE_VO_PUPIL_H_
#define NAVO_SERVICES_EXCHANGE_VO_PUPIL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/domain/identifier.h"
#include "services/exchange/csv_header.h"
#include "services/exchange/row_problem.h"

namespace navo::services {

// The columns of vo-elever. Required: elev_id, fodselsnummer, fornavn, etternavn, sentrum, start.
extern const CsvProfile kVoPupilProfile;

// Goal of the Norwegian training per skill (norskmål). Source: integreringsforskriften § 26; NIR
// also takes grade 2 in upper-secondary Norwegian.
enum class Norskmaal { kNone, kA1, kA2, kB1, kB2, kC1, kKarakter2Vgs };

struct VoPupil {
  std::string source_id;  // elev_id
  domain::NationalIdentityNumber ident;
  std::string given_name;  // one of the two names may be empty
  std::string family_name;
  std::string mother_tongue;  // BCP 47, or empty
  std::optional<bool> interpreter_needed;
  std::string centre;        // sentrum, as the VO system names it
  std::optional<int> track;  // spor 1 to 3
  std::int32_t start_day = 0;
  std::optional<std::int32_t> end_day;
  std::string contact_teacher;
  Norskmaal goal_listening = Norskmaal::kNone;  // lytte
  Norskmaal goal_reading = Norskmaal::kNone;    // lese
  Norskmaal goal_writing = Norskmaal::kNone;    // skriftlig
  Norskmaal goal_oral = Norskmaal::kNone;       // muntlig
};

// Problems: MISSING_FIELD, INVALID_IDENT, UNSUPPORTED_IDENT, INVALID_DATE, BACKWARDS_PERIOD,
// UNKNOWN_CODE, INVALID_NUMBER (spor), TOO_LONG, ENCODING.
Parsed<VoPupil> ParseVoPupil(const CsvHeader& header, const std::vector<std::string>& fields,
                             const domain::IdentifierPolicy& policy);

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_VO_PUPIL_H_
