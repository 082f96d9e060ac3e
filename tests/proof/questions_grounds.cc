#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "navo/v1/consent.grpc.pb.h"
#include "tests/proof/questions.h"

namespace navo::proof {
namespace {

constexpr int64_t kSoonDays = 60;

// ---- who sees what, in words ------------------------------------------------------------------

std::string OpenTag(const std::string& from, const std::string& to, int category) {
  return absl::StrCat("open:", from, ":", to, ":", category);
}

std::string PairTag(const std::string& from, const std::string& to) {
  return absl::StrCat("pair:", from, ":", to);
}

// Somebody there who could read it: a unit that is tied and has confirmed who it is.
bool HasReader(const World& world, const Person& person, const Ground& ground) {
  for (const auto& [unit, tie] : person.ties) {
    const bool there = tie.active && tie.confirmed && world.units.at(unit) == ground.to;
    if (there && InForce(ground, ground.to, unit, world.today)) return true;
  }
  return false;
}

// What grounds open in one direction to anybody there.
Categories OpenBetween(const Asker& asker, const Person& person, const Side& from, const Side& to) {
  Categories open;
  for (const Ground& ground : person.grounds) {
    if (ground.from != from.id || ground.to != to.id) continue;
    if (!InForce(ground, to.id, ground.to_unit, asker.day())) continue;
    // Whether anybody there has to do with the case the participant alone is told.
    if (asker.caller().participant && !HasReader(asker.world(), person, ground)) continue;
    for (const v1::Category category : ground.categories) {
      if (CanOpen(ground, to.kind, category)) open.insert(category);
    }
  }
  return open;
}

bool IsTied(const World& world, const Person& person, const Side& side) {
  return std::any_of(person.ties.begin(), person.ties.end(), [&](const auto& one) {
    return one.second.active && world.units.at(one.first) == side.id;
  });
}

// To the participant and PERSONVERN: every direction that they may know of.
void ExpectWhole(const Asker& asker, const Person& person, Tags& tags) {
  const World& world = asker.world();
  const bool self = asker.caller().participant;
  for (const Side& from : world.sides) {
    for (const Side& to : world.sides) {
      if (from.id == to.id || (!self && from.id != asker.caller().side.id)) continue;
      const bool named = std::any_of(
          person.grounds.begin(), person.grounds.end(),
          [&](const Ground& ground) { return ground.from == from.id && ground.to == to.id; });
      const bool tied = self && IsTied(world, person, from) && IsTied(world, person, to);
      if (!named && !tied) continue;
      tags.insert(PairTag(from.id, to.id));
      for (const v1::Category category : OpenBetween(asker, person, from, to)) {
        tags.insert(OpenTag(from.id, to.id, category));
      }
    }
  }
}

// To staff: what other sides have opened to them, and of the others nothing.
void ExpectOwn(const Asker& asker, const Person& person, Tags& tags) {
  const Caller& caller = asker.caller();
  for (const Side& from : asker.world().sides) {
    if (from.id == caller.side.id) continue;
    const Categories open = OpenFrom(asker.world(), caller, person, from, Look::kMapping);
    if (open.empty()) {
      if (from.kind != caller.side.kind) tags.insert(absl::StrCat("closed:", from.kind));
      continue;
    }
    tags.insert(PairTag(from.id, caller.side.id));
    for (const v1::Category category : open) {
      tags.insert(OpenTag(from.id, caller.side.id, category));
    }
  }
}

void CollectAccess(const Asker& asker, const v1::ExplainAccessResponse& answer, Tags& tags) {
  const Caller& caller = asker.caller();
  const bool staff = !caller.participant && caller.WorksOnCases();
  for (const v1::SideAccess& side : answer.sides()) {
    if (!side.from_controller().empty()) {
      tags.insert(PairTag(side.from_controller(), side.to_controller()));
    }
    for (const v1::CategoryAccess& access : side.access()) {
      if (access.reason() == v1::ACCESS_REASON_SHARING_NOT_OPEN) {
        tags.insert(absl::StrCat("closed:", side.from_kind()));
        if (access.categories_size() > 0) tags.insert("categories of a side that opened nothing");
      }
      for (const int category : access.categories()) {
        if (access.open()) {
          tags.insert(OpenTag(side.from_controller(), side.to_controller(), category));
        }
      }
      // Of why something is closed staff learn nothing, and of no ground either.
      const bool plain = access.open() || access.reason() == v1::ACCESS_REASON_NO_GROUND ||
                         access.reason() == v1::ACCESS_REASON_NEVER_SHARED ||
                         access.reason() == v1::ACCESS_REASON_SHARING_NOT_OPEN;
      if (staff && (!plain || !access.ground_id().empty())) {
        tags.insert(absl::StrCat("why:", access.reason(), ":", access.ground_id()));
      }
    }
  }
}

// ---- reminders --------------------------------------------------------------------------------

// Whether another one goes on longer in the same direction with the same and more: one that follows
// at once; to a receiver, one that is in force already.
bool IsOutlasted(const Asker& asker, const Person& person, const Ground& ground) {
  const bool gives = ground.from == asker.caller().side.id;
  return std::any_of(person.grounds.begin(), person.grounds.end(), [&](const Ground& other) {
    const bool same = other.state == GroundState::kActive && other.adapts == ground.adapts &&
                      other.from == ground.from && other.to == ground.to &&
                      (other.to_unit.empty() || other.to_unit == ground.to_unit);
    const bool more = std::includes(other.categories.begin(), other.categories.end(),
                                    ground.categories.begin(), ground.categories.end());
    const bool follows = other.from_day <= (gives ? ground.to_day + 1 : asker.day());
    return same && more && follows && ground.to_day < other.to_day;
  });
}

bool IsReminded(const Asker& asker, const Person& person, const Ground& ground) {
  const Caller& caller = asker.caller();
  if (!caller.WorksOnCases() || !MayEnter(caller, person)) return false;
  if (ground.state != GroundState::kActive || !KnowsOf(asker, person, ground)) return false;
  if (ground.to_day < asker.day() || asker.day() + kSoonDays < ground.to_day) return false;
  return !IsOutlasted(asker, person, ground);
}

}  // namespace

void AskExplanation(Asker& asker, const Person& person) {
  const auto answer = asker.Ask(person.key, OfCaseOrPersonvern(asker, person, true),
                                &v1::ConsentService::Stub::ExplainAccess, [&] {
                                  v1::ExplainAccessRequest request;
                                  request.set_participant_id(Play::IdFor(asker.caller(), person));
                                  return request;
                                }());
  if (!answer.has_value()) return asker.Compare({}, {});
  Tags got;
  CollectAccess(asker, *answer, got);
  Tags expected;
  const bool whole = asker.caller().participant || !asker.caller().WorksOnCases();
  whole ? ExpectWhole(asker, person, expected) : ExpectOwn(asker, person, expected);
  asker.Compare(expected, got);
}

// The receipt names who gives and who receives; the rest of it is words.
static void AskReceiptFor(Asker& asker, const Person& person, v1::Purpose purpose) {
  v1::GetReceiptRequest request;
  request.set_participant_id(Play::IdFor(asker.caller(), person));
  request.set_purpose(purpose);
  const auto answer =
      asker.Ask(person.key, OfCase(asker, person), &v1::ConsentService::Stub::GetReceipt, request);
  if (!answer.has_value()) return asker.Compare({}, {});
  constexpr absl::string_view kFrom = "  Opplysninger fra: ";
  constexpr absl::string_view kTo = "  Kan ses av: ";
  Tags got;
  std::string from;
  for (const absl::string_view line : absl::StrSplit(answer->receipt(), '\n')) {
    if (absl::StartsWith(line, kFrom)) from = std::string(line.substr(kFrom.size()));
    if (!absl::StartsWith(line, kTo)) continue;
    const absl::string_view to = line.substr(kTo.size());
    got.insert(absl::StrCat("consent:", from, ":", to.substr(0, to.find(" ("))));
  }
  Tags expected;
  for (const Ground& ground : person.grounds) {
    if (!ground.by_consent || !KnowsOf(asker, person, ground)) continue;
    if (purpose != v1::PURPOSE_UNSPECIFIED && purpose != PurposeOf(ground)) continue;
    expected.insert(absl::StrCat("consent:", asker.world().SideOf(ground.from).name, ":",
                                 asker.world().SideOf(ground.to).name));
  }
  asker.Compare(expected, got);
}

void AskReceipt(Asker& asker, const Person& person) {
  for (const v1::Purpose purpose : {v1::PURPOSE_UNSPECIFIED, v1::PURPOSE_SAMORDNET_KVALIFISERING,
                                    v1::PURPOSE_TILRETTELEGGING}) {
    AskReceiptFor(asker, person, purpose);
  }
}

void AskExpiring(Asker& asker) {
  const bool asks = asker.caller().WorksOnCases();
  Tags got;
  for (const auto& page :
       asker.Pages("what ends soon", asks ? Expected::kAnswer : Expected::kRole,
                   &v1::ConsentService::Stub::ListExpiring, v1::ListExpiringGroundsRequest(), 2)) {
    for (const v1::ExpiringGround& one : page.grounds()) {
      got.insert(absl::StrCat("ends:", one.participant_id(), ":", one.ground().ground_id()));
    }
  }
  Tags expected;
  for (const Person& person : asker.world().people) {
    for (const Ground& ground : person.grounds) {
      if (!IsReminded(asker, person, ground)) continue;
      expected.insert(absl::StrCat("ends:", Play::IdFor(asker.caller(), person), ":", ground.id));
    }
  }
  asker.Compare(expected, got);
}

}  // namespace navo::proof
