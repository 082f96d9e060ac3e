// navo participant: who somebody is to one's own side.
#include "clients/cli/commands.h"
#include "clients/cli/participant_view.h"
#include "clients/cli/printing.h"
#include "clients/cli/with_number.h"
#include "navo/v1/participant.grpc.pb.h"

namespace navo::cli {
namespace {

using Stub = v1::ParticipantService::Stub;

void PrintId(Context& context, const std::string& id) { context.out() << id << "\n"; }

void AddCreate(CommandLine& line, CLI::App& noun) {
  Command<v1::CreateParticipantRequest> command(
      line, noun, "create",
      "Register a person and tie your unit to them; also when they are there already.",
      "navo participant create --reason service-granted --confirmation id-document \\\n"
      "    --given-name Amina --family-name Hassan --language so --interpreter");
  command.Field("--reason", "tie_reason", "Why your unit has to do with the person")->required();
  command.Field("--confirmation", "identity_confirmation", "How you made sure who it is");
  command.Field("--given-name", "contact.given_name", "Given name, any script");
  command.Field("--family-name", "contact.family_name", "Family name, any script");
  command.Field("--language", "contact.preferred_language", "Best understood language, BCP 47: ti");
  command.Field("--mother-tongue", "contact.mother_tongue", "Mother tongue, BCP 47: prs");
  command.Field("--interpreter", "contact.interpreter_needed", "An interpreter is needed");
  command.Field("--channel", "contact.channel", "How to reach the person");
  command.Field("--adult-from", "contact.adult_from", "Of a minor: the day the person turns 18");
  command.Writing();
  command.Does(WithNumber<v1::CreateParticipantRequest>(
      command, [&context = line.context](v1::CreateParticipantRequest& request) {
        return context.Show(&Stub::Create, request, [&](const auto& response) {
          PrintId(context, response.participant_id());
        });
      }));
}

void AddLookup(CommandLine& line, CLI::App& noun) {
  Command<v1::LookupParticipantRequest> command(
      line, noun, "lookup", "Find a participant of your unit by national identity number.",
      "navo participant lookup");
  command.Does(WithNumber<v1::LookupParticipantRequest>(
      command, [&context = line.context](v1::LookupParticipantRequest& request) {
        return context.Show(&Stub::Lookup, request, [&](const auto& response) {
          PrintId(context, response.participant_id());
        });
      }));
}

void AddGet(CommandLine& line, CLI::App& noun) {
  Command<v1::GetParticipantRequest> command(
      line, noun, "get", "Show name, contact facts, ties and team of each side.",
      "navo participant get PARTICIPANT");
  command.Participant();
  command.Reading();
  command.Calls(&Stub::Get, PrintParticipant);
}

void AddList(CommandLine& line, CLI::App& noun) {
  Command<v1::ListParticipantsRequest> command(
      line, noun, "list", "Your unit's participants, as a working list.",
      "navo participant list --no-follow-up-since 2026-10-01 --order last-follow-up");
  command.Field("--mine", "mine", "Only cases you are named on");
  command.Field("--interpreter", "interpreter_needed", "Only those who need an interpreter");
  command.Field("--no-follow-up-since", "no_follow_up_since", "Only without your follow-up since");
  command.Field("--tied-since", "tied_since", "Only ties made on or after");
  command.Field("--name", "name_prefix", "Only names with a word that starts so");
  command.Field("--order", "order", "Sorted by");
  command.Reading();
  command.Calls(&Stub::List, PrintParticipantList);
}

// The own side's etag: the one record that came with one.
absl::Status ReadEtag(Context& context, v1::UpdateContactRequest* request) {
  v1::GetParticipantRequest read;
  read.set_participant_id(request->participant_id());
  const auto response = context.Call(&Stub::Get, read);
  if (!response.ok()) return response.status();
  for (const auto& side : response->sides()) {
    if (!side.etag().empty()) request->set_etag(side.etag());
  }
  return absl::OkStatus();
}

void AddUpdateContact(CommandLine& line, CLI::App& noun) {
  Command<v1::UpdateContactRequest> command(
      line, noun, "update-contact", "Change your own side's name and contact facts.",
      "navo participant update-contact PARTICIPANT --language ti --interpreter yes");
  command.Participant();
  command.Update("--given-name", "facts.given_name", "Given name");
  command.Update("--family-name", "facts.family_name", "Family name");
  command.Update("--language", "facts.preferred_language", "Best understood language, BCP 47");
  command.Update("--mother-tongue", "facts.mother_tongue", "Mother tongue, BCP 47");
  command.Update("--interpreter", "facts.interpreter_needed", "An interpreter is needed");
  command.Update("--channel", "facts.channel", "How to reach the person");
  command.Update("--adult-from", "facts.adult_from", "Of a minor: the day the person turns 18");
  command.Field("--etag", "etag", "Change only this state; without it the newest");
  command.Writing();
  command.Does([&context = line.context](v1::UpdateContactRequest& request) {
    if (request.update_mask().paths().empty()) {
      return absl::InvalidArgumentError("nothing to change: name what is new, see --help");
    }
    const absl::Status read =
        request.etag().empty() ? ReadEtag(context, &request) : absl::OkStatus();
    if (!read.ok()) return read;
    return context.Show(&Stub::UpdateContact, request,
                        [&](const auto& response) { PrintSide(context, response.side()); });
  });
}

void AddTeam(CommandLine& line, CLI::App& noun) {
  Command<v1::AddToTeamRequest> add(line, noun, "add-to-team",
                                    "Name yourself or a colleague as contact person on the case.",
                                    "navo participant add-to-team PARTICIPANT");
  add.Participant();
  add.Field("--subject", "subject", "The colleague's subject in your sign-in; without it you");
  add.Writing();
  add.Calls(&Stub::AddToTeam, [](Context& context, const v1::AddToTeamResponse& response) {
    context.out() << response.member().name() << " is on the case.\n";
  });

  Command<v1::RemoveFromTeamRequest> remove(line, noun, "remove-from-team",
                                            "Take yourself or a colleague off the case.",
                                            "navo participant remove-from-team PARTICIPANT");
  remove.Participant();
  remove.Field("--subject", "subject", "The colleague's subject in your sign-in; without it you");
  remove.Writing();
  remove.Calls(&Stub::RemoveFromTeam, [](Context& context, const v1::RemoveFromTeamResponse&) {
    context.out() << "Not on the case any more.\n";
  });
}

void AddTies(CommandLine& line, CLI::App& noun) {
  Command<v1::ConfirmIdentityRequest> confirm(
      line, noun, "confirm-identity",
      "State how you made sure that this is the person; opens what is shared with your unit.",
      "navo participant confirm-identity PARTICIPANT --confirmation id-document");
  confirm.Participant();
  confirm.Field("--confirmation", "confirmation", "How you made sure who it is")->required();
  confirm.Writing();
  confirm.Calls(&Stub::ConfirmIdentity,
                [](Context& context, const v1::ConfirmIdentityResponse& response) {
                  context.out() << "Identity confirmed: " << Word(response.confirmation()) << ".\n";
                });

  Command<v1::EndTieRequest> end(line, noun, "end-tie",
                                 "End your unit's relation to the participant.",
                                 "navo participant end-tie PARTICIPANT --reason service-ended");
  end.Participant();
  end.Field("--reason", "reason", "Why")->required();
  end.Field("--right-participant", "right_participant_id",
            "With wrong-person: whom your unit's records belong to");
  end.Writing();
  end.Calls(&Stub::EndTie, [](Context& context, const v1::EndTieResponse& response) {
    context.out() << "The tie is ended; " << response.moved_records() << " records moved.\n";
  });
}

}  // namespace

void AddParticipantCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line, "participant", "Who somebody is, and why your unit knows them.");
  AddCreate(line, noun);
  AddLookup(line, noun);
  AddGet(line, noun);
  AddList(line, noun);
  AddUpdateContact(line, noun);
  AddTeam(line, noun);
  AddTies(line, noun);
}

}  // namespace navo::cli
