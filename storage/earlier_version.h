#ifndef NAVO_STORAGE_EARLIER_VERSION_H_
#define NAVO_STORAGE_EARLIER_VERSION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/guarded.h"
#include "storage/journal.h"
#include "storage/tx.h"

// The versions of a record, out of the journal: what goes along when a unit takes its words to
// another participant, and what another unit of the same controller had written where it wrote over
// that. Errors of the engine only. Any thread, within the Tx. Record ids are text, empty for
// records without one: the key of a record that is gone is given to the next. Changes that this
// closure has journaled itself do not count yet.
namespace navo::storage {

struct EarlierVersion {
  Author author;
  int64_t version = 0;
  std::string body;  // as the record's table stores it
};

// What `unit` wrote of the record, or every unit of its controller where unit_key is 0; oldest
// first, without what its unit has taken along already.
absl::StatusOr<std::vector<EarlierVersion>> ListVersionsOf(ReadTx& tx, int64_t participant_key,
                                                           JournalSubject subject,
                                                           int64_t record_key,
                                                           std::string_view record_id,
                                                           const Author& unit);

// What remains of the record when `leaving`'s unit takes its words along: the versions of the other
// units of the controller that have not left the person themselves; oldest first.
absl::StatusOr<std::vector<EarlierVersion>> ListRemainingVersions(
    ReadTx& tx, int64_t participant_key, JournalSubject subject, int64_t record_key,
    std::string_view record_id, const Author& leaving);

// The newest version of the record that was not written by `leaving`'s unit, nor by one that has
// left the person itself; nullopt when there is none, and where unit_key is 0. For records that a
// controller has one of: a section, norskmaal, facts, a part of a plan.
absl::StatusOr<std::optional<EarlierVersion>> FindEarlierVersion(
    ReadTx& tx, int64_t participant_key, JournalSubject subject, int64_t record_key,
    std::string_view record_id, const Author& leaving);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_EARLIER_VERSION_H_
