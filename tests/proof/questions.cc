#include "tests/proof/questions.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "navo/v1/access_log.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"

namespace navo::proof {
namespace {

constexpr char kNobodysId[] = "88888888-8888-4888-8888-888888888888";
constexpr int kSmallPage = 3;

template <class Request>
Request About(const Asker& asker, const Person& person) {
  Request request;
  request.set_participant_id(Play::IdFor(asker.caller(), person));
  return request;
}

template <class Withhelds>
void CollectMarkers(const Withhelds& withhelds, Tags& tags) {
  for (const v1::Withheld& marker : withhelds) tags.insert(MarkerTag(marker));
}

void ExpectMarkers(const Asker& asker, const Person& person, const Categories& categories,
                   Tags& tags, Look look = Look::kCase) {
  tags.merge(Markers(asker.world(), asker.caller(), person, categories, look));
}

// The ids that stand in the tags of one kind of data, shown or not.
std::set<std::string> IdsIn(const Person& person, const std::string& where) {
  std::set<std::string> ids;
  for (const Datum& datum : person.data) {
    if (absl::StartsWith(datum.where, where)) ids.insert(datum.where.substr(where.size()));
  }
  return ids;
}

bool ShowsTag(const Asker& asker, const Person& person, const std::string& where,
              const std::string& prefix, Look look = Look::kCase) {
  for (const std::string& tag : asker.ShownAt(person, where, look)) {
    if (absl::StartsWith(tag, prefix)) return true;
  }
  return false;
}

// Of a record within a case: as the case, and not there when it is not shown.
Expected OfRecord(const Asker& asker, const Person& person, bool shown) {
  const Expected of_case = OfCase(asker, person);
  return of_case == Expected::kAnswer && !shown ? Expected::kNotFound : of_case;
}

void CollectSection(const v1::Section& section, const char* what, Tags& tags) {
  const std::set<std::string> marks = MarksIn(section.content().SerializeAsString());
  tags.insert(absl::StrCat(what, section.section_id(), ":", section.version(), ":",
                           marks.empty() ? "" : *marks.begin()));
}

void CollectNote(const v1::FollowUp& event, const std::string& id, Tags& tags) {
  if (!event.note().empty()) tags.insert(absl::StrCat("note:", id, event.note()));
  if (event.note_exemption().reason().empty()) return;
  tags.insert(absl::StrCat("reason:", id, event.note_exemption().reason()));
}

void CollectEvent(const v1::FollowUp& event, Tags& tags) {
  const std::string& id = event.follow_up_id();
  tags.insert(absl::StrCat("event:", id, ":", event.agreement()));
  CollectNote(event, id + ":", tags);
  if (event.has_note_exemption()) tags.insert("exempted:" + id);
  if (!event.employer().empty()) tags.insert(absl::StrCat("employer:", id, ":", event.employer()));
  if (!event.step_id().empty()) tags.insert(absl::StrCat("about:", id, ":", event.step_id()));
  if (event.has_note_withheld()) {
    tags.insert(absl::StrCat("no note:", id, ":", event.note_withheld().reason()));
  }
  if (event.has_employer_withheld()) {
    tags.insert(absl::StrCat("no employer:", id, ":", event.employer_withheld().reason()));
  }
}

// In the place of each part that is kept back of an event that is shown stands why.
void ExpectHidden(const Asker& asker, const Person& person, Tags& tags) {
  for (const Datum& datum : person.data) {
    if (datum.where != "FollowUps" || datum.needs.empty()) continue;
    const Datum& event = person.data[datum.needs[0]];
    const bool hidden = !IsShown(asker.world(), asker.caller(), person, datum) &&
                        IsShown(asker.world(), asker.caller(), person, event);
    const std::string id = event.tag.substr(6, 36);
    if (hidden && absl::StartsWith(datum.tag, "note:")) {
      const auto why = asker.caller().participant ? v1::WITHHELD_REASON_EXEMPTED_BY_LAW
                                                  : v1::WITHHELD_REASON_OWN_UNIT_ONLY;
      tags.insert(absl::StrCat("no note:", id, ":", why));
    }
    if (hidden && absl::StartsWith(datum.tag, "employer:")) {
      tags.insert(absl::StrCat("no employer:", id, ":", v1::WITHHELD_REASON_NO_GROUND));
    }
  }
}

// Which of two steps comes first, where both are shown.
void ExpectLinks(const Asker& asker, const Person& person, Tags& tags) {
  std::set<std::string> steps;
  for (const std::string& tag : tags) {
    if (absl::StartsWith(tag, "step:")) steps.insert(tag.substr(5, 36));
  }
  for (const std::string& link : asker.ShownAt(person, "PlanLinks")) {
    if (steps.contains(link.substr(6, 36)) && steps.contains(link.substr(43))) tags.insert(link);
  }
}

// Every change that the caller sees, named by what was seen before it. Of what has gone to another
// person it only counts that there was something.
Tags ExpectedChanges(const Asker& asker, const Person& person) {
  Tags tags;
  std::set<std::string> opened;  // whose part
  for (const Datum& datum : person.data) {
    if (datum.where != "PlanVersions") continue;
    if (!MaySee(asker.world(), asker.caller(), person, datum)) continue;
    const bool of_part = datum.tag == "part" || datum.tag == "left";
    std::string act = datum.tag;
    if (of_part) act = opened.insert(datum.controller).second ? "PLAN_OPENED:" : "GOALS_UPDATED:";
    if (datum.tag == "left" || !opened.contains(datum.controller)) continue;
    tags.insert(absl::StrCat("change:", datum.unit, ":", act));
  }
  return tags;
}

// The steps that events are about, where the person has them and they are shown.
Tags ExpectedSteps(const Asker& asker, const Person& person) {
  std::set<std::string> steps;
  for (const Datum& datum : person.data) {
    const bool step = datum.where == "Plan" && absl::StartsWith(datum.tag, "step:");
    if (step && MaySee(asker.world(), asker.caller(), person, datum)) {
      steps.insert(datum.tag.substr(5, 36));
    }
  }
  Tags tags;
  for (const std::string& link : asker.ShownAt(person, "FollowUpLinks")) {
    if (steps.contains(link.substr(43))) tags.insert(link);
  }
  return tags;
}

}  // namespace

Expected OfCase(const Asker& asker, const Person& person, Look look) {
  const Caller& caller = asker.caller();
  if (!caller.participant && !caller.WorksOnCases()) return Expected::kRole;
  const Relation relation = RelationOf(asker.world(), caller, person, look);
  return relation == Relation::kNone ? Expected::kNotFound : Expected::kAnswer;
}

Expected OfCaseOrPersonvern(const Asker& asker, const Person& person, bool staff) {
  const Caller& caller = asker.caller();
  if (caller.participant || (staff && caller.WorksOnCases())) return OfCase(asker, person);
  if (!caller.Has(v1::ROLE_PERSONVERN)) return Expected::kRole;
  const bool there = person.ids.contains(caller.side.id) && !ProtectionHides(caller, person) &&
                     !caller.family.contains(person.number);
  return there ? Expected::kAnswer : Expected::kNotFound;
}

void AskWho(Asker& asker, const Person& person) {
  const auto answer =
      asker.Ask(person.key, OfCase(asker, person, Look::kWho), &v1::ParticipantService::Stub::Get,
                About<v1::GetParticipantRequest>(asker, person));
  if (!answer.has_value()) return asker.Compare({}, {});
  Tags got;
  for (const v1::SideFacts& side : answer->sides()) {
    const std::string of = side.provenance().controller() + ":";
    if (!side.facts().given_name().empty()) got.insert("name:" + of + side.facts().given_name());
    if (side.facts().preferred_language().empty()) continue;
    got.insert("language:" + of + side.facts().preferred_language());
  }
  for (const v1::Tie& tie : answer->ties()) got.insert("tie:" + tie.unit());
  for (const v1::TeamMember& member : answer->team()) {
    got.insert(absl::StrCat("team:", member.unit(), ":", member.name()));
  }
  CollectMarkers(answer->withheld(), got);

  Tags expected = asker.ShownAt(person, "Get", Look::kWho);
  for (const auto& [unit, tie] : person.ties) {
    if (!tie.active) continue;
    const std::string side = asker.world().units.at(unit);
    const Datum there{"", "", v1::CATEGORY_EXISTENCE, side, unit, false, {}, ""};
    if (!MaySee(asker.world(), asker.caller(), person, there, Look::kWho)) continue;
    expected.insert("tie:" + unit);
    for (const std::string& name : tie.team)
      expected.insert(absl::StrCat("team:", unit, ":", name));
    if (unit != asker.caller().unit || tie.confirmed) continue;
    expected.insert(absl::StrCat("name:", side, ":", tie.name));
    expected.insert(absl::StrCat("language:", side, ":", tie.language));
  }
  ExpectMarkers(asker, person,
                {v1::CATEGORY_EXISTENCE, v1::CATEGORY_IDENTITY, v1::CATEGORY_CONTACT}, expected,
                Look::kWho);
  asker.Compare(expected, got);
}

void AskKartlegging(Asker& asker, const Person& person) {
  const auto answer =
      asker.Ask(person.key, OfCase(asker, person), &v1::KartleggingService::Stub::Get,
                About<v1::GetKartleggingRequest>(asker, person));
  if (!answer.has_value()) return asker.Compare({}, {});
  Tags got;
  for (const v1::KindPicture& kind : answer->kinds()) {
    for (const v1::Section& section : kind.sections()) {
      CollectSection(section, "section:", got);
      for (const v1::Provenance& by : section.confirmations()) {
        got.insert(absl::StrCat("confirmed:", section.section_id(), ":", by.unit()));
      }
    }
  }
  CollectMarkers(answer->withheld(), got);
  Tags expected = asker.ShownAt(person, "Kartlegging", Look::kMapping);
  ExpectMarkers(
      asker, person,
      {v1::CATEGORY_COMPETENCE, v1::CATEGORY_LANGUAGE, v1::CATEGORY_GOALS,
       v1::CATEGORY_DIGITAL_SKILLS, v1::CATEGORY_BASIC_SKILLS, v1::CATEGORY_NEEDS_BARRIERS,
       v1::CATEGORY_BENEFIT_TYPE_PERIOD, v1::CATEGORY_HEALTH},
      expected, Look::kMapping);
  asker.Compare(expected, got);
}

void AskSectionVersions(Asker& asker, const Person& person) {
  std::set<std::string> ids = IdsIn(person, "Section:");
  ids.insert(kNobodysId);
  for (const std::string& id : ids) {
    const bool shown = OfCase(asker, person) == Expected::kAnswer &&
                       ShowsTag(asker, person, "Kartlegging", "section:" + id, Look::kMapping);
    auto request = About<v1::ListSectionVersionsRequest>(asker, person);
    request.set_section_id(id);
    Tags got;
    for (const auto& page : asker.Pages(person.key, OfRecord(asker, person, shown),
                                        &v1::KartleggingService::Stub::ListVersions, request, 1)) {
      for (const v1::Section& section : page.versions()) {
        CollectSection(section, "version:", got);
      }
    }
    asker.Compare(shown ? asker.ShownAt(person, "Section:" + id, Look::kMapping) : Tags(), got);
  }
}

void AskPlan(Asker& asker, const Person& person) {
  const bool shown = ShowsTag(asker, person, "Plan", "part:");
  const auto answer =
      asker.Ask(person.key, OfRecord(asker, person, shown), &v1::PlanService::Stub::Get,
                About<v1::GetPlanRequest>(asker, person));
  if (!answer.has_value()) return asker.Compare({}, {});
  Tags got;
  for (const v1::PlanPart& part : answer->plan().parts()) {
    got.insert(
        absl::StrCat("part:", part.provenance().controller(), ":", part.goals().long_term_goal()));
    for (const v1::Step& step : part.steps()) {
      got.insert(absl::StrCat("step:", step.step_id(), ":", step.version(), ":", step.title()));
      for (const std::string& first : step.prerequisite_step_ids()) {
        got.insert(absl::StrCat("needs:", step.step_id(), ":", first));
      }
    }
  }
  CollectMarkers(answer->withheld(), got);
  Tags expected = asker.ShownAt(person, "Plan");
  ExpectLinks(asker, person, expected);
  ExpectMarkers(asker, person, {v1::CATEGORY_PLAN}, expected);
  asker.Compare(expected, got);
}

void AskPlanVersions(Asker& asker, const Person& person) {
  const auto pages =
      asker.Pages(person.key, OfCase(asker, person), &v1::PlanService::Stub::ListVersions,
                  About<v1::ListPlanVersionsRequest>(asker, person), kSmallPage);
  if (pages.empty()) return asker.Compare({}, {});
  Tags got;
  std::set<std::string> versions;
  for (const auto& page : pages) {
    for (const v1::PlanVersion& version : page.versions()) {
      versions.insert(version.version());
      got.insert(absl::StrCat("change:", version.provenance().unit(), ":", version.act(), ":",
                              version.step_id()));
    }
  }
  CollectMarkers(pages[0].withheld(), got);
  Tags expected = ExpectedChanges(asker, person);
  ExpectMarkers(asker, person, {v1::CATEGORY_PLAN}, expected);
  asker.Compare(expected, got);
  // As it was at some of them: nothing in it that may not be seen.
  const Tags older = asker.ShownAt(person, "PlanTexts");
  int asked = 0;
  for (const std::string& version : versions) {
    if (++asked > kSmallPage) break;
    auto request = About<v1::GetPlanRequest>(asker, person);
    request.set_version(version);
    asker.Ask(person.key, Expected::kAnswer, &v1::PlanService::Stub::Get, request);
    asker.Compare({}, {}, older);
  }
}

void AskFollowUps(Asker& asker, const Person& person) {
  const auto pages =
      asker.Pages(person.key, OfCase(asker, person), &v1::FollowUpService::Stub::List,
                  About<v1::ListFollowUpsRequest>(asker, person), kSmallPage);
  if (pages.empty()) return asker.Compare({}, {});
  Tags got;
  for (const auto& page : pages) {
    for (const v1::FollowUp& event : page.follow_ups()) CollectEvent(event, got);
  }
  CollectMarkers(pages[0].withheld(), got);
  Tags expected = asker.ShownAt(person, "FollowUps");
  expected.merge(ExpectedSteps(asker, person));
  ExpectHidden(asker, person, expected);
  ExpectMarkers(asker, person,
                {v1::CATEGORY_ATTENDANCE, v1::CATEGORY_FOLLOWUP_SUMMARY, v1::CATEGORY_FOLLOWUP_NOTE,
                 v1::CATEGORY_EMPLOYER},
                expected);
  // How full the pages are tells nothing of what is hidden.
  got.insert(absl::StrCat("pages:", pages.size()));
  std::size_t events = 0;
  for (const std::string& tag : expected) events += absl::StartsWith(tag, "event:") ? 1 : 0;
  expected.insert(
      absl::StrCat("pages:", std::max<std::size_t>(1, (events + kSmallPage - 1) / kSmallPage)));
  asker.Compare(expected, got);
}

void AskFollowUpVersions(Asker& asker, const Person& person) {
  std::set<std::string> ids = IdsIn(person, "EventShared:");
  ids.insert(kNobodysId);
  for (const std::string& id : ids) {
    const bool shown = OfCase(asker, person) == Expected::kAnswer &&
                       ShowsTag(asker, person, "FollowUps", "event:" + id);
    auto request = About<v1::ListFollowUpVersionsRequest>(asker, person);
    request.set_follow_up_id(id);
    Tags got;
    Tags employers;
    for (const auto& page : asker.Pages(person.key, OfRecord(asker, person, shown),
                                        &v1::FollowUpService::Stub::ListVersions, request, 1)) {
      for (const v1::FollowUp& version : page.versions()) {
        got.insert(absl::StrCat("version:", version.version(), ":", version.agreement()));
        if (!version.note().empty()) got.insert("note:" + version.note());
        const std::string reason = "reason:" + version.note_exemption().reason();
        if (reason.size() > 7 && !got.contains(reason)) got.insert(reason);
      }
    }
    Tags expected;
    if (shown) {
      expected = asker.ShownAt(person, "Event:" + id);
      if (expected.empty()) expected = asker.ShownAt(person, "EventShared:" + id);
      expected.merge(asker.ShownAt(person, "EventNotes:" + id));
    }
    for (const std::string& tag : asker.ShownAt(person, "FollowUps")) {
      if (absl::StartsWith(tag, "employer:" + id)) employers.insert(tag);
    }
    asker.Compare(expected, got, employers);
  }
}

void AskExemptions(Asker& asker, const Person& person) {
  const Expected wanted = OfCaseOrPersonvern(asker, person, false);
  Tags got;
  for (const auto& page :
       asker.Pages(person.key, wanted, &v1::FollowUpService::Stub::ListExemptions,
                   About<v1::ListNoteExemptionsRequest>(asker, person), 1)) {
    for (const v1::ExemptedNote& note : page.notes()) {
      got.insert("exempted:" + note.follow_up_id());
      if (note.exemption().reason().empty()) continue;
      got.insert(absl::StrCat("reason:", note.follow_up_id(), ":", note.exemption().reason()));
    }
  }
  asker.Compare(wanted == Expected::kAnswer ? asker.ShownAt(person, "Exemptions") : Tags(), got);
}

// What stands in the log is counted elsewhere; here, who may read it, and that no text is in it.
void AskAccessLog(Asker& asker, const Person& person) {
  asker.Pages(person.key, OfCaseOrPersonvern(asker, person, false),
              &v1::AccessLogService::Stub::ListAccess, About<v1::ListAccessRequest>(asker, person),
              50);
  asker.Compare({}, {});
}

}  // namespace navo::proof
