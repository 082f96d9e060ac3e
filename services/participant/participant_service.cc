#include "services/participant/participant_service.h"

#include <string>
#include <string_view>

#include "navo/v1/participant.grpc.pb.h"
#include "services/domain/identifier.h"
#include "services/door/caller.h"
#include "services/participant/bodies.h"
#include "storage/crypto.h"

namespace navo::services {
namespace {

using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;

class ParticipantService final : public v1::ParticipantService::CallbackService {
 public:
  explicit ParticipantService(door::Door& door)
      : door_(door), identity_seal_(door.parts().keys.identity_seal, door.parts().random) {}

  ServerUnaryReactor* Create(CallbackServerContext* context,
                             const v1::CreateParticipantRequest* request,
                             v1::CreateParticipantResponse* response) override {
    const auto create = [this](door::WriteCase& c, const v1::CreateParticipantRequest& sent,
                               v1::CreateParticipantResponse& answer) {
      return CreateParticipant(c, sent, IdentifierOf(sent.national_identity_number()), answer);
    };
    return door_.Write(context, "navo.v1.ParticipantService.Create", request, response, create);
  }

  ServerUnaryReactor* Lookup(CallbackServerContext* context,
                             const v1::LookupParticipantRequest* request,
                             v1::LookupParticipantResponse* response) override {
    return door_.Read(context, "navo.v1.ParticipantService.Lookup", request, response,
                      LookupParticipant);
  }

  ServerUnaryReactor* Get(CallbackServerContext* context, const v1::GetParticipantRequest* request,
                          v1::GetParticipantResponse* response) override {
    return door_.Read(context, "navo.v1.ParticipantService.Get", request, response, GetParticipant);
  }

  ServerUnaryReactor* List(CallbackServerContext* context,
                           const v1::ListParticipantsRequest* request,
                           v1::ListParticipantsResponse* response) override {
    return door_.Read(context, "navo.v1.ParticipantService.List", request, response,
                      ListParticipants);
  }

  ServerUnaryReactor* UpdateContact(CallbackServerContext* context,
                                    const v1::UpdateContactRequest* request,
                                    v1::UpdateContactResponse* response) override {
    return door_.Write(context, "navo.v1.ParticipantService.UpdateContact", request, response,
                       services::UpdateContact);
  }

  ServerUnaryReactor* AddToTeam(CallbackServerContext* context, const v1::AddToTeamRequest* request,
                                v1::AddToTeamResponse* response) override {
    return door_.Write(context, "navo.v1.ParticipantService.AddToTeam", request, response,
                       services::AddToTeam);
  }

  ServerUnaryReactor* RemoveFromTeam(CallbackServerContext* context,
                                     const v1::RemoveFromTeamRequest* request,
                                     v1::RemoveFromTeamResponse* response) override {
    return door_.Write(context, "navo.v1.ParticipantService.RemoveFromTeam", request, response,
                       services::RemoveFromTeam);
  }

  ServerUnaryReactor* ConfirmIdentity(CallbackServerContext* context,
                                      const v1::ConfirmIdentityRequest* request,
                                      v1::ConfirmIdentityResponse* response) override {
    return door_.Write(context, "navo.v1.ParticipantService.ConfirmIdentity", request, response,
                       services::ConfirmIdentity);
  }

  ServerUnaryReactor* EndTie(CallbackServerContext* context, const v1::EndTieRequest* request,
                             v1::EndTieResponse* response) override {
    return door_.Write(context, "navo.v1.ParticipantService.EndTie", request, response,
                       services::EndTie);
  }

 private:
  // INVALID_ARGUMENT for a number that is none.
  absl::StatusOr<storage::Identifier> IdentifierOf(std::string_view text) const {
    const door::DoorParts& parts = door_.parts();
    const auto number = domain::NationalIdentityNumber::Parse(text, parts.identifiers);
    if (!number.ok()) return number.status();
    storage::Identifier identifier;
    identifier.hash = door::IdentifierHash(parts.keys, *number);
    identifier.sealed = identity_seal_.Seal(number->Reveal(), identifier.hash);
    identifier.kind = static_cast<int>(number->kind());
    identifier.key_id = parts.keys.key_id;
    return identifier;
  }

  door::Door& door_;
  storage::Sealer identity_seal_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeParticipantService(door::Door& door) {
  return std::make_unique<ParticipantService>(door);
}

}  // namespace navo::services
