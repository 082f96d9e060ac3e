#include "storage/follow_up.h"

#include <string>
#include <utility>

#include "storage/journal.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::storage {
namespace {

constexpr int64_t kRetentionClass = 1;

constexpr Sql kAdd(
    "INSERT INTO follow_up (id, participant_key, controller_key, unit_key, principal_key, type,"
    " occurred_us, step_id, version, retention_class, key_id, body)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, 0, $10) RETURNING follow_up_key");
constexpr Sql kMoveLastContact(
    "UPDATE tie SET last_follow_up_day = $3"
    " WHERE participant_key = $1 AND unit_key = $2 AND last_follow_up_day < $3");
constexpr Sql kList(
    "SELECT f.follow_up_key, f.id, f.controller_key, f.unit_key, f.principal_key, f.occurred_us,"
    "       f.body, s.controller_key, s.unit_key, s.principal_key"
    " FROM follow_up f LEFT JOIN plan_step s"
    "   ON s.id = f.step_id AND s.participant_key = f.participant_key"
    " WHERE f.participant_key = $1 AND (f.occurred_us, f.follow_up_key) < ($2, $3)"
    " ORDER BY f.occurred_us DESC, f.follow_up_key DESC");
constexpr Sql kFindStep(
    "SELECT controller_key, unit_key, principal_key FROM plan_step"
    " WHERE id = $1 AND participant_key = $2");

FollowUpRow FollowUpOf(const Row& row) {
  const Author author{row.Int64(2), row.Int64(3), row.Int64(4)};
  v1::FollowUp body;
  const std::string_view bytes = row.Bytes(6);
  body.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  body.set_follow_up_id(UuidText(row.Bytes(1)));
  FollowUpRow follow_up;
  follow_up.position = {row.Int64(5), row.Int64(0)};
  follow_up.note = {{v1::CATEGORY_FOLLOWUP_NOTE, author}, std::move(*body.mutable_note())};
  if (!row.IsNull(7)) {
    const Label label{v1::CATEGORY_PLAN, {row.Int64(7), row.Int64(8), row.Int64(9)}};
    follow_up.step_id.emplace(label, std::move(*body.mutable_step_id()));
  }
  body.clear_note();
  body.clear_step_id();
  follow_up.summary = {{v1::CATEGORY_FOLLOWUP_SUMMARY, author}, std::move(body)};
  return follow_up;
}

}  // namespace

absl::Status AddFollowUp(WriteTx& tx, const NewFollowUp& follow_up) {
  const Author& author = follow_up.author;
  JournalEntry entry;
  entry.body = follow_up.body.SerializeAsString();
  const std::string step_id = UuidBytes(follow_up.body.step_id()).value_or(std::string());
  NAVO_ASSIGN_OR_RETURN(
      entry.record_key,
      tx.Insert(kAdd, {Blob(follow_up.id), follow_up.participant_key, author.controller_key,
                       author.unit_key, author.principal_key, int64_t{follow_up.body.type()},
                       follow_up.occurred_us, Blob(step_id), kRetentionClass, Blob(entry.body)}));
  NAVO_RETURN_IF_ERROR(tx.Run(kMoveLastContact, {follow_up.participant_key, author.unit_key,
                                                 int64_t{follow_up.occurred_day}}));
  entry.participant_key = follow_up.participant_key;
  entry.subject = JournalSubject::kFollowUp;
  entry.record_id = UuidText(follow_up.id);
  entry.controller_key = author.controller_key;
  entry.unit_key = author.unit_key;
  entry.principal_key = author.principal_key;
  entry.retention_class = kRetentionClass;
  tx.Journal(std::move(entry));
  return absl::OkStatus();
}

absl::Status ReadFollowUps(ReadTx& tx, int64_t participant_key, const FollowUpPosition& position,
                           FollowUpFn fn) {
  return tx.Each(kList, {participant_key, position.occurred_us, position.follow_up_key},
                 [&](const Row& row) -> absl::Status { return fn(FollowUpOf(row)); });
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
