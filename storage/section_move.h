#ifndef NAVO_STORAGE_SECTION_MOVE_H_
#define NAVO_STORAGE_SECTION_MOVE_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "storage/guarded.h"
#include "storage/tx.h"

namespace navo::storage {

// Takes what the unit wrote in sections to the right person, or what every unit of its controller
// did where unit_key is 0 (move.h), version by version. Where the right person has a section of
// that kind and owner, that one stands and they are its earlier versions; should they have been
// under an office lock, it is from now on. What other units wrote, before or since, remains with
// the wrong person; it was never under the office lock of the unit that leaves, which goes with
// that unit's words. Returns of how many sections something went. `new_id`: 16 random bytes. Errors
// of the engine only. Any thread, within the Tx.
absl::StatusOr<int> MoveSections(WriteTx& tx, int64_t from_key, int64_t to_key, const Author& unit,
                                 absl::FunctionRef<std::string()> new_id);

// Whether the unit has written anything there that MoveSections would take along.
absl::StatusOr<bool> HasWrittenSections(ReadTx& tx, int64_t participant_key, const Author& unit);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_SECTION_MOVE_H_
