#ifndef NAVO_STORAGE_ANSWERER_H_
#define NAVO_STORAGE_ANSWERER_H_

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/status/status.h"

namespace navo::storage {

// Tells callers what became of their tasks, in order, beside the writer: sending an answer took a
// fifth of the writer's time, and the writer is what limits the number of changes.
class Answerer {
 public:
  struct Answer {
    std::function<void(absl::Status)> done;
    absl::Status status;
  };

  Answerer() : thread_([this] { Loop(); }) {}
  ~Answerer();
  Answerer(const Answerer&) = delete;
  Answerer& operator=(const Answerer&) = delete;

  // Takes the answers and leaves `answers` empty. A few are given at once, on the caller's thread,
  // when none wait: waking the other one would cost more. One thread.
  void Give(std::vector<Answer>& answers);
  // Until everything given so far is told.
  void Wait();

 private:
  void Loop();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Answer> waiting_;  // guarded by mutex_
  bool busy_ = false;            // guarded by mutex_
  bool stopping_ = false;        // guarded by mutex_
  std::thread thread_;
};

}  // namespace navo::storage

#endif  // NAVO_STORAGE_ANSWERER_H_
