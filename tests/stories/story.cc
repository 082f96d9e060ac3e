#include "tests/stories/story.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/words.h"
#include "clients/cpp/status.h"

namespace navo::stories {
namespace {

using Lines = std::vector<std::string>;

Lines LinesOf(const std::string& text) { return absl::StrSplit(text, '\n'); }

// Lengths of the longest common runs of lines from each pair of places on.
std::vector<std::vector<size_t>> CommonFrom(const Lines& a, const Lines& b) {
  std::vector<std::vector<size_t>> common(a.size() + 1, std::vector<size_t>(b.size() + 1, 0));
  for (size_t i = a.size(); i-- > 0;) {
    for (size_t j = b.size(); j-- > 0;) {
      common[i][j] =
          a[i] == b[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
    }
  }
  return common;
}

// "-" stands before lines of the golden text that are gone, "+" before new ones.
std::string Difference(const std::string& golden, const std::string& text) {
  const Lines a = LinesOf(golden);
  const Lines b = LinesOf(text);
  const auto common = CommonFrom(a, b);
  std::string difference;
  std::string heading;
  size_t i = 0;
  size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      if (!a[i].empty() && a[i][0] != ' ') heading = "  " + a[i] + "\n";
      ++i;
      ++j;
      continue;
    }
    absl::StrAppend(&difference, heading);
    heading.clear();
    if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
      absl::StrAppend(&difference, "- ", a[i++], "\n");
    } else {
      absl::StrAppend(&difference, "+ ", b[j++], "\n");
    }
  }
  return difference;
}

}  // namespace

Story::Story(const std::string& title) : text_(absl::StrCat(title, "\n")) {}

void Story::Step(const std::string& title) { absl::StrAppend(&text_, "\n", title, "\n"); }

void Story::Say(const std::string& line) { absl::StrAppend(&text_, "  ", line, "\n"); }

void Story::Show(const std::string& what, const std::string& lines) {
  Say(what);
  for (const std::string& line : LinesOf(lines)) {
    if (!line.empty()) absl::StrAppend(&text_, "      ", line, "\n");
  }
}

std::string Told(const absl::Status& status) {
  if (status.ok()) return "done";
  std::string text = absl::StrCat(client::Reason(status), ": ", status.message());
  const auto info = client::GetErrorInfo(status);
  if (!info.has_value()) return text;
  const std::map<std::string, std::string> sorted(info->metadata().begin(), info->metadata().end());
  for (const auto& [key, value] : sorted) {
    if (key != "section_id" && key != "etag") absl::StrAppend(&text, "\n  ", key, ": ", value);
  }
  return text;
}

std::string DateText(const google::type::Date& date) {
  if (date.year() == 0) return "not known";
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day());
}

std::string WithheldText(const v1::Withheld& withheld) { return cli::WithheldWords(withheld); }

void ExpectGolden(const std::string& file, const std::string& text) {
  const std::string path = absl::StrCat(NAVO_SOURCE_DIR "/tests/stories/", file);
  const char* update = std::getenv("NAVO_UPDATE_GOLDEN");
  if (update != nullptr && std::string(update) == "1") {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
  }
  std::ifstream in(path, std::ios::binary);
  const std::string golden{std::istreambuf_iterator<char>(in), {}};
  EXPECT_TRUE(golden == text) << "The story is not the one of " << file
                              << ". Read the difference; if it is right, write it with "
                                 "NAVO_UPDATE_GOLDEN=1.\n"
                              << Difference(golden, text);
}

}  // namespace navo::stories
