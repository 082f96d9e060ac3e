#include "storage/reader_pool.h"

#include <utility>

namespace navo::storage {

absl::StatusOr<std::unique_ptr<Connection>> ReaderPool::Take() {
  {
    std::unique_lock<std::mutex> lock(mutex_);
    const bool room = came_free_.wait_for(lock, absl::ToChronoMilliseconds(wait_), [this] {
      return !free_.empty() || open_count_ < limit_;
    });
    if (!room) return absl::UnavailableError("storage: all read connections are in use");
    if (!free_.empty()) {
      std::unique_ptr<Connection> connection = std::move(free_.back());
      free_.pop_back();
      return connection;
    }
    ++open_count_;
  }
  absl::StatusOr<std::unique_ptr<Connection>> opened = open_();
  if (!opened.ok()) GiveBack(nullptr);
  return opened;
}

void ReaderPool::GiveBack(std::unique_ptr<Connection> connection) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (connection == nullptr) {
      --open_count_;
    } else {
      free_.push_back(std::move(connection));
    }
  }
  came_free_.notify_one();
}

}  // namespace navo::storage
