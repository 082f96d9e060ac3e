#include "clients/cli/printing.h"

#include <algorithm>

#include "clients/cli/text_width.h"
#include "clients/cli/words.h"

namespace navo::cli {

std::string WithheldText(const google::protobuf::RepeatedPtrField<v1::Withheld>& withheld) {
  std::vector<std::string> lines;
  std::string text;
  for (const auto& one : withheld) {
    const std::string words = WithheldWords(one);
    if (std::find(lines.begin(), lines.end(), words) != lines.end()) continue;
    lines.push_back(words);
    text += (text.empty() ? "" : "; ") + words;
  }
  return text;
}

void PrintWithheld(const Context& context,
                   const google::protobuf::RepeatedPtrField<v1::Withheld>& withheld) {
  if (withheld.empty()) return;
  for (const auto& line : Wrapped("Withheld: " + WithheldText(withheld), context.width())) {
    context.out() << line << "\n";
  }
}

void PrintTable(const Context& context, const Table& table, const std::string& nothing) {
  if (table.empty()) {
    context.out() << nothing << "\n";
  } else {
    table.Print(context.out(), context.width(), 0, context.bold(), context.plain());
  }
}

void PrintMore(const Context& context, const std::string& next_page_token) {
  if (next_page_token.empty()) return;
  context.out() << "There is more: repeat with --page-token " << next_page_token << "\n";
}

void PrintPairs(const Context& context,
                const std::vector<std::pair<std::string, std::string>>& pairs) {
  if (IsPlain(context.width())) {
    for (const auto& [name, value] : pairs) {
      if (!value.empty()) {
        context.out() << name.substr(name.find_first_not_of(' ')) << ": " << Displayable(value)
                      << "\n";
      }
    }
    return;
  }
  int widest = 0;
  for (const auto& [name, value] : pairs) {
    if (!value.empty()) widest = std::max(widest, DisplayWidth(name));
  }
  for (const auto& [name, value] : pairs) {
    if (value.empty()) continue;
    std::string label = name;
    for (const std::string& line : Wrapped(value, std::max(20, context.width() - widest - 2))) {
      context.out() << PaddedRight(label, widest) << "  " << line << "\n";
      label.clear();
    }
  }
}

}  // namespace navo::cli
