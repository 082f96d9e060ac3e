#include "clients/cli/app.h"

#include <algorithm>

#include "clients/cli/commands.h"
#include "clients/cli/national_identity_number.h"

namespace navo::cli {
namespace {

constexpr char kFooter[] =
    "Options of navo itself may stand anywhere on the line.\n"
    "Where a value comes from, the first that is there:\n"
    "  server   --server, NAVO_SERVER, 127.0.0.1:7443\n"
    "  token    --as, --token-file, NAVO_TOKEN, the file in NAVO_TOKEN_FILE\n"
    "  unit     --unit, NAVO_UNIT\n"
    "  CA       --ca-file, NAVO_CA_FILE; without one the connection has no TLS\n"
    "Also COLUMNS (width) and NO_COLOR.\n\n";

constexpr char kExamples[] =
    "\n\nFirst steps with a trial server:\n"
    "  navo token --list\n"
    "  navo --as KEY participant list\n"
    "  navo --as KEY case show PARTICIPANT";

void AddGlobalOptions(CLI::App& app, GlobalOptions& global) {
  app.add_option("--server", global.server, "Address of the server")->type_name("HOST:PORT");
  app.add_option("--token-file", global.token_file, "File with your token")->type_name("FILE");
  app.add_option("--as", global.as, "Act as a person of a trial server; see navo token --list")
      ->type_name("KEY");
  app.add_option("--dev", global.dev_folder, "Folder of the trial server (navod --dev)")
      ->type_name("FOLDER")
      ->capture_default_str();
  app.add_option("--unit", global.unit, "Unit you act in, when you work in several")
      ->type_name("UNIT");
  app.add_option("--ca-file", global.ca_file, "Certificate authority to trust, PEM; turns TLS on")
      ->type_name("FILE");
  app.add_option("--timeout", global.timeout_seconds, "Longest wait for one call")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.1, 3600.0).description(""))
      ->capture_default_str();
  app.add_flag("--json", global.json, "Print the answer as JSON, with the API's field names");
}

}  // namespace

void DescribeCommands(CommandLine& line) {
  CLI::App& app = line.app;
  app.description(
      "navo: one kartlegging and one plan per participant, across NAV and adult education.");
  app.footer(std::string(kFooter) + kExitCodeHelp + kExamples);
  app.fallthrough();
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  AddGlobalOptions(app, line.context.global);
  AddParticipantCommands(line);
  AddCaseCommands(line);
  AddConsentCommands(line);
  AddGroundCommands(line);
  AddKartleggingCommands(line);
  AddPlanCommands(line);
  AddFollowUpCommands(line);
  AddLanguageCommands(line);
  AddImportCommand(line);
  AddLogCommands(line);
  AddTokenCommand(line);
}

int RunNavo(std::vector<std::string> arguments, Terminal terminal) {
  std::ostream& error = *terminal.error;
  const absl::Status numbers = RefuseNumbers(arguments);
  if (!numbers.ok()) {
    error << ErrorText(numbers);
    return kExitBadInput;
  }
  CLI::App app("", "navo");
  Context context(std::move(terminal));
  CommandLine line{app, context, nullptr};
  DescribeCommands(line);
  try {
    std::reverse(arguments.begin(), arguments.end());  // CLI11 reads from the back.
    app.parse(arguments);
  } catch (const CLI::ParseError& problem) {
    if (problem.get_exit_code() == 0) return app.exit(problem, context.out(), error);
    error << "navo: " << problem.what() << ": see --help\n";
    return kExitBadInput;
  }
  const absl::Status status = line.run();
  if (!status.ok()) {
    error << ErrorText(status);
    return ExitCodeOf(status);
  }
  context.out().flush();
  return context.exit_code;
}

}  // namespace navo::cli
