#ifndef NAVO_SERVICES_SERVER_SEED_H_
#define NAVO_SERVICES_SERVER_SEED_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/access/directory.h"
#include "services/domain/identifier.h"
#include "storage/keys.h"
#include "storage/participant.h"
#include "storage/store.h"

// The seed file: controllers, units, staff, systems and protection facts, read once at start. Its
// form is shown by docs/examples/seed.json.
namespace navo::services {

// Somebody a trial token may be made for. Only `navod --dev` ever writes these down.
struct TrialPerson {
  std::string key;
  std::string name;
  std::string issuer;
  std::string subject;
  std::string kind;  // STAFF, PARTICIPANT or SYSTEM
  std::string pid;   // participants only
};

struct SeedMembership {
  std::string unit;
  access::RoleSet roles;
  int32_t valid_from_day = 0;
  int32_t valid_to_day = 0;
};

struct SeedPrincipal {
  access::Principal principal;
  std::vector<SeedMembership> memberships;
};

struct SeedUnit {
  std::string controller;
  access::Unit unit;
};

struct SeedProtection {
  std::string identifier_hash;
  storage::Protection protection;
};

struct Seed {
  std::vector<access::Controller> controllers;
  std::vector<SeedUnit> units;
  std::vector<SeedPrincipal> principals;
  std::vector<SeedProtection> protections;
  std::vector<TrialPerson> people;
};

// NOT_FOUND: no such file. INVALID_ARGUMENT: names the place in the file and what it must be, never
// a number.
absl::StatusOr<Seed> LoadSeed(const std::string& path, const storage::Keys& keys,
                              const domain::IdentifierPolicy& identifiers);

// Gives everything its row and key, in one transaction after the other, and returns the directory
// with them. Rows that the file no longer names stay (log and journal refer to them), but nobody
// can sign in by them.
absl::StatusOr<access::Directory> ApplySeed(storage::Store& store, const Seed& seed);

}  // namespace navo::services

#endif  // NAVO_SERVICES_SERVER_SEED_H_
