#ifndef NAVO_STORAGE_OFFICE_LOCK_H_
#define NAVO_STORAGE_OFFICE_LOCK_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/protection.pb.h"
#include "storage/guarded.h"
#include "storage/tx.h"

// Office locks (kontorsperre) on single records. All functions: errors of the engine only. Any
// thread, within the Tx.
namespace navo::storage {

struct LockableRow {
  v1::LockableRecord record = v1::LOCKABLE_RECORD_UNSPECIFIED;
  int64_t record_key = 0;
  Guarded<bool> locked;
  bool of_unit = false;  // a section of a kind that stays with the unit anyway
};

// The participant's record of this id; nullopt when there is none.
absl::StatusOr<std::optional<LockableRow>> FindLockable(ReadTx& tx, int64_t participant_key,
                                                        v1::LockableRecord record,
                                                        std::string_view id_bytes);

// Sets or lifts the lock, journals it as done by `actor` and counts the access revision, so that a
// read that began before is run again. Nothing to do when it is so already. ALREADY_EXISTS
// (kUniqueViolation) when a section's lock is lifted and the controller has another of that kind.
absl::Status PutOfficeLock(WriteTx& tx, int64_t participant_key, const LockableRow& row,
                           std::string_view id_bytes, bool locked, const Author& actor);

// The journal row alone: for a record that is no longer there, or no longer under the lock, for
// another reason.
void JournalOfficeLock(WriteTx& tx, int64_t participant_key, v1::LockableRecord record,
                       int64_t record_key, std::string record_id, bool locked, const Author& actor);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_OFFICE_LOCK_H_
