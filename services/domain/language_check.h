// Which judgements and test results can be true.
//
// Sources: HK-dir on norskprøven A1-B2 (four parts; listening and reading are taken without
// choosing a level, writing and speaking in a registered band; a written result cannot exceed the
// band, a spoken one can be above or below it) and C1 (C1 or not passed); tests in sign language
// replace listening and speaking; integreringsforskriften § 26 (A1 to C1).
//
// Pure; any thread. `today` is the day in Europe/Oslo (calendar.h).
#ifndef NAVO_SERVICES_DOMAIN_LANGUAGE_CHECK_H_
#define NAVO_SERVICES_DOMAIN_LANGUAGE_CHECK_H_

#include <cstdint>
#include <string_view>

#include "navo/v1/language.pb.h"
#include "services/domain/error.h"

namespace navo::domain {

// A real date not after today; at least one skill, each once, LYTTE and MUNTLIG once more in sign
// language; levels UNDER_A1 to C1. `path` is the field that holds the message, for example
// "assessment".
void CheckAssessment(std::string_view path, const navo::v1::Assessment& assessment,
                     std::int32_t today, Violations& violations);

// A real date not after today; a part; a band A1_A2 to B1_B2 for SKRIFTLIG and MUNTLIG only (which
// MUNTLIG in sign language may leave out), or C1 for any part; a level exactly when the outcome is
// LEVEL: C1 with the band C1, else UNDER_A1 to B2 and for SKRIFTLIG not above the band; sign
// language for LYTTE and MUNTLIG only.
void CheckTestResult(std::string_view path, const navo::v1::TestResult& result, std::int32_t today,
                     Violations& violations);

}  // namespace navo::domain

#endif  // NAVO_SERVICES_DOMAIN_LANGUAGE_CHECK_H_
