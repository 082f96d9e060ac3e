// The parts of `navo kartlegging` that stand in more than one file.
#ifndef NAVO_CLIENTS_CLI_KARTLEGGING_COMMANDS_H_
#define NAVO_CLIENTS_CLI_KARTLEGGING_COMMANDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/command.h"
#include "clients/cli/kartlegging_view.h"
#include "navo/v1/kartlegging.pb.h"

namespace navo::cli {

// The record-... commands, one for each kind.
void AddKartleggingRecording(CommandLine& line, CLI::App& noun);

absl::StatusOr<v1::GetKartleggingResponse> ReadKartlegging(Context& context,
                                                           const std::string& participant);

// Names of the codes in these contents, as far as the server tells them.
CodeNames LookUpNames(Context& context, const std::vector<const v1::SectionContent*>& contents);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_KARTLEGGING_COMMANDS_H_
