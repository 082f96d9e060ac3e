#ifndef NAVO_STORAGE_STATUS_MACROS_H_
#define NAVO_STORAGE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Errors are values; these two keep the path of success readable. Abseil has no such macros itself.

// Returns from the enclosing function when `expression`, an absl::Status, is not OK.
#define NAVO_RETURN_IF_ERROR(expression)                                \
  do {                                                                  \
    if (absl::Status navo_status_ = (expression); !navo_status_.ok()) { \
      return navo_status_;                                              \
    }                                                                   \
  } while (false)

#define NAVO_MACRO_JOIN_INNER(left, right) left##right
#define NAVO_MACRO_JOIN(left, right) NAVO_MACRO_JOIN_INNER(left, right)

// Declares or assigns `target` from `expression`, an absl::StatusOr, or returns its status.
#define NAVO_ASSIGN_OR_RETURN(target, expression) \
  NAVO_ASSIGN_OR_RETURN_IMPL(NAVO_MACRO_JOIN(navo_result_, __LINE__), target, expression)
// `target` may be a declaration, which parentheses would break.
// NOLINTBEGIN(bugprone-macro-parentheses)
#define NAVO_ASSIGN_OR_RETURN_IMPL(result, target, expression) \
  auto result = (expression);                                  \
  if (!result.ok()) return std::move(result).status();         \
  target = *std::move(result)
// NOLINTEND(bugprone-macro-parentheses)

#endif  // NAVO_STORAGE_STATUS_MACROS_H_
