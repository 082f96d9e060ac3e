#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/access/facts.h"
#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "services/domain/text.h"
#include "services/emergency_access/bodies.h"
#include "storage/emergency_access.h"
#include "storage/instant.h"
#include "storage/participant.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

using storage::EmergencyRow;

constexpr domain::TextRule kReasonText{.max_characters = 255, .required = true};
constexpr size_t kFewestReasonCharacters = 10;
constexpr int64_t kLengthUs = int64_t{4} * 3'600 * 1'000'000;
constexpr size_t kMostOpen = 3;

absl::Status CheckOpen(const absl::Status& number, v1::OpenEmergencyAccessRequest* request) {
  domain::Violations violations;
  if (!number.ok()) {
    violations.Add("national_identity_number",
                   std::string(number.message().data(), number.message().size()));
  }
  const size_t before = violations.items().size();
  domain::CheckText("reason", request->mutable_reason(), kReasonText, violations);
  if (violations.items().size() == before &&
      domain::CountCharacters(request->reason()) < kFewestReasonCharacters) {
    violations.Add("reason", "must have 10 to 255 characters: the leader and PERSONVERN read it");
  }
  const v1::IdentityConfirmation confirmation = request->identity_confirmation();
  if (!v1::IdentityConfirmation_IsValid(confirmation) ||
      confirmation == v1::IDENTITY_CONFIRMATION_FROM_SOURCE_SYSTEM) {
    violations.Add("identity_confirmation", "must be ID_DOCUMENT, KNOWN_IN_PERSON or left out");
  }
  return violations.ToStatus();
}

// The one that is open for the same participant and unit is replaced.
absl::Status MakeRoom(door::WriteCase& c) {
  NAVO_ASSIGN_OR_RETURN(const std::vector<EmergencyRow> open,
                        storage::ListOpenEmergencies(c.tx(), c.caller().principal_key));
  const auto is_same = [&c](const EmergencyRow& row) {
    return row.participant_key == c.participant_key() && row.author.unit_key == c.caller().unit_key;
  };
  const auto same = std::find_if(open.begin(), open.end(), is_same);
  if (same != open.end()) {
    return storage::EndEmergency(c.tx(), *same, v1::EMERGENCY_END_OPENED_AGAIN, c.author());
  }
  if (open.size() < kMostOpen) return absl::OkStatus();
  return domain::MakeError(absl::StatusCode::kFailedPrecondition, domain::reason::kEmergencyLimit,
                           "you have three emergency accesses open: end one first");
}

}  // namespace

absl::Status OpenEmergencyAccess(door::WriteCase& c, const v1::OpenEmergencyAccessRequest& sent,
                                 const absl::Status& number,
                                 v1::OpenEmergencyAccessResponse& response) {
  v1::OpenEmergencyAccessRequest request = sent;
  NAVO_RETURN_IF_ERROR(CheckOpen(number, &request));
  if (c.facts().participant.tie == storage::TieState::kActive) {
    return domain::MakeError(absl::StatusCode::kFailedPrecondition, domain::reason::kRelationExists,
                             "your unit is tied to the participant: look at the case as usual");
  }
  NAVO_RETURN_IF_ERROR(MakeRoom(c));
  NAVO_ASSIGN_OR_RETURN(
      const std::string participant_id,
      storage::GetOrCreateAlias(c.tx(), c.participant_key(), c.caller().controller_key, c.NewId()));
  EmergencyRow row;
  row.id = c.NewId();
  row.participant_key = c.participant_key();
  row.author = c.author();
  row.until_us = c.tx().now_us() + kLengthUs;
  v1::EmergencyAccess body;
  *body.mutable_provenance() = c.NewProvenance();
  body.set_reason(request.reason());
  body.set_identity_confirmation(request.identity_confirmation());
  NAVO_RETURN_IF_ERROR(storage::AddEmergency(c.tx(), row, body));
  response.set_emergency_access_id(storage::UuidText(row.id));
  response.set_participant_id(storage::UuidText(participant_id));
  storage::SetInstant(row.until_us, response.mutable_until());
  return absl::OkStatus();
}

absl::Status EndEmergencyAccess(door::WriteCase& c, const v1::EndEmergencyAccessRequest& request,
                                v1::EndEmergencyAccessResponse& response) {
  NAVO_ASSIGN_OR_RETURN(
      const std::optional<EmergencyRow> row,
      storage::FindEmergency(
          c.tx(), storage::UuidBytes(request.emergency_access_id()).value_or(std::string())));
  if (!row.has_value() || row->author.unit_key != c.caller().unit_key) return domain::NotFound();
  const bool opener = row->author.principal_key == c.caller().principal_key;
  if (!opener && !c.caller().roles.Has(v1::ROLE_LEDER)) return domain::NotFound();
  NAVO_ASSIGN_OR_RETURN(const access::Facts facts,
                        access::LoadFactsByKey(c.tx(), c.caller(), row->participant_key));
  const access::Decision decision = c.DecideOversightOn(facts);
  if (!decision.permitted()) return domain::NotFound();
  NAVO_RETURN_IF_ERROR(storage::EndEmergency(
      c.tx(), *row, opener ? v1::EMERGENCY_END_BY_OPENER : v1::EMERGENCY_END_BY_LEADER,
      c.author()));
  c.LogParticipant(facts, decision, {v1::CATEGORY_EXISTENCE}, {});
  storage::SetInstant(std::min(row->until_us, c.tx().now_us()), response.mutable_until());
  return absl::OkStatus();
}

}  // namespace navo::services
