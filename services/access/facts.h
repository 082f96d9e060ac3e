#ifndef NAVO_SERVICES_ACCESS_FACTS_H_
#define NAVO_SERVICES_ACCESS_FACTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/access/policy.h"
#include "storage/tx.h"

// Loads what a decision rests on, in the transaction that reads the data. An error while loading is
// a refusal: the caller of these must not go on.
namespace navo::access {

// With the grounds that are not past today. By the pairwise id of the caller's controller. Unknown
// ids give facts that are not `known`.
absl::StatusOr<Facts> LoadFactsById(storage::ReadTx& tx, const Caller& caller,
                                    std::string_view participant_id_bytes);
// By key, for a participant that was found otherwise.
absl::StatusOr<Facts> LoadFactsByKey(storage::ReadTx& tx, const Caller& caller,
                                     int64_t participant_key);
// The same with the grounds that were in force on `since_day` or later too, for decisions on how it
// was then.
absl::StatusOr<Facts> LoadFactsSince(storage::ReadTx& tx, const Caller& caller,
                                     int64_t participant_key, int64_t since_day);
// Who a number stands for, to this caller. A person whom the caller may not know of is looked for
// among the shadow records of the caller's own controller, so that neither finding nor registering
// tells. Only a system takes a person of unknown protection in as the participant, whom it then
// does not see: until somebody knows, it is for those with the role alone, and not for the
// importing side as a shadow record would be.
struct Resolved {
  int64_t realm = storage::kOrdinaryRealm;
  storage::Protection protection;  // of a record that would be made there
  std::optional<int64_t> participant_key;
};
absl::StatusOr<Resolved> Resolve(storage::ReadTx& tx, const Caller& caller,
                                 std::string_view identifier_hash);
// Whether the number is the caller's own or the family's, known before anybody is registered.
bool IsOwnNumber(const Caller& caller, const std::string& identifier_hash, absl::Time now);
// The signed-in participant.
absl::StatusOr<Facts> LoadOwnFacts(storage::ReadTx& tx, int64_t participant_key);

}  // namespace navo::access

#endif  // NAVO_SERVICES_ACCESS_FACTS_H_
