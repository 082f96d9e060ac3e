#include <optional>
#include <string>
#include <utility>

#include "services/domain/error.h"
#include "services/domain/name_key.h"
#include "services/domain/reasons.h"
#include "services/referral/bodies.h"
#include "storage/referral.h"
#include "storage/status_macros.h"
#include "storage/tie.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

using storage::ReferralRow;

enum class Direction { kToUs, kFromUs };

// An offer that is open.
absl::StatusOr<ReferralRow> OpenOffer(door::WriteCase& c, const std::string& referral_id,
                                      Direction direction) {
  NAVO_ASSIGN_OR_RETURN(
      std::optional<ReferralRow> row,
      storage::FindReferral(c.tx(), c.participant_key(),
                            storage::UuidBytes(referral_id).value_or(std::string())));
  if (!row.has_value() || c.Open(row->offer) == nullptr) return domain::NotFound();
  const int64_t unit_key = direction == Direction::kToUs ? row->to_unit_key : row->author.unit_key;
  if (unit_key != c.caller().unit_key) return domain::NotFound();
  if (row->state == v1::REFERRAL_STATE_OPEN) return *std::move(row);
  return domain::MakeError(absl::StatusCode::kFailedPrecondition,
                           domain::reason::kIllegalStateChange,
                           "the offer has been answered or withdrawn: read the list again");
}

// As the offering unit confirmed it: the person is the same, and nobody typed a number.
absl::StatusOr<v1::IdentityConfirmation> ConfirmationOf(door::WriteCase& c,
                                                        const ReferralRow& referral) {
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::TieRow> tie,
                        storage::FindTie(c.tx(), c.participant_key(), referral.author.unit_key));
  const bool confirmed =
      tie.has_value() && tie->confirmation != v1::IDENTITY_CONFIRMATION_UNSPECIFIED;
  return confirmed ? tie->confirmation : v1::IDENTITY_CONFIRMATION_KNOWN_IN_PERSON;
}

absl::Status TieUnit(door::WriteCase& c, const ReferralRow& referral) {
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::TieRow> before,
                        storage::FindTie(c.tx(), c.participant_key(), c.caller().unit_key));
  const bool tied = before.has_value() && before->state == storage::TieState::kActive;
  if (tied && before->confirmation != v1::IDENTITY_CONFIRMATION_UNSPECIFIED) {
    return absl::OkStatus();
  }
  storage::TieRow tie;
  if (tied) {
    tie = *before;  // it was made for a reason of its own: what it lacks is who it is about
  } else {
    tie.participant_key = c.participant_key();
    tie.reason = v1::TIE_REASON_REFERRED;
    tie.since_us = c.tx().now_us();
  }
  tie.author = c.author();
  NAVO_ASSIGN_OR_RETURN(tie.confirmation, ConfirmationOf(c, referral));
  tie.version = before.has_value() ? before->version + 1 : 1;
  NAVO_RETURN_IF_ERROR(storage::PutTie(
      c.tx(), tie, tied ? storage::JournalAct::kConfirmed : storage::JournalAct::kCreated));
  // The working list sorts by what the own side knows of the person.
  return storage::AdoptContact(c.tx(), c.participant_key(), c.author(), tie.registered,
                               c.NewProvenance(), domain::NameKeyOf(tie.registered));
}

}  // namespace

absl::Status AcceptReferral(door::WriteCase& c, const v1::AcceptReferralRequest& request,
                            v1::AcceptReferralResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const ReferralRow referral,
                        OpenOffer(c, request.referral_id(), Direction::kToUs));
  NAVO_RETURN_IF_ERROR(TieUnit(c, referral));
  NAVO_RETURN_IF_ERROR(storage::AnswerReferral(c.tx(), referral, v1::REFERRAL_STATE_ACCEPTED,
                                               v1::REFERRAL_DECLINE_REASON_UNSPECIFIED,
                                               c.author()));
  response.set_state(v1::REFERRAL_STATE_ACCEPTED);
  return absl::OkStatus();
}

absl::Status DeclineReferral(door::WriteCase& c, const v1::DeclineReferralRequest& request,
                             v1::DeclineReferralResponse& response) {
  domain::Violations violations;
  if (!v1::ReferralDeclineReason_IsValid(request.reason()) ||
      request.reason() == v1::REFERRAL_DECLINE_REASON_UNSPECIFIED) {
    violations.Add("reason", "say why: the offering unit is told");
  }
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const ReferralRow referral,
                        OpenOffer(c, request.referral_id(), Direction::kToUs));
  NAVO_RETURN_IF_ERROR(storage::AnswerReferral(c.tx(), referral, v1::REFERRAL_STATE_DECLINED,
                                               request.reason(), c.author()));
  response.set_state(v1::REFERRAL_STATE_DECLINED);
  return absl::OkStatus();
}

absl::Status WithdrawReferral(door::WriteCase& c, const v1::WithdrawReferralRequest& request,
                              v1::WithdrawReferralResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const ReferralRow referral,
                        OpenOffer(c, request.referral_id(), Direction::kFromUs));
  NAVO_RETURN_IF_ERROR(storage::AnswerReferral(c.tx(), referral, v1::REFERRAL_STATE_WITHDRAWN,
                                               v1::REFERRAL_DECLINE_REASON_UNSPECIFIED,
                                               c.author()));
  response.set_state(v1::REFERRAL_STATE_WITHDRAWN);
  return absl::OkStatus();
}

}  // namespace navo::services
