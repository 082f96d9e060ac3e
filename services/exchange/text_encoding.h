// What bytes a file is written in, and how they become UTF-8.
//
// Pure; any thread. Every record is decoded on its own: both encodings keep line ends, separators
// and quotes as single ASCII bytes, so records can be cut from the raw bytes.
#ifndef NAVO_SERVICES_EXCHANGE_TEXT_ENCODING_H_
#define NAVO_SERVICES_EXCHANGE_TEXT_ENCODING_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace navo::services {

// Windows-1252 holds the printable part of ISO-8859-1 unchanged.
enum class FileEncoding { kUtf8, kWindows1252 };

// The first bytes that LengthOfByteOrderMark looks at.
inline constexpr std::size_t kSignatureBytes = 4;

// How many bytes at the start of a file are a UTF-8 byte order mark: 0 or 3. `first_bytes` holds
// the first kSignatureBytes of the file, or all of a shorter one. Errors: INVALID_ARGUMENT
// FORMAT_UNKNOWN for UTF-16 and UTF-32, with and without a mark, and for a UTF-8 mark in a file
// that is declared to be in another encoding: its names would be read wrongly without anybody
// noticing.
absl::StatusOr<std::size_t> LengthOfByteOrderMark(std::string_view first_bytes,
                                                  FileEncoding declared);

// The record as UTF-8, or nullopt when its bytes are not text in the declared encoding.
std::optional<std::string> DecodeRecord(std::string_view record, FileEncoding encoding);

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_TEXT_ENCODING_H_
