#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "navo/v1/access_log.grpc.pb.h"
#include "storage/instant.h"
#include "tests/proof/questions.h"

namespace navo::proof {
namespace {

// Whom PERSONVERN may be told of at all.
bool MayKnow(const Caller& caller, const Person& person) {
  return !ProtectionHides(caller, person) && !caller.family.contains(person.number) &&
         (person.shadow_of.empty() || person.shadow_of == caller.side.id);
}

// The side's id of the person, or of a shadow record of theirs that was merged.
bool IsIdOf(const Caller& caller, const Person& person, const std::string& id) {
  const auto old = person.aliases.find(caller.side.id);
  return Play::IdFor(caller, person) == id ||
         (old != person.aliases.end() &&
          std::find(old->second.begin(), old->second.end(), id) != old->second.end());
}

bool HasId(const Asker& asker, const std::string& id) {
  return std::any_of(asker.world().people.begin(), asker.world().people.end(),
                     [&](const Person& person) {
                       return person.ids.contains(asker.caller().side.id) &&
                              IsIdOf(asker.caller(), person, id) && MayKnow(asker.caller(), person);
                     });
}

std::string CallTag(int64_t time_us, const std::string& key, const std::string& method,
                    const std::string& participant_id) {
  return absl::StrCat("call:", time_us, ":", key, ":", method, ":", participant_id);
}

bool IsWrite(const std::string& method) {
  static const std::vector<std::string> kReads = ReadMethods();
  return std::find(kReads.begin(), kReads.end(), method) == kReads.end();
}

// The calls of an own unit in a stretch of time that changed something, or tried to: the reads are
// those of the walk itself.
void ExpectCalls(const Asker& asker, const std::string& unit, int64_t from_us, int64_t to_us,
                 Tags& tags) {
  const Caller& caller = asker.caller();
  for (const Call& call : asker.play().calls()) {
    if (call.unit != unit || call.time_us < from_us || call.time_us >= to_us) continue;
    std::string id;
    if (call.person >= 0) {
      const Person& person = asker.world().people[static_cast<std::size_t>(call.person)];
      // Of one whom the caller may not know there is no row; of one whom the side does not know, it
      // looks like one about nobody.
      const bool known = person.ids.contains(caller.side.id);
      if (known && !MayKnow(caller, person)) continue;
      const bool merged = known && call.old_id_of == caller.side.id;
      if (known) id = merged ? call.old_id : Play::IdFor(caller, person);
    }
    tags.insert(CallTag(call.time_us, call.key, call.method, id));
  }
}

void AskUnit(Asker& asker, const std::string& unit, int64_t from_us, int64_t to_us) {
  v1::SearchAccessRequest request;
  request.set_unit(unit);
  storage::SetInstant(from_us, request.mutable_from());
  storage::SetInstant(to_us, request.mutable_to());
  Tags got;
  for (const auto& page : asker.Pages("calls of " + unit, Expected::kAnswer,
                                      &v1::AccessLogService::Stub::SearchAccess, request, 60)) {
    for (const v1::FoundAccess& found : page.found()) {
      for (const std::string& method : found.access().methods()) {
        if (!IsWrite(method)) continue;
        got.insert(CallTag(storage::MicrosOf(found.access().time()), found.access().subject(),
                           method, found.participant_id()));
      }
    }
  }
  Tags expected;
  ExpectCalls(asker, unit, from_us, to_us, expected);
  asker.Compare(expected, got);
}

// Everything in a stretch: of the own controller's people, or through a ground of its own; of
// participants it may know.
void AskAll(Asker& asker, int64_t from_us, int64_t to_us) {
  const Caller& caller = asker.caller();
  v1::SearchAccessRequest request;
  storage::SetInstant(from_us, request.mutable_from());
  storage::SetInstant(to_us, request.mutable_to());
  Tags wrong;
  for (const auto& page : asker.Pages("calls", Expected::kAnswer,
                                      &v1::AccessLogService::Stub::SearchAccess, request, 200)) {
    for (const v1::FoundAccess& found : page.found()) {
      const v1::AccessAct& access = found.access();
      for (const std::string& id : access.ground_ids()) {
        bool own = false;
        for (const Person& person : asker.world().people) {
          for (const Ground& ground : person.grounds) {
            own = own || (ground.id == id && ground.from == caller.side.id);
          }
        }
        if (!own) wrong.insert("another side's ground " + id);
      }
      if (access.controller() != caller.side.id && access.ground_ids().empty()) {
        wrong.insert("a call of " + access.controller() + " through no ground of the own side");
      }
      if (found.participant_id().empty()) {
        if (access.relation() != v1::RELATION_UNSPECIFIED || access.shown_size() > 0 ||
            access.reason() == "NO_RELATION" || access.reason() == "PROTECTION") {
          wrong.insert("of somebody whom the side does not know: " + access.reason());
        }
      } else if (!HasId(asker, found.participant_id())) {
        wrong.insert("an id that the caller may not know of");
      }
    }
  }
  asker.Compare({}, wrong);
}

}  // namespace

void AskSearch(Asker& asker) {
  const Caller& caller = asker.caller();
  if (!caller.Has(v1::ROLE_PERSONVERN)) {
    asker.Ask("calls", Expected::kRole, &v1::AccessLogService::Stub::SearchAccess,
              v1::SearchAccessRequest());
    return asker.Compare({}, {});
  }
  // Since the walk before, if there was one, up to this one.
  const std::vector<int64_t>& walks = asker.play().walks();
  const int64_t from_us = walks.size() < 2 ? 0 : walks[walks.size() - 2] + 1;
  for (const auto& [unit, side] : asker.world().units) {
    if (side == caller.side.id) AskUnit(asker, unit, from_us, walks.back());
  }
  AskAll(asker, from_us, walks.back());
  for (const Person& person : asker.world().people) {
    v1::SearchAccessRequest request;
    request.set_of_participant_id(Play::IdFor(caller, person));
    request.set_page_size(5);
    const bool may = person.ids.contains(caller.side.id) && MayKnow(caller, person);
    const auto page =
        asker.Ask("calls about " + person.key, may ? Expected::kAnswer : Expected::kNotFound,
                  &v1::AccessLogService::Stub::SearchAccess, request);
    Tags wrong;
    if (page.has_value()) {
      for (const v1::FoundAccess& found : page->found()) {
        if (!IsIdOf(caller, person, found.participant_id())) wrong.insert("of another");
      }
    }
    asker.Compare({}, wrong);
  }
}

void AskAnomalies(Asker& asker) {
  const Caller& caller = asker.caller();
  const bool asks = caller.Has(v1::ROLE_PERSONVERN);
  const auto answer =
      asker.Ask("anomalies", asks ? Expected::kAnswer : Expected::kRole,
                &v1::AccessLogService::Stub::ListAnomalies, v1::ListAnomaliesRequest());
  Tags wrong;
  if (answer.has_value()) {
    for (const v1::Anomaly& anomaly : answer->anomalies()) {
      const auto unit = asker.world().units.find(anomaly.unit());
      const bool own = unit != asker.world().units.end() && unit->second == caller.side.id;
      if (!own) wrong.insert("of another controller's people: " + anomaly.unit());
      const std::string& id = anomaly.participant_id();
      if (!id.empty() && !HasId(asker, id)) wrong.insert("an id that the caller may not know of");
    }
  }
  asker.Compare({}, wrong);
}

}  // namespace navo::proof
