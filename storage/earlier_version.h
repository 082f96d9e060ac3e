#ifndef NAVO_STORAGE_EARLIER_VERSION_H_
#define NAVO_STORAGE_EARLIER_VERSION_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "storage/guarded.h"
#include "storage/journal.h"
#include "storage/tx.h"

// What another unit of the same controller had written where a unit, which now leaves, wrote over
// it. For records that a controller has one of: a section, facts, a part of a plan.
namespace navo::storage {

struct EarlierVersion {
  Author author;
  std::string body;  // as the record's table stores it
};

// The newest version of the record that was not written by `leaving`'s unit, nor by one that has
// left the person itself; nullopt when there is none. Errors of the engine only. Any thread, within
// the Tx. `record_id` as text, empty for records without one: the key of a record that is gone is
// given to the next. Changes that this closure has journaled itself do not count yet.
absl::StatusOr<std::optional<EarlierVersion>> FindEarlierVersion(
    ReadTx& tx, int64_t participant_key, JournalSubject subject, int64_t record_key,
    std::string_view record_id, const Author& leaving);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_EARLIER_VERSION_H_
