#include "services/domain/wire.h"

namespace navo::domain {
namespace {

constexpr uint64_t kVarint = 0;
constexpr uint64_t kLengthDelimited = 2;

void AppendVarint(uint64_t value, std::string& message) {
  for (; value >= 0x80; value >>= 7) message.push_back(static_cast<char>(value | 0x80));
  message.push_back(static_cast<char>(value));
}

uint64_t Tag(int number, uint64_t type) { return static_cast<uint64_t>(number) << 3 | type; }

}  // namespace

void AppendBytes(int number, std::string_view content, std::string& message) {
  if (content.empty()) return;
  AppendVarint(Tag(number, kLengthDelimited), message);
  AppendVarint(content.size(), message);
  message.append(content);
}

void AppendNumber(int number, uint64_t value, std::string& message) {
  if (value == 0) return;
  AppendVarint(Tag(number, kVarint), message);
  AppendVarint(value, message);
}

}  // namespace navo::domain
