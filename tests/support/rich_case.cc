#include "tests/support/rich_case.h"

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
  Must(caller, &v1::ParticipantService::Stub::UpdateContact, update);
  v1::AddToTeamRequest team;
  team.set_participant_id(id);
  Must(caller, &v1::ParticipantService::Stub::AddToTeam, team);
}

std::string WriteSections(const client::Client& caller, const std::string& id,
                          const std::string& mark, bool with_goals_section) {
  using Stub = v1::KartleggingService::Stub;
  const auto record = [&](const v1::SectionContent& content) {
    v1::RecordSectionRequest request = NewSection(id, content);
    request.set_duplicate_reason(v1::DUPLICATE_REASON_MORE_DETAIL);  // wherever it is fresh
    return Must(caller, &Stub::RecordSection, request).section().section_id();
  };
  v1::SectionContent languages;
  v1::LanguageSkill* skill = languages.mutable_languages()->add_skills();
  skill->set_language("so");
  skill->set_mother_tongue(true);
  record(languages);
  if (with_goals_section) record(GoalsContent("Mål " + mark));
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

void WriteFollowUps(const client::Client& caller, const std::string& id, const std::string& mark,
                    const std::string& step_id) {
  for (const int64_t day : {20, 10}) {
    v1::RecordFollowUpRequest request;
    request.set_participant_id(id);
    v1::FollowUp* event = request.mutable_follow_up();
    event->set_type(v1::FOLLOW_UP_TYPE_SAMTALE);
    event->mutable_occurred_at()->set_seconds(1'793'606'400 - day * 86'400);
    event->set_agreement("Avtale " + mark);
    event->set_note("Notat " + mark);
    event->set_step_id(step_id);
    Must(caller, &v1::FollowUpService::Stub::Record, request);
  }
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

}  // namespace

RichCase MakeRichCase(const client::Client& caller, const std::string& participant_id,
                      const std::string& mark, bool with_goals_section) {
  RichCase made;
  WriteContact(caller, participant_id, mark);
  made.section_id = WriteSections(caller, participant_id, mark, with_goals_section);
  made.step_id = WritePlan(caller, participant_id, mark);
  WriteFollowUps(caller, participant_id, mark, made.step_id);
  WriteLanguage(caller, participant_id);
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

v1::Release FullRelease(const std::string& from_controller, const std::string& to_controller) {
  v1::Release release;
  release.set_from_controller(from_controller);
  release.set_to_controller(to_controller);
  for (const v1::Category category :
       {v1::CATEGORY_EXISTENCE, v1::CATEGORY_IDENTITY, v1::CATEGORY_CONTACT, v1::CATEGORY_GOALS,
        v1::CATEGORY_COMPETENCE, v1::CATEGORY_LANGUAGE, v1::CATEGORY_PLAN,
        v1::CATEGORY_FOLLOWUP_SUMMARY}) {
    release.add_categories(category);
  }
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
