// What a person reads when something went wrong, and the exit code a script reads.
#ifndef NAVO_CLIENTS_CLI_ERRORS_H_
#define NAVO_CLIENTS_CLI_ERRORS_H_

#include <string>

#include "absl/status/status.h"

namespace navo::cli {

// The process's exit codes; a number is never given another meaning.
enum ExitCode {
  kExitOk = 0,
  kExitUnexpected = 1,
  kExitBadInput = 2,
  kExitNotFound = 3,
  kExitNotAllowed = 4,
  kExitConflict = 5,
  kExitUnreachable = 6,
  kExitBadRows = 7,
  kExitBadLog = 8,
};

// For `navo --help`.
extern const char kExitCodeHelp[];

ExitCode ExitCodeOf(const absl::Status& status);

// "navo: what is wrong: what to do", one line, and one indented line for each wrong field.
std::string ErrorText(const absl::Status& status);

// The same status with another message; reason and details stay.
absl::Status WithMessage(const absl::Status& status, const std::string& message);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_ERRORS_H_
