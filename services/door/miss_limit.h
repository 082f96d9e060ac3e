#ifndef NAVO_SERVICES_DOOR_MISS_LIMIT_H_
#define NAVO_SERVICES_DOOR_MISS_LIMIT_H_

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>

#include "absl/time/time.h"

namespace navo::door {

// How many identity numbers one principal may look up in vain: guessing must not pay. Kept in
// memory, per server; the refusals themselves stand in the access log. Any thread.
class MissLimit {
 public:
  static constexpr size_t kMisses = 30;
  static constexpr absl::Duration kWindow = absl::Minutes(10);

  // How long the principal has to wait before the next look-up; zero when it need not.
  absl::Duration Wait(int64_t principal_key, absl::Time now);
  void Count(int64_t principal_key, absl::Time now);

 private:
  std::mutex mutex_;
  std::map<int64_t, std::deque<absl::Time>> misses_;  // of the last kWindow, oldest first
};

}  // namespace navo::door

#endif  // NAVO_SERVICES_DOOR_MISS_LIMIT_H_
