// Kartlegging as it is printed.
#ifndef NAVO_CLIENTS_CLI_KARTLEGGING_VIEW_H_
#define NAVO_CLIENTS_CLI_KARTLEGGING_VIEW_H_

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "clients/cli/context.h"
#include "navo/v1/kartlegging.pb.h"

namespace navo::cli {

// Names of codes, for those who read: by list and code.
using CodeNames = std::map<std::pair<v1::CodeList, std::string>, std::string>;

// The codes that stand in contents, by list: what names are wanted of.
std::map<v1::CodeList, std::set<std::string>> CodesIn(
    const std::vector<const v1::SectionContent*>& contents);

// One line for each thing that was found: "NUS 7, SY Syria, Nurse, 2012, completed". A code without
// a name stands alone.
std::vector<std::string> ContentLines(const v1::SectionContent& content,
                                      const CodeNames& names = {});

// A section with where it comes from, who confirmed it, how old it is, and its content.
void PrintSection(Context& context, const v1::Section& section, const CodeNames& names);
void PrintKartlegging(Context& context, const v1::GetKartleggingResponse& picture,
                      const CodeNames& names);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_KARTLEGGING_VIEW_H_
