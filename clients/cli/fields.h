// Typed text into message fields, by the fields' own names. What an option means is said once, in
// the .proto; here is only how a value of each type is typed.
#ifndef NAVO_CLIENTS_CLI_FIELDS_H_
#define NAVO_CLIENTS_CLI_FIELDS_H_

#include <string>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace navo::cli {

// The field at a path such as "step.start_date". The path must exist: it is the programmer's.
const google::protobuf::FieldDescriptor& FieldAt(const google::protobuf::Descriptor& type,
                                                 const std::string& path);

// Sets the field, or appends to a repeated one. Texts as they are; whole numbers, decimals; yes or
// no; words of enums (words.h); dates 2026-11-22; months 2026-11; instants as formats.h reads them.
// Errors: INVALID_ARGUMENT with what would be right; never repeats the text of a string field.
absl::Status SetField(google::protobuf::Message* message, const std::string& path,
                      const std::string& text);

// Fills a message from "nus2000=7,country=SY,title=Nurse, general": fields by name or by any
// beginning of a name that fits one field alone. A part without '=' belongs to the value before it.
absl::Status SetFields(google::protobuf::Message* message, const std::string& text);

// How a value is typed, for help: "2026-11-22", "one of: fresh, stale"; empty for texts.
std::string ValueHint(const google::protobuf::FieldDescriptor& field);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_FIELDS_H_
