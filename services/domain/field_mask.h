// Updates that change some fields and leave the others (AIP-134).
#ifndef NAVO_SERVICES_DOMAIN_FIELD_MASK_H_
#define NAVO_SERVICES_DOMAIN_FIELD_MASK_H_

#include <memory>
#include <string_view>

#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"
#include "services/domain/error.h"

namespace navo::domain {

// Adds a violation of "update_mask" for a path that is no field of `message`, or is in `fixed`.
void CheckMask(const google::protobuf::FieldMask& mask, const google::protobuf::Message& message,
               std::initializer_list<std::string_view> fixed, Violations& violations);

// Gives `to` the masked fields of `from`, also those that `from` leaves empty; every field but
// those in `fixed` when the mask is empty. Both are of one type, and the mask passed CheckMask.
void CopyMasked(const google::protobuf::FieldMask& mask, const google::protobuf::Message& from,
                std::initializer_list<std::string_view> fixed, google::protobuf::Message* to);

}  // namespace navo::domain

#endif  // NAVO_SERVICES_DOMAIN_FIELD_MASK_H_
