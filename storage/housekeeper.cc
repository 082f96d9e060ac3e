#include "storage/housekeeper.h"

#include <utility>

namespace navo::storage {

Housekeeper::Housekeeper(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)), thread_([this] { Loop(); }) {}

Housekeeper::~Housekeeper() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    state_ = State::kStopping;
  }
  changed_.notify_one();
  thread_.join();
}

bool Housekeeper::Sweep() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (state_ == State::kSweeping) return false;
    if (std::exchange(state_, State::kIdle) == State::kDone) return true;
    state_ = State::kSweeping;
  }
  changed_.notify_one();
  return false;
}

void Housekeeper::Loop() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    changed_.wait(lock,
                  [this] { return state_ == State::kSweeping || state_ == State::kStopping; });
    if (state_ == State::kStopping) return;
    lock.unlock();
    connection_->Maintain().IgnoreError();  // the writer meets the same error and tries again
    lock.lock();
    if (state_ == State::kSweeping) state_ = State::kDone;
  }
}

}  // namespace navo::storage
