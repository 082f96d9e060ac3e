#ifndef NAVO_STORAGE_DISK_SPACE_H_
#define NAVO_STORAGE_DISK_SPACE_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/time/time.h"

namespace navo::storage {

enum class DiskState { kEnough, kBelowReserve, kNothingLeft };

// How much room the database's file system has. One thread.
class DiskSpace {
 public:
  // `free_bytes` asks instead of the file system when it is set.
  DiskSpace(std::string path, int64_t reserve_bytes, std::function<int64_t()> free_bytes)
      : path_(std::move(path)), reserve_bytes_(reserve_bytes), free_bytes_(std::move(free_bytes)) {}

  // Looks at most every 100 ms.
  DiskState Look(absl::Time now);

 private:
  int64_t FreeBytes() const;

  const std::string path_;
  const int64_t reserve_bytes_;
  const std::function<int64_t()> free_bytes_;
  absl::Time looked_ = absl::InfinitePast();
  DiskState state_ = DiskState::kEnough;
};

}  // namespace navo::storage

#endif  // NAVO_STORAGE_DISK_SPACE_H_
