#ifndef NAVO_SERVICES_CONSENT_EXPLAIN_ACCESS_H_
#define NAVO_SERVICES_CONSENT_EXPLAIN_ACCESS_H_

#include "absl/status/status.h"
#include "navo/v1/consent.pb.h"
#include "services/door/case.h"

namespace navo::services {

// ConsentService.ExplainAccess. The participant is told of every side, PERSONVERN of what its own
// controller has opened, and staff what they are told anyway (design access.md 2): nothing more.
absl::Status ExplainAccess(door::Case& c, const v1::ExplainAccessRequest& request,
                           v1::ExplainAccessResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_CONSENT_EXPLAIN_ACCESS_H_
