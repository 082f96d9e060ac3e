#include "storage/follow_up.h"

#include <map>
#include <utility>

#include "storage/journal.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::storage {
namespace {

constexpr int64_t kRetentionClass = 1;

constexpr Sql kAdd(
    "INSERT INTO follow_up (id, participant_key, controller_key, unit_key, principal_key, type,"
    " occurred_us, version, retention_class, key_id, body)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, 0, $9) RETURNING follow_up_key");
constexpr Sql kMoveLastContact(
    "UPDATE tie SET last_follow_up_day = $3"
    " WHERE participant_key = $1 AND unit_key = $2 AND last_follow_up_day < $3");
constexpr Sql kList(
    "SELECT follow_up_key, id, controller_key, unit_key, principal_key, occurred_us, body"
    " FROM follow_up WHERE participant_key = $1 AND (occurred_us, follow_up_key) < ($2, $3)"
    " ORDER BY occurred_us DESC, follow_up_key DESC LIMIT $4");
constexpr Sql kFindStep(
    "SELECT controller_key, unit_key, principal_key FROM plan_step"
    " WHERE id = $1 AND participant_key = $2");

struct Listed {
  FollowUpRow row;
  std::string step_id;
};

Listed ListedOf(const Row& row) {
  const Author author{row.Int64(2), row.Int64(3), row.Int64(4)};
  v1::FollowUp body;
  const std::string_view bytes = row.Bytes(6);
  body.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  body.set_follow_up_id(UuidText(row.Bytes(1)));
  Listed listed;
  listed.row.position = {row.Int64(5), row.Int64(0)};
  listed.row.note = {{v1::CATEGORY_FOLLOWUP_NOTE, author}, std::move(*body.mutable_note())};
  listed.step_id = std::move(*body.mutable_step_id());
  body.clear_note();
  body.clear_step_id();
  listed.row.summary = {{v1::CATEGORY_FOLLOWUP_SUMMARY, author}, std::move(body)};
  return listed;
}

}  // namespace

absl::Status AddFollowUp(WriteTx& tx, const NewFollowUp& follow_up) {
  const Author& author = follow_up.author;
  JournalEntry entry;
  entry.body = follow_up.body.SerializeAsString();
  NAVO_ASSIGN_OR_RETURN(
      entry.record_key,
      tx.Insert(kAdd, {Blob(follow_up.id), follow_up.participant_key, author.controller_key,
                       author.unit_key, author.principal_key, int64_t{follow_up.body.type()},
                       follow_up.occurred_us, kRetentionClass, Blob(entry.body)}));
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

absl::StatusOr<std::vector<FollowUpRow>> ListFollowUps(ReadTx& tx, int64_t participant_key,
                                                       const FollowUpPosition& position,
                                                       int64_t limit) {
  std::vector<Listed> listed;
  NAVO_RETURN_IF_ERROR(
      tx.Each(kList, {participant_key, position.occurred_us, position.follow_up_key, limit},
              [&](const Row& row) { listed.push_back(ListedOf(row)); }));
  std::map<std::string, std::optional<Label>> steps;
  std::vector<FollowUpRow> rows;
  for (Listed& one : listed) {
    if (!one.step_id.empty()) {
      const auto [step, added] = steps.try_emplace(one.step_id);
      if (added) {
        const std::optional<std::string> id = UuidBytes(one.step_id);
        NAVO_ASSIGN_OR_RETURN(step->second,
                              FindStepLabel(tx, participant_key, id.value_or(std::string())));
      }
      if (step->second.has_value()) {
        one.row.step_id = Guarded<std::string>(*step->second, std::move(one.step_id));
      }
    }
    rows.push_back(std::move(one.row));
  }
  return rows;
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
