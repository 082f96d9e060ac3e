#ifndef NAVO_STORAGE_TIE_H_
#define NAVO_STORAGE_TIE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "navo/v1/participant.pb.h"
#include "storage/guarded.h"
#include "storage/journal.h"
#include "storage/participant.h"
#include "storage/tx.h"

// Ties between units and participants, the people named on a case, and each side's contact facts.
// All functions: errors of the engine only, unless said otherwise. Any thread, within the Tx.
namespace navo::storage {

struct TieRow {
  int64_t participant_key = 0;
  Author author;  // the unit that is tied, and who made the tie
  TieState state = TieState::kActive;
  v1::TieReason reason = v1::TIE_REASON_UNSPECIFIED;
  v1::IdentityConfirmation confirmation = v1::IDENTITY_CONFIRMATION_UNSPECIFIED;
  int64_t since_us = 0;
  std::string name_key;  // what the working list sorts by
  bool interpreter_needed = false;
  int64_t version = 1;
  v1::ContactFacts registered;  // as the unit knew the person when it made the tie
};

absl::StatusOr<std::optional<TieRow>> FindTie(ReadTx& tx, int64_t participant_key,
                                              int64_t unit_key);
// The active ties of a participant, with category EXISTENCE, in the order they were made.
absl::StatusOr<std::vector<Guarded<TieRow>>> ListTies(ReadTx& tx, int64_t participant_key);
// Adds or replaces the unit's tie, journals it as `act` and counts the access revision.
absl::Status PutTie(WriteTx& tx, const TieRow& tie, JournalAct act);

struct TeamRow {
  int64_t principal_key = 0;
  int64_t unit_key = 0;
  int64_t since_us = 0;
};
// Everybody named on the case, with category EXISTENCE, in the order they were named.
absl::StatusOr<std::vector<Guarded<TeamRow>>> ListTeam(ReadTx& tx, int64_t participant_key);
// True when that changed anything. Both journal a change as done by `actor`.
absl::StatusOr<bool> AddTeamMember(WriteTx& tx, int64_t participant_key, int64_t principal_key,
                                   const Author& actor);
absl::StatusOr<bool> RemoveTeamMember(WriteTx& tx, int64_t participant_key, int64_t principal_key,
                                      const Author& actor);

// One controller's name and contact facts. The two halves are apart, because a ground may open one
// and not the other.
struct ContactRow {
  Author author;
  int64_t version = 0;
  v1::Provenance provenance;           // role, time and source only
  Guarded<v1::ContactFacts> identity;  // names only
  Guarded<v1::ContactFacts> contact;   // everything but names
};
// Every controller's facts, in the order of their keys.
absl::StatusOr<std::vector<ContactRow>> ListContacts(ReadTx& tx, int64_t participant_key);
absl::StatusOr<std::optional<ContactRow>> FindContact(ReadTx& tx, int64_t participant_key,
                                                      int64_t controller_key);
// The day a minor turns 18 by that controller's facts; an empty date for everybody else. For what a
// record says of how it came about, not to be shown as such.
absl::StatusOr<google::type::Date> FindAdultFrom(ReadTx& tx, int64_t participant_key,
                                                 int64_t controller_key);
// The unit's ties to these participants, each with what its controller knows of the person, in the
// order of their keys. A few statements, however many there are.
absl::Status EachTieWithContact(ReadTx& tx, int64_t unit_key,
                                absl::Span<const int64_t> participant_keys,
                                absl::FunctionRef<void(TieRow&&, std::optional<ContactRow>&&)> fn);
// Gives the controller's confirmed ties the list columns of its facts.
absl::Status AlignTies(WriteTx& tx, int64_t participant_key, int64_t controller_key);
// Writes the controller's facts as `version`, journals them, and keeps the ties' list columns true.
absl::Status PutContact(WriteTx& tx, int64_t participant_key, const Author& author, int64_t version,
                        const v1::SideFacts& facts, const std::string& name_key);

// The same with what a tie was registered with, unless the controller has facts already. Nothing
// registered makes no facts. Either way its confirmed ties get the list columns.
absl::Status AdoptContact(WriteTx& tx, int64_t participant_key, const Author& author,
                          const v1::ContactFacts& registered, const v1::Provenance& provenance,
                          const std::string& name_key);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_TIE_H_
