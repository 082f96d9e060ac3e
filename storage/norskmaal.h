#ifndef NAVO_STORAGE_NORSKMAAL_H_
#define NAVO_STORAGE_NORSKMAAL_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/language.pb.h"
#include "storage/guarded.h"
#include "storage/tx.h"

// Norskmaal: one for each participant and controller; earlier versions are in the journal. All
// functions: errors of the engine only. Any thread, within the Tx.
namespace navo::storage {

struct NorskmaalRow {
  int64_t version = 1;
  Author author;
  v1::Norskmaal body;  // as the API takes it, with role and time (and source) in its provenance
};

// Every controller's, in a fixed order. Category LANGUAGE.
absl::StatusOr<std::vector<Guarded<NorskmaalRow>>> ListNorskmaal(ReadTx& tx,
                                                                 int64_t participant_key);

// One controller's.
absl::StatusOr<std::optional<Guarded<NorskmaalRow>>> FindNorskmaal(ReadTx& tx,
                                                                   int64_t participant_key,
                                                                   int64_t controller_key);

// Writes the author's controller's, as this version, and journals it; the caller has looked at the
// version before.
absl::Status PutNorskmaal(WriteTx& tx, int64_t participant_key, const NorskmaalRow& row);

// Takes what the unit wrote last for its controller to the right person (move.h); returns 1, or 0
// when it wrote none. Where the right person has the controller's own, that stands and what came is
// in the journal. What another unit of the controller had written before comes back to the wrong
// person.
absl::StatusOr<int> MoveNorskmaal(WriteTx& tx, int64_t from_key, int64_t to_key,
                                  const Author& unit);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_NORSKMAAL_H_
