// navo follow-up: what was said and agreed.
#include <iterator>

#include "clients/cli/commands.h"
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

void AddRecord(CommandLine& line, CLI::App& noun) {
  Command<v1::RecordFollowUpRequest> command(
      line, noun, "record", "Keep a conversation, meeting, call or message.",
      "navo follow-up record PARTICIPANT --type samtale --agreement \"Søker på kurs\" \\\n"
      "    --due 2026-12-01 --note-file note.txt");
  const auto file = std::make_shared<std::string>();
  command.Participant();
  command.Field("--type", "follow_up.type", "What kind")->required();
  command.Field("--at", "follow_up.occurred_at", "When it happened; now without it");
  command.Field("--agreement", "follow_up.agreement", "What was agreed; shared, nothing sensitive");
  command.Field("--due", "follow_up.agreement_due", "When the agreement is due");
  command.Field("--interpreter", "follow_up.with_interpreter", "An interpreter took part");
  command.app()
      ->add_option(
          "--note-file", *file,
          "Note that stays with your unit, from this file, - for the standard input; not on "
          "the command line, which others can see")
      ->type_name("FILE");
  command.Field("--step", "follow_up.step_id", "Whole id of the plan step it was about");
  command.Writing();
  command.Does([&context = line.context, file](v1::RecordFollowUpRequest& request) {
    v1::FollowUp* follow_up = request.mutable_follow_up();
    if (!follow_up->has_occurred_at()) {
      follow_up->mutable_occurred_at()->set_seconds(absl::ToUnixSeconds(context.terminal().now()));
    }
    const absl::Status note = ReadNote(context, *file, follow_up);
    if (!note.ok()) return note;
    return context.Show(&Stub::Record, request, [&](const v1::RecordFollowUpResponse& response) {
      context.out() << response.follow_up_id() << "\n";
    });
  });
}

void AddList(CommandLine& line, CLI::App& noun) {
  Command<v1::ListFollowUpsRequest> command(line, noun, "list", "Events, newest first.",
                                            "navo follow-up list PARTICIPANT");
  command.Participant();
  command.Reading();
  command.Calls(&Stub::List, PrintFollowUps);
}

}  // namespace

void AddFollowUpCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line, "follow-up", "What was said and agreed.");
  AddRecord(line, noun);
  AddList(line, noun);
}

}  // namespace navo::cli
