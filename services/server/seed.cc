#include "services/server/seed.h"

#include <algorithm>
#include <map>
#include <utility>

#include "storage/journal.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

using storage::WriteTx;

// The row's key, made if need be; its columns follow the file.
absl::StatusOr<int64_t> Upsert(WriteTx& tx, storage::Sql sql, storage::Values values,
                               const std::string& id) {
  NAVO_ASSIGN_OR_RETURN(const int64_t key, tx.Insert(sql, values));
  storage::JournalEntry entry;
  entry.subject = storage::JournalSubject::kDirectory;
  entry.act = storage::JournalAct::kChanged;
  entry.record_key = key;
  entry.record_id = id;
  tx.Journal(std::move(entry));
  return key;
}

// A closure runs so many statements at most that one of a whole city's staff would not do.
constexpr size_t kEntriesAtOnce = 1'000;

// `apply(tx, entry)` for every entry, in as many transactions as it takes. A start that ends
// between two of them is made whole by the next one.
template <typename Entry, typename Apply>
absl::Status ForEach(storage::Store& store, const std::vector<Entry>& entries, Apply apply) {
  for (size_t first = 0; first < entries.size(); first += kEntriesAtOnce) {
    const size_t end = std::min(entries.size(), first + kEntriesAtOnce);
    const auto some = [&](WriteTx& tx) -> absl::Status {
      for (size_t i = first; i < end; ++i) NAVO_RETURN_IF_ERROR(apply(tx, entries[i]));
      return absl::OkStatus();
    };
    NAVO_RETURN_IF_ERROR(store.WriteAndWait(some));
  }
  return absl::OkStatus();
}

// Keys by the file's ids; set anew when a closure runs twice.
using KeysById = std::map<std::string, int64_t>;

absl::StatusOr<KeysById> ApplyControllers(storage::Store& store, const Seed& seed) {
  KeysById keys;
  NAVO_RETURN_IF_ERROR(ForEach(
      store, seed.controllers,
      [&](WriteTx& tx, const access::Controller& controller) -> absl::Status {
        NAVO_ASSIGN_OR_RETURN(
            keys[controller.id],
            Upsert(tx,
                   "INSERT INTO controller (id, kind, name) VALUES ($1, $2, $3)"
                   " ON CONFLICT (id) DO UPDATE SET kind = $2, name = $3 RETURNING controller_key",
                   {controller.id, int64_t{controller.kind}, controller.name}, controller.id));
        return absl::OkStatus();
      }));
  return keys;
}

absl::StatusOr<KeysById> ApplyUnits(storage::Store& store, const Seed& seed,
                                    const KeysById& controllers) {
  KeysById keys;
  NAVO_RETURN_IF_ERROR(
      ForEach(store, seed.units, [&](WriteTx& tx, const SeedUnit& entry) -> absl::Status {
        const access::Unit& unit = entry.unit;
        NAVO_ASSIGN_OR_RETURN(
            keys[unit.id], Upsert(tx,
                                  "INSERT INTO unit (id, controller_key, name)"
                                  " VALUES ($1, $2, $3) ON CONFLICT (id)"
                                  " DO UPDATE SET controller_key = $2, name = $3"
                                  " RETURNING unit_key",
                                  {unit.id, controllers.at(entry.controller), unit.name}, unit.id));
        return absl::OkStatus();
      }));
  return keys;
}

// By issuer and subject.
using PrincipalKeys = std::map<std::pair<std::string, std::string>, int64_t>;

absl::StatusOr<PrincipalKeys> ApplyPrincipals(storage::Store& store, const Seed& seed) {
  PrincipalKeys keys;
  NAVO_RETURN_IF_ERROR(
      ForEach(store, seed.principals, [&](WriteTx& tx, const SeedPrincipal& entry) -> absl::Status {
        const access::Principal& principal = entry.principal;
        const std::pair id(principal.issuer, principal.subject);
        NAVO_ASSIGN_OR_RETURN(
            keys[id],
            Upsert(tx,
                   "INSERT INTO principal (issuer, subject, kind, name) VALUES ($1, $2, $3, $4)"
                   " ON CONFLICT (issuer, subject) DO UPDATE SET kind = $3, name = $4"
                   " RETURNING principal_key",
                   {principal.issuer, principal.subject, static_cast<int64_t>(principal.kind),
                    principal.name},
                   principal.subject));
        return absl::OkStatus();
      }));
  return keys;
}

}  // namespace

absl::StatusOr<access::Directory> ApplySeed(storage::Store& store, const Seed& seed) {
  NAVO_ASSIGN_OR_RETURN(const KeysById controllers, ApplyControllers(store, seed));
  NAVO_ASSIGN_OR_RETURN(const KeysById units, ApplyUnits(store, seed, controllers));
  NAVO_ASSIGN_OR_RETURN(const PrincipalKeys principals, ApplyPrincipals(store, seed));
  NAVO_RETURN_IF_ERROR(
      ForEach(store, seed.protections, [](WriteTx& tx, const SeedProtection& entry) {
        return storage::SetProtection(tx, entry.identifier_hash, entry.protection).status();
      }));
  access::Directory directory;
  for (access::Controller controller : seed.controllers) {
    controller.key = controllers.at(controller.id);
    directory.Add(std::move(controller));
  }
  for (const SeedUnit& entry : seed.units) {
    access::Unit unit = entry.unit;
    unit.key = units.at(unit.id);
    unit.controller_key = controllers.at(entry.controller);
    directory.Add(std::move(unit));
  }
  for (const SeedPrincipal& entry : seed.principals) {
    access::Principal principal = entry.principal;
    principal.key = principals.at({principal.issuer, principal.subject});
    for (const SeedMembership& membership : entry.memberships) {
      principal.memberships.push_back({units.at(membership.unit), membership.roles,
                                       membership.valid_from_day, membership.valid_to_day});
    }
    directory.Add(std::move(principal));
  }
  return directory;
}

}  // namespace navo::services
