// Measures loads on trial servers: rates, latency, the server's processor time and instructions,
// and how much of the machine others used meanwhile.
#ifndef NAVO_CLIENTS_LOAD_METER_H_
#define NAVO_CLIENTS_LOAD_METER_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "clients/load/drive.h"
#include "clients/load/figures.h"
#include "clients/load/machine.h"
#include "clients/load/trial.h"

namespace navo::load {

inline constexpr int kClients = 64;  // of the figures that count

struct Phase {
  DriveResult drive;
  double server_cpu_us = 0;  // a call
  double instructions = 0;   // of the server, a call
};

// One thread. The trials that it knows must outlive it.
class Meter {
 public:
  explicit Meter(absl::Duration window) : window_(window) {}

  // A server whose processor time is ours and not others'.
  void Know(const Trial& trial) { trials_.push_back(&trial); }

  // One phase with so many clients in a closed loop, or arriving at `rate` a second. Errors: as
  // drive.h.
  absl::StatusOr<Phase> Closed(const Trial& trial, Load& load, int clients);
  absl::StatusOr<Phase> Open(const Trial& trial, Load& load, double rate);
  // Runs something of one's own as a phase.
  absl::Status Watch(absl::FunctionRef<absl::Status()> phase);

  // The worst part of the machine that others used in a phase since this was last asked.
  double TakeDisturbance();

 private:
  struct Moment {
    absl::Time time = absl::Now();
    double busy = BusySeconds();
    double own = OwnSeconds();
    double servers = 0;
    double server = 0;        // the one that is measured
    double instructions = 0;  // likewise
  };
  Moment Now(const Trial* trial) const;
  void Note(const Moment& begin, const Moment& end);
  void Settle() const;

  const absl::Duration window_;
  std::vector<const Trial*> trials_;
  double disturbance_ = 0;
};

// Adds rate, processor time and instructions under NAME_rps, NAME_cpu_us, NAME_instructions.
void AddPhase(Findings& findings, const std::string& name, const Phase& phase);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_METER_H_
