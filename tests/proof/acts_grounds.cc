#include <algorithm>

#include "absl/strings/str_cat.h"
#include "navo/v1/consent.grpc.pb.h"
#include "tests/proof/acts.h"
#include "tests/support/rich_case.h"

namespace navo::proof {
namespace {

using Consents = v1::ConsentService::Stub;

}  // namespace

// EXISTENCE comes with everything. For adapting the training nothing can be given to others than
// adult education: those are named all the same, and refused.
Categories Acts::SomeCategories(const Ground& ground) {
  const v1::ControllerKind to =
      ground.adapts ? v1::CONTROLLER_KIND_VO : play_.world_.SideOf(ground.to).kind;
  Categories categories{v1::CATEGORY_EXISTENCE};
  const v1::Category last = ground.by_consent ? v1::CATEGORY_DIALOG : v1::CATEGORY_EMPLOYER;
  for (int number = v1::Category_MIN + 1; number <= last; ++number) {
    const auto category = static_cast<v1::Category>(number);
    if (CanOpen(ground, to, category) && !Once(random_, 3)) categories.insert(category);
  }
  return categories;
}

v1::Purpose Acts::SomePurpose() {
  return Once(random_, 3) ? v1::PURPOSE_TILRETTELEGGING : v1::PURPOSE_SAMORDNET_KVALIFISERING;
}

bool Acts::MayBeGiven(const Ground& ground) const {
  const v1::ControllerKind to = play_.world_.SideOf(ground.to).kind;
  return std::all_of(ground.categories.begin(), ground.categories.end(),
                     [&](v1::Category category) { return CanOpen(ground, to, category); });
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
  if (ground.adapts) {
    request.set_purpose(v1::PURPOSE_TILRETTELEGGING);
    request.mutable_proof()->set_text_id("tilrettelegging");
  }
  // A duty to cooperate opens nothing by itself, and may be named beside.
  if (Once(random_, 6)) {
    request.set_law_reference("NAV-loven § 15 a");
    *request.mutable_law_version() = support::DateOf(2026, 1, 1);
  }
  FillPeriod(play_.world_.today, ground, request.mutable_valid_from(),
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
  ground.adapts = Once(random_, 4);
  for (const std::string& other : others) {
    const bool adult_education = world.SideOf(other).kind == v1::CONTROLLER_KIND_VO;
    if (ground.adapts && adult_education && !Once(random_, 4)) ground.to = other;
  }
  if (Once(random_, 4)) std::swap(ground.from, ground.to);
  if (Once(random_, 4)) {
    for (const auto& [unit, controller] : world.units) {
      if (controller == ground.to) ground.to_unit = unit;
    }
  }
  ground.categories = SomeCategories(ground);
  ground.registered_by_unit = scene.caller.unit;
  ground.state = ground.from == scene.caller.side.id ? GroundState::kActive : GroundState::kPending;
  const auto request = Consent(scene.id, ground);
  const auto given =
      Do(absl::StrCat("registers a consent ", ground.from, " to ", ground.to, " for ",
                      scene.person.key),
         scene.caller, Allowed(scene, true) && MayBeGiven(ground), &Consents::GiveConsent, request);
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
  ground.adapts = Once(random_, 4);
  ground.categories = SomeCategories(ground);
  const auto request = Consent("me", ground);
  const auto given = Do(absl::StrCat("consents from ", ground.from, " to ", ground.to), *self,
                        MayBeGiven(ground), &Consents::GiveConsent, request);
  if (!given.has_value()) return;
  ground.id = given->grounds(0).ground_id();
  person.grounds.push_back(ground);
}

// Mostly by the giving side.
void Acts::ConfirmGround(const Scene& any) {
  for (Ground& ground : any.person.grounds) {
    if (ground.state != GroundState::kPending) continue;
    const Caller* caller = &any.caller;
    for (int tries = 0; tries < 20 && caller->side.id != ground.from; ++tries) {
      const Caller& other = SomeStaff();
      if (MayEnter(other, any.person)) caller = &other;
    }
    const Scene scene = SceneOf(*caller, any.person);
    v1::ConfirmGroundRequest request;
    request.set_participant_id(scene.id);
    request.set_ground_id(ground.id);
    request.set_given_by(v1::CONSENT_GIVEN_BY_IN_PERSON);
    const bool gives = ground.from == scene.caller.side.id;
    const auto done = Do("confirms the consent from " + ground.from, scene.caller,
                         Allowed(scene, true) && gives, &Consents::ConfirmGround, request);
    if (!done.has_value()) return;
    ground.state = GroundState::kActive;
    ground.confirmed_by_unit = scene.caller.unit;
    return;
  }
}

void Acts::Withdraw(const Scene& scene) {
  v1::WithdrawConsentRequest request = support::NewWithdrawal(scene.id);
  request.set_purpose(SomePurpose());
  const auto done = Do("registers a withdrawal for " + scene.person.key, scene.caller,
                       Allowed(scene, false), &Consents::WithdrawConsent, request);
  if (done.has_value()) EndConsents(scene.person.number, request.purpose());
}

// On every record of the person: whoever withdraws means all of them, for that purpose.
void Acts::EndConsents(const std::string& number, v1::Purpose purpose) {
  for (Person& person : play_.world_.people) {
    if (person.number != number) continue;
    for (Ground& ground : person.grounds) {
      const bool meant = ground.by_consent && PurposeOf(ground) == purpose;
      if (meant) ground.state = GroundState::kEnded;
    }
  }
}

void Acts::WithdrawOneself() {
  for (Person& person : play_.world_.people) {
    const Caller* self = SelfOf(person);
    if (self == nullptr || !Once(random_, 2)) continue;
    v1::WithdrawConsentRequest request = support::NewWithdrawal("me");
    request.set_purpose(SomePurpose());
    const auto done = Do("withdraws", *self, true, &Consents::WithdrawConsent, request);
    if (done.has_value()) EndConsents(person.number, request.purpose());
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
  ground.categories = SomeCategories(ground);
  v1::Release release;
  release.set_from_controller(ground.from);
  release.set_to_controller(ground.to);
  for (const v1::Category category : ground.categories) release.add_categories(category);
  v1::RecordLegalBasisRequest request = support::NewLegalBasis(scene.id, release);
  // Over the turn of a day: some end today, and some began before.
  FillPeriod(play_.world_.today - static_cast<int64_t>(Below(random_, 3)), ground,
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
