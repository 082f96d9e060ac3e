#ifndef NAVO_SERVICES_KARTLEGGING_RECORD_SECTION_H_
#define NAVO_SERVICES_KARTLEGGING_RECORD_SECTION_H_

#include <optional>

#include "absl/status/status.h"
#include "navo/v1/kartlegging.pb.h"
#include "services/door/case.h"
#include "storage/section.h"

namespace navo::services {

// KartleggingService.RecordSection. When it answers ALREADY_MAPPED, `avoided` is what has to be
// counted: it cannot be here, where everything is rolled back.
absl::Status RecordSection(door::WriteCase& c, const v1::RecordSectionRequest& request,
                           v1::RecordSectionResponse& response,
                           std::optional<storage::Duplicate>& avoided);

}  // namespace navo::services

#endif  // NAVO_SERVICES_KARTLEGGING_RECORD_SECTION_H_
