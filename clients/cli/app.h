// The program `navo` as a function, so that tests can run it.
#ifndef NAVO_CLIENTS_CLI_APP_H_
#define NAVO_CLIENTS_CLI_APP_H_

#include <string>
#include <vector>

#include "clients/cli/command.h"
#include "clients/cli/terminal.h"

namespace navo::cli {

// Global options and every noun.
void DescribeCommands(CommandLine& line);

// Reads the arguments (without the program's name), runs the command, says what went wrong. Returns
// the exit code.
int RunNavo(std::vector<std::string> arguments, Terminal terminal);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_APP_H_
