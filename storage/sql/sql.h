#ifndef NAVO_STORAGE_SQL_SQL_H_
#define NAVO_STORAGE_SQL_SQL_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"

// The seam between storage and a database engine: the only virtual classes of the storage layer.
// One text of SQL serves every engine: `$1` parameters, times as BIGINT microseconds, C collation,
// an ORDER BY on every select of several rows.
namespace navo::storage {

// The text of a statement, from a string literal only: a text built at run time does not compile,
// so no value can ever become SQL. Statements are kept per connection under the literal's address.
// Write `constexpr Sql kFind("SELECT ... WHERE plan_key = $1");` or the literal at the call.
struct Sql {
  template <size_t N>
  consteval Sql(const char (&literal)[N]) : text(literal) {}  // NOLINT: implicit on purpose
  const char* text;
};

// Bytes (BYTEA), as opposed to text. Never owns: what it views must live until the call returns.
struct Blob {
  explicit constexpr Blob(std::string_view value) : bytes(value) {}
  std::string_view bytes;
};

// A bound parameter. `{key, name, Blob(body), nullptr}` converts by itself; an unsigned 64-bit
// value does not (a BIGINT has a sign), nor does a scoped enum.
using Value = std::variant<std::nullptr_t, int64_t, std::string_view, Blob>;
using Values = absl::Span<const Value>;

// One row of a result. Columns count from 0. Views are valid until the callback returns.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool IsNull(int column) const = 0;
  virtual int64_t Int64(int column) const = 0;           // 0 for NULL
  virtual std::string_view Text(int column) const = 0;   // "" for NULL
  virtual std::string_view Bytes(int column) const = 0;  // "" for NULL
};

// A prepared statement of one connection; lives as long as that connection.
class Statement {
 public:
  virtual ~Statement() = default;
  // Binds $1..$n and starts over. The values must stay alive until Reset.
  virtual absl::Status Bind(Values values) = 0;
  // The next row, or null at the end. The row is valid until the next Step or Reset.
  virtual absl::StatusOr<const Row*> Step() = 0;
  // Ends the run and forgets the values. Always called after Bind, also after an error.
  virtual void Reset() = 0;
};

// A connection: one thread at a time.
class Connection {
 public:
  virtual ~Connection() = default;
  // The kept statement of this literal, prepared at its first use. A statement that is in use (a
  // nested run of the same literal) is an INTERNAL error: it is a fault in the caller.
  virtual absl::StatusOr<Statement*> Prepare(Sql sql) = 0;
  // Runs a text of several statements. ROWKEY stands for the engine's row key type, and CLUSTERED
  // behind a table for keeping its rows in the order of the primary key. For schema
  // files and settings only, never for data.
  virtual absl::Status Script(const std::string& text) = 0;
  // Opens a transaction; COMMIT, ROLLBACK and SAVEPOINT are plain statements.
  virtual absl::Status Begin(bool writes) = 0;
  // Rows changed by the last INSERT, UPDATE or DELETE.
  virtual int64_t Changes() const = 0;
  // Rows changed since the connection was opened, also by statements that were undone later.
  virtual int64_t TotalChanges() const = 0;
  // True when no transaction is open; inside a group it means that the engine rolled it back.
  virtual bool Autocommit() const = 0;
  // True when the database has no table yet.
  virtual absl::StatusOr<bool> IsEmpty() = 0;
  // Marks an empty database as one of this program.
  virtual absl::Status MarkAsOurs() = 0;
  // Housekeeping between two commits (for SQLite a checkpoint), and whether it is due. It may be
  // done by another connection, at the same time as commits by this one.
  virtual bool NeedsMaintenance() const = 0;
  virtual absl::Status Maintain() = 0;
};

// What went wrong in the engine, apart from the status code. Texts of the engine never leave it.
enum class SqlError {
  kNone,             // not an error of the engine
  kUniqueViolation,  // ALREADY_EXISTS: somebody has this key; read it and answer accordingly
  kForeignKey,       // FAILED_PRECONDITION
  kNotNull,          // INTERNAL: a fault in our code
  kCheck,            // INTERNAL: a fault in our code
  kBusy,             // UNAVAILABLE
  kFull,             // UNAVAILABLE: the disk is full
  kIo,               // UNAVAILABLE
  kCorrupt,          // DATA_LOSS: the file is damaged
  kReadOnly,         // FAILED_PRECONDITION: written to through a read connection
  kNoMemory,         // RESOURCE_EXHAUSTED
  kBudget,           // RESOURCE_EXHAUSTED: the closure ran more statements than it may
  kOther,            // INTERNAL: a statement that does not compile, and the like
};

// The engine's error in a status, kNone when it is none. Survives copies of the status.
SqlError SqlErrorOf(const absl::Status& status);

// The columns of the violated constraint, "plan.participant_key, plan.controller_key"; "" when
// there is none. For choosing the answer in storage code and for tests; never for a client.
std::string SqlConstraintOf(const absl::Status& status);

// A status that carries `error`; used by the drivers.
absl::Status MakeSqlError(SqlError error, std::string_view constraint = {});

}  // namespace navo::storage

#endif  // NAVO_STORAGE_SQL_SQL_H_
