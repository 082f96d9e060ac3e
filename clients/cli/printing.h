// Pieces of output that several commands print alike.
#ifndef NAVO_CLIENTS_CLI_PRINTING_H_
#define NAVO_CLIENTS_CLI_PRINTING_H_

#include <string>
#include <utility>
#include <vector>

#include "clients/cli/context.h"
#include "clients/cli/table.h"
#include "google/protobuf/repeated_field.h"
#include "navo/v1/common.pb.h"

namespace navo::cli {

// "Withheld: sharing not open with VO", each once; nothing when nothing is.
void PrintWithheld(const Context& context,
                   const google::protobuf::RepeatedPtrField<v1::Withheld>& withheld);

// The same as one text, parted by "; ".
std::string WithheldText(const google::protobuf::RepeatedPtrField<v1::Withheld>& withheld);

// A table in the terminal's width, or `nothing` when it has no rows.
void PrintTable(const Context& context, const Table& table, const std::string& nothing);

// How to get the next page, if there is one.
void PrintMore(const Context& context, const std::string& next_page_token);

// Name and value, one a line, names aligned; empty values are left out, long ones wrapped.
void PrintPairs(const Context& context,
                const std::vector<std::pair<std::string, std::string>>& pairs);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_PRINTING_H_
