#ifndef NAVO_STORAGE_PROTECTION_H_
#define NAVO_STORAGE_PROTECTION_H_

#include <string_view>

#include "absl/status/status.h"
#include "storage/guarded.h"
#include "storage/move.h"
#include "storage/participant.h"
#include "storage/tx.h"

// Address grading and shielding, said of numbers, known before anybody is registered. All
// functions: errors of the engine only. Any thread, within the Tx.
namespace navo::storage {

// What has been said of a number.
struct SaidProtection {
  Protection now;
  // What the person register, or the seed file, said last: staff go not below it. kUkjent: it does
  // not know.
  Protection least;
};

// How a number is protected; not at all when nobody has said anything.
absl::StatusOr<SaidProtection> FindSaidProtection(ReadTx& tx, std::string_view hash);
absl::StatusOr<Protection> FindProtection(ReadTx& tx, std::string_view hash);

// Who sets it, and what the layers above know (move.h).
struct ProtectionChange {
  Author actor;
  NewIdFn new_id;
  NameKeyFn name_key;
};

// Sets the protection of a number and of the ordinary participant who has it, journaled, and ends
// every emergency access to them. Where nothing protects the person any more, every side's shadow
// records become the participant's. Nothing to do, but that it was set, when it is so already.
absl::Status SetProtection(WriteTx& tx, std::string_view hash, const SaidProtection& said,
                           const ProtectionChange& change);

// The same as the seed file says it at a start, which is a register's word; nothing for a number
// that was set since.
absl::Status SeedProtection(WriteTx& tx, std::string_view hash, const Protection& protection,
                            const ProtectionChange& change);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_PROTECTION_H_
