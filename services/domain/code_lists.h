// The code lists that NAVO ships: occupations, languages, countries, levels of education, DigComp.
// They are built into the program; a new edition of a standard is a new build. Read-only; any
// thread.
#ifndef NAVO_SERVICES_DOMAIN_CODE_LISTS_H_
#define NAVO_SERVICES_DOMAIN_CODE_LISTS_H_

#include <string_view>

#include "absl/types/span.h"
#include "navo/v1/kartlegging.pb.h"

namespace navo::domain {

// The views are valid as long as the program runs.
struct Code {
  std::string_view code;
  std::string_view parent;  // the code above it; empty at the top
  std::string_view name_nb;
  std::string_view name_en;  // empty where the source has none
};

// Sorted by code; empty for a list that is none.
absl::Span<const Code> CodesOf(v1::CodeList list);

// Null when the list does not have it. Letter case matters.
const Code* FindCode(v1::CodeList list, std::string_view code);

// Where the list comes from, in one line.
std::string_view SourceOf(v1::CodeList list);

// The code BCP 47 uses for a language of ISO 639: of two letters where there is one ("ar" for
// "ara"), else the same. Empty when there is no such language. Small letters.
std::string_view LanguageSubtag(std::string_view code);

}  // namespace navo::domain

#endif  // NAVO_SERVICES_DOMAIN_CODE_LISTS_H_
