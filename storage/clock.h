// Time and randomness as values handed in at assembly. Nothing else in the tree asks the machine
// for either, so a test owns both (tests/support/fake_clock.h).
#ifndef NAVO_STORAGE_CLOCK_H_
#define NAVO_STORAGE_CLOCK_H_

#include <cstddef>
#include <span>
#include <string>

#include "absl/time/time.h"

namespace navo::storage {

// What time it is. Implementations may be called from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() = 0;
};

// Unpredictable bytes. Implementations may be called from any thread.
class Random {
 public:
  virtual ~Random() = default;
  virtual void Fill(std::span<std::byte> bytes) = 0;

  // A version 4 UUID as lower-case text. Not time-ordered on purpose: an id that told when it was
  // made would tell when the other side first met the person.
  std::string Uuid();
};

class SystemClock final : public Clock {
 public:
  absl::Time Now() override;
};

// OpenSSL's generator. Stops the process when the machine has no entropy to give: ids, nonces and
// keys made without it would be worse than no answer.
class SystemRandom final : public Random {
 public:
  void Fill(std::span<std::byte> bytes) override;
};

}  // namespace navo::storage

#endif  // NAVO_STORAGE_CLOCK_H_
