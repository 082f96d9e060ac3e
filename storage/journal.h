#ifndef NAVO_STORAGE_JOURNAL_H_
#define NAVO_STORAGE_JOURNAL_H_

#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "storage/author.h"

// The journal: one row for every accepted change, with the record's body after it. It is the
// version history, the change feed and the source of differences in one. Rows are only added.
namespace navo::storage {

class ReadTx;
class WriteTx;

// What a row is about. Numbers are stored: never change or reuse one.
enum class JournalSubject : int16_t {
  kParticipant = 1,
  kIdentifier = 2,
  kFacts = 3,
  kTie = 4,
  kTeam = 5,
  kGround = 6,
  kSection = 7,
  kConfirmation = 8,
  kPlan = 9,
  kPlanPart = 10,
  kPlanStep = 11,
  kFollowUp = 12,
  kAssessment = 13,
  kTestResult = 14,
  kOffering = 15,
  kImportRun = 16,
  kDirectory = 17,
  kNorskmaal = 18,
  kHours = 19,  // two records a week: what was planned, and what came of it (hours.h)
  kController = 20,
  kUnit = 21,
  kPrincipal = 22,
  kMembership = 23,
  kOwnNumbers = 24,
  kReferral = 30,
  kEmergencyAccess = 31,
  kProtection = 32,  // of a number, and shadow records merged
  kOfficeLock = 33,  // the record's key and id are those of what is locked
  kConsentText = 34,
  kLegalBasis = 35,  // an entry of the catalogue
};

// What was done to it. Numbers are stored: never change or reuse one.
enum class JournalAct : int16_t {
  kCreated = 1,
  kChanged = 2,
  kEnded = 3,  // closed, withdrawn, no longer in force
  kConfirmed = 4,
  kCorrected = 5,  // replaced because it was wrong
  kMoved = 6,      // to another participant or unit
  kDeleted = 7,
  kAmended = 8,  // of an event: what everybody with it sees; kChanged is of the note alone
};

// Changes of participants are spread over 16 streams by participant key; those without a
// participant (administration) have one of their own. Within a stream numbers are 1, 2, 3 ... in
// commit order.
inline constexpr int kParticipantStreams = 16;
inline constexpr int kAdministrationStream = 16;
inline constexpr int kStreams = 17;
using StreamSet = std::bitset<kStreams>;

// The stream of a participant; of the administration for 0.
constexpr int StreamOf(int64_t participant_key) {
  return participant_key == 0 ? kAdministrationStream
                              : static_cast<int>(participant_key % kParticipantStreams);
}

// What a change of a tie, a ground or the protection was before it, so that the feed can tell what
// was open to a unit then. The writer keeps it for every unit that is or was tied to the
// participant and whose callers it concerns.
struct AccessBefore {
  // Stored: never renumber.
  enum class Kind : int16_t { kNone = 0, kTie = 1, kGround = 2, kProtection = 3 };
  Kind kind = Kind::kNone;
  int64_t controller_key = 0;  // 0: callers of every controller
  int64_t unit_key = 0;        // 0: every unit of it
  int64_t ground_key = 0;
  int64_t state = 0;    // TieState; 1 for an active ground; Grading
  bool detail = false;  // identity confirmed; shielded
};

// A change to be written with WriteTx::Journal. The stream, its number and the time are added.
struct JournalEntry {
  int64_t participant_key = 0;  // 0: administration
  JournalSubject subject = JournalSubject::kParticipant;
  JournalAct act = JournalAct::kCreated;
  int64_t record_key = 0;
  std::string record_id;  // the public id, or "" when the record has none
  Author author;
  int64_t version = 1;  // of the record, after this change
  int64_t retention_class = 0;
  int64_t key_id = 0;  // the key that seals `body`; 0: not sealed
  std::string body;    // the record after the change, as its table stores it
  AccessBefore before;
};

// A change as it was read. The views are valid until the callback returns.
struct JournalRow {
  int stream;
  int64_t seq;
  int64_t participant_key;
  JournalSubject subject;
  JournalAct act;
  int64_t record_key;
  std::string_view record_id;
  Author author;
  int64_t version;
  int64_t time_us;
  int64_t retention_class;
  int64_t key_id;
  std::string_view body;
};

using JournalFn = absl::FunctionRef<absl::Status(const JournalRow&)>;

// The changes of a participant's records of these subjects, oldest first.
absl::Status ReadHistory(ReadTx& tx, int64_t participant_key,
                         absl::Span<const JournalSubject> subjects, JournalFn fn);

// The changes of one record, oldest first.
absl::Status ReadRecordHistory(ReadTx& tx, int64_t participant_key, JournalSubject subject,
                               int64_t record_key, JournalFn fn);

// At most `limit` changes of a stream after number `seq`, in order.
absl::Status ReadAfter(ReadTx& tx, int stream, int64_t seq, int64_t limit, JournalFn fn);

// The last number of a stream, 0 when it is empty: what the access log keeps as the revision that
// was shown. In a write: without the changes of this closure, which are numbered at its end.
absl::StatusOr<int64_t> StreamHead(ReadTx& tx, int stream);

// The last numbers of the participants' streams, by stream; in a write as StreamHead.
using ParticipantHeads = std::array<int64_t, kParticipantStreams>;
absl::StatusOr<ParticipantHeads> ReadParticipantHeads(ReadTx& tx);

// The last number the stream will have when this closure commits, counting the entries it has
// handed in so far: the revision in a write's answer. Nobody else can take a number in between.
absl::StatusOr<int64_t> StreamHeadAfter(WriteTx& tx, int stream);

// Numbers and writes the closure's entries; for the writer, at the end of a closure.
absl::Status WriteJournal(WriteTx& tx, StreamSet& touched);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_JOURNAL_H_
