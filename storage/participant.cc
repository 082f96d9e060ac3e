#include "storage/participant.h"

#include "storage/journal.h"
#include "storage/status_macros.h"

namespace navo::storage {
namespace {

ParticipantAccess AccessOf(const Row& row) {
  ParticipantAccess access;
  access.participant_key = row.Int64(0);
  access.realm = row.Int64(1);
  access.protection = {static_cast<Grading>(row.Int64(2)), row.Int64(3) != 0};
  access.access_revision = row.Int64(4);
  access.stream_head = row.Int64(5);
  access.tie = static_cast<TieState>(row.Int64(6));
  access.identity_confirmed = row.Int64(7) != 0;
  access.on_team = !row.IsNull(8);
  return access;
}

template <typename T, typename Fn>
absl::StatusOr<std::optional<T>> FirstAs(ReadTx& tx, Sql sql, Values values, Fn fn) {
  std::optional<T> found;
  NAVO_RETURN_IF_ERROR(tx.First(sql, values, [&](const Row& row) { found = fn(row); }).status());
  return found;
}

}  // namespace

absl::StatusOr<std::optional<ParticipantAccess>> FindAccessById(ReadTx& tx,
                                                                std::string_view id_bytes,
                                                                int64_t controller_key,
                                                                int64_t unit_key,
                                                                int64_t principal_key) {
  return FirstAs<ParticipantAccess>(
      tx,
      "SELECT p.participant_key, p.realm, p.grading, p.shielded, p.access_revision, h.seq,"
      "       t.state, t.identity_confirmation, m.since_us"
      " FROM participant_alias a"
      " JOIN participant r ON r.participant_key = a.participant_key"
      " JOIN participant p ON p.participant_key ="
      "      CASE WHEN r.merged_into > 0 THEN r.merged_into ELSE r.participant_key END"
      " LEFT JOIN stream_head h ON h.stream = p.participant_key % 16"
      " LEFT JOIN tie t ON t.participant_key = p.participant_key AND t.unit_key = $3"
      " LEFT JOIN team_member m ON m.participant_key = p.participant_key AND m.unit_key = $3"
      "      AND m.principal_key = $4"
      " WHERE a.id = $1 AND a.controller_key = $2",
      {Blob(id_bytes), controller_key, unit_key, principal_key}, AccessOf);
}

absl::StatusOr<std::optional<ParticipantAccess>> FindAccessByKey(ReadTx& tx,
                                                                 int64_t participant_key,
                                                                 int64_t unit_key,
                                                                 int64_t principal_key) {
  return FirstAs<ParticipantAccess>(
      tx,
      "SELECT p.participant_key, p.realm, p.grading, p.shielded, p.access_revision, h.seq,"
      "       t.state, t.identity_confirmation, m.since_us"
      " FROM participant p"
      " LEFT JOIN stream_head h ON h.stream = p.participant_key % 16"
      " LEFT JOIN tie t ON t.participant_key = p.participant_key AND t.unit_key = $2"
      " LEFT JOIN team_member m ON m.participant_key = p.participant_key AND m.unit_key = $2"
      "      AND m.principal_key = $3"
      " WHERE p.participant_key = $1",
      {participant_key, unit_key, principal_key}, AccessOf);
}

absl::StatusOr<UntiedAccess> FindUntiedAccess(ReadTx& tx, int64_t participant_key,
                                              int64_t controller_key, int64_t unit_key,
                                              int64_t principal_key) {
  constexpr int64_t kEmergency = 1;
  constexpr int64_t kReferred = 2;
  UntiedAccess access;
  NAVO_RETURN_IF_ERROR(tx.Each(
      "SELECT 1, 0 FROM emergency_access WHERE participant_key = $1 AND unit_key = $3"
      " AND principal_key = $4 AND until_us > $5"
      " UNION SELECT 2, controller_key FROM referral WHERE participant_key = $1"
      " AND to_unit_key = $3 AND state = 1"
      " UNION SELECT 3, 0 FROM tie WHERE participant_key = $1 AND controller_key = $2"
      " AND state IN (1, 2) ORDER BY 1, 2",
      {participant_key, controller_key, unit_key, principal_key, tx.now_us()}, [&](const Row& row) {
        if (row.Int64(0) == kEmergency) {
          access.emergency = true;
        } else if (row.Int64(0) == kReferred) {
          access.referred_from.push_back(row.Int64(1));
        } else {
          access.controller_tied = true;
        }
      }));
  return access;
}

absl::StatusOr<std::optional<int64_t>> FindByIdentifier(ReadTx& tx, std::string_view hash,
                                                        int64_t realm) {
  return tx.Number(
      "SELECT participant_key FROM participant_identifier"
      " WHERE identifier_hash = $1 AND realm = $2",
      {Blob(hash), realm});
}

absl::StatusOr<std::vector<std::string>> ListIdentifierHashes(ReadTx& tx, int64_t participant_key) {
  std::vector<std::string> hashes;
  NAVO_RETURN_IF_ERROR(
      tx.Each("SELECT identifier_hash FROM participant_identifier WHERE participant_key = $1"
              " ORDER BY identifier_hash",
              {participant_key}, [&](const Row& row) { hashes.emplace_back(row.Bytes(0)); }));
  return hashes;
}

absl::StatusOr<int64_t> CreateParticipant(WriteTx& tx, int64_t realm, const Identifier& identifier,
                                          const Protection& protection, int64_t principal_key) {
  NAVO_ASSIGN_OR_RETURN(
      const int64_t key,
      tx.Insert("INSERT INTO participant (realm, grading, shielded, access_revision, created_us,"
                " retention_class, key_id) VALUES ($1, $2, $3, 1, $4, 1, 0)"
                " RETURNING participant_key",
                {realm, static_cast<int64_t>(protection.grading),
                 int64_t{protection.shielded ? 1 : 0}, tx.now_us()}));
  NAVO_RETURN_IF_ERROR(tx.Run(
      "INSERT INTO participant_identifier (identifier_hash, realm, participant_key, kind,"
      " recorded_us, retention_class, key_id, sealed) VALUES ($1, $2, $3, $4, $5, 1, $6, $7)",
      {Blob(identifier.hash), realm, key, int64_t{identifier.kind}, tx.now_us(),
       int64_t{identifier.key_id}, Blob(identifier.sealed)}));
  JournalEntry entry;
  entry.participant_key = key;
  entry.subject = JournalSubject::kParticipant;
  entry.record_key = key;
  entry.author.principal_key = principal_key;
  tx.Journal(std::move(entry));
  return key;
}

absl::StatusOr<std::optional<std::string>> FindAlias(ReadTx& tx, int64_t participant_key,
                                                     int64_t controller_key) {
  return FirstAs<std::string>(
      tx, "SELECT id FROM participant_alias WHERE participant_key = $1 AND controller_key = $2",
      {participant_key, controller_key}, [](const Row& row) { return std::string(row.Bytes(0)); });
}

absl::StatusOr<std::string> GetOrCreateAlias(WriteTx& tx, int64_t participant_key,
                                             int64_t controller_key, std::string_view new_id) {
  NAVO_ASSIGN_OR_RETURN(std::optional<std::string> id,
                        FindAlias(tx, participant_key, controller_key));
  if (id.has_value()) return *std::move(id);
  NAVO_RETURN_IF_ERROR(tx.Run(
      "INSERT INTO participant_alias (id, participant_key, controller_key) VALUES ($1, $2, $3)",
      {Blob(new_id), participant_key, controller_key}));
  return std::string(new_id);
}

absl::Status BumpAccessRevision(WriteTx& tx, int64_t participant_key) {
  return tx.Run(
      "UPDATE participant SET access_revision = access_revision + 1 WHERE participant_key = $1",
      {participant_key});
}

absl::StatusOr<int64_t> AccessRevision(ReadTx& tx, int64_t participant_key) {
  NAVO_ASSIGN_OR_RETURN(
      const std::optional<int64_t> revision,
      tx.Number("SELECT access_revision FROM participant WHERE participant_key = $1",
                {participant_key}));
  return revision.value_or(0);
}

}  // namespace navo::storage
