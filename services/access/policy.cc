#include "services/access/policy.h"

#include <algorithm>

namespace navo::access {
namespace {

constexpr CategorySet kEverything = CategorySet::FromMask(~int64_t{0});

Decision Refuse(Outcome outcome, Reason reason, v1::Role role = v1::ROLE_UNSPECIFIED) {
  Decision decision;
  decision.outcome = outcome;
  decision.reason = reason;
  decision.role = role;
  return decision;
}

// The role the caller acts in, for the log: the first of those that allow the method.
v1::Role ActingRole(RoleSet allowed) {
  for (const v1::Role role :
       {v1::ROLE_DELTAKER, v1::ROLE_VEILEDER, v1::ROLE_LAERER, v1::ROLE_PERSONVERN, v1::ROLE_LEDER,
        v1::ROLE_INTEGRASJON, v1::ROLE_DRIFT, v1::ROLE_STATISTIKK, v1::ROLE_SKJERMET_TILGANG,
        v1::ROLE_FORTROLIG_TILGANG, v1::ROLE_STRENGT_FORTROLIG_TILGANG}) {
    if (allowed.Has(role)) return role;
  }
  return v1::ROLE_UNSPECIFIED;
}

// Whether the controller offers a handover. That another one does is known as long as its ground
// lets the unit know that it has the participant.
bool Offers(int64_t controller_key, const Caller& caller, const Facts& facts, int64_t today) {
  const std::vector<int64_t>& from = facts.untied.referred_from;
  return std::find(from.begin(), from.end(), controller_key) != from.end() &&
         (controller_key == caller.controller_key ||
          OpensExistence(facts.grounds, controller_key, caller.unit_key, today));
}

bool IsReferred(const Caller& caller, const Facts& facts, int64_t today) {
  const std::vector<int64_t>& from = facts.untied.referred_from;
  return std::any_of(from.begin(), from.end(), [&](int64_t controller_key) {
    return Offers(controller_key, caller, facts, today);
  });
}

// Whether an offered handover is what lets the unit see the participant: while it is not tied, and
// while it has not confirmed whom its tie is about.
bool SeesByReferral(const Caller& caller, const Facts& facts, const Rule& rule, int64_t today) {
  const bool sure =
      facts.participant.tie == storage::TieState::kActive && facts.participant.identity_confirmed;
  return !sure && rule.relations == Relations::kReferral && IsReferred(caller, facts, today);
}

bool SeesInEmergency(const Facts& facts, const Rule& rule) {
  if (rule.relations == Relations::kAsksEmergency) return facts.untied.controller_tied;
  return rule.action == Action::kRead && rule.subject == Subject::kParticipant &&
         facts.untied.emergency;
}

v1::Relation RelationOf(const Caller& caller, const Facts& facts, const Rule& rule, v1::Role role,
                        int64_t today) {
  if (facts.self) return v1::RELATION_SELF;
  if (role == v1::ROLE_PERSONVERN) return v1::RELATION_PERSONVERN;
  // A tie that was blocked, since it was the wrong person, stays blocked whatever else there is.
  if (facts.participant.tie == storage::TieState::kBlocked) return v1::RELATION_UNSPECIFIED;
  const bool case_staff = role == v1::ROLE_VEILEDER || role == v1::ROLE_LAERER;
  if (case_staff && SeesByReferral(caller, facts, rule, today)) return v1::RELATION_REFERRAL;
  if (facts.participant.tie != storage::TieState::kActive) {
    const bool emergency = case_staff && SeesInEmergency(facts, rule);
    return emergency ? v1::RELATION_EMERGENCY : v1::RELATION_UNSPECIFIED;
  }
  if (role == v1::ROLE_INTEGRASJON) return v1::RELATION_SYSTEM_SCOPE;
  return facts.participant.on_team ? v1::RELATION_TEAM : v1::RELATION_UNIT;
}

// Enough to decide whether to take somebody over: who it is and what is written about it.
constexpr CategorySet kToDecide{v1::CATEGORY_EXISTENCE, v1::CATEGORY_IDENTITY, v1::CATEGORY_CONTACT,
                                v1::CATEGORY_DIALOG};

constexpr RoleSet kGradingRoles{v1::ROLE_FORTROLIG_TILGANG, v1::ROLE_STRENGT_FORTROLIG_TILGANG};
constexpr RoleSet kProtectionRoles = kGradingRoles | RoleSet{v1::ROLE_SKJERMET_TILGANG};

bool SetsProtection(const Caller& caller) {
  return caller.kind == PrincipalKind::kSystem && caller.principal != nullptr &&
         caller.principal->sets_protection;
}

// Of the own controller's data. Leaders and PERSONVERN see no case content; PERSONVERN sees which
// notes are kept from the participant, and why; a system sees what its scope names.
CategorySet OwnCategories(const Caller& caller, v1::Role role) {
  if (role == v1::ROLE_VEILEDER || role == v1::ROLE_LAERER) return kEverything;
  constexpr CategorySet kThere{v1::CATEGORY_EXISTENCE};
  if (role == v1::ROLE_PERSONVERN) return kThere | CategorySet{v1::CATEGORY_NOTE_EXEMPTION};
  const bool scoped = role == v1::ROLE_INTEGRASJON && caller.principal != nullptr;
  return scoped ? kThere | caller.principal->follows : kThere;
}

// Whether the role sees anything of other controllers, as far as a ground opens it.
bool SeesOtherSides(const Caller& caller, v1::Role role) {
  if (role == v1::ROLE_VEILEDER || role == v1::ROLE_LAERER) return true;
  return role == v1::ROLE_INTEGRASJON && caller.principal != nullptr &&
         !caller.principal->follows.empty();
}

bool InForce(const storage::ActiveGround& ground, int64_t unit_key, int64_t today) {
  return ground.valid_from_day <= today && today <= ground.valid_to_day &&
         (ground.to_unit_key == 0 || ground.to_unit_key == unit_key);
}

// What the ground opens now for the purposes that the method serves.
CategorySet Opens(const storage::ActiveGround& ground, const Caller& caller, const Rule& rule,
                  int64_t today) {
  if (!rule.purposes.Has(ground.purpose) || !InForce(ground, caller.unit_key, today)) return {};
  return CategorySet::FromMask(ground.categories) &
         Openable(ground.kind, ground.purpose, caller.controller_kind);
}

OpenSide& SideOf(std::vector<OpenSide>& sides, int64_t controller_key, const NamedGround& ground) {
  for (OpenSide& side : sides) {
    if (side.controller_key == controller_key) return side;
  }
  return sides.emplace_back(OpenSide{controller_key, {}, ground, {}});
}

// A side that has not opened EXISTENCE has opened nothing: that it knows the person is a secret.
std::vector<OpenSide> OpenSides(const Caller& caller, const Facts& facts, const Rule& rule,
                                int64_t today) {
  std::vector<OpenSide> sides;
  for (const storage::ActiveGround& ground : facts.grounds) {
    if (ground.from_controller_key == caller.controller_key) continue;
    const CategorySet opens = Opens(ground, caller, rule, today);
    if (opens.empty()) continue;
    const NamedGround named{ground.ground_key, ground.purpose};
    OpenSide& side = SideOf(sides, ground.from_controller_key, named);
    const CategorySet more = opens - side.categories;
    if (ground.ground_key != side.ground.ground_key && !more.empty()) {
      side.further.push_back({named, more});
    }
    side.categories = side.categories | opens;
  }
  std::erase_if(sides,
                [](const OpenSide& side) { return !side.categories.Has(v1::CATEGORY_EXISTENCE); });
  return sides;
}

// What the role, the relation and the grounds open. Who offers a handover has made sure who it is
// about. In an emergency nobody has: the own controller's data are shown all the same, and no other
// side's.
void OpenCategories(const Caller& caller, const Facts& facts, const Rule& rule, int64_t today,
                    Decision* decision) {
  const bool tied = facts.participant.tie == storage::TieState::kActive;
  const bool referred = decision->relation == v1::RELATION_REFERRAL;
  const bool emergency = decision->relation == v1::RELATION_EMERGENCY;
  decision->all_sides = facts.self;
  decision->identity_confirmed =
      facts.self || (referred && !tied) || emergency || facts.participant.identity_confirmed;
  CategorySet reads = OwnCategories(caller, decision->role);
  if (!referred || tied) decision->own = reads;
  if (referred) {
    reads = reads & kToDecide;
    // Whoever answers an offer sees the offering side alone, besides what the own unit wrote.
    const bool own_offers = Offers(caller.controller_key, caller, facts, today);
    if (own_offers) (tied ? decision->offered : decision->own) = reads;
  }
  // What an existing ground would show opens only to a unit that confirmed whom it talks about.
  const bool sure = decision->identity_confirmed || referred;
  if (facts.self || emergency || !sure || !SeesOtherSides(caller, decision->role)) return;
  decision->open = OpenSides(caller, facts, rule, today);
  for (OpenSide& side : decision->open) side.categories = side.categories & reads;
  std::erase_if(decision->open, [&](const OpenSide& side) {
    return referred && !Offers(side.controller_key, caller, facts, today);
  });
}

}  // namespace

std::string_view ReasonName(Reason reason) {
  switch (reason) {
    case Reason::kNone:
      return "";
    case Reason::kRole:
      return "ROLE_NOT_ALLOWED";
    case Reason::kProtection:
      return "PROTECTION";
    case Reason::kOwnCase:
      return "OWN_CASE";
    case Reason::kNoParticipant:
      return "NO_PARTICIPANT";
    case Reason::kNoRelation:
      return "NO_RELATION";
    case Reason::kTieBlocked:
      return "TIE_BLOCKED";
    case Reason::kIdentityNotConfirmed:
      return "IDENTITY_NOT_CONFIRMED";
    case Reason::kFailed:
      return "FAILED";
    case Reason::kScope:
      return "SCOPE_MISSING";
  }
  return "";
}

bool ProtectionAllows(const storage::Protection& protection, RoleSet roles) {
  if (protection.shielded && !roles.Has(v1::ROLE_SKJERMET_TILGANG)) return false;
  switch (protection.grading) {
    case storage::Grading::kUgradert:
      return true;
    case storage::Grading::kFortrolig:
      return roles.Has(v1::ROLE_FORTROLIG_TILGANG);
    case storage::Grading::kStrengtFortrolig:
    case storage::Grading::kStrengtFortroligUtland:
    case storage::Grading::kUkjent:
      return roles.Has(v1::ROLE_STRENGT_FORTROLIG_TILGANG);
    case storage::Grading::kMerged:
      return false;
  }
  return false;
}

NamedGround OpenSide::GroundOf(v1::Category category) const {
  for (const Further& one : further) {
    if (one.categories.Has(category)) return one.ground;
  }
  return ground;
}

bool OpensExistence(absl::Span<const storage::ActiveGround> grounds, int64_t from_controller_key,
                    int64_t to_unit_key, int64_t today) {
  return std::any_of(grounds.begin(), grounds.end(), [&](const storage::ActiveGround& ground) {
    return ground.from_controller_key == from_controller_key &&
           ground.purpose == v1::PURPOSE_SAMORDNET_KVALIFISERING &&
           InForce(ground, to_unit_key, today) &&
           CategorySet::FromMask(ground.categories).Has(v1::CATEGORY_EXISTENCE);
  });
}

bool MayGrade(const Caller& caller, storage::Grading grading) {
  if (SetsProtection(caller)) return true;
  if (grading == storage::Grading::kUgradert) return caller.roles.Intersects(kGradingRoles);
  return ProtectionAllows({grading, false}, caller.roles);
}

bool MayShield(const Caller& caller) {
  return SetsProtection(caller) || caller.roles.Has(v1::ROLE_SKJERMET_TILGANG);
}

const OpenSide* Decision::FindOpen(int64_t controller_key) const {
  for (const OpenSide& side : open) {
    if (side.controller_key == controller_key) return &side;
  }
  return nullptr;
}

v1::WithheldReason Look(const Decision& decision, const Caller& caller,
                        const storage::Label& label) {
  if (decision.all_sides) {
    return label.exempted ? v1::WITHHELD_REASON_EXEMPTED_BY_LAW : v1::WITHHELD_REASON_UNSPECIFIED;
  }
  if (label.author.controller_key != caller.controller_key) {
    const OpenSide* side = decision.FindOpen(label.author.controller_key);
    if (side == nullptr) return v1::WITHHELD_REASON_SHARING_NOT_OPEN;
    if (label.locked) return v1::WITHHELD_REASON_OWN_UNIT_ONLY;
    if (side->categories.Has(label.category)) return v1::WITHHELD_REASON_UNSPECIFIED;
    return kOwnUnitOnly.Has(label.category) ? v1::WITHHELD_REASON_OWN_UNIT_ONLY
                                            : v1::WITHHELD_REASON_NO_GROUND;
  }
  if (!decision.own.Has(label.category)) return v1::WITHHELD_REASON_ROLE;
  if (label.author.unit_key == caller.unit_key) return v1::WITHHELD_REASON_UNSPECIFIED;
  if (label.locked) return v1::WITHHELD_REASON_OWN_UNIT_ONLY;
  // PERSONVERN answers for the whole controller.
  if (decision.role == v1::ROLE_PERSONVERN && label.category == v1::CATEGORY_NOTE_EXEMPTION) {
    return v1::WITHHELD_REASON_UNSPECIFIED;
  }
  if (kOwnUnitOnly.Has(label.category)) return v1::WITHHELD_REASON_OWN_UNIT_ONLY;
  const bool shown = decision.identity_confirmed || decision.offered.Has(label.category);
  return shown ? v1::WITHHELD_REASON_UNSPECIFIED : v1::WITHHELD_REASON_IDENTITY_NOT_CONFIRMED;
}

Decision DecideRole(const Caller& caller, const Facts& facts, const Rule& rule) {
  const RoleSet acting = rule.roles & caller.roles;
  const v1::Role role = ActingRole(acting);
  if (acting.empty()) return Refuse(Outcome::kRoleNotAllowed, Reason::kRole);
  if (facts.own_case) return Refuse(Outcome::kOwnCase, Reason::kOwnCase, role);
  Decision decision;
  decision.outcome = Outcome::kPermit;
  decision.reason = Reason::kNone;
  decision.role = role;
  decision.own = OwnCategories(caller, role);
  return decision;
}

Decision DecideOversight(const Caller& caller, const Facts& facts, const Rule& rule) {
  const RoleSet acting = rule.roles & caller.roles;
  const v1::Role role = ActingRole(acting);
  if (acting.empty()) return Refuse(Outcome::kRoleNotAllowed, Reason::kRole);
  if (!facts.known) return Refuse(Outcome::kNotFound, Reason::kNoParticipant, role);
  if (!ProtectionAllows(facts.participant.protection, caller.roles)) {
    return Refuse(Outcome::kNotFound, Reason::kProtection, role);
  }
  if (facts.own_case) return Refuse(Outcome::kNotFound, Reason::kOwnCase, role);
  Decision decision;
  decision.outcome = Outcome::kPermit;
  decision.reason = Reason::kNone;
  decision.role = role;
  decision.relation = role == v1::ROLE_PERSONVERN  ? v1::RELATION_PERSONVERN
                      : kProtectionRoles.Has(role) ? v1::RELATION_PROTECTION
                                                   : v1::RELATION_EMERGENCY;
  decision.identity_confirmed = true;
  decision.own = {v1::CATEGORY_EXISTENCE};
  return decision;
}

Decision Decide(const Caller& caller, const Facts& facts, const Rule& rule, int64_t today) {
  const RoleSet acting = rule.roles & caller.roles;
  v1::Role role = ActingRole(acting);
  // 1. The role allows this action at all.
  if (acting.empty()) return Refuse(Outcome::kRoleNotAllowed, Reason::kRole);
  if (!facts.known) return Refuse(Outcome::kNotFound, Reason::kNoParticipant, role);
  // 2. Protection, and the own case.
  if (!facts.self) {
    if (!ProtectionAllows(facts.participant.protection, caller.roles)) {
      return Refuse(Outcome::kNotFound, Reason::kProtection, role);
    }
    if (facts.own_case) return Refuse(Outcome::kNotFound, Reason::kOwnCase, role);
  }
  // 3. Relation.
  v1::Relation relation = RelationOf(caller, facts, rule, role, today);
  if (relation == v1::RELATION_UNSPECIFIED && acting.Has(v1::ROLE_PERSONVERN)) {
    role = v1::ROLE_PERSONVERN;  // who is also on other cases looks at this one as PERSONVERN
    relation = RelationOf(caller, facts, rule, role, today);
  }
  if (relation == v1::RELATION_UNSPECIFIED) {
    const bool blocked = facts.participant.tie == storage::TieState::kBlocked;
    return Refuse(Outcome::kNotFound, blocked ? Reason::kTieBlocked : Reason::kNoRelation, role);
  }
  Decision decision;
  decision.role = role;
  decision.relation = relation;
  // 4. Categories.
  OpenCategories(caller, facts, rule, today, &decision);
  // 5. Write rules that need no record.
  if (rule.needs_identity && !decision.identity_confirmed) {
    decision.outcome = Outcome::kIdentityNotConfirmed;
    decision.reason = Reason::kIdentityNotConfirmed;
    return decision;
  }
  decision.outcome = Outcome::kPermit;
  decision.reason = Reason::kNone;
  return decision;
}

}  // namespace navo::access
