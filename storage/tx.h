#ifndef NAVO_STORAGE_TX_H_
#define NAVO_STORAGE_TX_H_

#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/access_log.h"
#include "storage/journal.h"
#include "storage/sql/sql.h"

namespace navo::storage {

// A snapshot of the database, for as long as one closure runs. Made by Store, never kept, one
// thread. Rows of one call must not run the same literal again inside the callback.
class ReadTx {
 public:
  ReadTx(Connection& connection, absl::Time now, int64_t statement_budget)
      : connection_(connection), now_(now), statement_budget_(statement_budget) {}
  ReadTx(const ReadTx&) = delete;
  ReadTx& operator=(const ReadTx&) = delete;

  // Calls `fn(const Row&)` for each row, in the order of the statement. `fn` returns nothing or
  // an absl::Status; the first error ends the reading and is returned.
  template <typename Fn>
  absl::Status Each(Sql sql, Values values, Fn&& fn) {
    if constexpr (std::is_void_v<std::invoke_result_t<Fn&, const Row&>>) {
      auto with_status = [&fn](const Row& row) {
        fn(row);
        return absl::OkStatus();
      };
      return EachRow(sql, values, with_status);
    } else {
      return EachRow(sql, values, fn);
    }
  }

  // Calls `fn(const Row&)` for the first row only. True when there was one.
  template <typename Fn>
  absl::StatusOr<bool> First(Sql sql, Values values, Fn&& fn) {
    if constexpr (std::is_void_v<std::invoke_result_t<Fn&, const Row&>>) {
      auto with_status = [&fn](const Row& row) {
        fn(row);
        return absl::OkStatus();
      };
      return FirstRow(sql, values, with_status);
    } else {
      return FirstRow(sql, values, fn);
    }
  }

  // True when the statement has a row.
  absl::StatusOr<bool> Any(Sql sql, Values values);
  // The first column of the first row; nullopt when there is no row or it is NULL.
  absl::StatusOr<std::optional<int64_t>> Number(Sql sql, Values values);

  // One time for the whole closure.
  absl::Time now() const { return now_; }
  int64_t now_us() const { return absl::ToUnixMicros(now_); }
  // How many statements were run so far: the measure of a method's cost.
  int64_t statements() const { return statements_; }

 protected:
  absl::Status Spend();
  Connection& connection_;

 private:
  using RowFn = absl::FunctionRef<absl::Status(const Row&)>;
  absl::Status EachRow(Sql sql, Values values, RowFn fn);
  absl::StatusOr<bool> FirstRow(Sql sql, Values values, RowFn fn);

  const absl::Time now_;
  const int64_t statement_budget_;
  int64_t statements_ = 0;
};

// A transaction that may write; reads in it see its own writes and those of the closures that ran
// before it in the same commit. It may be run again after the engine rolled back, so a closure has
// no effect outside of it before `done`.
class WriteTx : public ReadTx {
 public:
  // The buffers belong to the writer, so that a closure costs no allocation of its own.
  struct Buffers {
    std::vector<AccessLogRow> log;      // of the whole group
    std::vector<JournalEntry> journal;  // of this closure
  };
  WriteTx(Connection& connection, absl::Time now, int64_t statement_budget, bool may_write,
          Buffers& buffers)
      : ReadTx(connection, now, statement_budget), may_write_(may_write), buffers_(buffers) {}

  // INSERT, UPDATE or DELETE without a result. ALREADY_EXISTS (kUniqueViolation) and the other
  // errors of SqlError; after such an error the closure may go on: only that statement is undone.
  absl::Status Run(Sql sql, Values values);
  // INSERT ... RETURNING <row key>: the key. With ON CONFLICT DO NOTHING and a conflict: NOT_FOUND.
  absl::StatusOr<int64_t> Insert(Sql sql, Values values);
  // Rows changed by the last Run: 0 after an UPDATE whose WHERE met nothing (a stale version).
  int64_t changes() const { return changes_; }

  // Puts a row in the access log when the closure ends. Dropped when the closure is rolled back;
  // rows of the closure's `after_rollback` take their place.
  void Log(AccessLogRow row) {
    row.time_us = now_us();
    buffers_.log.push_back(row);
  }
  // Puts a change in the journal, numbered when the closure ends. Dropped with the closure.
  void Journal(JournalEntry entry) { buffers_.journal.push_back(std::move(entry)); }

  // What this closure has handed in for the journal so far.
  const std::vector<JournalEntry>& journal() const { return buffers_.journal; }

 private:
  absl::Status MayWrite() const;

  const bool may_write_;
  int64_t changes_ = 0;
  Buffers& buffers_;
};

}  // namespace navo::storage

#endif  // NAVO_STORAGE_TX_H_
