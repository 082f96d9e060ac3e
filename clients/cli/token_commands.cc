// navo token: tokens for the people of a trial server.
#include "clients/cli/commands.h"
#include "clients/cli/dev_people.h"
#include "clients/cli/printing.h"
#include "clients/cli/words.h"

namespace navo::cli {
namespace {

absl::Status ListPeople(Context& context) {
  const auto people = ReadDevPeople(context.DevFolder());
  if (!people.ok()) return people.status();
  Table table({{"KEY", 12}, {"KIND", 11}, {"NAME", 10}, {"SUBJECT", 10}});
  for (const DevPerson& person : *people) {
    // A participant's number stays in the file: nobody needs to see it to act as them.
    table.AddRow({person.key, person.kind, person.name, person.subject});
  }
  PrintTable(context, table, "Nobody is there.");
  return absl::OkStatus();
}

absl::Status PrintToken(Context& context) {
  if (context.global.as.empty()) {
    return absl::InvalidArgumentError("for whom: give --as KEY, or --list to see who there is");
  }
  const auto token = TokenOf(context.DevFolder(), context.global.as, context.terminal().now());
  if (!token.ok()) return token.status();
  context.out() << *token << "\n";
  return absl::OkStatus();
}

}  // namespace

void AddTokenCommand(CommandLine& line) {
  CLI::App* app = line.app.add_subcommand(
      "token", "Print a token for a person of a trial server, for 8 hours.");
  app->footer("Example:\n  navo token --list\n  navo token --as kari > kari.token");
  const auto list = std::make_shared<bool>(false);
  app->add_flag("--list", *list, "List the people there are");
  app->callback([&line, list] {
    line.run = [&line, list] {
      return *list ? ListPeople(line.context) : PrintToken(line.context);
    };
  });
}

}  // namespace navo::cli
