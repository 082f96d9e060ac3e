#include <optional>
#include <string>
#include <utility>

#include "storage/follow_up.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::storage {
namespace {

constexpr Sql kList(
    "SELECT f.follow_up_key, f.id, f.controller_key, f.unit_key, f.principal_key, f.occurred_us,"
    "       f.version, f.body, s.controller_key, s.unit_key, s.principal_key,"
    "       j.id, j.type, j.controller_key, j.unit_key, j.principal_key, f.office_lock,"
    "       j.office_lock"
    " FROM follow_up f LEFT JOIN plan_step s"
    "   ON s.id = f.step_id AND s.participant_key = f.participant_key"
    " LEFT JOIN follow_up j"
    "   ON j.participant_key = f.participant_key AND j.meeting_key = f.meeting_key"
    "   AND j.meeting_key > 0 AND j.controller_key <> f.controller_key"
    " WHERE f.participant_key = $1 AND (f.occurred_us, f.follow_up_key) < ($2, $3)"
    " ORDER BY f.occurred_us DESC, f.follow_up_key DESC, j.follow_up_key");
constexpr Sql kFindStep(
    "SELECT controller_key, unit_key, principal_key FROM plan_step"
    " WHERE id = $1 AND participant_key = $2");

FollowUpRow FollowUpOf(const Row& row) {
  const Author author{row.Int64(2), row.Int64(3), row.Int64(4)};
  v1::FollowUp body = FollowUpBodyOf(row.Bytes(7));
  std::string step_id = std::move(*body.mutable_step_id());
  const Label whose{CategoryOf(body.type()), author, false, row.Int64(16) != 0};
  FollowUpRow follow_up = SplitFollowUp(std::move(body), whose, row.Bytes(1));
  follow_up.position = {row.Int64(5), row.Int64(0)};
  follow_up.version = row.Int64(6);
  if (!row.IsNull(8)) {
    const Label label{v1::CATEGORY_PLAN, {row.Int64(8), row.Int64(9), row.Int64(10)}};
    follow_up.step_id.emplace(label, std::move(step_id));
  }
  return follow_up;
}

// The other event of a meeting that stands in this row, as a link to it.
void AddJoint(const Row& row, FollowUpRow& follow_up) {
  if (row.IsNull(11)) return;
  const Label label{CategoryOf(static_cast<v1::FollowUpType>(row.Int64(12))),
                    {row.Int64(13), row.Int64(14), row.Int64(15)},
                    false,
                    row.Int64(17) != 0};
  follow_up.joint_with.emplace_back(label, UuidText(row.Bytes(11)));
}

}  // namespace

absl::Status ReadFollowUps(ReadTx& tx, int64_t participant_key, const FollowUpPosition& position,
                           FollowUpFn fn) {
  // An event stands in as many rows as its meeting has other events.
  std::optional<FollowUpRow> gathered;
  NAVO_RETURN_IF_ERROR(
      tx.Each(kList, {participant_key, position.occurred_us, position.follow_up_key},
              [&](const Row& row) -> absl::Status {
                if (!gathered.has_value() || gathered->position.follow_up_key != row.Int64(0)) {
                  if (gathered.has_value()) {
                    if (absl::Status told = fn(*gathered); !told.ok()) return told;
                  }
                  gathered = FollowUpOf(row);
                }
                AddJoint(row, *gathered);
                return absl::OkStatus();
              }));
  return gathered.has_value() ? fn(*gathered) : absl::OkStatus();
}

absl::StatusOr<std::optional<Label>> FindStepLabel(ReadTx& tx, int64_t participant_key,
                                                   std::string_view step_id_bytes) {
  std::optional<Label> label;
  NAVO_RETURN_IF_ERROR(
      tx.First(kFindStep, {Blob(step_id_bytes), participant_key}, [&](const Row& row) {
          label = Label{v1::CATEGORY_PLAN, {row.Int64(0), row.Int64(1), row.Int64(2)}};
        }).status());
  return label;
}

}  // namespace navo::storage
