// Kartlegging as it is printed.
#ifndef NAVO_CLIENTS_CLI_KARTLEGGING_VIEW_H_
#define NAVO_CLIENTS_CLI_KARTLEGGING_VIEW_H_

#include <string>
#include <vector>

#include "clients/cli/context.h"
#include "navo/v1/kartlegging.pb.h"

namespace navo::cli {

// One line for each thing that was found: "NUS 7, SY, Nurse, 2012, completed".
std::vector<std::string> ContentLines(const v1::SectionContent& content);

// A section with where it comes from, who confirmed it, how old it is, and its content.
void PrintSection(Context& context, const v1::Section& section);
void PrintKartlegging(Context& context, const v1::GetKartleggingResponse& picture);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_KARTLEGGING_VIEW_H_
