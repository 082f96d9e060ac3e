#ifndef NAVO_STORAGE_PARTICIPANT_H_
#define NAVO_STORAGE_PARTICIPANT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/tx.h"

// Participants, the numbers they are known by, their protection and their pairwise ids.
// All functions: errors of the engine only, unless said otherwise. Any thread, within the Tx.
namespace navo::storage {

inline constexpr int64_t kOrdinaryRealm = 0;

// Where a unit's relation to a participant stands. Stored: never renumber.
enum class TieState : int { kNone = 0, kActive = 1, kEnded = 2, kBlocked = 3 };

// Address grading (adressebeskyttelse) and shielding (skjermet). Stored: never renumber.
enum class Grading : int {
  kUgradert = 0,
  kFortrolig = 1,
  kStrengtFortrolig = 2,
  kStrengtFortroligUtland = 3,
  kUkjent = 4,  // nobody has said yet: as the strictest
  kMerged = 5,  // no grading: a shadow record that was merged, which nobody sees any more
};
struct Protection {
  Grading grading = Grading::kUgradert;
  bool shielded = false;
  friend bool operator==(const Protection&, const Protection&) = default;
};

// Everything about a participant that decides who may see what, but the grounds.
struct ParticipantAccess {
  int64_t participant_key = 0;
  int64_t realm = kOrdinaryRealm;
  Protection protection;
  int64_t access_revision = 0;  // counts changes of grounds, ties and protection
  int64_t stream_head = 0;      // last journal number of the participant's stream in this snapshot
  TieState tie = TieState::kNone;
  bool identity_confirmed = false;
  bool on_team = false;
};

// By the pairwise id of `controller_key`; nullopt when that controller has no such id. The id of a
// merged shadow record is the participant's whose it became. Tie and team are those of `unit_key`
// and `principal_key`.
absl::StatusOr<std::optional<ParticipantAccess>> FindAccessById(ReadTx& tx,
                                                                std::string_view id_bytes,
                                                                int64_t controller_key,
                                                                int64_t unit_key,
                                                                int64_t principal_key);
absl::StatusOr<std::optional<ParticipantAccess>> FindAccessByKey(ReadTx& tx,
                                                                 int64_t participant_key,
                                                                 int64_t unit_key,
                                                                 int64_t principal_key);

// What lets a unit see a participant to whom it is not tied, or by an unconfirmed tie alone.
struct UntiedAccess {
  bool emergency = false;              // the principal has emergency access in the unit, now
  std::vector<int64_t> referred_from;  // controllers whose units offer a handover to the unit
  bool controller_tied = false;        // a unit of the controller is or was tied
};
absl::StatusOr<UntiedAccess> FindUntiedAccess(ReadTx& tx, int64_t participant_key,
                                              int64_t controller_key, int64_t unit_key,
                                              int64_t principal_key);

// The participant with this number in this realm; nullopt when there is none.
absl::StatusOr<std::optional<int64_t>> FindByIdentifier(ReadTx& tx, std::string_view hash,
                                                        int64_t realm);
// Every hash a participant is or was known by.
absl::StatusOr<std::vector<std::string>> ListIdentifierHashes(ReadTx& tx, int64_t participant_key);

struct Identifier {
  std::string hash;    // HMAC of the number
  std::string sealed;  // the number, sealed
  int kind = 0;
  int key_id = 0;
};
absl::StatusOr<int64_t> CreateParticipant(WriteTx& tx, int64_t realm, const Identifier& identifier,
                                          const Protection& protection, int64_t principal_key);

// The controller's pairwise id, 16 bytes; nullopt when it has none.
absl::StatusOr<std::optional<std::string>> FindAlias(ReadTx& tx, int64_t participant_key,
                                                     int64_t controller_key);
// The same, made from `new_id` when there is none.
absl::StatusOr<std::string> GetOrCreateAlias(WriteTx& tx, int64_t participant_key,
                                             int64_t controller_key, std::string_view new_id);

// A ground, tie or protection changed: reads that began before are run again before they answer.
absl::Status BumpAccessRevision(WriteTx& tx, int64_t participant_key);
absl::StatusOr<int64_t> AccessRevision(ReadTx& tx, int64_t participant_key);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_PARTICIPANT_H_
