// What may come next on a command line, for the Tab key of a shell.
#ifndef NAVO_CLIENTS_CLI_COMPLETION_H_
#define NAVO_CLIENTS_CLI_COMPLETION_H_

#include <string>
#include <vector>

#include "clients/cli/command.h"

namespace navo::cli {

// Candidates for the last of `words` (which may be empty), given the words before it, without the
// program's name: nouns and verbs, options, and values of a closed list. None where a file, an id
// or free text belongs; the shell then offers files. Nothing is asked of a server, so no personal
// data ever stands in a candidate.
std::vector<std::string> Candidates(const CommandLine& line, const std::vector<std::string>& words);

// The script that makes `shell` ask `navo complete`. Errors: INVALID_ARGUMENT for another shell
// than bash, zsh and fish.
absl::StatusOr<std::string> CompletionScript(const std::string& shell);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_COMPLETION_H_
