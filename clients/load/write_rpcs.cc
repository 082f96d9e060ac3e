// The changes.
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "clients/load/case_content.h"
#include "clients/load/case_writer.h"
#include "clients/load/make_rpc.h"
#include "clients/load/rpcs.h"
#include "navo/v1/consent.pb.h"
#include "navo/v1/follow_up.pb.h"
#include "navo/v1/kartlegging.pb.h"
#include "navo/v1/language.pb.h"
#include "navo/v1/participant.pb.h"
#include "navo/v1/plan.pb.h"

namespace navo::load {
namespace {

constexpr int kFirstNewNumber = 20'000'000;  // identity numbers above those of any population
constexpr int kNewNumbers = 5'000'000;

int32_t Today() { return static_cast<int32_t>(absl::ToUnixSeconds(absl::Now()) / 86'400); }

// Nothing of the answer is needed; a change always tells the revision.
constexpr auto kHasRevision = [](const City&, Errand&, const auto& response) {
  return response.revision().empty() ? "no revision" : "";
};

constexpr int32_t kLawVersion = 20'454;  // 2026-01-01, as the catalogue of laws has it

v1::Release ReleaseOf(const char* from, const char* to) {
  v1::Release release;
  release.set_from_controller(from);
  release.set_to_controller(to);
  for (const v1::Category category : kOpened) release.add_categories(category);
  return release;
}

std::string Colleague(const City& city, const Errand& errand) {
  const int own = city.population.VeilederOf(errand.participant);
  const bool last =
      own + 1 == city.population.veilederes() || own % kVeilederesInUnit + 1 == kVeilederesInUnit;
  // An office of one has nobody else: then the caller, who is on the case.
  const bool alone = last && own % kVeilederesInUnit == 0;
  return Population::Veileder(alone ? own : last ? own - 1 : own + 1);
}

}  // namespace

RpcPtr RecordFollowUp() {
  return MakeRpc<v1::RecordFollowUpRequest, v1::RecordFollowUpResponse>(
      "FollowUpService/Record",
      [](const City&, const Errand&, Dice& dice, v1::RecordFollowUpRequest& request) {
        *request.mutable_follow_up() = MakeFollowUp(absl::ToUnixMicros(absl::Now()), dice);
      },
      [](const City&, Errand&, const v1::RecordFollowUpResponse& response) {
        const bool has_id = storage::UuidBytes(response.follow_up_id()).has_value();
        return has_id && !response.revision().empty() ? "" : "no id or revision";
      });
}

RpcPtr RecordAssessment() {
  return MakeRpc<v1::RecordAssessmentRequest, v1::RecordAssessmentResponse>(
      "LanguageService/RecordAssessment",
      [](const City&, const Errand&, Dice& dice, v1::RecordAssessmentRequest& request) {
        *request.mutable_assessment() = MakeAssessment(Today() - 1, dice);
      },
      kHasRevision, Side::kVo);
}

RpcPtr RecordTestResult() {
  return MakeRpc<v1::RecordTestResultRequest, v1::RecordTestResultResponse>(
      "LanguageService/RecordTestResult",
      [](const City&, const Errand&, Dice& dice, v1::RecordTestResultRequest& request) {
        *request.mutable_test_result() = MakeTestResult(Today() - 1, dice);
      },
      kHasRevision, Side::kVo);
}

RpcPtr RecordHours() {
  return MakeRpc<v1::RecordHoursRequest, v1::RecordHoursResponse>(
      "LanguageService/RecordHours",
      [](const City&, const Errand&, Dice& dice, v1::RecordHoursRequest& request) {
        v1::WeekHours& week = *request.add_hours();
        week.set_week(absl::StrFormat("2025-W%02d", 1 + dice.Below(52)));
        week.set_course_id("N1");
        week.set_kind(v1::HOURS_KIND_NORSK);
        week.set_planned_hours(20);
        week.set_attended_hours(dice.Below(21));
      },
      kHasRevision, Side::kVo);
}

RpcPtr SetNorskmaal() {
  return MakeRpc<v1::SetNorskmaalRequest, v1::SetNorskmaalResponse>(
      "LanguageService/SetNorskmaal",
      [](const City&, const Errand& errand, Dice& dice, v1::SetNorskmaalRequest& request) {
        request.set_etag(errand.etag);
        v1::Norskmaal& norskmaal = *request.mutable_norskmaal();
        v1::SkillGoal& goal = *norskmaal.add_goals();
        goal.set_skill(v1::SKILL_MUNTLIG);
        goal.set_level(v1::NORSKMAAL_LEVEL_B1);
        norskmaal.set_scheme(v1::TRAINING_SCHEME_INTEGRERINGSLOVEN_18_MAANEDER);
        norskmaal.set_granted_norsk_hours(300 + dice.Below(300));
      },
      kHasRevision, Side::kVo);
}

RpcPtr UpdateContact() {
  return MakeRpc<v1::UpdateContactRequest, v1::UpdateContactResponse>(
      "ParticipantService/UpdateContact",
      [](const City&, const Errand& errand, Dice& dice, v1::UpdateContactRequest& request) {
        request.set_etag(errand.etag);
        *request.mutable_facts() = MakeContact(dice);
      },
      kHasRevision);
}

RpcPtr RecordSection() {
  return MakeRpc<v1::RecordSectionRequest, v1::RecordSectionResponse>(
      "KartleggingService/RecordSection",
      [](const City&, const Errand& errand, Dice& dice, v1::RecordSectionRequest& request) {
        request.set_etag(errand.etag);
        *request.mutable_content() = MakeSection(v1::SECTION_KIND_GOALS_INTERESTS, dice);
        request.set_duplicate_reason(v1::DUPLICATE_REASON_CHANGED);
      },
      kHasRevision);
}

RpcPtr UpdateGoals() {
  return MakeRpc<v1::UpdateGoalsRequest, v1::UpdateGoalsResponse>(
      "PlanService/UpdateGoals",
      [](const City&, const Errand& errand, Dice& dice, v1::UpdateGoalsRequest& request) {
        request.set_etag(errand.etag);
        *request.mutable_goals() = MakeGoals(dice);
        *request.mutable_goals()->mutable_review_date() = DateOf(Today() + 90 + dice.Below(100));
      },
      kHasRevision);
}

RpcPtr UpdateStep() {
  return MakeRpc<v1::UpdateStepRequest, v1::UpdateStepResponse>(
      "PlanService/UpdateStep",
      [](const City&, const Errand& errand, Dice& dice, v1::UpdateStepRequest& request) {
        request.set_etag(errand.etag);
        request.set_step_id(errand.record_id);
        request.mutable_step()->set_weekly_hours(6 + dice.Below(30));
        request.mutable_update_mask()->add_paths("weekly_hours");
      },
      kHasRevision);
}

RpcPtr ConfirmSection() {
  return MakeRpc<v1::ConfirmSectionRequest, v1::ConfirmSectionResponse>(
      "KartleggingService/ConfirmSection",
      [](const City&, const Errand& errand, Dice&, v1::ConfirmSectionRequest& request) {
        request.set_section_id(errand.record_id);
      },
      kHasRevision);
}

RpcPtr AddToTeam() {
  return MakeRpc<v1::AddToTeamRequest, v1::AddToTeamResponse>(
      "ParticipantService/AddToTeam",
      [](const City& city, const Errand& errand, Dice&, v1::AddToTeamRequest& request) {
        request.set_subject(Colleague(city, errand));
      },
      kHasRevision, Side::kNav);
}

RpcPtr RemoveFromTeam() {
  return MakeRpc<v1::RemoveFromTeamRequest, v1::RemoveFromTeamResponse>(
      "ParticipantService/RemoveFromTeam",
      [](const City& city, const Errand& errand, Dice&, v1::RemoveFromTeamRequest& request) {
        request.set_subject(Colleague(city, errand));
      },
      kHasRevision, Side::kNav);
}

RpcPtr AddMyselfToTeam() {
  return MakeRpc<v1::AddToTeamRequest, v1::AddToTeamResponse>("ParticipantService/AddToTeam",
                                                              nullptr, kHasRevision, Side::kNav);
}

RpcPtr WithdrawConsent() {
  return MakeRpc<v1::WithdrawConsentRequest, v1::WithdrawConsentResponse>(
      "ConsentService/WithdrawConsent",
      [](const City&, const Errand&, Dice&, v1::WithdrawConsentRequest& request) {
        request.set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
        request.set_channel(v1::WITHDRAWAL_CHANNEL_PHONE);
      },
      kHasRevision, Side::kNav);
}

RpcPtr GiveConsent() {
  return MakeRpc<v1::GiveConsentRequest, v1::GiveConsentResponse>(
      "ConsentService/GiveConsent",
      [](const City&, const Errand&, Dice&, v1::GiveConsentRequest& request) {
        request.set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
        *request.add_releases() = ReleaseOf(kNavController, kVoController);
        *request.add_releases() = ReleaseOf(kVoController, kNavController);
        *request.mutable_proof() = MakeProof();
      },
      [](const City&, Errand& errand, const v1::GiveConsentResponse& response) {
        if (response.grounds_size() != 2) return "not both grounds";
        errand.record_id = response.grounds(1).ground_id();
        const bool pending = response.grounds(1).state() == v1::GROUND_STATE_PENDING;
        return pending ? "" : "the other side's data were opened without it";
      },
      Side::kNav);
}

RpcPtr ConfirmGround() {
  return MakeRpc<v1::ConfirmGroundRequest, v1::ConfirmGroundResponse>(
      "ConsentService/ConfirmGround",
      [](const City&, const Errand& errand, Dice&, v1::ConfirmGroundRequest& request) {
        request.set_ground_id(errand.record_id);
        request.set_given_by(v1::CONSENT_GIVEN_BY_IN_PERSON);
      },
      kHasRevision, Side::kVo);
}

RpcPtr RecordLegalBasis() {
  return MakeRpc<v1::RecordLegalBasisRequest, v1::RecordLegalBasisResponse>(
      "ConsentService/RecordLegalBasis",
      [](const City&, const Errand&, Dice&, v1::RecordLegalBasisRequest& request) {
        request.set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
        *request.mutable_release() = ReleaseOf(kNavController, kVoController);
        request.set_law_reference("integreringsloven § 42");
        *request.mutable_law_version() = DateOf(kLawVersion);
        *request.mutable_valid_to() = DateOf(Today() + 300);
      },
      [](const City&, Errand& errand, const v1::RecordLegalBasisResponse& response) {
        errand.record_id = response.ground().ground_id();
        return errand.record_id.empty() ? "no ground" : "";
      },
      Side::kNav);
}

RpcPtr EndLegalBasis() {
  return MakeRpc<v1::EndLegalBasisRequest, v1::EndLegalBasisResponse>(
      "ConsentService/EndLegalBasis",
      [](const City&, const Errand& errand, Dice&, v1::EndLegalBasisRequest& request) {
        request.set_ground_id(errand.record_id);
      },
      kHasRevision, Side::kNav);
}

RpcPtr CreateParticipant() {
  return MakeRpc<v1::CreateParticipantRequest, v1::CreateParticipantResponse>(
      "ParticipantService/Create",
      [](const City&, const Errand&, Dice& dice, v1::CreateParticipantRequest& request) {
        request.set_national_identity_number(
            SyntheticNumber(kFirstNewNumber + dice.Below(kNewNumbers)));
        request.set_tie_reason(v1::TIE_REASON_REFERRED);
        *request.mutable_contact() = MakeContact(dice);
      },
      [](const City&, Errand& errand, const v1::CreateParticipantResponse& response) {
        errand.fresh_id = response.participant_id();
        return errand.fresh_id.empty() ? "no id" : "";
      });
}

RpcPtr ConfirmIdentity() {
  return MakeRpc<v1::ConfirmIdentityRequest, v1::ConfirmIdentityResponse>(
      "ParticipantService/ConfirmIdentity",
      [](const City&, const Errand&, Dice&, v1::ConfirmIdentityRequest& request) {
        request.set_confirmation(v1::IDENTITY_CONFIRMATION_ID_DOCUMENT);
      },
      kHasRevision);
}

RpcPtr OpenPlan() {
  return MakeRpc<v1::OpenPlanRequest, v1::OpenPlanResponse>("PlanService/Open", nullptr,
                                                            kHasRevision);
}

RpcPtr AddStep() {
  return MakeRpc<v1::AddStepRequest, v1::AddStepResponse>(
      "PlanService/AddStep",
      [](const City&, const Errand& errand, Dice& dice, v1::AddStepRequest& request) {
        *request.mutable_step() = MakeStep(kStepsOfSide, errand.side == Side::kNav, dice);
      },
      [](const City&, Errand& errand, const v1::AddStepResponse& response) {
        errand.record_id = response.step().step_id();
        errand.etag = response.step().etag();
        return errand.record_id.empty() ? "no step" : "";
      });
}

RpcPtr ChangeStepStatus() {
  return MakeRpc<v1::ChangeStepStatusRequest, v1::ChangeStepStatusResponse>(
      "PlanService/ChangeStepStatus",
      [](const City&, const Errand& errand, Dice&, v1::ChangeStepStatusRequest& request) {
        request.set_step_id(errand.record_id);
        request.set_etag(errand.etag);
        request.set_status(v1::STEP_STATUS_AVBRUTT);
        request.set_reason("Deltakeren flytter til en annen kommune.");
      },
      kHasRevision);
}

RpcPtr ClosePlan() {
  return MakeRpc<v1::ClosePlanRequest, v1::ClosePlanResponse>(
      "PlanService/Close",
      [](const City&, const Errand& errand, Dice&, v1::ClosePlanRequest& request) {
        request.set_etag(errand.etag);
        request.set_reason("Deltakeren har fått fast jobb.");
      },
      kHasRevision);
}

RpcPtr EndTie() {
  return MakeRpc<v1::EndTieRequest, v1::EndTieResponse>(
      "ParticipantService/EndTie",
      [](const City&, const Errand&, Dice&, v1::EndTieRequest& request) {
        request.set_reason(v1::TIE_END_REASON_MOVED);
      },
      nullptr);
}

}  // namespace navo::load
