#ifndef NAVO_STORAGE_SECTION_MOVE_H_
#define NAVO_STORAGE_SECTION_MOVE_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "storage/guarded.h"
#include "storage/tx.h"

namespace navo::storage {

// Takes the sections that the unit wrote last to the right person, or those of every unit of its
// controller where unit_key is 0 (move.h). Each comes with the versions that the unit (or side)
// wrote. Where the right person has a section of that kind and owner, that one stands and they are
// its earlier versions. What another unit had written before comes back to the wrong person; it was
// never under the office lock of the unit that leaves, which goes with that unit's words. Returns
// how many went. `new_id`: 16 random bytes. Errors of the engine only. Any thread, within the Tx.
absl::StatusOr<int> MoveSections(WriteTx& tx, int64_t from_key, int64_t to_key, const Author& unit,
                                 absl::FunctionRef<std::string()> new_id);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_SECTION_MOVE_H_
