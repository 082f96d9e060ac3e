#ifndef NAVO_STORAGE_FEED_H_
#define NAVO_STORAGE_FEED_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/common.pb.h"
#include "storage/ground.h"
#include "storage/guarded.h"
#include "storage/journal.h"
#include "storage/tx.h"

// The journal as one unit may follow it: what changed, without content, and what changed in who
// may see whom. All functions: errors of the engine only. Any thread, within the Tx.
namespace navo::storage {

// Who reads: the unit whose tied participants it is about.
struct FeedReader {
  int64_t controller_key = 0;
  int64_t unit_key = 0;
};

// Journal numbers of a stream: those after `after`, up to and with `through`.
struct StreamRange {
  int64_t after = 0;
  int64_t through = 0;
};
using StreamRanges = std::array<StreamRange, kParticipantStreams>;

// What is told of a change: nothing of the record's content.
struct Change {
  JournalSubject subject = JournalSubject::kParticipant;
  JournalAct act = JournalAct::kCreated;
  std::string record_id;  // UUID text; empty where the record has none
  int64_t version = 0;
};

struct FeedRow {
  int stream = 0;
  int64_t seq = 0;
  int64_t participant_key = 0;
  int64_t time_us = 0;
  Guarded<Change> change;
  // The same under another category, when either may show it: facts of contact are names too.
  std::optional<Guarded<Change>> otherwise;
  // Instead, under the category it had before, to whoever may see that one and not the new one.
  std::optional<Guarded<Change>> gone;
  // Whose record it refers to, when that is another's: to be hidden with it.
  std::optional<Label> about;
};

// The rows of the ranges about participants with an active tie to the unit, by stream and number,
// and where a stream's range ended in time if more follows there.
struct FeedWindow {
  std::vector<FeedRow> rows;
  std::array<std::optional<int64_t>, kParticipantStreams> last_us;
};
// Rows whose subject nobody follows are left out: numbers and registration tell of others, and of a
// ground its giver alone is told as of a record. `heads` says where the streams end.
absl::StatusOr<FeedWindow> ReadFeedWindow(ReadTx& tx, const FeedReader& reader,
                                          const StreamRanges& ranges,
                                          const ParticipantHeads& heads);

// A change of who may see a participant, with the state before it.
struct AccessChange {
  int stream = 0;
  int64_t seq = 0;
  int64_t participant_key = 0;
  AccessBefore before;
  ActiveGround ground;  // what it opens while it is active; of kGround only
};
// Those that concern the unit, after the given number of each stream, by stream and number.
absl::StatusOr<std::vector<AccessChange>> ListAccessChanges(ReadTx& tx, const FeedReader& reader,
                                                            const ParticipantHeads& after);

// Participants tied to the unit with an active ground that began after `from_day` or ended before
// `to_day` by its dates alone, in the order of their keys. Days since 1970; `from_day` is one on
// which everything in force had been told, `to_day` is today.
absl::StatusOr<std::vector<int64_t>> ListDatesPassed(ReadTx& tx, const FeedReader& reader,
                                                     int64_t from_day, int64_t to_day);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_FEED_H_
