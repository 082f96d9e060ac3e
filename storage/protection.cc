#include "storage/protection.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "storage/emergency_access.h"
#include "storage/journal.h"
#include "storage/shadow.h"
#include "storage/status_macros.h"

namespace navo::storage {
namespace {

// Stored: never renumber.
enum class Source : int64_t { kSeed = 0, kSetSince = 1 };

// Of a number that nobody has yet it is told without the number.
void Journal(WriteTx& tx, int64_t participant_key, const Protection& before, const Author& actor) {
  JournalEntry entry;
  entry.subject = JournalSubject::kProtection;
  entry.act = JournalAct::kChanged;
  entry.author = actor;
  entry.retention_class = 1;
  if (participant_key != 0) {
    entry.participant_key = participant_key;
    entry.record_key = participant_key;
    entry.before.kind = AccessBefore::Kind::kProtection;
    entry.before.state = static_cast<int64_t>(before.grading);
    entry.before.detail = before.shielded;
  }
  tx.Journal(std::move(entry));
}

// Reads of lists of shadow records that began before are run again before they answer.
absl::Status BumpShadows(WriteTx& tx, std::string_view hash) {
  return tx.Run(
      "UPDATE participant SET access_revision = access_revision + 1 WHERE participant_key IN"
      " (SELECT participant_key FROM participant_identifier"
      " WHERE identifier_hash = $1 AND realm > 0)",
      {Blob(hash)});
}

absl::Status ProtectParticipant(WriteTx& tx, int64_t participant_key,
                                const Protection& protection) {
  NAVO_RETURN_IF_ERROR(
      tx.Run("UPDATE participant SET grading = $2, shielded = $3,"
             " access_revision = access_revision + 1 WHERE participant_key = $1",
             {participant_key, static_cast<int64_t>(protection.grading),
              int64_t{protection.shielded ? 1 : 0}}));
  return EndEmergenciesTo(tx, participant_key, v1::EMERGENCY_END_PROTECTION);
}

absl::Status Put(WriteTx& tx, std::string_view hash, const SaidProtection& said, Source source,
                 const ProtectionChange& change) {
  const Protection& protection = said.now;
  NAVO_ASSIGN_OR_RETURN(const Protection before, FindProtection(tx, hash));
  NAVO_RETURN_IF_ERROR(tx.Run(
      "INSERT INTO protection (identifier_hash, grading, shielded, source, register_grading,"
      " register_shielded) VALUES ($1, $2, $3, $4, $5, $6)"
      " ON CONFLICT (identifier_hash) DO UPDATE SET grading = $2, shielded = $3, source = $4,"
      " register_grading = $5, register_shielded = $6",
      {Blob(hash), static_cast<int64_t>(protection.grading), int64_t{protection.shielded ? 1 : 0},
       static_cast<int64_t>(source), static_cast<int64_t>(said.least.grading),
       int64_t{said.least.shielded ? 1 : 0}}));
  if (before == protection) return absl::OkStatus();
  NAVO_ASSIGN_OR_RETURN(const std::optional<int64_t> found,
                        FindByIdentifier(tx, hash, kOrdinaryRealm));
  // 0 is nobody's key: whoever says it learns from no time either whether the person is registered.
  const int64_t participant_key = found.value_or(0);
  Journal(tx, participant_key, before, change.actor);
  NAVO_RETURN_IF_ERROR(ProtectParticipant(tx, participant_key, protection));
  NAVO_RETURN_IF_ERROR(BumpShadows(tx, hash));
  if (protection != Protection()) return absl::OkStatus();
  NAVO_ASSIGN_OR_RETURN(const std::vector<int64_t> shadows, FindShadows(tx, hash));
  for (const int64_t shadow_key : shadows) {
    NAVO_RETURN_IF_ERROR(
        MergeShadow(tx, shadow_key, change.actor, change.new_id, change.name_key).status());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SaidProtection> FindSaidProtection(ReadTx& tx, std::string_view hash) {
  SaidProtection said;
  NAVO_RETURN_IF_ERROR(
      tx.First("SELECT grading, shielded, register_grading, register_shielded FROM protection"
               " WHERE identifier_hash = $1",
               {Blob(hash)},
               [&](const Row& row) {
                 said.now = {static_cast<Grading>(row.Int64(0)), row.Int64(1) != 0};
                 said.least = {static_cast<Grading>(row.Int64(2)), row.Int64(3) != 0};
               })
          .status());
  return said;
}

absl::StatusOr<Protection> FindProtection(ReadTx& tx, std::string_view hash) {
  NAVO_ASSIGN_OR_RETURN(const SaidProtection said, FindSaidProtection(tx, hash));
  return said.now;
}

absl::Status SetProtection(WriteTx& tx, std::string_view hash, const SaidProtection& said,
                           const ProtectionChange& change) {
  return Put(tx, hash, said, Source::kSetSince, change);
}

absl::Status SeedProtection(WriteTx& tx, std::string_view hash, const Protection& protection,
                            const ProtectionChange& change) {
  NAVO_ASSIGN_OR_RETURN(
      const bool set_since,
      tx.Any("SELECT 1 FROM protection WHERE identifier_hash = $1 AND source = 1", {Blob(hash)}));
  if (set_since) return absl::OkStatus();
  return Put(tx, hash, {protection, protection}, Source::kSeed, change);
}

}  // namespace navo::storage
