// The result of one part of a Norwegian test, from a row of NAVO's profile `norskprove`
// (exchange.md 4): CSV with a header row, columns in any order. docs/formats.md says what each
// column may hold.
//
// Pure; any thread.
#ifndef NAVO_SERVICES_EXCHANGE_NORSKPROVE_H_
#define NAVO_SERVICES_EXCHANGE_NORSKPROVE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "navo/v1/language.pb.h"
#include "services/domain/identifier.h"
#include "services/exchange/csv_header.h"
#include "services/exchange/row_problem.h"

namespace navo::services {

// The columns of norskprove. Required: all but nivaaband.
extern const CsvProfile kNorskproveProfile;

struct NorskproveResult {
  domain::NationalIdentityNumber ident;
  std::int32_t day = 0;   // of result.date
  v1::TestResult result;  // without id and provenance; can be true, whatever day it is today
};

// What tells one attempt from another: the person, the day and the part. Holds the number of the
// person: neither kept nor shown as it is.
std::string AttemptOf(const NorskproveResult& row);

// Problems: MISSING_FIELD, INVALID_IDENT, UNSUPPORTED_IDENT, INVALID_DATE, UNKNOWN_CODE,
// DOES_NOT_FIT (a band for a part that has none; a written result above its band).
Parsed<NorskproveResult> ParseNorskprove(const CsvHeader& header,
                                         const std::vector<std::string>& fields,
                                         const domain::IdentifierPolicy& policy);

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_NORSKPROVE_H_
