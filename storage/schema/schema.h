#ifndef NAVO_STORAGE_SCHEMA_SCHEMA_H_
#define NAVO_STORAGE_SCHEMA_SCHEMA_H_

#include <string_view>

#include "absl/types/span.h"

namespace navo::storage {

// One numbered file NNNN_name.sql, built into the program. ROWKEY in its text stands for the row
// key's type, which is the one thing the engines spell differently.
struct SchemaFile {
  int version;
  std::string_view name;
  std::string_view text;
};

// All files, by version: 1, 2, 3 ...
absl::Span<const SchemaFile> SchemaFiles();

}  // namespace navo::storage

#endif  // NAVO_STORAGE_SCHEMA_SCHEMA_H_
