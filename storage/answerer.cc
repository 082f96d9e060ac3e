#include "storage/answerer.h"

#include <iterator>
#include <utility>

namespace navo::storage {
namespace {

constexpr size_t kFew = 4;

void Tell(std::vector<Answerer::Answer>& answers) {
  for (Answerer::Answer& answer : answers) answer.done(std::move(answer.status));
  answers.clear();
}

}  // namespace

Answerer::~Answerer() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Answerer::Give(std::vector<Answer>& answers) {
  bool idle = false;
  {
    const std::scoped_lock lock(mutex_);
    idle = !busy_ && waiting_.empty();
    if (!idle || answers.size() > kFew) {
      std::move(answers.begin(), answers.end(), std::back_inserter(waiting_));
      answers.clear();
    }
  }
  if (!answers.empty()) {
    Tell(answers);
  } else if (idle) {
    changed_.notify_all();
  }
}

void Answerer::Wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !busy_ && waiting_.empty(); });
}

void Answerer::Loop() {
  std::vector<Answer> told;
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    told.swap(waiting_);
    busy_ = true;
    lock.unlock();
    Tell(told);
    lock.lock();
    busy_ = false;
    if (waiting_.empty()) changed_.notify_all();
  }
}

}  // namespace navo::storage
