#ifndef NAVO_SERVICES_CONSENT_GIVE_CONSENT_H_
#define NAVO_SERVICES_CONSENT_GIVE_CONSENT_H_

#include "absl/status/status.h"
#include "navo/v1/consent.pb.h"
#include "services/door/case.h"

namespace navo::services {

// ConsentService.GiveConsent. What opens the caller's own data, or what the participant gives, is
// ACTIVE; what staff register for others is PENDING: nobody opens a door for himself.
absl::Status GiveConsent(door::WriteCase& c, const v1::GiveConsentRequest& request,
                         v1::GiveConsentResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_CONSENT_GIVE_CONSENT_H_
