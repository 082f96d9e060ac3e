// The verbs of `navo log` that read a database file and need no server.
#ifndef NAVO_CLIENTS_CLI_LOG_FILE_COMMANDS_H_
#define NAVO_CLIENTS_CLI_LOG_FILE_COMMANDS_H_

#include "clients/cli/command.h"

namespace navo::cli {

void AddLogFileCommands(CommandLine& line, CLI::App& noun);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_LOG_FILE_COMMANDS_H_
