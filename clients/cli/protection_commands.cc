// navo protection: what closes more than relation and grounds do.
#include "clients/cli/commands.h"
#include "clients/cli/complete_id.h"
#include "clients/cli/formats.h"
#include "clients/cli/prefix.h"
#include "clients/cli/printing.h"
#include "clients/cli/table.h"
#include "clients/cli/with_number.h"
#include "clients/cli/words.h"
#include "navo/v1/protection.grpc.pb.h"

namespace navo::cli {
namespace {

using Stub = v1::ProtectionService::Stub;

// Fills in the whole id of a shadow record that was given by its beginning.
absl::Status CompleteShadowId(Context& context, std::string* shadow_id) {
  if (shadow_id->size() >= 36) return absl::OkStatus();
  v1::ListShadowsRequest request;
  request.set_page_size(200);
  const auto response = context.Call(&Stub::ListShadows, request);
  if (!response.ok()) return response.status();
  std::vector<std::string> ids;
  for (const v1::ShadowRecord& shadow : response->shadows()) ids.push_back(shadow.shadow_id());
  auto found = FindByBeginning(ids, *shadow_id, "shadow record");
  if (!found.ok()) return found.status();
  *shadow_id = *std::move(found);
  return absl::OkStatus();
}

absl::Status CompleteRecordId(Context& context, const std::string& participant,
                              v1::LockableRecord record, std::string* record_id) {
  if (record == v1::LOCKABLE_RECORD_SECTION) {
    return CompleteSectionId(context, participant, record_id);
  }
  return CompleteFollowUp(context, participant, record_id, nullptr);
}

template <class Request, class Response>
void OnRecord(Command<Request>& command,
              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
              const std::string& done) {
  command.Participant();
  command.Field("KIND", "record", "Kind of record")->required();
  command.Field("RECORD", "record_id", "Its id, or the beginning of it")->required();
  command.Writing();
  command.Does([&context = command.context(), method, done](Request& request) {
    const absl::Status status = CompleteRecordId(context, request.participant_id(),
                                                 request.record(), request.mutable_record_id());
    if (!status.ok()) return status;
    return context.Show(method, request, [&](const Response&) { context.out() << done << "\n"; });
  });
}

void AddSet(CommandLine& line, CLI::App& noun) {
  Command<v1::SetProtectionRequest> set(line, noun, "set",
                                        "State the address grading or the shielding of a person.",
                                        "navo protection set --grading fortrolig");
  set.Field("--grading", "grading", "Address grading");
  set.Field("--shielding", "shielding", "Whether the person is shielded");
  set.Writing();
  set.Does(WithNumber<v1::SetProtectionRequest>(
      set, [&context = line.context](v1::SetProtectionRequest& request) {
        return context.Show(&Stub::SetProtection, request, [&](const v1::SetProtectionResponse&) {
          context.out() << "In force, as far as your role goes.\n";
        });
      }));
}

void AddShadows(CommandLine& line, CLI::App& noun) {
  Command<v1::ListShadowsRequest> list(
      line, noun, "shadows", "Protected persons whom somebody without the role registered.",
      "navo protection shadows");
  list.Reading();
  list.Calls(&Stub::ListShadows, [](Context& context, const v1::ListShadowsResponse& response) {
    Table table(
        {{"SHADOW RECORD", 36}, {"GRADING", 12}, {"SHIELDED", 8}, {"SINCE", 10}, {"UNITS", 18}});
    for (const v1::ShadowRecord& shadow : response.shadows()) {
      std::string units;
      for (const std::string& unit : shadow.units()) units += (units.empty() ? "" : ", ") + unit;
      table.AddRow({shadow.shadow_id(), Word(shadow.grading()), shadow.shielded() ? "yes" : "",
                    DayText(shadow.created()), units});
    }
    PrintTable(context, table, "No shadow records.");
    PrintMore(context, response.next_page_token());
  });
  Command<v1::MergeShadowRequest> merge(line, noun, "merge",
                                        "Make a shadow record the real participant's.",
                                        "navo protection merge SHADOW");
  merge.Field("SHADOW", "shadow_id", "Id of the shadow record, or the beginning of it")->required();
  merge.Writing();
  merge.Does([&context = line.context](v1::MergeShadowRequest& request) {
    const absl::Status status = CompleteShadowId(context, request.mutable_shadow_id());
    if (!status.ok()) return status;
    return context.Show(&Stub::MergeShadow, request, [&](const v1::MergeShadowResponse& response) {
      context.out() << response.participant_id() << "\n";
    });
  });
}

}  // namespace

void AddProtectionCommands(CommandLine& line) {
  CLI::App& noun =
      AddNoun(line, "protection", "Protected persons, and records locked to your office.");
  AddSet(line, noun);
  AddShadows(line, noun);
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
