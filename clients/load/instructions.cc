#include "clients/load/instructions.h"

#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

namespace navo::load {

Instructions::Instructions(pid_t process) {
  perf_event_attr what{};
  what.type = PERF_TYPE_HARDWARE;
  what.size = sizeof(what);
  what.config = PERF_COUNT_HW_INSTRUCTIONS;
  what.exclude_kernel = 1;
  what.exclude_hv = 1;
  what.inherit = 1;
  std::error_code error;
  const std::string tasks = "/proc/" + std::to_string(process) + "/task";
  for (const auto& task : std::filesystem::directory_iterator(tasks, error)) {
    const int thread = std::atoi(task.path().filename().c_str());
    const long counter = syscall(SYS_perf_event_open, &what, thread, -1, -1, 0);
    if (counter >= 0) counters_.push_back(static_cast<int>(counter));
  }
}

Instructions::~Instructions() {
  for (const int counter : counters_) close(counter);
}

double Instructions::Count() const {
  double sum = 0;
  for (const int counter : counters_) {
    uint64_t value = 0;
    if (read(counter, &value, sizeof(value)) == sizeof(value)) sum += static_cast<double>(value);
  }
  return sum;
}

}  // namespace navo::load
