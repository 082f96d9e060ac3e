// navo completion: what a shell needs for the Tab key, and `navo complete`, which it then asks.
#include "clients/cli/commands.h"
#include "clients/cli/completion.h"

namespace navo::cli {

void AddCompletionCommands(CommandLine& line) {
  CLI::App* script = line.app.add_subcommand(
      "completion", "Print the script that lets the Tab key complete navo's words.");
  script->footer(
      "Examples:\n"
      "  source <(navo completion bash)          in ~/.bashrc\n"
      "  source <(navo completion zsh)           in ~/.zshrc, after compinit\n"
      "  navo completion fish > ~/.config/fish/completions/navo.fish");
  const auto shell = std::make_shared<std::string>();
  CLI::Option* option = script->add_option("SHELL", *shell, "bash, zsh or fish");
  option->type_name("")->required();
  line.choices[option] = [] { return std::vector<std::string>{"bash", "fish", "zsh"}; };
  script->callback([&line, shell] {
    line.run = [&context = line.context, shell] {
      const auto text = CompletionScript(*shell);
      if (text.ok()) context.out() << *text;
      return text.status();
    };
  });
}

}  // namespace navo::cli
