#ifndef NAVO_TESTS_SUPPORT_AT_ONCE_H_
#define NAVO_TESTS_SUPPORT_AT_ONCE_H_

#include <functional>
#include <latch>
#include <thread>
#include <vector>

namespace navo::support {

// Runs `work` for 0..count-1, each in a thread of its own, all let go at once; waits for all.
// `prepare` runs in the thread before that: connections are made there.
template <class Prepare, class Work>
void AtOnce(int count, Prepare&& prepare, Work&& work) {
  std::latch start(count);
  std::vector<std::thread> threads;
  threads.reserve(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&, i] {
      auto prepared = prepare(i);
      start.arrive_and_wait();
      work(i, prepared);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace navo::support

#endif  // NAVO_TESTS_SUPPORT_AT_ONCE_H_
