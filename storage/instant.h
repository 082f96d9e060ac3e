#ifndef NAVO_STORAGE_INSTANT_H_
#define NAVO_STORAGE_INSTANT_H_

#include <cstdint>

#include "google/protobuf/timestamp.pb.h"

// Microseconds UTC, as columns hold an instant, and the message of the API, which has seconds and
// nanoseconds. Pure; instants before 1970 have negative microseconds and whole positive nanos, as
// the message demands.
namespace navo::storage {

inline void SetInstant(int64_t time_us, google::protobuf::Timestamp* instant) {
  constexpr int64_t kSecondUs = 1'000'000;
  const int64_t left_us = (time_us % kSecondUs + kSecondUs) % kSecondUs;
  instant->set_seconds((time_us - left_us) / kSecondUs);
  instant->set_nanos(static_cast<int32_t>(left_us) * 1'000);
}

inline int64_t MicrosOf(const google::protobuf::Timestamp& instant) {
  return instant.seconds() * 1'000'000 + instant.nanos() / 1'000;
}

}  // namespace navo::storage

#endif  // NAVO_STORAGE_INSTANT_H_
