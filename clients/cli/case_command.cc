// navo case show: everything about one participant on one screen.
#include <future>

#include "clients/cli/case_view.h"
#include "clients/cli/commands.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"

namespace navo::cli {
namespace {

// Starts a read of one participant in a thread of its own.
template <class Stub, class Request, class Response>
std::future<absl::StatusOr<Response>> Start(const client::Client& client,
                                            grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                                         const Request&, Response*),
                                            Request request) {
  return std::async(std::launch::async, [&client, method, request = std::move(request)] {
    return client.Call(method, request);
  });
}

template <class Request>
Request About(const v1::GetParticipantRequest& participant) {
  Request request;
  request.set_participant_id(participant.participant_id());
  request.set_min_revision(participant.min_revision());
  return request;
}

// What a part may answer instead of content; anything else is an error of the whole.
bool MayBeSaid(const absl::Status& status) {
  return status.ok() || absl::IsNotFound(status) || absl::IsPermissionDenied(status);
}

// All reads go through one Client, hence are one act in the access log. Who it is comes first: when
// that is refused, nothing else is asked.
absl::StatusOr<CaseRead> ReadCase(const client::Client& client,
                                  const v1::GetParticipantRequest& request) {
  CaseRead read;
  auto participant = client.Call(&v1::ParticipantService::Stub::Get, request);
  if (!participant.ok()) return participant.status();
  read.participant = *std::move(participant);

  auto few = About<v1::ListFollowUpsRequest>(request);
  few.set_page_size(5);
  auto grounds =
      Start(client, &v1::ConsentService::Stub::List, About<v1::ListGroundsRequest>(request));
  auto kartlegging =
      Start(client, &v1::KartleggingService::Stub::Get, About<v1::GetKartleggingRequest>(request));
  auto plan = Start(client, &v1::PlanService::Stub::Get, About<v1::GetPlanRequest>(request));
  auto follow_ups = Start(client, &v1::FollowUpService::Stub::List, few);
  auto language = Start(client, &v1::LanguageService::Stub::GetProgress,
                        About<v1::GetProgressRequest>(request));
  read.grounds = grounds.get();
  read.kartlegging = kartlegging.get();
  read.plan = plan.get();
  read.follow_ups = follow_ups.get();
  read.language = language.get();
  for (const absl::Status& status :
       {read.grounds.status(), read.kartlegging.status(), read.plan.status(),
        read.follow_ups.status(), read.language.status()}) {
    if (!MayBeSaid(status)) return status;
  }
  return read;
}

}  // namespace

void AddCaseCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line, "case", "A whole case at a glance.");
  Command<v1::GetParticipantRequest> show(
      line, noun, "show",
      "Who, what is shared, kartlegging, plan, follow-ups and Norwegian on one screen.",
      "navo --as kari case show PARTICIPANT");
  show.Participant();
  show.Reading();
  show.Does([&context = line.context](v1::GetParticipantRequest& request) {
    const auto client = context.Connect();
    if (!client.ok()) return client.status();
    const auto read = ReadCase(**client, request);
    if (!read.ok()) return read.status();
    if (context.global.json) {
      context.out() << CaseJson(*read);
    } else {
      context.out() << CaseText(
          *read, {context.width(), context.today(), context.bold(), context.plain()});
    }
    return absl::OkStatus();
  });
}

}  // namespace navo::cli
