// navo log: who has looked at a participant's data, and who was refused.
#include "clients/cli/commands.h"
#include "clients/cli/printing.h"
#include "clients/cli/words.h"
#include "navo/v1/access_log.grpc.pb.h"

namespace navo::cli {
namespace {

using Stub = v1::AccessLogService::Stub;

void PrintActs(Context& context, const v1::ListAccessResponse& response) {
  Table table({{"WHEN", 16}, {"WHO", 12}, {"ROLE", 8}, {"DECISION", 8}, {"WHAT", 20}});
  for (const auto& act : response.acts()) {
    const std::string unit = act.unit_name().empty() ? act.unit() : act.unit_name();
    const std::string decision = act.decision() == v1::ACCESS_DECISION_DENY ? "refused" : "shown";
    table.AddRow({InstantText(act.time()),
                  act.subject().empty() ? unit : unit + ", " + act.subject(), Word(act.role()),
                  act.reason().empty() ? decision : decision + ": " + act.reason(),
                  act.line_nb().empty() ? act.line_en() : act.line_nb()});
  }
  PrintTable(context, table, "Nobody has looked.");
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
}

}  // namespace navo::cli
