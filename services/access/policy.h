#ifndef NAVO_SERVICES_ACCESS_POLICY_H_
#define NAVO_SERVICES_ACCESS_POLICY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "navo/v1/access_log.pb.h"
#include "navo/v1/common.pb.h"
#include "services/access/directory.h"
#include "services/access/openable.h"
#include "services/access/rules.h"
#include "storage/ground.h"
#include "storage/guarded.h"
#include "storage/participant.h"

// Who may see and do what: a pure function over facts. No I/O, no clock, no cache; any thread.
namespace navo::access {

// Who calls, in which unit and roles, as the token and the directory say for this call.
struct Caller {
  PrincipalKind kind = PrincipalKind::kStaff;
  int64_t principal_key = 0;  // for a participant: minus its participant_key
  int64_t unit_key = 0;       // 0 for a participant
  int64_t controller_key = 0;
  v1::ControllerKind controller_kind = v1::CONTROLLER_KIND_UNSPECIFIED;
  RoleSet roles;
  const Principal* principal = nullptr;  // null for a participant
};

// What a decision rests on, all read in the transaction that reads the data.
struct Facts {
  bool known = false;     // there is such a participant under this id for this controller
  bool self = false;      // the caller is the participant
  bool own_case = false;  // the caller's own or family's case
  storage::ParticipantAccess participant;
  storage::UntiedAccess untied;  // looked for only where no confirmed tie lets the unit see
  std::vector<storage::ActiveGround> grounds;  // towards the caller's controller, in log order
};

enum class Outcome { kPermit, kNotFound, kRoleNotAllowed, kOwnCase, kIdentityNotConfirmed };

// The exact reason, for the access log alone. Stored: never renumber.
enum class Reason : int {
  kNone = 0,
  kRole = 1,
  kProtection = 2,
  kOwnCase = 3,
  kNoParticipant = 4,
  kNoRelation = 5,
  kTieBlocked = 6,
  kIdentityNotConfirmed = 7,
  kFailed = 8,  // permitted, but the method itself answered an error
  kScope = 9,
};
std::string_view ReasonName(Reason reason);

// The ground that something is shown through, and what it serves.
struct NamedGround {
  int64_t ground_key = 0;
  v1::Purpose purpose = v1::PURPOSE_UNSPECIFIED;
};

// What one other controller has opened to the caller.
struct OpenSide {
  int64_t controller_key = 0;
  CategorySet categories;
  NamedGround ground;  // the first that opens something of it
  // Further grounds, with what none before them opens.
  struct Further {
    NamedGround ground;
    CategorySet categories;
  };
  std::vector<Further> further;

  // The ground that a reading of this category names: the first that opens it.
  NamedGround GroundOf(v1::Category category) const;
};

struct Decision {
  Outcome outcome = Outcome::kNotFound;
  Reason reason = Reason::kNoParticipant;
  v1::Relation relation = v1::RELATION_UNSPECIFIED;
  v1::Role role = v1::ROLE_UNSPECIFIED;  // the role acted in
  bool all_sides = false;                // the participant sees everything
  bool identity_confirmed = false;
  CategorySet own;  // of the own controller's data
  // Of other units of it, while the identity is not confirmed: what an offered handover shows.
  CategorySet offered;
  std::vector<OpenSide> open;  // other controllers, only those that opened EXISTENCE

  bool permitted() const { return outcome == Outcome::kPermit; }
  // Null when nothing of that controller is open.
  const OpenSide* FindOpen(int64_t controller_key) const;
};

// Whether a datum is shown; UNSPECIFIED means it is.
v1::WithheldReason Look(const Decision& decision, const Caller& caller,
                        const storage::Label& label);

// Whether a ground of the first controller opens EXISTENCE, and with it anything, to the unit.
bool OpensExistence(absl::Span<const storage::ActiveGround> grounds, int64_t from_controller_key,
                    int64_t to_unit_key, int64_t today);

// Whether the roles include what the protection asks for. Never overridable.
bool ProtectionAllows(const storage::Protection& protection, RoleSet roles);

// Whether the caller may set a grading, and change one that is set: the role for it, or a system
// whose scope it is.
bool MayGrade(const Caller& caller, storage::Grading grading);
bool MayShield(const Caller& caller);

// For methods about nobody in particular, and for registering a person: the role, and not the own
// case. What a list shows is decided one by one.
Decision DecideRole(const Caller& caller, const Facts& facts, const Rule& rule);

// For those who answer for what others did: emergency accesses of the unit or the controller. Needs
// no relation, and shows nothing of the case.
Decision DecideOversight(const Caller& caller, const Facts& facts, const Rule& rule);

// The first refusal stands, in this order: role, protection, relation, category, write rules.
// `today` counts days since 1970 in Europe/Oslo.
Decision Decide(const Caller& caller, const Facts& facts, const Rule& rule, int64_t today);

}  // namespace navo::access

#endif  // NAVO_SERVICES_ACCESS_POLICY_H_
