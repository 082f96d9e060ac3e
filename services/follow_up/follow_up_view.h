#ifndef NAVO_SERVICES_FOLLOW_UP_FOLLOW_UP_VIEW_H_
#define NAVO_SERVICES_FOLLOW_UP_FOLLOW_UP_VIEW_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/follow_up.pb.h"
#include "services/door/case.h"
#include "storage/follow_up.h"

// Events, their versions and their exemptions as the caller may see them.
namespace navo::services {

std::string FollowUpEtag(const door::Case& c, const storage::Author& author, int64_t follow_up_key,
                         int64_t version);

// Every part of an event whose `summary` the caller has opened.
void ShowFollowUp(door::Case& c, const storage::FollowUpRow& row, const v1::FollowUp& summary,
                  v1::FollowUp* shown);

absl::Status ListFollowUpVersions(door::Case& c, const v1::ListFollowUpVersionsRequest& request,
                                  v1::ListFollowUpVersionsResponse& response);

// An exempted note that the caller has opened, without the note.
void ShowExemption(door::Case& c, const storage::FollowUpRow& row, const v1::ExemptedNote& told,
                   v1::ExemptedNote* shown);

}  // namespace navo::services

#endif  // NAVO_SERVICES_FOLLOW_UP_FOLLOW_UP_VIEW_H_
