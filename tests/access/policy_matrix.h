// The policy matrix: tables of text lines that say what is decided for which combination of facts.
#ifndef NAVO_TESTS_ACCESS_POLICY_MATRIX_H_
#define NAVO_TESTS_ACCESS_POLICY_MATRIX_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace navo::access {

struct MatrixDimension {
  std::string name;
  std::vector<std::string> values;
};

struct MatrixLine {
  int number = 0;                                  // in the file, from 1
  std::vector<std::vector<std::string>> patterns;  // by dimension; empty for `*`
  std::string outcome;
};

// One value for each dimension, in their order.
using Combination = std::vector<std::string>;

struct MatrixTable {
  std::string name;
  std::vector<MatrixDimension> dimensions;
  std::vector<MatrixLine> lines;

  // The first line that fits; null when none does.
  const MatrixLine* Decide(const Combination& combination) const;
  void ForEach(const std::function<void(const Combination&)>& fn) const;
};

// INVALID_ARGUMENT naming the line: a pattern that names no value of its dimension, too few or too
// many patterns, a table without dimensions.
absl::StatusOr<std::map<std::string, MatrixTable>> ParseMatrix(std::string_view text);

}  // namespace navo::access

#endif  // NAVO_TESTS_ACCESS_POLICY_MATRIX_H_
