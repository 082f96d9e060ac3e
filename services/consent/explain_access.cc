#include "services/consent/explain_access.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "services/access/openable.h"
#include "services/consent/access_words.h"
#include "services/consent/ground_view.h"
#include "storage/ground.h"
#include "storage/status_macros.h"
#include "storage/tie.h"

namespace navo::services {
namespace {

using storage::GroundRow;

// Of grounds that are over, the newest tell why something is closed.
constexpr int64_t kMostPast = 200;

constexpr v1::ControllerKind kKinds[] = {v1::CONTROLLER_KIND_NAV_STAT,
                                         v1::CONTROLLER_KIND_NAV_KOMMUNE, v1::CONTROLLER_KIND_VO};

using Side = std::pair<int64_t, int64_t>;  // whose data, to whom: controller keys

// What the caller may know of the case.
struct Picture {
  std::map<int64_t, GroundRow> grounds;  // by key
  std::vector<storage::TieRow> ties;     // the participant's view only
  bool knows_ties = false;
};

// The first of these that fits is the reason that is told.
int Rank(v1::AccessReason reason) {
  constexpr v1::AccessReason kOrder[] = {
      v1::ACCESS_REASON_GROUND,    v1::ACCESS_REASON_IDENTITY_NOT_CONFIRMED,
      v1::ACCESS_REASON_NO_TIE,    v1::ACCESS_REASON_PENDING,
      v1::ACCESS_REASON_NOT_BEGUN, v1::ACCESS_REASON_EXPIRED,
      v1::ACCESS_REASON_ENDED,     v1::ACCESS_REASON_NO_GROUND};
  return static_cast<int>(std::find(std::begin(kOrder), std::end(kOrder), reason) -
                          std::begin(kOrder));
}

// What keeps a ground that is in force from opening, seen from who is there to read.
v1::AccessReason OfTies(const GroundRow& ground, const Picture& picture) {
  if (!picture.knows_ties) return v1::ACCESS_REASON_GROUND;
  bool tied = false;
  for (const storage::TieRow& tie : picture.ties) {
    const bool there = tie.author.controller_key == ground.to_controller_key &&
                       (ground.to_unit_key == 0 || ground.to_unit_key == tie.author.unit_key);
    if (!there) continue;
    tied = true;
    if (tie.confirmation != v1::IDENTITY_CONFIRMATION_UNSPECIFIED) return v1::ACCESS_REASON_GROUND;
  }
  return tied ? v1::ACCESS_REASON_IDENTITY_NOT_CONFIRMED : v1::ACCESS_REASON_NO_TIE;
}

v1::AccessReason ReasonOf(const GroundRow& ground, const Picture& picture, int64_t today) {
  if (ground.state == v1::GROUND_STATE_ENDED) return v1::ACCESS_REASON_ENDED;
  if (ground.valid_to_day < today) return v1::ACCESS_REASON_EXPIRED;
  if (ground.state == v1::GROUND_STATE_PENDING) return v1::ACCESS_REASON_PENDING;
  if (ground.valid_from_day > today) return v1::ACCESS_REASON_NOT_BEGUN;
  return OfTies(ground, picture);
}

// Why one category is open or not in one direction, and the ground that says so.
using Why = std::pair<v1::AccessReason, const GroundRow*>;

Why WhyOf(v1::Category category, const Side& side, v1::ControllerKind receiver,
          const Picture& picture, int64_t today) {
  if (!access::Sharable(receiver).Has(category)) return {v1::ACCESS_REASON_NEVER_SHARED, nullptr};
  Why why{v1::ACCESS_REASON_NO_GROUND, nullptr};
  for (const auto& [key, ground] : picture.grounds) {
    if (Side(ground.author.controller_key, ground.to_controller_key) != side) continue;
    const access::CategorySet opens = access::CategorySet::FromMask(ground.categories) &
                                      access::Openable(ground.kind, ground.purpose, receiver);
    if (!opens.Has(category)) continue;
    const v1::AccessReason reason = ReasonOf(ground, picture, today);
    const int better = Rank(reason) - Rank(why.first);
    const bool longer = better == 0 && ground.valid_to_day > why.second->valid_to_day;
    if (better < 0 || longer) why = {reason, &ground};
  }
  return why;
}

v1::SideAccess* AddSide(const access::Controller& from, const access::Controller& to,
                        v1::ExplainAccessResponse& response) {
  v1::SideAccess* side = response.add_sides();
  side->set_from_controller(from.id);
  side->set_from_kind(from.kind);
  side->set_to_controller(to.id);
  side->set_to_kind(to.kind);
  return side;
}

void AddAccess(const AccessFacts& facts, v1::SideAccess* side) {
  v1::CategoryAccess* access = side->add_access();
  for (const v1::Category category : facts.categories) access->add_categories(category);
  access->set_open(facts.reason == v1::ACCESS_REASON_GROUND);
  access->set_reason(facts.reason);
  if (facts.ground != nullptr) access->set_ground_id(facts.ground->ground_id());
  access->set_explanation_nb(ExplainInBokmaal(facts));
  access->set_explanation_en(ExplainInEnglish(facts));
}

template <typename WhyOfCategory>
std::vector<std::pair<Why, std::vector<v1::Category>>> Grouped(WhyOfCategory why_of) {
  std::vector<std::pair<Why, std::vector<v1::Category>>> groups;
  for (int number = v1::Category_MIN + 1; number <= v1::Category_MAX; ++number) {
    const auto category = static_cast<v1::Category>(number);
    if (access::kNeverShared.Has(category)) continue;
    const Why why = why_of(category);
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&why](const auto& one) { return one.first == why; });
    if (group == groups.end()) group = groups.insert(groups.end(), {why, {}});
    group->second.push_back(category);
  }
  return groups;
}

void ExplainSide(const door::Case& c, const Side& side, const Picture& picture,
                 v1::ExplainAccessResponse& response) {
  const access::Controller* from = c.directory().FindController(side.first);
  const access::Controller* to = c.directory().FindController(side.second);
  if (from == nullptr || to == nullptr) return;
  v1::SideAccess* told = AddSide(*from, *to, response);
  const auto groups = Grouped(
      [&](v1::Category category) { return WhyOf(category, side, to->kind, picture, c.today()); });
  for (const auto& [why, categories] : groups) {
    v1::Ground ground;
    if (why.second != nullptr) ground = TellGround(c, *why.second);
    AddAccess(
        {why.first, from->name, to->name, categories, why.second == nullptr ? nullptr : &ground},
        told);
  }
}

absl::Status AddGrounds(door::Case& c, const std::vector<GroundRow>& grounds, Picture& picture) {
  const bool all = c.decision().all_sides;
  for (const GroundRow& ground : grounds) {
    if (!all && ground.author.controller_key != c.caller().controller_key) continue;
    if (!MayKnowOf(c, ground)) continue;
    const storage::Guarded<GroundRow> guarded = Guard(c, ground);
    const GroundRow* opened = c.Open(guarded);
    if (opened != nullptr) picture.grounds.emplace(opened->ground_key, *opened);
  }
  return absl::OkStatus();
}

absl::StatusOr<Picture> ReadPicture(door::Case& c) {
  Picture picture;
  picture.knows_ties = c.decision().all_sides;
  const storage::GroundReader reader{c.decision().all_sides, c.caller().controller_key,
                                     c.caller().unit_key, c.today()};
  NAVO_ASSIGN_OR_RETURN(
      const std::vector<GroundRow> living,
      storage::ListLivingGrounds(c.tx(), c.participant_key(), v1::PURPOSE_UNSPECIFIED));
  NAVO_ASSIGN_OR_RETURN(const std::vector<GroundRow> newest,
                        storage::ListGroundsOf(c.tx(), c.participant_key(), reader,
                                               std::numeric_limits<int64_t>::max(), kMostPast));
  NAVO_RETURN_IF_ERROR(AddGrounds(c, living, picture));
  NAVO_RETURN_IF_ERROR(AddGrounds(c, newest, picture));
  if (!picture.knows_ties) return picture;
  NAVO_ASSIGN_OR_RETURN(const std::vector<storage::Guarded<storage::TieRow>> ties,
                        storage::ListTies(c.tx(), c.participant_key()));
  for (const auto& guarded : ties) {
    const storage::TieRow* tie = c.Open(guarded);
    if (tie != nullptr) picture.ties.push_back(*tie);
  }
  return picture;
}

// Every direction between those who have to do with the case, as far as the caller may know.
absl::Status ExplainAll(door::Case& c, v1::ExplainAccessResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const Picture picture, ReadPicture(c));
  std::set<Side> sides;
  std::set<int64_t> controllers;
  for (const auto& [key, ground] : picture.grounds) {
    sides.insert({ground.author.controller_key, ground.to_controller_key});
  }
  for (const storage::TieRow& tie : picture.ties) controllers.insert(tie.author.controller_key);
  for (const int64_t from : controllers) {
    for (const int64_t to : controllers) {
      if (from != to) sides.insert({from, to});
    }
  }
  for (const Side& side : sides) ExplainSide(c, side, picture, response);
  return absl::OkStatus();
}

// What the decision shows, and of everything else that it does not: the three steps.
void ExplainToStaff(door::Case& c, v1::ExplainAccessResponse& response) {
  const access::Controller* own = c.directory().FindController(c.caller().controller_key);
  if (own == nullptr) return;
  std::set<v1::ControllerKind> open_kinds;
  for (const access::OpenSide& open : c.decision().open) {
    const access::Controller* from = c.directory().FindController(open.controller_key);
    const storage::Guarded<bool> exists({v1::CATEGORY_EXISTENCE, {open.controller_key, 0, 0}},
                                        true);
    if (from == nullptr || c.Open(exists) == nullptr) continue;
    open_kinds.insert(from->kind);
    v1::SideAccess* told = AddSide(*from, *own, response);
    const auto groups = Grouped([&](v1::Category category) -> Why {
      if (open.categories.Has(category)) return {v1::ACCESS_REASON_GROUND, nullptr};
      const bool sharable = access::Sharable(own->kind).Has(category);
      return {sharable ? v1::ACCESS_REASON_NO_GROUND : v1::ACCESS_REASON_NEVER_SHARED, nullptr};
    });
    for (const auto& [why, categories] : groups) {
      AddAccess({why.first, from->name, own->name, categories, nullptr}, told);
    }
  }
  for (const v1::ControllerKind kind : kKinds) {
    if (kind == own->kind || open_kinds.contains(kind)) continue;
    v1::SideAccess* told = response.add_sides();
    told->set_from_kind(kind);
    told->set_to_controller(own->id);
    told->set_to_kind(own->kind);
    AddAccess({v1::ACCESS_REASON_SHARING_NOT_OPEN, KindName(kind), own->name, {}, nullptr}, told);
  }
}

}  // namespace

absl::Status ExplainAccess(door::Case& c, const v1::ExplainAccessRequest& /*request*/,
                           v1::ExplainAccessResponse& response) {
  const bool whole = c.decision().all_sides || c.decision().relation == v1::RELATION_PERSONVERN;
  if (whole) return ExplainAll(c, response);
  ExplainToStaff(c, response);
  return absl::OkStatus();
}

}  // namespace navo::services
