#include "services/catalogue/consent_texts.h"

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
#include "services/domain/calendar.h"
#include "storage/catalogue.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

using domain::AbslView;

absl::Status Wrong(const EmbeddedFile& file, const char* what) {
  return absl::InvalidArgumentError(absl::StrCat(AbslView(file.name), ": ", what));
}

absl::Status ReadPurposes(const EmbeddedFile& file, const std::string& value,
                          v1::ConsentText& text) {
  const std::vector<std::string> names = absl::StrSplit(value, ',', absl::SkipWhitespace());
  for (std::string name : names) {
    absl::StripAsciiWhitespace(&name);
    v1::Purpose purpose = v1::PURPOSE_UNSPECIFIED;
    if (!v1::Purpose_Parse(name, &purpose) && !v1::Purpose_Parse("PURPOSE_" + name, &purpose)) {
      return Wrong(file, "names a purpose that is not there");
    }
    text.add_purposes(purpose);
  }
  return absl::OkStatus();
}

absl::Status ReadField(const EmbeddedFile& file, const std::string& key, const std::string& value,
                       v1::ConsentText& text) {
  if (key == "version") {
    int version = 0;
    if (!absl::SimpleAtoi(value, &version) || version < 1) {
      return Wrong(file, "version must be a number from 1");
    }
    text.set_version(version);
    return absl::OkStatus();
  }
  if (key == "language") {
    text.set_language(value);
    return absl::OkStatus();
  }
  if (key == "purposes") return ReadPurposes(file, value, text);
  if (key == "reviewed") {
    if (value != "yes" && value != "no") return Wrong(file, "reviewed must be yes or no");
    text.set_reviewed(value == "yes");
    return absl::OkStatus();
  }
  return Wrong(file, "has a header line that is not known");
}

absl::StatusOr<v1::ConsentText> ParseFile(const EmbeddedFile& file) {
  const std::vector<std::string> name = absl::StrSplit(AbslView(file.name), '.');
  const size_t head_end = file.content.find("\n\n");
  if (name.size() != 4 || head_end == std::string_view::npos) {
    return Wrong(file, "must be named <text id>.<version>.<language>.txt, and begin with a header");
  }
  v1::ConsentText text;
  text.set_text_id(name[0]);
  const std::vector<std::string> lines =
      absl::StrSplit(AbslView(file.content.substr(0, head_end)), '\n');
  for (const std::string& line : lines) {
    const std::pair<std::string, std::string> field = absl::StrSplit(line, absl::MaxSplits(':', 1));
    NAVO_RETURN_IF_ERROR(
        ReadField(file, field.first, std::string(absl::StripAsciiWhitespace(field.second)), text));
  }
  text.set_text(std::string(absl::StripAsciiWhitespace(AbslView(file.content.substr(head_end)))));
  if (absl::StrCat(text.version()) != name[1] || text.language() != name[2]) {
    return Wrong(file, "version and language must be those of the file's name");
  }
  if (text.purposes().empty()) return Wrong(file, "names no purpose");
  if (text.text().empty()) return Wrong(file, "has no text");
  return text;
}

}  // namespace

bool Names(const v1::ConsentText& text, v1::Purpose purpose) {
  return std::find(text.purposes().begin(), text.purposes().end(), purpose) !=
         text.purposes().end();
}

void ConsentTexts::Put(v1::ConsentText text) {
  Key key(text.text_id(), text.version(), text.language());
  texts_.insert_or_assign(std::move(key), std::move(text));
}

absl::StatusOr<ConsentTexts> ConsentTexts::Parse(absl::Span<const EmbeddedFile> files) {
  ConsentTexts texts;
  for (const EmbeddedFile& file : files) {
    NAVO_ASSIGN_OR_RETURN(v1::ConsentText text, ParseFile(file));
    texts.Put(std::move(text));
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

absl::StatusOr<ConsentTexts> ConsentTexts::Load(storage::ReadTx& tx, const std::string& text_id) {
  ConsentTexts texts;
  for (const auto& [key, text] : Embedded().texts_) {
    if (text_id.empty() || text.text_id() == text_id) texts.texts_.emplace(key, text);
  }
  NAVO_RETURN_IF_ERROR(storage::EachConsentText(
      tx, text_id, [&](v1::ConsentText&& text) { texts.Put(std::move(text)); }));
  return texts;
}

int ConsentTexts::NewestVersion(const std::string& text_id) const {
  return VersionInForce(text_id, std::numeric_limits<int64_t>::max());
}

int ConsentTexts::VersionInForce(const std::string& text_id, int64_t day) const {
  int newest = 0;
  for (auto it = texts_.lower_bound(Key(text_id, 0, std::string()));
       it != texts_.end() && it->second.text_id() == text_id; ++it) {
    const v1::ConsentText& text = it->second;
    const bool in_force =
        !text.has_valid_from() ||
        domain::DayOf(text.valid_from()).value_or(std::numeric_limits<int32_t>::max()) <= day;
    if (in_force) newest = text.version();
  }
  return newest;
}

const v1::ConsentText* ConsentTexts::Find(const std::string& text_id, int version,
                                          const std::string& language) const {
  const auto it = texts_.find(Key{text_id, version, language});
  return it == texts_.end() ? nullptr : &it->second;
}

std::vector<std::string> ConsentTexts::Languages(const std::string& text_id, int version) const {
  std::vector<std::string> languages;
  for (auto it = texts_.lower_bound(Key{text_id, version, std::string()});
       it != texts_.end() && it->second.text_id() == text_id && it->second.version() == version;
       ++it) {
    languages.push_back(it->second.language());
  }
  return languages;
}

}  // namespace navo::services
