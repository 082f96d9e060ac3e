// The nouns of `navo`, one file each.
#ifndef NAVO_CLIENTS_CLI_COMMANDS_H_
#define NAVO_CLIENTS_CLI_COMMANDS_H_

#include "clients/cli/command.h"

namespace navo::cli {

void AddAdminCommands(CommandLine& line);
void AddAdminCatalogueCommands(CommandLine& line, CLI::App& noun);
void AddCaseCommands(CommandLine& line);
void AddCompletionCommands(CommandLine& line);
void AddChangesCommand(CommandLine& line);
void AddConsentCommands(CommandLine& line);
void AddEmergencyCommands(CommandLine& line);
void AddExplainCommand(CommandLine& line);
void AddFollowUpCommands(CommandLine& line);
void AddGroundCommands(CommandLine& line);
void AddImportCommand(CommandLine& line);
void AddKartleggingCommands(CommandLine& line);
void AddLanguageCommands(CommandLine& line);
void AddLogCommands(CommandLine& line);
void AddParticipantCommands(CommandLine& line);
void AddPlanCommands(CommandLine& line);
void AddProfileCommands(CommandLine& line);
void AddProtectionCommands(CommandLine& line);
void AddReferralCommands(CommandLine& line);
void AddTokenCommand(CommandLine& line);

// For completion.
std::vector<std::string> ProfileNames(const Context& context);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_COMMANDS_H_
