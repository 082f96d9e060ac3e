#include "tests/access/policy_matrix.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/domain/absl_view.h"
#include "storage/status_macros.h"

namespace navo::access {
namespace {

using Words = std::vector<std::string>;

absl::Status Wrong(int number, const std::string& what) {
  return absl::InvalidArgumentError(absl::StrCat("line ", number, ": ", what));
}

bool Contains(const Words& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

absl::StatusOr<MatrixLine> ParseLine(int number, const std::string& line,
                                     const MatrixTable& table) {
  const std::pair<std::string, std::string> sides = absl::StrSplit(line, absl::MaxSplits("->", 1));
  const Words patterns =
      absl::StrSplit(sides.first, absl::ByAnyChar(" \t"), absl::SkipWhitespace());
  MatrixLine parsed;
  parsed.number = number;
  parsed.outcome = std::string(absl::StripAsciiWhitespace(sides.second));
  if (patterns.size() != table.dimensions.size()) {
    return Wrong(number, absl::StrCat("needs ", table.dimensions.size(), " columns"));
  }
  for (size_t i = 0; i < patterns.size(); ++i) {
    Words values;
    if (patterns[i] != "*") values = absl::StrSplit(patterns[i], '|');
    for (const std::string& value : values) {
      if (Contains(table.dimensions[i].values, value)) continue;
      return Wrong(number, value + " is no value of " + table.dimensions[i].name);
    }
    parsed.patterns.push_back(std::move(values));
  }
  return parsed;
}

// A line goes on with the values of the one before when it names the same dimension.
void AddDimension(const Words& words, MatrixTable& table) {
  if (table.dimensions.empty() || table.dimensions.back().name != words[1]) {
    table.dimensions.push_back({words[1], {}});
  }
  Words& values = table.dimensions.back().values;
  values.insert(values.end(), words.begin() + 2, words.end());
}

void Visit(const MatrixTable& table, Combination& combination,
           const std::function<void(const Combination&)>& fn) {
  if (combination.size() == table.dimensions.size()) return fn(combination);
  for (const std::string& value : table.dimensions[combination.size()].values) {
    combination.push_back(value);
    Visit(table, combination, fn);
    combination.pop_back();
  }
}

}  // namespace

const MatrixLine* MatrixTable::Decide(const Combination& combination) const {
  for (const MatrixLine& line : lines) {
    bool fits = true;
    for (size_t i = 0; i < combination.size() && fits; ++i) {
      fits = line.patterns[i].empty() || Contains(line.patterns[i], combination[i]);
    }
    if (fits) return &line;
  }
  return nullptr;
}

void MatrixTable::ForEach(const std::function<void(const Combination&)>& fn) const {
  Combination combination;
  Visit(*this, combination, fn);
}

absl::StatusOr<std::map<std::string, MatrixTable>> ParseMatrix(std::string_view text) {
  std::map<std::string, MatrixTable> tables;
  MatrixTable* table = nullptr;
  int number = 0;
  const Words lines = absl::StrSplit(domain::AbslView(text), '\n');
  for (const std::string& line : lines) {
    ++number;
    Words words = absl::StrSplit(line, absl::ByAnyChar(" \t"), absl::SkipWhitespace());
    if (words.empty() || words[0][0] == '#') continue;
    if (words[0] == "table" && words.size() == 2) {
      table = &tables[words[1]];
      table->name = words[1];
    } else if (table == nullptr) {
      return Wrong(number, "stands before the first table");
    } else if (words[0] == "dimension" && words.size() > 2) {
      AddDimension(words, *table);
    } else {
      NAVO_ASSIGN_OR_RETURN(MatrixLine parsed, ParseLine(number, line, *table));
      table->lines.push_back(std::move(parsed));
    }
  }
  return tables;
}

}  // namespace navo::access
