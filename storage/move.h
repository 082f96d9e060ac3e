#ifndef NAVO_STORAGE_MOVE_H_
#define NAVO_STORAGE_MOVE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/participant.pb.h"
#include "storage/guarded.h"
#include "storage/tx.h"

// What a unit wrote on the wrong person and has to go to the right one. Nothing is deleted that is
// not kept in the journal.
//
// Where the unit wrote over what another unit of its controller had written on the wrong person,
// that unit's words come back as the next version there (kCorrected in the journal, by whoever
// wrote them). Not those of a unit that has said itself that it is the wrong person.
// All functions: errors of the engine only. Any thread, within the Tx.
namespace navo::storage {

// What the layers above know: 16 random bytes of a new id, and what the working list sorts a person
// of these facts by.
using NewIdFn = absl::FunctionRef<std::string()>;
using NameKeyFn = absl::FunctionRef<std::string(const v1::ContactFacts&)>;

// Whether the unit has written anything on the participant but the tie itself.
absl::StatusOr<bool> HasUnitRecords(ReadTx& tx, int64_t participant_key, const Author& unit);

// Moves the unit's follow-ups, language records with hours and norskmaal, sections, plan steps,
// goals and contact facts, and journals each: with content for the right person, without for the
// wrong one. Follow-ups, sections, steps and goals arrive with every version that the unit wrote,
// by whoever wrote it. Where the right person has the controller's own section or goals already,
// those stand and what came is among their earlier versions; of norskmaal, facts and the unit's
// hours of a week, which show no versions, what came is kept in the journal. The ties' list columns
// follow. Returns how many moved. Grounds and confirmations are not moved: see EndUnitGrounds.
absl::StatusOr<int> MoveUnitRecords(WriteTx& tx, int64_t from_key, int64_t to_key,
                                    const Author& unit, NewIdFn new_id, NameKeyFn name_key);

// The same for everything that a controller's side has of a person who has two records: every
// unit's
// (`unit_keys`) with the versions of all, and nothing comes back to the record it leaves.
absl::Status MoveSideRecords(WriteTx& tx, int64_t from_key, int64_t to_key, int64_t controller_key,
                             const std::vector<int64_t>& unit_keys, NewIdFn new_id,
                             NameKeyFn name_key);

// Ends what the unit stated about the wrong person: every pending or active ground that it
// registered or confirmed, of any kind, and its confirmations of the person's sections, whoever's
// they are. A consent was given by one person about oneself, so nothing of this goes to another.
absl::Status EndUnitGrounds(WriteTx& tx, int64_t participant_key, const Author& unit);

// Takes the contact facts away that the unit wrote last, when there is no right person to take them
// to. Nothing to do when the unit wrote none.
absl::Status ForgetUnitContact(WriteTx& tx, int64_t participant_key, const Author& unit,
                               NameKeyFn name_key);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_MOVE_H_
