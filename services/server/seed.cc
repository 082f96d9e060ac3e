#include "services/server/seed.h"

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

absl::Status ApplyPrincipals(WriteTx& tx, const Seed& seed,
                             const std::map<std::string, int64_t>& units,
                             access::Directory& directory) {
  for (const SeedPrincipal& entry : seed.principals) {
    access::Principal principal = entry.principal;
    NAVO_ASSIGN_OR_RETURN(
        principal.key,
        Upsert(tx,
               "INSERT INTO principal (issuer, subject, kind, name) VALUES ($1, $2, $3, $4)"
               " ON CONFLICT (issuer, subject) DO UPDATE SET kind = $3, name = $4"
               " RETURNING principal_key",
               {principal.issuer, principal.subject, static_cast<int64_t>(principal.kind),
                principal.name},
               principal.subject));
    for (const SeedMembership& membership : entry.memberships) {
      principal.memberships.push_back({units.at(membership.unit), membership.roles,
                                       membership.valid_from_day, membership.valid_to_day});
    }
    directory.Add(std::move(principal));
  }
  return absl::OkStatus();
}

absl::Status Apply(WriteTx& tx, const Seed& seed, access::Directory& directory) {
  std::map<std::string, int64_t> controllers;
  std::map<std::string, int64_t> units;
  for (access::Controller controller : seed.controllers) {
    NAVO_ASSIGN_OR_RETURN(
        controller.key,
        Upsert(tx,
               "INSERT INTO controller (id, kind, name) VALUES ($1, $2, $3)"
               " ON CONFLICT (id) DO UPDATE SET kind = $2, name = $3 RETURNING controller_key",
               {controller.id, int64_t{controller.kind}, controller.name}, controller.id));
    controllers[controller.id] = controller.key;
    directory.Add(std::move(controller));
  }
  for (const SeedUnit& entry : seed.units) {
    access::Unit unit = entry.unit;
    unit.controller_key = controllers.at(entry.controller);
    NAVO_ASSIGN_OR_RETURN(unit.key,
                          Upsert(tx,
                                 "INSERT INTO unit (id, controller_key, name) VALUES ($1, $2, $3)"
                                 " ON CONFLICT (id) DO UPDATE SET controller_key = $2, name = $3"
                                 " RETURNING unit_key",
                                 {unit.id, unit.controller_key, unit.name}, unit.id));
    units[unit.id] = unit.key;
    directory.Add(std::move(unit));
  }
  NAVO_RETURN_IF_ERROR(ApplyPrincipals(tx, seed, units, directory));
  for (const SeedProtection& entry : seed.protections) {
    NAVO_RETURN_IF_ERROR(
        storage::SetProtection(tx, entry.identifier_hash, entry.protection).status());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<access::Directory> ApplySeed(storage::Store& store, const Seed& seed) {
  access::Directory directory;
  NAVO_RETURN_IF_ERROR(store.WriteAndWait([&](WriteTx& tx) {
    directory = access::Directory();
    return Apply(tx, seed, directory);
  }));
  return directory;
}

}  // namespace navo::services
