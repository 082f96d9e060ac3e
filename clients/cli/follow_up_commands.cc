// navo follow-up: what was said and agreed.
#include <iterator>
#include <vector>

#include "clients/cli/commands.h"
#include "clients/cli/complete_id.h"
#include "clients/cli/follow_up_view.h"
#include "clients/cli/printing.h"
#include "navo/v1/follow_up.grpc.pb.h"

namespace navo::cli {
namespace {

using Stub = v1::FollowUpService::Stub;

absl::Status ReadNote(const Context& context, const std::string& file, v1::FollowUp* follow_up) {
  if (file.empty()) return absl::OkStatus();
  if (file == "-") {
    std::istream& in = *context.terminal().in;
    follow_up->set_note(std::string(std::istreambuf_iterator<char>(in), {}));
    return absl::OkStatus();
  }
  auto note = ReadFile(file);
  if (!note.ok()) return note.status();
  follow_up->set_note(*std::move(note));
  return absl::OkStatus();
}

absl::Status CompleteJoint(Context& context, const std::string& participant,
                           v1::FollowUp* follow_up) {
  for (std::string& id : *follow_up->mutable_joint_with()) {
    const absl::Status status = CompleteFollowUp(context, participant, &id, nullptr);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

std::shared_ptr<std::string> NoteOption(CLI::App& app) {
  const auto file = std::make_shared<std::string>();
  app.add_option("--note-file", *file,
                 "Note that stays with your unit, from this file, - for the standard input; not on "
                 "the command line, which others can see")
      ->type_name("FILE");
  return file;
}

void AddRecord(CommandLine& line, CLI::App& noun) {
  Command<v1::RecordFollowUpRequest> command(
      line, noun, "record", "Keep a conversation, meeting, visit, call or message.",
      "navo follow-up record PARTICIPANT --type samtale --agreement \"Søker på kurs\" \\\n"
      "    --due 2026-12-01 --note-file note.txt\n"
      "navo follow-up record PARTICIPANT --type fellesmoete --present vo --joint-with ID \\\n"
      "    --note-file - --exempt-note \"paragraph=personopplysningsloven-16-c,"
      "reason=Would know who told,review=2027-05-03\"");
  command.Participant();
  command.Field("--type", "follow_up.type", "What kind")->required();
  command.Field("--at", "follow_up.occurred_at", "When it happened; now without it");
  command.Field("--agreement", "follow_up.agreement", "What was agreed; shared, nothing sensitive");
  command.Field("--due", "follow_up.agreement_due", "When the agreement is due");
  command.Field("--interpreter", "follow_up.with_interpreter", "An interpreter took part");
  command.Field("--employer", "follow_up.employer", "The employer it was about");
  const auto file = NoteOption(*command.app());
  command.Field(
      "--exempt-note", "follow_up.note_exemption",
      "Law that keeps the note from the participant, why, and when it is looked at again");
  command.Field("--step", "follow_up.step_id", "Whole id of the plan step it was about");
  command.Field("--present", "follow_up.present_kinds",
                "Other side that took part in a fellesmøte");
  command.Field("--joint-with", "follow_up.joint_with",
                "Id of the other side's event of the same fellesmøte, or the beginning of it");
  command.Writing();
  command.Does([&context = line.context, file](v1::RecordFollowUpRequest& request) {
    v1::FollowUp* follow_up = request.mutable_follow_up();
    if (!follow_up->has_occurred_at()) {
      follow_up->mutable_occurred_at()->set_seconds(absl::ToUnixSeconds(context.terminal().now()));
    }
    const absl::Status note = ReadNote(context, *file, follow_up);
    if (!note.ok()) return note;
    const absl::Status links = CompleteJoint(context, request.participant_id(), follow_up);
    if (!links.ok()) return links;
    return context.Show(&Stub::Record, request, [&](const v1::RecordFollowUpResponse& response) {
      context.out() << response.follow_up_id() << "\n";
    });
  });
}

void AddAmend(CommandLine& line, CLI::App& noun) {
  Command<v1::AmendFollowUpRequest> command(
      line, noun, "amend", "Mend an event of your unit; the versions before stay.",
      "navo follow-up amend PARTICIPANT FOLLOW-UP --reason agreement-changed \\\n"
      "    --agreement \"Søker på kurs i januar\"");
  command.Participant();
  command.Field("FOLLOW-UP", "follow_up_id", "Id of the event, or the beginning of it")->required();
  command.Field("--reason", "reason", "Why")->required();
  command.Update("--type", "follow_up.type", "What kind");
  command.Update("--at", "follow_up.occurred_at", "When it happened");
  command.Update("--agreement", "follow_up.agreement", "What was agreed");
  command.Update("--due", "follow_up.agreement_due", "When the agreement is due");
  command.Update("--interpreter", "follow_up.with_interpreter", "An interpreter took part");
  command.Update("--employer", "follow_up.employer", "The employer it was about");
  const auto file = NoteOption(*command.app());
  command.Update("--exempt-note", "follow_up.note_exemption",
                 "With a new note: law, why, and when it is looked at again; empty lifts it");
  command.Update("--step", "follow_up.step_id", "Whole id of the plan step it was about");
  command.Update("--present", "follow_up.present_kinds", "Other sides that took part");
  command.Update("--joint-with", "follow_up.joint_with",
                 "Id of the other side's event of the same fellesmøte, or the beginning of it");
  command.Field("--etag", "etag", "Of the event as you read it; as it is now without it");
  command.Writing();
  command.Does([&context = line.context, file](v1::AmendFollowUpRequest& request) {
    if (!file->empty()) request.mutable_update_mask()->add_paths("note");
    if (request.update_mask().paths().empty()) {
      return absl::InvalidArgumentError("say what to amend: see navo follow-up amend --help");
    }
    absl::Status status = ReadNote(context, *file, request.mutable_follow_up());
    if (status.ok()) {
      status = CompleteJoint(context, request.participant_id(), request.mutable_follow_up());
    }
    if (status.ok()) {
      status = CompleteFollowUp(context, request.participant_id(), request.mutable_follow_up_id(),
                                request.mutable_etag());
    }
    if (!status.ok()) return status;
    return context.Show(&Stub::Amend, request, [&](const v1::AmendFollowUpResponse& response) {
      context.out() << response.follow_up_id() << " version " << response.version() << "\n";
    });
  });
}

void AddReading(CommandLine& line, CLI::App& noun) {
  Command<v1::ListFollowUpsRequest> list(line, noun, "list", "Events, newest first.",
                                         "navo follow-up list PARTICIPANT");
  list.Participant();
  list.Reading();
  list.Calls(&Stub::List, PrintFollowUps);

  Command<v1::ListFollowUpVersionsRequest> versions(
      line, noun, "versions", "How an event came to be, newest first.",
      "navo follow-up versions PARTICIPANT FOLLOW-UP");
  versions.Participant();
  versions.Field("FOLLOW-UP", "follow_up_id", "Id of the event, or the beginning of it")
      ->required();
  versions.Reading();
  versions.Does([&context = line.context](v1::ListFollowUpVersionsRequest& request) {
    const absl::Status status = CompleteFollowUp(context, request.participant_id(),
                                                 request.mutable_follow_up_id(), nullptr);
    if (!status.ok()) return status;
    return context.Show(&Stub::ListVersions, request,
                        [&](const v1::ListFollowUpVersionsResponse& response) {
                          PrintFollowUpVersions(context, response);
                        });
  });

  Command<v1::ListNoteExemptionsRequest> exemptions(
      line, noun, "exemptions",
      "Which notes a law keeps from the participant: for PERSONVERN and the participant.",
      "navo --as dag follow-up exemptions PARTICIPANT");
  exemptions.Participant();
  exemptions.Reading();
  exemptions.Calls(&Stub::ListExemptions, PrintExemptions);
}

}  // namespace

void AddFollowUpCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line, "follow-up", "What was said and agreed.");
  AddRecord(line, noun);
  AddAmend(line, noun);
  AddReading(line, noun);
}

}  // namespace navo::cli
