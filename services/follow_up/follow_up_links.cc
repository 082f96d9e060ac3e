#include "services/follow_up/follow_up_links.h"

#include <optional>
#include <string>

#include "services/domain/error.h"
#include "storage/follow_up.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

// Null when there is no such event, or the caller does not see it.
absl::StatusOr<std::optional<storage::FollowUpRecord>> FindSeen(door::Case& c,
                                                                const std::string& id) {
  NAVO_ASSIGN_OR_RETURN(std::optional<storage::FollowUpRecord> record,
                        storage::FindFollowUp(c.tx(), c.participant_key(),
                                              storage::UuidBytes(id).value_or(std::string())));
  if (record.has_value() && c.Open(record->summary) == nullptr) record.reset();
  return record;
}

}  // namespace

absl::Status CheckStep(door::WriteCase& c, v1::FollowUp* follow_up) {
  if (follow_up->step_id().empty()) return absl::OkStatus();
  const std::string id = *storage::UuidBytes(follow_up->step_id());
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::Label> label,
                        storage::FindStepLabel(c.tx(), c.participant_key(), id));
  if (!label.has_value() || c.Look(*label) != v1::WITHHELD_REASON_UNSPECIFIED) {
    return domain::NotFound();
  }
  follow_up->set_step_id(storage::UuidText(id));
  return absl::OkStatus();
}

absl::StatusOr<int64_t> FindMeeting(door::WriteCase& c, v1::FollowUp* follow_up) {
  int64_t meeting_key = 0;
  domain::Violations violations;
  for (int i = 0; i < follow_up->joint_with_size(); ++i) {
    NAVO_ASSIGN_OR_RETURN(const std::optional<storage::FollowUpRecord> other,
                          FindSeen(c, follow_up->joint_with(i)));
    if (!other.has_value()) return domain::NotFound();
    const std::string field = "follow_up.joint_with[" + std::to_string(i) + "]";
    if (other->author.controller_key == c.caller().controller_key || other->meeting_key == 0) {
      violations.Add(field, "must be a joint meeting that another side recorded");
    } else if (meeting_key != 0 && meeting_key != other->meeting_key) {
      violations.Add(field, "must be of the same meeting as the first");
    }
    if (meeting_key == 0) meeting_key = other->meeting_key;
    follow_up->set_joint_with(i, storage::UuidText(other->id));
  }
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  return meeting_key;
}

absl::Status ShowLinks(door::Case& c, const v1::FollowUp& links, v1::FollowUp* shown) {
  if (const auto id = storage::UuidBytes(links.step_id()); id.has_value()) {
    NAVO_ASSIGN_OR_RETURN(const std::optional<storage::Label> label,
                          storage::FindStepLabel(c.tx(), c.participant_key(), *id));
    if (label.has_value() && c.Open(storage::Guarded<bool>(*label, true)) != nullptr) {
      shown->set_step_id(links.step_id());
    }
  }
  for (const std::string& id : links.joint_with()) {
    NAVO_ASSIGN_OR_RETURN(const std::optional<storage::FollowUpRecord> other, FindSeen(c, id));
    if (other.has_value()) shown->add_joint_with(id);
  }
  return absl::OkStatus();
}

}  // namespace navo::services
