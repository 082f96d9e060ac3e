// navo emergency: looking at a case to which one has no relation, for a reason that is read.
#include "clients/cli/commands.h"
#include "clients/cli/formats.h"
#include "clients/cli/prefix.h"
#include "clients/cli/printing.h"
#include "clients/cli/with_number.h"
#include "clients/cli/words.h"
#include "navo/v1/emergency_access.grpc.pb.h"

namespace navo::cli {
namespace {

using Stub = v1::EmergencyAccessService::Stub;

std::string StateText(const v1::EmergencyAccess& access) {
  if (access.open()) return "open until " + InstantText(access.until());
  std::string text = "over since " + InstantText(access.until());
  if (access.end() != v1::EMERGENCY_END_UNSPECIFIED) text += ": " + Word(access.end());
  return text;
}

void PrintAll(Context& context, const v1::ListEmergencyAccessResponse& response) {
  if (response.emergency_accesses().empty()) context.out() << "No emergency access.\n";
  bool first = true;
  for (const v1::EmergencyAccess& access : response.emergency_accesses()) {
    if (!first) context.out() << "\n";
    first = false;
    const v1::Provenance& opened = access.provenance();
    PrintPairs(context, {{"Emergency access", access.emergency_access_id()},
                         {"Participant", access.participant_id()},
                         {"Opened by", opened.recorded_by() + ", " + UnitText(opened) + ", " +
                                           InstantText(opened.time())},
                         {"Why", access.reason()},
                         {"Identity", Word(access.identity_confirmation())},
                         {"State", StateText(access)}});
  }
  PrintMore(context, response.next_page_token());
}

// Fills in the whole id of an emergency access that was given by its beginning.
absl::Status CompleteEmergencyId(Context& context, std::string* emergency_access_id) {
  if (emergency_access_id->size() >= 36) return absl::OkStatus();
  v1::ListEmergencyAccessRequest request;
  request.set_page_size(200);
  const auto response = context.Call(&Stub::List, request);
  if (!response.ok()) return response.status();
  std::vector<std::string> ids;
  for (const v1::EmergencyAccess& access : response->emergency_accesses()) {
    ids.push_back(access.emergency_access_id());
  }
  auto found = FindByBeginning(ids, *emergency_access_id, "emergency access");
  if (!found.ok()) return found.status();
  *emergency_access_id = *std::move(found);
  return absl::OkStatus();
}

}  // namespace

void AddEmergencyCommands(CommandLine& line) {
  CLI::App& noun =
      AddNoun(line, "emergency", "Look at a case without a tie, for a reason that is read.");
  Command<v1::OpenEmergencyAccessRequest> open(
      line, noun, "open",
      "Read a case of your own side for 4 hours. Your leader and personvern see it at once.",
      "navo emergency open --reason \"The hospital called and asks for a contact\"");
  open.Field("--reason", "reason", "Why, 10 to 255 characters")->required();
  open.Field("--confirmation", "identity_confirmation", "How you know who it is about");
  open.Writing();
  open.Does(WithNumber<v1::OpenEmergencyAccessRequest>(
      open, [&context = line.context](v1::OpenEmergencyAccessRequest& request) {
        return context.Show(&Stub::Open, request, [&](const auto& response) {
          PrintPairs(context, {{"Participant", response.participant_id()},
                               {"Open until", InstantText(response.until())},
                               {"Emergency access", response.emergency_access_id()}});
        });
      }));

  Command<v1::EndEmergencyAccessRequest> end(line, noun, "end", "End one before its time.",
                                             "navo emergency end EMERGENCY");
  end.Field("EMERGENCY", "emergency_access_id", "Id of the emergency access, or the beginning")
      ->required();
  end.Writing();
  end.Does([&context = line.context](v1::EndEmergencyAccessRequest& request) {
    const absl::Status status = CompleteEmergencyId(context, request.mutable_emergency_access_id());
    if (!status.ok()) return status;
    return context.Show(&Stub::End, request, [&](const v1::EndEmergencyAccessResponse& response) {
      context.out() << "Over since " << InstantText(response.until()) << ".\n";
    });
  });

  Command<v1::ListEmergencyAccessRequest> list(
      line, noun, "list", "Your own; the unit's to its leader, the controller's to personvern.",
      "navo emergency list --open");
  list.Field("--open", "open_only", "Only those that are open now");
  list.Reading();
  list.Calls(&Stub::List, PrintAll);
}

}  // namespace navo::cli
