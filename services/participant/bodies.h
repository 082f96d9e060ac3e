#ifndef NAVO_SERVICES_PARTICIPANT_BODIES_H_
#define NAVO_SERVICES_PARTICIPANT_BODIES_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/participant.pb.h"
#include "services/domain/error.h"
#include "services/door/case.h"
#include "storage/participant.h"

// The bodies of ParticipantService, by subject: register.cc, show.cc, working_list.cc, contact.cc,
// relation.cc. The promises are in participant.proto.
namespace navo::services {

absl::Status CreateParticipant(door::WriteCase& c, const v1::CreateParticipantRequest& request,
                               const absl::StatusOr<storage::Identifier>& identifier,
                               v1::CreateParticipantResponse& response);
absl::Status LookupParticipant(door::Case& c, const v1::LookupParticipantRequest& request,
                               v1::LookupParticipantResponse& response);
absl::Status GetParticipant(door::Case& c, const v1::GetParticipantRequest& request,
                            v1::GetParticipantResponse& response);
absl::Status ListParticipants(door::Case& c, const v1::ListParticipantsRequest& request,
                              v1::ListParticipantsResponse& response);
absl::Status UpdateContact(door::WriteCase& c, const v1::UpdateContactRequest& request,
                           v1::UpdateContactResponse& response);
absl::Status AddToTeam(door::WriteCase& c, const v1::AddToTeamRequest& request,
                       v1::AddToTeamResponse& response);
absl::Status RemoveFromTeam(door::WriteCase& c, const v1::RemoveFromTeamRequest& request,
                            v1::RemoveFromTeamResponse& response);
absl::Status ConfirmIdentity(door::WriteCase& c, const v1::ConfirmIdentityRequest& request,
                             v1::ConfirmIdentityResponse& response);
absl::Status EndTie(door::WriteCase& c, const v1::EndTieRequest& request,
                    v1::EndTieResponse& response);

// Normalises and checks contact facts; `path` is their place in the request.
void CheckContact(const std::string& path, v1::ContactFacts* facts, domain::Violations& violations);
// Writes the own side's first contact facts from what the tie was registered with, if there are
// none.
absl::Status AdoptRegisteredContact(door::WriteCase& c, const v1::ContactFacts& registered);
// Whether they say that the participant is under 18.
bool IsMinor(const v1::ContactFacts& facts, int32_t today);

}  // namespace navo::services

#endif  // NAVO_SERVICES_PARTICIPANT_BODIES_H_
