#ifndef NAVO_SERVICES_FOLLOW_UP_FOLLOW_UP_LINKS_H_
#define NAVO_SERVICES_FOLLOW_UP_FOLLOW_UP_LINKS_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/follow_up.pb.h"
#include "services/door/case.h"

// Where an event leads: a plan step, and the other sides' events of a joint meeting. Whoever writes
// a link sees what it leads to; whoever reads one sees it only as far as that is shown to them.
namespace navo::services {

// Puts the step's id in its usual form. NOT_FOUND unless it is a step of this participant that the
// caller sees. Nothing to do without one.
absl::Status CheckStep(door::WriteCase& c, v1::FollowUp* follow_up);

// The meeting of the events in `joint_with`, 0 for none; puts their ids in the usual form.
// NOT_FOUND unless each is an event that the caller sees; INVALID_ARGUMENT unless each is a
// FELLESMOETE of another controller and all are one meeting.
absl::StatusOr<int64_t> FindMeeting(door::WriteCase& c, v1::FollowUp* follow_up);

// Gives `shown` those of the links that the caller sees now.
absl::Status ShowLinks(door::Case& c, const v1::FollowUp& links, v1::FollowUp* shown);

}  // namespace navo::services

#endif  // NAVO_SERVICES_FOLLOW_UP_FOLLOW_UP_LINKS_H_
