#include "services/domain/codes.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "services/domain/code_lists.h"

namespace navo::domain {
namespace {

// RFC 5646, 4.4.1: the longest tag in practice.
constexpr std::size_t kMaxLanguageTagBytes = 35;
constexpr std::size_t kMaxSubtagBytes = 8;

bool AllDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool AllLetters(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); });
}

bool AllLettersOrDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)); });
}

// RFC 5646, 2.1.1: language lower, script Title, region UPPER, all else lower. Letter case after a
// single-letter subtag stays low: what follows is an extension.
std::string InUsualCase(std::string_view subtag, bool first, bool in_extension) {
  std::string cased(subtag);
  for (char& c : cased) c = absl::ascii_tolower(static_cast<unsigned char>(c));
  if (first || in_extension || !AllLetters(cased)) return cased;
  if (cased.size() == 2) {
    for (char& c : cased) c = absl::ascii_toupper(static_cast<unsigned char>(c));
  } else if (cased.size() == 4) {
    cased[0] = absl::ascii_toupper(static_cast<unsigned char>(cased[0]));
  }
  return cased;
}

std::optional<std::string> CanonicalLanguageTag(std::string_view tag) {
  if (tag.size() > kMaxLanguageTagBytes) return std::nullopt;
  std::string canonical;
  bool in_extension = false;
  for (bool first = true, more = true; more; first = false) {
    const std::size_t hyphen = tag.find('-');
    const std::string_view subtag = tag.substr(0, hyphen);
    more = hyphen != std::string_view::npos;
    tag = more ? tag.substr(hyphen + 1) : std::string_view();
    const bool language = subtag.size() >= 2 && subtag.size() <= 3 && AllLetters(subtag);
    if (first && !language) return std::nullopt;
    if (subtag.empty() || subtag.size() > kMaxSubtagBytes || !AllLettersOrDigits(subtag)) {
      return std::nullopt;
    }
    std::string cased = InUsualCase(subtag, first, in_extension);
    if (first) {
      cased = LanguageSubtag(cased);
      if (cased.empty()) return std::nullopt;
    } else {
      canonical += '-';
    }
    canonical += cased;
    in_extension = in_extension || subtag.size() == 1;
  }
  return canonical;
}

}  // namespace

void CheckLanguageCode(std::string_view field, std::string* code, Violations& violations) {
  std::optional<std::string> canonical = CanonicalLanguageTag(*code);
  if (canonical.has_value()) {
    *code = std::move(*canonical);
  } else {
    violations.Add(std::string(field), "must be a BCP 47 language code, for example ti, prs or nb");
  }
}

void CheckCountryCode(std::string_view field, std::string* code, Violations& violations) {
  std::string capital = *code;
  for (char& c : capital) c = absl::ascii_toupper(static_cast<unsigned char>(c));
  if (FindCode(v1::CODE_LIST_COUNTRY, capital) == nullptr) {
    violations.Add(std::string(field), "must be an ISO 3166 country code of two letters");
    return;
  }
  *code = std::move(capital);
}

void CheckNus2000(std::string_view field, std::string_view code, Violations& violations) {
  if (code.size() != 6 || !AllDigits(code)) {
    violations.Add(std::string(field), "must be a NUS2000 code of six digits");
  }
}

int Nus2000Level(std::string_view code) { return code.front() - '0'; }

bool AsksForRecognition(int nus2000_level) { return nus2000_level >= 3 && nus2000_level <= 8; }

void CheckStyrk08(std::string_view field, std::string_view code, Violations& violations) {
  if (FindCode(v1::CODE_LIST_STYRK08, code) == nullptr) {
    violations.Add(std::string(field), "must be a STYRK-08 code, one to four digits");
  }
}

void CheckDigComp(std::string_view field, std::string_view code, Violations& violations) {
  if (FindCode(v1::CODE_LIST_DIGCOMP, code) == nullptr) {
    violations.Add(std::string(field),
                   "must be an area 1 to 5 or competence 1.1 to 5.4 of DigComp");
  }
}

bool IsUuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? text[i] != '-' : !absl::ascii_isxdigit(static_cast<unsigned char>(text[i]))) {
      return false;
    }
  }
  return true;
}

}  // namespace navo::domain
