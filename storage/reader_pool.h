#ifndef NAVO_STORAGE_READER_POOL_H_
#define NAVO_STORAGE_READER_POOL_H_

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/sql/sql.h"

namespace navo::storage {

// Read connections, opened when first needed and kept. Thread-safe.
class ReaderPool {
 public:
  using Opener = std::function<absl::StatusOr<std::unique_ptr<Connection>>()>;

  ReaderPool(Opener open, int limit, absl::Duration wait)
      : open_(std::move(open)), limit_(limit), wait_(wait) {}

  // A connection for this thread alone, the one last used first (its cache is warm). UNAVAILABLE
  // when none came free in time.
  absl::StatusOr<std::unique_ptr<Connection>> Take();
  // Gives it back; a null one (thrown away after an error) only makes room.
  void GiveBack(std::unique_ptr<Connection> connection);

 private:
  const Opener open_;
  const int limit_;
  const absl::Duration wait_;
  std::mutex mutex_;
  std::condition_variable came_free_;
  std::vector<std::unique_ptr<Connection>> free_;
  int open_count_ = 0;
};

}  // namespace navo::storage

#endif  // NAVO_STORAGE_READER_POOL_H_
