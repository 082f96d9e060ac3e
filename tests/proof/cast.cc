#include "tests/proof/cast.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace navo::proof {
namespace {

using nlohmann::json;

json MembershipIn(const std::string& unit, const std::vector<std::string>& roles) {
  return json{{"unit", unit}, {"roles", roles}, {"from", "2026-01-01"}};
}

json Account(const std::string& key, const std::string& name, const json& membership) {
  return json{{"key", key},
              {"name", name},
              {"issuer", "https://localhost/navo-dev"},
              {"subject", key},
              {"memberships", json::array({membership})}};
}

std::vector<std::string> RandomRoles(std::mt19937_64& random, const std::string& first) {
  std::vector<std::string> roles{first};
  for (const char* role :
       {"SKJERMET_TILGANG", "FORTROLIG_TILGANG", "STRENGT_FORTROLIG_TILGANG", "LEDER"}) {
    if (Once(random, 3)) roles.emplace_back(role);
  }
  return roles;
}

std::vector<std::string> RandomScope(std::mt19937_64& random) {
  std::vector<std::string> scope;
  for (const char* category : {"PLAN", "LANGUAGE", "FOLLOWUP_SUMMARY", "COMPETENCE", "ATTENDANCE",
                               "CONTACT", "DIGITAL_SKILLS", "NEEDS_BARRIERS", "HEALTH"}) {
    if (Once(random, 2)) scope.emplace_back(category);
  }
  return scope;
}

// Beside those of the trial: a colleague on each side with roles of chance, and a system that
// follows what chance says.
void AddPeople(std::mt19937_64& random, json& seed) {
  seed["staff"].push_back(Account(
      "ola", "Ola Berg", MembershipIn("nav-grorud-statlig", RandomRoles(random, "VEILEDER"))));
  seed["staff"].push_back(
      Account("rut", "Rut Dahl", MembershipIn("vo-rosenhof", RandomRoles(random, "LAERER"))));
  seed["staff"].push_back(
      Account("stat", "Stat Ist", MembershipIn("nav-grorud-statlig", {"STATISTIKK"})));
  seed["staff"].push_back(
      Account("gry", "Gry Moe", MembershipIn("nav-grorud-kommunal", {"DRIFT"})));
  json system =
      Account("nav-system", "NAV-system", MembershipIn("nav-grorud-statlig", {"INTEGRASJON"}));
  system["imports"] = json::array();
  system["follows"] = RandomScope(random);
  seed["systems"].push_back(system);
}

v1::Role RoleOf(const std::string& name) {
  v1::Role role = v1::ROLE_UNSPECIFIED;
  EXPECT_TRUE(v1::Role_Parse("ROLE_" + name, &role)) << name;
  return role;
}

Caller CallerOf(const json& account, const World& world) {
  Caller caller;
  caller.key = account["key"];
  caller.name = account["name"];
  for (const json& account_membership : account["memberships"]) {
    Membership membership;
    membership.unit = account_membership["unit"];
    membership.installation = account_membership.value("installation", false);
    for (const json& role : account_membership["roles"]) membership.roles.insert(RoleOf(role));
    caller.memberships.push_back(membership);
  }
  caller.registered_by = world.units.at(caller.memberships.front().unit);
  std::set<std::string>& declared = caller.declared[caller.registered_by];
  if (account.contains("national_identity_number")) {
    declared.insert(account["national_identity_number"]);
  }
  if (account.contains("family")) {
    for (const json& number : account["family"]) declared.insert(number);
  }
  if (!account.contains("follows")) return caller;
  for (const json& name : account["follows"]) {
    v1::Category category = v1::CATEGORY_UNSPECIFIED;
    EXPECT_TRUE(v1::Category_Parse("CATEGORY_" + name.get<std::string>(), &category));
    caller.follows.insert(category);
  }
  return caller;
}

void ReadSides(const json& seed, World& world) {
  for (const json& controller : seed["controllers"]) {
    Side side{controller["id"], {}, controller["name"]};
    EXPECT_TRUE(v1::ControllerKind_Parse("CONTROLLER_KIND_" + controller["kind"].get<std::string>(),
                                         &side.kind));
    world.sides.push_back(side);
  }
  for (const json& unit : seed["units"]) world.units[unit["id"]] = unit["controller"];
}

json ProtectionOf(const Person& person) {
  return json{{"national_identity_number", person.number},
              {"grading", person.grading},
              {"shielded", person.shielded}};
}

// Jan's own case and his relative's are always among them.
void DrawStrangers(std::mt19937_64& random, json& seed, World& world) {
  json protection = json::array();
  std::vector<std::string> keys{"amina", "olena"};
  keys.emplace_back(Once(random, 2) ? "jan-deltaker" : "bushra");
  for (const json& person : seed["participants"]) {
    if (std::find(keys.begin(), keys.end(), person["key"]) == keys.end()) continue;
    Person stranger;
    stranger.key = person["key"];
    stranger.number = person["national_identity_number"];
    if (stranger.key != "amina" && Once(random, 2)) {
      DrawProtection(random, stranger);
      protection.push_back(ProtectionOf(stranger));
    }
    world.strangers.push_back(stranger);
    Caller self;
    self.key = stranger.key;
    self.name = person["name"];
    self.participant = true;
    self.number = stranger.number;
    world.callers.push_back(self);
  }
  seed["protection"] = protection;
}

}  // namespace

std::size_t Below(std::mt19937_64& random, std::size_t bound) { return random() % bound; }
bool Once(std::mt19937_64& random, std::size_t times) { return Below(random, times) == 0; }

void DrawProtection(std::mt19937_64& random, Person& person) {
  person.grading = std::vector<std::string>{"UGRADERT", "FORTROLIG", "STRENGT_FORTROLIG",
                                            "STRENGT_FORTROLIG_UTLAND"}[Below(random, 4)];
  person.shielded = person.grading == "UGRADERT" || Once(random, 3);
}

void WriteProtection(const std::vector<Person>& people, const std::string& seed_file) {
  json seed = json::parse(std::ifstream(seed_file), nullptr, false);
  seed["protection"] = json::array();
  for (const Person& person : people) seed["protection"].push_back(ProtectionOf(person));
  std::ofstream(seed_file) << seed.dump(1);
}

World MakeCast(std::mt19937_64& random, const std::string& seed_file) {
  std::ifstream file(NAVO_SOURCE_DIR "/docs/examples/seed.json");
  json seed = json::parse(file, nullptr, false);
  World world;
  ReadSides(seed, world);
  AddPeople(random, seed);
  for (json& system : seed["systems"]) {
    if (system["key"] == "vo-system") system["follows"] = RandomScope(random);
  }
  for (const char* kind : {"staff", "systems"}) {
    for (const json& account : seed[kind]) {
      if (!account["memberships"][0].contains("unit")) continue;  // of the installation, of no unit
      world.callers.push_back(CallerOf(account, world));
    }
  }
  DrawStrangers(random, seed, world);
  std::ofstream(seed_file) << seed.dump(1);
  return world;
}

}  // namespace navo::proof
