// Acts of those who administer: who works where, in which roles, and since when.
#include <algorithm>

#include "navo/v1/admin.grpc.pb.h"
#include "tests/proof/acts.h"

namespace navo::proof {
namespace {

using Admin = v1::AdminService::Stub;

bool IsOver(const Membership& membership, int64_t today) {
  return membership.ended || membership.to_day < today;
}

// Systems and those who administer stay where they are.
bool MayMove(const Caller& caller) {
  if (caller.participant || caller.memberships.empty()) return false;
  const std::set<v1::Role>& roles = caller.memberships.front().roles;
  return !roles.contains(v1::ROLE_DRIFT) && !roles.contains(v1::ROLE_INTEGRASJON);
}

// Whoever administers the unit's controller.
std::string AdministratorOf(const std::string& side) {
  return side == "oslo-vo" ? "dina" : side == "bydel-grorud" ? "gry" : "drift";
}

}  // namespace

// DRIFT of the unit's controller; of the whole installation for DRIFT alone. Nobody about himself.
bool Acts::MayAdminister(const Caller& administrator, const Caller& whom,
                         const Membership& membership) const {
  if (!administrator.Has(v1::ROLE_DRIFT) || administrator.key == whom.key) return false;
  if (play_.world_.units.at(membership.unit) == administrator.side.id) {
    return !membership.installation || administrator.installation;
  }
  return administrator.installation && membership.roles == std::set<v1::Role>{v1::ROLE_DRIFT};
}

namespace {

// Mostly somebody who may.
const Caller& SomeAdministrator(std::mt19937_64& random, const World& world,
                                const std::string& unit) {
  const std::string key = AdministratorOf(world.units.at(unit));
  const std::size_t any = Below(random, world.callers.size());
  const bool other = Once(random, 5);
  for (const Caller& caller : world.callers) {
    if (!other && caller.key == key) return caller;
  }
  for (std::size_t i = any;; i = (i + 1) % world.callers.size()) {
    if (!world.callers[i].participant) return world.callers[i];
  }
}

}  // namespace

// True when it is over at once or after its day.
bool Acts::EndNow(Caller& whom, Membership& membership, bool later) {
  v1::ListMembershipsRequest list;
  list.set_include_ended(true);
  list.set_page_size(200);
  list.set_principal_id(play_.principal_ids_[whom.key]);
  list.set_unit_id(membership.unit);
  const std::string reader = AdministratorOf(play_.world_.units.at(membership.unit));
  const auto listed = play_.As(reader).Call(&Admin::ListMemberships, list);
  if (!listed.ok()) {
    play_.findings_.push_back("no list of memberships: " + listed.status().ToString());
    return false;
  }
  v1::EndMembershipRequest request;
  for (const v1::Membership& one : listed->memberships()) {
    // Those of the seed file began with the year.
    const bool of_seed = one.valid_from().month() == 1 && one.valid_from().day() == 1;
    if (membership.id.empty() ? !of_seed : one.membership_id() != membership.id) continue;
    membership.id = one.membership_id();
    request.set_membership_id(one.membership_id());
    request.set_etag(one.etag());
  }
  const int64_t today = play_.world_.today;
  const int64_t last_day =
      std::max(today, membership.from_day) + static_cast<int64_t>(Below(random_, 2));
  if (later) *request.mutable_last_day() = DateOf(last_day);
  const Caller& administrator = SomeAdministrator(random_, play_.world_, membership.unit);
  const bool may = MayAdminister(administrator, whom, membership) && !IsOver(membership, today) &&
                   (!later || last_day < membership.to_day);
  const auto done =
      Do(absl::StrCat("ends ", whom.key, " in ", membership.unit, later ? ", later" : ""),
         administrator, may, &Admin::EndMembership, request);
  if (!done.has_value()) return false;
  if (later) {
    membership.to_day = last_day;
  } else {
    membership.ended = true;
  }
  play_.Settle();
  return true;
}

void Acts::EndMembership() {
  std::vector<Caller*> movable;
  for (Caller& caller : play_.world_.callers) {
    if (MayMove(caller)) movable.push_back(&caller);
  }
  Caller& whom = *movable[Below(random_, movable.size())];
  EndNow(whom, whom.memberships[Below(random_, whom.memberships.size())], Once(random_, 3));
}

// In the same unit with other roles at once: rather of somebody who has emergency access.
void Acts::ChangeRoles() {
  std::vector<Caller*> movable;
  for (Caller& caller : play_.world_.callers) {
    bool open = false;
    for (const Person& person : play_.world_.people) {
      for (const Emergency& emergency : person.emergencies) {
        const bool guarded = person.shielded || person.grading != "UGRADERT";
        if (!IsOpenTo(play_.world_, caller, emergency)) continue;
        open = open || guarded || Once(random_, 8);
      }
    }
    if (MayMove(caller) && !caller.unit.empty() && (open || Once(random_, 40))) {
      movable.push_back(&caller);
    }
  }
  if (movable.empty()) return;
  Caller& whom = *movable[Below(random_, movable.size())];
  const std::string unit = whom.unit;
  for (Membership& membership : whom.memberships) {
    const bool runs = !IsOver(membership, play_.world_.today) &&
                      membership.from_day <= play_.world_.today && membership.unit == unit;
    if (runs && EndNow(whom, membership, false)) return AddTo(whom, unit, true);
  }
}

void Acts::AddMembership() {
  // Rather of those who work nowhere now.
  std::vector<Caller*> movable;
  for (Caller& caller : play_.world_.callers) {
    if (MayMove(caller) && caller.unit.empty()) movable.push_back(&caller);
  }
  for (Caller& caller : play_.world_.callers) {
    if (MayMove(caller) && (movable.empty() || Once(random_, 12))) movable.push_back(&caller);
  }
  std::vector<std::string> units;
  for (const auto& [unit, side] : play_.world_.units) units.push_back(unit);
  AddTo(*movable[Below(random_, movable.size())], units[Below(random_, units.size())], false);
}

void Acts::AddTo(Caller& whom, const std::string& unit, bool now) {
  Membership membership;
  membership.unit = unit;
  const bool vo = play_.world_.units.at(unit) == "oslo-vo";
  membership.roles.insert(vo ? v1::ROLE_LAERER : v1::ROLE_VEILEDER);
  if (!now && Once(random_, 6)) {
    membership.roles = {Once(random_, 2) ? v1::ROLE_PERSONVERN : v1::ROLE_LEDER};
  }
  for (const v1::Role role : {v1::ROLE_SKJERMET_TILGANG, v1::ROLE_FORTROLIG_TILGANG,
                              v1::ROLE_STRENGT_FORTROLIG_TILGANG, v1::ROLE_LEDER}) {
    if (Once(random_, now ? 6 : 3)) membership.roles.insert(role);
  }
  membership.from_day = play_.world_.today + (!now && Once(random_, 3) ? 1 : 0);
  if (Once(random_, 4)) {
    membership.to_day = membership.from_day + static_cast<int64_t>(Below(random_, 4));
  }
  v1::AddMembershipRequest request;
  request.set_principal_id(play_.principal_ids_[whom.key]);
  request.set_unit_id(membership.unit);
  for (const v1::Role role : membership.roles) request.add_roles(role);
  *request.mutable_valid_from() = DateOf(membership.from_day);
  if (membership.to_day < 1'000'000) *request.mutable_valid_to() = DateOf(membership.to_day);
  bool overlaps = false;
  for (const Membership& other : whom.memberships) {
    const bool apart = other.to_day < membership.from_day || membership.to_day < other.from_day;
    overlaps = overlaps || (other.unit == membership.unit && !other.ended && !apart);
  }
  const Caller& administrator = SomeAdministrator(random_, play_.world_, membership.unit);
  const bool may = MayAdminister(administrator, whom, membership) && !overlaps;
  const auto done = Do(absl::StrCat("makes ", whom.key, " a member of ", membership.unit),
                       administrator, may, &Admin::AddMembership, request);
  if (!done.has_value()) return;
  membership.id = done->membership_id();
  whom.memberships.push_back(membership);
  play_.Settle();
}

// Of somebody whom the side registered, or who is or was a member there; rather of one who works on
// cases. Often nobody's number, so that there are cases left to look at.
void Acts::DeclareNumbers() {
  Caller& whom = play_.world_.callers[Below(random_, play_.world_.callers.size())];
  if (!MayMove(whom) || (!whom.WorksOnCases() && Once(random_, 2))) return;
  const Membership& membership = whom.memberships[Below(random_, whom.memberships.size())];
  const Caller& administrator = SomeAdministrator(random_, play_.world_, membership.unit);
  const std::string side = administrator.side.id;
  bool known = whom.registered_by == side;
  for (const Membership& one : whom.memberships) {
    known = known || play_.world_.units.at(one.unit) == side;
  }
  v1::SetOwnNumbersRequest request;
  request.set_principal_id(play_.principal_ids_[whom.key]);
  v1::ListPrincipalsRequest list;
  list.set_page_size(200);
  const auto listed = play_.As(administrator.key).Call(&Admin::ListPrincipals, list);
  if (listed.ok()) {
    for (const v1::Principal& one : listed->principals()) {
      if (one.principal_id() == request.principal_id()) request.set_etag(one.numbers_etag());
    }
  }
  std::set<std::string> numbers;
  if (Once(random_, 2)) numbers.insert(SomeStranger().number);
  for (const std::string& number : numbers) request.add_family_numbers(number);
  const bool may = administrator.Has(v1::ROLE_DRIFT) && administrator.key != whom.key && known;
  const auto done = Do(absl::StrCat("declares ", numbers.size(), " numbers of ", whom.key),
                       administrator, may, &Admin::SetOwnNumbers, request);
  if (!done.has_value()) return;
  whom.declared[side] = numbers;
  play_.Settle();
}

}  // namespace navo::proof
