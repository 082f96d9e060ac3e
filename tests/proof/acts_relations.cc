// Acts around what may stand in for a tie, and around what keeps a record to its unit.
#include <algorithm>

#include "navo/v1/emergency_access.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/protection.grpc.pb.h"
#include "navo/v1/referral.grpc.pb.h"
#include "storage/instant.h"
#include "tests/proof/acts.h"

namespace navo::proof {
namespace {

using Referrals = v1::ReferralService::Stub;
using Emergencies = v1::EmergencyAccessService::Stub;
using Protections = v1::ProtectionService::Stub;

constexpr int64_t kEmergencyUs = int64_t{4} * 3'600 * 1'000'000;
constexpr int kMostOpen = 3;

}  // namespace

bool Acts::MayTell(const Scene& scene, const std::string& unit) const {
  const std::string& side = play_.world_.units.at(unit);
  if (side == scene.caller.side.id) return true;
  return std::any_of(scene.person.grounds.begin(), scene.person.grounds.end(),
                     [&](const Ground& ground) {
                       return ground.from == scene.caller.side.id && !ground.adapts &&
                              InForce(ground, side, unit, play_.world_.today) &&
                              ground.categories.contains(v1::CATEGORY_EXISTENCE);
                     });
}

void Acts::Refer(const Scene& scene) {
  std::vector<std::string> units;
  for (const auto& [unit, side] : play_.world_.units) {
    if (unit != scene.caller.unit) units.push_back(unit);
  }
  const std::string to = units[Below(random_, units.size())];
  Offer offer;
  offer.from = scene.caller.side.id;
  offer.from_unit = scene.caller.unit;
  offer.to = play_.world_.units.at(to);
  offer.to_unit = to;
  offer.message = Mark();
  // To a side that gets its id with the offer, only where somebody there can read the id.
  const bool read = std::any_of(play_.world_.callers.begin(), play_.world_.callers.end(),
                                [&](const Caller& caller) {
                                  return caller.unit == to && caller.WorksOnCases() &&
                                         !ProtectionHides(caller, scene.person) &&
                                         !caller.family.contains(scene.person.number);
                                });
  if (!read && !scene.person.ids.contains(offer.to)) return;
  v1::ReferRequest request;
  request.set_participant_id(scene.id);
  request.set_to_unit(to);
  request.set_reason(v1::REFERRAL_REASON_MOVED);
  request.set_message(offer.message);
  const auto done = Do("offers " + scene.person.key + " to " + to, scene.caller,
                       Allowed(scene, true) && MayTell(scene, to), &Referrals::Refer, request);
  if (!done.has_value()) return;
  offer.id = done->referral().referral_id();
  for (const Offer& other : scene.person.offers) {
    const bool same = other.state == v1::REFERRAL_STATE_OPEN &&
                      other.from_unit == offer.from_unit && other.to_unit == to;
    if (!same) continue;
    if (other.id != offer.id) play_.findings_.push_back("the same handover offered twice");
    return;
  }
  scene.person.offers.push_back(offer);
  play_.LearnIds();
}

bool Acts::SeesOffer(const Caller& caller, const Person& person, const Offer& offer) const {
  const Datum datum{"", "", v1::CATEGORY_EXISTENCE, offer.from, offer.from_unit, false, {}, ""};
  if (offer.to_unit != caller.unit && offer.from_unit != caller.unit) return false;
  const bool open = offer.state == v1::REFERRAL_STATE_OPEN;
  if (!open && !ReadsAnswered(play_.world_, caller, person, offer)) return false;
  return MaySee(play_.world_, caller, person, datum, Look::kOffers);
}

// The unit has the person now, made sure of by who offered it. What it typed before nobody had
// confirmed counts then.
void Acts::Accepted(const Scene& scene, const Offer& offer) {
  Tie& tie = scene.person.ties[scene.caller.unit];
  const bool by_document = scene.person.ties.at(offer.from_unit).by_document;
  if (tie.active && !tie.confirmed) {
    tie.confirmed = true;
    tie.by_document = by_document;
    Adopt(scene, tie.name, tie.language);
  }
  if (tie.active) return;
  tie.active = tie.confirmed = true;
  tie.by_document = by_document;
  tie.blocked = false;
  tie.since_us = play_.world_.now_us;
  tie.name.clear();
  tie.language.clear();
}

// Mostly by somebody of the unit it is offered to.
void Acts::AnswerOffer() {
  std::vector<std::pair<std::size_t, std::size_t>> offers;
  for (std::size_t i = 0; i < play_.world_.people.size(); ++i) {
    for (std::size_t j = 0; j < play_.world_.people[i].offers.size(); ++j) {
      const bool open = play_.world_.people[i].offers[j].state == v1::REFERRAL_STATE_OPEN;
      if (open || Once(random_, 10)) offers.emplace_back(i, j);
    }
  }
  if (offers.empty()) return;
  const auto [person_index, offer_index] = offers[Below(random_, offers.size())];
  Person& person = play_.world_.people[person_index];
  Offer& offer = person.offers[offer_index];
  const Caller* caller = &SomeStaff();
  for (int tries = 0; tries < 30 && caller->unit != offer.to_unit; ++tries) caller = &SomeStaff();
  const Scene scene = SceneOf(*caller, person);
  const bool may = caller->WorksOnCases() && offer.to_unit == caller->unit &&
                   offer.state == v1::REFERRAL_STATE_OPEN && SeesOffer(*caller, person, offer) &&
                   RelationOf(play_.world_, *caller, person, Look::kOffers) != Relation::kNone;
  if (Once(random_, 2)) {
    v1::AcceptReferralRequest request;
    request.set_participant_id(scene.id);
    request.set_referral_id(offer.id);
    if (!Do("accepts " + person.key, *caller, may, &Referrals::Accept, request)) return;
    offer.state = v1::REFERRAL_STATE_ACCEPTED;
    return Accepted(scene, offer);
  }
  v1::DeclineReferralRequest request;
  request.set_participant_id(scene.id);
  request.set_referral_id(offer.id);
  request.set_reason(v1::REFERRAL_DECLINE_REASON_NO_CAPACITY);
  if (!Do("declines " + person.key, *caller, may, &Referrals::Decline, request)) return;
  offer.state = v1::REFERRAL_STATE_DECLINED;
}

void Acts::WithdrawOffer(const Scene& scene) {
  for (Offer& offer : scene.person.offers) {
    const bool ours = offer.from_unit == scene.caller.unit;
    if (!ours && !Once(random_, 4)) continue;
    v1::WithdrawReferralRequest request;
    request.set_participant_id(scene.id);
    request.set_referral_id(offer.id);
    const bool open = offer.state == v1::REFERRAL_STATE_OPEN;
    const auto done = Do("takes back the offer of " + scene.person.key, scene.caller,
                         Allowed(scene, false) && ours && open, &Referrals::Withdraw, request);
    if (done.has_value()) offer.state = v1::REFERRAL_STATE_WITHDRAWN;
    return;
  }
}

bool Acts::MayOpenEmergency(const Caller& caller, const Person& stranger) {
  const Person* person = FindRecord(caller, stranger);
  if (!caller.WorksOnCases() || person == nullptr) return false;
  if (ProtectionHides(caller, *person) || caller.family.contains(stranger.number)) return false;
  // Somebody whom the own controller has, and the own unit has not.
  bool has = false;
  for (const auto& [unit, tie] : person->ties) {
    const bool was_tied = tie.since_us > 0 && !tie.blocked;
    if (unit == caller.unit && (tie.active || tie.blocked)) return false;
    has = has || (was_tied && play_.world_.units.at(unit) == caller.side.id);
  }
  int open = 0;
  for (const Person& other : play_.world_.people) {
    for (const Emergency& emergency : other.emergencies) {
      const bool runs = emergency.opener == caller.key && play_.world_.now_us < emergency.until_us;
      const bool again = &other == person && emergency.unit == caller.unit;
      open += runs && !again ? 1 : 0;
    }
  }
  return has && open < kMostOpen;
}

// Mostly to somebody to whom it opens; rather to one whom only a role lets see.
void Acts::OpenEmergency() {
  const Caller* caller = &SomeStaff();
  const Person* stranger = &SomeStranger();
  const auto fits = [&](int tries) {
    if (!MayOpenEmergency(*caller, *stranger)) return false;
    return tries > 30 || stranger->shielded || stranger->grading != "UGRADERT";
  };
  for (int tries = 0; tries < 50 && !fits(tries); ++tries) {
    if (Once(random_, 40)) break;
    caller = &SomeStaff();
    stranger = &SomeStranger();
  }
  const bool may = MayOpenEmergency(*caller, *stranger);
  Emergency emergency;
  emergency.opener = caller->key;
  emergency.unit = caller->unit;
  emergency.controller = caller->side.id;
  emergency.reason = Mark();
  v1::OpenEmergencyAccessRequest request;
  request.set_national_identity_number(stranger->number);
  request.set_reason("legevakten ringer " + emergency.reason);
  const auto done =
      Do("opens emergency access to " + stranger->key, *caller, may, &Emergencies::Open, request);
  if (!done.has_value()) return;
  const Scene scene = SceneOf(*caller, *FindRecord(*caller, *stranger));
  if (done->participant_id() != scene.id) {
    play_.findings_.push_back("emergency access to another id than " + scene.person.key + "'s");
  }
  for (Emergency& before : scene.person.emergencies) {
    if (!IsOpenTo(play_.world_, *caller, before)) continue;
    before.until_us = play_.world_.now_us;
    before.end = v1::EMERGENCY_END_OPENED_AGAIN;
  }
  emergency.id = done->emergency_access_id();
  emergency.until_us = play_.world_.now_us + kEmergencyUs;
  if (storage::MicrosOf(done->until()) != emergency.until_us) {
    play_.findings_.push_back("emergency access that does not last four hours");
  }
  scene.person.emergencies.push_back(emergency);
}

void Acts::EndEmergency() {
  for (Person& person : play_.world_.people) {
    for (Emergency& emergency : person.emergencies) {
      if (Once(random_, 2)) continue;
      const Caller* caller = &play_.world_.callers[Below(random_, play_.world_.callers.size())];
      for (int tries = 0; tries < 30 && caller->unit != emergency.unit; ++tries) {
        caller = &play_.world_.callers[Below(random_, play_.world_.callers.size())];
      }
      if (caller->participant) return;
      const bool opener = caller->key == emergency.opener;
      const bool asks = caller->WorksOnCases() || caller->Has(v1::ROLE_LEDER);
      const bool may = asks && caller->unit == emergency.unit && !emergency.unit.empty() &&
                       (opener || caller->Has(v1::ROLE_LEDER)) && caller->Works() &&
                       !ProtectionHides(*caller, person) && !caller->family.contains(person.number);
      v1::EndEmergencyAccessRequest request;
      request.set_emergency_access_id(emergency.id);
      const auto done =
          Do("ends emergency access to " + person.key, *caller, may, &Emergencies::End, request);
      if (!done.has_value()) return;
      play_.calls_.back().person = static_cast<int>(&person - play_.world_.people.data());
      if (emergency.until_us <= play_.world_.now_us) return;
      emergency.until_us = play_.world_.now_us;
      emergency.end = opener ? v1::EMERGENCY_END_BY_OPENER : v1::EMERGENCY_END_BY_LEADER;
      return;
    }
  }
}

// Locks an event or a section, or lifts the lock, mostly of the own unit.
void Acts::Lock(const Scene& scene) {
  std::vector<std::pair<Kept*, v1::LockableRecord>> records;
  for (Kept& event : scene.records.events) {
    records.emplace_back(&event, v1::LOCKABLE_RECORD_FOLLOW_UP);
  }
  for (Kept& section : scene.records.sections) {
    records.emplace_back(&section, v1::LOCKABLE_RECORD_SECTION);
  }
  if (records.empty()) return;
  auto [kept, record] = records[Below(random_, records.size())];
  for (int tries = 0; tries < 4 && kept->unit != scene.caller.unit; ++tries) {
    std::tie(kept, record) = records[Below(random_, records.size())];
  }
  const bool may = Allowed(scene, false) && kept->unit == scene.caller.unit;
  if (!kept->locked || Once(random_, 5)) {
    v1::SetOfficeLockRequest request;
    request.set_participant_id(scene.id);
    request.set_record(record);
    request.set_record_id(kept->id);
    const auto done = Do("locks a record of " + scene.person.key, scene.caller, may,
                         &Protections::SetOfficeLock, request);
    if (!done.has_value()) return;
    kept->locked = true;
    // Wherever it has been before, too.
    for (Person& person : play_.world_.people) person.locks[kept->id] = kept->unit;
    return;
  }
  // Not when the side has recorded such a section of its own since.
  bool taken = false;
  for (const Kept& other : scene.records.sections) {
    const bool same = other.kind == kept->kind && other.controller == kept->controller;
    if (record != v1::LOCKABLE_RECORD_SECTION || StaysInUnit(kept->category)) continue;
    taken = taken || (same && !other.locked && other.id != kept->id);
  }
  v1::LiftOfficeLockRequest request;
  request.set_participant_id(scene.id);
  request.set_record(record);
  request.set_record_id(kept->id);
  const auto done = Do("lifts the lock on a record of " + scene.person.key, scene.caller,
                       may && !taken, &Protections::LiftOfficeLock, request);
  if (!done.has_value()) return;
  kept->locked = false;
  for (Person& person : play_.world_.people) person.locks.erase(kept->id);
}

}  // namespace navo::proof
