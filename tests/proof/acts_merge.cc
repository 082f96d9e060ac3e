// Shadow records that become the real participant's: ties, grounds, ids and everything written.
#include <algorithm>

#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/protection.grpc.pb.h"
#include "tests/proof/acts.h"

namespace navo::proof {
namespace {

using Protections = v1::ProtectionService::Stub;

// The unit's own word on the real participant stands; that it is the wrong person, against all but
// a document.
bool Stands(const Tie& there, const Tie& coming) {
  if (there.blocked) return !coming.active || !coming.by_document;
  return there.active || !coming.active;
}

// Somebody who moves what the unit wrote, or without a unit what its whole side wrote.
Caller MoverOf(const Side& side, const std::string& unit) {
  Caller mover;
  mover.side = side;
  mover.unit = unit;
  return mover;
}

}  // namespace

// Mostly by somebody of its side with the role for the person it is a shadow of.
void Acts::MergeShadow() {
  std::vector<Person*> shadows;
  for (Person& person : play_.world_.people) {
    const bool shadow = !person.shadow_of.empty() && person.shadow_of != kMerged;
    if (shadow) shadows.push_back(&person);
  }
  if (shadows.empty()) return;
  Person& shadow = *shadows[Below(random_, shadows.size())];
  const auto stranger = std::find_if(play_.world_.strangers.begin(), play_.world_.strangers.end(),
                                     [&](const Person& one) { return one.key == shadow.key; });
  const auto may = [&](const Caller& caller) {
    const bool asks = caller.Has(v1::ROLE_SKJERMET_TILGANG) ||
                      caller.Has(v1::ROLE_FORTROLIG_TILGANG) ||
                      caller.Has(v1::ROLE_STRENGT_FORTROLIG_TILGANG);
    return !caller.participant && caller.Works() && asks && caller.side.id == shadow.shadow_of &&
           !ProtectionHides(caller, *stranger) && !caller.family.contains(shadow.number);
  };
  const Caller* caller = &SomeStaff();
  for (int tries = 0; tries < 40 && !may(*caller); ++tries) caller = &SomeStaff();
  v1::MergeShadowRequest request;
  request.set_shadow_id(Play::IdFor(*caller, shadow));
  const auto done = Do("merges a shadow record of " + shadow.key, *caller, may(*caller),
                       &Protections::MergeShadow, request);
  if (!done.has_value()) return;
  const std::string side = shadow.shadow_of;
  Person& real = Merge(shadow);
  std::string& id = real.ids[side];
  if (!id.empty() && id != done->participant_id()) {
    play_.findings_.push_back("merged into another id than " + real.key + "'s");
  }
  id = done->participant_id();
  play_.calls_.back().person = static_cast<int>(&real - play_.world_.people.data());
}

void Acts::MergeShadowsOf(const Person& stranger) {
  for (std::size_t i = 0; i < play_.world_.people.size(); ++i) {
    Person& shadow = play_.world_.people[i];
    const bool of_them =
        shadow.key == stranger.key && !shadow.shadow_of.empty() && shadow.shadow_of != kMerged;
    if (!of_them) continue;
    const std::string side = shadow.shadow_of;
    Person& real = Merge(shadow);
    if (real.ids.contains(side)) continue;
    // Nobody was told the id. Whoever is tied looks it up; until somebody is, the old one stands.
    real.ids[side] = real.aliases[side].back();
    play_.LearnId(real, side);
  }
}

// Afterwards the shadow is nobody's record: everything is the real person's.
Person& Acts::Merge(Person& shadow) {
  Person* found = nullptr;
  for (Person& person : play_.world_.people) {
    if (person.key == shadow.key && person.shadow_of.empty()) found = &person;
  }
  if (found == nullptr) {
    found = &play_.world_.people.emplace_back();  // there is room: nothing that stands there moves
    play_.records_.emplace_back();
    found->key = shadow.key;
    found->number = shadow.number;
    for (const Person& stranger : play_.world_.strangers) {
      if (stranger.key != shadow.key) continue;
      found->grading = stranger.grading;
      found->shielded = stranger.shielded;
    }
  }
  Person& real = *found;
  for (Offer offer : shadow.offers) {
    if (offer.state == v1::REFERRAL_STATE_OPEN) offer.state = v1::REFERRAL_STATE_WITHDRAWN;
    real.offers.push_back(offer);
  }
  for (Emergency emergency : shadow.emergencies) {
    if (play_.world_.now_us < emergency.until_us) {
      emergency.until_us = play_.world_.now_us;
      emergency.end = v1::EMERGENCY_END_PROTECTION;
    }
    real.emergencies.push_back(emergency);
  }
  MergeTies(shadow, real);
  MergeRecords(shadow, real);
  // The participant could neither see nor withdraw what was given there.
  for (Ground ground : shadow.grounds) {
    const bool asked_anew = ground.by_consent && ground.state == GroundState::kActive;
    if (asked_anew) ground.state = GroundState::kPending;
    real.grounds.push_back(ground);
  }
  real.aliases[shadow.shadow_of].push_back(shadow.ids.at(shadow.shadow_of));
  // What was called about the shadow was called about the person.
  const int from = static_cast<int>(&shadow - play_.world_.people.data());
  const int to = static_cast<int>(&real - play_.world_.people.data());
  for (Call& call : play_.calls_) {
    if (call.person != from) continue;
    call.person = to;
    if (!call.old_id.empty()) continue;
    call.old_id = shadow.ids.at(shadow.shadow_of);
    call.old_id_of = shadow.shadow_of;
  }
  play_.records_[static_cast<std::size_t>(from)] = Records();
  Person nobody;
  nobody.key = shadow.key;
  nobody.number = shadow.number;
  nobody.shadow_of = kMerged;
  shadow = nobody;
  return real;
}

void Acts::MergeTies(Person& shadow, Person& real) {
  for (const auto& [unit, coming] : shadow.ties) {
    const auto there = real.ties.find(unit);
    const bool known = there != real.ties.end();
    Tie& tie = real.ties[unit];
    Tie before = tie;
    if (!known || !Stands(before, coming)) tie = coming;
    tie.team = before.team;
    tie.team.insert(coming.team.begin(), coming.team.end());
    tie.last_follow_up_day = std::max(before.last_follow_up_day, coming.last_follow_up_day);
  }
}

// As from a wrong person, of every unit of the side and of the side's own at once; nothing comes
// back where nobody looks any more.
void Acts::MergeRecords(Person& shadow, Person& real) {
  const Side& side = play_.world_.SideOf(shadow.shadow_of);
  const Caller whole = MoverOf(side, "");
  MoveSections(SceneOf(whole, shadow), SceneOf(whole, real));
  MovePlan(SceneOf(whole, shadow), SceneOf(whole, real));
  for (auto& [unit, tie] : shadow.ties) tie.blocked = true;
  for (const auto& [unit, tie] : shadow.ties) {
    const Caller mover = MoverOf(side, unit);
    const Scene from = SceneOf(mover, shadow);
    const Scene to = SceneOf(mover, real);
    MoveLanguage(from, to);
    MoveEvents(from, to);
    MoveContact(from, to);
  }
}

}  // namespace navo::proof
