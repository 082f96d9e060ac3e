// `navo-load bench`: starts a server on a kept database and measures it (docs/performance.md).
#ifndef NAVO_CLIENTS_LOAD_BENCH_H_
#define NAVO_CLIENTS_LOAD_BENCH_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/load/figures.h"

namespace navo::load {

struct BenchOptions {
  int participants = 100'000;
  uint64_t seed = 1;
  int repetitions = 3;
  absl::Duration window = absl::Seconds(3);  // of each phase
  std::string root = ".navo/bench";          // where databases are kept
  std::string navod;                         // the program
  std::string only;                          // "R", "W" or "L": nothing else, for a profiler
};

// Any answer that is not as it must be ends the run with INTERNAL: wrong answers have no speed.
absl::StatusOr<Findings> Bench(const BenchOptions& options);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_BENCH_H_
