#include "storage/disk_space.h"

#include <sys/statvfs.h>

#include <limits>

namespace navo::storage {
namespace {

constexpr absl::Duration kLookInterval = absl::Milliseconds(100);

}  // namespace

DiskState DiskSpace::Look(absl::Time now) {
  // A clock that was set back must not keep an old answer.
  if (now >= looked_ && now - looked_ < kLookInterval) return state_;
  looked_ = now;
  const int64_t free_bytes = FreeBytes();
  state_ = free_bytes <= 0               ? DiskState::kNothingLeft
           : free_bytes < reserve_bytes_ ? DiskState::kBelowReserve
                                         : DiskState::kEnough;
  return state_;
}

int64_t DiskSpace::FreeBytes() const {
  if (free_bytes_) return free_bytes_();
  struct statvfs info {};
  // Not knowing is no reason to stop: a full disk then shows in the write itself.
  if (statvfs(path_.c_str(), &info) != 0) return std::numeric_limits<int64_t>::max();
  return static_cast<int64_t>(info.f_bavail) * static_cast<int64_t>(info.f_frsize);
}

}  // namespace navo::storage
