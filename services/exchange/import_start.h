#ifndef NAVO_SERVICES_EXCHANGE_IMPORT_START_H_
#define NAVO_SERVICES_EXCHANGE_IMPORT_START_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/exchange.pb.h"
#include "services/access/policy.h"
#include "services/access/rules.h"
#include "services/exchange/import_file.h"

// Whether an import may begin. Pure; any thread.
namespace navo::services {

// PERMISSION_DENIED ROLE_NOT_ALLOWED unless the caller is a system in the role that `rule` asks
// for.
absl::Status CheckImporter(const access::Caller& caller, const access::Rule& rule);

// INVALID_ARGUMENT INVALID_FIELDS with every wrong field of `start`; PERMISSION_DENIED
// SCOPE_MISSING when the system may not take in that format.
absl::Status CheckImportStart(const access::Caller& caller, const v1::ImportStart& start);

// For a start that was checked.
FileFormat FileFormatOf(v1::ImportFormat format);
FileEncoding FileEncodingOf(v1::TextEncoding encoding);

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_IMPORT_START_H_
