#ifndef NAVO_STORAGE_ACCESS_LOG_SEARCH_H_
#define NAVO_STORAGE_ACCESS_LOG_SEARCH_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/access_log_query.h"
#include "storage/guarded.h"
#include "storage/participant.h"
#include "storage/tx.h"

// The access log across participants, as PERSONVERN of one controller reads it: calls by its own
// people, and those that saw its data through one of its grounds. There is no index but by
// participant and position, so the caller bounds the stretch of positions. Any thread, within the
// Tx.
namespace navo::storage {

struct LogFilter {
  LogViewer viewer;             // whose rows; controller_key is not 0
  int64_t after_position = 0;   // rows behind this one
  int64_t before_position = 0;  // and before this one
  int64_t participant_key = 0;  // 0: anybody
  int64_t unit_key = 0;         // 0: any
  int64_t principal_key = 0;    // 0: anybody
  int64_t decision = 0;         // 0: any
  int64_t relation = 0;         // 0: any
};

struct FoundLook {
  LoggedLook look;
  std::string participant_id;  // 16 bytes; empty: the viewer's controller does not know them
};

// The longest stretch that one call should look at without a participant.
inline constexpr int64_t kMostSearched = 100'000;

// Calls `fn` for what fits, newest first, at most `limit`. Returns the position before which to go
// on; filter.after_position + 1 when nothing is left. Errors of the engine, and `fn`'s.
absl::StatusOr<int64_t> SearchLog(ReadTx& tx, const LogFilter& filter, int64_t limit,
                                  absl::FunctionRef<absl::Status(const Guarded<FoundLook>&)> fn);

// A call by one of the controller's people, as far as anomalies are made of it.
struct DayLook {
  int64_t position = 0;
  int64_t time_us = 0;
  int64_t principal_key = 0;
  int64_t unit_key = 0;
  int64_t role = 0;
  int64_t relation = 0;
  int64_t rpc = 0;
  int64_t decision = 0;
  int64_t reason = 0;
  ActId act{};
  int64_t participant_key = 0;  // 0: nobody whom the controller knows
  Protection protection;        // of that participant
};

// Rows of the positions, oldest first.
absl::Status EachLookOfStaff(ReadTx& tx, const LogViewer& viewer, int64_t after_position,
                             int64_t last_position,
                             absl::FunctionRef<void(const Guarded<DayLook>&)> fn);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_ACCESS_LOG_SEARCH_H_
