#ifndef NAVO_STORAGE_FOLLOW_UP_H_
#define NAVO_STORAGE_FOLLOW_UP_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/follow_up.pb.h"
#include "storage/follow_up_row.h"
#include "storage/guarded.h"
#include "storage/tx.h"

// Follow-up events. A row is the newest version of an event; the journal has them all. All
// functions: errors of the engine only. Any thread, within the Tx.
namespace navo::storage {

struct NewFollowUp {
  std::string id;  // 16 bytes
  int64_t participant_key = 0;
  int64_t occurred_us = 0;
  int32_t occurred_day = 0;  // of occurred_us, in Europe/Oslo
  int64_t meeting_key = 0;   // of the event it is joint with; 0: none
  Author author;
  v1::FollowUp body;  // as the API takes it, with version, and role and time in its provenance
};

// Keeps and journals the event, and moves the working list's "last contact" of the author's unit.
// A FELLESMOETE that is joint with none becomes the first of its meeting. Returns its key.
absl::StatusOr<int64_t> AddFollowUp(WriteTx& tx, const NewFollowUp& follow_up);

// The newest version of an event, with what it takes to make the next.
struct FollowUpRecord {
  int64_t follow_up_key = 0;
  std::string id;  // 16 bytes
  int64_t participant_key = 0;
  Author author;            // the unit, and who changed type, time or agreement last
  int64_t version = 0;      // counts every change, from 1
  int64_t meeting_key = 0;  // 0 unless it is a FELLESMOETE
  int64_t occurred_us = 0;
  Guarded<v1::FollowUp> summary;  // as FollowUpRow has it
  Guarded<v1::FollowUp> whole;    // with note, exemption and links: for the unit that wrote it
};

// An event of the participant by its id; nullopt when there is none.
absl::StatusOr<std::optional<FollowUpRecord>> FindFollowUp(ReadTx& tx, int64_t participant_key,
                                                           std::string_view id_bytes);

// Writes `body` as the event's next version and journals it as done by `author`, who must be of the
// event's unit. `record` has the new meeting_key and occurred_us already; its version follows.
// `shared`: what everybody with the event sees has changed, so `author` is who is named for it.
absl::Status AmendFollowUp(WriteTx& tx, FollowUpRecord& record, const v1::FollowUp& body,
                           const Author& author, bool shared);

// When the unit's last event with the participant happened; nullopt when it has none.
absl::StatusOr<std::optional<int64_t>> LastOccurredUs(ReadTx& tx, int64_t participant_key,
                                                      int64_t unit_key);
// Sets the working list's "last contact" of the unit, back as well as forward.
absl::Status SetLastContact(WriteTx& tx, int64_t participant_key, int64_t unit_key, int32_t day);

using FollowUpFn = absl::FunctionRef<absl::Status(const FollowUpRow&)>;

// The events that come after `position` in the list, one by one until `fn` gives an error, which is
// then returned: one statement, however many events the reader may not see.
absl::Status ReadFollowUps(ReadTx& tx, int64_t participant_key, const FollowUpPosition& position,
                           FollowUpFn fn);

struct FollowUpVersion {
  FollowUpRow row;              // its step_id and joint_with are not filled in
  Guarded<v1::FollowUp> links;  // step_id and joint_with as they were written, nothing else
};

// Every version of an event, newest first. A version is withheld as the event is now; the
// participant reads the note of one that was exempted if the exemption has been lifted since, also
// when a newer note is exempted now. Where links lead now is for FindStepLabel and FindFollowUp.
absl::StatusOr<std::vector<FollowUpVersion>> ListFollowUpVersions(ReadTx& tx,
                                                                  const FollowUpRecord& record);

// Whose the participant's step of this id is; nullopt when the participant has no such step.
absl::StatusOr<std::optional<Label>> FindStepLabel(ReadTx& tx, int64_t participant_key,
                                                   std::string_view step_id_bytes);

// Takes the unit's events to the right person, each with every version it had; their links lead
// nowhere until the other end has moved too. Returns how many moved.
absl::StatusOr<int> MoveFollowUps(WriteTx& tx, int64_t from_key, int64_t to_key,
                                  const Author& unit);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_FOLLOW_UP_H_
