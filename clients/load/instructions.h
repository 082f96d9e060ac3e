// Counts the instructions that another process runs in user space. On a busy machine processor time
// moves by a third; this figure hardly moves.
#ifndef NAVO_CLIENTS_LOAD_INSTRUCTIONS_H_
#define NAVO_CLIENTS_LOAD_INSTRUCTIONS_H_

#include <sys/types.h>

#include <cstdint>
#include <vector>

namespace navo::load {

// Follows the threads the process has and all that they make. One thread. Where the machine does
// not let us count (a guest without counters, a strict kernel), everything stays 0.
class Instructions {
 public:
  explicit Instructions(pid_t process);
  ~Instructions();
  Instructions(const Instructions&) = delete;
  Instructions& operator=(const Instructions&) = delete;

  // Since the construction.
  double Count() const;

 private:
  std::vector<int> counters_;  // one for each thread, with its descendants
};

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_INSTRUCTIONS_H_
