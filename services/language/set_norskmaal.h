#ifndef NAVO_SERVICES_LANGUAGE_SET_NORSKMAAL_H_
#define NAVO_SERVICES_LANGUAGE_SET_NORSKMAAL_H_

#include "absl/status/status.h"
#include "navo/v1/language.pb.h"
#include "services/door/case.h"
#include "storage/norskmaal.h"

namespace navo::services {

// Keeps the own controller's norskmaal as its next version (language.proto). Errors:
// INVALID_ARGUMENT INVALID_FIELDS or ETAG_MISSING, ABORTED STALE_ETAG, those of the engine. On the
// writer's thread.
absl::Status SetNorskmaal(door::WriteCase& c, const v1::SetNorskmaalRequest& request,
                          v1::SetNorskmaalResponse& response);

// As it is shown to this caller: with where it comes from, and the etag if it is the own
// controller's.
void ShowNorskmaal(const door::Case& c, const storage::NorskmaalRow& row, v1::Norskmaal* shown);

}  // namespace navo::services

#endif  // NAVO_SERVICES_LANGUAGE_SET_NORSKMAAL_H_
