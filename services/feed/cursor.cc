#include "services/feed/cursor.h"

#include <cstddef>

namespace navo::services {
namespace {

constexpr size_t kNumberBytes = 8;
constexpr size_t kNumbers = 3 + 2 * storage::kParticipantStreams;

void Put(std::string& out, int64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(static_cast<uint64_t>(number) >> shift));
  }
}

int64_t Take(std::string_view& bytes) {
  uint64_t number = 0;
  for (const char byte : bytes.substr(0, kNumberBytes)) {
    number = number << 8 | static_cast<unsigned char>(byte);
  }
  bytes.remove_prefix(kNumberBytes);
  return static_cast<int64_t>(number);
}

}  // namespace

std::string EncodeCursor(const FeedCursor& cursor) {
  std::string plain;
  plain.reserve(kNumbers * kNumberBytes);
  Put(plain, cursor.roles);
  Put(plain, cursor.follows);
  Put(plain, cursor.day);
  for (const int64_t seq : cursor.access) Put(plain, seq);
  for (const int64_t seq : cursor.changes) Put(plain, seq);
  return plain;
}

std::optional<FeedCursor> DecodeCursor(std::string_view plain) {
  if (plain.size() != kNumbers * kNumberBytes) return std::nullopt;
  FeedCursor cursor;
  cursor.roles = Take(plain);
  cursor.follows = Take(plain);
  cursor.day = Take(plain);
  for (int64_t& seq : cursor.access) seq = Take(plain);
  for (int64_t& seq : cursor.changes) seq = Take(plain);
  return cursor;
}

}  // namespace navo::services
