#include "tests/proof/model.h"

#include "absl/strings/str_cat.h"

namespace navo::proof {
namespace {

// Never shared by default, and no ground of today opens it.
bool NeverLeaves(v1::Category category) {
  return category == v1::CATEGORY_FOLLOWUP_NOTE || category == v1::CATEGORY_HEALTH ||
         category == v1::CATEGORY_NOTE_EXEMPTION;
}

// Needs and benefits cross over by consent alone, and to VO alone.
bool CanOpen(const Ground& ground, const Caller& caller, v1::Category category) {
  if (NeverLeaves(category)) return false;
  if (category == v1::CATEGORY_NEEDS_BARRIERS || category == v1::CATEGORY_BENEFIT_TYPE_PERIOD) {
    return ground.by_consent && caller.side.kind == v1::CONTROLLER_KIND_VO;
  }
  return true;
}

// What the role reads of its own side's data.
bool RoleReads(const Caller& caller, v1::Category category) {
  if (caller.WorksOnCases() || category == v1::CATEGORY_EXISTENCE) return true;
  if (caller.Has(v1::ROLE_PERSONVERN)) return category == v1::CATEGORY_NOTE_EXEMPTION;
  if (caller.Has(v1::ROLE_INTEGRASJON)) return caller.follows.contains(category);
  return false;
}

bool SeesOwnSide(const Caller& caller, const Person& person, const Datum& datum) {
  if (!RoleReads(caller, datum.category)) return false;
  if (datum.unit == caller.unit) return true;
  // Answers for the whole controller, without any tie.
  if (caller.Has(v1::ROLE_PERSONVERN) && !caller.WorksOnCases()) return true;
  if (StaysInUnit(datum.category)) return false;
  return Confirmed(caller, person);
}

bool SeesOtherSide(const World& world, const Caller& caller, const Person& person,
                   const Datum& datum, int64_t day) {
  if (!RoleReads(caller, datum.category)) return false;
  return OpenFrom(caller, person, world.SideOf(datum.controller), day).contains(datum.category);
}

std::string Tag(v1::Category category, v1::ControllerKind kind, const std::string& controller,
                v1::WithheldReason reason) {
  return absl::StrCat("withheld:", static_cast<int>(category), ":", static_cast<int>(kind), ":",
                      controller, ":", static_cast<int>(reason));
}

}  // namespace

bool Confirmed(const Caller& caller, const Person& person) {
  const auto tie = person.ties.find(caller.unit);
  return tie != person.ties.end() && tie->second.active && tie->second.confirmed;
}

bool ProtectionHides(const Caller& caller, const Person& person) {
  if (!person.shadow_of.empty()) return false;
  if (person.shielded && !caller.Has(v1::ROLE_SKJERMET_TILGANG)) return true;
  if (person.grading == "FORTROLIG") return !caller.Has(v1::ROLE_FORTROLIG_TILGANG);
  if (person.grading == "UGRADERT") return false;
  return !caller.Has(v1::ROLE_STRENGT_FORTROLIG_TILGANG);
}

bool InForce(const Ground& ground, const Caller& caller, int64_t day) {
  if (ground.state != GroundState::kActive) return false;
  if (ground.to != caller.side.id) return false;
  if (!ground.to_unit.empty() && ground.to_unit != caller.unit) return false;
  return ground.from_day <= day && day <= ground.to_day;
}

const Side& World::SideOf(const std::string& controller) const {
  for (const Side& side : sides) {
    if (side.id == controller) return side;
  }
  static const Side kNobody;
  return kNobody;
}

bool StaysInUnit(v1::Category category) {
  return NeverLeaves(category) || category == v1::CATEGORY_NEEDS_BARRIERS ||
         category == v1::CATEGORY_BENEFIT_TYPE_PERIOD;
}

bool MayEnter(const Caller& caller, const Person& person) {
  if (caller.participant) return caller.number == person.number && person.shadow_of.empty();
  if (!person.shadow_of.empty() && person.shadow_of != caller.side.id) return false;
  if (ProtectionHides(caller, person)) return false;
  if (caller.family.contains(person.number)) return false;
  const auto tie = person.ties.find(caller.unit);
  return tie != person.ties.end() && tie->second.active;
}

Categories OpenFrom(const Caller& caller, const Person& person, const Side& from, int64_t day) {
  Categories open;
  const bool asks =
      caller.WorksOnCases() || (caller.Has(v1::ROLE_INTEGRASJON) && !caller.follows.empty());
  if (!asks || caller.side.id == from.id || !Confirmed(caller, person)) return open;
  for (const Ground& ground : person.grounds) {
    if (ground.from != from.id || !InForce(ground, caller, day)) continue;
    for (const v1::Category category : ground.categories) {
      if (CanOpen(ground, caller, category)) open.insert(category);
    }
  }
  return open.contains(v1::CATEGORY_EXISTENCE) ? open : Categories();
}

bool MaySee(const World& world, const Caller& caller, const Person& person, const Datum& datum,
            int64_t day) {
  if (caller.participant) return MayEnter(caller, person) && !datum.exempted;
  const bool only_protects = caller.Has(v1::ROLE_PERSONVERN) && !caller.WorksOnCases();
  if (only_protects) {
    const bool hidden = ProtectionHides(caller, person) || caller.family.contains(person.number);
    return !hidden && datum.controller == caller.side.id && SeesOwnSide(caller, person, datum);
  }
  if (!MayEnter(caller, person)) return false;
  return datum.controller == caller.side.id ? SeesOwnSide(caller, person, datum)
                                            : SeesOtherSide(world, caller, person, datum, day);
}

bool IsShown(const World& world, const Caller& caller, const Person& person, const Datum& datum,
             int64_t day) {
  if (!MaySee(world, caller, person, datum, day)) return false;
  for (const std::size_t needed : datum.needs) {
    if (!MaySee(world, caller, person, person.data[needed], day)) return false;
  }
  return true;
}

std::string MarkerTag(const v1::Withheld& marker) {
  return Tag(marker.category(), marker.owner_kind(), marker.owner_controller(), marker.reason());
}

std::multiset<std::string> Markers(const World& world, const Caller& caller, const Person& person,
                                   const Categories& categories, int64_t day) {
  std::multiset<std::string> markers;
  if (caller.participant) return markers;
  for (const Side& side : world.sides) {
    if (side.id == caller.side.id) continue;
    const Categories open = OpenFrom(caller, person, side, day);
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
  if (!Confirmed(caller, person)) {
    markers.insert(Tag(v1::CATEGORY_UNSPECIFIED, caller.side.kind, "",
                       v1::WITHHELD_REASON_IDENTITY_NOT_CONFIRMED));
  }
  return markers;
}

}  // namespace navo::proof
