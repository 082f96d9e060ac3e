// The code lists as they are built into the program; services/domain/data/embed_codes.cc writes
// them. For code_lists.cc.
#ifndef NAVO_SERVICES_DOMAIN_CODE_TABLES_H_
#define NAVO_SERVICES_DOMAIN_CODE_TABLES_H_

#include <string_view>

#include "absl/types/span.h"
#include "services/domain/code_lists.h"

namespace navo::domain {

// A three-letter code of a language that has one of two letters.
struct ShorterCode {
  std::string_view three;
  std::string_view two;
};

// Each sorted by code.
absl::Span<const Code> Styrk08Codes();
absl::Span<const Code> Nus2000Levels();
absl::Span<const Code> DigCompCodes();
absl::Span<const Code> LanguageCodes();
absl::Span<const Code> CountryCodes();
absl::Span<const ShorterCode> ShorterLanguageCodes();

}  // namespace navo::domain

#endif  // NAVO_SERVICES_DOMAIN_CODE_TABLES_H_
