#include "storage/emergency_access.h"

#include <utility>

#include "storage/journal.h"
#include "storage/participant.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::storage {
namespace {

constexpr int64_t kRetentionClass = 1;

constexpr Sql kFind(
    "SELECT emergency_key, id, participant_key, controller_key, unit_key, principal_key, until_us,"
    " version, body FROM emergency_access WHERE id = $1");
constexpr Sql kOpenOfPrincipal(
    "SELECT emergency_key, id, participant_key, controller_key, unit_key, principal_key, until_us,"
    " version, body FROM emergency_access WHERE principal_key = $1 AND until_us > $2"
    " ORDER BY emergency_key");
constexpr Sql kOpenTo(
    "SELECT emergency_key, id, participant_key, controller_key, unit_key, principal_key, until_us,"
    " version, body FROM emergency_access WHERE participant_key = $1 AND until_us > $2"
    " ORDER BY emergency_key");
constexpr Sql kList(
    "SELECT emergency_key, id, participant_key, controller_key, unit_key, principal_key, until_us,"
    " version, body FROM emergency_access WHERE controller_key = $1 AND emergency_key < $2"
    " AND ($3 = 0 OR unit_key = $3) AND ($4 = 0 OR principal_key = $4)"
    " AND ($5 = 0 OR until_us > $5) ORDER BY emergency_key DESC LIMIT $6");
constexpr Sql kAdd(
    "INSERT INTO emergency_access (id, participant_key, controller_key, unit_key, principal_key,"
    " until_us, version, retention_class, key_id, body)"
    " VALUES ($1, $2, $3, $4, $5, $6, 1, $7, 0, $8) RETURNING emergency_key");
constexpr Sql kEnd(
    "UPDATE emergency_access SET until_us = $2, version = $3, body = $4 WHERE emergency_key = $1");
constexpr Sql kBody("SELECT body FROM emergency_access WHERE emergency_key = $1");

v1::EmergencyAccess BodyOf(std::string_view bytes) {
  v1::EmergencyAccess body;
  body.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  return body;
}

EmergencyRow RowOf(const Row& row) {
  EmergencyRow emergency;
  emergency.emergency_key = row.Int64(0);
  emergency.id = row.Bytes(1);
  emergency.participant_key = row.Int64(2);
  emergency.author = {row.Int64(3), row.Int64(4), row.Int64(5)};
  emergency.until_us = row.Int64(6);
  emergency.version = row.Int64(7);
  emergency.body = {{v1::CATEGORY_EXISTENCE, emergency.author}, BodyOf(row.Bytes(8))};
  return emergency;
}

absl::StatusOr<std::vector<EmergencyRow>> AllOf(ReadTx& tx, Sql sql, Values values) {
  std::vector<EmergencyRow> rows;
  NAVO_RETURN_IF_ERROR(
      tx.Each(sql, values, [&rows](const Row& row) { rows.push_back(RowOf(row)); }));
  return rows;
}

void JournalEmergency(WriteTx& tx, const EmergencyRow& emergency, JournalAct act,
                      const Author& actor, int64_t version, std::string body) {
  JournalEntry entry;
  entry.participant_key = emergency.participant_key;
  entry.subject = JournalSubject::kEmergencyAccess;
  entry.act = act;
  entry.record_key = emergency.emergency_key;
  entry.record_id = UuidText(emergency.id);
  entry.author = actor;
  entry.version = version;
  entry.retention_class = kRetentionClass;
  entry.body = std::move(body);
  tx.Journal(std::move(entry));
}

}  // namespace

absl::StatusOr<std::optional<EmergencyRow>> FindEmergency(ReadTx& tx, std::string_view id_bytes) {
  std::optional<EmergencyRow> found;
  NAVO_RETURN_IF_ERROR(
      tx.First(kFind, {Blob(id_bytes)}, [&found](const Row& row) { found = RowOf(row); }).status());
  return found;
}

absl::StatusOr<std::vector<EmergencyRow>> ListOpenEmergencies(ReadTx& tx, int64_t principal_key) {
  return AllOf(tx, kOpenOfPrincipal, {principal_key, tx.now_us()});
}

absl::StatusOr<std::vector<EmergencyRow>> ListEmergencies(ReadTx& tx, const EmergencyFilter& filter,
                                                          int64_t before_key, int64_t limit) {
  return AllOf(tx, kList,
               {filter.controller_key, before_key, filter.unit_key, filter.principal_key,
                filter.open_only ? tx.now_us() : int64_t{0}, limit});
}

absl::Status AddEmergency(WriteTx& tx, const EmergencyRow& emergency,
                          const v1::EmergencyAccess& body) {
  EmergencyRow added = emergency;
  std::string bytes = body.SerializeAsString();
  NAVO_ASSIGN_OR_RETURN(
      added.emergency_key,
      tx.Insert(kAdd, {Blob(added.id), added.participant_key, added.author.controller_key,
                       added.author.unit_key, added.author.principal_key, added.until_us,
                       kRetentionClass, Blob(bytes)}));
  JournalEmergency(tx, added, JournalAct::kCreated, added.author, 1, std::move(bytes));
  return BumpAccessRevision(tx, added.participant_key);
}

absl::Status EndEmergency(WriteTx& tx, const EmergencyRow& emergency, v1::EmergencyEnd end,
                          const Author& actor) {
  if (emergency.until_us <= tx.now_us()) return absl::OkStatus();
  v1::EmergencyAccess body;
  NAVO_RETURN_IF_ERROR(tx.First(kBody, {emergency.emergency_key}, [&body](const Row& row) {
                           body = BodyOf(row.Bytes(0));
                         }).status());
  body.set_end(end);
  std::string bytes = body.SerializeAsString();
  NAVO_RETURN_IF_ERROR(
      tx.Run(kEnd, {emergency.emergency_key, tx.now_us(), emergency.version + 1, Blob(bytes)}));
  JournalEmergency(tx, emergency, JournalAct::kEnded, actor, emergency.version + 1,
                   std::move(bytes));
  return BumpAccessRevision(tx, emergency.participant_key);
}

absl::Status EndEmergenciesTo(WriteTx& tx, int64_t participant_key, v1::EmergencyEnd end) {
  NAVO_ASSIGN_OR_RETURN(const std::vector<EmergencyRow> open,
                        AllOf(tx, kOpenTo, {participant_key, tx.now_us()}));
  for (const EmergencyRow& emergency : open) {
    NAVO_RETURN_IF_ERROR(EndEmergency(tx, emergency, end, {}));
  }
  return absl::OkStatus();
}

}  // namespace navo::storage
