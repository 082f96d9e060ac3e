// `navo-load bench`: starts servers on kept databases and measures them (docs/performance.md).
#ifndef NAVO_CLIENTS_LOAD_BENCH_H_
#define NAVO_CLIENTS_LOAD_BENCH_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/load/figures.h"
#include "clients/load/kept_database.h"
#include "clients/load/trial.h"

namespace navo::load {

struct BenchOptions {
  int participants = 100'000;
  uint64_t seed = 1;
  int repetitions = 3;
  absl::Duration window = absl::Seconds(3);  // of each phase
  std::string root = ".navo/bench";          // where databases are kept
  std::string navod;                         // the program
  std::string only;                          // a load's letter: nothing else, for a profiler
  int import_rows = 100'000;                 // of I
  int scale_from = 10'000;                   // the two sizes of Scale
  int scale_to = 1'000'000;
  int64_t log_rows = 0;  // of BenchLog
};

// Each of these ends with INTERNAL when an answer is not as it must be: wrong answers have no
// speed. Adds to what `findings` has.

// E, R, W, L, C, M and S beside each other, then what every method costs.
absl::Status Bench(const BenchOptions& options, Findings& findings);
// One load and nothing else.
absl::Status BenchOnly(const BenchOptions& options, Findings& findings);
// What every method costs and nothing else.
absl::Status BenchRpcs(const BenchOptions& options, Findings& findings);
// I: how fast rows come in, and that the memory stays flat.
absl::Status BenchImport(const BenchOptions& options, Findings& findings);
// R and W on a small and a large database, in turn.
absl::Status BenchScale(const BenchOptions& options, Findings& findings);
// Reading the access log of one participant out of one of options.log_rows rows.
absl::Status BenchLog(const BenchOptions& options, Findings& findings);

// For these alone: what they have in common.
KeptOptions KeptOptionsOf(const BenchOptions& options);
TrialOptions TrialOptionsOf(const BenchOptions& options, const KeptDatabase& kept);
void NoteDisturbance(Findings& findings);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_BENCH_H_
