#ifndef NAVO_STORAGE_SQL_SQLITE_H_
#define NAVO_STORAGE_SQL_SQLITE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "storage/sql/sql.h"

namespace navo::storage {

// "NAVO": what tells our file from any other SQLite file, at a fixed place of its header.
inline constexpr uint32_t kSqliteApplicationId = 0x4E41564F;

struct SqliteOptions {
  bool read_only = false;
  bool durable = true;  // false: a power cut may lose commits (databases for tests)
  int64_t cache_bytes = 2 << 20;
  int64_t mmap_bytes = 0;
  int64_t checkpoint_pages = 4000;
  int64_t max_pages = 0;  // > 0: the file's largest size
};

// Opens an existing file (which may be empty). Nothing is read or changed yet, and closing does not
// change the file either until AcceptSqlite was called.
absl::StatusOr<std::unique_ptr<Connection>> OpenSqlite(const std::string& path,
                                                       const SqliteOptions& options);

// Looks at the file as far as a start has time for: the whole of a small one, the schema of a large
// one. DATA_LOSS when it is damaged.
absl::Status CheckSqlite(Connection& connection);

// Switches the file to the write-ahead log; from here on it is ours to change.
absl::Status AcceptSqlite(Connection& connection);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_SQL_SQLITE_H_
