#ifndef NAVO_SERVICES_CONSENT_EXPIRING_GROUNDS_H_
#define NAVO_SERVICES_CONSENT_EXPIRING_GROUNDS_H_

#include "absl/status/status.h"
#include "navo/v1/consent.pb.h"
#include "services/door/case.h"

namespace navo::services {

// ConsentService.ListExpiring: each participant of the unit is decided on by itself.
absl::Status ListExpiring(door::Case& c, const v1::ListExpiringGroundsRequest& request,
                          v1::ListExpiringGroundsResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_CONSENT_EXPIRING_GROUNDS_H_
