// Small files that are read and written whole: key files, key sets, configuration. Errors name the
// path and the operating system's reason, for the operator at start; they are not meant for a
// client.
#ifndef NAVO_STORAGE_PRIVATE_FILE_H_
#define NAVO_STORAGE_PRIVATE_FILE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace navo::storage {

// NOT_FOUND when there is no such file, INVALID_ARGUMENT when it is longer than `max_bytes` or no
// regular file, else FAILED_PRECONDITION with the system's reason.
absl::StatusOr<std::string> ReadSmallFile(const std::string& path, std::size_t max_bytes);

// The same, and PERMISSION_DENIED when anybody but the owner may read or write the file.
absl::StatusOr<std::string> ReadPrivateFile(const std::string& path, std::size_t max_bytes);

// Makes a file only the owner can read, and returns when it is durable. ALREADY_EXISTS when
// something is there: a key is never overwritten. A file that could not be written whole is removed
// again.
absl::Status CreatePrivateFile(const std::string& path, std::string_view content);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_PRIVATE_FILE_H_
