#include "storage/office_lock.h"

#include <string>
#include <utility>

#include "storage/follow_up_row.h"
#include "storage/journal.h"
#include "storage/participant.h"
#include "storage/section.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::storage {
namespace {

constexpr Sql kFindFollowUp(
    "SELECT follow_up_key, controller_key, unit_key, principal_key, type, office_lock"
    " FROM follow_up WHERE id = $1 AND participant_key = $2");
constexpr Sql kFindSection(
    "SELECT section_key, controller_key, unit_key, principal_key, kind, office_lock"
    " FROM section WHERE id = $1 AND participant_key = $2");
constexpr Sql kPutFollowUp(
    "UPDATE follow_up SET office_lock = $2 WHERE follow_up_key = $1 AND office_lock <> $2");
// A locked section is its unit's own, so that another unit of the controller records its own and
// does not meet it.
constexpr Sql kPutSection(
    "UPDATE section SET office_lock = $2, own_unit_key = CASE WHEN $2 = 1 OR $3 = 1 THEN unit_key"
    " ELSE 0 END WHERE section_key = $1 AND office_lock <> $2");

}  // namespace

absl::StatusOr<std::optional<LockableRow>> FindLockable(ReadTx& tx, int64_t participant_key,
                                                        v1::LockableRecord record,
                                                        std::string_view id_bytes) {
  const bool follow_up = record == v1::LOCKABLE_RECORD_FOLLOW_UP;
  std::optional<LockableRow> found;
  NAVO_RETURN_IF_ERROR(
      tx.First(follow_up ? kFindFollowUp : kFindSection, {Blob(id_bytes), participant_key},
               [&](const Row& row) {
                 const v1::Category category =
                     follow_up ? CategoryOf(static_cast<v1::FollowUpType>(row.Int64(4)))
                               : CategoryOf(static_cast<v1::SectionKind>(row.Int64(4)));
                 Label label{category, {row.Int64(1), row.Int64(2), row.Int64(3)}};
                 label.locked = row.Int64(5) != 0;
                 found = LockableRow{record, row.Int64(0), {label, label.locked}, false};
                 found->of_unit =
                     !follow_up && StaysWithUnit(static_cast<v1::SectionKind>(row.Int64(4)));
               })
          .status());
  return found;
}

absl::Status PutOfficeLock(WriteTx& tx, int64_t participant_key, const LockableRow& row,
                           std::string_view id_bytes, bool locked, const Author& actor) {
  const bool follow_up = row.record == v1::LOCKABLE_RECORD_FOLLOW_UP;
  const int64_t lock = locked ? 1 : 0;
  NAVO_RETURN_IF_ERROR(
      follow_up ? tx.Run(kPutFollowUp, {row.record_key, lock})
                : tx.Run(kPutSection, {row.record_key, lock, int64_t{row.of_unit ? 1 : 0}}));
  if (tx.changes() == 0) return absl::OkStatus();
  JournalOfficeLock(tx, participant_key, row.record, row.record_key, UuidText(id_bytes), locked,
                    actor);
  return BumpAccessRevision(tx, participant_key);
}

void JournalOfficeLock(WriteTx& tx, int64_t participant_key, v1::LockableRecord record,
                       int64_t record_key, std::string record_id, bool locked,
                       const Author& actor) {
  JournalEntry entry;
  entry.participant_key = participant_key;
  entry.subject = JournalSubject::kOfficeLock;
  entry.act = locked ? JournalAct::kCreated : JournalAct::kEnded;
  entry.record_key = record_key;
  entry.record_id = std::move(record_id);
  entry.author = actor;
  entry.version = int64_t{record};
  entry.retention_class = 1;
  tx.Journal(std::move(entry));
}

}  // namespace navo::storage
