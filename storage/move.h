#ifndef NAVO_STORAGE_MOVE_H_
#define NAVO_STORAGE_MOVE_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "storage/guarded.h"
#include "storage/tx.h"

// What a unit wrote on the wrong person and has to go to the right one. Nothing is deleted that is
// not kept in the journal of both.
namespace navo::storage {

// Whether the unit has written anything on the participant but the tie itself.
absl::StatusOr<bool> HasUnitRecords(ReadTx& tx, int64_t participant_key, const Author& unit);

// Moves the unit's follow-ups, language records, sections, plan steps and contact facts, and
// journals each as moved by `unit`. Where the right person has the controller's own section, goals
// or facts already, those stand and the moved ones are kept in the journal. Grounds the unit
// registered are ended and not moved: a consent was given by one person about oneself. Returns how
// many moved.
absl::StatusOr<int> MoveUnitRecords(WriteTx& tx, int64_t from_key, int64_t to_key,
                                    const Author& unit);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_MOVE_H_
