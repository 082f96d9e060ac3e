#include "storage/clock.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
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

namespace {

void Draw(std::span<std::byte> bytes) {
  auto* data = reinterpret_cast<unsigned char*>(bytes.data());
  if (RAND_bytes(data, static_cast<int>(bytes.size())) != 1) std::abort();
}

// Drawing costs the same for a few bytes as for many. No byte is given twice (no process of ours
// goes on after a fork), and none stays after it was given.
class Drawn {
 public:
  void Give(std::span<std::byte> bytes) {
    if (bytes.size() > left_.size()) {
      Draw(bytes_);
      left_ = bytes_;
    }
    const std::span<std::byte> given = left_.first(bytes.size());
    std::copy(given.begin(), given.end(), bytes.begin());
    OPENSSL_cleanse(given.data(), given.size());
    left_ = left_.subspan(bytes.size());
  }

 private:
  std::array<std::byte, 1024> bytes_;
  std::span<std::byte> left_;
};

}  // namespace

void SystemRandom::Fill(std::span<std::byte> bytes) {
  constexpr std::size_t kFewBytes = 32;
  thread_local Drawn drawn;
  if (bytes.size() <= kFewBytes) return drawn.Give(bytes);
  Draw(bytes);
}

}  // namespace navo::storage
