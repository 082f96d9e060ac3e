// What the program is connected to. Handed in, so that tests own streams, width, clock and
// environment.
#ifndef NAVO_CLIENTS_CLI_TERMINAL_H_
#define NAVO_CLIENTS_CLI_TERMINAL_H_

#include <functional>
#include <istream>
#include <ostream>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace navo::cli {

struct Terminal {
  std::istream* in = nullptr;
  std::ostream* out = nullptr;
  std::ostream* error = nullptr;
  // Columns to fill; 100 when the output is no terminal.
  int columns = 100;
  // Only when the output is a terminal and NO_COLOR is not set.
  bool colour = false;
  // Whether the output is a terminal: progress is shown only there.
  bool interactive = false;
  std::function<absl::Time()> now;
  // Waits that long; false when there is no more waiting, so that a test comes to an end.
  std::function<bool(absl::Duration)> pause;
  // Empty for what is not set.
  std::function<std::string(const std::string& name)> environment;
  // Asks and reads a line without showing it; absent when nobody sits there.
  std::function<absl::StatusOr<std::string>(const std::string& prompt)> ask_secret;
};

// The process's own.
Terminal SystemTerminal();

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_TERMINAL_H_
