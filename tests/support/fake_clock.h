// Time and randomness a test decides. Both may be used from any thread.
#ifndef NAVO_TESTS_SUPPORT_FAKE_CLOCK_H_
#define NAVO_TESTS_SUPPORT_FAKE_CLOCK_H_

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <random>
#include <span>

#include "absl/time/time.h"
#include "storage/clock.h"

namespace navo::support {

// Stands still until told otherwise. Starts on Monday 2 November 2026, 09:00 in Oslo.
class FakeClock final : public storage::Clock {
 public:
  FakeClock() : FakeClock(absl::FromUnixSeconds(1'793'606'400)) {}
  explicit FakeClock(absl::Time now) : now_(now) {}

  absl::Time Now() override {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  void Set(absl::Time now) {
    const std::lock_guard lock(mutex_);
    now_ = now;
  }
  void Advance(absl::Duration by) {
    const std::lock_guard lock(mutex_);
    now_ += by;
  }

 private:
  std::mutex mutex_;
  absl::Time now_;
};

// The same bytes for the same seed and order of calls.
class SeededRandom final : public storage::Random {
 public:
  explicit SeededRandom(std::uint64_t seed = 1) : engine_(seed) {}

  void Fill(std::span<std::byte> bytes) override {
    const std::lock_guard lock(mutex_);
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(engine_() & 0xff);
  }

 private:
  std::mutex mutex_;
  std::mt19937_64 engine_;
};

}  // namespace navo::support

#endif  // NAVO_TESTS_SUPPORT_FAKE_CLOCK_H_
