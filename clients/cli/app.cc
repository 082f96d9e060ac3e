#include "clients/cli/app.h"

#include <algorithm>

#include "clients/cli/commands.h"
#include "clients/cli/completion.h"
#include "clients/cli/national_identity_number.h"

namespace navo::cli {
namespace {

constexpr char kFooter[] =
    "Options of navo itself may stand anywhere on the line.\n"
    "Where a value comes from, the first that is there:\n"
    "  server   --server, NAVO_SERVER, 127.0.0.1:7443\n"
    "  token    --as, --token-file, NAVO_TOKEN, the file in NAVO_TOKEN_FILE\n"
    "  unit     --unit, NAVO_UNIT\n"
    "  TLS      --ca-file or --tls, NAVO_CA_FILE, NAVO_TLS; without, the connection has none\n"
    "           --cert-file and --key-file, NAVO_CERT_FILE and NAVO_KEY_FILE\n"
    "  profile  --profile, NAVO_PROFILE, the one of navo profile use\n"
    "A profile that the line names comes before the environment, another after it.\n"
    "Also COLUMNS (width), NO_COLOR and NAVO_PLAIN (as --plain).\n\n";

constexpr char kExamples[] =
    "\n\nFirst steps with a trial server:\n"
    "  navo token --list\n"
    "  navo --as KEY participant list\n"
    "  navo --as KEY case show PARTICIPANT";

void AddGlobalOptions(CommandLine& line) {
  CLI::App& app = line.app;
  GlobalOptions& global = line.context.global;
  CLI::Option* profile =
      app.add_option("--profile", global.profile, "Settings kept under a name; see navo profile")
          ->type_name("NAME");
  line.choices[profile] = [&context = line.context] { return ProfileNames(context); };
  app.add_option("--server", global.server, "Address of the server")->type_name("HOST:PORT");
  app.add_option("--token-file", global.token_file, "File with your token")->type_name("FILE");
  app.add_option("--as", global.as, "Act as a person of a trial server; see navo token --list")
      ->type_name("KEY");
  app.add_option("--dev", global.dev_folder,
                 "Folder of the trial server (navod --dev); .navo without it")
      ->type_name("FOLDER");
  app.add_option("--unit", global.unit, "Unit you act in, when you work in several")
      ->type_name("UNIT");
  app.add_option("--ca-file", global.ca_file, "Certificate authority to trust, PEM; turns TLS on")
      ->type_name("FILE");
  app.add_flag("--tls", global.tls, "TLS with the machine's own certificate authorities");
  app.add_option("--cert-file", global.cert_file,
                 "Your certificate, PEM, for a server that asks for one")
      ->type_name("FILE");
  app.add_option("--key-file", global.key_file, "The key of that certificate, PEM")
      ->type_name("FILE");
  app.add_option("--timeout", global.timeout_seconds, "Longest wait for one call")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.1, 3600.0).description(""))
      ->capture_default_str();
  app.add_flag("--json", global.json, "Print the answer as JSON, with the API's field names");
  app.add_flag("--plain", global.plain,
               "Print for a screen reader: one thing a line, nothing drawn, cut or aligned");
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
  AddGlobalOptions(line);
  AddParticipantCommands(line);
  AddCaseCommands(line);
  AddReferralCommands(line);
  AddEmergencyCommands(line);
  AddProtectionCommands(line);
  AddConsentCommands(line);
  AddGroundCommands(line);
  AddExplainCommand(line);
  AddKartleggingCommands(line);
  AddPlanCommands(line);
  AddFollowUpCommands(line);
  AddLanguageCommands(line);
  AddImportCommand(line);
  AddChangesCommand(line);
  AddLogCommands(line);
  AddAdminCommands(line);
  AddTokenCommand(line);
  AddProfileCommands(line);
  AddCompletionCommands(line);
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
  CommandLine line{app, context, nullptr, {}};
  DescribeCommands(line);
  if (arguments.size() > 1 && arguments[0] == "complete" && arguments[1] == "--") {
    // Half a line, so it is not parsed.
    for (const std::string& one : Candidates(line, {arguments.begin() + 2, arguments.end()})) {
      context.out() << one << "\n";
    }
    return kExitOk;
  }
  try {
    std::reverse(arguments.begin(), arguments.end());  // CLI11 reads from the back.
    app.parse(arguments);
  } catch (const CLI::ParseError& problem) {
    if (problem.get_exit_code() == 0) return app.exit(problem, context.out(), error);
    error << "navo: " << problem.what() << ": see --help\n";
    return kExitBadInput;
  }
  absl::Status status = context.Settle();
  if (status.ok()) status = line.run();
  if (!status.ok()) {
    error << ErrorText(status);
    return ExitCodeOf(status);
  }
  context.out().flush();
  return context.exit_code;
}

}  // namespace navo::cli
