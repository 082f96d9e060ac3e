#include "tests/proof/acts.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "navo/v1/participant.grpc.pb.h"
#include "tests/support/rich_case.h"

namespace navo::proof {
namespace {

using Participants = v1::ParticipantService::Stub;

constexpr std::size_t kRegistrations = 6;  // that a world begins with
constexpr std::size_t kMostPeople = 64;

}  // namespace

google::type::Date DateOf(int64_t day) {
  const absl::CivilDay civil = absl::CivilDay(1970, 1, 1) + day;
  return support::DateOf(static_cast<int>(civil.year()), civil.month(), civil.day());
}

std::string MethodOf(const google::protobuf::Descriptor& request) {
  for (int i = 0; i < request.file()->service_count(); ++i) {
    for (int j = 0; j < request.file()->service(i)->method_count(); ++j) {
      const auto* method = request.file()->service(i)->method(j);
      if (method->input_type() == &request) return method->full_name();
    }
  }
  return "";
}

void Acts::One(int number) {
  play_.Pass(absl::Minutes(1 + static_cast<int64_t>(Below(random_, 40))));
  if (Once(random_, 15))
    play_.Pass(absl::Hours(24 * (1 + static_cast<int64_t>(Below(random_, 2)))));
  play_.world_.people.reserve(kMostPeople);
  play_.records_.reserve(kMostPeople);
  if (number < static_cast<int>(kRegistrations) || Once(random_, 14)) return Register();
  if (Once(random_, 60)) return play_.Protect();
  if (Once(random_, 40)) return MergeShadow();
  if (Once(random_, 14)) return GiveConsentOneself();
  if (Once(random_, 60)) return WithdrawOneself();
  if (Once(random_, 12)) return OpenEmergency();
  if (Once(random_, 40)) return EndEmergency();
  if (Once(random_, 20)) return AnswerOffer();
  if (Once(random_, 22)) return Once(random_, 2) ? EndMembership() : AddMembership();
  if (Once(random_, 40)) return ChangeRoles();
  if (Once(random_, 40)) return DeclareNumbers();
  if (play_.world_.people.empty()) return Register();
  const Scene scene = SomeScene();
  switch (Below(random_, 46)) {
    case 0:
    case 1:
      return ConfirmIdentity(scene);
    case 2:
      return JoinTeam(scene);
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
    case 12:
    case 13:
    case 14:
      return Refer(scene);
    case 15:
    case 16:
    case 17:
      return Lock(scene);
    case 18:
      return WithdrawOffer(scene);
    case 19:
      return EndTie(scene);
    default:
      return DoWrite(scene, Below(random_, 14));
  }
}

void Acts::BeforeWalk() {
  for (int i = 0; i < 6; ++i) OpenEmergency();
  for (int i = 0; i < 3; ++i) ChangeRoles();
}

// Now and then somebody who worked on cases once.
const Caller& Acts::SomeStaff() {
  std::vector<const Caller*> staff;
  const bool before = Once(random_, 15);
  for (const Caller& caller : play_.world_.callers) {
    const bool once = std::any_of(
        caller.memberships.begin(), caller.memberships.end(), [](const Membership& one) {
          return one.roles.contains(v1::ROLE_VEILEDER) || one.roles.contains(v1::ROLE_LAERER);
        });
    if (caller.WorksOnCases() || (before && once)) staff.push_back(&caller);
  }
  return *staff[Below(random_, staff.size())];
}

const Person& Acts::SomeStranger() {
  return play_.world_.strangers[Below(random_, play_.world_.strangers.size())];
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

Person* Acts::FindRecord(const Caller& caller, const Person& stranger) {
  const bool shadow = ProtectionHides(caller, stranger);
  for (Person& person : play_.world_.people) {
    const bool same = person.shadow_of == (shadow ? caller.side.id : std::string());
    if (person.key == stranger.key && same) return &person;
  }
  return nullptr;
}

Person* Acts::Find(const Caller& caller, const Person& stranger) {
  if (Person* there = FindRecord(caller, stranger)) return there;
  const bool shadow = ProtectionHides(caller, stranger);
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
  return scene.caller.WorksOnCases() && MayEnter(scene.caller, scene.person) &&
         (!needs_identity || Confirmed(scene.caller, scene.person));
}

std::string Acts::Mark() { return absl::StrFormat("zq%06dz", ++play_.marks_); }

std::size_t Acts::PlantOf(Person& person, const std::string& unit, const std::string& where,
                          const std::string& tag, v1::Category category) {
  person.data.push_back({where, tag, category, play_.world_.units.at(unit), unit, false, {}, ""});
  return person.data.size() - 1;
}

std::size_t Acts::Plant(const Scene& scene, const std::string& where, const std::string& tag,
                        v1::Category category, std::vector<std::size_t> needs, bool exempted) {
  scene.person.data.push_back({where, tag, category, scene.caller.side.id, scene.caller.unit,
                               exempted, std::move(needs), ""});
  return scene.person.data.size() - 1;
}

void Acts::Name(const Scene& scene, std::size_t from, const std::string& record_id) {
  for (std::size_t i = from; i < scene.person.data.size(); ++i) {
    scene.person.data[i].record = record_id;
  }
}

void Acts::Tell(const Scene& scene, const std::string& record_id, v1::Category category) {
  TellOf(scene.person, record_id, category, scene.caller.unit);
}

void Acts::TellOf(Person& person, const std::string& record_id, v1::Category category,
                  const std::string& unit) {
  Told told;
  told.record_id = record_id;
  told.as = {"", "", category, play_.world_.units.at(unit), unit, false, {}, record_id};
  for (const Caller& caller : play_.world_.callers) {
    if (!caller.participant && MaySee(play_.world_, caller, person, told.as, Look::kFeed)) {
      told.seen_by.insert(caller.key);
    }
  }
  person.told.push_back(std::move(told));
}

void Acts::Keep(const Caller& caller, const google::protobuf::Message& request) {
  // Whoever works nowhere has touched nobody's data.
  if (!caller.Works() || caller.participant) return;
  Call call;
  call.time_us = play_.world_.now_us;
  call.key = caller.key;
  call.unit = caller.unit;
  call.method = MethodOf(*request.GetDescriptor());
  const auto text = [&request](const char* name) {
    const auto* field = request.GetDescriptor()->FindFieldByName(name);
    return field == nullptr ? std::string() : request.GetReflection()->GetString(request, field);
  };
  const std::string id = text("participant_id");
  const std::string number = text("national_identity_number");
  for (std::size_t i = 0; i < play_.world_.people.size(); ++i) {
    const Person& person = play_.world_.people[i];
    const auto alias = person.ids.find(caller.side.id);
    if (!id.empty() && alias != person.ids.end() && alias->second == id) {
      call.person = static_cast<int>(i);
    }
  }
  for (const Person& stranger : play_.world_.strangers) {
    const Person* found = stranger.number == number ? FindRecord(caller, stranger) : nullptr;
    if (found != nullptr) call.person = static_cast<int>(found - play_.world_.people.data());
  }
  play_.calls_.push_back(call);
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
  if (name.empty()) return;  // nobody typed one: the unit accepted a handover
  Kept& contact = scene.records.contacts[scene.caller.side.id];
  if (!contact.unit.empty()) return;
  contact.unit = scene.caller.unit;
  const std::string side = scene.caller.side.id;
  contact.datum =
      Plant(scene, "Get", absl::StrCat("name:", side, ":", name), v1::CATEGORY_IDENTITY);
  contact.note =
      Plant(scene, "Get", absl::StrCat("language:", side, ":", language), v1::CATEGORY_CONTACT);
  contact.mark = name;
  scene.records.past_contacts[side].push_back({contact.unit, 0, name, language});
}

void Acts::Register() {
  const Caller& caller = SomeStaff();
  const Person& stranger = SomeStranger();
  const bool may = caller.WorksOnCases() && !caller.family.contains(stranger.number);
  const bool confirm = !Once(random_, 4);
  v1::CreateParticipantRequest request;
  request.set_national_identity_number(stranger.number);
  request.set_tie_reason(v1::TIE_REASON_SERVICE_GRANTED);
  if (confirm) request.set_identity_confirmation(v1::IDENTITY_CONFIRMATION_ID_DOCUMENT);
  const std::string name = Mark();
  request.mutable_contact()->set_given_name(name);
  request.mutable_contact()->set_preferred_language("so");
  const auto created = Do("registers " + stranger.key, caller, may, &Participants::Create, request);
  if (!created.has_value()) return;
  const Scene scene = SceneOf(caller, *Find(caller, stranger));
  std::string& id = scene.person.ids[caller.side.id];
  const bool unsure = IsOldId(scene.person, caller.side.id);
  if (!id.empty() && !unsure && id != created->participant_id()) {
    play_.findings_.push_back("one person, two ids for " + caller.side.id);
  }
  id = created->participant_id();
  play_.calls_.back().person = static_cast<int>(scene.index);
  Tie& tie = scene.person.ties[caller.unit];
  // A wrong person's opens again with a document in hand alone.
  if (tie.blocked && !confirm) return;
  tie.blocked = false;
  const bool was_active = tie.active;
  if (!was_active) {
    tie.active = true;
    tie.confirmed = tie.by_document = confirm;
    tie.since_us = absl::ToUnixMicros(play_.server().clock().Now());
    tie.name = name;
    tie.language = "so";
  } else if (confirm && !tie.confirmed) {
    tie.confirmed = tie.by_document = true;
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
  tie.by_document = false;
  Adopt(scene, tie.name, tie.language);
}

// Now and then it was the wrong person: what the unit wrote there goes to the right one, whom it
// has to name when it wrote anything.
void Acts::EndTie(const Scene& scene) {
  const bool wrong = !Once(random_, 3);
  Person* right = wrong && !Once(random_, 4) ? SomeRightPerson(scene) : nullptr;
  v1::EndTieRequest request;
  request.set_participant_id(scene.id);
  request.set_reason(wrong ? v1::TIE_END_REASON_WRONG_PERSON : v1::TIE_END_REASON_SERVICE_ENDED);
  bool may = Allowed(scene, false) && (!wrong || right != nullptr || !WroteRecords(scene));
  if (right != nullptr) {
    const Scene there = SceneOf(scene.caller, *right);
    request.set_right_participant_id(there.id);
    may = may && right != &scene.person && Allowed(there, true);
  }
  const auto done =
      Do(absl::StrCat("ends the tie to ", scene.person.key, wrong ? ", the wrong person" : "",
                      right == nullptr ? "" : ", for " + right->key),
         scene.caller, may, &Participants::EndTie, request);
  if (!done.has_value()) return;
  const std::string& unit = scene.caller.unit;
  if (wrong) {
    for (Ground& ground : scene.person.grounds) {
      if (ground.registered_by_unit == unit || ground.confirmed_by_unit == unit) {
        ground.state = GroundState::kEnded;
      }
    }
    EndConfirmations(scene);
    if (right == nullptr) {
      LeaveContact(scene);
    } else {
      const int moved = MoveTo(scene, SceneOf(scene.caller, *right));
      if (moved != done->moved_records()) {
        play_.findings_.push_back(absl::StrCat("act ", play_.history_.size(), ": ", moved,
                                               " records to move, ", done->moved_records(),
                                               " moved"));
      }
    }
  }
  Tie& tie = scene.person.ties[unit];
  tie.active = tie.confirmed = tie.by_document = false;
  tie.blocked = wrong;
  tie.team.clear();
  for (Offer& offer : scene.person.offers) {
    const bool open = offer.state == v1::REFERRAL_STATE_OPEN;
    if (offer.from_unit == unit && open) offer.state = v1::REFERRAL_STATE_WITHDRAWN;
  }
}

void Acts::JoinTeam(const Scene& scene) {
  v1::AddToTeamRequest request;
  request.set_participant_id(scene.id);
  const auto done = Do("joins the team of " + scene.person.key, scene.caller, Allowed(scene, false),
                       &Participants::AddToTeam, request);
  if (done.has_value()) scene.person.ties[scene.caller.unit].team.insert(scene.caller.name);
}

}  // namespace navo::proof
