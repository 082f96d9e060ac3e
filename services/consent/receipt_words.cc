#include "services/consent/receipt_words.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/access/openable.h"
#include "services/domain/absl_view.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

constexpr std::string_view kKeys[] = {
    "title",     "about",         "none",         "from",       "to",         "unit", "what",
    "why",       "first_day",     "last_day",     "given",      "withdrawn",  "text", "withdraw",
    "no_effect", "state_pending", "state_active", "state_past", "state_ended"};

absl::Status Wrong(const EmbeddedFile& file, const char* what) {
  return absl::InvalidArgumentError(absl::StrCat(domain::AbslView(file.name), ": ", what));
}

std::string KeyOf(v1::Category category) { return "category_" + std::to_string(category); }
std::string KeyOf(v1::Purpose purpose) { return "purpose_" + std::to_string(purpose); }

absl::StatusOr<ReceiptWords> ParseFile(const EmbeddedFile& file) {
  std::map<std::string, std::string, std::less<>> words;
  const std::vector<std::string> lines =
      absl::StrSplit(domain::AbslView(file.content), '\n', absl::SkipEmpty());
  for (const std::string& line : lines) {
    std::pair<std::string, std::string> word = absl::StrSplit(line, absl::MaxSplits(':', 1));
    absl::StripAsciiWhitespace(&word.second);
    if (word.second.empty()) return Wrong(file, "has a line that is not `key: words`");
    if (!words.insert(std::move(word)).second) return Wrong(file, "has a word twice");
  }
  const auto reviewed = words.find("reviewed");
  if (reviewed == words.end() || (reviewed->second != "yes" && reviewed->second != "no")) {
    return Wrong(file, "does not say whether it is reviewed");
  }
  const bool checked = reviewed->second == "yes";
  ReceiptWords parsed(checked, std::move(words));
  if (!parsed.Whole()) return Wrong(file, "lacks a word");
  return parsed;
}

}  // namespace

const std::string& ReceiptWords::Word(std::string_view key) const {
  static const std::string none;
  const auto it = words_.find(key);
  return it == words_.end() ? none : it->second;
}

const std::string& ReceiptWords::Of(v1::Category category) const { return Word(KeyOf(category)); }
const std::string& ReceiptWords::Of(v1::Purpose purpose) const { return Word(KeyOf(purpose)); }

bool ReceiptWords::Whole() const {
  for (int number = v1::Category_MIN + 1; number <= v1::Category_MAX; ++number) {
    const auto category = static_cast<v1::Category>(number);
    if (!access::kNeverShared.Has(category) && Of(category).empty()) return false;
  }
  for (int number = v1::Purpose_MIN + 1; number <= v1::Purpose_MAX; ++number) {
    if (Of(static_cast<v1::Purpose>(number)).empty()) return false;
  }
  return std::all_of(std::begin(kKeys), std::end(kKeys),
                     [this](std::string_view key) { return !Word(key).empty(); });
}

absl::StatusOr<ReceiptLanguages> ReceiptLanguages::Parse(absl::Span<const EmbeddedFile> files) {
  ReceiptLanguages all;
  for (const EmbeddedFile& file : files) {
    const std::string_view name = file.name;
    if (!name.ends_with(".txt")) return Wrong(file, "must be named <language>.txt");
    NAVO_ASSIGN_OR_RETURN(ReceiptWords words, ParseFile(file));
    all.languages_.emplace(std::string(name.substr(0, name.size() - 4)), std::move(words));
  }
  if (all.Find("nb") == nullptr || all.Find("en") == nullptr) {
    return absl::InvalidArgumentError("the words in nb and en are not there");
  }
  return all;
}

const ReceiptLanguages& ReceiptLanguages::Embedded() {
  static const ReceiptLanguages languages = [] {
    absl::StatusOr<ReceiptLanguages> parsed = Parse(ReceiptWordFiles());
    if (!parsed.ok()) {
      std::fprintf(stderr, "receipts: %s\n", std::string(parsed.status().message()).c_str());
      std::abort();
    }
    return *std::move(parsed);
  }();
  return languages;
}

const ReceiptWords* ReceiptLanguages::Find(std::string_view language) const {
  const auto it = languages_.find(language);
  return it == languages_.end() ? nullptr : &it->second;
}

std::vector<std::string> ReceiptLanguages::Languages() const {
  std::vector<std::string> languages;
  languages.reserve(languages_.size());
  for (const auto& [language, words] : languages_) languages.push_back(language);
  return languages;
}

}  // namespace navo::services
