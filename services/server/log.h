#ifndef NAVO_SERVICES_SERVER_LOG_H_
#define NAVO_SERVICES_SERVER_LOG_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "services/door/door.h"
#include "storage/log_checkpoint.h"

// The operator's log: one JSON object a line on standard error. Methods, codes, reasons and times;
// never a person, a number or a token. Any thread.
namespace navo::services {

void LogEvent(std::string_view event, std::string_view detail = {});
void LogFault(std::string_view event, std::string_view detail);

// What gRPC itself has to say becomes lines of this log too: failed handshakes above all. Called
// once at start.
void TakeOverGrpcLog();

// Keys of an issuer that have come, or could not be fetched.
void LogIssuerKeys(const absl::Status& status, std::string_view text);

// Calls that the operator has to know of: faults of the server, and overload.
void LogCall(const door::CallRecord& call);

// A checkpoint of the access log, with all that `navo log verify --witness` needs: whoever keeps
// these lines elsewhere finds it when rows are cut off together with their checkpoints.
void LogCheckpointMade(const storage::LogCheckpoint& checkpoint);

}  // namespace navo::services

#endif  // NAVO_SERVICES_SERVER_LOG_H_
