// Drives calls in two ways: closed loop (each client sends when it has its answer) for throughput,
// open loop (calls arrive when they arrive) for latency, counted from when a call was due.
#ifndef NAVO_CLIENTS_LOAD_DRIVE_H_
#define NAVO_CLIENTS_LOAD_DRIVE_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace navo::load {

// What one finished call is told to be: "" when all was well, else what was wrong.
using Done = std::function<void(std::string wrong)>;

// A kind of call that is made over and over. Start may be called for different clients at the same
// time, and for one client again from its `done`.
class Load {
 public:
  virtual ~Load() = default;
  // Starts one call of `client`; calls `done` once, on a thread of gRPC.
  virtual void Start(int client, Done done) = 0;
};

struct DriveOptions {
  int clients = 64;
  absl::Duration warm_up = absl::Milliseconds(500);
  absl::Duration window = absl::Seconds(3);
  double rate = 0;  // calls a second for the open loop
  // Called at the beginning and the end of the window.
  std::function<void()> on_begin = [] {};
  std::function<void()> on_end = [] {};
};

struct DriveResult {
  double calls = 0;    // finished in the window
  double seconds = 0;  // of the window
  double p50_ms = 0;
  double p99_ms = 0;
  double rate() const { return seconds > 0 ? calls / seconds : 0; }
};

// INTERNAL with the first wrong answer; none may be wrong. Blocks until every call has ended.
absl::StatusOr<DriveResult> DriveClosed(Load& load, const DriveOptions& options);
// Also RESOURCE_EXHAUSTED when the calls pile up: the server does not keep up with the rate.
absl::StatusOr<DriveResult> DriveOpen(Load& load, const DriveOptions& options);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_DRIVE_H_
