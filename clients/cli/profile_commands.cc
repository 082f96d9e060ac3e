// navo profile: settings under a name, kept on this machine.
#include <filesystem>
#include <iterator>

#include "clients/cli/commands.h"
#include "clients/cli/printing.h"

namespace navo::cli {
namespace {

std::string PathOf(const Context& context) { return ProfilesPath(context.terminal().environment); }

absl::Status NoSuchProfile(const std::string& name, const Profiles& profiles) {
  std::string names;
  for (const auto& [one, profile] : profiles.by_name) names += (names.empty() ? "" : ", ") + one;
  return absl::NotFoundError("there is no profile \"" + name + "\"" +
                             (names.empty() ? "; none is set yet" : "; there are: " + names));
}

// Files are found again from every folder.
std::string Absolute(const std::string& path) {
  return path.empty() ? path : std::filesystem::absolute(path).lexically_normal().string();
}

absl::StatusOr<std::string> TypedToken(Context& context) {
  const Terminal& terminal = context.terminal();
  if (terminal.ask_secret) return terminal.ask_secret("Token: ");
  std::string token{std::istreambuf_iterator<char>(*terminal.in), {}};
  token.erase(token.find_last_not_of(" \t\r\n") + 1);
  return token;
}

// What is named on the line takes the place of what the profile has; the rest of it stays.
absl::Status SetProfile(Context& context, const std::string& name) {
  if (!IsProfileName(name)) {
    return absl::InvalidArgumentError("a profile's name is 1 to 40 of a-z, 0-9 and -");
  }
  const GlobalOptions& given = context.given;
  if (!given.as.empty() && !given.token_file.empty()) {
    return absl::InvalidArgumentError("give --as or --token-file, not both");
  }
  auto profiles = ReadProfiles(PathOf(context));
  if (!profiles.ok()) return profiles.status();
  Profile& profile = profiles->by_name[name];
  if (!given.server.empty()) profile.server = given.server;
  if (!given.ca_file.empty()) profile.ca_file = Absolute(given.ca_file);
  if (!given.cert_file.empty()) profile.cert_file = Absolute(given.cert_file);
  if (!given.key_file.empty()) profile.key_file = Absolute(given.key_file);
  if (given.tls) profile.tls = true;
  if (!given.unit.empty()) profile.unit = given.unit;
  if (given.plain) profile.plain = true;
  if (given.token_file == "-") {
    auto token = TypedToken(context);
    if (!token.ok()) return token.status();
    if (token->empty()) return absl::InvalidArgumentError("the token is empty");
    auto file = KeepToken(PathOf(context), name, *token);
    if (!file.ok()) return file.status();
    profile.token_file = *std::move(file);
    profile.as.clear();
  } else if (!given.token_file.empty()) {
    profile.token_file = Absolute(given.token_file);
    profile.as.clear();
  } else if (!given.as.empty()) {
    profile.as = given.as;
    profile.token_file.clear();
  }
  if (!profile.as.empty()) {
    const bool keeps = given.dev_folder.empty() && !profile.dev_folder.empty();
    if (!keeps) profile.dev_folder = Absolute(context.DevFolder());
  }
  if (profiles->in_use.empty()) profiles->in_use = name;
  if (absl::Status status = WriteProfiles(PathOf(context), *profiles); !status.ok()) return status;
  context.out() << "Profile " << name
                << (profiles->in_use == name ? " is set and in use.\n" : " is set.\n");
  return absl::OkStatus();
}

absl::Status UseProfile(Context& context, const std::string& name) {
  auto profiles = ReadProfiles(PathOf(context));
  if (!profiles.ok()) return profiles.status();
  if (!profiles->by_name.contains(name)) return NoSuchProfile(name, *profiles);
  profiles->in_use = name;
  if (absl::Status status = WriteProfiles(PathOf(context), *profiles); !status.ok()) return status;
  context.out() << "Profile " << name << " is in use.\n";
  return absl::OkStatus();
}

absl::Status RemoveProfile(Context& context, const std::string& name) {
  auto profiles = ReadProfiles(PathOf(context));
  if (!profiles.ok()) return profiles.status();
  if (profiles->by_name.erase(name) == 0) return NoSuchProfile(name, *profiles);
  if (profiles->in_use == name) profiles->in_use.clear();
  if (absl::Status status = WriteProfiles(PathOf(context), *profiles); !status.ok()) return status;
  // The token that was kept for it; another file of the person's own is not ours to delete.
  std::error_code gone;
  std::filesystem::remove(std::filesystem::path(PathOf(context)).parent_path() / "tokens" / name,
                          gone);
  context.out() << "Profile " << name << " is removed.\n";
  return absl::OkStatus();
}

absl::Status ListProfiles(Context& context) {
  const auto profiles = ReadProfiles(PathOf(context));
  if (!profiles.ok()) return profiles.status();
  Table table({{"PROFILE", 8}, {"IN USE", 6}, {"SERVER", 14}, {"UNIT", 8}, {"TOKEN", 12}});
  for (const auto& [name, profile] : profiles->by_name) {
    table.AddRow({name, name == profiles->in_use ? "yes" : "", profile.server, profile.unit,
                  profile.as.empty() ? profile.token_file : "as " + profile.as});
  }
  PrintTable(context, table, "No profiles: navo profile set NAME --server HOST:PORT ...");
  return absl::OkStatus();
}

using OnName = absl::Status (*)(Context&, const std::string&);

void AddVerb(CommandLine& line, CLI::App& noun, const std::string& verb, const std::string& meaning,
             const std::string& example, OnName run) {
  CLI::App* app = noun.add_subcommand(verb, meaning);
  app->footer("Example:\n  " + example);
  const auto name = std::make_shared<std::string>();
  CLI::Option* option = app->add_option("NAME", *name, "The profile")->type_name("")->required();
  line.choices[option] = [&context = line.context] { return ProfileNames(context); };
  app->callback(
      [&line, name, run] { line.run = [&line, name, run] { return run(line.context, *name); }; });
}

}  // namespace

std::vector<std::string> ProfileNames(const Context& context) {
  std::vector<std::string> names;
  const auto profiles = ReadProfiles(PathOf(context));
  if (!profiles.ok()) return names;
  for (const auto& [name, profile] : profiles->by_name) names.push_back(name);
  return names;
}

void AddProfileCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line, "profile", "Server, token and unit under a name.");
  AddVerb(
      line, noun, "set",
      "Keep the options of this line under a name; - as --token-file asks for the token.",
      "navo profile set work --server navo.example:443 --token-file - --unit nav-grorud-statlig",
      SetProfile);
  AddVerb(line, noun, "use", "Take it when no profile is named.", "navo profile use work",
          UseProfile);
  AddVerb(line, noun, "remove", "Forget it, and the token that was kept for it.",
          "navo profile remove work", RemoveProfile);
  CLI::App* list = noun.add_subcommand("list", "Show what there is; never a token.");
  list->footer("Example:\n  navo profile list");
  list->callback([&line] { line.run = [&line] { return ListProfiles(line.context); }; });
}

}  // namespace navo::cli
