#ifndef NAVO_STORAGE_UUID_H_
#define NAVO_STORAGE_UUID_H_

#include <optional>
#include <string>
#include <string_view>

// UUIDs are text at the edge and 16 bytes in rows.
namespace navo::storage {

// The 16 bytes of a UUID in canonical text (8-4-4-4-12, lower or upper case); nullopt for anything
// else.
std::optional<std::string> UuidBytes(std::string_view text);

// The canonical lower-case text of 16 bytes; empty for any other length.
std::string UuidText(std::string_view bytes);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_UUID_H_
