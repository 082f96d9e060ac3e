#include "services/door/miss_limit.h"

namespace navo::door {

absl::Duration MissLimit::Wait(int64_t principal_key, absl::Time now) {
  const std::scoped_lock lock(mutex_);
  const auto it = misses_.find(principal_key);
  if (it == misses_.end()) return absl::ZeroDuration();
  std::deque<absl::Time>& misses = it->second;
  while (!misses.empty() && misses.front() + kWindow <= now) misses.pop_front();
  if (misses.empty()) {
    misses_.erase(it);
    return absl::ZeroDuration();
  }
  if (misses.size() < kMisses) return absl::ZeroDuration();
  return misses.front() + kWindow - now;
}

void MissLimit::Count(int64_t principal_key, absl::Time now) {
  const std::scoped_lock lock(mutex_);
  std::deque<absl::Time>& misses = misses_[principal_key];
  misses.push_back(now);
  if (misses.size() > kMisses) misses.pop_front();
}

}  // namespace navo::door
