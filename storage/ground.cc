#include "storage/ground.h"

#include <utility>

#include "storage/journal.h"
#include "storage/participant.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::storage {
namespace {

constexpr Sql kListGrounds(
    "SELECT ground_key, id, participant_key, state, kind, purpose, controller_key,"
    " to_controller_key, to_unit_key, categories, valid_from_day, valid_to_day, unit_key,"
    " principal_key, version, confirmed_unit_key, confirmed_principal_key, body FROM ground WHERE "
    "participant_key = $1"
    " ORDER BY ground_key DESC");
constexpr Sql kFindGround(
    "SELECT ground_key, id, participant_key, state, kind, purpose, controller_key,"
    " to_controller_key, to_unit_key, categories, valid_from_day, valid_to_day, unit_key,"
    " principal_key, version, confirmed_unit_key, confirmed_principal_key, body FROM ground WHERE "
    "id = $1 AND participant_key = $2");

GroundRow GroundOf(const Row& row) {
  GroundRow ground;
  ground.ground_key = row.Int64(0);
  ground.id = row.Bytes(1);
  ground.participant_key = row.Int64(2);
  ground.state = static_cast<v1::GroundState>(row.Int64(3));
  ground.kind = static_cast<v1::GroundKind>(row.Int64(4));
  ground.purpose = static_cast<v1::Purpose>(row.Int64(5));
  ground.author.controller_key = row.Int64(6);
  ground.to_controller_key = row.Int64(7);
  ground.to_unit_key = row.Int64(8);
  ground.categories = row.Int64(9);
  ground.valid_from_day = row.Int64(10);
  ground.valid_to_day = row.Int64(11);
  ground.author.unit_key = row.Int64(12);
  ground.author.principal_key = row.Int64(13);
  ground.version = row.Int64(14);
  ground.confirmed_unit_key = row.Int64(15);
  ground.confirmed_principal_key = row.Int64(16);
  const std::string_view body = row.Bytes(17);
  ground.body.ParseFromArray(body.data(), static_cast<int>(body.size()));
  return ground;
}

constexpr Sql kState("SELECT state FROM ground WHERE ground_key = $1");

// A ground that was not active and is not now opened nothing.
void JournalGround(WriteTx& tx, const GroundRow& ground, JournalAct act, const Author& actor,
                   bool was_active) {
  JournalEntry entry;
  entry.participant_key = ground.participant_key;
  entry.subject = JournalSubject::kGround;
  entry.act = act;
  entry.record_key = ground.ground_key;
  entry.record_id = UuidText(ground.id);
  entry.controller_key = ground.author.controller_key;
  entry.unit_key = actor.unit_key;
  entry.principal_key = actor.principal_key;
  entry.version = ground.version;
  entry.retention_class = 1;
  entry.body = ground.body.SerializeAsString();
  if (was_active || ground.state == v1::GROUND_STATE_ACTIVE) {
    entry.before.kind = AccessBefore::Kind::kGround;
    entry.before.controller_key = ground.to_controller_key;
    entry.before.unit_key = ground.to_unit_key;
    entry.before.ground_key = ground.ground_key;
    entry.before.state = was_active ? 1 : 0;
  }
  tx.Journal(std::move(entry));
}

}  // namespace

absl::StatusOr<std::vector<ActiveGround>> ListActiveTowards(ReadTx& tx, int64_t participant_key,
                                                            int64_t to_controller_key) {
  std::vector<ActiveGround> grounds;
  NAVO_RETURN_IF_ERROR(tx.Each(
      "SELECT ground_key, controller_key, to_unit_key, purpose, categories, valid_from_day,"
      " valid_to_day FROM ground"
      " WHERE participant_key = $1 AND to_controller_key = $2 AND state = 2 ORDER BY ground_key",
      {participant_key, to_controller_key}, [&](const Row& row) {
        grounds.push_back({row.Int64(0), row.Int64(1), row.Int64(2),
                           static_cast<v1::Purpose>(row.Int64(3)), row.Int64(4), row.Int64(5),
                           row.Int64(6)});
      }));
  return grounds;
}

absl::StatusOr<std::vector<GroundRow>> ListGrounds(ReadTx& tx, int64_t participant_key) {
  std::vector<GroundRow> grounds;
  NAVO_RETURN_IF_ERROR(tx.Each(kListGrounds, {participant_key},
                               [&](const Row& row) { grounds.push_back(GroundOf(row)); }));
  return grounds;
}

absl::StatusOr<std::optional<GroundRow>> FindGround(ReadTx& tx, int64_t participant_key,
                                                    std::string_view id_bytes) {
  std::optional<GroundRow> ground;
  NAVO_RETURN_IF_ERROR(
      tx.First(kFindGround, {Blob(id_bytes), participant_key}, [&](const Row& row) {
          ground = GroundOf(row);
        }).status());
  return ground;
}

absl::Status AddGround(WriteTx& tx, GroundRow& ground) {
  const std::string body = ground.body.SerializeAsString();
  NAVO_ASSIGN_OR_RETURN(
      ground.ground_key,
      tx.Insert(
          "INSERT INTO ground (id, participant_key, state, kind, purpose, controller_key,"
          " to_controller_key, to_unit_key, categories, valid_from_day, valid_to_day,"
          " unit_key, principal_key, confirmed_unit_key, confirmed_principal_key, version,"
          " retention_class, key_id, body)"
          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, 0, $14, 1, 0,"
          " $15)"
          " RETURNING ground_key",
          {Blob(ground.id), ground.participant_key, int64_t{ground.state}, int64_t{ground.kind},
           int64_t{ground.purpose}, ground.author.controller_key, ground.to_controller_key,
           ground.to_unit_key, ground.categories, ground.valid_from_day, ground.valid_to_day,
           ground.author.unit_key, ground.author.principal_key, ground.version, Blob(body)}));
  JournalGround(tx, ground, JournalAct::kCreated, ground.author, false);
  return BumpAccessRevision(tx, ground.participant_key);
}

absl::Status ChangeGround(WriteTx& tx, GroundRow& ground, const Author& actor) {
  NAVO_ASSIGN_OR_RETURN(const std::optional<int64_t> state, tx.Number(kState, {ground.ground_key}));
  const bool was_active = state == int64_t{v1::GROUND_STATE_ACTIVE};
  ++ground.version;
  const std::string body = ground.body.SerializeAsString();
  NAVO_RETURN_IF_ERROR(
      tx.Run("UPDATE ground SET state = $2, version = $3, confirmed_unit_key = $4,"
             " confirmed_principal_key = $5, body = $6 WHERE ground_key = $1",
             {ground.ground_key, int64_t{ground.state}, ground.version, ground.confirmed_unit_key,
              ground.confirmed_principal_key, Blob(body)}));
  const bool ended = ground.state == v1::GROUND_STATE_ENDED;
  JournalGround(tx, ground, ended ? JournalAct::kEnded : JournalAct::kConfirmed, actor, was_active);
  return BumpAccessRevision(tx, ground.participant_key);
}

}  // namespace navo::storage
