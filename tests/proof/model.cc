#include "tests/proof/model.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace navo::proof {
namespace {

// No ground opens it.
bool NeverLeaves(v1::Category category) {
  return category == v1::CATEGORY_FOLLOWUP_NOTE || category == v1::CATEGORY_NOTE_EXEMPTION;
}

// What adult education needs in order to adapt its training, and the participant's alone to give.
bool IsToAdapt(v1::Category category) {
  return category == v1::CATEGORY_NEEDS_BARRIERS || category == v1::CATEGORY_BENEFIT_TYPE_PERIOD ||
         category == v1::CATEGORY_HEALTH;
}

bool Serves(const Ground& ground, Look look) {
  return !ground.adapts || look == Look::kMapping || look == Look::kFeed;
}

// Who it is about and what was written about that: enough to answer an offered handover.
bool IsToAnswer(v1::Category category) {
  return category == v1::CATEGORY_EXISTENCE || category == v1::CATEGORY_IDENTITY ||
         category == v1::CATEGORY_CONTACT || category == v1::CATEGORY_DIALOG;
}

// What the role reads of its own side's data.
bool RoleReads(const Caller& caller, v1::Category category) {
  if (caller.WorksOnCases() || category == v1::CATEGORY_EXISTENCE) return caller.Works();
  if (caller.Has(v1::ROLE_PERSONVERN)) return category == v1::CATEGORY_NOTE_EXEMPTION;
  if (caller.Has(v1::ROLE_INTEGRASJON)) return caller.follows.contains(category);
  return false;
}

// Offered by any unit of that side, as far as the caller may know.
bool SideOffers(const World& world, const Caller& caller, const Person& person,
                const std::string& side) {
  return std::any_of(person.offers.begin(), person.offers.end(), [&](const Offer& offer) {
    return offer.from == side && IsOffered(world, caller, person, offer);
  });
}

bool SeesOwnSide(const World& world, const Caller& caller, const Person& person, const Datum& datum,
                 Look look) {
  if (!RoleReads(caller, datum.category)) return false;
  const Relation relation = RelationOf(world, caller, person, look);
  if (relation == Relation::kDoubtful && datum.unit == caller.unit) return true;
  if (relation == Relation::kReferral || relation == Relation::kDoubtful) {
    return IsToAnswer(datum.category) && SideOffers(world, caller, person, datum.controller);
  }
  if (datum.unit == caller.unit) return true;
  if (StaysInUnit(datum.category)) return false;
  return NeedsNoConfirming(world, caller, person, look);
}

// An office lock: the unit's and the participant's alone.
bool LockHides(const Caller& caller, const Person& person, const Datum& datum) {
  const auto lock = person.locks.find(datum.record);
  return lock != person.locks.end() && lock->second != caller.unit;
}

// Answers for the whole controller, without any tie.
bool SeesAsPersonvern(const Caller& caller, const Person& person, const Datum& datum) {
  if (ProtectionHides(caller, person) || caller.family.contains(person.number)) return false;
  return datum.controller == caller.side.id && RoleReads(caller, datum.category);
}

std::string Tag(v1::Category category, v1::ControllerKind kind, const std::string& controller,
                v1::WithheldReason reason) {
  return absl::StrCat("withheld:", static_cast<int>(category), ":", static_cast<int>(kind), ":",
                      controller, ":", static_cast<int>(reason));
}

// A side's word on somebody's family counts for those whom it registered, and for those who have,
// or are to have, a membership there.
bool AnswersFor(const World& world, const std::string& side, const Caller& caller) {
  if (caller.registered_by == side) return true;
  return std::any_of(caller.memberships.begin(), caller.memberships.end(), [&](const auto& one) {
    return world.units.at(one.unit) == side && !one.ended && world.today <= one.to_day;
  });
}

}  // namespace

bool IsOldId(const Person& person, const std::string& side) {
  const auto id = person.ids.find(side);
  const auto old = person.aliases.find(side);
  return id != person.ids.end() && old != person.aliases.end() &&
         std::find(old->second.begin(), old->second.end(), id->second) != old->second.end();
}

const Side& World::SideOf(const std::string& controller) const {
  for (const Side& side : sides) {
    if (side.id == controller) return side;
  }
  static const Side kNobody;
  return kNobody;
}

void Enter(World& world, int64_t now_us, int64_t day) {
  world.now_us = now_us;
  world.today = day;
  for (Caller& caller : world.callers) {
    if (caller.participant) continue;
    caller.unit.clear();
    caller.roles.clear();
    caller.installation = false;
    caller.family.clear();
    for (const auto& [side, numbers] : caller.declared) {
      if (AnswersFor(world, side, caller)) caller.family.insert(numbers.begin(), numbers.end());
    }
    for (const Membership& membership : caller.memberships) {
      const bool runs = !membership.ended && membership.from_day <= day && day <= membership.to_day;
      if (!runs || !caller.unit.empty()) continue;
      caller.unit = membership.unit;
      caller.side = world.SideOf(world.units.at(membership.unit));
      caller.roles = membership.roles;
      caller.installation = membership.installation;
    }
  }
}

v1::Purpose PurposeOf(const Ground& ground) {
  return ground.adapts ? v1::PURPOSE_TILRETTELEGGING : v1::PURPOSE_SAMORDNET_KVALIFISERING;
}

bool CanOpen(const Ground& ground, v1::ControllerKind to, v1::Category category) {
  if (NeverLeaves(category)) return false;
  const bool consent_to_vo = ground.by_consent && to == v1::CONTROLLER_KIND_VO;
  if (ground.adapts) {
    return consent_to_vo && (category == v1::CATEGORY_EXISTENCE || IsToAdapt(category));
  }
  if (category == v1::CATEGORY_HEALTH) return false;
  return consent_to_vo || !IsToAdapt(category);
}

bool Confirmed(const Caller& caller, const Person& person) {
  const auto tie = person.ties.find(caller.unit);
  return tie != person.ties.end() && tie->second.active && tie->second.confirmed;
}

bool NeedsNoConfirming(const World& world, const Caller& caller, const Person& person, Look look) {
  switch (RelationOf(world, caller, person, look)) {
    case Relation::kNone:
    case Relation::kDoubtful:
      return false;
    case Relation::kTie:
      return Confirmed(caller, person);
    case Relation::kSelf:
    case Relation::kReferral:   // who offers it has made sure
    case Relation::kEmergency:  // nobody has, and the own side's data are shown all the same
      return true;
  }
  return false;
}

bool ProtectionHides(const Caller& caller, const Person& person) {
  if (!person.shadow_of.empty()) return false;
  if (person.shielded && !caller.Has(v1::ROLE_SKJERMET_TILGANG)) return true;
  if (person.grading == "FORTROLIG") return !caller.Has(v1::ROLE_FORTROLIG_TILGANG);
  if (person.grading == "UGRADERT") return false;
  return !caller.Has(v1::ROLE_STRENGT_FORTROLIG_TILGANG);
}

bool InForce(const Ground& ground, const std::string& controller, const std::string& unit,
             int64_t day) {
  if (ground.state != GroundState::kActive) return false;
  if (ground.to != controller) return false;
  if (!ground.to_unit.empty() && ground.to_unit != unit) return false;
  return ground.from_day <= day && day <= ground.to_day;
}

bool StaysInUnit(v1::Category category) { return NeverLeaves(category) || IsToAdapt(category); }

// Whether anything at all stands between the caller and the person but the relation.
static bool IsClosedTo(const Caller& caller, const Person& person) {
  if (!person.shadow_of.empty() && person.shadow_of != caller.side.id) return true;
  return !caller.Works() || ProtectionHides(caller, person) ||
         caller.family.contains(person.number);
}

bool MayEnter(const Caller& caller, const Person& person) {
  if (caller.participant) return caller.number == person.number && person.shadow_of.empty();
  if (IsClosedTo(caller, person)) return false;
  const auto tie = person.ties.find(caller.unit);
  return tie != person.ties.end() && tie->second.active;
}

bool IsOffered(const World& world, const Caller& caller, const Person& person, const Offer& offer) {
  if (offer.state != v1::REFERRAL_STATE_OPEN || offer.to_unit != caller.unit) return false;
  if (offer.from == caller.side.id) return true;
  // Another controller's: as long as a ground lets the unit know that it has the person.
  return std::any_of(person.grounds.begin(), person.grounds.end(), [&](const Ground& ground) {
    return ground.from == offer.from && !ground.adapts &&
           InForce(ground, caller.side.id, caller.unit, world.today) &&
           ground.categories.contains(v1::CATEGORY_EXISTENCE);
  });
}

bool ReadsAnswered(const World& world, const Caller& caller, const Person& person,
                   const Offer& offer) {
  switch (RelationOf(world, caller, person, Look::kOffers)) {
    case Relation::kTie:
      return true;
    case Relation::kDoubtful:
      return offer.from_unit == caller.unit;
    default:
      return false;
  }
}

bool IsOpenTo(const World& world, const Caller& caller, const Emergency& emergency) {
  return emergency.opener == caller.key && emergency.unit == caller.unit &&
         world.now_us < emergency.until_us;
}

Relation RelationOf(const World& world, const Caller& caller, const Person& person, Look look) {
  if (caller.participant) return MayEnter(caller, person) ? Relation::kSelf : Relation::kNone;
  if (MayEnter(caller, person)) {
    const bool answers = look == Look::kWho || look == Look::kOffers;
    if (!answers || !caller.WorksOnCases() || Confirmed(caller, person)) return Relation::kTie;
    for (const Offer& offer : person.offers) {
      if (IsOffered(world, caller, person, offer)) return Relation::kDoubtful;
    }
    return Relation::kTie;
  }
  if (IsClosedTo(caller, person) || !caller.WorksOnCases()) return Relation::kNone;
  const auto tie = person.ties.find(caller.unit);
  if (tie != person.ties.end() && tie->second.blocked) return Relation::kNone;
  if (look == Look::kWho || look == Look::kOffers) {
    for (const Offer& offer : person.offers) {
      if (IsOffered(world, caller, person, offer)) return Relation::kReferral;
    }
  }
  if (look == Look::kWho || look == Look::kCase || look == Look::kMapping) {
    for (const Emergency& emergency : person.emergencies) {
      if (IsOpenTo(world, caller, emergency)) return Relation::kEmergency;
    }
  }
  return Relation::kNone;
}

Categories OpenFrom(const World& world, const Caller& caller, const Person& person,
                    const Side& from, Look look) {
  Categories open;
  const bool asks =
      caller.WorksOnCases() || (caller.Has(v1::ROLE_INTEGRASJON) && !caller.follows.empty());
  if (!asks || caller.side.id == from.id) return open;
  const Relation relation = RelationOf(world, caller, person, look);
  // In an emergency no ground opens anything, nor to a unit that does not know whom it has.
  if (relation == Relation::kNone || relation == Relation::kEmergency) return open;
  if (relation == Relation::kTie && !Confirmed(caller, person)) return open;
  const bool referred = relation == Relation::kReferral || relation == Relation::kDoubtful;
  if (referred && !SideOffers(world, caller, person, from.id)) return open;
  for (const Ground& ground : person.grounds) {
    if (ground.from != from.id || !Serves(ground, look)) continue;
    if (!InForce(ground, caller.side.id, caller.unit, world.today)) continue;
    for (const v1::Category category : ground.categories) {
      if (referred && !IsToAnswer(category)) continue;
      if (CanOpen(ground, caller.side.kind, category)) open.insert(category);
    }
  }
  return open.contains(v1::CATEGORY_EXISTENCE) ? open : Categories();
}

bool MaySee(const World& world, const Caller& caller, const Person& person, const Datum& datum,
            Look look) {
  if (caller.participant) return MayEnter(caller, person) && !datum.exempted;
  if (!caller.Works() || LockHides(caller, person, datum)) return false;
  if (caller.Has(v1::ROLE_PERSONVERN) && !caller.WorksOnCases()) {
    return SeesAsPersonvern(caller, person, datum);
  }
  if (RelationOf(world, caller, person, look) == Relation::kNone) return false;
  if (datum.controller == caller.side.id) return SeesOwnSide(world, caller, person, datum, look);
  return RoleReads(caller, datum.category) &&
         OpenFrom(world, caller, person, world.SideOf(datum.controller), look)
             .contains(datum.category);
}

bool IsShown(const World& world, const Caller& caller, const Person& person, const Datum& datum,
             Look look) {
  if (!MaySee(world, caller, person, datum, look)) return false;
  for (const std::size_t needed : datum.needs) {
    if (!MaySee(world, caller, person, person.data[needed], look)) return false;
  }
  return true;
}

std::string MarkerTag(const v1::Withheld& marker) {
  return Tag(marker.category(), marker.owner_kind(), marker.owner_controller(), marker.reason());
}

std::multiset<std::string> Markers(const World& world, const Caller& caller, const Person& person,
                                   const Categories& categories, Look look) {
  std::multiset<std::string> markers;
  if (caller.participant) return markers;
  for (const Side& side : world.sides) {
    if (side.id == caller.side.id) continue;
    const Categories open = OpenFrom(world, caller, person, side, look);
    if (open.empty()) {
      if (side.kind == caller.side.kind) continue;
      markers.insert(
          Tag(v1::CATEGORY_UNSPECIFIED, side.kind, "", v1::WITHHELD_REASON_SHARING_NOT_OPEN));
      continue;
    }
    for (const v1::Category category : categories) {
      if (open.contains(category)) continue;
      markers.insert(Tag(category, side.kind, side.id,
                         StaysInUnit(category) ? v1::WITHHELD_REASON_OWN_UNIT_ONLY
                                               : v1::WITHHELD_REASON_NO_GROUND));
    }
  }
  if (!NeedsNoConfirming(world, caller, person, look)) {
    markers.insert(Tag(v1::CATEGORY_UNSPECIFIED, caller.side.kind, "",
                       v1::WITHHELD_REASON_IDENTITY_NOT_CONFIRMED));
  }
  return markers;
}

}  // namespace navo::proof
