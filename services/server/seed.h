#ifndef NAVO_SERVICES_SERVER_SEED_H_
#define NAVO_SERVICES_SERVER_SEED_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/access/directory.h"
#include "services/domain/identifier.h"
#include "storage/clock.h"
#include "storage/keys.h"
#include "storage/participant.h"
#include "storage/store.h"

// The seed file: controllers, units, staff, systems and protection facts to fill an installation
// with. Its form is shown by docs/examples/seed.json.
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
  bool installation = false;  // with DRIFT: administers the whole installation
  int32_t valid_from_day = 0;
  int32_t valid_to_day = 0;
};

struct SeedPrincipal {
  access::Principal principal;
  std::vector<SeedMembership> memberships;
  std::vector<std::string> own_hashes;  // HMACs of the own and the family's numbers
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

// Adds what has never been there. A controller, unit, member of staff or system that the database
// knows is left as it is, with its memberships, scope and numbers, whatever the file says: the
// administration answers for it from then on. Protection facts are set as the file says, but
// for a number of which somebody has said something since.
// In as many transactions as it takes.
absl::Status ApplySeed(storage::Store& store, const Seed& seed, storage::Random& random);

}  // namespace navo::services

#endif  // NAVO_SERVICES_SERVER_SEED_H_
