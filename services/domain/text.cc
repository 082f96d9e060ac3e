#include "services/domain/text.h"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>

#include "services/domain/reasons.h"

namespace navo::domain {
namespace {

// What is wrong with a text: the import reason and the words for a field violation.
struct Fault {
  std::string_view row_reason;
  std::string description;
};

struct FreeDeleter {
  void operator()(utf8proc_uint8_t* bytes) const { std::free(bytes); }
};

// Valid UTF-8 of characters below U+0300, where the combining ones begin: such a text is its own
// NFC. Nearly every Norwegian text is one, and normalising costs as much as storing it.
bool IsPlainLatin(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) continue;
    if (lead < 0xC2 || lead > 0xCB || ++i == text.size()) return false;
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) return false;
  }
  return true;
}

// nullopt when `text` is not valid UTF-8.
std::optional<std::string> ToNfc(std::string_view text) {
  if (IsPlainLatin(text)) return std::string(text);
  utf8proc_uint8_t* raw = nullptr;
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &raw,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, FreeDeleter> owned(raw);
  if (size < 0) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size));
}

// One spelling of a line's end, so that the same note from Windows and from a browser hashes alike.
std::string WithPlainNewlines(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      plain += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      plain += '\n';
    }
  }
  return plain;
}

bool IsBidiControl(utf8proc_int32_t character) {
  return (character >= 0x202A && character <= 0x202E) ||
         (character >= 0x2066 && character <= 0x2069);
}

bool IsControl(utf8proc_int32_t character, bool multi_line) {
  if (multi_line && (character == '\n' || character == '\t')) return false;
  const utf8proc_category_t category = utf8proc_category(character);
  // U+2028 and U+2029 break lines as a newline does.
  return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP;
}

bool IsBlank(utf8proc_int32_t character) {
  return character == '\n' || character == '\t' || character == 0x200B || character == 0xFEFF ||
         utf8proc_category(character) == UTF8PROC_CATEGORY_ZS;
}

// `text` is valid UTF-8 in NFC.
std::optional<Fault> FaultIn(std::string_view text, const TextRule& rule) {
  std::size_t characters = 0;
  bool blank = true;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] >= '!' && text[i] <= '~') {  // most characters, told without a table
      blank = false;
      ++characters;
      ++i;
      continue;
    }
    utf8proc_int32_t character = 0;
    i += static_cast<std::size_t>(
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + i,
                         static_cast<utf8proc_ssize_t>(text.size() - i), &character));
    if (IsControl(character, rule.multi_line)) {
      return Fault{row_reason::kEncoding,
                   rule.multi_line ? "must have no control characters but newline and tab"
                                   : "must be one line without control characters"};
    }
    if (IsBidiControl(character)) {
      return Fault{row_reason::kEncoding,
                   "must have no text direction overrides (U+202A-202E, U+2066-2069)"};
    }
    blank = blank && IsBlank(character);
    ++characters;
  }
  if (rule.required && blank) return Fault{row_reason::kMissingField, "must not be empty"};
  if (characters > rule.max_characters) {
    return Fault{row_reason::kTooLong,
                 "must be at most " + std::to_string(rule.max_characters) + " characters"};
  }
  return std::nullopt;
}

// Mends `text` in place, or says what cannot be mended.
std::optional<Fault> Mend(std::string& text, const TextRule& rule) {
  std::optional<std::string> normalised = ToNfc(text);
  if (!normalised.has_value()) return Fault{row_reason::kEncoding, "must be UTF-8 text"};
  if (rule.multi_line) normalised = WithPlainNewlines(*normalised);
  std::optional<Fault> fault = FaultIn(*normalised, rule);
  if (!fault.has_value()) text = std::move(*normalised);
  return fault;
}

}  // namespace

void CheckText(std::string_view field, std::string* text, const TextRule& rule,
               Violations& violations) {
  std::optional<Fault> fault = Mend(*text, rule);
  if (fault.has_value()) violations.Add(std::string(field), std::move(fault->description));
}

absl::StatusOr<std::string> NormaliseText(std::string_view text, const TextRule& rule) {
  std::string mended(text);
  const std::optional<Fault> fault = Mend(mended, rule);
  if (!fault.has_value()) return mended;
  return MakeError(absl::StatusCode::kInvalidArgument, fault->row_reason,
                   "The text " + fault->description + ".");
}

std::size_t CountCharacters(std::string_view text) {
  std::size_t characters = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++characters;
  }
  return characters;
}

}  // namespace navo::domain
