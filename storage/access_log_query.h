#ifndef NAVO_STORAGE_ACCESS_LOG_QUERY_H_
#define NAVO_STORAGE_ACCESS_LOG_QUERY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/access_log.h"
#include "storage/guarded.h"
#include "storage/tx.h"

// The access log by human acts, as participants and PERSONVERN read it. Any thread, within the Tx.
namespace navo::storage {

// For whom the rows are chosen. The participant has controller_key 0 and sees all of them; a
// controller sees what was done by its own units, and where one of its grounds was relied on.
struct LogViewer {
  int64_t controller_key = 0;
  int64_t unit_key = 0;
};

struct LoggedLook {
  AccessLogRow row;                   // without revision and chain
  std::string ground_id;              // 16 bytes, empty when no ground was relied on
  int64_t ground_controller_key = 0;  // whose data it opened
};

// The calls of one act, newest first; never empty. Calls belong together that carry the same act
// id, by the same principal in the same unit on the same day (UTC): who makes up act ids can hide
// neither behind another nor behind an act of last year.
using LoggedAct = std::vector<LoggedLook>;

// The newest `limit` acts of a participant whose newest row is before `before_position` (INT64_MAX
// for the newest), by their newest row. An act is whole wherever its rows are, so going on from the
// newest row of the last act shows every act once. Reads the newest days of the participant's rows
// only, however long the log is. Errors of the engine only.
absl::StatusOr<Guarded<std::vector<LoggedAct>>> ListActs(ReadTx& tx, int64_t participant_key,
                                                         const LogViewer& viewer,
                                                         int64_t before_position, int64_t limit);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_ACCESS_LOG_QUERY_H_
