#include "tests/tidy/text_rules.h"

#include <algorithm>
#include <array>

namespace navo::tidy {
namespace {

constexpr std::array<std::string_view, 6> kCodeEndings = {".cc",  ".h",     ".proto",
                                                          ".sql", ".cmake", ".sh"};
constexpr std::array<std::string_view, 3> kCodeNames = {"CMakeLists.txt", "dev", ".ci/run"};

// Data, golden text and documents may have the form that their purpose asks for.
bool IsCode(const SourceFile& file) {
  const auto ends = [&](std::string_view ending) { return file.path.ends_with(ending); };
  const auto is = [&](std::string_view name) {
    return file.path == name || file.path.ends_with("/" + std::string(name));
  };
  return std::any_of(kCodeEndings.begin(), kCodeEndings.end(), ends) ||
         std::any_of(kCodeNames.begin(), kCodeNames.end(), is);
}

// In UTF-8 every character has one byte that is no continuation byte.
size_t Columns(std::string_view line) {
  return std::count_if(line.begin(), line.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

std::string_view WithoutComment(std::string_view line) { return line.substr(0, line.find("//")); }

std::string GuardOf(std::string_view path) {
  std::string guard = "NAVO_";
  for (char c : path) {
    const bool letter = c >= 'a' && c <= 'z';
    const bool digit = c >= '0' && c <= '9';
    guard += letter ? static_cast<char>(c - 'a' + 'A') : digit ? c : '_';
  }
  return guard + "_";
}

}  // namespace

Findings CheckLength(const SourceFile& file) {
  const size_t lines = Lines(file.text).size();
  if (!IsCode(file) || lines <= kMaxFileLines) return {};
  return {Finding(file, lines, "more than " + std::to_string(kMaxFileLines) + " lines")};
}

Findings CheckColumns(const SourceFile& file) {
  Findings findings;
  if (!IsCode(file)) return findings;
  size_t number = 0;
  for (std::string_view line : Lines(file.text)) {
    ++number;
    if (Columns(line) <= kMaxLineColumns || line.find("://") != std::string_view::npos) continue;
    findings.push_back(Finding(file, number, std::to_string(Columns(line)) + " columns"));
  }
  return findings;
}

Findings CheckEnding(const SourceFile& file) {
  if (!IsCode(file) && !file.path.ends_with(".md")) return {};
  if (file.text.empty() || file.text.ends_with('\n')) return {};
  return {Finding(file, Lines(file.text).size(), "no newline at the end of the file")};
}

Findings CheckTabs(const SourceFile& file) {
  Findings findings;
  if (!IsCpp(file)) return findings;
  size_t number = 0;
  for (std::string_view line : Lines(file.text)) {
    ++number;
    if (line.find('\t') != std::string_view::npos) {
      findings.push_back(Finding(file, number, "a tab"));
    }
  }
  return findings;
}

Findings CheckGuard(const SourceFile& file) {
  if (!file.path.ends_with(".h")) return {};
  const std::string guard = GuardOf(file.path);
  if (file.text.find("#ifndef " + guard + "\n#define " + guard + "\n") != std::string::npos) {
    return {};
  }
  return {Finding(file, 1, "the include guard is to be " + guard)};
}

Findings CheckClock(const SourceFile& file) {
  static constexpr std::array<std::string_view, 11> kCalls = {"system_clock::now",
                                                              "high_resolution_clock::now",
                                                              "absl::Now",
                                                              "time(nullptr)",
                                                              "time(NULL)",
                                                              "time(0)",
                                                              "rand(",
                                                              "srand(",
                                                              "random_device",
                                                              "RAND_bytes",
                                                              "getrandom"};
  Findings findings;
  if (!IsCpp(file) || IsTestCode(file) || file.path.starts_with("clients/")) return findings;
  if (file.path == "storage/clock.cc") return findings;
  size_t number = 0;
  for (std::string_view line : Lines(file.text)) {
    ++number;
    for (std::string_view call : kCalls) {
      if (!HasWord(WithoutComment(line), call)) continue;
      findings.push_back(
          Finding(file, number, std::string(call) + ": take storage/clock.h's Clock or Random"));
    }
  }
  return findings;
}

Findings CheckMarkers(const SourceFile& file) {
  // In two halves, or this file would be found.
  static const std::array<std::string, 2> kMarkers = {std::string("TO") + "DO",
                                                      std::string("FIX") + "ME"};
  Findings findings;
  if (!IsCode(file)) return findings;
  size_t number = 0;
  for (std::string_view line : Lines(file.text)) {
    ++number;
    for (const std::string& marker : kMarkers) {
      if (HasWord(line, marker)) findings.push_back(Finding(file, number, marker));
    }
  }
  return findings;
}

}  // namespace navo::tidy
