#include "storage/office_lock.h"

#include <optional>
#include <string>

#include "services/domain/codes.h"
#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "services/protection/bodies.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

// Locks or opens a record of the caller's unit.
absl::Status Put(door::WriteCase& c, v1::LockableRecord record, const std::string& record_id,
                 bool locked) {
  domain::Violations violations;
  if (!v1::LockableRecord_IsValid(record) || record == v1::LOCKABLE_RECORD_UNSPECIFIED) {
    violations.Add("record", "must be FOLLOW_UP or SECTION");
  }
  if (!domain::IsUuid(record_id)) violations.Add("record_id", "must be the id of a record");
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  const std::string id = *storage::UuidBytes(record_id);
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::LockableRow> row,
                        storage::FindLockable(c.tx(), c.participant_key(), record, id));
  if (!row.has_value() || c.Open(row->locked) == nullptr) return domain::NotFound();
  if (row->locked.label().author.unit_key != c.caller().unit_key) {
    return domain::MakeError(absl::StatusCode::kPermissionDenied, domain::reason::kNotOwner,
                             "only the unit whose record it is locks and opens it");
  }
  const absl::Status put =
      storage::PutOfficeLock(c.tx(), c.participant_key(), *row, id, locked, c.author());
  if (!absl::IsAlreadyExists(put)) return put;
  return domain::MakeError(absl::StatusCode::kFailedPrecondition,
                           domain::reason::kIllegalStateChange,
                           "your side has recorded another section of this kind since: keep the "
                           "lock, or record what is right there");
}

}  // namespace

absl::Status SetOfficeLock(door::WriteCase& c, const v1::SetOfficeLockRequest& request,
                           v1::SetOfficeLockResponse&) {
  return Put(c, request.record(), request.record_id(), true);
}

absl::Status LiftOfficeLock(door::WriteCase& c, const v1::LiftOfficeLockRequest& request,
                            v1::LiftOfficeLockResponse&) {
  return Put(c, request.record(), request.record_id(), false);
}

}  // namespace navo::services
