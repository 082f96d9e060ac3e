#include "storage/uuid.h"

#include <cstddef>

namespace navo::storage {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";
constexpr size_t kTextLength = 36;
constexpr size_t kByteLength = 16;

int DigitValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool IsDashPosition(size_t position) {
  return position == 8 || position == 13 || position == 18 || position == 23;
}

}  // namespace

std::optional<std::string> UuidBytes(std::string_view text) {
  if (text.size() != kTextLength) return std::nullopt;
  std::string bytes;
  bytes.reserve(kByteLength);
  int high = -1;
  for (size_t i = 0; i < kTextLength; ++i) {
    if (IsDashPosition(i)) {
      if (text[i] != '-') return std::nullopt;
      continue;
    }
    const int value = DigitValue(text[i]);
    if (value < 0) return std::nullopt;
    if (high < 0) {
      high = value;
    } else {
      bytes.push_back(static_cast<char>(high * 16 + value));
      high = -1;
    }
  }
  return bytes;
}

std::string UuidText(std::string_view bytes) {
  if (bytes.size() != kByteLength) return {};
  std::string text(kTextLength, '-');
  size_t position = 0;
  for (const char byte : bytes) {
    if (IsDashPosition(position)) ++position;
    const auto value = static_cast<unsigned char>(byte);
    text[position++] = kDigits[value >> 4];
    text[position++] = kDigits[value & 15];
  }
  return text;
}

}  // namespace navo::storage
