// navo ground: why one controller's data is open to another.
#include "absl/strings/str_split.h"
#include "clients/cli/commands.h"
#include "clients/cli/ground_view.h"
#include "clients/cli/prefix.h"
#include "clients/cli/printing.h"
#include "navo/v1/consent.grpc.pb.h"

namespace navo::cli {
namespace {

using Stub = v1::ConsentService::Stub;

// Fills in the whole id of a ground that was given by its beginning. An id that the caller cannot
// list is left as it is: the server says what is wrong.
absl::Status CompleteGroundId(Context& context, const std::string& participant_id,
                              std::string* ground_id) {
  if (ground_id->size() >= 36) return absl::OkStatus();
  v1::ListGroundsRequest request;
  request.set_participant_id(participant_id);
  request.set_page_size(200);
  const auto response = context.Call(&Stub::List, request);
  if (!response.ok()) return response.status();
  std::vector<std::string> ids;
  for (const auto& ground : response->grounds()) ids.push_back(ground.ground_id());
  auto found = FindByBeginning(ids, *ground_id, "ground");
  if (!found.ok()) return found.status();
  *ground_id = *std::move(found);
  return absl::OkStatus();
}

void AddList(CommandLine& line, CLI::App& noun) {
  Command<v1::ListGroundsRequest> command(line, noun, "list",
                                          "Show what is shared with whom, and why.",
                                          "navo ground list PARTICIPANT");
  command.Participant();
  command.Reading();
  command.Calls(&Stub::List, [](Context& context, const v1::ListGroundsResponse& response) {
    PrintGrounds(context, {response.grounds().begin(), response.grounds().end()});
    PrintMore(context, response.next_page_token());
  });
}

void AddConfirm(CommandLine& line, CLI::App& noun) {
  Command<v1::ConfirmGroundRequest> command(
      line, noun, "confirm", "State that the consent was given to your side too; opens your data.",
      "navo ground confirm PARTICIPANT GROUND --given-by with-interpreter");
  command.Participant();
  command.Field("GROUND", "ground_id", "Id of the ground, or the beginning of it")->required();
  command.Field("--given-by", "given_by", "How it was given to you; leave out when it is your own");
  command.Writing();
  command.Does([&context = line.context](v1::ConfirmGroundRequest& request) {
    const absl::Status status =
        CompleteGroundId(context, request.participant_id(), request.mutable_ground_id());
    if (!status.ok()) return status;
    return context.Show(&Stub::ConfirmGround, request,
                        [&](const v1::ConfirmGroundResponse& response) {
                          PrintGrounds(context, {response.ground()});
                        });
  });
}

void AddRecordLaw(CommandLine& line, CLI::App& noun) {
  Command<v1::RecordLegalBasisRequest> command(
      line, noun, "record-law", "Record that a law opens your controller's data to another.",
      "navo ground record-law PARTICIPANT --from oslo-vo --to nav-statlig --category existence \\\n"
      "    --category plan --law \"integreringsloven § 42\" --law-version 2026-01-01");
  command.request()->set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
  command.Participant();
  command.Field("--purpose", "purpose", "What for");
  command.Field("--from", "release.from_controller", "Whose data, by controller id: your own")
      ->required();
  command.Field("--to", "release.to_controller", "Who may see it, by controller id")->required();
  command.Field("--to-unit", "release.to_unit", "Only this unit of it");
  command.Field("--category", "release.categories", "Which data")->required();
  command.Field("--law", "law_reference", "Law and paragraph, as navo ground catalogue has it")
      ->required();
  command.Field("--law-version", "law_version", "Its version, as navo ground catalogue has it")
      ->required();
  command.Field("--valid-from", "valid_from", "First day; today without it");
  command.Field("--valid-to", "valid_to", "Last day; until ended without it");
  command.Writing();
  command.Calls(&Stub::RecordLegalBasis,
                [](Context& context, const v1::RecordLegalBasisResponse& response) {
                  PrintGrounds(context, {response.ground()});
                });
}

void AddCatalogue(CommandLine& line, CLI::App& noun) {
  Command<v1::ListLegalBasesRequest> command(
      line, noun, "catalogue", "The laws that a ground may name, and what is uncertain about each.",
      "navo ground catalogue --valid-on 2026-12-01");
  command.Field("--valid-on", "valid_on",
                "Only laws that a ground may rest on on this day; every entry without it");
  command.Calls(
      &Stub::ListLegalBases, [](Context& context, const v1::ListLegalBasesResponse& response) {
        PrintLegalBases(context, {response.legal_bases().begin(), response.legal_bases().end()});
      });
}

void AddExpiring(CommandLine& line, CLI::App& noun) {
  Command<v1::ListExpiringGroundsRequest> command(
      line, noun, "expiring", "Grounds of your unit's cases that end soon: ask for new ones.",
      "navo ground expiring --within-days 30");
  command.Field("--within-days", "within_days", "How many days ahead; 60 without it");
  command.Reading();
  command.Calls(&Stub::ListExpiring,
                [](Context& context, const v1::ListExpiringGroundsResponse& response) {
                  for (const v1::ExpiringGround& one : response.grounds()) {
                    context.out() << "Participant " << one.participant_id() << "\n";
                    PrintGrounds(context, {one.ground()});
                  }
                  if (response.grounds().empty()) context.out() << "No ground ends soon.\n";
                  PrintMore(context, response.next_page_token());
                });
}

void AddEndLaw(CommandLine& line, CLI::App& noun) {
  Command<v1::EndLegalBasisRequest> command(line, noun, "end-law",
                                            "End a legal basis of your controller; at once.",
                                            "navo ground end-law PARTICIPANT GROUND");
  command.Participant();
  command.Field("GROUND", "ground_id", "Id of the ground, or the beginning of it")->required();
  command.Writing();
  command.Does([&context = line.context](v1::EndLegalBasisRequest& request) {
    const absl::Status status =
        CompleteGroundId(context, request.participant_id(), request.mutable_ground_id());
    if (!status.ok()) return status;
    return context.Show(&Stub::EndLegalBasis, request,
                        [&](const v1::EndLegalBasisResponse&) { context.out() << "Ended.\n"; });
  });
}

}  // namespace

void AddGroundCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line, "ground", "Why one side's data is open to the other.");
  AddList(line, noun);
  AddConfirm(line, noun);
  AddRecordLaw(line, noun);
  AddEndLaw(line, noun);
  AddCatalogue(line, noun);
  AddExpiring(line, noun);
}

}  // namespace navo::cli
