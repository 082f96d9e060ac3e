#include <utility>
#include <vector>

#include "services/participant/bodies.h"
#include "storage/instant.h"
#include "storage/status_macros.h"
#include "storage/tie.h"

namespace navo::services {
namespace {

// One side's facts, each half as far as it is shown. False when nothing of it is.
bool ShowSide(door::Case& c, const storage::ContactRow& row, v1::SideFacts* side) {
  const v1::ContactFacts* names = c.Open(row.identity);
  const v1::ContactFacts* contact = c.Open(row.contact);
  if (names == nullptr && contact == nullptr) return false;
  if (contact != nullptr) *side->mutable_facts() = *contact;
  if (names != nullptr) {
    side->mutable_facts()->MergeFrom(*names);
    side->set_minor(IsMinor(*names, c.today()));
  }
  *side->mutable_provenance() = row.provenance;
  c.Describe(row.author, side->mutable_provenance());
  side->set_etag(c.Etag("facts", row.author, c.participant_key(), row.version));
  return true;
}

// Until the identity is confirmed the unit sees the name it typed itself.
void ShowRegistered(door::Case& c, const storage::Guarded<storage::TieRow>& guarded,
                    v1::GetParticipantResponse& response) {
  const storage::TieRow* tie = c.Open(guarded);
  if (tie == nullptr || tie->author.unit_key != c.caller().unit_key) return;
  if (tie->confirmation != v1::IDENTITY_CONFIRMATION_UNSPECIFIED) return;
  v1::SideFacts* side = response.add_sides();
  *side->mutable_facts() = tie->registered;
  storage::SetInstant(tie->since_us, side->mutable_provenance()->mutable_time());
  c.Describe(tie->author, side->mutable_provenance());
}

void ShowTie(door::Case& c, const storage::Guarded<storage::TieRow>& guarded, v1::Tie* shown) {
  const storage::TieRow* tie = c.Open(guarded);
  v1::Provenance maker;
  c.Describe(tie->author, &maker);
  shown->set_unit(maker.unit());
  shown->set_reason(tie->reason);
  shown->set_identity_confirmation(tie->confirmation);
  storage::SetInstant(tie->since_us, shown->mutable_since());
  shown->set_made_by(maker.recorded_by());
}

// Whom to call is shared, by name; how they sign in is their own side's business.
void ShowMember(door::Case& c, int64_t controller_key, const storage::TeamRow& row,
                v1::TeamMember* member) {
  if (const auto* principal = c.directory().FindPrincipal(row.principal_key)) {
    member->set_name(principal->name);
    const bool own = controller_key == c.caller().controller_key;
    if (own) member->set_subject(principal->subject);
  }
  if (const auto* unit = c.directory().FindUnit(row.unit_key)) member->set_unit(unit->id);
  storage::SetInstant(row.since_us, member->mutable_since());
}

}  // namespace

absl::Status GetParticipant(door::Case& c, const v1::GetParticipantRequest& request,
                            v1::GetParticipantResponse& response) {
  response.set_participant_id(request.participant_id());
  NAVO_ASSIGN_OR_RETURN(const std::vector<storage::ContactRow> contacts,
                        storage::ListContacts(c.tx(), c.participant_key()));
  NAVO_ASSIGN_OR_RETURN(const auto ties, storage::ListTies(c.tx(), c.participant_key()));
  NAVO_ASSIGN_OR_RETURN(const auto team, storage::ListTeam(c.tx(), c.participant_key()));
  for (const bool own : {true, false}) {
    for (const storage::ContactRow& row : contacts) {
      if ((row.author.controller_key == c.caller().controller_key) != own) continue;
      v1::SideFacts side;
      if (ShowSide(c, row, &side)) *response.add_sides() = std::move(side);
    }
    if (!own) continue;
    for (const auto& tie : ties) {
      if (c.Look(tie.label()) == v1::WITHHELD_REASON_UNSPECIFIED) ShowRegistered(c, tie, response);
    }
  }
  for (const auto& tie : ties) {
    if (c.Look(tie.label()) == v1::WITHHELD_REASON_UNSPECIFIED) {
      ShowTie(c, tie, response.add_ties());
    }
  }
  for (const auto& guarded : team) {
    if (const storage::TeamRow* row = c.Open(guarded)) {
      ShowMember(c, guarded.label().author.controller_key, *row, response.add_team());
    }
  }
  c.MarkWithheld(response.mutable_withheld());
  return absl::OkStatus();
}

}  // namespace navo::services
