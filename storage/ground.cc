#include "storage/ground.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "storage/journal.h"
#include "storage/participant.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::storage {
namespace {

// Every statement on whole grounds reads these columns, as GroundOf takes them.
#define NAVO_GROUND_COLUMNS                                                                \
  "SELECT ground_key, id, participant_key, state, kind, purpose, controller_key,"          \
  " to_controller_key, to_unit_key, categories, valid_from_day, valid_to_day, unit_key,"   \
  " principal_key, version, confirmed_unit_key, confirmed_principal_key, body FROM ground" \
  " WHERE "

constexpr Sql kEveryGround(NAVO_GROUND_COLUMNS
                           "participant_key = $1 AND ground_key < $2"
                           " ORDER BY ground_key DESC LIMIT $3");
constexpr Sql kGroundsGiven(NAVO_GROUND_COLUMNS
                            "participant_key = $1 AND controller_key = $2 AND ground_key < $3"
                            " ORDER BY ground_key DESC LIMIT $4");
constexpr Sql kGroundsInForce(NAVO_GROUND_COLUMNS
                              "participant_key = $1 AND to_controller_key = $2 AND state = 2"
                              " AND valid_to_day >= $3 AND valid_from_day <= $3"
                              " AND (to_unit_key = 0 OR to_unit_key = $4) AND ground_key < $5"
                              " ORDER BY ground_key DESC LIMIT $6");
constexpr Sql kLivingGrounds(NAVO_GROUND_COLUMNS
                             "participant_key = $1 AND state < 3 AND (purpose = $2 OR $2 = 0)"
                             " ORDER BY ground_key DESC");
constexpr Sql kFindGround(NAVO_GROUND_COLUMNS "id = $1 AND participant_key = $2");
// A receiver is not told of what outlasts a ground before that is in force.
constexpr Sql kExpiring(
    NAVO_GROUND_COLUMNS
    "ground_key IN (SELECT g.ground_key FROM ground g JOIN tie t"
    " ON t.participant_key = g.participant_key AND t.unit_key = $2"
    " AND t.state = 1"
    " WHERE g.controller_key = $1 AND g.state = 2"
    " AND g.valid_to_day >= $3 AND g.valid_to_day <= $4"
    " AND NOT EXISTS (SELECT 1 FROM ground n"
    " WHERE n.participant_key = g.participant_key"
    " AND n.to_controller_key = g.to_controller_key AND n.state = 2"
    " AND n.valid_to_day > g.valid_to_day"
    " AND n.controller_key = g.controller_key"
    " AND (n.to_unit_key = 0 OR n.to_unit_key = g.to_unit_key)"
    " AND n.purpose = g.purpose AND (n.categories & g.categories) = g.categories"
    " AND n.valid_from_day <= g.valid_to_day + 1)"
    " UNION SELECT g.ground_key FROM ground g JOIN tie t"
    " ON t.participant_key = g.participant_key AND t.unit_key = $2"
    " AND t.state = 1"
    " WHERE g.to_controller_key = $1 AND g.state = 2"
    " AND (g.to_unit_key = 0 OR g.to_unit_key = $2) AND g.valid_from_day <= $3"
    " AND g.valid_to_day >= $3 AND g.valid_to_day <= $4"
    " AND NOT EXISTS (SELECT 1 FROM ground n"
    " WHERE n.participant_key = g.participant_key"
    " AND n.to_controller_key = g.to_controller_key AND n.state = 2"
    " AND n.valid_to_day > g.valid_to_day"
    " AND n.controller_key = g.controller_key"
    " AND (n.to_unit_key = 0 OR n.to_unit_key = g.to_unit_key)"
    " AND n.purpose = g.purpose AND (n.categories & g.categories) = g.categories"
    " AND n.valid_from_day <= $3))"
    " AND (valid_to_day > $5 OR (valid_to_day = $5 AND ground_key > $6))"
    " ORDER BY valid_to_day, ground_key LIMIT $7");
#undef NAVO_GROUND_COLUMNS

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
  entry.author = {ground.author.controller_key, actor.unit_key, actor.principal_key};
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
                                                            int64_t to_controller_key,
                                                            int64_t since_day) {
  std::vector<ActiveGround> grounds;
  NAVO_RETURN_IF_ERROR(tx.Each(
      "SELECT ground_key, controller_key, to_unit_key, purpose, categories, valid_from_day,"
      " valid_to_day, kind FROM ground"
      " WHERE participant_key = $1 AND to_controller_key = $2 AND state = 2 AND valid_to_day >= $3"
      " ORDER BY valid_to_day DESC, ground_key",
      {participant_key, to_controller_key, since_day}, [&](const Row& row) {
        grounds.push_back({row.Int64(0), row.Int64(1), row.Int64(2),
                           static_cast<v1::Purpose>(row.Int64(3)), row.Int64(4), row.Int64(5),
                           row.Int64(6), static_cast<v1::GroundKind>(row.Int64(7))});
      }));
  return grounds;
}

absl::StatusOr<std::vector<GroundRow>> ListGroundsOf(ReadTx& tx, int64_t participant_key,
                                                     const GroundReader& reader, int64_t before_key,
                                                     int64_t most) {
  std::vector<GroundRow> grounds;
  const auto add = [&grounds](const Row& row) { grounds.push_back(GroundOf(row)); };
  if (reader.all) {
    NAVO_RETURN_IF_ERROR(tx.Each(kEveryGround, {participant_key, before_key, most}, add));
    return grounds;
  }
  NAVO_RETURN_IF_ERROR(
      tx.Each(kGroundsGiven, {participant_key, reader.controller_key, before_key, most}, add));
  const auto received = static_cast<std::ptrdiff_t>(grounds.size());
  NAVO_RETURN_IF_ERROR(tx.Each(
      kGroundsInForce,
      {participant_key, reader.controller_key, reader.today, reader.unit_key, before_key, most},
      add));
  // No ground is of both: nobody opens a door to himself.
  std::inplace_merge(
      grounds.begin(), grounds.begin() + received, grounds.end(),
      [](const GroundRow& a, const GroundRow& b) { return a.ground_key > b.ground_key; });
  if (grounds.size() > static_cast<size_t>(most)) grounds.resize(static_cast<size_t>(most));
  return grounds;
}

absl::StatusOr<std::vector<GroundRow>> ListLivingGrounds(ReadTx& tx, int64_t participant_key,
                                                         v1::Purpose purpose) {
  std::vector<GroundRow> grounds;
  NAVO_RETURN_IF_ERROR(tx.Each(kLivingGrounds, {participant_key, int64_t{purpose}},
                               [&](const Row& row) { grounds.push_back(GroundOf(row)); }));
  return grounds;
}

absl::StatusOr<std::vector<GroundRow>> ListExpiringGrounds(ReadTx& tx, const ExpiringReader& reader,
                                                           int64_t after_day, int64_t after_key,
                                                           int64_t most) {
  std::vector<GroundRow> grounds;
  NAVO_RETURN_IF_ERROR(tx.Each(kExpiring,
                               {reader.controller_key, reader.unit_key, reader.today,
                                reader.last_day, after_day, after_key, most},
                               [&](const Row& row) { grounds.push_back(GroundOf(row)); }));
  return grounds;
}

absl::StatusOr<int64_t> CountGroundsLike(ReadTx& tx, const GroundRow& like, int64_t today,
                                         bool and_ended) {
  NAVO_ASSIGN_OR_RETURN(
      const std::optional<int64_t> count,
      tx.Number("SELECT COUNT(*) FROM ground WHERE participant_key = $1 AND to_controller_key = $2"
                " AND controller_key = $3 AND unit_key = $4 AND valid_to_day >= $5"
                " AND (state < 3 OR $6 = 1)",
                {like.participant_key, like.to_controller_key, like.author.controller_key,
                 like.author.unit_key, today, int64_t{and_ended ? 1 : 0}}));
  return count.value_or(0);
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

absl::Status MoveGrounds(WriteTx& tx, int64_t from_key, int64_t to_key, const Author& actor) {
  constexpr int64_t kAll = std::numeric_limits<int64_t>::max();
  NAVO_ASSIGN_OR_RETURN(std::vector<GroundRow> grounds,
                        ListGroundsOf(tx, from_key, {.all = true}, kAll, kAll));
  for (GroundRow& ground : grounds) {
    ground.participant_key = to_key;
    ++ground.version;
    // The participant could neither see nor withdraw what was registered there: it is asked anew.
    const bool consent = ground.kind != v1::GROUND_KIND_LOV;
    if (consent && ground.state == v1::GROUND_STATE_ACTIVE) ground.state = v1::GROUND_STATE_PENDING;
    NAVO_RETURN_IF_ERROR(tx.Run(
        "UPDATE ground SET participant_key = $2, version = $3, state = $4 WHERE ground_key = $1",
        {ground.ground_key, to_key, ground.version, int64_t{ground.state}}));
    JournalGround(tx, ground, JournalAct::kMoved, actor, false);
  }
  return BumpAccessRevision(tx, to_key);
}

}  // namespace navo::storage
