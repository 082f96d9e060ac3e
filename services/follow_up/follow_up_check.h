#ifndef NAVO_SERVICES_FOLLOW_UP_FOLLOW_UP_CHECK_H_
#define NAVO_SERVICES_FOLLOW_UP_FOLLOW_UP_CHECK_H_

#include "absl/time/time.h"
#include "google/protobuf/field_mask.pb.h"
#include "navo/v1/follow_up.pb.h"
#include "services/domain/error.h"

// What a follow-up event must be. Pure; any thread.
namespace navo::services {

// The other events of a meeting that one request may name.
inline constexpr int kMaxJoint = 10;

// Whether events of this type may name an employer.
bool HasEmployer(v1::FollowUpType type);

// Clears what the server sets, and what a newer client sends that this server does not know: that
// has no category, and would be shown to everybody who sees the event.
void ClearServerFields(v1::FollowUp* follow_up);
// Adds a violation of update_mask unless each path is a field that Amend changes.
void CheckAmendMask(const google::protobuf::FieldMask& mask, domain::Violations& violations);
// Whether an update of this mask changes the field; an empty mask names all.
bool AmendNames(const google::protobuf::FieldMask& mask, std::string_view field);
// Puts the named fields of `sent` into `body`, also where they are empty.
void PutAmended(const google::protobuf::FieldMask& mask, const v1::FollowUp& sent,
                v1::FollowUp* body);

// What of an event is looked at: each of the fields that `mask` names by itself, or what the fields
// must be to each other, or both.
enum class Looking { kFields, kTogether, kBoth };

// Adds a violation for every wrong field of `follow_up` (the field of that name in a request), in
// message order. Texts of looked-at fields are normalised. `before` is the version that this one
// follows, null for the first: what was written cannot become what it must not.
void CheckFollowUp(const google::protobuf::FieldMask& mask, Looking looking, absl::Time now,
                   const v1::FollowUp* before, v1::FollowUp* follow_up,
                   domain::Violations& violations);

}  // namespace navo::services

#endif  // NAVO_SERVICES_FOLLOW_UP_FOLLOW_UP_CHECK_H_
