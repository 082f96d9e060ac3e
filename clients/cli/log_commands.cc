// navo log: who has looked at a participant's data, and who was refused.
#include "clients/cli/commands.h"
#include "clients/cli/log_file_commands.h"
#include "clients/cli/printing.h"
#include "clients/cli/text_width.h"
#include "clients/cli/words.h"
#include "navo/v1/access_log.grpc.pb.h"

namespace navo::cli {
namespace {

using Stub = v1::AccessLogService::Stub;

// The server's line tells time, unit, role and what was shown; what it leaves out is added.
std::string LineOf(const v1::AccessAct& act) {
  std::string line = act.line_nb().empty() ? act.line_en() : act.line_nb();
  if (line.empty()) line = InstantText(act.time()) + ": " + Word(act.role()) + ", " + act.unit();
  if (!act.subject().empty()) line += " (" + act.subject() + ")";
  return line;
}

void PrintActs(Context& context, const v1::ListAccessResponse& response) {
  if (response.acts().empty()) context.out() << "Nobody has looked.\n";
  for (const auto& act : response.acts()) {
    const bool refused = act.decision() == v1::ACCESS_DECISION_DENY;
    std::string mark = refused ? "refused  " : "allowed  ";
    for (const std::string& line : Wrapped(LineOf(act), context.width() - 9)) {
      context.out() << mark << line << "\n";
      mark.assign(9, ' ');
    }
  }
  PrintMore(context, response.next_page_token());
}

// "2026-11-22 10:15  allowed  kari, NAV Grorud  <participant>  ParticipantService.Get".
void PrintFound(Context& context, const v1::SearchAccessResponse& response) {
  const bool over = response.next_page_token().empty();
  if (response.found().empty()) {
    context.out() << (over ? "Nothing found.\n" : "Nothing in this part of the log.\n");
  }
  constexpr std::string_view kPackage = "navo.v1.";
  for (const v1::FoundAccess& found : response.found()) {
    const v1::AccessAct& call = found.access();
    const bool refused = call.decision() == v1::ACCESS_DECISION_DENY;
    context.out() << InstantText(call.time()) << (refused ? "  refused  " : "  allowed  ")
                  << Displayable(call.subject().empty() ? Word(call.role()) : call.subject())
                  << ", " << Displayable(call.unit_name()) << "  "
                  << (found.participant_id().empty() ? "(nobody)" : found.participant_id());
    for (const std::string& method : call.methods()) {
      context.out() << "  " << method.substr(kPackage.size());
    }
    if (!call.reason().empty()) context.out() << "  " << call.reason();
    context.out() << "\n";
  }
  PrintMore(context, response.next_page_token());
}

void PrintAnomalies(Context& context, const v1::ListAnomaliesResponse& response) {
  if (response.anomalies().empty()) context.out() << "Nothing unusual.\n";
  for (const v1::Anomaly& one : response.anomalies()) {
    context.out() << Displayable(one.subject()) << ", " << Displayable(one.unit()) << "\n";
    std::string line = one.line_nb().empty() ? one.line_en() : one.line_nb();
    if (!one.participant_id().empty()) line += " (" + one.participant_id() + ")";
    for (const std::string& part : Wrapped(line, context.width() - 2)) {
      context.out() << "  " << part << "\n";
    }
  }
  if (response.incomplete()) {
    context.out() << "The day was too long for one look: its end is not in this list.\n";
  }
}

void AddSearch(CommandLine& line, CLI::App& noun) {
  Command<v1::SearchAccessRequest> command(
      line, noun, "search", "Single calls by your organisation's people; for personvern.",
      "navo --as dag log search --subject kari --decision deny");
  command.Field("--from", "from", "Not before");
  command.Field("--to", "to", "Before");
  command.Field("--in-unit", "unit", "Unit of whoever looked");
  command.Field("--subject", "subject", "Who looked");
  command.Field("--decision", "decision", "What was decided");
  command.Field("--relation", "relation", "Why they had to do with the participant");
  command.Field("--participant", "of_participant_id", "Whose case");
  command.Reading();
  command.Calls(&Stub::SearchAccess, PrintFound);
}

void AddAnomalies(CommandLine& line, CLI::App& noun) {
  Command<v1::ListAnomaliesRequest> command(line, noun, "anomalies",
                                            "What of a day looks unusual; for personvern.",
                                            "navo --as dag log anomalies --day 2026-11-20");
  command.Field("--day", "day", "The day; yesterday without it");
  command.Calls(&Stub::ListAnomalies, PrintAnomalies);
}

}  // namespace

void AddLogCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line, "log", "Who has looked at a participant's data.");
  Command<v1::ListAccessRequest> command(
      line, noun, "list", "Every act, newest first; for the participant and personvern.",
      "navo --as amina log list me");
  command.Participant();
  command.Reading();
  command.Calls(&Stub::ListAccess, PrintActs);
  AddSearch(line, noun);
  AddAnomalies(line, noun);
  AddLogFileCommands(line, noun);
}

}  // namespace navo::cli
