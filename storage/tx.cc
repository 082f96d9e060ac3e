#include "storage/tx.h"

namespace navo::storage {
namespace {

// A kept statement in use, given back at the end of the scope however that is reached.
class Running {
 public:
  explicit Running(absl::StatusOr<Statement*> statement) : statement_(std::move(statement)) {}
  ~Running() {
    if (statement_.ok()) (*statement_)->Reset();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  absl::Status Bind(Values values) {
    return statement_.ok() ? (*statement_)->Bind(values) : statement_.status();
  }
  absl::StatusOr<const Row*> Step() { return (*statement_)->Step(); }

 private:
  absl::StatusOr<Statement*> statement_;
};

}  // namespace

absl::Status ReadTx::Spend() {
  if (statements_ >= statement_budget_) return MakeSqlError(SqlError::kBudget);
  ++statements_;
  return absl::OkStatus();
}

absl::Status ReadTx::EachRow(Sql sql, Values values, RowFn fn) {
  if (absl::Status status = Spend(); !status.ok()) return status;
  Running statement(connection_.Prepare(sql));
  if (absl::Status status = statement.Bind(values); !status.ok()) return status;
  while (true) {
    absl::StatusOr<const Row*> row = statement.Step();
    if (!row.ok()) return row.status();
    if (*row == nullptr) return absl::OkStatus();
    if (absl::Status status = fn(**row); !status.ok()) return status;
  }
}

absl::StatusOr<bool> ReadTx::FirstRow(Sql sql, Values values, RowFn fn) {
  if (absl::Status status = Spend(); !status.ok()) return status;
  Running statement(connection_.Prepare(sql));
  if (absl::Status status = statement.Bind(values); !status.ok()) return status;
  absl::StatusOr<const Row*> row = statement.Step();
  if (!row.ok()) return row.status();
  if (*row == nullptr) return false;
  if (absl::Status status = fn(**row); !status.ok()) return status;
  return true;
}

absl::StatusOr<bool> ReadTx::Any(Sql sql, Values values) {
  return First(sql, values, [](const Row&) {});
}

absl::StatusOr<std::optional<int64_t>> ReadTx::Number(Sql sql, Values values) {
  std::optional<int64_t> number;
  absl::StatusOr<bool> found = First(sql, values, [&number](const Row& row) {
    if (!row.IsNull(0)) number = row.Int64(0);
  });
  if (!found.ok()) return found.status();
  return number;
}

absl::Status WriteTx::MayWrite() const {
  if (may_write_) return absl::OkStatus();
  return absl::InternalError("storage: a closure that only logs tried to write");
}

absl::Status WriteTx::Run(Sql sql, Values values) {
  changes_ = 0;
  if (absl::Status status = MayWrite(); !status.ok()) return status;
  if (absl::Status status = Spend(); !status.ok()) return status;
  Running statement(connection_.Prepare(sql));
  if (absl::Status status = statement.Bind(values); !status.ok()) return status;
  absl::StatusOr<const Row*> row = statement.Step();
  if (!row.ok()) return row.status();
  changes_ = connection_.Changes();
  return absl::OkStatus();
}

absl::StatusOr<int64_t> WriteTx::Insert(Sql sql, Values values) {
  changes_ = 0;
  if (absl::Status status = MayWrite(); !status.ok()) return status;
  if (absl::Status status = Spend(); !status.ok()) return status;
  Running statement(connection_.Prepare(sql));
  if (absl::Status status = statement.Bind(values); !status.ok()) return status;
  absl::StatusOr<const Row*> row = statement.Step();
  if (!row.ok()) return row.status();
  if (*row == nullptr) return absl::NotFoundError("storage: no row was inserted");
  const int64_t key = (*row)->Int64(0);
  changes_ = 1;
  // The row counts as written when its statement has ended.
  absl::StatusOr<const Row*> end = statement.Step();
  if (!end.ok()) return end.status();
  return key;
}

}  // namespace navo::storage
