#include "absl/strings/str_cat.h"
#include "navo/v1/consent.grpc.pb.h"
#include "tests/proof/acts.h"
#include "tests/support/rich_case.h"

namespace navo::proof {
namespace {

using Consents = v1::ConsentService::Stub;

}  // namespace

// EXISTENCE comes with everything.
Categories Acts::SomeCategories(bool by_consent, const std::string& to) {
  const bool to_vo = play_.world_.SideOf(to).kind == v1::CONTROLLER_KIND_VO;
  Categories categories{v1::CATEGORY_EXISTENCE};
  const v1::Category last = by_consent ? v1::CATEGORY_DIALOG : v1::CATEGORY_EMPLOYER;
  for (int number = v1::Category_MIN + 1; number <= last; ++number) {
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
  const auto done =
      Do("registers a withdrawal for " + scene.person.key, scene.caller, Allowed(scene, false),
         &Consents::WithdrawConsent, support::NewWithdrawal(scene.id));
  if (done.has_value()) EndConsents(scene.person.number);
}

// On every record of the person: whoever withdraws means all of them.
void Acts::EndConsents(const std::string& number) {
  for (Person& person : play_.world_.people) {
    if (person.number != number) continue;
    for (Ground& ground : person.grounds) {
      if (ground.by_consent) ground.state = GroundState::kEnded;
    }
  }
}

void Acts::WithdrawOneself() {
  for (Person& person : play_.world_.people) {
    const Caller* self = SelfOf(person);
    if (self == nullptr || !Once(random_, 2)) continue;
    const auto done =
        Do("withdraws", *self, true, &Consents::WithdrawConsent, support::NewWithdrawal("me"));
    if (done.has_value()) EndConsents(person.number);
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
