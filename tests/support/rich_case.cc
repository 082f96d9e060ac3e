#include "tests/support/rich_case.h"

#include <google/protobuf/text_format.h>

#include <map>

#include "absl/strings/str_replace.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"

namespace navo::support {
namespace {

void WriteContact(const client::Client& caller, const std::string& id, const std::string& mark) {
  v1::GetParticipantRequest get;
  get.set_participant_id(id);
  const v1::GetParticipantResponse shown = Must(caller, &v1::ParticipantService::Stub::Get, get);
  v1::UpdateContactRequest update;
  update.set_participant_id(id);
  if (shown.sides_size() > 0) update.set_etag(shown.sides(0).etag());
  update.mutable_facts()->set_given_name("Amina " + mark);
  update.mutable_facts()->set_family_name("Warsame");
  update.mutable_facts()->set_preferred_language("so");
  update.mutable_facts()->set_interpreter_needed(true);
  update.mutable_facts()->set_channel(v1::CONTACT_CHANNEL_SMS);
  *update.mutable_facts()->mutable_adult_from() = DateOf(2027, 5, 1);
  Must(caller, &v1::ParticipantService::Stub::UpdateContact, update);
  v1::AddToTeamRequest team;
  team.set_participant_id(id);
  Must(caller, &v1::ParticipantService::Stub::AddToTeam, team);
}

bool IsLeftOut(int kind) {
  return kind == v1::SECTION_KIND_GOALS_INTERESTS || kind == v1::SECTION_KIND_NEEDS_BARRIERS ||
         kind == v1::SECTION_KIND_BENEFIT_TYPE_PERIOD ||
         kind == v1::SECTION_KIND_HEALTH_WORK_ABILITY;
}

std::string WriteSections(const client::Client& caller, const std::string& id,
                          const std::string& mark, bool with_every_kind) {
  using Stub = v1::KartleggingService::Stub;
  const auto record = [&](const v1::SectionContent& content) {
    v1::RecordSectionRequest request = NewSection(id, content);
    request.set_duplicate_reason(v1::DUPLICATE_REASON_MORE_DETAIL);  // wherever it is fresh
    return Must(caller, &Stub::RecordSection, request).section().section_id();
  };
  for (int kind = v1::SectionKind_MIN + 1; kind <= v1::SectionKind_MAX; ++kind) {
    if (kind == v1::SECTION_KIND_EDUCATION || (!with_every_kind && IsLeftOut(kind))) continue;
    record(ContentOf(static_cast<v1::SectionKind>(kind), mark));
  }
  return record(EducationContent("Skole " + mark));
}

std::string WritePlan(const client::Client& caller, const std::string& id,
                      const std::string& mark) {
  using Stub = v1::PlanService::Stub;
  v1::OpenPlanRequest open;
  open.set_participant_id(id);
  open.mutable_goals()->set_long_term_goal("Plan " + mark);
  Must(caller, &Stub::Open, open);
  const v1::AddStepResponse first = Must(caller, &Stub::AddStep, NewStep(id, "Norsk " + mark));
  v1::AddStepRequest second = NewStep(id, "Praksis " + mark);
  second.mutable_step()->add_prerequisite_step_ids(first.step().step_id());
  Must(caller, &Stub::AddStep, second);
  return first.step().step_id();
}

v1::RecordFollowUpRequest NewEvent(const std::string& id, v1::FollowUpType type,
                                   const std::string& mark, int64_t days_ago) {
  v1::RecordFollowUpRequest request;
  request.set_participant_id(id);
  v1::FollowUp* event = request.mutable_follow_up();
  event->set_type(type);
  event->mutable_occurred_at()->set_seconds(1'793'606'400 - days_ago * 86'400);
  event->set_agreement("Avtale " + mark);
  event->set_note("Notat " + mark);
  return request;
}

// Amends the shared part of an event, then the note. Returns the etag it then has.
std::string Amend(const client::Client& caller, const std::string& id, const std::string& mark,
                  const v1::RecordFollowUpResponse& recorded) {
  v1::AmendFollowUpRequest amend;
  amend.set_participant_id(id);
  amend.set_follow_up_id(recorded.follow_up_id());
  amend.set_reason(v1::AMEND_REASON_INCOMPLETE);
  amend.set_etag(recorded.etag());
  amend.mutable_follow_up()->set_agreement("Endret avtale " + mark);
  amend.mutable_update_mask()->add_paths("agreement");
  amend.set_etag(Must(caller, &v1::FollowUpService::Stub::Amend, amend).etag());
  amend.mutable_follow_up()->set_note("Endret notat " + mark);
  amend.mutable_update_mask()->set_paths(0, "note");
  return Must(caller, &v1::FollowUpService::Stub::Amend, amend).etag();
}

// One event of each kind that is withheld in its own way. Gives the meeting's id.
std::string WriteSpecialFollowUps(const client::Client& caller, const std::string& id,
                                  const std::string& mark) {
  using Stub = v1::FollowUpService::Stub;
  Must(caller, &Stub::Record, NewEvent(id, v1::FOLLOW_UP_TYPE_FRAVAERSOPPFOELGING, mark, 15));
  v1::RecordFollowUpRequest employer =
      NewEvent(id, v1::FOLLOW_UP_TYPE_ARBEIDSGIVERKONTAKT, mark, 14);
  employer.mutable_follow_up()->set_employer("Bedrift " + mark);
  Must(caller, &Stub::Record, employer);
  v1::RecordFollowUpRequest meeting = NewEvent(id, v1::FOLLOW_UP_TYPE_FELLESMOETE, mark, 13);
  for (const v1::ControllerKind kind : {v1::CONTROLLER_KIND_NAV_STAT, v1::CONTROLLER_KIND_VO}) {
    meeting.mutable_follow_up()->add_present_kinds(kind);
  }
  v1::NoteExemption* exemption = meeting.mutable_follow_up()->mutable_note_exemption();
  exemption->set_paragraph(v1::EXEMPTION_PARAGRAPH_PERSONOPPLYSNINGSLOVEN_16_C);
  exemption->set_reason("Unntak " + mark);
  *exemption->mutable_review_date() = DateOf(2027, 6, 1);
  return Must(caller, &Stub::Record, meeting).follow_up_id();
}

void WriteFollowUps(const client::Client& caller, const std::string& id, const std::string& mark,
                    RichCase& made) {
  for (const int64_t day : {20, 10}) {
    v1::RecordFollowUpRequest request = NewEvent(id, v1::FOLLOW_UP_TYPE_SAMTALE, mark, day);
    request.mutable_follow_up()->set_step_id(made.step_id);
    const v1::RecordFollowUpResponse recorded =
        Must(caller, &v1::FollowUpService::Stub::Record, request);
    made.follow_up_id = recorded.follow_up_id();
    made.follow_up_etag = Amend(caller, id, mark, recorded);
  }
  made.meeting_id = WriteSpecialFollowUps(caller, id, mark);
}

void WriteLanguage(const client::Client& caller, const std::string& id) {
  using Stub = v1::LanguageService::Stub;
  v1::RecordAssessmentRequest judged;
  judged.set_participant_id(id);
  *judged.mutable_assessment()->mutable_date() = DateOf(2026, 10, 1);
  v1::SkillLevel* level = judged.mutable_assessment()->add_levels();
  level->set_skill(v1::SKILL_MUNTLIG);
  level->set_level(v1::CEFR_LEVEL_A2);
  Must(caller, &Stub::RecordAssessment, judged);
  v1::RecordTestResultRequest tested;
  tested.set_participant_id(id);
  *tested.mutable_test_result()->mutable_date() = DateOf(2026, 10, 2);
  tested.mutable_test_result()->set_delproeve(v1::SKILL_LESE);
  tested.mutable_test_result()->set_outcome(v1::TEST_OUTCOME_LEVEL);
  tested.mutable_test_result()->set_level(v1::CEFR_LEVEL_B1);
  Must(caller, &Stub::RecordTestResult, tested);
}

void WriteTraining(const client::Client& caller, const std::string& id) {
  using Stub = v1::LanguageService::Stub;
  v1::SetNorskmaalRequest goal;
  goal.set_participant_id(id);
  v1::SkillGoal* reading = goal.mutable_norskmaal()->add_goals();
  reading->set_skill(v1::SKILL_LESE);
  reading->set_level(v1::NORSKMAAL_LEVEL_B1);
  goal.mutable_norskmaal()->set_scheme(v1::TRAINING_SCHEME_INTEGRERINGSLOVEN_3_AAR);
  goal.mutable_norskmaal()->set_granted_norsk_hours(550);
  Must(caller, &Stub::SetNorskmaal, goal);
  v1::RecordHoursRequest hours;
  hours.set_participant_id(id);
  for (const char* week : {"2026-W41", "2026-W42", "2026-W53"}) {
    *hours.add_hours() = NewWeek(week, 20);
  }
  hours.mutable_hours(1)->set_attended_hours(17.5);
  hours.mutable_hours(1)->set_documented_absence_hours(1.5);
  hours.mutable_hours(1)->set_undocumented_absence_hours(1);
  Must(caller, &Stub::RecordHours, hours);
}

}  // namespace

RichCase MakeRichCase(const client::Client& caller, const std::string& participant_id,
                      const std::string& mark, bool with_every_kind) {
  RichCase made;
  WriteContact(caller, participant_id, mark);
  made.section_id = WriteSections(caller, participant_id, mark, with_every_kind);
  made.step_id = WritePlan(caller, participant_id, mark);
  WriteFollowUps(caller, participant_id, mark, made);
  WriteLanguage(caller, participant_id);
  WriteTraining(caller, participant_id);
  v1::GetPlanRequest plan;
  plan.set_participant_id(participant_id);
  made.plan_version = Must(caller, &v1::PlanService::Stub::Get, plan).plan().version();
  return made;
}

v1::SectionContent EducationContent(const std::string& title) {
  v1::SectionContent content;
  v1::EducationItem* item = content.mutable_education()->add_items();
  item->set_nus2000("2");
  item->set_country("SO");
  item->set_title(title);
  item->set_end_year(2009);
  item->set_completed(v1::ANSWER_JA);
  content.mutable_education()->set_school_years(9);
  return content;
}

v1::SectionContent ContentOf(v1::SectionKind kind, const std::string& mark) {
  static const std::map<v1::SectionKind, std::string> kContents = {
      {v1::SECTION_KIND_LANGUAGES,
       R"(languages { skills { language: "so" mother_tongue: true } })"},
      {v1::SECTION_KIND_WORK_EXPERIENCE,
       R"(work_experience { items { occupation: "5321" title: "Pleier $MARK" country: "SO"
            from { year: 2010 month: 3 } to { year: 2015 month: 12 }
            sector: EMPLOYMENT_SECTOR_OFFENTLIG extent_percent: 80
            evidence: EVIDENCE_ATTEST } })"},
      {v1::SECTION_KIND_UFORMELL_KOMPETANSE,
       R"(uformell_kompetanse { items { what: "Syr klær $MARK" occupation: "7531"
            context: COMPETENCE_CONTEXT_HJEM years: 12 evidence: EVIDENCE_ARBEIDSPROEVE
            evidence_text: "Bilder $MARK" verifier: COMPETENCE_VERIFIER_FAGPERSON
            verified_on { year: 2026 month: 10 day: 5 } } })"},
      {v1::SECTION_KIND_DIGITALE_FERDIGHETER,
       R"(digitale_ferdigheter { levels { code: "1" level: 3 band: DIG_COMP_BAND_INTERMEDIATE }
            levels { code: "2.1" band: DIG_COMP_BAND_FOUNDATION }
            instrument: DIGITAL_INSTRUMENT_ANNET instrument_name: "Skjema $MARK"
            carried_out { year: 2026 month: 10 day: 6 }
            user_class: DIGITAL_USER_CLASS_SVAK_BRUKER })"},
      {v1::SECTION_KIND_GRUNNLEGGENDE_FERDIGHETER,
       R"(grunnleggende_ferdigheter { instrument_name: "Samtale $MARK"
            skills { skill: BASIC_SKILL_KIND_LESING level: BASIC_SKILL_LEVEL_NIVAA_2
                     language: "so" }
            skills { skill: BASIC_SKILL_KIND_REGNING level: BASIC_SKILL_LEVEL_NIVAA_1 } })"},
      {v1::SECTION_KIND_NEEDS_BARRIERS,
       R"(needs_barriers { needs { category: NEED_CATEGORY_BARNEPASS state: NEED_STATE_AAPEN
            blocks_participation: true } needs { category: NEED_CATEGORY_UAVKLART } })"},
      {v1::SECTION_KIND_BENEFIT_TYPE_PERIOD,
       R"(benefit_type_period { periods { type: BENEFIT_TYPE_AAP
            from_date { year: 2026 month: 1 day: 1 }
            to_date { year: 2026 month: 12 day: 31 } } })"},
      {v1::SECTION_KIND_HEALTH_WORK_ABILITY,
       R"(health_work_ability { work_ability: WORK_ABILITY_DELVIS_NEDSATT weekly_hours: 20
            adaptations: ADAPTATION_REDUSERT_TID review_date { year: 2027 month: 3 day: 1 } })"}};
  if (kind == v1::SECTION_KIND_EDUCATION) return EducationContent("Skole " + mark);
  if (kind == v1::SECTION_KIND_GOALS_INTERESTS) return GoalsContent("Mål " + mark);
  v1::SectionContent content;
  const bool parsed = google::protobuf::TextFormat::ParseFromString(
      absl::StrReplaceAll(kContents.at(kind), {{"$MARK", mark}}), &content);
  EXPECT_TRUE(parsed) << kind;
  return content;
}

v1::SectionContent GoalsContent(const std::string& goal) {
  v1::SectionContent content;
  content.mutable_goals_interests()->set_long_term_goal(goal);
  content.mutable_goals_interests()->add_interests("Helse");
  return content;
}

v1::RecordSectionRequest NewSection(const std::string& participant_id,
                                    const v1::SectionContent& content) {
  v1::RecordSectionRequest request;
  request.set_participant_id(participant_id);
  *request.mutable_content() = content;
  return request;
}

v1::AddStepRequest NewStep(const std::string& participant_id, const std::string& title) {
  v1::AddStepRequest request;
  request.set_participant_id(participant_id);
  request.mutable_step()->set_title(title);
  request.mutable_step()->set_type(v1::STEP_TYPE_NORSKOPPLAERING);
  request.mutable_step()->set_status(v1::STEP_STATUS_PLANLAGT);
  return request;
}

v1::WeekHours NewWeek(const std::string& week, double planned_hours) {
  v1::WeekHours hours;
  hours.set_week(week);
  hours.set_course_id("N1");
  hours.set_kind(v1::HOURS_KIND_NORSK);
  hours.set_planned_hours(planned_hours);
  return hours;
}

v1::Release LawRelease(const std::string& from_controller, const std::string& to_controller) {
  v1::Release release;
  release.set_from_controller(from_controller);
  release.set_to_controller(to_controller);
  for (const v1::Category category :
       {v1::CATEGORY_EXISTENCE, v1::CATEGORY_IDENTITY, v1::CATEGORY_CONTACT, v1::CATEGORY_GOALS,
        v1::CATEGORY_COMPETENCE, v1::CATEGORY_LANGUAGE, v1::CATEGORY_PLAN, v1::CATEGORY_ATTENDANCE,
        v1::CATEGORY_FOLLOWUP_SUMMARY, v1::CATEGORY_EMPLOYER, v1::CATEGORY_DIGITAL_SKILLS,
        v1::CATEGORY_BASIC_SKILLS}) {
    release.add_categories(category);
  }
  return release;
}

v1::Release FullRelease(const std::string& from_controller, const std::string& to_controller) {
  v1::Release release = LawRelease(from_controller, to_controller);
  if (to_controller == "oslo-vo") {
    release.add_categories(v1::CATEGORY_NEEDS_BARRIERS);
    release.add_categories(v1::CATEGORY_BENEFIT_TYPE_PERIOD);
  }
  return release;
}

v1::Release OneRelease(const std::string& from_controller, const std::string& to_controller,
                       v1::Category category) {
  v1::Release release;
  release.set_from_controller(from_controller);
  release.set_to_controller(to_controller);
  release.add_categories(category);
  return release;
}

v1::GiveConsentRequest NewConsent(const std::string& participant_id, const v1::Release& release) {
  v1::GiveConsentRequest request;
  request.set_participant_id(participant_id);
  request.set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
  *request.add_releases() = release;
  v1::ConsentProof* proof = request.mutable_proof();
  proof->set_text_id("samordnet-kvalifisering");
  proof->set_text_version(1);
  proof->set_text_language("so");
  proof->set_given_by(v1::CONSENT_GIVEN_BY_WITH_INTERPRETER);
  proof->set_refusal_explained(true);
  return request;
}

v1::RecordLegalBasisRequest NewLegalBasis(const std::string& participant_id,
                                          const v1::Release& release) {
  v1::RecordLegalBasisRequest request;
  request.set_participant_id(participant_id);
  request.set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
  *request.mutable_release() = release;
  request.set_law_reference("integreringsloven § 42");
  *request.mutable_law_version() = DateOf(2026, 1, 1);
  return request;
}

v1::WithdrawConsentRequest NewWithdrawal(const std::string& participant_id) {
  v1::WithdrawConsentRequest request;
  request.set_participant_id(participant_id);
  request.set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
  request.set_channel(v1::WITHDRAWAL_CHANNEL_PHONE);
  return request;
}

google::type::Date DateOf(int year, int month, int day) {
  google::type::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

}  // namespace navo::support
