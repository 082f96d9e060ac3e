#ifndef NAVO_SERVICES_PARTICIPANT_PARTICIPANT_SERVICE_H_
#define NAVO_SERVICES_PARTICIPANT_PARTICIPANT_SERVICE_H_

#include <grpcpp/impl/service_type.h>

#include <memory>

#include "services/door/door.h"

namespace navo::services {

// navo.v1.ParticipantService. `door` outlives the service.
std::unique_ptr<grpc::Service> MakeParticipantService(door::Door& door);

}  // namespace navo::services

#endif  // NAVO_SERVICES_PARTICIPANT_PARTICIPANT_SERVICE_H_
