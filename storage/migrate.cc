#include "storage/migrate.h"

#include <cstdint>
#include <limits>

#include "absl/strings/str_cat.h"
#include "storage/store_options.h"
#include "storage/tx.h"

namespace navo::storage {
namespace {

constexpr Sql kReadMeta("SELECT schema_version, database_id FROM meta WHERE meta_key = 1");
constexpr Sql kAddMeta(
    "INSERT INTO meta (meta_key, schema_version, database_id) VALUES (1, $1, $2)");
constexpr Sql kSetVersion("UPDATE meta SET schema_version = $1 WHERE meta_key = 1");

constexpr char kMetaTable[] =
    "CREATE TABLE meta (meta_key ROWKEY, schema_version BIGINT NOT NULL,"
    " database_id TEXT NOT NULL)";

using Work = absl::FunctionRef<absl::Status(WriteTx&)>;

absl::Status InTransaction(Connection& connection, Work work) {
  if (absl::Status status = connection.Begin(true); !status.ok()) return status;
  WriteTx::Buffers buffers;
  WriteTx tx(connection, absl::UnixEpoch(), std::numeric_limits<int64_t>::max(), true, buffers);
  absl::Status status = work(tx);
  if (status.ok()) status = tx.Run("COMMIT", {});
  if (!status.ok() && !connection.Autocommit()) tx.Run("ROLLBACK", {}).IgnoreError();
  return status;
}

absl::Status RunFile(Connection& connection, const SchemaFile& file) {
  absl::Status status = connection.Script(std::string(file.text));
  if (status.ok()) return status;
  return absl::InternalError(
      absl::StrCat("schema file ", std::string(file.name), ": ", SqlConstraintOf(status)));
}

}  // namespace

absl::StatusOr<DatabaseMeta> ReadMeta(Connection& connection, absl::Span<const SchemaFile> schema) {
  DatabaseMeta meta;
  ReadTx tx(connection, absl::UnixEpoch(), 1);
  absl::StatusOr<bool> found = tx.First(kReadMeta, {}, [&meta](const Row& row) {
    meta.schema_version = row.Int64(0);
    meta.database_id = row.Text(1);
  });
  if (!found.ok() || !*found || meta.schema_version < 1) {
    return StoreRefusal(absl::StatusCode::kDataLoss, "DAMAGED", "the database has no description");
  }
  if (meta.schema_version > schema.back().version) {
    return StoreRefusal(absl::StatusCode::kFailedPrecondition, "SCHEMA_NEWER",
                        absl::StrCat("the database has schema ", meta.schema_version,
                                     ", this program knows ", schema.back().version));
  }
  return meta;
}

absl::Status CreateSchema(Connection& connection, absl::Span<const SchemaFile> schema,
                          Random& random) {
  return InTransaction(connection, [&](WriteTx& tx) -> absl::Status {
    if (absl::Status status = connection.MarkAsOurs(); !status.ok()) return status;
    if (absl::Status status = connection.Script(kMetaTable); !status.ok()) return status;
    for (const SchemaFile& file : schema) {
      if (absl::Status status = RunFile(connection, file); !status.ok()) return status;
    }
    return tx.Run(kAddMeta, {schema.back().version, random.Uuid()});
  });
}

absl::Status MigrateSchema(Connection& connection, absl::Span<const SchemaFile> schema,
                           int64_t version) {
  for (const SchemaFile& file : schema) {
    if (file.version <= version) continue;
    absl::Status status = InTransaction(connection, [&](WriteTx& tx) -> absl::Status {
      if (absl::Status ran = RunFile(connection, file); !ran.ok()) return ran;
      return tx.Run(kSetVersion, {file.version});
    });
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace navo::storage
