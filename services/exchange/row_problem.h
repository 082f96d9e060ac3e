// Why one row of a file was not taken in. It stops that row only, never the file.
//
// A plain value: any thread. Nothing in it ever holds a value of the row: the column is a name of
// the format, the advice a fixed sentence.
#ifndef NAVO_SERVICES_EXCHANGE_ROW_PROBLEM_H_
#define NAVO_SERVICES_EXCHANGE_ROW_PROBLEM_H_

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "absl/status/status.h"

namespace navo::services {

struct RowProblem {
  std::string_view reason;  // one of domain::row_reason
  std::string column;       // field of the format, "status.type"; empty when the row is meant
  std::string_view advice;  // what to do, a sentence in English
  // The row is not a message of this format at all. A file of nothing else is refused whole.
  bool foreign = false;
};

// A problem with the usual advice for the reason. The caller may pass a better sentence; it must be
// a literal.
RowProblem MakeProblem(std::string_view reason, std::string_view column,
                       std::string_view advice = {});

// The problem for a status of domain::NationalIdentityNumber::Parse: INVALID_IDENT or
// UNSUPPORTED_IDENT.
RowProblem IdentProblem(const absl::Status& status, std::string_view column);

// What parsing a row gives: the typed value, or the first problem in the order of the format.
template <typename T>
using Parsed = std::variant<T, RowProblem>;

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_ROW_PROBLEM_H_
