#include <optional>
#include <utility>

#include "services/access/facts.h"
#include "services/domain/name_key.h"
#include "services/participant/bodies.h"
#include "storage/status_macros.h"
#include "storage/tie.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

using storage::TieState;

absl::Status CheckCreate(const absl::Status& number, v1::CreateParticipantRequest* request) {
  domain::Violations violations;
  if (!number.ok()) {
    violations.Add("national_identity_number",
                   std::string(number.message().data(), number.message().size()));
  }
  const v1::TieReason reason = request->tie_reason();
  if (!v1::TieReason_IsValid(reason) || reason == v1::TIE_REASON_UNSPECIFIED ||
      reason == v1::TIE_REASON_SOURCE_SYSTEM) {
    violations.Add("tie_reason", "say why your unit has to do with the person");
  }
  const v1::IdentityConfirmation confirmation = request->identity_confirmation();
  if (!v1::IdentityConfirmation_IsValid(confirmation) ||
      confirmation == v1::IDENTITY_CONFIRMATION_FROM_SOURCE_SYSTEM) {
    violations.Add("identity_confirmation",
                   "must be ID_DOCUMENT, KNOWN_IN_PERSON or left out until it is confirmed");
  }
  CheckContact("contact", request->mutable_contact(), violations);
  return violations.ToStatus();
}

// A tie that was blocked because it was the wrong person opens again only with a document in hand.
bool StaysBlocked(const std::optional<storage::TieRow>& before,
                  v1::IdentityConfirmation confirmation) {
  return before.has_value() && before->state == TieState::kBlocked &&
         confirmation != v1::IDENTITY_CONFIRMATION_ID_DOCUMENT;
}

absl::Status TieUnit(door::WriteCase& c, int64_t participant_key,
                     const v1::CreateParticipantRequest& request) {
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::TieRow> before,
                        storage::FindTie(c.tx(), participant_key, c.caller().unit_key));
  if (StaysBlocked(before, request.identity_confirmation())) return absl::OkStatus();
  const bool active = before.has_value() && before->state == TieState::kActive;
  const bool confirmed = active && before->confirmation != v1::IDENTITY_CONFIRMATION_UNSPECIFIED;
  const bool confirms = request.identity_confirmation() != v1::IDENTITY_CONFIRMATION_UNSPECIFIED;
  if (active && (confirmed || !confirms)) return absl::OkStatus();
  storage::TieRow tie;
  if (active) {
    tie = *before;
  } else {
    tie.participant_key = participant_key;
    tie.reason = request.tie_reason();
    tie.since_us = c.tx().now_us();
    tie.registered = request.contact();
    tie.name_key = domain::NameKeyOf(request.contact());
    tie.interpreter_needed = request.contact().interpreter_needed();
  }
  tie.author = c.author();
  tie.confirmation = request.identity_confirmation();
  tie.version = before.has_value() ? before->version + 1 : 1;
  return storage::PutTie(c.tx(), tie,
                         active ? storage::JournalAct::kConfirmed : storage::JournalAct::kCreated);
}

}  // namespace

absl::Status CreateParticipant(door::WriteCase& c, const v1::CreateParticipantRequest& sent,
                               const absl::StatusOr<storage::Identifier>& identifier,
                               v1::CreateParticipantResponse& response) {
  v1::CreateParticipantRequest request = sent;
  NAVO_RETURN_IF_ERROR(CheckCreate(identifier.status(), &request));
  NAVO_ASSIGN_OR_RETURN(const access::Resolved resolved,
                        access::Resolve(c.tx(), c.caller(), identifier->hash));
  int64_t participant_key = resolved.participant_key.value_or(0);
  if (!resolved.participant_key.has_value()) {
    NAVO_ASSIGN_OR_RETURN(
        participant_key, storage::CreateParticipant(c.tx(), resolved.realm, *identifier,
                                                    resolved.protection, c.caller().principal_key));
  }
  NAVO_ASSIGN_OR_RETURN(
      const std::string id,
      storage::GetOrCreateAlias(c.tx(), participant_key, c.caller().controller_key, c.NewId()));
  NAVO_RETURN_IF_ERROR(TieUnit(c, participant_key, request));
  NAVO_ASSIGN_OR_RETURN(access::Facts facts,
                        access::LoadFactsByKey(c.tx(), c.caller(), participant_key));
  const bool confirmed =
      facts.participant.tie == TieState::kActive && facts.participant.identity_confirmed;
  c.Adopt(std::move(facts));
  if (confirmed) NAVO_RETURN_IF_ERROR(AdoptRegisteredContact(c, request.contact()));
  response.set_participant_id(storage::UuidText(id));
  return absl::OkStatus();
}

absl::Status LookupParticipant(door::Case& c, const v1::LookupParticipantRequest&,
                               v1::LookupParticipantResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const std::optional<std::string> id,
                        storage::FindAlias(c.tx(), c.participant_key(), c.caller().controller_key));
  if (!id.has_value()) return domain::NotFound();
  response.set_participant_id(storage::UuidText(*id));
  return absl::OkStatus();
}

}  // namespace navo::services
