#include "services/follow_up/follow_up_amend.h"

#include <optional>
#include <string>
#include <utility>

#include "services/domain/calendar.h"
#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "services/follow_up/follow_up_check.h"
#include "services/follow_up/follow_up_links.h"
#include "services/follow_up/follow_up_view.h"
#include "storage/follow_up.h"
#include "storage/instant.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

using storage::FollowUpRecord;

absl::Status CheckRequest(const v1::AmendFollowUpRequest& request, absl::Time now,
                          v1::FollowUp* sent) {
  domain::Violations violations;
  *sent = request.follow_up();
  ClearServerFields(sent);
  CheckFollowUp(request.update_mask(), Looking::kFields, now, nullptr, sent, violations);
  CheckAmendMask(request.update_mask(), violations);
  if (request.reason() == v1::AMEND_REASON_UNSPECIFIED ||
      !v1::AmendReason_IsValid(request.reason())) {
    violations.Add("reason", "must be one of the documented reasons");
  }
  return violations.ToStatus();
}

// An event of the caller's unit as the caller has read it.
absl::StatusOr<FollowUpRecord> OwnEvent(door::WriteCase& c, const std::string& follow_up_id,
                                        const std::string& etag) {
  NAVO_ASSIGN_OR_RETURN(
      std::optional<FollowUpRecord> record,
      storage::FindFollowUp(c.tx(), c.participant_key(),
                            storage::UuidBytes(follow_up_id).value_or(std::string())));
  if (!record.has_value() || c.Open(record->summary) == nullptr) return domain::NotFound();
  if (record->author.unit_key != c.caller().unit_key) {
    return domain::MakeError(absl::StatusCode::kPermissionDenied, domain::reason::kNotOwner,
                             "only the unit that recorded the event amends it: talk to that unit");
  }
  NAVO_RETURN_IF_ERROR(
      c.CheckEtag(etag, FollowUpEtag(c, record->author, record->follow_up_key, record->version)));
  return *std::move(record);
}

bool SameShared(const v1::FollowUp& a, const v1::FollowUp& b) {
  return a.type() == b.type() &&
         a.occurred_at().SerializeAsString() == b.occurred_at().SerializeAsString() &&
         a.agreement() == b.agreement() &&
         a.agreement_due().SerializeAsString() == b.agreement_due().SerializeAsString() &&
         a.with_interpreter() == b.with_interpreter();
}

// Everybody with the event reads why it was amended, so a review of the note's exemption goes with
// nothing that they see. An exemption is never lifted in passing, by what a request left out.
void CheckReason(v1::AmendReason reason, const v1::FollowUp& before, const v1::FollowUp& body,
                 domain::Violations& violations) {
  const bool reviewed = reason == v1::AMEND_REASON_EXEMPTION_REVIEWED;
  if (before.has_note_exemption() && !body.has_note_exemption() && !reviewed) {
    violations.Add("reason",
                   "must be EXEMPTION_REVIEWED to lift the exemption, which opens the note to the "
                   "participant: send note_exemption as it was to keep it");
  }
  if (reviewed && !SameShared(before, body)) {
    violations.Add("reason",
                   "must not be EXEMPTION_REVIEWED for a change of type, time, agreement or "
                   "interpreter: amend those by themselves");
  }
}

// What the event leads to and the caller cannot see now stays: it was left out of what was read.
absl::Status PutLinks(door::WriteCase& c, const google::protobuf::FieldMask& mask,
                      const v1::FollowUp& before, FollowUpRecord& record, v1::FollowUp* body) {
  if (AmendNames(mask, "step_id")) {
    if (body->step_id().empty() && !before.step_id().empty()) {
      v1::FollowUp hidden = before;
      const absl::Status seen = CheckStep(c, &hidden);
      if (absl::IsNotFound(seen)) {
        body->set_step_id(before.step_id());
      } else {
        NAVO_RETURN_IF_ERROR(seen);
      }
    }
    if (body->step_id() != before.step_id()) NAVO_RETURN_IF_ERROR(CheckStep(c, body));
  }
  if (body->joint_with().empty() && body->type() == v1::FOLLOW_UP_TYPE_FELLESMOETE) {
    *body->mutable_joint_with() = before.joint_with();
    return absl::OkStatus();
  }
  if (!AmendNames(mask, "joint_with") || body->joint_with().empty()) return absl::OkStatus();
  NAVO_ASSIGN_OR_RETURN(const int64_t meeting_key, FindMeeting(c, body));
  // Sent back as it was read: the other sides linked theirs to this one, and nothing is new.
  if (meeting_key == record.meeting_key) *body->mutable_joint_with() = before.joint_with();
  record.meeting_key = meeting_key;
  return absl::OkStatus();
}

// The event without what is the same for everybody who sees it, and without when it was changed.
std::string OwnPart(v1::FollowUp body) {
  body.clear_type();
  body.clear_occurred_at();
  body.clear_agreement();
  body.clear_agreement_due();
  body.clear_with_interpreter();
  return body.SerializeAsString();
}

// The newest of the unit's events is the working list's last contact, also when that is earlier
// now.
absl::Status AlignLastContact(door::WriteCase& c) {
  const int64_t unit_key = c.caller().unit_key;
  NAVO_ASSIGN_OR_RETURN(const std::optional<int64_t> last_us,
                        storage::LastOccurredUs(c.tx(), c.participant_key(), unit_key));
  return storage::SetLastContact(c.tx(), c.participant_key(), unit_key,
                                 last_us.has_value() ? domain::DayInOslo(*last_us) : 0);
}

// Writes the next version, if anything is another than before.
absl::Status Save(door::WriteCase& c, const v1::FollowUp& before, v1::AmendReason reason,
                  FollowUpRecord& record, v1::FollowUp body) {
  const bool shared = !SameShared(before, body);
  const bool own = OwnPart(before) != OwnPart(body);
  if (!shared && !own) return absl::OkStatus();
  body.set_amend_reason(reason);
  if (shared) {
    body.set_version(before.version() + 1);
    *body.mutable_provenance() = c.NewProvenance();
  }
  if (own) storage::SetInstant(c.tx().now_us(), body.mutable_note_changed_at());
  return storage::AmendFollowUp(c.tx(), record, body, c.author(), shared);
}

}  // namespace

absl::Status AmendFollowUp(door::WriteCase& c, const v1::AmendFollowUpRequest& request,
                           v1::AmendFollowUpResponse& response) {
  v1::FollowUp sent;
  NAVO_RETURN_IF_ERROR(CheckRequest(request, c.tx().now(), &sent));
  NAVO_ASSIGN_OR_RETURN(FollowUpRecord record, OwnEvent(c, request.follow_up_id(), request.etag()));
  const v1::FollowUp* before = c.Open(record.whole);
  if (before == nullptr) return domain::NotFound();

  v1::FollowUp body = *before;
  PutAmended(request.update_mask(), sent, &body);
  domain::Violations violations;
  // With the type a link ends by itself, unless one was sent, which then does not fit.
  const bool links = AmendNames(request.update_mask(), "joint_with") && !sent.joint_with().empty();
  if (!links && body.type() != v1::FOLLOW_UP_TYPE_FELLESMOETE) body.clear_joint_with();
  CheckFollowUp(request.update_mask(), Looking::kTogether, c.tx().now(), before, &body, violations);
  CheckReason(request.reason(), *before, body, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_RETURN_IF_ERROR(PutLinks(c, request.update_mask(), *before, record, &body));
  record.occurred_us = storage::MicrosOf(body.occurred_at());
  const bool moved = record.occurred_us != storage::MicrosOf(before->occurred_at());
  NAVO_RETURN_IF_ERROR(Save(c, *before, request.reason(), record, std::move(body)));
  if (moved) NAVO_RETURN_IF_ERROR(AlignLastContact(c));
  response.set_follow_up_id(storage::UuidText(record.id));
  response.set_version(static_cast<int32_t>(record.version));
  response.set_etag(FollowUpEtag(c, record.author, record.follow_up_key, record.version));
  return absl::OkStatus();
}

}  // namespace navo::services
