#ifndef NAVO_SERVICES_LANGUAGE_RECORD_HOURS_H_
#define NAVO_SERVICES_LANGUAGE_RECORD_HOURS_H_

#include "absl/status/status.h"
#include "navo/v1/language.pb.h"
#include "services/door/case.h"

namespace navo::services {

// Keeps hours of one or more weeks for the caller's unit, all or none (language.proto). Errors:
// INVALID_ARGUMENT INVALID_FIELDS, those of the engine. On the writer's thread.
absl::Status RecordHours(door::WriteCase& c, const v1::RecordHoursRequest& request,
                         v1::RecordHoursResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_LANGUAGE_RECORD_HOURS_H_
