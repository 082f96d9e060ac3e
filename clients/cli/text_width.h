// Text as a terminal shows it: in columns, not bytes. Names here come in every script there is.
#ifndef NAVO_CLIENTS_CLI_TEXT_WIDTH_H_
#define NAVO_CLIENTS_CLI_TEXT_WIDTH_H_

#include <string>
#include <vector>

namespace navo::cli {

// The width of output for a screen reader: nothing is cut, wrapped, aligned or drawn in it.
inline constexpr int kPlainWidth = 1'000'000;
inline bool IsPlain(int width) { return width > kPlainWidth / 2; }

// Fit to be printed on one line: line breaks and other control characters become spaces, characters
// that would turn the direction of what follows are taken out, bytes that are no UTF-8 become
// U+FFFD. Whatever comes from the server goes through here, so that it cannot steer the terminal.
std::string Displayable(const std::string& text);

// Columns that the text takes: 2 for wide characters, 0 for combining marks.
int DisplayWidth(const std::string& text);

// The text in at most `width` columns, with … in the last one when something was cut off. Never
// cuts between a letter and its marks.
std::string Truncated(const std::string& text, int width);

// Cut or filled with spaces to exactly `width` columns.
std::string PaddedRight(const std::string& text, int width);
std::string PaddedLeft(const std::string& text, int width);

// Broken at spaces into lines of at most `width` columns; line breaks in the text are kept.
std::vector<std::string> Wrapped(const std::string& text, int width);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_TEXT_WIDTH_H_
