// navo protection: what closes more than relation and grounds do.
#include "clients/cli/commands.h"
#include "navo/v1/protection.grpc.pb.h"

namespace navo::cli {
namespace {

using Stub = v1::ProtectionService::Stub;

template <class Request, class Response>
void OnRecord(Command<Request>& command,
              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
              const std::string& done) {
  command.Participant();
  command.Field("KIND", "record", "Kind of record")->required();
  command.Field("RECORD", "record_id", "Its id")->required();
  command.Writing();
  command.Calls(method,
                [done](Context& context, const Response&) { context.out() << done << "\n"; });
}

}  // namespace

void AddProtectionCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line, "protection", "Lock records to your office.");
  Command<v1::SetOfficeLockRequest> lock(
      line, noun, "lock", "Keep a record of your unit to the unit and the participant.",
      "navo protection lock PARTICIPANT follow-up RECORD");
  OnRecord(lock, &Stub::SetOfficeLock, "Locked to your office.");
  Command<v1::LiftOfficeLockRequest> lift(line, noun, "unlock",
                                          "Open a record again to whoever may see it.",
                                          "navo protection unlock PARTICIPANT follow-up RECORD");
  OnRecord(lift, &Stub::LiftOfficeLock, "Not locked any more.");
}

}  // namespace navo::cli
