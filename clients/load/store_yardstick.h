// S, the store as a yardstick: the rows and indexes that one follow-up leaves behind, written by
// SQLite's own C interface in groups of 32 with synchronous=FULL, without policy, replay or gRPC.
#ifndef NAVO_CLIENTS_LOAD_STORE_YARDSTICK_H_
#define NAVO_CLIENTS_LOAD_STORE_YARDSTICK_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace navo::load {

inline constexpr int kGroup = 32;

// How large the variable parts of a write are.
struct WriteShape {
  int body_bytes = 0;    // of the follow-up, in its table and in the journal
  int answer_bytes = 0;  // of the kept answer
};

// Writes into `database`, a copy of the benchmark's that no server uses. One thread.
class StoreYardstick {
 public:
  static absl::StatusOr<std::unique_ptr<StoreYardstick>> Open(const std::string& database,
                                                              const WriteShape& shape);
  virtual ~StoreYardstick() = default;
  // Writes for so long; writes a second.
  virtual absl::StatusOr<double> Run(absl::Duration window) = 0;
};

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_STORE_YARDSTICK_H_
