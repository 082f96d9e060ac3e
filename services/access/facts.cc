#include "services/access/facts.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "services/domain/calendar.h"
#include "storage/protection.h"
#include "storage/status_macros.h"

namespace navo::access {
namespace {

// Most people have none: not even the day is asked for then.
std::vector<std::string> OwnHashes(const Caller& caller, absl::Time now) {
  if (caller.principal == nullptr || caller.principal->number_lists.empty()) return {};
  return caller.principal->OwnHashes(domain::DayInOslo(now));
}

absl::StatusOr<bool> IsOwnCase(storage::ReadTx& tx, const Caller& caller, int64_t participant_key) {
  const std::vector<std::string> own = OwnHashes(caller, tx.now());
  if (own.empty()) return false;
  NAVO_ASSIGN_OR_RETURN(const std::vector<std::string> hashes,
                        storage::ListIdentifierHashes(tx, participant_key));
  return std::any_of(hashes.begin(), hashes.end(), [&own](const std::string& hash) {
    return std::find(own.begin(), own.end(), hash) != own.end();
  });
}

absl::StatusOr<Facts> Complete(storage::ReadTx& tx, const Caller& caller,
                               const std::optional<storage::ParticipantAccess>& access,
                               int64_t since_day) {
  Facts facts;
  // A shadow record is there for its own controller alone.
  facts.known = access.has_value() && (access->realm == storage::kOrdinaryRealm ||
                                       access->realm == caller.controller_key);
  if (facts.known) facts.participant = *access;
  // Whoever may not be seen costs what nobody costs: a key that no participant has is looked for
  // in the same statements.
  const int64_t key = facts.known ? access->participant_key : 0;
  NAVO_ASSIGN_OR_RETURN(facts.own_case, IsOwnCase(tx, caller, key));
  const bool sees = facts.participant.tie == storage::TieState::kActive &&
                    facts.participant.identity_confirmed && !facts.own_case &&
                    ProtectionAllows(facts.participant.protection, caller.roles);
  if (!sees) {
    NAVO_ASSIGN_OR_RETURN(facts.untied,
                          storage::FindUntiedAccess(tx, key, caller.controller_key, caller.unit_key,
                                                    caller.principal_key));
  }
  NAVO_ASSIGN_OR_RETURN(facts.grounds,
                        storage::ListActiveTowards(tx, key, caller.controller_key, since_day));
  return facts;
}

}  // namespace

absl::StatusOr<Facts> LoadFactsById(storage::ReadTx& tx, const Caller& caller,
                                    std::string_view participant_id_bytes) {
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::ParticipantAccess> access,
                        storage::FindAccessById(tx, participant_id_bytes, caller.controller_key,
                                                caller.unit_key, caller.principal_key));
  return Complete(tx, caller, access, domain::DayInOslo(tx.now()));
}

absl::StatusOr<Facts> LoadFactsByKey(storage::ReadTx& tx, const Caller& caller,
                                     int64_t participant_key) {
  return LoadFactsSince(tx, caller, participant_key, domain::DayInOslo(tx.now()));
}

absl::StatusOr<Facts> LoadFactsSince(storage::ReadTx& tx, const Caller& caller,
                                     int64_t participant_key, int64_t since_day) {
  NAVO_ASSIGN_OR_RETURN(
      const std::optional<storage::ParticipantAccess> access,
      storage::FindAccessByKey(tx, participant_key, caller.unit_key, caller.principal_key));
  return Complete(tx, caller, access, since_day);
}

bool IsOwnNumber(const Caller& caller, const std::string& identifier_hash, absl::Time now) {
  const std::vector<std::string> own = OwnHashes(caller, now);
  return std::find(own.begin(), own.end(), identifier_hash) != own.end();
}

absl::StatusOr<Resolved> Resolve(storage::ReadTx& tx, const Caller& caller,
                                 std::string_view identifier_hash) {
  Resolved resolved;
  NAVO_ASSIGN_OR_RETURN(const storage::Protection protection,
                        storage::FindProtection(tx, identifier_hash));
  const bool taken_in =
      caller.kind == PrincipalKind::kSystem && protection.grading == storage::Grading::kUkjent;
  if (taken_in || ProtectionAllows(protection, caller.roles)) {
    resolved.protection = protection;
  } else {
    resolved.realm = caller.controller_key;
  }
  NAVO_ASSIGN_OR_RETURN(resolved.participant_key,
                        storage::FindByIdentifier(tx, identifier_hash, resolved.realm));
  return resolved;
}

absl::StatusOr<Facts> LoadOwnFacts(storage::ReadTx& tx, int64_t participant_key) {
  Facts facts;
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::ParticipantAccess> access,
                        storage::FindAccessByKey(tx, participant_key, 0, 0));
  if (!access.has_value()) return facts;
  facts.known = true;
  facts.self = true;
  facts.participant = *access;
  return facts;
}

}  // namespace navo::access
