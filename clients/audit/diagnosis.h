// What is wrong with the first bad row of a log.
#ifndef NAVO_CLIENTS_AUDIT_DIAGNOSIS_H_
#define NAVO_CLIENTS_AUDIT_DIAGNOSIS_H_

#include <string>

#include "absl/status/statusor.h"
#include "clients/audit/log_file.h"
#include "clients/audit/verify.h"

namespace navo::audit {

// `row` should stand at `expected` and follow a row with the chain `before`, and does not. Tries in
// turn what could have been done to the rows around it; may read the whole log. Errors: the file's.
absl::StatusOr<Finding> Diagnose(LogFile& file, const LogRow& row, int64_t expected,
                                 const std::string& before);

}  // namespace navo::audit

#endif  // NAVO_CLIENTS_AUDIT_DIAGNOSIS_H_
