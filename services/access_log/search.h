#ifndef NAVO_SERVICES_ACCESS_LOG_SEARCH_H_
#define NAVO_SERVICES_ACCESS_LOG_SEARCH_H_

#include "absl/status/status.h"
#include "navo/v1/access_log.pb.h"
#include "services/door/case.h"

// The bodies of what PERSONVERN asks across participants; see the API for what they tell.
namespace navo::services {

absl::Status SearchAccess(door::Case& c, const v1::SearchAccessRequest& request,
                          v1::SearchAccessResponse& response);
absl::Status ListAnomalies(door::Case& c, const v1::ListAnomaliesRequest& request,
                           v1::ListAnomaliesResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_ACCESS_LOG_SEARCH_H_
