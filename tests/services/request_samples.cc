#include "tests/services/request_samples.h"

#include <google/protobuf/text_format.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "navo/v1/admin.grpc.pb.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"

namespace navo::support {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kGoals[] = R"(
  long_term_goal: "Become an electrician" sluttmaal: "Fagbrev" segment: SEGMENT_FAGLAERT
  occupation: "7411" review_date { year: 2027 month: 1 day: 15 } participant_voice: "I can do it")";

constexpr char kStep[] = R"(
  title: "Norwegian B1" type: STEP_TYPE_NORSKOPPLAERING status: STEP_STATUS_PLANLAGT
  start_date { year: 2026 month: 11 day: 9 } end_date { year: 2027 month: 6 day: 18 }
  weekly_hours: 20 place: "Rosenhof" language_requirement: CEFR_LEVEL_A2
  language_goal: CEFR_LEVEL_B1)";

template <class Response>
std::string Shown(const absl::StatusOr<Response>& answer) {
  EXPECT_TRUE(answer.ok()) << answer.status();
  if (!answer.ok()) return answer.status().ToString();
  Response shown = *answer;
  if constexpr (requires { shown.clear_revision(); }) shown.clear_revision();
  return shown.SerializeAsString();
}

template <class Request>
Request For(const std::string& id) {
  Request request;
  request.set_participant_id(id);
  return request;
}

}  // namespace

std::string SampleCase::Filled(const std::string& text_form) const {
  return absl::StrReplaceAll(text_form, {{"$ID", id_},
                                         {"$STEP", step_id_},
                                         {"$EVENT", follow_up_id_},
                                         {"$PLAN_ETAG", OwnPlanEtag()},
                                         {"$GROUND", pending_ground_id_},
                                         {"$STAFF", staff_id_},
                                         {"$SYSTEM", system_id_},
                                         {"$MEMBERSHIP", membership_id_},
                                         {"$NUMBER", NumberOf("amina")},
                                         {"$OTHER_NUMBER", NumberOf("yusuf")},
                                         {"$OFFERED", offered_id_},
                                         {"$REFERRAL", referral_id_}});
}

SampleCase::SampleCase() : id_(Register(kari_, "amina")) {
  const client::Client tor = server_.As("tor");
  const std::string tor_id = Register(tor, "amina");
  ConsentBothWays(kari_, id_, tor, tor_id);
  // Tor registers what kari's side has to give: it waits for her confirmation.
  v1::GiveConsentRequest consent;
  if (!google::protobuf::TextFormat::ParseFromString(
          R"(purpose: PURPOSE_SAMORDNET_KVALIFISERING
             releases { from_controller: "nav-statlig" to_controller: "oslo-vo"
                        categories: CATEGORY_GOALS }
             proof { text_id: "samordnet-kvalifisering" text_version: 1 text_language: "nb"
                     given_by: CONSENT_GIVEN_BY_IN_PERSON refusal_explained: true })",
          &consent)) {
    std::abort();
  }
  consent.set_participant_id(tor_id);
  const auto given = tor.Call(&v1::ConsentService::Stub::GiveConsent, consent);
  EXPECT_TRUE(given.ok()) << given.status();
  if (given.ok()) pending_ground_id_ = given->grounds(0).ground_id();
  const auto opened = kari_.Call(&v1::PlanService::Stub::Open, For<v1::OpenPlanRequest>(id_));
  EXPECT_TRUE(opened.ok()) << opened.status();
  auto add = For<v1::AddStepRequest>(id_);
  if (!google::protobuf::TextFormat::ParseFromString(kStep, add.mutable_step())) std::abort();
  const auto added = kari_.Call(&v1::PlanService::Stub::AddStep, add);
  EXPECT_TRUE(added.ok()) << added.status();
  if (added.ok()) step_id_ = added->step().step_id();
  v1::RecordFollowUpRequest event;
  if (!google::protobuf::TextFormat::ParseFromString(
          "type: FOLLOW_UP_TYPE_SAMTALE occurred_at { seconds: 1793600000 }",
          event.mutable_follow_up())) {
    std::abort();
  }
  event.set_participant_id(id_);
  const auto recorded = kari_.Call(&v1::FollowUpService::Stub::Record, event);
  EXPECT_TRUE(recorded.ok()) << recorded.status();
  if (recorded.ok()) follow_up_id_ = recorded->follow_up_id();
  MakeStaff();
  MakeOffer();
}

std::string SampleCase::FollowUpEtag() const {
  const auto listed =
      kari_.Call(&v1::FollowUpService::Stub::List, For<v1::ListFollowUpsRequest>(id_));
  EXPECT_TRUE(listed.ok()) << listed.status();
  for (const v1::FollowUp& event : listed->follow_ups()) {
    if (event.follow_up_id() == follow_up_id_) return event.etag();
  }
  return "";
}

std::string SampleCase::OwnPlanEtag() const {
  const auto plan = kari_.Call(&v1::PlanService::Stub::Get, For<v1::GetPlanRequest>(id_));
  EXPECT_TRUE(plan.ok()) << plan.status();
  return plan.ok() ? plan->plan().parts(0).etag() : "";
}

std::string SampleCase::Picture() const {
  return absl::StrCat(
      Shown(kari_.Call(&v1::ParticipantService::Stub::Get, For<v1::GetParticipantRequest>(id_))),
      Shown(kari_.Call(&v1::ConsentService::Stub::List, For<v1::ListGroundsRequest>(id_))),
      Shown(kari_.Call(&v1::KartleggingService::Stub::Get, For<v1::GetKartleggingRequest>(id_))),
      Shown(kari_.Call(&v1::PlanService::Stub::Get, For<v1::GetPlanRequest>(id_))),
      Shown(kari_.Call(&v1::FollowUpService::Stub::List, For<v1::ListFollowUpsRequest>(id_))),
      Shown(kari_.Call(&v1::LanguageService::Stub::GetProgress, For<v1::GetProgressRequest>(id_))),
      Shown(ivar_.Call(&v1::AdminService::Stub::ListControllers, v1::ListControllersRequest())),
      Shown(ivar_.Call(&v1::AdminService::Stub::ListUnits, v1::ListUnitsRequest())),
      Shown(ivar_.Call(&v1::AdminService::Stub::ListPrincipals, v1::ListPrincipalsRequest())),
      Shown(ivar_.Call(&v1::AdminService::Stub::ListMemberships, v1::ListMembershipsRequest())));
}

std::vector<std::function<Sample()>> SampleCase::Samples() {
  std::vector<std::function<Sample()>> samples;
  AddParticipantSamples(samples);
  AddRelationSamples(samples);
  AddConsentSamples(samples);
  AddCaseSamples(samples);
  AddTrainingSamples(samples);
  AddPlanSamples(samples);
  AddAdminSamples(samples);
  samples.push_back([this] {
    return Make("ParticipantService/EndTie", &v1::ParticipantService::Stub::EndTie,
                R"(participant_id: "$ID" reason: TIE_END_REASON_MOVED)");
  });
  return samples;
}

void SampleCase::AddParticipantSamples(std::vector<std::function<Sample()>>& samples) {
  using Stub = v1::ParticipantService::Stub;
  samples.push_back([this] {
    return Make("ParticipantService/Create", &Stub::Create, R"(
        national_identity_number: "$NUMBER" tie_reason: TIE_REASON_REFERRED
        identity_confirmation: IDENTITY_CONFIRMATION_ID_DOCUMENT
        contact { given_name: "Amina" family_name: "Warsame" preferred_language: "so"
                  interpreter_needed: true channel: CONTACT_CHANNEL_SMS mother_tongue: "so"
                  adult_from { year: 2027 month: 5 day: 1 } })");
  });
  samples.push_back([this] {
    return Make("ParticipantService/Lookup", &Stub::Lookup,
                R"(national_identity_number: "$NUMBER")");
  });
  samples.push_back([this] {
    return Make("ParticipantService/List", &Stub::List, R"(
        page_size: 10 mine: false name_prefix: "War" order: PARTICIPANT_ORDER_TIE_NEWEST
        no_follow_up_since { year: 2026 month: 10 day: 1 }
        tied_since { year: 2026 month: 1 day: 1 })");
  });
  samples.push_back([this] {
    const auto shown = kari_.Call(&Stub::Get, For<v1::GetParticipantRequest>(id_));
    EXPECT_TRUE(shown.ok()) << shown.status();
    const std::string etag = shown.ok() ? shown->sides(0).etag() : "";
    return Make("ParticipantService/UpdateContact", &Stub::UpdateContact,
                absl::StrCat("etag: \"", etag, "\"", R"( participant_id: "$ID"
        facts { given_name: "Amina" family_name: "Warsame" preferred_language: "so"
                interpreter_needed: false channel: CONTACT_CHANNEL_PHONE mother_tongue: "so"
                adult_from { year: 2027 month: 5 day: 1 } })"));
  });
  samples.push_back([this] {
    return Make("ParticipantService/AddToTeam", &Stub::AddToTeam,
                R"(participant_id: "$ID" subject: "sara")");
  });
  samples.push_back([this] {
    return Make("ParticipantService/RemoveFromTeam", &Stub::RemoveFromTeam,
                R"(participant_id: "$ID" subject: "sara")");
  });
  samples.push_back([this] {
    return Make("ParticipantService/ConfirmIdentity", &Stub::ConfirmIdentity,
                R"(participant_id: "$ID" confirmation: IDENTITY_CONFIRMATION_KNOWN_IN_PERSON)");
  });
}

void SampleCase::AddConsentSamples(std::vector<std::function<Sample()>>& samples) {
  using Stub = v1::ConsentService::Stub;
  samples.push_back([this] {
    return Make("ConsentService/GiveConsent", &Stub::GiveConsent, R"(
        participant_id: "$ID" purpose: PURPOSE_SAMORDNET_KVALIFISERING
        releases { from_controller: "nav-statlig" to_controller: "oslo-vo" to_unit: "vo-rosenhof"
                   categories: CATEGORY_PLAN categories: CATEGORY_GOALS }
        valid_from { year: 2026 month: 12 day: 1 } valid_to { year: 2027 month: 12 day: 1 }
        proof { text_id: "samordnet-kvalifisering" text_version: 1 text_language: "so"
                given_by: CONSENT_GIVEN_BY_WITH_INTERPRETER refusal_explained: true }
        law_reference: "opplæringslova § 24-1 fjerde ledd"
        law_version { year: 2026 month: 1 day: 1 })");
  });
  samples.push_back([this] {
    return Make("ConsentService/ConfirmGround", &Stub::ConfirmGround, R"(
        participant_id: "$ID" ground_id: "$GROUND" given_by: CONSENT_GIVEN_BY_IN_PERSON)");
  });
  samples.push_back([this] {
    return Make("ConsentService/RecordLegalBasis", &Stub::RecordLegalBasis, R"(
        participant_id: "$ID" purpose: PURPOSE_SAMORDNET_KVALIFISERING
        release { from_controller: "nav-statlig" to_controller: "oslo-vo" to_unit: "vo-rosenhof"
                  categories: CATEGORY_PLAN }
        law_reference: "integreringsloven § 42" law_version { year: 2026 month: 1 day: 1 }
        valid_from { year: 2026 month: 1 day: 1 } valid_to { year: 2027 month: 12 day: 1 })");
  });
  samples.push_back([this] {
    return Make("ConsentService/ListExpiring", &Stub::ListExpiring,
                "within_days: 30 page_size: 10");
  });
  samples.push_back([this] {
    return Make("ConsentService/GetReceipt", &Stub::GetReceipt,
                R"(participant_id: "$ID" purpose: PURPOSE_TILRETTELEGGING language: "so"
                   format: RECEIPT_FORMAT_HTML)");
  });
  samples.push_back([this] {
    return Make("ConsentService/ListLegalBases", &Stub::ListLegalBases,
                R"(valid_on { year: 2026 month: 11 day: 1 })");
  });
  samples.push_back([this] {
    return Make("ConsentService/List", &Stub::List, R"(participant_id: "$ID" page_size: 10)");
  });
  samples.push_back([this] {
    return Make("ConsentService/WithdrawConsent", &Stub::WithdrawConsent, R"(
        participant_id: "$ID" purpose: PURPOSE_SAMORDNET_KVALIFISERING
        channel: WITHDRAWAL_CHANNEL_PHONE)");
  });
  samples.push_back([this] {
    return Make("ConsentService/GetConsentText", &Stub::GetConsentText,
                R"(text_id: "samordnet-kvalifisering" version: 1 language: "nb")");
  });
}

void SampleCase::AddCaseSamples(std::vector<std::function<Sample()>>& samples) {
  using Kartlegging = v1::KartleggingService::Stub;
  for (const char* content :
       {R"(education { school_years: 9 items {
            nus2000: "641148" country: "SO" title: "Electrician" end_year: 2012
            completed: ANSWER_JA recognition: RECOGNITION_STATUS_APPLIED } })",
        R"(languages { skills { language: "ar" lytte: CEFR_LEVEL_B1 lese: CEFR_LEVEL_A2
                                skriftlig: CEFR_LEVEL_A1 muntlig: CEFR_LEVEL_B2 } })",
        R"(goals_interests { long_term_goal: "Work" occupations: "7411" interests: "Football" })",
        R"(work_experience { items { occupation: "5321" title: "Nurse" country: "SO"
            from { year: 2010 month: 3 } to { year: 2015 month: 12 }
            sector: EMPLOYMENT_SECTOR_OFFENTLIG extent_percent: 80 evidence: EVIDENCE_ATTEST } })",
        R"(uformell_kompetanse { items { what: "Sews" occupation: "7531"
            context: COMPETENCE_CONTEXT_HJEM years: 12 evidence: EVIDENCE_ARBEIDSPROEVE
            evidence_text: "Pictures" verifier: COMPETENCE_VERIFIER_FAGPERSON
            verified_on { year: 2026 month: 10 day: 5 } } })",
        R"(digitale_ferdigheter { levels { code: "2.1" level: 3 band: DIG_COMP_BAND_INTERMEDIATE }
            instrument: DIGITAL_INSTRUMENT_ANNET instrument_name: "A form"
            carried_out { year: 2026 month: 10 day: 6 }
            user_class: DIGITAL_USER_CLASS_SVAK_BRUKER })",
        R"(grunnleggende_ferdigheter { instrument_name: "A talk" skills {
            skill: BASIC_SKILL_KIND_LESING level: BASIC_SKILL_LEVEL_NIVAA_2 language: "so" } })",
        R"(needs_barriers { needs { category: NEED_CATEGORY_BARNEPASS state: NEED_STATE_AAPEN
            blocks_participation: true } })",
        R"(benefit_type_period { periods { type: BENEFIT_TYPE_AAP
            from_date { year: 2026 month: 1 day: 1 } to_date { year: 2100 month: 12 day: 31 } } })",
        R"(health_work_ability { work_ability: WORK_ABILITY_DELVIS_NEDSATT weekly_hours: 20
            adaptations: ADAPTATION_REDUSERT_TID review_date { year: 2027 month: 3 day: 1 } })"}) {
    samples.push_back([this, content] {
      return Make("KartleggingService/RecordSection", &Kartlegging::RecordSection,
                  absl::StrCat(R"(participant_id: "$ID"
                      duplicate_reason: DUPLICATE_REASON_CHANGED content {)",
                               content, "}"));
    });
  }
  samples.push_back([this] {
    return Make("KartleggingService/ListCodes", &Kartlegging::ListCodes,
                R"(list: CODE_LIST_STYRK08 parent: "532" search: "helse" codes: "5321")");
  });
  samples.push_back([this] {
    return Make("FollowUpService/Record", &v1::FollowUpService::Stub::Record, R"(
        participant_id: "$ID" follow_up {
          type: FOLLOW_UP_TYPE_SAMTALE occurred_at { seconds: 1793600000 nanos: 5000 }
          agreement: "Comes on Monday" agreement_due { year: 2026 month: 11 day: 16 }
          with_interpreter: true note: "Said so\nhimself" step_id: "$STEP" })");
  });
  AddFollowUpSamples(samples);
  samples.push_back([this] {
    return Make("FollowUpService/List", &v1::FollowUpService::Stub::List,
                R"(participant_id: "$ID" page_size: 10)");
  });
  samples.push_back([this] {
    return Make("LanguageService/RecordAssessment", &v1::LanguageService::Stub::RecordAssessment,
                R"(
        participant_id: "$ID" assessment { date { year: 2026 month: 10 day: 30 }
          levels { skill: SKILL_LYTTE level: CEFR_LEVEL_A2 }
          levels { skill: SKILL_MUNTLIG level: CEFR_LEVEL_A1 } })");
  });
  samples.push_back([this] {
    return Make("LanguageService/RecordTestResult", &v1::LanguageService::Stub::RecordTestResult,
                R"(
        participant_id: "$ID" test_result { date { year: 2026 month: 10 day: 30 }
          delproeve: SKILL_SKRIFTLIG band: TEST_BAND_A2_B1 outcome: TEST_OUTCOME_LEVEL
          level: CEFR_LEVEL_A2 })");
  });
}

void SampleCase::AddTrainingSamples(std::vector<std::function<Sample()>>& samples) {
  using Stub = v1::LanguageService::Stub;
  samples.push_back([this] {
    const auto shown = kari_.Call(&Stub::GetProgress, For<v1::GetProgressRequest>(id_));
    EXPECT_TRUE(shown.ok()) << shown.status();
    const bool first = !shown.ok() || shown->norskmaal().empty();
    const std::string etag = first ? "" : shown->norskmaal(0).norskmaal().etag();
    return Make("LanguageService/SetNorskmaal", &Stub::SetNorskmaal,
                absl::StrCat("etag: \"", etag, "\"", R"( participant_id: "$ID" norskmaal {
          goals { skill: SKILL_LYTTE level: NORSKMAAL_LEVEL_B1 }
          goals { skill: SKILL_SKRIFTLIG level: NORSKMAAL_LEVEL_KARAKTER_2_VGS }
          scheme: TRAINING_SCHEME_INTEGRERINGSLOVEN_18_MAANEDER
          granted_norsk_hours: 300 granted_samfunnskunnskap_hours: 75
          start_date { year: 2026 month: 9 day: 1 } deadline { year: 2028 month: 2 day: 29 }
          decision_date { year: 2026 month: 8 day: 20 } decision_reference: "2026/4711" })"));
  });
  samples.push_back([this] {
    return Make("LanguageService/RecordHours", &Stub::RecordHours, R"(
        participant_id: "$ID"
        hours { week: "2026-W42" course_id: "N1" kind: HOURS_KIND_NORSK planned_hours: 20
                attended_hours: 17.25 documented_absence_hours: 2
                undocumented_absence_hours: 0.75 }
        hours { week: "2026-W53" course_id: "S1" kind: HOURS_KIND_SAMFUNNSKUNNSKAP
                planned_hours: 7.5 })");
  });
  samples.push_back([this] {
    return Make("LanguageService/GetProgress", &Stub::GetProgress,
                R"(participant_id: "$ID" page_size: 10)");
  });
}

void SampleCase::AddFollowUpSamples(std::vector<std::function<Sample()>>& samples) {
  using Stub = v1::FollowUpService::Stub;
  samples.push_back([this] {
    return Make("FollowUpService/Record", &Stub::Record, R"(
        participant_id: "$ID" follow_up {
          type: FOLLOW_UP_TYPE_FELLESMOETE occurred_at { seconds: 1793600000 }
          note: "Afraid of somebody" present_kinds: CONTROLLER_KIND_VO
          note_exemption { paragraph: EXEMPTION_PARAGRAPH_PERSONOPPLYSNINGSLOVEN_16_C
                           reason: "Would find out who told"
                           review_date { year: 2027 month: 5 day: 3 } } })");
  });
  samples.push_back([this] {
    return Make("FollowUpService/Record", &Stub::Record, R"(
        participant_id: "$ID" follow_up {
          type: FOLLOW_UP_TYPE_ARBEIDSPLASSBESOEK occurred_at { seconds: 1793600000 }
          employer: "Kiwi Grorud" })");
  });
  samples.push_back([this] {
    return Make("FollowUpService/Amend", &Stub::Amend,
                absl::StrCat(R"(
        participant_id: "$ID" follow_up_id: "$EVENT" reason: AMEND_REASON_WRONG follow_up {
          type: FOLLOW_UP_TYPE_JOBBOPPFOELGING occurred_at { seconds: 1793600000 nanos: 5000 }
          agreement: "Comes on Tuesday" agreement_due { year: 2026 month: 11 day: 17 }
          note: "Said so\nherself" employer: "Kiwi Grorud" step_id: "$STEP" } etag: ")",
                             FollowUpEtag(), "\""));
  });
  samples.push_back([this] {
    return Make("FollowUpService/ListVersions", &Stub::ListVersions,
                R"(participant_id: "$ID" follow_up_id: "$EVENT" page_size: 10)");
  });
}

void SampleCase::AddPlanSamples(std::vector<std::function<Sample()>>& samples) {
  using Stub = v1::PlanService::Stub;
  const auto step_etag = [this] {
    const auto plan = kari_.Call(&Stub::Get, For<v1::GetPlanRequest>(id_));
    EXPECT_TRUE(plan.ok()) << plan.status();
    for (const v1::Step& step : plan->plan().parts(0).steps()) {
      if (step.step_id() == step_id_) return step.etag();
    }
    return std::string();
  };
  samples.push_back([this] {
    return Make("PlanService/Open", &Stub::Open,
                absl::StrCat(R"(participant_id: "$ID" goals {)", kGoals, "}"));
  });
  samples.push_back([this] {
    return Make("PlanService/UpdateGoals", &Stub::UpdateGoals,
                absl::StrCat(R"(participant_id: "$ID" etag: "$PLAN_ETAG" goals {)", kGoals, "}"));
  });
  samples.push_back([this] {
    return Make("PlanService/AddStep", &Stub::AddStep,
                absl::StrCat(R"(participant_id: "$ID" step {)", kStep,
                             R"( prerequisite_step_ids: "$STEP" })"));
  });
  samples.push_back([this, step_etag] {
    return Make("PlanService/UpdateStep", &Stub::UpdateStep,
                absl::StrCat(R"(participant_id: "$ID" step_id: "$STEP" etag: ")", step_etag(),
                             "\" step {", kStep, "}"));
  });
  samples.push_back([this] {
    return Make("PlanService/ListVersions", &Stub::ListVersions,
                R"(participant_id: "$ID" page_size: 10)");
  });
  samples.push_back([this, step_etag] {
    return Make("PlanService/ChangeStepStatus", &Stub::ChangeStepStatus,
                absl::StrCat(R"(participant_id: "$ID" step_id: "$STEP"
                    status: STEP_STATUS_AVBRUTT reason: "Moved" etag: ")",
                             step_etag(), "\""));
  });
  samples.push_back([this] {
    return Make("PlanService/Close", &Stub::Close,
                R"(participant_id: "$ID" etag: "$PLAN_ETAG" reason: "Has a job")");
  });
}

namespace {

bool IsLeaf(const FieldDescriptor& field) {
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return true;
  const std::string& type = field.message_type()->full_name();
  return type == "google.type.Date" || type == "google.protobuf.Timestamp";
}

void Collect(Message& message, const std::string& prefix, std::vector<FieldPlace>& places) {
  const google::protobuf::Descriptor& type = *message.GetDescriptor();
  const google::protobuf::Reflection& values = *message.GetReflection();
  if (type.full_name() == "google.protobuf.FieldMask") return;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    const std::string path = absl::StrCat(prefix, field->name());
    if (field->is_repeated()) {
      for (int at = 0; at < values.FieldSize(message, field); ++at) {
        const std::string item = absl::StrCat(path, "[", at, "]");
        if (IsLeaf(*field)) {
          places.push_back({&message, field, at, item});
        } else {
          Collect(*values.MutableRepeatedMessage(&message, field, at), item + ".", places);
        }
      }
    } else if (IsLeaf(*field)) {
      places.push_back({&message, field, -1, path});
    } else if (values.HasField(message, field)) {
      Collect(*values.MutableMessage(&message, field), path + ".", places);
    }
  }
}

}  // namespace

std::vector<FieldPlace> FieldsOf(Message& request) {
  std::vector<FieldPlace> places;
  Collect(request, "", places);
  return places;
}

std::vector<int> NumbersOf(const google::protobuf::Descriptor& message, const std::string& path) {
  std::vector<int> numbers;
  const google::protobuf::Descriptor* type = &message;
  for (const absl::string_view part : absl::StrSplit(path, '.')) {
    const std::vector<std::string> name = absl::StrSplit(part, absl::ByAnyChar("[]"));
    const FieldDescriptor* field = type == nullptr ? nullptr : type->FindFieldByName(name[0]);
    if (field == nullptr) {
      ADD_FAILURE() << path << " is no field of " << message.full_name();
      return numbers;
    }
    numbers.push_back(field->number());
    numbers.push_back(name.size() > 1 ? std::atoi(name[1].c_str()) : 0);
    type = field->message_type();
  }
  return numbers;
}

}  // namespace navo::support
