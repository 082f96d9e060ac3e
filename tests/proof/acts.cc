#include "tests/proof/acts.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "tests/support/rich_case.h"

namespace navo::proof {
namespace {

using Participants = v1::ParticipantService::Stub;
using Consents = v1::ConsentService::Stub;

constexpr std::size_t kRegistrations = 6;  // that a world begins with
constexpr std::size_t kMostPeople = 64;

google::type::Date DateOf(int64_t day) {
  const absl::CivilDay civil = absl::CivilDay(1970, 1, 1) + day;
  return support::DateOf(static_cast<int>(civil.year()), civil.month(), civil.day());
}

}  // namespace

void Acts::One(int number) {
  play_.server().clock().Advance(absl::Minutes(1 + static_cast<int64_t>(Below(random_, 40))));
  if (Once(random_, 15)) {
    play_.server().clock().Advance(absl::Hours(24 * (1 + static_cast<int64_t>(Below(random_, 2)))));
  }
  play_.world_.people.reserve(kMostPeople);
  play_.records_.reserve(kMostPeople);
  if (number < static_cast<int>(kRegistrations) || Once(random_, 10)) return Register();
  if (Once(random_, 14)) return GiveConsentOneself();
  if (Once(random_, 25)) return WithdrawOneself();
  if (play_.world_.people.empty()) return Register();
  const Scene scene = SomeScene();
  switch (Below(random_, 30)) {
    case 0:
    case 1:
      return ConfirmIdentity(scene);
    case 2:
      return Once(random_, 3) ? EndTie(scene) : JoinTeam(scene);
    case 3:
    case 4:
    case 5:
    case 6:
      return GiveConsent(scene);
    case 7:
      return ConfirmGround(scene);
    case 8:
      return Once(random_, 2) ? Withdraw(scene) : EndLaw(scene);
    case 9:
    case 10:
    case 11:
      return RecordLaw(scene);
    default:
      return DoWrite(scene, Below(random_, 14));
  }
}

const Caller& Acts::SomeStaff() {
  std::vector<const Caller*> staff;
  for (const Caller& caller : play_.world_.callers) {
    if (caller.WorksOnCases()) staff.push_back(&caller);
  }
  return *staff[Below(random_, staff.size())];
}

Acts::Scene Acts::SceneOf(const Caller& caller, Person& person) {
  const auto index = static_cast<std::size_t>(&person - play_.world_.people.data());
  return {caller, index, person, play_.records_[index], Play::IdFor(caller, person)};
}

// Mostly of somebody who may do something.
Acts::Scene Acts::SomeScene() {
  for (int tries = 0;; ++tries) {
    const Caller& caller = SomeStaff();
    Person& person = play_.world_.people[Below(random_, play_.world_.people.size())];
    if (MayEnter(caller, person) || tries == 12) return SceneOf(caller, person);
  }
}

Person* Acts::Find(const Caller& caller, const Person& stranger) {
  const bool shadow = ProtectionHides(caller, stranger);
  for (Person& person : play_.world_.people) {
    const bool same = person.shadow_of == (shadow ? caller.side.id : std::string());
    if (person.key == stranger.key && same) return &person;
  }
  Person& made = play_.world_.people.emplace_back();
  play_.records_.emplace_back();
  made.key = stranger.key;
  made.number = stranger.number;
  if (shadow) {
    made.shadow_of = caller.side.id;
  } else {
    made.grading = stranger.grading;
    made.shielded = stranger.shielded;
  }
  return &made;
}

const Caller* Acts::SelfOf(Person& person) {
  for (const Caller& caller : play_.world_.callers) {
    if (caller.participant && caller.number == person.number && person.shadow_of.empty()) {
      return &caller;
    }
  }
  return nullptr;
}

bool Acts::Allowed(const Scene& scene, bool needs_identity) const {
  return MayEnter(scene.caller, scene.person) &&
         (!needs_identity || Confirmed(scene.caller, scene.person));
}

std::string Acts::Mark() { return absl::StrFormat("zq%06dz", ++play_.marks_); }

std::size_t Acts::Plant(const Scene& scene, const std::string& where, const std::string& tag,
                        v1::Category category, std::vector<std::size_t> needs, bool exempted) {
  scene.person.data.push_back(
      {where, tag, category, scene.caller.side.id, scene.caller.unit, exempted, std::move(needs)});
  return scene.person.data.size() - 1;
}

void Acts::Tell(const Scene& scene, const std::string& record_id, v1::Category category) {
  Told told;
  told.record_id = record_id;
  told.as = {"", "", category, scene.caller.side.id, scene.caller.unit, false, {}};
  for (const Caller& caller : play_.world_.callers) {
    if (!caller.participant && MaySee(play_.world_, caller, scene.person, told.as, play_.Today())) {
      told.seen_by.insert(caller.key);
    }
  }
  scene.person.told.push_back(std::move(told));
}

bool Acts::Came(const std::string& what, const absl::Status& status, bool expected) {
  play_.history_.push_back(absl::StrCat(what, status.ok() ? "" : " (refused)"));
  if (!status.ok()) ++play_.refused_;
  if (status.ok() != expected) {
    play_.findings_.push_back(absl::StrCat("act ", play_.history_.size(), ": ", what, ": expected ",
                                           expected ? "success" : "a refusal", ", came ",
                                           status.ToString()));
  }
  return status.ok() && expected;
}

// The unit sees what it typed until the identity is confirmed; the side's first name and contact
// facts come from it then.
void Acts::Adopt(const Scene& scene, const std::string& name, const std::string& language) {
  Kept& contact = scene.records.contacts[scene.caller.side.id];
  if (!contact.unit.empty()) return;
  contact.unit = scene.caller.unit;
  const std::string side = scene.caller.side.id;
  contact.datum =
      Plant(scene, "Get", absl::StrCat("name:", side, ":", name), v1::CATEGORY_IDENTITY);
  contact.note =
      Plant(scene, "Get", absl::StrCat("language:", side, ":", language), v1::CATEGORY_CONTACT);
  contact.mark = name;
}

void Acts::Register() {
  const Caller& caller = SomeStaff();
  const Person& stranger = play_.world_.strangers[Below(random_, play_.world_.strangers.size())];
  const bool own = caller.family.contains(stranger.number);
  const bool confirm = !Once(random_, 4);
  v1::CreateParticipantRequest request;
  request.set_national_identity_number(stranger.number);
  request.set_tie_reason(v1::TIE_REASON_SERVICE_GRANTED);
  if (confirm) request.set_identity_confirmation(v1::IDENTITY_CONFIRMATION_ID_DOCUMENT);
  const std::string name = Mark();
  request.mutable_contact()->set_given_name(name);
  request.mutable_contact()->set_preferred_language("so");
  const auto created =
      Do("registers " + stranger.key, caller, !own, &Participants::Create, request);
  if (!created.has_value()) return;
  const Scene scene = SceneOf(caller, *Find(caller, stranger));
  std::string& id = scene.person.ids[caller.side.id];
  if (!id.empty() && id != created->participant_id()) {
    play_.findings_.push_back("one person, two ids for " + caller.side.id);
  }
  id = created->participant_id();
  Tie& tie = scene.person.ties[caller.unit];
  const bool was_active = tie.active;
  if (!was_active) {
    tie.active = true;
    tie.confirmed = confirm;
    tie.since_us = absl::ToUnixMicros(play_.server().clock().Now());
    tie.name = name;
    tie.language = "so";
  } else if (confirm) {
    tie.confirmed = true;
  }
  if (tie.confirmed) Adopt(scene, name, "so");
}

void Acts::ConfirmIdentity(const Scene& scene) {
  v1::ConfirmIdentityRequest request;
  request.set_participant_id(scene.id);
  request.set_confirmation(v1::IDENTITY_CONFIRMATION_KNOWN_IN_PERSON);
  const auto done = Do("confirms identity of " + scene.person.key, scene.caller,
                       Allowed(scene, false), &Participants::ConfirmIdentity, request);
  if (!done.has_value()) return;
  Tie& tie = scene.person.ties[scene.caller.unit];
  tie.confirmed = true;
  Adopt(scene, tie.name, tie.language);
}

void Acts::EndTie(const Scene& scene) {
  v1::EndTieRequest request;
  request.set_participant_id(scene.id);
  request.set_reason(v1::TIE_END_REASON_SERVICE_ENDED);
  const auto done = Do("ends the tie to " + scene.person.key, scene.caller, Allowed(scene, false),
                       &Participants::EndTie, request);
  if (!done.has_value()) return;
  Tie& tie = scene.person.ties[scene.caller.unit];
  tie.active = tie.confirmed = false;
  tie.team.clear();
}

void Acts::JoinTeam(const Scene& scene) {
  v1::AddToTeamRequest request;
  request.set_participant_id(scene.id);
  const auto done = Do("joins the team of " + scene.person.key, scene.caller, Allowed(scene, false),
                       &Participants::AddToTeam, request);
  if (done.has_value()) scene.person.ties[scene.caller.unit].team.insert(scene.caller.name);
}

// EXISTENCE comes with everything.
Categories Acts::SomeCategories(bool by_consent, const std::string& to) {
  const bool to_vo = play_.world_.SideOf(to).kind == v1::CONTROLLER_KIND_VO;
  Categories categories{v1::CATEGORY_EXISTENCE};
  for (int number = v1::Category_MIN + 1; number <= v1::CATEGORY_EMPLOYER; ++number) {
    const auto category = static_cast<v1::Category>(number);
    const bool never = category == v1::CATEGORY_FOLLOWUP_NOTE || category == v1::CATEGORY_HEALTH;
    const bool by_consent_to_vo =
        category == v1::CATEGORY_NEEDS_BARRIERS || category == v1::CATEGORY_BENEFIT_TYPE_PERIOD;
    if (never || (by_consent_to_vo && !(by_consent && to_vo))) continue;
    if (!Once(random_, 3)) categories.insert(category);
  }
  return categories;
}

// From today or soon, to no end or soon.
void Acts::FillPeriod(int64_t from_day, Ground& ground, google::type::Date* from,
                      google::type::Date* to) {
  ground.from_day = from_day + (Once(random_, 5) ? 1 + static_cast<int64_t>(Below(random_, 2)) : 0);
  ground.to_day = 1'000'000;
  *from = DateOf(ground.from_day);
  if (to == nullptr) return;
  ground.to_day = ground.from_day + static_cast<int64_t>(Below(random_, 3));
  *to = DateOf(ground.to_day);
}

v1::GiveConsentRequest Acts::Consent(const std::string& id, Ground& ground) {
  v1::Release release;
  release.set_from_controller(ground.from);
  release.set_to_controller(ground.to);
  release.set_to_unit(ground.to_unit);
  for (const v1::Category category : ground.categories) release.add_categories(category);
  v1::GiveConsentRequest request = support::NewConsent(id, release);
  FillPeriod(play_.Today(), ground, request.mutable_valid_from(),
             Once(random_, 3) ? request.mutable_valid_to() : nullptr);
  return request;
}

void Acts::GiveConsent(const Scene& scene) {
  const World& world = play_.world_;
  std::vector<std::string> others;
  for (const Side& side : world.sides) {
    if (side.id != scene.caller.side.id) others.push_back(side.id);
  }
  Ground ground;
  ground.by_consent = true;
  ground.from = scene.caller.side.id;
  ground.to = others[Below(random_, others.size())];
  if (Once(random_, 4)) std::swap(ground.from, ground.to);
  if (Once(random_, 4)) {
    for (const auto& [unit, controller] : world.units) {
      if (controller == ground.to) ground.to_unit = unit;
    }
  }
  ground.categories = SomeCategories(ground.by_consent, ground.to);
  ground.registered_by_unit = scene.caller.unit;
  ground.state = ground.from == scene.caller.side.id ? GroundState::kActive : GroundState::kPending;
  const auto request = Consent(scene.id, ground);
  const auto given = Do(absl::StrCat("registers a consent ", ground.from, " to ", ground.to,
                                     " for ", scene.person.key),
                        scene.caller, Allowed(scene, true), &Consents::GiveConsent, request);
  if (!given.has_value()) return;
  ground.id = given->grounds(0).ground_id();
  scene.person.grounds.push_back(ground);
}

void Acts::GiveConsentOneself() {
  if (play_.world_.people.empty()) return Register();
  Person& person = play_.world_.people[Below(random_, play_.world_.people.size())];
  const Caller* self = SelfOf(person);
  if (self == nullptr) return;
  const std::size_t from = Below(random_, play_.world_.sides.size());
  const std::size_t to = (from + 1 + Below(random_, 2)) % play_.world_.sides.size();
  Ground ground;
  ground.by_consent = true;
  ground.state = GroundState::kActive;
  ground.from = play_.world_.sides[from].id;
  ground.to = play_.world_.sides[to].id;
  ground.categories = SomeCategories(ground.by_consent, ground.to);
  const auto request = Consent("me", ground);
  const auto given = Do(absl::StrCat("consents from ", ground.from, " to ", ground.to), *self, true,
                        &Consents::GiveConsent, request);
  if (!given.has_value()) return;
  ground.id = given->grounds(0).ground_id();
  person.grounds.push_back(ground);
}

void Acts::ConfirmGround(const Scene& scene) {
  for (Ground& ground : scene.person.grounds) {
    if (ground.state != GroundState::kPending) continue;
    v1::ConfirmGroundRequest request;
    request.set_participant_id(scene.id);
    request.set_ground_id(ground.id);
    request.set_given_by(v1::CONSENT_GIVEN_BY_IN_PERSON);
    const bool gives = ground.from == scene.caller.side.id;
    const auto done = Do("confirms the consent from " + ground.from, scene.caller,
                         Allowed(scene, true) && gives, &Consents::ConfirmGround, request);
    if (done.has_value()) ground.state = GroundState::kActive;
    return;
  }
}

void Acts::Withdraw(const Scene& scene) {
  const auto done =
      Do("registers a withdrawal for " + scene.person.key, scene.caller, Allowed(scene, false),
         &Consents::WithdrawConsent, support::NewWithdrawal(scene.id));
  if (!done.has_value()) return;
  for (Ground& ground : scene.person.grounds) {
    if (ground.by_consent) ground.state = GroundState::kEnded;
  }
}

void Acts::WithdrawOneself() {
  for (Person& person : play_.world_.people) {
    const Caller* self = SelfOf(person);
    if (self == nullptr || !Once(random_, 2)) continue;
    const auto done =
        Do("withdraws", *self, true, &Consents::WithdrawConsent, support::NewWithdrawal("me"));
    if (!done.has_value()) return;
    for (Ground& ground : person.grounds) {
      if (ground.by_consent) ground.state = GroundState::kEnded;
    }
    return;
  }
}

void Acts::RecordLaw(const Scene& scene) {
  Ground ground;
  ground.state = GroundState::kActive;
  ground.from = scene.caller.side.id;
  for (const Side& side : play_.world_.sides) {
    if (side.id != ground.from && (ground.to.empty() || Once(random_, 2))) ground.to = side.id;
  }
  ground.registered_by_unit = scene.caller.unit;
  ground.categories = SomeCategories(ground.by_consent, ground.to);
  v1::Release release;
  release.set_from_controller(ground.from);
  release.set_to_controller(ground.to);
  for (const v1::Category category : ground.categories) release.add_categories(category);
  v1::RecordLegalBasisRequest request = support::NewLegalBasis(scene.id, release);
  // Over the turn of a day: some end today, and some began before.
  FillPeriod(play_.Today() - static_cast<int64_t>(Below(random_, 3)), ground,
             request.mutable_valid_from(), Once(random_, 3) ? request.mutable_valid_to() : nullptr);
  const auto done =
      Do(absl::StrCat("records a law ", ground.from, " to ", ground.to, " for ", scene.person.key),
         scene.caller, Allowed(scene, true), &Consents::RecordLegalBasis, request);
  if (!done.has_value()) return;
  ground.id = done->ground().ground_id();
  scene.person.grounds.push_back(ground);
}

void Acts::EndLaw(const Scene& scene) {
  for (Ground& ground : scene.person.grounds) {
    if (ground.by_consent || ground.state != GroundState::kActive) continue;
    v1::EndLegalBasisRequest request;
    request.set_participant_id(scene.id);
    request.set_ground_id(ground.id);
    const bool gives = ground.from == scene.caller.side.id;
    const auto done = Do("ends a law from " + ground.from, scene.caller,
                         Allowed(scene, false) && gives, &Consents::EndLegalBasis, request);
    if (done.has_value()) ground.state = GroundState::kEnded;
    return;
  }
}

}  // namespace navo::proof
