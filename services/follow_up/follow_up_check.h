#ifndef NAVO_SERVICES_FOLLOW_UP_FOLLOW_UP_CHECK_H_
#define NAVO_SERVICES_FOLLOW_UP_FOLLOW_UP_CHECK_H_

#include <cstdint>

#include "absl/time/time.h"
#include "navo/v1/follow_up.pb.h"
#include "services/domain/error.h"

// What a follow-up event must be. Pure; any thread.
namespace navo::services {

// Normalises the texts of `follow_up` (the field of that name in a request), clears what the server
// sets, and adds a violation for every wrong field. Returns when it happened in microseconds UTC, 0
// when that is wrong.
int64_t CheckFollowUp(v1::FollowUp* follow_up, absl::Time now, domain::Violations& violations);

}  // namespace navo::services

#endif  // NAVO_SERVICES_FOLLOW_UP_FOLLOW_UP_CHECK_H_
