#include "storage/shadow.h"

#include <optional>
#include <utility>

#include "storage/emergency_access.h"
#include "storage/ground.h"
#include "storage/journal.h"
#include "storage/protection.h"
#include "storage/referral.h"
#include "storage/status_macros.h"
#include "storage/tie.h"

namespace navo::storage {
namespace {

constexpr Sql kList(
    "SELECT p.participant_key, a.id, COALESCE(r.grading, 0), COALESCE(r.shielded, 0), p.created_us"
    " FROM participant p"
    " JOIN participant_alias a ON a.participant_key = p.participant_key"
    "      AND a.controller_key = p.realm"
    " JOIN participant_identifier i ON i.participant_key = p.participant_key"
    " LEFT JOIN protection r ON r.identifier_hash = i.identifier_hash"
    " WHERE p.realm = $1 AND p.realm > 0 AND p.merged_into = 0 AND p.participant_key < $2"
    " ORDER BY p.participant_key DESC LIMIT $3");
constexpr Sql kTiedUnits(
    "SELECT unit_key FROM tie WHERE participant_key = $1 AND state = 1 ORDER BY unit_key");
constexpr Sql kAllUnits("SELECT unit_key FROM tie WHERE participant_key = $1 ORDER BY unit_key");
constexpr Sql kShadowsOf(
    "SELECT participant_key FROM participant_identifier WHERE identifier_hash = $1 AND realm > 0"
    " ORDER BY participant_key");

// Rows that go as they are; their own journal rows know them by their keys.
constexpr Sql kFollow[] = {
    "UPDATE section_duplicate SET participant_key = $2 WHERE participant_key = $1",
    "UPDATE source_record SET participant_key = $2 WHERE participant_key = $1",
    "UPDATE referral SET participant_key = $2 WHERE participant_key = $1",
    "UPDATE emergency_access SET participant_key = $2 WHERE participant_key = $1",
};

struct Shadow {
  int64_t key = 0;
  int64_t realm = 0;
  Protection protection;  // the record's own
  Identifier identifier;
};

absl::StatusOr<Shadow> Load(ReadTx& tx, int64_t shadow_key) {
  Shadow shadow;
  NAVO_RETURN_IF_ERROR(
      tx.First("SELECT p.realm, p.grading, p.shielded, i.identifier_hash, i.kind, i.key_id,"
               " i.sealed FROM participant p JOIN participant_identifier i"
               " ON i.participant_key = p.participant_key"
               " WHERE p.participant_key = $1 ORDER BY i.recorded_us DESC, i.identifier_hash",
               {shadow_key},
               [&](const Row& row) {
                 shadow.key = shadow_key;
                 shadow.realm = row.Int64(0);
                 shadow.protection = {static_cast<Grading>(row.Int64(1)), row.Int64(2) != 0};
                 shadow.identifier.hash = row.Bytes(3);
                 shadow.identifier.kind = static_cast<int>(row.Int64(4));
                 shadow.identifier.key_id = static_cast<int>(row.Int64(5));
                 shadow.identifier.sealed = row.Bytes(6);
               })
          .status());
  if (shadow.key == 0) return absl::InternalError("a shadow record has no number");
  return shadow;
}

absl::StatusOr<std::vector<int64_t>> Keys(ReadTx& tx, Sql sql, Values values) {
  std::vector<int64_t> keys;
  NAVO_RETURN_IF_ERROR(
      tx.Each(sql, values, [&keys](const Row& row) { keys.push_back(row.Int64(0)); }));
  return keys;
}

void JournalMerge(WriteTx& tx, int64_t participant_key, int64_t record_key, JournalAct act,
                  const Author& actor, const AccessBefore& before) {
  JournalEntry entry;
  entry.participant_key = participant_key;
  entry.subject = JournalSubject::kProtection;
  entry.act = act;
  entry.record_key = record_key;
  entry.author = actor;
  entry.retention_class = 1;
  entry.before = before;
  tx.Journal(std::move(entry));
}

// The ordinary participant of the number, registered as a first look at the person would do.
absl::StatusOr<int64_t> RealOf(WriteTx& tx, const Shadow& shadow, const Author& actor) {
  NAVO_ASSIGN_OR_RETURN(const std::optional<int64_t> real_key,
                        FindByIdentifier(tx, shadow.identifier.hash, kOrdinaryRealm));
  if (real_key.has_value()) return *real_key;
  NAVO_ASSIGN_OR_RETURN(const Protection protection, FindProtection(tx, shadow.identifier.hash));
  return CreateParticipant(tx, kOrdinaryRealm, shadow.identifier, protection, actor.principal_key);
}

// A unit's own word on the real participant stands; one that said it is the wrong person takes it
// back only with a document in hand, as in registering.
bool Stands(const TieRow& there, const TieRow& coming) {
  if (there.state == TieState::kBlocked) {
    return coming.state != TieState::kActive ||
           coming.confirmation != v1::IDENTITY_CONFIRMATION_ID_DOCUMENT;
  }
  return there.state == TieState::kActive || coming.state != TieState::kActive;
}

// The unit's tie goes to the real participant. On the shadow record it is blocked: nothing comes
// back there in the place of what leaves (FindEarlierVersion).
absl::Status MoveTie(WriteTx& tx, const Shadow& shadow, int64_t real_key, int64_t unit_key) {
  NAVO_ASSIGN_OR_RETURN(const std::optional<TieRow> found, FindTie(tx, shadow.key, unit_key));
  NAVO_ASSIGN_OR_RETURN(const std::optional<TieRow> there, FindTie(tx, real_key, unit_key));
  if (!found.has_value()) return absl::InternalError("a tie that was listed is not there");
  TieRow coming = *found;
  TieRow leaving = *found;
  leaving.state = TieState::kBlocked;
  ++leaving.version;
  NAVO_RETURN_IF_ERROR(PutTie(tx, leaving, JournalAct::kMoved));
  if (there.has_value() && Stands(*there, coming)) return absl::OkStatus();
  coming.participant_key = real_key;
  coming.version = there.has_value() ? there->version + 1 : 1;
  return PutTie(tx, coming, JournalAct::kMoved);
}

absl::Status MoveTeam(WriteTx& tx, const Shadow& shadow, int64_t real_key, const Author& actor) {
  std::vector<std::pair<int64_t, int64_t>> members;  // principal and unit
  NAVO_RETURN_IF_ERROR(tx.Each(
      "SELECT principal_key, unit_key FROM team_member WHERE participant_key = $1"
      " ORDER BY since_us, unit_key, principal_key",
      {shadow.key}, [&](const Row& row) { members.emplace_back(row.Int64(0), row.Int64(1)); }));
  for (const auto& [principal_key, unit_key] : members) {
    NAVO_RETURN_IF_ERROR(
        AddTeamMember(tx, real_key, principal_key, {shadow.realm, unit_key, actor.principal_key})
            .status());
  }
  return absl::OkStatus();
}

absl::Status EndWhatIsOpen(WriteTx& tx, const Shadow& shadow, const std::vector<int64_t>& units,
                           const Author& actor) {
  for (const int64_t unit_key : units) {
    NAVO_RETURN_IF_ERROR(
        WithdrawUnitReferrals(tx, shadow.key, {shadow.realm, unit_key, actor.principal_key}));
  }
  return EndEmergenciesTo(tx, shadow.key, v1::EMERGENCY_END_PROTECTION);
}

absl::Status MoveAll(WriteTx& tx, const Shadow& shadow, int64_t real_key, const Author& actor,
                     NewIdFn new_id, NameKeyFn name_key) {
  NAVO_ASSIGN_OR_RETURN(const std::vector<int64_t> units, Keys(tx, kAllUnits, {shadow.key}));
  NAVO_RETURN_IF_ERROR(EndWhatIsOpen(tx, shadow, units, actor));
  for (const int64_t unit_key : units) {
    NAVO_RETURN_IF_ERROR(MoveTie(tx, shadow, real_key, unit_key));
  }
  NAVO_RETURN_IF_ERROR(
      MoveSideRecords(tx, shadow.key, real_key, shadow.realm, units, new_id, name_key));
  NAVO_RETURN_IF_ERROR(MoveTeam(tx, shadow, real_key, actor));
  NAVO_RETURN_IF_ERROR(MoveGrounds(tx, shadow.key, real_key, actor));
  for (const Sql& follow : kFollow) NAVO_RETURN_IF_ERROR(tx.Run(follow, {shadow.key, real_key}));
  return absl::OkStatus();
}

// From here on nobody finds it by its number, and nobody sees it by its key.
absl::Status Retire(WriteTx& tx, const Shadow& shadow, int64_t real_key, const Author& actor) {
  NAVO_RETURN_IF_ERROR(
      tx.Run("UPDATE participant_identifier SET realm = -participant_key"
             " WHERE participant_key = $1",
             {shadow.key}));
  NAVO_RETURN_IF_ERROR(
      tx.Run("UPDATE participant SET grading = $2, merged_into = $3,"
             " access_revision = access_revision + 1 WHERE participant_key = $1",
             {shadow.key, static_cast<int64_t>(Grading::kMerged), real_key}));
  AccessBefore before;
  before.kind = AccessBefore::Kind::kProtection;
  before.state = static_cast<int64_t>(shadow.protection.grading);
  before.detail = shadow.protection.shielded;
  JournalMerge(tx, shadow.key, real_key, JournalAct::kMoved, actor, before);
  JournalMerge(tx, real_key, shadow.key, JournalAct::kChanged, actor, {});
  return BumpAccessRevision(tx, real_key);
}

}  // namespace

absl::StatusOr<std::vector<ShadowRow>> ListShadows(ReadTx& tx, int64_t controller_key,
                                                   int64_t before_key, int64_t limit) {
  std::vector<ShadowRow> shadows;
  NAVO_RETURN_IF_ERROR(tx.Each(kList, {controller_key, before_key, limit}, [&](const Row& row) {
    ShadowRow& shadow = shadows.emplace_back();
    shadow.participant_key = row.Int64(0);
    shadow.id = row.Bytes(1);
    shadow.protection = {static_cast<Grading>(row.Int64(2)), row.Int64(3) != 0};
    shadow.created_us = row.Int64(4);
  }));
  for (ShadowRow& shadow : shadows) {
    NAVO_ASSIGN_OR_RETURN(shadow.unit_keys, Keys(tx, kTiedUnits, {shadow.participant_key}));
  }
  return shadows;
}

absl::StatusOr<std::vector<int64_t>> FindShadows(ReadTx& tx, std::string_view identifier_hash) {
  return Keys(tx, kShadowsOf, {Blob(identifier_hash)});
}

absl::StatusOr<int64_t> MergeShadow(WriteTx& tx, int64_t shadow_key, const Author& actor,
                                    NewIdFn new_id, NameKeyFn name_key) {
  NAVO_ASSIGN_OR_RETURN(const Shadow shadow, Load(tx, shadow_key));
  NAVO_ASSIGN_OR_RETURN(const int64_t real_key, RealOf(tx, shadow, actor));
  NAVO_RETURN_IF_ERROR(GetOrCreateAlias(tx, real_key, shadow.realm, new_id()).status());
  NAVO_RETURN_IF_ERROR(MoveAll(tx, shadow, real_key, actor, new_id, name_key));
  NAVO_RETURN_IF_ERROR(Retire(tx, shadow, real_key, actor));
  return real_key;
}

}  // namespace navo::storage
