#include "services/domain/code_lists.h"

#include <algorithm>

#include "services/domain/code_tables.h"

namespace navo::domain {

absl::Span<const Code> CodesOf(v1::CodeList list) {
  switch (list) {
    case v1::CODE_LIST_STYRK08:
      return Styrk08Codes();
    case v1::CODE_LIST_LANGUAGE:
      return LanguageCodes();
    case v1::CODE_LIST_COUNTRY:
      return CountryCodes();
    case v1::CODE_LIST_NUS2000_LEVEL:
      return Nus2000Levels();
    case v1::CODE_LIST_DIGCOMP:
      return DigCompCodes();
    default:
      return {};
  }
}

const Code* FindCode(v1::CodeList list, std::string_view code) {
  const absl::Span<const Code> codes = CodesOf(list);
  const auto* found = std::lower_bound(
      codes.begin(), codes.end(), code,
      [](const Code& entry, std::string_view wanted) { return entry.code < wanted; });
  return found != codes.end() && found->code == code ? found : nullptr;
}

std::string_view SourceOf(v1::CodeList list) {
  switch (list) {
    case v1::CODE_LIST_STYRK08:
      return "SSB, STYRK-08, valid from 2011-01-01";
    case v1::CODE_LIST_LANGUAGE:
      return "ISO 639-3 and 639-2, from the package iso-codes";
    case v1::CODE_LIST_COUNTRY:
      return "ISO 3166-1, from the package iso-codes, and XK";
    case v1::CODE_LIST_NUS2000_LEVEL:
      return "SSB, NUS2000, first digit";
    case v1::CODE_LIST_DIGCOMP:
      return "European Commission, JRC, DigComp 2.2 (2022)";
    default:
      return "";
  }
}

std::string_view LanguageSubtag(std::string_view code) {
  const absl::Span<const ShorterCode> shorter = ShorterLanguageCodes();
  const auto* found = std::lower_bound(
      shorter.begin(), shorter.end(), code,
      [](const ShorterCode& entry, std::string_view wanted) { return entry.three < wanted; });
  if (found != shorter.end() && found->three == code) return found->two;
  const Code* language = FindCode(v1::CODE_LIST_LANGUAGE, code);
  return language == nullptr ? std::string_view() : language->code;
}

}  // namespace navo::domain
