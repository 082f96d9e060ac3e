#ifndef NAVO_SERVICES_LANGUAGE_PROGRESS_H_
#define NAVO_SERVICES_LANGUAGE_PROGRESS_H_

#include "absl/status/status.h"
#include "navo/v1/language.pb.h"
#include "services/door/case.h"

namespace navo::services {

// The series, norskmaal and hours as the caller sees them, with what follows from them and from
// nothing else (language.proto). Errors: INVALID_ARGUMENT INVALID_FIELDS or PAGE_TOKEN_INVALID,
// those of the engine. Any thread.
absl::Status GetProgress(door::Case& c, const v1::GetProgressRequest& request,
                         v1::GetProgressResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_LANGUAGE_PROGRESS_H_
