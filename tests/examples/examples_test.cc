// docs/examples is what navo-examples writes, and what it promises is what the readers find.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "nlohmann/json.hpp"
#include "services/domain/identifier.h"
#include "services/exchange/import_file.h"
#include "tests/examples/files.h"

namespace navo::examples {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr domain::IdentifierPolicy kTest{.profile = domain::Profile::kTest};

std::map<std::string, std::string> ReadFolder(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files[fs::relative(entry.path(), folder).string()] =
        std::string(std::istreambuf_iterator<char>(in), {});
  }
  return files;
}

TEST(Examples, CommittedFilesAreWhatTheGeneratorWrites) {
  const fs::path folder = fs::path(testing::TempDir()) / "navo-examples-test";
  fs::remove_all(folder);
  const std::string command = std::string(NAVO_BINARY_DIR) + "/navo-examples " + folder.string();
  ASSERT_EQ(std::system(command.c_str()), 0);
  const std::map<std::string, std::string> written = ReadFolder(folder);
  fs::remove_all(folder);
  std::map<std::string, std::string> committed =
      ReadFolder(fs::path(NAVO_SOURCE_DIR) / "docs" / "examples");
  // Written by hand.
  ASSERT_EQ(committed.erase("README.md") + committed.erase(".gitattributes"), 2u);
  ASSERT_GT(written.size(), 12u);
  for (const auto& [name, bytes] : written) {
    EXPECT_TRUE(committed[name] == bytes) << name << " differs: regenerate docs/examples";
  }
  EXPECT_EQ(committed.size(), written.size()) << "a file that the generator does not write";
}

TEST(Examples, EveryNumberIsSyntheticAndItsOwn) {
  std::set<std::string> numbers;
  for (const Person& person : People()) {
    EXPECT_TRUE(domain::NationalIdentityNumber::Parse(person.number, kTest).ok()) << person.key;
    EXPECT_FALSE(domain::NationalIdentityNumber::Parse(person.number, {}).ok()) << person.key;
    const int month = std::stoi(person.number.substr(2, 2));
    EXPECT_TRUE(month > 80 && month <= 92) << person.key;
    EXPECT_FALSE(domain::NationalIdentityNumber::Parse(WithWrongControl(person.number), kTest).ok())
        << person.key;
    numbers.insert(person.number);
  }
  EXPECT_EQ(numbers.size(), People().size());
  EXPECT_GE(numbers.size(), 40u);
}

services::FileFormat FormatOf(const std::string& format) {
  if (format == "NAV_DELTAKER") return services::FileFormat::kNavDeltaker;
  if (format == "NAV_GJENNOMFOERING") return services::FileFormat::kNavGjennomfoering;
  if (format == "VO_KURS") return services::FileFormat::kVoKurs;
  if (format == "VO_FRAVAER") return services::FileFormat::kVoFravaer;
  if (format == "NORSKPROVE") return services::FileFormat::kNorskprove;
  EXPECT_EQ(format, "VO_ELEVER");
  return services::FileFormat::kVoElever;
}

// What a reader can know of a row without what is stored: rejected rows and remarks.
std::vector<std::string> FoundProblems(const json& expected, const std::string& bytes) {
  const bool windows = expected["encoding"] == "WINDOWS_1252";
  services::ImportFile file(
      FormatOf(expected["format"]),
      windows ? services::FileEncoding::kWindows1252 : services::FileEncoding::kUtf8, kTest);
  EXPECT_TRUE(file.Feed(bytes).ok());
  EXPECT_TRUE(file.Finish().ok());
  std::vector<std::string> found;
  int rows = 0;
  while (true) {
    const auto row = file.Next();
    EXPECT_TRUE(row.ok());
    if (!row.ok() || !row->has_value()) break;
    const auto& content = (*row)->content;
    const services::RowProblem* problem = std::get_if<services::RowProblem>(&content);
    if (const auto* remark = std::get_if<services::FileRemark>(&content)) {
      problem = &remark->remark;
    } else {
      ++rows;
    }
    if (problem == nullptr) continue;
    found.push_back(std::to_string((*row)->line) + " " + std::string(problem->reason) + " " +
                    problem->column);
  }
  EXPECT_EQ(rows, expected["first_import"]["counts"]["rows"]);
  return found;
}

TEST(Examples, TheReadersFindExactlyTheExpectedProblems) {
  const std::map<std::string, std::string> files = AllFiles();
  int checked = 0;
  for (const auto& [name, text] : files) {
    if (!name.ends_with(".expected.json")) continue;
    const json expected = json::parse(text);
    std::vector<std::string> promised;
    for (const json& result : expected["first_import"]["results"]) {
      const std::string reason = result["reason"];
      if (result["outcome"] != "REJECTED" && reason != "UNKNOWN_COLUMN") continue;
      if (reason == "PERSON_UNKNOWN" || reason == "COURSE_UNKNOWN") continue;
      promised.push_back(std::to_string(result["line"].get<int>()) + " " + reason + " " +
                         result["column"].get<std::string>());
    }
    EXPECT_EQ(FoundProblems(expected, files.at(expected["file"])), promised) << name;
    ++checked;
  }
  EXPECT_EQ(checked, 7);
}

TEST(Examples, CountsAddUpToRows) {
  for (const auto& [name, text] : AllFiles()) {
    if (!name.ends_with(".expected.json")) continue;
    for (const char* import : {"first_import", "second_import"}) {
      const json counts = json::parse(text)[import]["counts"];
      int sum = 0;
      for (const auto& [count, value] : counts.items())
        sum += count == "rows" ? 0 : value.get<int>();
      EXPECT_EQ(sum, counts["rows"].get<int>()) << name;
    }
    EXPECT_EQ(json::parse(text)["second_import"]["counts"]["created"], 0) << name;
    EXPECT_EQ(json::parse(text)["second_import"]["counts"]["updated"], 0) << name;
  }
}

}  // namespace
}  // namespace navo::examples
