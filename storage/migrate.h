#ifndef NAVO_STORAGE_MIGRATE_H_
#define NAVO_STORAGE_MIGRATE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "storage/clock.h"
#include "storage/schema/schema.h"
#include "storage/sql/sql.h"

namespace navo::storage {

// What the database says about itself.
struct DatabaseMeta {
  int64_t schema_version = 0;
  std::string database_id;
};

// DATA_LOSS DAMAGED when it is not there; FAILED_PRECONDITION SCHEMA_NEWER when the database was
// written by a newer program than `schema` belongs to.
absl::StatusOr<DatabaseMeta> ReadMeta(Connection& connection, absl::Span<const SchemaFile> schema);

// Fills an empty database, all files in one transaction.
absl::Status CreateSchema(Connection& connection, absl::Span<const SchemaFile> schema,
                          Random& random);

// Runs the files after `version`, each in a transaction of its own: a file that fails changes
// nothing, and the ones before it stay.
absl::Status MigrateSchema(Connection& connection, absl::Span<const SchemaFile> schema,
                           int64_t version);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_MIGRATE_H_
