// A navod of one's own, for as long as the benchmark needs it.
#ifndef NAVO_CLIENTS_LOAD_SERVER_PROCESS_H_
#define NAVO_CLIENTS_LOAD_SERVER_PROCESS_H_

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace navo::load {

// A child process; the destructor ends it. One thread.
class ServerProcess {
 public:
  // Starts `arguments` (the program first) and waits, at most a minute, until it says that it
  // listens. INTERNAL: it cannot be started; UNAVAILABLE: it ended or stayed silent, with its last
  // words.
  static absl::StatusOr<std::unique_ptr<ServerProcess>> Start(
      const std::vector<std::string>& arguments);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  // 127.0.0.1 and the port it took.
  const std::string& address() const { return address_; }
  pid_t pid() const { return pid_; }
  // Processor time since its start, user and system.
  double CpuSeconds() const;
  // Memory in MiB: all that is resident, and without what it shows of files.
  struct Memory {
    double resident_mb = 0;
    double anonymous_mb = 0;
  };
  Memory ReadMemory() const;

  // Asks it to stop and waits. UNAVAILABLE unless it ended by itself, in order.
  absl::Status Stop();

 private:
  ServerProcess(pid_t pid, int output) : pid_(pid), output_(output) {}
  absl::Status WaitForPort();

  pid_t pid_;
  int output_;  // its standard error
  std::string address_;
};

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_SERVER_PROCESS_H_
