#ifndef NAVO_TESTS_PROOF_MODEL_H_
#define NAVO_TESTS_PROOF_MODEL_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "navo/v1/common.pb.h"
#include "navo/v1/consent.pb.h"

// A second, deliberately naive account of who may see what, written from the design notes (who may
// see what, and the sharing matrix) and sharing nothing with services/access: plain lists that are
// searched from end to end for every question. It is only ever compared with what the server does.
namespace navo::proof {

using Categories = std::set<v1::Category>;

// A body with data of its own.
struct Side {
  std::string id;
  v1::ControllerKind kind = v1::CONTROLLER_KIND_UNSPECIFIED;
};

// Somebody who asks.
struct Caller {
  std::string key;   // of the seed file
  std::string name;  // as colleagues see it
  bool participant = false;
  std::string number;  // the participant's own
  std::string unit;
  Side side;
  std::set<v1::Role> roles;
  std::set<std::string> family;  // numbers of the own and of declared family
  Categories follows;            // a system's scope

  bool Has(v1::Role role) const { return roles.contains(role); }
  bool WorksOnCases() const { return Has(v1::ROLE_VEILEDER) || Has(v1::ROLE_LAERER); }
};

// What a unit has to do with a person.
struct Tie {
  bool active = false;
  bool confirmed = false;
  int64_t since_us = 0;
  std::string name;  // typed when it was made
  std::string language;
  int64_t last_follow_up_day = 0;  // of the unit's events; 0: none
  std::set<std::string> team;      // names
};

enum class GroundState { kPending, kActive, kEnded };

struct Ground {
  std::string id;
  bool by_consent = false;
  GroundState state = GroundState::kPending;
  std::string from;
  std::string to;
  std::string to_unit;  // empty: all of them
  std::string registered_by_unit;
  Categories categories;
  int64_t from_day = 0;
  int64_t to_day = 0;
};

// One thing that an answer can show: `tag` is how the walk names it when it finds it there.
struct Datum {
  std::string where;  // which answer
  std::string tag;
  v1::Category category = v1::CATEGORY_UNSPECIFIED;
  std::string controller;
  std::string unit;
  bool exempted = false;           // a law keeps it from the participant
  std::vector<std::size_t> needs;  // other data of the person without which it has no place
};

// A change that the feed may tell of, with who could see it when it was made.
struct Told {
  std::string record_id;
  Datum as;
  std::set<std::string> seen_by;  // keys of callers
};

// One record of a person: the ordinary one, or a shadow that one side made of a protected person.
struct Person {
  std::string key;
  std::string number;
  std::string shadow_of;  // controller; empty for the ordinary record
  std::string grading = "UGRADERT";
  bool shielded = false;
  std::map<std::string, std::string> ids;  // by controller
  std::map<std::string, Tie> ties;         // by unit
  std::vector<Ground> grounds;
  std::vector<Datum> data;
  std::vector<Told> told;
};

struct World {
  std::vector<Side> sides;
  std::map<std::string, std::string> units;  // unit -> controller
  std::vector<Caller> callers;
  std::vector<Person> people;     // everybody registered
  std::vector<Person> strangers;  // everybody who may be: number and protection alone

  const Side& SideOf(const std::string& controller) const;
};

// Whether only a role that the caller lacks may know of the person.
bool ProtectionHides(const Caller& caller, const Person& person);

// Whether the caller finds the person at all.
bool MayEnter(const Caller& caller, const Person& person);

// Whether the caller is shown this datum on this day (days since 1970 in Oslo), apart from `needs`.
bool MaySee(const World& world, const Caller& caller, const Person& person, const Datum& datum,
            int64_t day);
// The same, with everything it needs.
bool IsShown(const World& world, const Caller& caller, const Person& person, const Datum& datum,
             int64_t day);

// Whether the ground opens anything to the caller on this day.
bool InForce(const Ground& ground, const Caller& caller, int64_t day);

// Whether the caller's unit has confirmed who the person is.
bool Confirmed(const Caller& caller, const Person& person);

// The categories that grounds open to a member of staff; empty when nothing of that side is open.
Categories OpenFrom(const Caller& caller, const Person& person, const Side& from, int64_t day);

// The markers of an answer that shows these categories, each as "withheld:CATEGORY:KIND:side:WHY".
std::multiset<std::string> Markers(const World& world, const Caller& caller, const Person& person,
                                   const Categories& categories, int64_t day);
std::string MarkerTag(const v1::Withheld& marker);

// Categories that stay with the unit that wrote them.
bool StaysInUnit(v1::Category category);

}  // namespace navo::proof

#endif  // NAVO_TESTS_PROOF_MODEL_H_
