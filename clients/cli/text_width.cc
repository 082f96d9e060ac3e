#include "clients/cli/text_width.h"

#include <utf8proc.h>

#include <algorithm>

namespace navo::cli {
namespace {

constexpr char kReplacement[] = "\xef\xbf\xbd";
constexpr char kEllipsis[] = "\xe2\x80\xa6";

struct CodePoint {
  utf8proc_int32_t value;  // Negative: not UTF-8.
  size_t bytes;
};

CodePoint Decode(const std::string& text, size_t at) {
  utf8proc_int32_t value = 0;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at);
  const auto length =
      utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - at), &value);
  if (length <= 0) return {-1, 1};
  return {value, static_cast<size_t>(length)};
}

// Embeddings and overrides could show a name or a number in another order than it is stored.
bool TurnsDirection(utf8proc_int32_t value) {
  return (value >= 0x202a && value <= 0x202e) || (value >= 0x2066 && value <= 0x2069);
}

struct Cluster {
  size_t bytes;
  int width;
};

// The letter at `at` with every mark that belongs to it.
Cluster NextCluster(const std::string& text, size_t at) {
  utf8proc_int32_t state = 0;
  CodePoint point = Decode(text, at);
  Cluster cluster = {point.bytes, point.value < 0 ? 1 : utf8proc_charwidth(point.value)};
  while (at + cluster.bytes < text.size() && point.value >= 0) {
    const CodePoint next = Decode(text, at + cluster.bytes);
    if (next.value < 0 || utf8proc_grapheme_break_stateful(point.value, next.value, &state)) break;
    cluster.bytes += next.bytes;
    cluster.width += utf8proc_charwidth(next.value);
    point = next;
  }
  return cluster;
}

std::string Spaces(int count) { return std::string(static_cast<size_t>(std::max(0, count)), ' '); }

void WrapParagraph(const std::string& paragraph, int width, std::vector<std::string>* lines) {
  std::string line;
  size_t at = 0;
  while (at <= paragraph.size()) {
    const size_t end = std::min(paragraph.find(' ', at), paragraph.size());
    const std::string word = Displayable(paragraph.substr(at, end - at));
    at = end + 1;
    if (!line.empty() && DisplayWidth(line) + 1 + DisplayWidth(word) > width) {
      lines->push_back(line);
      line.clear();
    }
    if (!line.empty() && !word.empty()) line += ' ';
    line += word;
  }
  lines->push_back(line);
}

}  // namespace

std::string Displayable(const std::string& text) {
  std::string result;
  result.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = Decode(text, at);
    if (point.value < 0) {
      result += kReplacement;
    } else if (point.value < 0x20 || (point.value >= 0x7f && point.value < 0xa0) ||
               point.value == 0x2028 || point.value == 0x2029) {
      result += ' ';
    } else if (!TurnsDirection(point.value)) {
      result.append(text, at, point.bytes);
    }
    at += point.bytes;
  }
  return result;
}

int DisplayWidth(const std::string& text) {
  int width = 0;
  for (size_t at = 0; at < text.size();) {
    const Cluster cluster = NextCluster(text, at);
    width += cluster.width;
    at += cluster.bytes;
  }
  return width;
}

std::string Truncated(const std::string& text, int width) {
  if (DisplayWidth(text) <= width) return text;
  if (width <= 0) return "";
  size_t at = 0;
  for (int used = 0; at < text.size();) {
    const Cluster cluster = NextCluster(text, at);
    if (used + cluster.width > width - 1) break;
    used += cluster.width;
    at += cluster.bytes;
  }
  return text.substr(0, at) + kEllipsis;
}

std::string PaddedRight(const std::string& text, int width) {
  const std::string cut = Truncated(text, width);
  return cut + Spaces(width - DisplayWidth(cut));
}

std::string PaddedLeft(const std::string& text, int width) {
  const std::string cut = Truncated(text, width);
  return Spaces(width - DisplayWidth(cut)) + cut;
}

std::vector<std::string> Wrapped(const std::string& text, int width) {
  std::vector<std::string> lines;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    WrapParagraph(text.substr(at, end - at), width, &lines);
    at = end + 1;
  }
  return lines;
}

}  // namespace navo::cli
