// Which cases somebody is changing, so that two clients of the benchmark do not change one at the
// same time (the second would be told that its etag is stale, and rightly so), and so that a read
// beside a change of consent is not expected to see both sides.
#ifndef NAVO_CLIENTS_LOAD_CASE_MARKS_H_
#define NAVO_CLIENTS_LOAD_CASE_MARKS_H_

#include <atomic>
#include <cstdint>
#include <memory>

namespace navo::load {

// Any thread.
class CaseMarks {
 public:
  explicit CaseMarks(int participants)
      : marks_(std::make_unique<std::atomic<uint32_t>[]>(static_cast<size_t>(participants))) {}

  // True: the case is the caller's alone until Release.
  bool Take(int participant) {
    std::atomic<uint32_t>& mark = marks_[static_cast<size_t>(participant)];
    uint32_t free = mark.load();
    return free % 2 == 0 && mark.compare_exchange_strong(free, free + 1);
  }
  void Release(int participant) { ++marks_[static_cast<size_t>(participant)]; }

  // The same even number before and after: nobody took the case in between.
  uint32_t Mark(int participant) const { return marks_[static_cast<size_t>(participant)].load(); }
  bool Undisturbed(int participant, uint32_t before) const {
    return before % 2 == 0 && Mark(participant) == before;
  }

 private:
  const std::unique_ptr<std::atomic<uint32_t>[]> marks_;  // odd while taken
};

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_CASE_MARKS_H_
