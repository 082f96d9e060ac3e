#include "services/consent/consent_texts.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/domain/absl_view.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

using domain::AbslView;

absl::Status Wrong(const EmbeddedFile& file, const char* what) {
  return absl::InvalidArgumentError(absl::StrCat(AbslView(file.name), ": ", what));
}

absl::Status ReadPurposes(const EmbeddedFile& file, const std::string& value, ConsentText& text) {
  const std::vector<std::string> names = absl::StrSplit(value, ',', absl::SkipWhitespace());
  for (std::string name : names) {
    absl::StripAsciiWhitespace(&name);
    v1::Purpose purpose = v1::PURPOSE_UNSPECIFIED;
    if (!v1::Purpose_Parse(name, &purpose) && !v1::Purpose_Parse("PURPOSE_" + name, &purpose)) {
      return Wrong(file, "names a purpose that is not there");
    }
    text.purposes.push_back(purpose);
  }
  return absl::OkStatus();
}

absl::Status ReadField(const EmbeddedFile& file, const std::string& key, const std::string& value,
                       ConsentText& text) {
  if (key == "version") {
    return absl::SimpleAtoi(value, &text.version) && text.version > 0
               ? absl::OkStatus()
               : Wrong(file, "version must be a number from 1");
  }
  if (key == "language") {
    text.language = value;
    return absl::OkStatus();
  }
  if (key == "purposes") return ReadPurposes(file, value, text);
  if (key == "reviewed") {
    if (value != "yes" && value != "no") return Wrong(file, "reviewed must be yes or no");
    text.reviewed = value == "yes";
    return absl::OkStatus();
  }
  return Wrong(file, "has a header line that is not known");
}

absl::StatusOr<ConsentText> ParseFile(const EmbeddedFile& file) {
  const std::vector<std::string> name = absl::StrSplit(AbslView(file.name), '.');
  const size_t head_end = file.content.find("\n\n");
  if (name.size() != 4 || head_end == std::string_view::npos) {
    return Wrong(file, "must be named <text id>.<version>.<language>.txt, and begin with a header");
  }
  ConsentText text;
  text.text_id = name[0];
  const std::vector<std::string> lines =
      absl::StrSplit(AbslView(file.content.substr(0, head_end)), '\n');
  for (const std::string& line : lines) {
    const std::pair<std::string, std::string> field = absl::StrSplit(line, absl::MaxSplits(':', 1));
    NAVO_RETURN_IF_ERROR(
        ReadField(file, field.first, std::string(absl::StripAsciiWhitespace(field.second)), text));
  }
  text.text = std::string(absl::StripAsciiWhitespace(AbslView(file.content.substr(head_end))));
  if (absl::StrCat(text.version) != name[1] || text.language != name[2]) {
    return Wrong(file, "version and language must be those of the file's name");
  }
  if (text.purposes.empty()) return Wrong(file, "names no purpose");
  if (text.text.empty()) return Wrong(file, "has no text");
  return text;
}

}  // namespace

bool ConsentText::Names(v1::Purpose purpose) const {
  return std::find(purposes.begin(), purposes.end(), purpose) != purposes.end();
}

absl::StatusOr<ConsentTexts> ConsentTexts::Parse(absl::Span<const EmbeddedFile> files) {
  ConsentTexts texts;
  for (const EmbeddedFile& file : files) {
    NAVO_ASSIGN_OR_RETURN(ConsentText text, ParseFile(file));
    Key key{text.text_id, text.version, text.language};
    texts.texts_.emplace(std::move(key), std::move(text));
  }
  return texts;
}

const ConsentTexts& ConsentTexts::Embedded() {
  static const ConsentTexts texts = [] {
    absl::StatusOr<ConsentTexts> parsed = Parse(ConsentTextFiles());
    if (!parsed.ok()) {
      std::fprintf(stderr, "consent texts: %s\n", std::string(parsed.status().message()).c_str());
      std::abort();
    }
    return *std::move(parsed);
  }();
  return texts;
}

int ConsentTexts::NewestVersion(const std::string& text_id) const {
  auto after = texts_.upper_bound(Key{text_id, std::numeric_limits<int>::max(), std::string()});
  if (after == texts_.begin()) return 0;
  --after;
  return after->second.text_id == text_id ? after->second.version : 0;
}

const ConsentText* ConsentTexts::Find(const std::string& text_id, int version,
                                      const std::string& language) const {
  const auto it = texts_.find(Key{text_id, version, language});
  return it == texts_.end() ? nullptr : &it->second;
}

std::vector<std::string> ConsentTexts::Languages(const std::string& text_id, int version) const {
  std::vector<std::string> languages;
  for (auto it = texts_.lower_bound(Key{text_id, version, std::string()});
       it != texts_.end() && it->second.text_id == text_id && it->second.version == version; ++it) {
    languages.push_back(it->second.language);
  }
  return languages;
}

}  // namespace navo::services
