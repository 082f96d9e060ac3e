#ifndef NAVO_STORAGE_ACCESS_LOG_H_
#define NAVO_STORAGE_ACCESS_LOG_H_

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/sql/sql.h"

// The access log: one row per participant touched by a call, shown or refused. Rows are only added
// and each carries the hash of the one before, so a changed or missing row is found from the rows
// alone. Positions are 1, 2, 3 ... without gaps, in commit order.
namespace navo::storage {

class ReadTx;
class WriteTx;

using ActId = std::array<uint8_t, 16>;  // the UUID that groups the calls of one human act
using ChainHash = std::array<uint8_t, 32>;

// Numbers without a name here are those of the enums of the services, stored as they are.
struct AccessLogRow {
  int64_t position = 0;         // given by the store
  int64_t time_us = 0;          // given by the store: the closure's time
  int64_t participant_key = 0;  // 0: no participant, e.g. a number that nobody has
  int64_t principal_key = 0;
  int64_t unit_key = 0;
  int64_t role = 0;
  int64_t relation = 0;
  ActId act{};
  int64_t rpc = 0;    // the method's stable number
  int64_t shown = 0;  // bit mask of categories, of the own controller's data (SELF: of anybody's)
  int64_t shown_through = 0;  // of another controller's data, opened by ground_key
  int64_t withheld = 0;       // bit mask of categories
  int64_t purpose = 0;        // of the ground that ground_key names, if any
  int64_t ground_key = 0;     // 0: none
  int64_t decision = 0;
  int64_t reason = 0;    // the exact one, also where the caller is told less
  int64_t revision = 0;  // StreamHead of the participant's stream in the snapshot that was shown
  ChainHash chain{};     // given by the store
};

// The chain's end: what the next row is linked to.
struct LogHead {
  int64_t position = 0;
  ChainHash chain{};
};

// SHA-256 over the hash before and the canonical encoding of the row (every field in the order
// above but the chain, integers as 8 bytes big endian).
ChainHash ChainOf(const ChainHash& before, const AccessLogRow& row);

// The act in a column; zeros where a damaged row has too little, which the chain tells.
ActId ActIdOf(std::string_view bytes);

// A row out of the first sixteen columns of a result, in the order above; without revision and
// chain.
AccessLogRow AccessLogRowOf(const Row& row);

using AccessLogFn = absl::FunctionRef<absl::Status(const AccessLogRow&)>;

// Rows of a participant before a position (INT64_MAX for the newest), newest first.
absl::Status ReadForParticipant(ReadTx& tx, int64_t participant_key, int64_t before_position,
                                int64_t limit, AccessLogFn fn);

// Rows after a position, oldest first: for verifying and exporting.
absl::Status ReadLogAfter(ReadTx& tx, int64_t position, int64_t limit, AccessLogFn fn);

// The position of the last row, 0 when the log is empty.
absl::StatusOr<int64_t> LastPosition(ReadTx& tx);

// The chain's end as it is stored.
absl::StatusOr<LogHead> ReadLogHead(ReadTx& tx);

// Follows the chain over all rows. 0 when it holds, else the position of the first bad row (a gap
// counts as the position that is missing).
absl::StatusOr<int64_t> VerifyChain(ReadTx& tx);

// Links and writes rows; `head` moves on. For the writer, once at the end of a group.
absl::Status WriteLog(WriteTx& tx, std::vector<AccessLogRow>& rows, LogHead& head);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_ACCESS_LOG_H_
