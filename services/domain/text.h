// Checks on text that people and systems send: UTF-8, NFC, no control characters.
//
// Text is normalised to NFC on the way in rather than refused: a decomposed "å" from a Mac is not
// the sender's fault, and comparing, searching and hashing need one form. What cannot be mended is
// refused.
//
// Free functions without state: any thread.
#ifndef NAVO_SERVICES_DOMAIN_TEXT_H_
#define NAVO_SERVICES_DOMAIN_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/domain/error.h"

namespace navo::domain {

// What a text field may hold. Characters are Unicode code points after normalisation.
struct TextRule {
  std::size_t max_characters = 0;
  bool required = false;    // refuses empty text and text of blanks only
  bool multi_line = false;  // allows newline and tab; CRLF and CR become LF
};

// The limits of the API.
inline constexpr TextRule kNameText{.max_characters = 200};
inline constexpr TextRule kRequiredNameText{.max_characters = 200, .required = true};
inline constexpr TextRule kTitleText{.max_characters = 200};
inline constexpr TextRule kRequiredTitleText{.max_characters = 200, .required = true};
inline constexpr TextRule kNoteText{.max_characters = 10'000, .multi_line = true};
inline constexpr TextRule kRequiredNoteText{
    .max_characters = 10'000, .required = true, .multi_line = true};

// Normalises `text` in place and adds at most one violation for `field`: not UTF-8, a control
// character, a bidi override or isolate (U+202A-202E, U+2066-2069: they make text read as something
// it is not), too long, or empty where required. Text that was refused is left as it came.
void CheckText(std::string_view field, std::string* text, const TextRule& rule,
               Violations& violations);

// The same without a request around it, for imports.
// Errors: INVALID_ARGUMENT; the reason is a row_reason: ENCODING, TOO_LONG or MISSING_FIELD.
absl::StatusOr<std::string> NormaliseText(std::string_view text, const TextRule& rule);

// Number of code points; `text` must be valid UTF-8.
std::size_t CountCharacters(std::string_view text);

}  // namespace navo::domain

#endif  // NAVO_SERVICES_DOMAIN_TEXT_H_
