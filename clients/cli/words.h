// The field's words for coded values, both ways: what is printed, and what is understood when
// typed.
#ifndef NAVO_CLIENTS_CLI_WORDS_H_
#define NAVO_CLIENTS_CLI_WORDS_H_

#include <optional>
#include <string>
#include <type_traits>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "navo/v1/common.pb.h"

namespace navo::cli {

// "gjennomføres", "NAV statlig", "with interpreter": lower case, without the enum's prefix. A value
// that this build does not know is "unknown (17)".
std::string WordOf(const google::protobuf::EnumDescriptor& type, int value);

template <class Enum>
requires std::is_enum_v<Enum> std::string Word(Enum value) {
  return WordOf(*google::protobuf::GetEnumDescriptor<Enum>(), static_cast<int>(value));
}

// The value of a typed word: the code without its prefix, or the word; upper or lower case; blanks,
// '-' and '_' alike; æ or ae, ø or oe, å or aa. UNSPECIFIED is no answer.
std::optional<int> ParseWord(const google::protobuf::EnumDescriptor& type, const std::string& text);

// What ParseWord takes, as it is easily typed: "foreslaatt, planlagt, ...".
std::string Choices(const google::protobuf::EnumDescriptor& type);

// "plan of NAV statlig: no ground", "sharing not open with VO".
std::string WithheldWords(const v1::Withheld& withheld);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_WORDS_H_
