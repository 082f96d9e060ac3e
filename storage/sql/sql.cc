#include "storage/sql/sql.h"

#include <optional>

#include "absl/strings/cord.h"

namespace navo::storage {
namespace {

// Payloads of absl::Status: the error as one letter, the constraint's columns as text.
constexpr char kErrorUrl[] = "navo.storage/sql_error";
constexpr char kConstraintUrl[] = "navo.storage/sql_constraint";

struct Meaning {
  absl::StatusCode code;
  const char* message;
};

Meaning MeaningOf(SqlError error) {
  switch (error) {
    case SqlError::kNone:
      return {absl::StatusCode::kOk, ""};
    case SqlError::kUniqueViolation:
      return {absl::StatusCode::kAlreadyExists, "storage: there is a row with this key"};
    case SqlError::kForeignKey:
      return {absl::StatusCode::kFailedPrecondition,
              "storage: a row this one refers to is missing"};
    case SqlError::kNotNull:
      return {absl::StatusCode::kInternal, "storage: a required column is missing"};
    case SqlError::kCheck:
      return {absl::StatusCode::kInternal, "storage: a column's check does not hold"};
    case SqlError::kBusy:
      return {absl::StatusCode::kUnavailable, "storage: the database is busy"};
    case SqlError::kFull:
      return {absl::StatusCode::kUnavailable, "storage: the disk is full"};
    case SqlError::kIo:
      return {absl::StatusCode::kUnavailable, "storage: the disk failed"};
    case SqlError::kCorrupt:
      return {absl::StatusCode::kDataLoss, "storage: the database is damaged"};
    case SqlError::kReadOnly:
      return {absl::StatusCode::kFailedPrecondition, "storage: the database is read-only"};
    case SqlError::kNoMemory:
      return {absl::StatusCode::kResourceExhausted, "storage: out of memory"};
    case SqlError::kBudget:
      return {absl::StatusCode::kResourceExhausted, "storage: too many statements"};
    case SqlError::kOther:
      break;
  }
  return {absl::StatusCode::kInternal, "storage: a statement failed"};
}

}  // namespace

SqlError SqlErrorOf(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kErrorUrl);
  if (!payload.has_value() || payload->size() != 1) return SqlError::kNone;
  return static_cast<SqlError>((*payload)[0] - 'a');
}

std::string SqlConstraintOf(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kConstraintUrl);
  return payload.has_value() ? std::string(*payload) : std::string();
}

absl::Status MakeSqlError(SqlError error, std::string_view constraint) {
  const Meaning meaning = MeaningOf(error);
  absl::Status status(meaning.code, meaning.message);
  if (status.ok()) return status;
  const char letter = static_cast<char>('a' + static_cast<int>(error));
  status.SetPayload(kErrorUrl, absl::Cord(std::string(1, letter)));
  if (!constraint.empty()) status.SetPayload(kConstraintUrl, absl::Cord(std::string(constraint)));
  return status;
}

}  // namespace navo::storage
