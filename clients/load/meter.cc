#include "clients/load/meter.h"

#include <algorithm>
#include <utility>

#include "storage/status_macros.h"

namespace navo::load {

Meter::Moment Meter::Now(const Trial* trial) const {
  Moment moment;
  for (const Trial* one : trials_) moment.servers += one->server().CpuSeconds();
  if (trial != nullptr) {
    moment.server = trial->server().CpuSeconds();
    moment.instructions = trial->InstructionsSoFar();
  }
  return moment;
}

void Meter::Note(const Moment& begin, const Moment& end) {
  const double others =
      (end.busy - begin.busy) - (end.own - begin.own) - (end.servers - begin.servers);
  const double all = absl::ToDoubleSeconds(end.time - begin.time) * Cores();
  disturbance_ = std::max(disturbance_, others / all);
}

// Until the servers have done what earlier phases left them, a checkpoint for example.
void Meter::Settle() const {
  const absl::Time latest = absl::Now() + absl::Seconds(5);
  double before = Now(nullptr).servers;
  while (absl::Now() < latest) {
    absl::SleepFor(absl::Milliseconds(100));
    const double now = Now(nullptr).servers;
    if (now - before < 0.005) return;
    before = now;
  }
}

absl::StatusOr<Phase> Meter::Closed(const Trial& trial, Load& load, int clients) {
  Settle();
  Moment begin;
  Moment end;
  const DriveOptions options{.clients = clients,
                             .window = window_,
                             .on_begin = [&] { begin = Now(&trial); },
                             .on_end = [&] { end = Now(&trial); }};
  Phase phase;
  NAVO_ASSIGN_OR_RETURN(phase.drive, DriveClosed(load, options));
  Note(begin, end);
  const double calls = std::max(phase.drive.calls, 1.0);
  phase.server_cpu_us = (end.server - begin.server) * 1e6 / calls;
  phase.instructions = (end.instructions - begin.instructions) / calls;
  return phase;
}

absl::StatusOr<Phase> Meter::Open(const Trial& trial, Load& load, double rate) {
  Settle();
  const DriveOptions options{.clients = kClients, .window = window_, .rate = rate};
  const Moment begin = Now(&trial);
  Phase phase;
  NAVO_ASSIGN_OR_RETURN(phase.drive, DriveOpen(load, options));
  Note(begin, Now(&trial));
  return phase;
}

absl::Status Meter::Watch(absl::FunctionRef<absl::Status()> phase) {
  Settle();
  const Moment begin = Now(nullptr);
  NAVO_RETURN_IF_ERROR(phase());
  Note(begin, Now(nullptr));
  return absl::OkStatus();
}

double Meter::TakeDisturbance() { return std::exchange(disturbance_, 0); }

void AddPhase(Findings& findings, const std::string& name, const Phase& phase) {
  findings[name + "_rps"].Add(phase.drive.rate());
  findings[name + "_cpu_us"].Add(phase.server_cpu_us);
  findings[name + "_instructions"].Add(phase.instructions);
}

}  // namespace navo::load
