#ifndef NAVO_STORAGE_SHADOW_H_
#define NAVO_STORAGE_SHADOW_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/guarded.h"
#include "storage/move.h"
#include "storage/participant.h"
#include "storage/tx.h"

// Shadow records: persons whom the registering side could not know of, as that side registered them
// (access.md 4). All functions: errors of the engine only. Any thread, within the Tx.
namespace navo::storage {

struct ShadowRow {
  int64_t participant_key = 0;
  std::string id;         // the realm's controller's pairwise id, 16 bytes
  Protection protection;  // of the person's number now
  int64_t created_us = 0;
  std::vector<int64_t> unit_keys;  // tied now, in the order of their keys
};

// At most `limit` of a controller's shadow records before this key, newest first.
absl::StatusOr<std::vector<ShadowRow>> ListShadows(ReadTx& tx, int64_t controller_key,
                                                   int64_t before_key, int64_t limit);

// Every realm's shadow records of a number, in the order in which they were made.
absl::StatusOr<std::vector<int64_t>> FindShadows(ReadTx& tx, std::string_view identifier_hash);

// Makes what a shadow record holds the real participant's, who is registered if nobody did yet:
// ties, team, grounds, handovers and everything that was written (with its versions; what
// stands where both have something: MoveSideRecords). Nobody of the units did this, and whoever
// lifted the protection may be another controller's: no record names whoever merges. Consents wait
// to be confirmed: the participant could not see them where they were registered. Open handovers
// and emergency accesses end. Its ids stand for the real participant from now on; what names it by
// its key, as the access log, still does. Journaled as done by `actor`. Returns the real
// participant, who has an id for the controller.
absl::StatusOr<int64_t> MergeShadow(WriteTx& tx, int64_t shadow_key, const Author& actor,
                                    NewIdFn new_id, NameKeyFn name_key);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_SHADOW_H_
