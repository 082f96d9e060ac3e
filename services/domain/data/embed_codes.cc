// Writes code_tables.cc, the code lists of the program, at build time.
//
// Usage: navo_embed_codes DATA_FOLDER ISO_CODES_FOLDER LOCALE_FOLDER OUTPUT
//
// DATA_FOLDER has our own files (*.tsv, each with its source in the first line), ISO_CODES_FOLDER
// the JSON files of Debian's package iso-codes, and LOCALE_FOLDER its translations; where those are
// left out of an installation, names are the English ones.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace {

struct Code {
  std::string parent, name_nb, name_en;
};
using Codes = std::map<std::string, Code>;
using Names = std::map<std::string, std::string>;

std::string ReadAll(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::cerr << "navo_embed_codes: cannot read " << path << "\n";
    std::exit(1);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> Columns(const std::string& line) {
  std::vector<std::string> columns{""};
  for (const char c : line) {
    if (c == '\t') {
      columns.emplace_back();
    } else {
      columns.back() += c;
    }
  }
  columns.resize(std::max<size_t>(columns.size(), 5));
  return columns;
}

// Calls fn with the columns of every line but those that start with '#'.
template <typename Fn>
void EachLine(const std::string& path, Fn fn) {
  const std::string text = ReadAll(path);
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    if (!line.empty() && line[0] != '#') fn(Columns(line));
    at = end + 1;
  }
}

Codes ReadTable(const std::string& path) {
  Codes codes;
  EachLine(path, [&](const std::vector<std::string>& column) {
    codes[column[0]] = {column[2], column[3], column[4]};
  });
  return codes;
}

uint32_t Number(const std::string& bytes, size_t at) {
  uint32_t number = 0;
  for (size_t i = 4; i-- > 0;) number = number << 8 | static_cast<unsigned char>(bytes.at(at + i));
  return number;
}

// A catalogue of GNU gettext (.mo, little-endian): from the English text to the translation.
Names ReadTranslations(const std::string& path) {
  Names names;
  if (!std::ifstream(path)) return names;
  const std::string bytes = ReadAll(path);
  if (bytes.size() < 20 || Number(bytes, 0) != 0x950412de) return names;
  const auto text = [&](size_t table, size_t i) {
    return bytes.substr(Number(bytes, table + 8 * i + 4), Number(bytes, table + 8 * i));
  };
  const uint32_t count = Number(bytes, 8);
  for (uint32_t i = 0; i < count; ++i) {
    names[text(Number(bytes, 12), i)] = text(Number(bytes, 16), i);
  }
  return names;
}

std::string NameIn(const Names& names, const std::string& english) {
  const auto found = names.find(english);
  return found == names.end() || found->second.empty() ? english : found->second;
}

// Names of languages have a small letter in Norwegian.
std::string Small(std::string name) {
  if (name[0] >= 'A' && name[0] <= 'Z') name[0] = static_cast<char>(name[0] - 'A' + 'a');
  return name;
}

// Languages by the shortest code, as BCP 47 has them, and the three-letter codes that are not used.
void ReadLanguages(const std::string& iso, const std::string& locale, const std::string& own,
                   Codes& codes, Names& shorter) {
  for (const std::string part : {"639-3", "639-2"}) {
    std::string name = "/iso_";
    name += part;
    const Names nb = ReadTranslations(locale + name + ".mo");
    const auto file = nlohmann::json::parse(ReadAll(iso + name + ".json"));
    for (const auto& entry : file.at(part)) {
      const std::string three = entry.at("alpha_3");
      if (three.size() != 3) continue;  // the range for private use
      const std::string code = entry.value("alpha_2", three);
      if (code != three) shorter[three] = code;
      const std::string english = entry.value("common_name", entry.at("name"));
      const std::string name_nb = NameIn(nb, english);
      codes.insert({code, {"", name_nb == english ? name_nb : Small(name_nb), english}});
    }
  }
  EachLine(own, [&](const std::vector<std::string>& column) {
    codes.at(column[0]).name_nb = column[1];
  });
}

Codes ReadCountries(const std::string& iso, const std::string& locale) {
  const Names nb = ReadTranslations(locale + "/iso_3166-1.mo");
  Codes codes;
  const auto file = nlohmann::json::parse(ReadAll(iso + "/iso_3166-1.json"));
  for (const auto& entry : file.at("3166-1")) {
    const std::string english = entry.value("common_name", entry.at("name"));
    codes[entry.at("alpha_2")] = {"", NameIn(nb, english), english};
  }
  codes["XK"] = {"", "Kosovo", "Kosovo"};  // not in ISO 3166, in use everywhere
  return codes;
}

void Write(std::ostream& out, const std::string& name, const Codes& codes) {
  out << "constexpr Code " << name << "[] = {\n";
  const auto quoted = [](const std::string& text) { return "R\"navo(" + text + ")navo\""; };
  for (const auto& [code, rest] : codes) {
    out << "    {\"" << code << "\", \"" << rest.parent << "\", " << quoted(rest.name_nb) << ", "
        << quoted(rest.name_en) << "},\n";
  }
  out << "};\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  const std::string data = argv[1], iso = argv[2], locale = argv[3];
  Codes languages;
  Names shorter;
  ReadLanguages(iso, locale, data + "/language_nb.tsv", languages, shorter);
  std::ofstream out(argv[4]);
  out << "// Generated by services/domain/data/embed_codes.cc.\n"
         "#include \"services/domain/code_tables.h\"\n\nnamespace navo::domain {\nnamespace {\n";
  Write(out, "kStyrk08", ReadTable(data + "/styrk08.tsv"));
  Write(out, "kNus2000Levels", ReadTable(data + "/nus2000_level.tsv"));
  Write(out, "kDigComp", ReadTable(data + "/digcomp.tsv"));
  Write(out, "kLanguages", languages);
  Write(out, "kCountries", ReadCountries(iso, locale));
  out << "constexpr ShorterCode kShorter[] = {\n";
  for (const auto& [three, two] : shorter) out << "    {\"" << three << "\", \"" << two << "\"},\n";
  out << "};\n}  // namespace\n\n"
         "absl::Span<const Code> Styrk08Codes() { return kStyrk08; }\n"
         "absl::Span<const Code> Nus2000Levels() { return kNus2000Levels; }\n"
         "absl::Span<const Code> DigCompCodes() { return kDigComp; }\n"
         "absl::Span<const Code> LanguageCodes() { return kLanguages; }\n"
         "absl::Span<const Code> CountryCodes() { return kCountries; }\n"
         "absl::Span<const ShorterCode> ShorterLanguageCodes() { return kShorter; }\n\n"
         "}  // namespace navo::domain\n";
  return out.flush() ? 0 : 1;
}
