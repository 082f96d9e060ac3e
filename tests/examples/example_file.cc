#include "tests/examples/example_file.h"

#include <algorithm>

#include "nlohmann/json.hpp"

namespace navo::examples {
namespace {

using nlohmann::ordered_json;

std::string_view NameOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kCreated:
      return "CREATED";
    case Outcome::kUpdated:
      return "UPDATED";
    case Outcome::kUnchanged:
      return "UNCHANGED";
    case Outcome::kOutdated:
      return "OUTDATED";
    case Outcome::kRejected:
      return "REJECTED";
    case Outcome::kSkipped:
      return "SKIPPED";
  }
  return {};
}

// Rows that were simply taken in are counted and not listed.
bool IsListed(Outcome outcome) {
  return outcome == Outcome::kOutdated || outcome == Outcome::kRejected ||
         outcome == Outcome::kSkipped;
}

std::string_view CountOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kCreated:
      return "created";
    case Outcome::kUpdated:
      return "updated";
    case Outcome::kUnchanged:
      return "unchanged";
    case Outcome::kOutdated:
      return "outdated";
    case Outcome::kRejected:
      return "rejected";
    case Outcome::kSkipped:
      return "skipped";
  }
  return {};
}

}  // namespace

Expectation TakenIn() { return {}; }

Expectation Rejected(std::string_view reason, std::string_view column) {
  return {.first = Outcome::kRejected,
          .second = Outcome::kRejected,
          .reason = reason,
          .column = column};
}

Expectation Skipped(std::string_view reason, std::string_view column) {
  return {
      .first = Outcome::kSkipped, .second = Outcome::kSkipped, .reason = reason, .column = column};
}

Expectation Outdated() {
  return {.first = Outcome::kOutdated,
          .second = Outcome::kOutdated,
          .reason = "OUTDATED",
          .column = "endretTidspunkt"};
}

Expectation Overtaken() {
  return {.first = Outcome::kCreated,
          .second = Outcome::kOutdated,
          .second_reason = "OUTDATED",
          .second_column = "endretTidspunkt"};
}

Expectation Changes() { return {.first = Outcome::kUpdated, .second = Outcome::kUnchanged}; }

std::string CsvLine(const std::vector<std::string>& cells, char separator,
                    std::string_view line_end) {
  const std::string special = std::string("\"\n") + separator;
  std::string line;
  for (const std::string& cell : cells) {
    if (&cell != &cells.front()) line += separator;
    if (cell.find_first_of(special) == std::string::npos) {
      line += cell;
      continue;
    }
    line += '"';
    for (const char byte : cell) line += byte == '"' ? std::string("\"\"") : std::string(1, byte);
    line += '"';
  }
  return line + std::string(line_end);
}

void ExampleFile::Write(std::string_view bytes) {
  bytes_ += bytes;
  line_ += static_cast<int>(std::count(bytes.begin(), bytes.end(), '\n'));
}

void ExampleFile::AddRow(std::string_view bytes, const Expectation& expectation) {
  rows_.push_back({.line = line_, .expectation = expectation, .remark = false});
  Write(bytes);
}

void ExampleFile::ExpectRemark(std::string_view reason, std::string_view column) {
  rows_.push_back({.line = line_, .expectation = Skipped(reason, column), .remark = true});
}

std::string ExampleFile::ExpectedName() const {
  return name_.substr(0, name_.rfind('.')) + ".expected.json";
}

std::string ExampleFile::ExpectedJson() const {
  ordered_json expected = {{"file", name_}, {"format", format_}, {"encoding", encoding_}};
  if (!import_first_.empty()) expected["import_first"] = import_first_;
  for (const bool second : {false, true}) {
    ordered_json counts = {{"rows", 0},     {"created", 0},  {"updated", 0}, {"unchanged", 0},
                           {"outdated", 0}, {"rejected", 0}, {"skipped", 0}};
    ordered_json results = ordered_json::array();
    for (const Row& row : rows_) {
      const Expectation& expect = row.expectation;
      const Outcome outcome = second ? expect.second : expect.first;
      if (!row.remark) {
        counts["rows"] = counts["rows"].get<int>() + 1;
        ordered_json& count = counts[std::string(CountOf(outcome))];
        count = count.get<int>() + 1;
      }
      if (!IsListed(outcome)) continue;
      const bool differs = second && !expect.second_reason.empty();
      results.push_back({{"line", row.line},
                         {"outcome", NameOf(outcome)},
                         {"reason", differs ? expect.second_reason : expect.reason},
                         {"column", differs ? expect.second_column : expect.column}});
    }
    expected[second ? "second_import" : "first_import"] = {{"counts", counts},
                                                           {"results", results}};
  }
  return expected.dump(2) + "\n";
}

}  // namespace navo::examples
