// Where a national identity number may come from: typed unseen, or a file. Never the command line,
// which other people on the machine can see and the shell keeps.
#ifndef NAVO_CLIENTS_CLI_NATIONAL_IDENTITY_NUMBER_H_
#define NAVO_CLIENTS_CLI_NATIONAL_IDENTITY_NUMBER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/terminal.h"

namespace navo::cli {

// From `file`: its first line; "-" is the standard input; empty asks at the terminal without
// showing what is typed. Blanks are taken out, nothing is checked: the server does. Errors:
// INVALID_ARGUMENT, never with the number.
absl::StatusOr<std::string> ReadNationalIdentityNumber(const Terminal& terminal,
                                                       const std::string& file);

// INVALID_ARGUMENT when an argument, or an option's value, looks like a national identity number.
absl::Status RefuseNumbers(const std::vector<std::string>& arguments);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_NATIONAL_IDENTITY_NUMBER_H_
