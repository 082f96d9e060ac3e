#include <optional>
#include <utility>

#include "services/access/facts.h"
#include "services/domain/name_key.h"
#include "services/domain/reasons.h"
#include "services/participant/bodies.h"
#include "storage/move.h"
#include "storage/referral.h"
#include "storage/status_macros.h"
#include "storage/tie.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

using storage::TieState;

// The colleague named in a request; the caller when nobody is.
absl::StatusOr<const access::Principal*> Colleague(const door::Case& c,
                                                   const std::string& subject) {
  if (subject.empty()) return c.caller().principal;
  const access::Principal* colleague = c.directory().FindColleague(c.caller().unit_key, subject);
  if (colleague != nullptr) return colleague;
  domain::Violations violations;
  violations.Add("subject", "nobody in your unit has this subject");
  return violations.ToStatus();
}

absl::StatusOr<storage::TieRow> OwnTie(door::WriteCase& c) {
  NAVO_ASSIGN_OR_RETURN(std::optional<storage::TieRow> tie,
                        storage::FindTie(c.tx(), c.participant_key(), c.caller().unit_key));
  if (!tie.has_value()) return domain::NotFound();
  return *std::move(tie);
}

// The right person, to whom the caller's unit has to be tied already.
absl::StatusOr<int64_t> RightPerson(door::WriteCase& c, const std::string& participant_id) {
  const std::optional<std::string> id = storage::UuidBytes(participant_id);
  if (!id.has_value()) {
    domain::Violations violations;
    violations.Add("right_participant_id", "must be the id of a participant of your unit");
    return violations.ToStatus();
  }
  NAVO_ASSIGN_OR_RETURN(const access::Facts facts, access::LoadFactsById(c.tx(), c.caller(), *id));
  const access::Decision decision = c.DecideOn(facts);
  if (!decision.permitted()) return domain::NotFound();
  if (facts.participant.participant_key == c.participant_key()) {
    domain::Violations violations;
    violations.Add("right_participant_id", "must be another person than the wrong one");
    return violations.ToStatus();
  }
  if (!decision.identity_confirmed) {
    return domain::MakeError(absl::StatusCode::kFailedPrecondition,
                             domain::reason::kIdentityNotConfirmed,
                             "confirm the right person's identity first");
  }
  c.LogParticipant(facts, decision, {}, {});
  return facts.participant.participant_key;
}

absl::StatusOr<int> MoveToRightPerson(door::WriteCase& c, const v1::EndTieRequest& request) {
  if (!request.right_participant_id().empty()) {
    NAVO_ASSIGN_OR_RETURN(const int64_t right, RightPerson(c, request.right_participant_id()));
    return storage::MoveUnitRecords(
        c.tx(), c.participant_key(), right, c.author(), [&c] { return c.NewId(); },
        domain::NameKeyOf);
  }
  NAVO_ASSIGN_OR_RETURN(const bool wrote,
                        storage::HasUnitRecords(c.tx(), c.participant_key(), c.author()));
  if (!wrote) {
    NAVO_RETURN_IF_ERROR(
        storage::ForgetUnitContact(c.tx(), c.participant_key(), c.author(), domain::NameKeyOf));
    return 0;
  }
  domain::Violations violations;
  violations.Add("right_participant_id",
                 "your unit has written on this person: name the right person, to whom it moves");
  return violations.ToStatus();
}

}  // namespace

absl::Status AddToTeam(door::WriteCase& c, const v1::AddToTeamRequest& request,
                       v1::AddToTeamResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const access::Principal* colleague, Colleague(c, request.subject()));
  NAVO_RETURN_IF_ERROR(
      storage::AddTeamMember(c.tx(), c.participant_key(), colleague->key, c.author()).status());
  v1::TeamMember* member = response.mutable_member();
  member->set_subject(colleague->subject);
  member->set_name(colleague->name);
  member->set_unit(c.directory().FindUnit(c.caller().unit_key)->id);
  *member->mutable_since() = c.NewProvenance().time();
  return absl::OkStatus();
}

absl::Status RemoveFromTeam(door::WriteCase& c, const v1::RemoveFromTeamRequest& request,
                            v1::RemoveFromTeamResponse&) {
  NAVO_ASSIGN_OR_RETURN(const access::Principal* colleague, Colleague(c, request.subject()));
  return storage::RemoveTeamMember(c.tx(), c.participant_key(), colleague->key, c.author())
      .status();
}

absl::Status ConfirmIdentity(door::WriteCase& c, const v1::ConfirmIdentityRequest& request,
                             v1::ConfirmIdentityResponse& response) {
  if (request.confirmation() != v1::IDENTITY_CONFIRMATION_ID_DOCUMENT &&
      request.confirmation() != v1::IDENTITY_CONFIRMATION_KNOWN_IN_PERSON) {
    domain::Violations violations;
    violations.Add("confirmation", "must be ID_DOCUMENT or KNOWN_IN_PERSON");
    return violations.ToStatus();
  }
  NAVO_ASSIGN_OR_RETURN(storage::TieRow tie, OwnTie(c));
  if (tie.confirmation != request.confirmation()) {
    tie.confirmation = request.confirmation();
    tie.author = c.author();
    ++tie.version;
    NAVO_RETURN_IF_ERROR(storage::PutTie(c.tx(), tie, storage::JournalAct::kConfirmed));
    NAVO_RETURN_IF_ERROR(AdoptRegisteredContact(c, tie.registered));
  }
  response.set_confirmation(tie.confirmation);
  return absl::OkStatus();
}

absl::Status EndTie(door::WriteCase& c, const v1::EndTieRequest& request,
                    v1::EndTieResponse& response) {
  domain::Violations violations;
  const bool wrong_person = request.reason() == v1::TIE_END_REASON_WRONG_PERSON;
  if (!v1::TieEndReason_IsValid(request.reason()) ||
      request.reason() == v1::TIE_END_REASON_UNSPECIFIED) {
    violations.Add("reason", "say why the tie ends");
  }
  if (!wrong_person && !request.right_participant_id().empty()) {
    violations.Add("right_participant_id", "only with reason WRONG_PERSON");
  }
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  if (wrong_person) {
    NAVO_RETURN_IF_ERROR(storage::EndUnitGrounds(c.tx(), c.participant_key(), c.author()));
    NAVO_ASSIGN_OR_RETURN(const int moved, MoveToRightPerson(c, request));
    response.set_moved_records(moved);
  }
  // Nobody could take them back afterwards.
  NAVO_RETURN_IF_ERROR(storage::WithdrawUnitReferrals(c.tx(), c.participant_key(), c.author()));
  NAVO_ASSIGN_OR_RETURN(const auto team, storage::ListTeam(c.tx(), c.participant_key()));
  for (const auto& guarded : team) {
    const storage::TeamRow* member = c.Open(guarded);
    if (member == nullptr || member->unit_key != c.caller().unit_key) continue;
    NAVO_RETURN_IF_ERROR(
        storage::RemoveTeamMember(c.tx(), c.participant_key(), member->principal_key, c.author())
            .status());
  }
  NAVO_ASSIGN_OR_RETURN(storage::TieRow tie, OwnTie(c));
  tie.state = wrong_person ? TieState::kBlocked : TieState::kEnded;
  tie.confirmation = v1::IDENTITY_CONFIRMATION_UNSPECIFIED;
  tie.author = c.author();
  ++tie.version;
  return storage::PutTie(c.tx(), tie, storage::JournalAct::kEnded);
}

}  // namespace navo::services
