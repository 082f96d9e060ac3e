#ifndef NAVO_STORAGE_FOLLOW_UP_H_
#define NAVO_STORAGE_FOLLOW_UP_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/follow_up.pb.h"
#include "storage/guarded.h"
#include "storage/tx.h"

// Follow-up events. They are added and never changed. All functions: errors of the engine only. Any
// thread, within the Tx.
namespace navo::storage {

struct NewFollowUp {
  std::string id;  // 16 bytes
  int64_t participant_key = 0;
  int64_t occurred_us = 0;
  int32_t occurred_day = 0;  // of occurred_us, in Europe/Oslo
  Author author;
  v1::FollowUp body;  // as the API takes it, with role and time in its provenance
};

// Keeps and journals the event, and moves the working list's "last contact" of the author's unit.
absl::Status AddFollowUp(WriteTx& tx, const NewFollowUp& follow_up);

// Where an event stands in the list: newest first by when it happened, then by when it came in.
struct FollowUpPosition {
  int64_t occurred_us = std::numeric_limits<int64_t>::max();
  int64_t follow_up_key = std::numeric_limits<int64_t>::max();
};

// An event in the parts that are opened apart: the note is of another category than the rest, and
// the step is another record, maybe of another controller.
struct FollowUpRow {
  FollowUpPosition position;
  Guarded<v1::FollowUp> summary;                // with its id, without note and step
  Guarded<std::string> note;                    // empty when there is none
  std::optional<Guarded<std::string>> step_id;  // text of a UUID; nullopt when it names no step
};

using FollowUpFn = absl::FunctionRef<absl::Status(const FollowUpRow&)>;

// The events that come after `position` in the list, one by one until `fn` gives an error, which is
// then returned: one statement, however many events the reader may not see.
absl::Status ReadFollowUps(ReadTx& tx, int64_t participant_key, const FollowUpPosition& position,
                           FollowUpFn fn);

// Whose the participant's step of this id is; nullopt when the participant has no such step.
absl::StatusOr<std::optional<Label>> FindStepLabel(ReadTx& tx, int64_t participant_key,
                                                   std::string_view step_id_bytes);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_FOLLOW_UP_H_
