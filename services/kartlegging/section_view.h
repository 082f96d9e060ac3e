#ifndef NAVO_SERVICES_KARTLEGGING_SECTION_VIEW_H_
#define NAVO_SERVICES_KARTLEGGING_SECTION_VIEW_H_

#include <cstdint>
#include <vector>

#include "google/protobuf/timestamp.pb.h"
#include "navo/v1/kartlegging.pb.h"
#include "services/door/case.h"
#include "storage/section.h"

// Sections as a caller sees them. Within one case, one thread.
namespace navo::services {

google::protobuf::Timestamp TimestampOf(int64_t time_us);

// Freshness of a kind that was recorded or confirmed last at `last_us`.
v1::Freshness FreshnessOf(v1::SectionKind kind, int64_t last_us, int32_t today);

// One version of a section: all but confirmations, age and etag.
void ShowVersion(const door::Case& c, const storage::SectionRow& row, v1::Section* shown);

// A current section that was opened, with those of its confirmations that the caller may see, the
// age that follows from them, and its etag when it is the caller's own.
void ShowSection(door::Case& c, const storage::SectionRow& row,
                 const std::vector<storage::Guarded<storage::Confirmation>>& confirmations,
                 v1::Section* shown);

}  // namespace navo::services

#endif  // NAVO_SERVICES_KARTLEGGING_SECTION_VIEW_H_
