#include "storage/clock.h"

#include <openssl/rand.h>

#include <array>
#include <cstdlib>

#include "absl/time/clock.h"

namespace navo::storage {

std::string Random::Uuid() {
  constexpr char kDigits[] = "0123456789abcdef";
  std::array<std::byte, 16> bytes;
  Fill(bytes);
  bytes[6] = (bytes[6] & std::byte{0x0f}) | std::byte{0x40};  // version 4
  bytes[8] = (bytes[8] & std::byte{0x3f}) | std::byte{0x80};  // RFC 4122 variant
  std::string text;
  text.reserve(36);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text.push_back('-');
    const auto value = std::to_integer<unsigned>(bytes[i]);
    text.push_back(kDigits[value >> 4]);
    text.push_back(kDigits[value & 0x0f]);
  }
  return text;
}

absl::Time SystemClock::Now() { return absl::Now(); }

void SystemRandom::Fill(std::span<std::byte> bytes) {
  if (bytes.empty()) return;
  auto* data = reinterpret_cast<unsigned char*>(bytes.data());
  if (RAND_bytes(data, static_cast<int>(bytes.size())) != 1) std::abort();
}

}  // namespace navo::storage
