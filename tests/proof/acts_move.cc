// What a unit wrote on the wrong person, and where it goes: told once more, from the design notes
// and from what the headers say moves and comes back.
#include <algorithm>

#include "absl/strings/match.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "tests/proof/acts.h"

namespace navo::proof {
namespace {

bool IsOneOf(const std::string& tag, std::initializer_list<const char*> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&tag](const char* prefix) { return absl::StartsWith(tag, prefix); });
}

// Takes the data that `goes` picks along, with what they need of each other. `places` says where
// what they need stands there already; afterwards, where everything that went now is.
template <class Goes>
int Carry(Person& from, Person& to, Goes goes, std::map<std::size_t, std::size_t>& places) {
  int count = 0;
  for (std::size_t i = 0; i < from.data.size(); ++i) {
    if (from.data[i].where.empty() || !goes(from.data[i])) continue;
    Datum datum = from.data[i];
    from.data[i].where.clear();
    for (std::size_t& needed : datum.needs) needed = places.at(needed);
    places[i] = to.data.size();
    to.data.push_back(std::move(datum));
    ++count;
  }
  return count;
}

template <class Goes>
void Drop(Person& person, Goes goes) {
  for (Datum& datum : person.data) {
    if (goes(datum)) datum.where.clear();
  }
}

template <class Kepts, class Goes>
Kepts TakeOut(Kepts& all, Goes goes) {
  Kepts taken;
  for (const auto& one : all) {
    if (goes(one)) taken.push_back(one);
  }
  std::erase_if(all, goes);
  return taken;
}

void Forget(std::vector<Past>& past, const std::string& unit) {
  std::erase_if(past, [&unit](const Past& one) { return one.unit == unit; });
}

// What the unit wrote, or everybody where a whole side's records go.
std::vector<Past> Of(const std::vector<Past>& past, const std::string& unit) {
  std::vector<Past> own;
  std::copy_if(past.begin(), past.end(), std::back_inserter(own),
               [&unit](const Past& one) { return unit.empty() || one.unit == unit; });
  return own;
}

// Whether the record goes with the unit, or with its whole side where the mover is of no unit.
bool Goes(const Caller& mover, const Kept& kept) {
  return mover.unit.empty() ? kept.controller == mover.side.id : kept.unit == mover.unit;
}

// The unit that alone has the section; none when its whole controller has.
std::string OwnerOf(const Kept& section) {
  return StaysInUnit(section.category) || section.locked ? section.unit : std::string();
}

}  // namespace

// Mostly one whom the unit has and has made sure of.
Person* Acts::SomeRightPerson(const Scene& wrong) {
  std::vector<Person>& people = play_.world_.people;
  for (int tries = 0; tries < 20; ++tries) {
    Person& person = people[Below(random_, people.size())];
    const bool fits = &person != &wrong.person && MayEnter(wrong.caller, person) &&
                      Confirmed(wrong.caller, person);
    if (fits || Once(random_, 60)) return &person;
  }
  return nullptr;
}

// Contact facts are not counted: without a right person they are forgotten.
bool Acts::WroteRecords(const Scene& scene) const {
  const std::string& unit = scene.caller.unit;
  const Records& records = scene.records;
  const auto ours = [&unit](const Kept& kept) { return kept.unit == unit; };
  for (const std::vector<Kept>* kept : {&records.steps, &records.events, &records.language}) {
    if (std::any_of(kept->begin(), kept->end(), ours)) return true;
  }
  for (const Kept& section : records.sections) {
    if (!Of(section.past, unit).empty()) return true;
  }
  const auto goal = records.norskmaal.find(scene.caller.side.id);
  const auto part = records.parts.find(scene.caller.side.id);
  if (goal != records.norskmaal.end() && ours(goal->second)) return true;
  const auto words = records.past_parts.find(scene.caller.side.id);
  const bool wrote = words != records.past_parts.end() && !Of(words->second, unit).empty();
  if (part != records.parts.end() && wrote) return true;
  return std::any_of(scene.person.data.begin(), scene.person.data.end(), [&](const Datum& datum) {
    return datum.where == "Language" && datum.unit == unit &&
           IsOneOf(datum.tag, {"planned:", "attended:"});
  });
}

// What comes back in the place of the unit's words: the newest of a unit that has not said itself
// that it is the wrong person.
const Past* Acts::Earlier(const Scene& leaving, const std::vector<Past>& past) const {
  if (leaving.caller.unit.empty()) return nullptr;
  for (auto one = past.rbegin(); one != past.rend(); ++one) {
    if (one->unit == leaving.caller.unit) continue;
    const auto tie = leaving.person.ties.find(one->unit);
    if (tie == leaving.person.ties.end() || !tie->second.blocked) return &*one;
  }
  return nullptr;
}

void Acts::EndConfirmations(const Scene& scene) {
  const std::string suffix = ":" + scene.caller.unit;
  for (Kept& section : scene.records.sections) {
    for (const std::size_t index : section.confirmations) {
      Datum& datum = scene.person.data[index];
      if (datum.where.empty() || !absl::EndsWith(datum.tag, suffix)) continue;
      datum.where.clear();
      section.confirmed_by.erase(scene.caller.side.id);
    }
  }
}

int Acts::MoveTo(const Scene& wrong, const Scene& right) {
  // That the right person was looked up is a call of its own in the log.
  Call call = play_.calls_.back();
  call.person = static_cast<int>(right.index);
  play_.calls_.push_back(call);
  const int moved = MoveLanguage(wrong, right) + MoveEvents(wrong, right) +
                    MoveSections(wrong, right) + MovePlan(wrong, right) + MoveContact(wrong, right);
  Tie& there = right.person.ties[wrong.caller.unit];
  Tie& here = wrong.person.ties[wrong.caller.unit];
  there.last_follow_up_day = std::max(there.last_follow_up_day, here.last_follow_up_day);
  here.last_follow_up_day = 0;
  return moved;
}

// Levels, tests, hours, and norskmaal where the right person has none of the side.
int Acts::MoveLanguage(const Scene& wrong, const Scene& right) {
  const std::string& unit = wrong.caller.unit;
  const std::string& side = wrong.caller.side.id;
  std::map<std::size_t, std::size_t> places;
  int moved = Carry(
      wrong.person, right.person,
      [&](const Datum& datum) {
        return datum.where == "Language" && datum.unit == unit &&
               IsOneOf(datum.tag, {"assessed:", "tested:", "planned:", "attended:"});
      },
      places);
  for (const Kept& one :
       TakeOut(wrong.records.language, [&](const Kept& kept) { return kept.unit == unit; })) {
    Tell(right, one.id, v1::CATEGORY_LANGUAGE);
    Tell(wrong, one.id, v1::CATEGORY_LANGUAGE);
    right.records.language.push_back(one);
  }
  const auto goal = wrong.records.norskmaal.find(side);
  if (goal == wrong.records.norskmaal.end() || goal->second.unit != unit) return moved;
  Datum& here = wrong.person.data[goal->second.datum];
  std::vector<Past>& past = wrong.records.past_norskmaal[side];
  right.records.past_norskmaal[side].push_back(
      {unit, 0, here.tag.substr(here.tag.rfind(':') + 1), ""});
  if (!right.records.norskmaal.contains(side)) {
    Kept& moving = right.records.norskmaal[side] = goal->second;
    moving.etag.clear();
    moving.datum = Plant(right, "Language", here.tag, v1::CATEGORY_LANGUAGE);
  }
  Forget(past, unit);
  if (const Past* earlier = Earlier(wrong, past); earlier != nullptr) {
    goal->second.unit = here.unit = earlier->unit;
    goal->second.etag.clear();
    here.tag = absl::StrCat("norskmaal:", side, ":", earlier->text);
    past.push_back(*earlier);
  } else {
    here.where.clear();
    wrong.records.norskmaal.erase(goal);
  }
  return moved + 1;
}

// Events go as they are, with all their versions, and with the lock that is on them.
int Acts::MoveEvents(const Scene& wrong, const Scene& right) {
  const std::string& unit = wrong.caller.unit;
  const std::vector<Kept> events =
      TakeOut(wrong.records.events, [&](const Kept& kept) { return kept.unit == unit; });
  for (Kept event : events) {
    std::map<std::size_t, std::size_t> places;
    Carry(
        wrong.person, right.person, [&](const Datum& datum) { return datum.record == event.id; },
        places);
    event.datum = places.at(event.datum);
    event.note = places.at(event.note);
    event.etag.clear();
    if (event.locked) right.person.locks[event.id] = unit;
    // That it came and went is told of the note alone.
    Tell(right, event.id, v1::CATEGORY_FOLLOWUP_NOTE);
    Tell(wrong, event.id, v1::CATEGORY_FOLLOWUP_NOTE);
    right.records.events.push_back(event);
  }
  return static_cast<int>(events.size());
}

// What came is past; what stands is the next version again.
void Acts::AddPast(const Scene& scene, Kept& standing, const std::vector<Past>& past) {
  const Past stands = standing.past.back();
  for (Past one : past) {
    one.version = ++standing.version;
    TellOf(scene.person, standing.id, standing.category, one.unit);
    standing.past.push_back(std::move(one));
  }
  ++standing.version;
  standing.past.push_back({stands.unit, standing.version, stands.text, ""});
  TellOf(scene.person, standing.id, standing.category, stands.unit);
  standing.etag.clear();
  ShowSection(scene.person, standing);
}

int Acts::MoveSections(const Scene& wrong, const Scene& right) {
  const std::string& unit = wrong.caller.unit;
  std::vector<std::string> ours;
  for (const Kept& section : wrong.records.sections) {
    const bool of_side = section.controller == wrong.caller.side.id;
    if (of_side && !Of(section.past, unit).empty()) ours.push_back(section.id);
  }
  for (const std::string& id : ours) {
    for (std::size_t i = 0; i < wrong.records.sections.size(); ++i) {
      if (wrong.records.sections[i].id != id) continue;
      MoveSection(wrong, right, i);
      break;
    }
  }
  LearnSections(right);
  return static_cast<int>(ours.size());
}

// What the unit wrote of it, also where another unit has written since: under that one's lock, if
// any, it was not when this one wrote.
void Acts::MoveSection(const Scene& wrong, const Scene& right, std::size_t which) {
  const std::string& unit = wrong.caller.unit;
  const Kept section = wrong.records.sections[which];
  Kept moving = section;
  moving.past = Of(section.past, unit);
  moving.unit = moving.past.back().unit;
  moving.version = moving.past.back().version;
  moving.confirmations.clear();
  moving.confirmed_by.clear();
  moving.etag.clear();
  const bool last_wrote = unit.empty() || section.unit == unit;
  moving.locked = last_wrote && section.locked;
  if (last_wrote) {
    for (const std::size_t index : section.confirmations) wrong.person.data[index].where.clear();
  }
  const bool stays = Earlier(wrong, section.past) != nullptr;
  Kept* standing = nullptr;
  for (Kept& other : right.records.sections) {
    const bool same = other.kind == section.kind && other.controller == section.controller;
    if (same && OwnerOf(other) == OwnerOf(moving)) standing = &other;
  }
  const bool taken = standing == nullptr && !stays;
  if (standing != nullptr) {
    if (moving.locked && !standing->locked) {
      standing->locked = true;
      for (Person& person : play_.world_.people) person.locks[standing->id] = standing->unit;
    }
    AddPast(right, *standing, moving.past);
  } else {
    if (stays) moving.id.clear();  // a section of its own: its id is learnt when all have moved
    if (taken && moving.locked) right.person.locks[moving.id] = moving.unit;
    if (taken) {
      ShowSection(right.person, moving);
      for (const Past& one : moving.past) {
        TellOf(right.person, moving.id, moving.category, one.unit);
      }
    }
    right.records.sections.push_back(moving);
  }
  const bool leaves = !unit.empty() && (taken || stays);
  if (leaves) Tell(wrong, section.id, section.category);
  if (stays && BringBack(wrong, which, moving.locked)) return;
  Drop(wrong.person, [&](const Datum& datum) {
    return datum.record == section.id &&
           (datum.where == "Kartlegging" || datum.where == "Section:" + section.id);
  });
  if (!taken) {
    // Of a section that is nowhere any more nothing is told.
    wrong.person.locks.erase(section.id);
    std::erase_if(wrong.person.told,
                  [&](const Told& told) { return told.record_id == section.id; });
  }
  wrong.records.sections.erase(wrong.records.sections.begin() + static_cast<int64_t>(which));
}

// False when the controller has recorded such a section anew, while this one was under a lock: the
// words are that one's past then.
bool Acts::BringBack(const Scene& wrong, std::size_t which, bool unlock) {
  Kept& section = wrong.records.sections[which];
  std::vector<Past> remaining;
  for (const Past& one : section.past) {
    if (Earlier(wrong, {one}) != nullptr) remaining.push_back(one);
  }
  for (Kept& other : wrong.records.sections) {
    const bool same = other.kind == section.kind && other.controller == section.controller;
    if (!unlock || !same || &other == &section || !OwnerOf(other).empty()) continue;
    AddPast(wrong, other, remaining);
    return false;
  }
  if (section.unit == wrong.caller.unit) {
    section.confirmations.clear();
    section.confirmed_by.clear();
  }
  section.etag.clear();
  if (unlock) {
    section.locked = false;
    wrong.person.locks.erase(section.id);
  }
  const Past back = remaining.back();
  section.version += 2;  // that the other words left was a version too
  section.unit = back.unit;
  Forget(section.past, wrong.caller.unit);
  section.past.push_back({back.unit, section.version, back.text, ""});
  ShowSection(wrong.person, section);
  TellOf(wrong.person, section.id, section.category, back.unit);
  return true;
}

// The ids of those that became sections of their own.
void Acts::LearnSections(const Scene& scene) {
  std::set<std::string> known;
  bool all = true;
  for (const Kept& section : scene.records.sections) {
    known.insert(section.id);
    all = all && !section.id.empty();
  }
  if (all) return;
  v1::GetKartleggingRequest request;
  request.set_participant_id(scene.id);
  const auto seen = play_.As(scene.caller.key).Call(&v1::KartleggingService::Stub::Get, request);
  if (!seen.ok()) return play_.findings_.push_back("no kartlegging of who was moved to");
  for (Kept& section : scene.records.sections) {
    if (!section.id.empty()) continue;
    for (const v1::KindPicture& kind : seen->kinds()) {
      if (kind.kind() != section.kind) continue;
      for (const v1::Section& one : kind.sections()) {
        const bool ours = one.provenance().unit() == scene.caller.unit;
        if (ours && !known.contains(one.section_id())) section.id = one.section_id();
      }
    }
    if (section.id.empty()) return play_.findings_.push_back("a section has not moved");
    known.insert(section.id);
    if (section.locked) scene.person.locks[section.id] = section.unit;
    ShowSection(scene.person, section);
    Tell(scene, section.id, section.category);
  }
}

int Acts::MovePlan(const Scene& wrong, const Scene& right) {
  const std::string& unit = wrong.caller.unit;
  const std::string& side = wrong.caller.side.id;
  const auto part = wrong.records.parts.find(side);
  const bool goals =
      part != wrong.records.parts.end() && !Of(wrong.records.past_parts[side], unit).empty();
  const std::vector<Kept> steps =
      TakeOut(wrong.records.steps, [&](const Kept& kept) { return Goes(wrong.caller, kept); });
  if (!goals && steps.empty()) return 0;
  if (goals) {
    TakePart(wrong, right);
  } else if (!right.records.parts.contains(side)) {
    OpenPart(right, steps.front().unit, "");
  }
  const std::size_t place = right.records.parts.at(side).datum;
  for (Kept step : steps) {
    std::map<std::size_t, std::size_t> places{{part->second.datum, place}};
    Carry(
        wrong.person, right.person, [&](const Datum& datum) { return datum.record == step.id; },
        places);
    step.datum = places.at(step.datum);
    step.etag.clear();
    TellOf(right.person, step.id, v1::CATEGORY_PLAN, step.unit);
    if (!unit.empty()) Tell(wrong, step.id, v1::CATEGORY_PLAN);
    right.records.steps.push_back(step);
  }
  if (goals && !unit.empty()) LeavePart(wrong);
  return static_cast<int>(steps.size()) + (goals ? 1 : 0);
}

// The unit's words are past where the right person has a part of the side, and the part otherwise.
void Acts::TakePart(const Scene& wrong, const Scene& right) {
  const std::string& side = wrong.caller.side.id;
  const auto standing = right.records.parts.find(side);
  const bool stands = standing != right.records.parts.end();
  const Past before = stands ? Past{standing->second.unit, 0, standing->second.mark, ""} : Past();
  const std::vector<Past> own = Of(wrong.records.past_parts[side], wrong.caller.unit);
  for (const Past& one : own) {
    if (right.records.parts.contains(side)) {
      ChangePart(right, one.unit, one.text);
    } else {
      OpenPart(right, one.unit, one.text);
    }
  }
  if (stands) ChangePart(right, before.unit, before.text);
}

// What others wrote in it before comes back; without that and without steps the part goes too.
void Acts::LeavePart(const Scene& wrong) {
  const std::string& unit = wrong.caller.unit;
  const std::string& side = wrong.caller.side.id;
  for (Datum& datum : wrong.person.data) {
    if (datum.unit != unit) continue;
    if (datum.where == "PlanVersions" && datum.tag == "part") datum.tag = "left";
    if (datum.where == "PlanTexts") datum.where.clear();
  }
  PlantOf(wrong.person, unit, "PlanVersions", "left", v1::CATEGORY_PLAN);
  std::vector<Past>& past = wrong.records.past_parts[side];
  Forget(past, unit);
  Kept& part = wrong.records.parts.at(side);
  part.etag.clear();
  if (const Past* earlier = Earlier(wrong, past); earlier != nullptr) {
    const Past back = *earlier;
    return ChangePart(wrong, back.unit, back.text);
  }
  const bool has_steps = std::any_of(wrong.records.steps.begin(), wrong.records.steps.end(),
                                     [&side](const Kept& step) { return step.controller == side; });
  Datum& shown = wrong.person.data[part.datum];
  shown.tag = absl::StrCat("part:", side, ":");
  part.mark.clear();
  if (has_steps) return;
  shown.where.clear();
  wrong.records.parts.erase(side);
}

int Acts::MoveContact(const Scene& wrong, const Scene& right) {
  const std::string& unit = wrong.caller.unit;
  const std::string& side = wrong.caller.side.id;
  const auto contact = wrong.records.contacts.find(side);
  if (contact == wrong.records.contacts.end() || contact->second.unit != unit) return 0;
  const std::string& language = wrong.person.data[contact->second.note].tag;
  const Past words{unit, 0, contact->second.mark, language.substr(language.rfind(':') + 1)};
  right.records.past_contacts[side].push_back(words);
  if (!right.records.contacts.contains(side)) {
    Kept& moved = right.records.contacts[side];
    moved.unit = unit;
    moved.mark = words.text;
    moved.datum =
        Plant(right, "Get", absl::StrCat("name:", side, ":", words.text), v1::CATEGORY_IDENTITY);
    moved.note = Plant(right, "Get", absl::StrCat("language:", side, ":", words.language),
                       v1::CATEGORY_CONTACT);
  }
  LeaveContact(wrong);
  return 1;
}

// The facts leave the wrong person; what another unit knew of that person comes back.
void Acts::LeaveContact(const Scene& wrong) {
  const std::string& unit = wrong.caller.unit;
  const std::string& side = wrong.caller.side.id;
  const auto contact = wrong.records.contacts.find(side);
  if (contact == wrong.records.contacts.end() || contact->second.unit != unit) return;
  std::vector<Past>& past = wrong.records.past_contacts[side];
  Forget(past, unit);
  Datum& name = wrong.person.data[contact->second.datum];
  Datum& language = wrong.person.data[contact->second.note];
  const Past* earlier = Earlier(wrong, past);
  if (earlier == nullptr) {
    name.where.clear();
    language.where.clear();
    wrong.records.contacts.erase(contact);
    return;
  }
  const Past back = *earlier;
  name.unit = language.unit = contact->second.unit = back.unit;
  name.tag = absl::StrCat("name:", side, ":", back.text);
  language.tag = absl::StrCat("language:", side, ":", back.language);
  contact->second.mark = back.text;
  past.push_back(back);
}

}  // namespace navo::proof
