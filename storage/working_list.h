#ifndef NAVO_STORAGE_WORKING_LIST_H_
#define NAVO_STORAGE_WORKING_LIST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "navo/v1/participant.pb.h"
#include "storage/guarded.h"
#include "storage/participant.h"
#include "storage/tie.h"
#include "storage/tx.h"

// The participants tied to a unit, as its staff look through them in the morning.
namespace navo::storage {

// One line without personal content: enough to filter, sort and decide.
struct WorkingListLine {
  std::string id;            // the controller's pairwise id, 16 random bytes
  ParticipantAccess access;  // tie and team are the unit's and the principal's
  std::string name_key;
  bool interpreter_needed = false;
  int64_t since_us = 0;
  int64_t last_follow_up_day = 0;  // 0: none
};
using WorkingListFn = absl::FunctionRef<void(WorkingListLine&&)>;

// Every active tie of the unit, by name and then by the random id: an order by any key inside would
// tell who was known to somebody first.
absl::Status EachTied(ReadTx& tx, int64_t unit_key, int64_t principal_key, WorkingListFn fn);

// What a page shows of one participant.
struct WorkingListCard {
  Guarded<TieRow> tie;
  Guarded<v1::ContactFacts> identity;
  Guarded<v1::ContactFacts> contact;
};
// Of participants whom the unit is tied to, in the order of `participant_keys`.
absl::StatusOr<std::vector<WorkingListCard>> ReadCards(ReadTx& tx, int64_t unit_key,
                                                       absl::Span<const int64_t> participant_keys);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_WORKING_LIST_H_
