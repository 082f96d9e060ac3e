#ifndef NAVO_SERVICES_EXCHANGE_KNOWN_PUPIL_H_
#define NAVO_SERVICES_EXCHANGE_KNOWN_PUPIL_H_

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/exchange/import_batch.h"

namespace navo::services {

struct KnownPupil {
  int64_t participant_key = 0;  // 0: the row is refused
  RowFate refusal;              // then
};

// Who the pupil with this elev_id is, for formats that name a person by it alone: whom `vo-elever`
// brought from the same source system for the importing unit. Noted in the access log.
//
// Refused as PERSON_UNKNOWN when there is none, and with the same words when there is one that the
// unit never had to do with: ids of other units of the school owner tell nothing. Refused as
// SCOPE_MISSING when the unit has said that the person is not theirs.
absl::StatusOr<KnownPupil> FindKnownPupil(ImportBatch& batch, std::string_view pupil_id);

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_KNOWN_PUPIL_H_
