#ifndef NAVO_SERVICES_KARTLEGGING_LIST_CODES_H_
#define NAVO_SERVICES_KARTLEGGING_LIST_CODES_H_

#include "absl/status/status.h"
#include "navo/v1/kartlegging.pb.h"
#include "services/door/case.h"

namespace navo::services {

// KartleggingService.ListCodes: the lists of services/domain/code_lists.h, about nobody.
absl::Status ListCodes(door::Case& c, const v1::ListCodesRequest& sent,
                       v1::ListCodesResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_KARTLEGGING_LIST_CODES_H_
