#ifndef NAVO_TESTS_PROOF_MODEL_H_
#define NAVO_TESTS_PROOF_MODEL_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "navo/v1/common.pb.h"
#include "navo/v1/consent.pb.h"
#include "navo/v1/emergency_access.pb.h"
#include "navo/v1/referral.pb.h"

// A second, deliberately naive account of who may see what, written from the design notes (who may
// see what, and the sharing matrix) and sharing nothing with services/access: plain lists that are
// searched from end to end for every question. It is only ever compared with what the server does.
namespace navo::proof {

using Categories = std::set<v1::Category>;

// A body with data of its own.
struct Side {
  std::string id;
  v1::ControllerKind kind = v1::CONTROLLER_KIND_UNSPECIFIED;
  std::string name;
};

// A period in a unit. Days are those of Oslo, since 1970.
struct Membership {
  std::string unit;
  std::set<v1::Role> roles;
  int64_t from_day = 0;
  int64_t to_day = 1'000'000;
  bool installation = false;
  bool ended = false;  // at once
  std::string id;      // the server's, once somebody has read it
};

// Somebody who asks.
struct Caller {
  std::string key;   // of the seed file
  std::string name;  // as colleagues see it
  bool participant = false;
  std::string number;  // the participant's own
  std::vector<Membership> memberships;
  // What follows from them today, see Enter. Without any the unit is empty and the side that of
  // the last one, by whose ids the caller still asks.
  std::string unit;
  Side side;
  std::set<v1::Role> roles;
  bool installation = false;
  std::string registered_by;                              // side that answers for the name
  std::map<std::string, std::set<std::string>> declared;  // own and family's numbers, by side
  std::set<std::string> family;                           // those of them that count today
  Categories follows;                                     // a system's scope

  bool Has(v1::Role role) const { return roles.contains(role); }
  bool WorksOnCases() const { return Has(v1::ROLE_VEILEDER) || Has(v1::ROLE_LAERER); }
  bool Works() const { return participant || !unit.empty(); }
};

// What a unit has to do with a person.
struct Tie {
  bool active = false;
  bool confirmed = false;
  bool by_document = false;  // confirmed with a document in hand
  bool blocked = false;      // it was the wrong person
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
  bool adapts = false;  // for TILRETTELEGGING: adapting the training
  GroundState state = GroundState::kPending;
  std::string from;
  std::string to;
  std::string to_unit;  // empty: all of them
  std::string registered_by_unit;
  std::string confirmed_by_unit;
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
  std::string record;              // what an office lock would be on
};

// A handover that a unit offers to another.
struct Offer {
  std::string id;
  std::string from;  // controller
  std::string from_unit;
  std::string to;  // controller
  std::string to_unit;
  v1::ReferralState state = v1::REFERRAL_STATE_OPEN;
  std::string message;
};

// An emergency access.
struct Emergency {
  std::string id;
  std::string opener;  // key
  std::string unit;
  std::string controller;
  std::string reason;
  int64_t until_us = 0;
  v1::EmergencyEnd end = v1::EMERGENCY_END_UNSPECIFIED;
};

// A change that the feed may tell of, with who could see it when it was made.
struct Told {
  std::string record_id;
  Datum as;
  std::set<std::string> seen_by;  // keys of callers
};

// What a shadow record is a shadow of once it is merged: nobody's.
inline constexpr char kMerged[] = "merged";

// One record of a person: the ordinary one, or a shadow that one side made of a protected person.
struct Person {
  std::string key;
  std::string number;
  std::string shadow_of;  // controller; empty for the ordinary record
  std::string grading = "UGRADERT";
  bool shielded = false;
  std::map<std::string, std::string> ids;  // by controller
  // Of shadow records that were merged into this one, by controller: they go on standing for it.
  std::map<std::string, std::vector<std::string>> aliases;
  std::map<std::string, Tie> ties;  // by unit
  std::vector<Ground> grounds;
  std::vector<Datum> data;
  std::vector<Told> told;
  std::vector<Offer> offers;
  std::vector<Emergency> emergencies;
  std::map<std::string, std::string> locks;  // record -> unit
};

// Whether the side's id is that of a merged record, since nobody has looked the new one up.
bool IsOldId(const Person& person, const std::string& side);

struct World {
  std::vector<Side> sides;
  std::map<std::string, std::string> units;  // unit -> controller
  std::vector<Caller> callers;
  std::vector<Person> people;     // everybody registered
  std::vector<Person> strangers;  // everybody who may be: number and protection alone
  int64_t now_us = 0;
  int64_t today = 0;

  const Side& SideOf(const std::string& controller) const;
};

// Sets the moment, and what everybody's memberships come to on its day.
void Enter(World& world, int64_t now_us, int64_t day);

// Why a caller has to do with a person. kDoubtful: by a tie whose person nobody has confirmed, and
// by an offered handover of that person besides.
enum class Relation { kNone, kSelf, kTie, kDoubtful, kReferral, kEmergency };
// What a method looks at, which decides what may stand in for a tie: nothing, in what follows
// cases; an emergency access, in what reads one person's case; that or an offered handover, in what
// says who the person is; an offered handover alone, in what is about handovers. What is mapped of
// a person, and following that, serves the adapting of training too.
enum class Look { kFeed, kCase, kMapping, kWho, kOffers };
Relation RelationOf(const World& world, const Caller& caller, const Person& person, Look look);

// Whether only a role that the caller lacks may know of the person.
bool ProtectionHides(const Caller& caller, const Person& person);

// Whether the caller finds the person by a tie, or is the person.
bool MayEnter(const Caller& caller, const Person& person);

// Whether the caller is shown this datum today, apart from `needs`.
bool MaySee(const World& world, const Caller& caller, const Person& person, const Datum& datum,
            Look look = Look::kCase);
// The same, with everything it needs.
bool IsShown(const World& world, const Caller& caller, const Person& person, const Datum& datum,
             Look look = Look::kCase);

// Whether the ground opens anything on this day to this unit of this controller.
bool InForce(const Ground& ground, const std::string& controller, const std::string& unit,
             int64_t day);
v1::Purpose PurposeOf(const Ground& ground);
// Whether a ground can open the category at all to controllers of this kind.
bool CanOpen(const Ground& ground, v1::ControllerKind to, v1::Category category);

// Whether the caller's unit has confirmed who the person is.
bool Confirmed(const Caller& caller, const Person& person);
// Whether nothing of the own side is kept back for want of that.
bool NeedsNoConfirming(const World& world, const Caller& caller, const Person& person, Look look);

// The categories that grounds open to a member of staff; empty when nothing of that side is open.
Categories OpenFrom(const World& world, const Caller& caller, const Person& person,
                    const Side& from, Look look = Look::kCase);

// Whether the unit reads of what was offered and is answered by now: by its tie, or its own offer.
bool ReadsAnswered(const World& world, const Caller& caller, const Person& person,
                   const Offer& offer);
// Whether the offer is known to the caller as one to their unit that they may answer.
bool IsOffered(const World& world, const Caller& caller, const Person& person, const Offer& offer);
// Whether the access is open now to this caller.
bool IsOpenTo(const World& world, const Caller& caller, const Emergency& emergency);

// The markers of an answer that shows these categories, each as "withheld:CATEGORY:KIND:side:WHY".
std::multiset<std::string> Markers(const World& world, const Caller& caller, const Person& person,
                                   const Categories& categories, Look look = Look::kCase);
std::string MarkerTag(const v1::Withheld& marker);

// Categories that stay with the unit that wrote them.
bool StaysInUnit(v1::Category category);

}  // namespace navo::proof

#endif  // NAVO_TESTS_PROOF_MODEL_H_
