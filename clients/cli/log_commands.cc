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

}  // namespace

void AddLogCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line, "log", "Who has looked at a participant's data.");
  Command<v1::ListAccessRequest> command(
      line, noun, "list", "Every act, newest first; for the participant and personvern.",
      "navo --as amina log list me");
  command.Participant();
  command.Reading();
  command.Calls(&Stub::ListAccess, PrintActs);
  AddLogFileCommands(line, noun);
}

}  // namespace navo::cli
