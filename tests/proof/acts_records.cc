#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "tests/proof/acts.h"
#include "tests/support/rich_case.h"

namespace navo::proof {
namespace {

using Participants = v1::ParticipantService::Stub;
using Kartlegging = v1::KartleggingService::Stub;
using FollowUps = v1::FollowUpService::Stub;
using Language = v1::LanguageService::Stub;

v1::Category CategoryOf(v1::SectionKind kind) {
  switch (kind) {
    case v1::SECTION_KIND_LANGUAGES:
      return v1::CATEGORY_LANGUAGE;
    case v1::SECTION_KIND_GOALS_INTERESTS:
      return v1::CATEGORY_GOALS;
    case v1::SECTION_KIND_DIGITALE_FERDIGHETER:
      return v1::CATEGORY_DIGITAL_SKILLS;
    case v1::SECTION_KIND_GRUNNLEGGENDE_FERDIGHETER:
      return v1::CATEGORY_BASIC_SKILLS;
    case v1::SECTION_KIND_NEEDS_BARRIERS:
      return v1::CATEGORY_NEEDS_BARRIERS;
    case v1::SECTION_KIND_BENEFIT_TYPE_PERIOD:
      return v1::CATEGORY_BENEFIT_TYPE_PERIOD;
    case v1::SECTION_KIND_HEALTH_WORK_ABILITY:
      return v1::CATEGORY_HEALTH;
    default:
      return v1::CATEGORY_COMPETENCE;  // education, work, informal
  }
}

v1::Category CategoryOf(v1::FollowUpType type) {
  return type == v1::FOLLOW_UP_TYPE_FRAVAERSOPPFOELGING ? v1::CATEGORY_ATTENDANCE
                                                        : v1::CATEGORY_FOLLOWUP_SUMMARY;
}

}  // namespace

void Acts::DoWrite(const Scene& scene, std::size_t which) {
  using Write = void (Acts::*)(const Scene&);
  constexpr Write kWrites[] = {&Acts::RecordSection,  &Acts::RecordSection, &Acts::RecordSection,
                               &Acts::ConfirmSection, &Acts::WritePlan,     &Acts::AddStep,
                               &Acts::UpdateStep,     &Acts::RecordEvent,   &Acts::RecordEvent,
                               &Acts::AmendEvent,     &Acts::Assess,        &Acts::Test,
                               &Acts::SetNorskmaal,   &Acts::RecordHours};
  if (Once(random_, 16)) return UpdateContact(scene);
  if (Once(random_, 5) && !scene.records.parts.contains(scene.caller.side.id)) {
    return WritePlan(scene);
  }
  (this->*kWrites[which % std::size(kWrites)])(scene);
}

void Acts::UpdateContact(const Scene& scene) {
  const auto found = scene.records.contacts.find(scene.caller.side.id);
  if (found == scene.records.contacts.end() || !Allowed(scene, true)) return;
  v1::GetParticipantRequest get;
  get.set_participant_id(scene.id);
  const auto shown = play_.As(scene.caller.key).Call(&Participants::Get, get);
  if (!shown.ok()) return;
  v1::UpdateContactRequest request;
  request.set_participant_id(scene.id);
  for (const v1::SideFacts& side : shown->sides()) {
    if (!side.etag().empty()) request.set_etag(side.etag());
  }
  Kept& contact = found->second;
  contact.mark = Mark();
  request.mutable_facts()->set_given_name(contact.mark);
  request.mutable_facts()->set_preferred_language("ti");
  const auto done = Do("updates the name of " + scene.person.key, scene.caller, true,
                       &Participants::UpdateContact, request);
  if (!done.has_value()) return;
  for (const std::size_t index : {contact.datum, contact.note}) {
    scene.person.data[index].unit = scene.caller.unit;
  }
  const std::string& side = scene.caller.side.id;
  scene.person.data[contact.datum].tag = absl::StrCat("name:", side, ":", contact.mark);
  scene.person.data[contact.note].tag = absl::StrCat("language:", side, ":ti");
  contact.unit = scene.caller.unit;
  scene.records.past_contacts[side].push_back({contact.unit, 0, contact.mark, "ti"});
}

void Acts::RecordSection(const Scene& scene) {
  const auto kind = static_cast<v1::SectionKind>(1 + Below(random_, v1::SectionKind_MAX));
  const v1::Category category = CategoryOf(kind);
  const std::string mark = Mark();
  const v1::SectionContent content = support::ContentOf(kind, mark);
  v1::RecordSectionRequest request = support::NewSection(scene.id, content);
  request.set_duplicate_reason(v1::DUPLICATE_REASON_MORE_DETAIL);
  Kept* before = nullptr;
  for (Kept& section : scene.records.sections) {
    const bool of_unit = StaysInUnit(category) || section.locked;
    const bool ours = section.controller == scene.caller.side.id &&
                      (!of_unit || section.unit == scene.caller.unit);
    // One under a lock is the unit's own, before that of the whole side.
    if (section.kind == kind && ours && (before == nullptr || section.locked)) before = &section;
  }
  if (before != nullptr) {
    if (before->etag.empty()) ReadEtags(scene);
    request.set_etag(before->etag);
  }
  const auto done = Do("records " + v1::SectionKind_Name(kind) + " of " + scene.person.key,
                       scene.caller, Allowed(scene, true), &Kartlegging::RecordSection, request);
  if (!done.has_value()) return;
  Kept section;
  if (before != nullptr) {
    section = *before;
    ++section.version;
    for (const std::size_t index : section.confirmations) scene.person.data[index].where.clear();
    section.confirmations.clear();
    section.confirmed_by.clear();
  }
  section.id = done->section().section_id();
  section.etag = done->section().etag();
  section.controller = scene.caller.side.id;
  section.unit = scene.caller.unit;
  section.kind = kind;
  section.category = category;
  const bool has_mark = !MarksIn(content.SerializeAsString()).empty();
  const std::string text = has_mark ? mark : "";
  section.past.push_back({section.unit, section.version, text, ""});
  ShowSection(scene.person, section);
  Tell(scene, section.id, category);
  if (before != nullptr) {
    *before = section;
  } else {
    scene.records.sections.push_back(section);
  }
}

// Every version as whoever wrote it wrote it, and the newest as what stands.
void Acts::ShowSection(Person& person, Kept& section) {
  const std::string where = "Section:" + section.id;
  for (Datum& datum : person.data) {
    const bool of_it = datum.where == "Kartlegging" && datum.record == section.id &&
                       absl::StartsWith(datum.tag, "section:");
    if (of_it || datum.where == where) datum.where.clear();
  }
  const auto plant = [&](const Past& version, const std::string& in, const char* what) {
    const std::size_t place = PlantOf(
        person, version.unit, in,
        absl::StrCat(what, section.id, ":", version.version, ":", version.text), section.category);
    person.data[place].record = section.id;
    return place;
  };
  for (const Past& version : section.past) plant(version, where, "version:");
  section.datum = plant(section.past.back(), "Kartlegging", "section:");
}

void Acts::ConfirmSection(const Scene& scene) {
  for (Kept& section : scene.records.sections) {
    if (section.controller == scene.caller.side.id) continue;
    if (section.confirmed_by.contains(scene.caller.side.id) || Once(random_, 2)) continue;
    v1::ConfirmSectionRequest request;
    request.set_participant_id(scene.id);
    request.set_section_id(section.id);
    const bool seen = MaySee(play_.world_, scene.caller, scene.person,
                             scene.person.data[section.datum], Look::kMapping);
    const auto done = Do("confirms a section of " + scene.person.key, scene.caller,
                         Allowed(scene, true) && seen, &Kartlegging::ConfirmSection, request);
    if (!done.has_value()) return;
    section.confirmed_by.insert(scene.caller.side.id);
    section.confirmations.push_back(
        Plant(scene, "Kartlegging", absl::StrCat("confirmed:", section.id, ":", scene.caller.unit),
              section.category, {section.datum}));
    return;
  }
}

// What an event looked like, for those who see every change and for the others, to whom a change of
// the note alone is none.
void Acts::PlantVersion(const Scene& scene, const Kept& event, const std::string& agreement,
                        const std::string& note, bool shared) {
  const std::size_t from =
      Plant(scene, "Event:" + event.id, absl::StrCat("version:", event.version, ":", agreement),
            v1::CATEGORY_FOLLOWUP_NOTE);
  Plant(scene, "EventNotes:" + event.id, "note:" + note, v1::CATEGORY_FOLLOWUP_NOTE, {},
        event.exempted);
  if (shared) {
    Plant(scene, "EventShared:" + event.id,
          absl::StrCat("version:", event.shared_version, ":", agreement), event.category);
  }
  Name(scene, from, event.id);
}

void Acts::KeepEvent(const Scene& scene, const v1::RecordFollowUpRequest& request,
                     const v1::RecordFollowUpResponse& answer, const std::string& step_id) {
  const v1::FollowUp& sent = request.follow_up();
  Kept event;
  event.id = answer.follow_up_id();
  event.etag = answer.etag();
  event.unit = scene.caller.unit;
  event.controller = scene.caller.side.id;
  event.category = CategoryOf(sent.type());
  event.exempted = sent.has_note_exemption();
  event.mark = sent.agreement();
  event.kind = sent.type();
  event.datum = Plant(scene, "FollowUps", absl::StrCat("event:", event.id, ":", sent.agreement()),
                      event.category);
  event.note = Plant(scene, "FollowUps", absl::StrCat("note:", event.id, ":", sent.note()),
                     v1::CATEGORY_FOLLOWUP_NOTE, {event.datum}, event.exempted);
  if (!sent.employer().empty()) {
    Plant(scene, "FollowUps", absl::StrCat("employer:", event.id, ":", sent.employer()),
          v1::CATEGORY_EMPLOYER, {event.datum});
  }
  if (!step_id.empty()) {
    Plant(scene, "FollowUpLinks", absl::StrCat("about:", event.id, ":", step_id), event.category,
          {event.datum});
  }
  if (event.exempted) {
    const bool told =
        sent.note_exemption().paragraph() == v1::EXEMPTION_PARAGRAPH_PERSONOPPLYSNINGSLOVEN_16_F;
    for (const char* where : {"FollowUps", "Exemptions"}) {
      std::vector<std::size_t> needs;
      if (std::string(where) == "FollowUps") needs.push_back(event.datum);
      Plant(scene, where, "exempted:" + event.id, v1::CATEGORY_NOTE_EXEMPTION, needs);
      Plant(scene, where, absl::StrCat("reason:", event.id, ":", sent.note_exemption().reason()),
            v1::CATEGORY_NOTE_EXEMPTION, needs, !told);
    }
    Plant(scene, "EventNotes:" + event.id, "reason:" + sent.note_exemption().reason(),
          v1::CATEGORY_NOTE_EXEMPTION, {}, !told);
  }
  PlantVersion(scene, event, sent.agreement(), sent.note(), true);
  Name(scene, event.datum, event.id);
  Tell(scene, event.id, event.category);
  scene.records.events.push_back(event);
}

void Acts::RecordEvent(const Scene& scene) {
  constexpr v1::FollowUpType kTypes[] = {v1::FOLLOW_UP_TYPE_SAMTALE, v1::FOLLOW_UP_TYPE_TELEFON,
                                         v1::FOLLOW_UP_TYPE_FRAVAERSOPPFOELGING,
                                         v1::FOLLOW_UP_TYPE_ARBEIDSGIVERKONTAKT};
  v1::RecordFollowUpRequest request;
  request.set_participant_id(scene.id);
  v1::FollowUp& event = *request.mutable_follow_up();
  event.set_type(kTypes[Below(random_, std::size(kTypes))]);
  const int64_t ago = static_cast<int64_t>(Below(random_, 5)) * 86'400;
  event.mutable_occurred_at()->set_seconds(absl::ToUnixSeconds(play_.server().clock().Now()) - ago);
  event.set_agreement(Mark());
  event.set_note(Mark());
  if (event.type() == v1::FOLLOW_UP_TYPE_ARBEIDSGIVERKONTAKT) event.set_employer(Mark());
  if (Once(random_, 4)) {
    v1::NoteExemption& exemption = *event.mutable_note_exemption();
    exemption.set_paragraph(Once(random_, 2) ? v1::EXEMPTION_PARAGRAPH_PERSONOPPLYSNINGSLOVEN_16_C
                                             : v1::EXEMPTION_PARAGRAPH_PERSONOPPLYSNINGSLOVEN_16_F);
    exemption.set_reason(Mark());
    *exemption.mutable_review_date() = support::DateOf(2027, 6, 1);
  }
  for (const Kept& step : scene.records.steps) {
    const bool seen =
        MaySee(play_.world_, scene.caller, scene.person, scene.person.data[step.datum]);
    if (seen && Once(random_, 2)) event.set_step_id(step.id);
  }
  const auto done = Do("records a follow-up of " + scene.person.key, scene.caller,
                       Allowed(scene, false), &FollowUps::Record, request);
  if (!done.has_value()) return;
  KeepEvent(scene, request, *done, event.step_id());
  Tie& tie = scene.person.ties[scene.caller.unit];
  tie.last_follow_up_day = std::max(tie.last_follow_up_day, play_.world_.today - ago / 86'400);
}

void Acts::AmendEvent(const Scene& scene) {
  for (Kept& event : scene.records.events) {
    if (event.unit != scene.caller.unit || Once(random_, 2)) continue;
    const bool shared = Once(random_, 2);
    const std::string mark = Mark();
    v1::AmendFollowUpRequest request;
    request.set_participant_id(scene.id);
    request.set_follow_up_id(event.id);
    if (event.etag.empty()) ReadEtags(scene);
    request.set_etag(event.etag);
    request.set_reason(v1::AMEND_REASON_INCOMPLETE);
    if (shared) {
      request.mutable_follow_up()->set_agreement(mark);
    } else {
      request.mutable_follow_up()->set_note(mark);
    }
    request.mutable_update_mask()->add_paths(shared ? "agreement" : "note");
    const auto done = Do("amends a follow-up of " + scene.person.key, scene.caller,
                         Allowed(scene, false), &FollowUps::Amend, request);
    if (!done.has_value()) return;
    event.etag = done->etag();
    ++event.version;
    std::string& tag = scene.person.data[shared ? event.datum : event.note].tag;
    tag = absl::StrCat(shared ? "event:" : "note:", event.id, ":", mark);
    if (shared) {
      event.mark = mark;
      ++event.shared_version;
    }
    const std::string note = scene.person.data[event.note].tag.substr(5 + event.id.size() + 1);
    PlantVersion(scene, event, event.mark, note, shared);
    Tell(scene, event.id, shared ? event.category : v1::CATEGORY_FOLLOWUP_NOTE);
    return;
  }
}

void Acts::Assess(const Scene& scene) {
  v1::RecordAssessmentRequest request;
  request.set_participant_id(scene.id);
  const absl::CivilDay day = absl::CivilDay(2000, 1, 1) + ++play_.marks_;  // no other has this day
  *request.mutable_assessment()->mutable_date() =
      support::DateOf(static_cast<int>(day.year()), day.month(), day.day());
  v1::SkillLevel* level = request.mutable_assessment()->add_levels();
  level->set_skill(v1::SKILL_MUNTLIG);
  level->set_level(v1::CEFR_LEVEL_A2);
  const auto done = Do("judges the language of " + scene.person.key, scene.caller,
                       Allowed(scene, false), &Language::RecordAssessment, request);
  if (!done.has_value()) return;
  Plant(scene, "Language", absl::StrFormat("assessed:%d-%d-%d", day.year(), day.month(), day.day()),
        v1::CATEGORY_LANGUAGE);
  Tell(scene, done->assessment_id(), v1::CATEGORY_LANGUAGE);
  Kept& kept = scene.records.language.emplace_back();
  kept.id = done->assessment_id();
  kept.unit = scene.caller.unit;
}

void Acts::Test(const Scene& scene) {
  v1::RecordTestResultRequest request;
  request.set_participant_id(scene.id);
  *request.mutable_test_result()->mutable_date() = support::DateOf(2026, 10, 2);
  request.mutable_test_result()->set_delproeve(v1::SKILL_LESE);
  request.mutable_test_result()->set_outcome(v1::TEST_OUTCOME_LEVEL);
  request.mutable_test_result()->set_level(v1::CEFR_LEVEL_B1);
  const auto done = Do("records a test of " + scene.person.key, scene.caller, Allowed(scene, false),
                       &Language::RecordTestResult, request);
  if (!done.has_value()) return;
  Plant(scene, "Language", "tested:" + done->test_result_id(), v1::CATEGORY_LANGUAGE);
  Tell(scene, done->test_result_id(), v1::CATEGORY_LANGUAGE);
  Kept& kept = scene.records.language.emplace_back();
  kept.id = done->test_result_id();
  kept.unit = scene.caller.unit;
}

void Acts::SetNorskmaal(const Scene& scene) {
  const std::string side = scene.caller.side.id;
  const auto found = scene.records.norskmaal.find(side);
  if (found != scene.records.norskmaal.end() && found->second.unit != scene.caller.unit) return;
  const std::string mark = Mark();
  v1::SetNorskmaalRequest request;
  request.set_participant_id(scene.id);
  if (found != scene.records.norskmaal.end()) {
    if (found->second.etag.empty()) ReadEtags(scene);
    request.set_etag(found->second.etag);
  }
  v1::SkillGoal* reading = request.mutable_norskmaal()->add_goals();
  reading->set_skill(v1::SKILL_LESE);
  reading->set_level(v1::NORSKMAAL_LEVEL_B1);
  request.mutable_norskmaal()->set_scheme(v1::TRAINING_SCHEME_INTEGRERINGSLOVEN_3_AAR);
  request.mutable_norskmaal()->set_granted_norsk_hours(550);
  request.mutable_norskmaal()->set_decision_reference(mark);
  const auto done = Do("sets norskmaal of " + scene.person.key, scene.caller, Allowed(scene, true),
                       &Language::SetNorskmaal, request);
  if (!done.has_value()) return;
  Kept& goal = scene.records.norskmaal[side];
  const std::string tag = absl::StrCat("norskmaal:", side, ":", mark);
  goal.etag = done->norskmaal().etag();
  if (goal.unit.empty()) {
    goal.datum = Plant(scene, "Language", tag, v1::CATEGORY_LANGUAGE);
  }
  goal.unit = scene.caller.unit;
  scene.person.data[goal.datum].tag = tag;
  scene.records.past_norskmaal[side].push_back({goal.unit, 0, mark, ""});
}

void Acts::RecordHours(const Scene& scene) {
  const std::string course = Mark();
  v1::RecordHoursRequest request;
  request.set_participant_id(scene.id);
  v1::WeekHours& week = *request.add_hours();
  week.set_week("2026-W41");
  week.set_course_id(course);
  week.set_kind(v1::HOURS_KIND_NORSK);
  const double planned = 5 + 0.25 * static_cast<double>(Below(random_, 100));
  const double attended = 0.25 * static_cast<double>(1 + Below(random_, 20));
  const bool plans = !Once(random_, 4);
  const bool attends = !plans || Once(random_, 2);
  if (plans) week.set_planned_hours(planned);
  if (attends) week.set_attended_hours(attended);
  const auto done = Do("records hours of " + scene.person.key, scene.caller, Allowed(scene, false),
                       &Language::RecordHours, request);
  if (!done.has_value()) return;
  if (plans) {
    Plant(scene, "Language", absl::StrCat("planned:", course, ":", planned), v1::CATEGORY_LANGUAGE);
  }
  if (attends) {
    Plant(scene, "Language", absl::StrCat("attended:", course, ":", attended),
          v1::CATEGORY_ATTENDANCE);
  }
}

}  // namespace navo::proof
