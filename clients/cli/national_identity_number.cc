#include "clients/cli/national_identity_number.h"

#include <algorithm>
#include <cctype>
#include <fstream>

namespace navo::cli {
namespace {

constexpr int kDigits = 11;

// Eleven digits, also written "010203 12345" or "010203-12345".
bool LooksLikeNumber(const std::string& text) {
  int digits = 0;
  for (const char letter : text) {
    if (std::isdigit(static_cast<unsigned char>(letter))) {
      ++digits;
    } else if (letter != ' ' && letter != '-' && letter != '.') {
      return false;
    }
  }
  return digits == kDigits;
}

absl::StatusOr<std::string> FirstLine(std::istream& in, const std::string& from) {
  std::string line;
  std::getline(in, line);
  std::erase_if(line, [](unsigned char letter) { return std::isspace(letter); });
  if (line.empty()) return absl::InvalidArgumentError(from + " is empty: write the number there");
  return line;
}

}  // namespace

absl::StatusOr<std::string> ReadNationalIdentityNumber(const Terminal& terminal,
                                                       const std::string& file) {
  if (file == "-") return FirstLine(*terminal.in, "the standard input");
  if (!file.empty()) {
    std::ifstream in(file);
    if (!in) return absl::InvalidArgumentError("cannot open the file of --number-file");
    return FirstLine(in, "the file of --number-file");
  }
  if (!terminal.ask_secret) {
    return absl::InvalidArgumentError(
        "there is no terminal to ask at: give --number-file FILE, or --number-file - to read it "
        "from "
        "the standard input");
  }
  auto number = terminal.ask_secret("National identity number (not shown): ");
  if (!number.ok()) return number.status();
  std::erase_if(*number, [](unsigned char letter) { return std::isspace(letter); });
  if (number->empty()) return absl::InvalidArgumentError("no number was given");
  return number;
}

absl::Status RefuseNumbers(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    const std::string value = argument.substr(argument.find('=') + 1);
    if (LooksLikeNumber(argument) || LooksLikeNumber(value)) {
      return absl::InvalidArgumentError(
          "a national identity number must not stand on the command line: leave it out and be "
          "asked, or "
          "give --number-file FILE");
    }
  }
  return absl::OkStatus();
}

}  // namespace navo::cli
