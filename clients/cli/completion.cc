#include "clients/cli/completion.h"

#include <set>

namespace navo::cli {
namespace {

// Each script hands over the words up to the cursor; the last one is what is being typed.
constexpr char kBash[] = R"(_navo() {
  local IFS=$'\n'
  COMPREPLY=($(navo complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _navo navo
)";
constexpr char kZsh[] = R"(#compdef navo
_navo() {
  local -a candidates
  candidates=("${(@f)$(navo complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  candidates=(${candidates:#})
  if (( ${#candidates} )); then compadd -a candidates; else _files; fi
}
compdef _navo navo
)";
constexpr char kFish[] = R"(function __navo_complete
  set -l words (commandline --tokenize --cut-at-cursor) (commandline --current-token)
  navo complete -- $words[2..-1] 2>/dev/null
end
complete --command navo --arguments '(__navo_complete)'
)";

// Where a line has come to.
struct Place {
  const CLI::App* app = nullptr;
  const CLI::Option* waiting = nullptr;  // an option whose value comes next
  size_t positionals = 0;                // of `app`, given so far
};

const CLI::Option* FindOption(const CLI::App* app, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  for (; app != nullptr; app = app->get_parent()) {
    const CLI::Option* option = app->get_option_no_throw(name);
    if (option != nullptr) return option;
  }
  return nullptr;
}

const CLI::App* FindVerb(const CLI::App* app, const std::string& word) {
  for (const CLI::App* verb : app->get_subcommands(nullptr)) {
    if (verb->get_name() == word) return verb;
  }
  return nullptr;
}

Place Walk(const CLI::App& root, const std::vector<std::string>& words) {
  Place place{&root};
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    const std::string& word = words[i];
    if (place.waiting != nullptr) {
      place.waiting = nullptr;
    } else if (word.starts_with("-") && word.size() > 1) {
      const CLI::Option* option = FindOption(place.app, word);
      const bool takes_value = option != nullptr && option->get_items_expected_max() > 0;
      if (takes_value && word.find('=') == std::string::npos) place.waiting = option;
    } else if (const CLI::App* verb = FindVerb(place.app, word)) {
      place = {verb};
    } else {
      ++place.positionals;
    }
  }
  return place;
}

void AddValues(const CommandLine& line, const CLI::Option* option, std::set<std::string>* found) {
  const auto choices = line.choices.find(option);
  if (choices == line.choices.end()) return;
  for (const std::string& value : choices->second()) found->insert(value);
}

void AddOptions(const CLI::App* app, std::set<std::string>* found) {
  for (; app != nullptr; app = app->get_parent()) {
    for (const CLI::Option* option : app->get_options()) {
      for (const std::string& name : option->get_lnames()) found->insert("--" + name);
    }
  }
}

void AddVerbsOrPositional(const CommandLine& line, const Place& place,
                          std::set<std::string>* found) {
  for (const CLI::App* verb : place.app->get_subcommands(nullptr)) {
    if (!verb->get_group().empty()) found->insert(verb->get_name());  // No group: hidden.
  }
  size_t at = 0;
  for (const CLI::Option* option : place.app->get_options()) {
    if (option->get_positional() && at++ == place.positionals) AddValues(line, option, found);
  }
}

}  // namespace

std::vector<std::string> Candidates(const CommandLine& line,
                                    const std::vector<std::string>& words) {
  const std::string typed = words.empty() ? "" : words.back();
  const Place place = Walk(line.app, words);
  std::set<std::string> found;
  if (place.waiting != nullptr) {
    AddValues(line, place.waiting, &found);
  } else if (typed.starts_with("-")) {
    AddOptions(place.app, &found);
  } else {
    AddVerbsOrPositional(line, place, &found);
  }
  std::vector<std::string> fitting;
  for (const std::string& one : found) {
    if (one.starts_with(typed)) fitting.push_back(one);
  }
  return fitting;
}

absl::StatusOr<std::string> CompletionScript(const std::string& shell) {
  if (shell == "bash") return std::string(kBash);
  if (shell == "zsh") return std::string(kZsh);
  if (shell == "fish") return std::string(kFish);
  return absl::InvalidArgumentError("there is completion for: bash, zsh, fish");
}

}  // namespace navo::cli
