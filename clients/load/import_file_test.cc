#include "clients/load/import_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <vector>

#include "gtest/gtest.h"

namespace navo::load {
namespace {

namespace fs = std::filesystem;

std::string Made(const std::string& format, int rows, uint64_t seed) {
  const fs::path path = fs::path(testing::TempDir()) / ("navo-import-file-" + format);
  EXPECT_TRUE(
      WriteImportFile({.format = format, .rows = rows, .seed = seed, .file = path.string()}).ok());
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  fs::remove(path);
  return text;
}

TEST(ImportFileTest, TheSameSeedMakesTheSameFile) {
  for (const char* format : {"nav-deltaker", "vo-elever"}) {
    EXPECT_EQ(Made(format, 200, 3), Made(format, 200, 3));
    EXPECT_NE(Made(format, 200, 3), Made(format, 200, 4));
    EXPECT_TRUE(Made(format, 200, 3).starts_with(Made(format, 100, 3)));
  }
}

TEST(ImportFileTest, EveryRowIsOfAnotherPersonAndHasAnIdOfItsOwn) {
  std::istringstream lines(Made("nav-deltaker", 5'000, 1));
  std::set<std::string> people;
  std::set<std::string> ids;
  for (std::string line; std::getline(lines, line);) {
    const auto message = nlohmann::json::parse(line);
    EXPECT_EQ(message["key"], message["value"]["id"]);
    ids.insert(message["key"]);
    people.insert(message["value"]["personIdent"]);
  }
  EXPECT_EQ(ids.size(), 5'000u);
  EXPECT_EQ(people.size(), 5'000u);
}

TEST(ImportFileTest, PupilsHaveAHeaderAndAColumnForEachOfIt) {
  std::istringstream lines(Made("vo-elever", 100, 1));
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    EXPECT_EQ(std::count(line.begin(), line.end(), ';'), 14) << line;
  }
  EXPECT_EQ(count, 101);
}

TEST(ImportFileTest, AnotherFormatIsRefused) {
  EXPECT_FALSE(WriteImportFile({.format = "vo-kurs", .file = "unused"}).ok());
}

}  // namespace
}  // namespace navo::load
