#ifndef NAVO_SERVICES_ACCESS_RULES_H_
#define NAVO_SERVICES_ACCESS_RULES_H_

#include <string_view>

#include "absl/types/span.h"
#include "services/access/categories.h"
#include "services/access/openable.h"

// One rule for each method: who may call it, what it is about, and which categories it shows. A
// method without a rule is refused, and a test fails on it.
namespace navo::access {

enum class Action { kRead, kWrite };

// What a method's decision is about.
enum class Subject {
  kNone,         // no participant: code lists and texts
  kParticipant,  // the request's participant_id
  kIdentifier,   // the request's national identity number
  kUnit,         // every participant of the caller's unit, decided one by one
  kImport,       // rows of a file, each within the system's scope
};

// What counts as a relation besides team, tie, SELF, PERSONVERN and a system's scope. Emergency
// access reads of a participant whatever a tie would let read; it writes nothing and follows
// nothing.
enum class Relations {
  kUsual,
  kReferral,       // an open handover to the unit too, also while its tie is not confirmed
  kAsksEmergency,  // asks for emergency access to somebody whom the own controller knows
};

struct Rule {
  int number;  // stored in the access log and with replayed answers: never change or reuse one
  std::string_view method;  // "navo.v1.PlanService.Get"
  Action action;
  Subject subject;
  RoleSet roles;                // any of these may call it
  CategorySet categories;       // what it shows, and marks where it is withheld
  bool needs_identity = false;  // the tie's identity has to be confirmed first
  bool essential = false;       // goes on when the disk is nearly full
  // What other controllers' data are shown for: a ground opens the methods of its purpose alone.
  PurposeSet purposes{v1::PURPOSE_SAMORDNET_KVALIFISERING};
  Relations relations = Relations::kUsual;
};

// Null when there is none: the call is refused.
const Rule* FindRule(std::string_view method);
absl::Span<const Rule> AllRules();

}  // namespace navo::access

#endif  // NAVO_SERVICES_ACCESS_RULES_H_
