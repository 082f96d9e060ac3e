#ifndef NAVO_SERVICES_KARTLEGGING_SECTION_CHECK_H_
#define NAVO_SERVICES_KARTLEGGING_SECTION_CHECK_H_

#include <cstdint>

#include "navo/v1/kartlegging.pb.h"
#include "services/domain/error.h"

// What the content of a section must be. Pure; any thread.
namespace navo::services {

// Normalises texts and codes of `content` (the field of that name in a request) and adds a
// violation for every wrong field. `today` is the day in Europe/Oslo (calendar.h). Returns its
// kind, UNSPECIFIED when none is set.
v1::SectionKind CheckContent(v1::SectionContent* content, int32_t today,
                             domain::Violations& violations);

}  // namespace navo::services

#endif  // NAVO_SERVICES_KARTLEGGING_SECTION_CHECK_H_
