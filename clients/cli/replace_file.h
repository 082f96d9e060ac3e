// Small files of one's own that must never be half written.
#ifndef NAVO_CLIENTS_CLI_REPLACE_FILE_H_
#define NAVO_CLIENTS_CLI_REPLACE_FILE_H_

#include <string>

#include "absl/status/status.h"

namespace navo::cli {

// Written beside and renamed: whoever reads sees the old file or the new one, whole, also after a
// power cut. Only the owner can read it; folders on the way are made. FAILED_PRECONDITION with the
// system's reason.
absl::Status ReplaceFile(const std::string& path, const std::string& content);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_REPLACE_FILE_H_
