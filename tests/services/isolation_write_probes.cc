#include <algorithm>
#include <fstream>

#include "clients/cpp/import.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/exchange.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "tests/services/isolation_probes.h"

namespace navo::support {
namespace {

v1::PlanPart OwnPart(const IsolationWorld& world) {
  const auto plan =
      Must(world.watcher(), &v1::PlanService::Stub::Get, About<v1::GetPlanRequest>(world));
  return plan.plan().parts_size() > 0 ? plan.plan().parts(0) : v1::PlanPart();
}

v1::Step OwnStep(const IsolationWorld& world) {
  const v1::PlanPart part = OwnPart(world);
  for (const v1::Step& step : part.steps()) {
    if (step.step_id() == world.own().step_id) return step;
  }
  return {};
}

v1::UpdateStepRequest StepUpdate(const IsolationWorld& world, const std::string& step_id) {
  auto request = About<v1::UpdateStepRequest>(world);
  request.set_step_id(step_id);
  request.set_etag(OwnStep(world).etag());
  request.mutable_step()->set_place("Grorud");
  request.mutable_update_mask()->add_paths("place");
  return request;
}

v1::ChangeStepStatusRequest StepMove(const IsolationWorld& world, const std::string& step_id) {
  auto request = About<v1::ChangeStepStatusRequest>(world);
  request.set_step_id(step_id);
  request.set_etag(OwnStep(world).etag());
  request.set_status(v1::STEP_STATUS_GJENNOMFOERES);
  return request;
}

void AddParticipantWrites(std::vector<Probe>& probes) {
  using Stub = v1::ParticipantService::Stub;
  probes.push_back(Ask("registering her again", &Stub::Create, [](const IsolationWorld&) {
    v1::CreateParticipantRequest request;
    request.set_national_identity_number(NumberOf("amina"));
    request.set_tie_reason(v1::TIE_REASON_OWN_REQUEST);
    request.set_identity_confirmation(v1::IDENTITY_CONFIRMATION_ID_DOCUMENT);
    return request;
  }));
  probes.push_back(Ask("contact facts, stale", &Stub::UpdateContact, [](const IsolationWorld& w) {
    auto request = About<v1::UpdateContactRequest>(w);
    request.set_etag("AAAAAAAAAAAAAAAA");
    request.mutable_facts()->set_given_name("Amina");
    return request;
  }));
  probes.push_back(Ask("contact facts", &Stub::UpdateContact, [](const IsolationWorld& w) {
    const auto shown = Must(w.watcher(), &Stub::Get, About<v1::GetParticipantRequest>(w));
    auto request = About<v1::UpdateContactRequest>(w);
    request.set_etag(shown.sides_size() > 0 ? shown.sides(0).etag() : "");
    request.mutable_facts()->set_given_name("Amina");
    request.mutable_update_mask()->add_paths("given_name");
    return request;
  }));
  const auto team = [](const std::string& subject) {
    return [subject](const IsolationWorld& w) {
      auto request = About<v1::AddToTeamRequest>(w);
      request.set_subject(subject);
      return request;
    };
  };
  probes.push_back(Ask("the watcher to the team", &Stub::AddToTeam, team("")));
  for (const char* subject : {"tor", "kari"}) {
    probes.push_back(Ask(std::string("to the team: ") + subject, &Stub::AddToTeam, team(subject)));
  }
  probes.push_back(Ask("off the team", &Stub::RemoveFromTeam, About<v1::RemoveFromTeamRequest>));
  probes.push_back(Ask("the identity", &Stub::ConfirmIdentity, [](const IsolationWorld& w) {
    auto request = About<v1::ConfirmIdentityRequest>(w);
    request.set_confirmation(v1::IDENTITY_CONFIRMATION_KNOWN_IN_PERSON);
    return request;
  }));
}

void AddKartleggingWrites(std::vector<Probe>& probes) {
  using Stub = v1::KartleggingService::Stub;
  probes.push_back(Ask(
      "a kind the other side may have", &Stub::RecordSection,
      [](const IsolationWorld& w) { return NewSection(w.id(), GoalsContent("Jobb i helse")); }));
  for (const v1::SectionKind kind :
       {v1::SECTION_KIND_NEEDS_BARRIERS, v1::SECTION_KIND_BENEFIT_TYPE_PERIOD,
        v1::SECTION_KIND_HEALTH_WORK_ABILITY}) {
    probes.push_back(Ask(
        "what others may keep to themselves: " + v1::SectionKind_Name(kind), &Stub::RecordSection,
        [kind](const IsolationWorld& w) { return NewSection(w.id(), ContentOf(kind, "ny")); }));
  }
  probes.push_back(
      Ask("the own section without etag", &Stub::RecordSection,
          [](const IsolationWorld& w) { return NewSection(w.id(), EducationContent("Ny")); }));
  const auto confirm = [](const std::string& section_id, const IsolationWorld& w) {
    auto request = About<v1::ConfirmSectionRequest>(w);
    request.set_section_id(section_id);
    return request;
  };
  probes.push_back(
      Ask("the other side's section", &Stub::ConfirmSection,
          [confirm](const IsolationWorld& w) { return confirm(w.other().section_id, w); }));
  probes.push_back(
      Ask("the own section", &Stub::ConfirmSection,
          [confirm](const IsolationWorld& w) { return confirm(w.own().section_id, w); }));
}

void AddPlanWrites(std::vector<Probe>& probes) {
  using Stub = v1::PlanService::Stub;
  probes.push_back(Ask("opening it again", &Stub::Open, About<v1::OpenPlanRequest>));
  probes.push_back(Ask("a step", &Stub::AddStep,
                       [](const IsolationWorld& w) { return NewStep(w.id(), "Norsk B1"); }));
  probes.push_back(
      Ask("a step after the other side's", &Stub::AddStep, [](const IsolationWorld& w) {
        v1::AddStepRequest request = NewStep(w.id(), "Praksis");
        request.mutable_step()->add_prerequisite_step_ids(w.other().step_id);
        return request;
      }));
  probes.push_back(Ask("the own step", &Stub::UpdateStep,
                       [](const IsolationWorld& w) { return StepUpdate(w, w.own().step_id); }));
  probes.push_back(Ask("the other side's step", &Stub::UpdateStep,
                       [](const IsolationWorld& w) { return StepUpdate(w, w.other().step_id); }));
  probes.push_back(Ask("the own step", &Stub::ChangeStepStatus,
                       [](const IsolationWorld& w) { return StepMove(w, w.own().step_id); }));
  probes.push_back(Ask("the other side's step", &Stub::ChangeStepStatus,
                       [](const IsolationWorld& w) { return StepMove(w, w.other().step_id); }));
  const auto goals = [](const std::string& etag, const IsolationWorld& w) {
    auto request = About<v1::UpdateGoalsRequest>(w);
    request.set_etag(etag);
    request.mutable_goals()->set_sluttmaal("Fagbrev");
    return request;
  };
  probes.push_back(Ask("stale goals", &Stub::UpdateGoals,
                       [goals](const IsolationWorld& w) { return goals("AAAAAAAAAAAAAAAA", w); }));
  probes.push_back(Ask("goals", &Stub::UpdateGoals,
                       [goals](const IsolationWorld& w) { return goals(OwnPart(w).etag(), w); }));
}

void AddRecords(std::vector<Probe>& probes) {
  const auto event = [](const std::string& step_id, const IsolationWorld& w) {
    auto request = About<v1::RecordFollowUpRequest>(w);
    request.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_TELEFON);
    request.mutable_follow_up()->mutable_occurred_at()->set_seconds(1'793'606'400);
    request.mutable_follow_up()->set_step_id(step_id);
    return request;
  };
  using FollowUp = v1::FollowUpService::Stub;
  probes.push_back(Ask("an event", &FollowUp::Record,
                       [event](const IsolationWorld& w) { return event(w.own().step_id, w); }));
  probes.push_back(Ask("an event about the other side's step", &FollowUp::Record,
                       [event](const IsolationWorld& w) { return event(w.other().step_id, w); }));
  const auto meeting = [](const std::string& joint_with, const IsolationWorld& w) {
    auto request = About<v1::RecordFollowUpRequest>(w);
    request.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_FELLESMOETE);
    request.mutable_follow_up()->mutable_occurred_at()->set_seconds(1'793'606'400);
    request.mutable_follow_up()->add_present_kinds(v1::CONTROLLER_KIND_NAV_KOMMUNE);
    request.mutable_follow_up()->add_joint_with(joint_with);
    return request;
  };
  probes.push_back(
      Ask("a meeting joint with the other side's", &FollowUp::Record,
          [meeting](const IsolationWorld& w) { return meeting(w.other().meeting_id, w); }));
  const auto amend = [](const RichCase& whose, const IsolationWorld& w) {
    auto request = About<v1::AmendFollowUpRequest>(w);
    request.set_follow_up_id(whose.follow_up_id);
    request.set_etag(whose.follow_up_etag);
    request.set_reason(v1::AMEND_REASON_WRONG);
    request.mutable_follow_up()->set_agreement("Ny avtale");
    request.mutable_update_mask()->add_paths("agreement");
    return request;
  };
  probes.push_back(Ask("amending the own event", &FollowUp::Amend,
                       [amend](const IsolationWorld& w) { return amend(w.own(), w); }));
  probes.push_back(Ask("amending the other side's event", &FollowUp::Amend,
                       [amend](const IsolationWorld& w) { return amend(w.other(), w); }));
  using Language = v1::LanguageService::Stub;
  probes.push_back(Ask("a judgement", &Language::RecordAssessment, [](const IsolationWorld& w) {
    auto request = About<v1::RecordAssessmentRequest>(w);
    *request.mutable_assessment()->mutable_date() = DateOf(2026, 11, 1);
    v1::SkillLevel* level = request.mutable_assessment()->add_levels();
    level->set_skill(v1::SKILL_LYTTE);
    level->set_level(v1::CEFR_LEVEL_B1);
    return request;
  }));
  probes.push_back(Ask("a test result", &Language::RecordTestResult, [](const IsolationWorld& w) {
    auto request = About<v1::RecordTestResultRequest>(w);
    *request.mutable_test_result()->mutable_date() = DateOf(2026, 11, 1);
    request.mutable_test_result()->set_delproeve(v1::SKILL_LYTTE);
    request.mutable_test_result()->set_outcome(v1::TEST_OUTCOME_IKKE_MOETT);
    return request;
  }));
}

v1::SetNorskmaalRequest NewNorskmaal(const IsolationWorld& w, const std::string& etag) {
  auto request = About<v1::SetNorskmaalRequest>(w);
  request.set_etag(etag);
  v1::SkillGoal* goal = request.mutable_norskmaal()->add_goals();
  goal->set_skill(v1::SKILL_MUNTLIG);
  goal->set_level(v1::NORSKMAAL_LEVEL_A2);
  request.mutable_norskmaal()->set_scheme(v1::TRAINING_SCHEME_UTEN_LOVFESTET_RETT);
  return request;
}

void AddTrainingWrites(std::vector<Probe>& probes) {
  using Stub = v1::LanguageService::Stub;
  probes.push_back(Ask("norskmaal without etag", &Stub::SetNorskmaal,
                       [](const IsolationWorld& w) { return NewNorskmaal(w, ""); }));
  probes.push_back(Ask("norskmaal", &Stub::SetNorskmaal, [](const IsolationWorld& w) {
    const auto shown = Must(w.watcher(), &Stub::GetProgress, About<v1::GetProgressRequest>(w));
    std::string etag;
    for (const auto& side : shown.norskmaal()) etag += side.norskmaal().etag();
    return NewNorskmaal(w, etag);
  }));
  probes.push_back(
      Ask("hours of weeks both may have", &Stub::RecordHours, [](const IsolationWorld& w) {
        auto request = About<v1::RecordHoursRequest>(w);
        *request.add_hours() = NewWeek("2026-W41", 20);
        *request.add_hours() = NewWeek("2026-W42", 15);
        *request.add_hours() = NewWeek("2026-W43", 10);
        request.mutable_hours(2)->set_attended_hours(10);
        return request;
      }));
}

void AddConsentWrites(std::vector<Probe>& probes) {
  using Stub = v1::ConsentService::Stub;
  probes.push_back(
      Ask("a consent in both directions", &Stub::GiveConsent, [](const IsolationWorld& w) {
        const Sides& sides = w.sides();
        v1::GiveConsentRequest request =
            NewConsent(w.id(), FullRelease(sides.controller, sides.other_controller));
        *request.add_releases() = FullRelease(sides.other_controller, sides.controller);
        return request;
      }));
  probes.push_back(
      Ask("the other side's ground", &Stub::ConfirmGround, [](const IsolationWorld& w) {
        auto request = About<v1::ConfirmGroundRequest>(w);
        request.set_ground_id(w.other_ground_id());
        request.set_given_by(v1::CONSENT_GIVEN_BY_IN_PERSON);
        return request;
      }));
  probes.push_back(
      Ask("the other side's data", &Stub::RecordLegalBasis, [](const IsolationWorld& w) {
        return NewLegalBasis(w.id(), LawRelease(w.sides().other_controller, w.sides().controller));
      }));
  probes.push_back(Ask("the own data", &Stub::RecordLegalBasis, [](const IsolationWorld& w) {
    return NewLegalBasis(w.id(), LawRelease(w.sides().controller, w.sides().other_controller));
  }));
  const auto end = [](const std::string& ground_id, const IsolationWorld& w) {
    auto request = About<v1::EndLegalBasisRequest>(w);
    request.set_ground_id(ground_id);
    return request;
  };
  probes.push_back(Ask("the own one", &Stub::EndLegalBasis,
                       [end](const IsolationWorld& w) { return end(w.own_ground_id(), w); }));
  probes.push_back(Ask("the other side's one", &Stub::EndLegalBasis,
                       [end](const IsolationWorld& w) { return end(w.other_ground_id(), w); }));
  probes.push_back(Ask("whatever there is", &Stub::WithdrawConsent,
                       [](const IsolationWorld& w) { return NewWithdrawal(w.id()); }));
}

}  // namespace

std::vector<Probe> WriteProbes() {
  std::vector<Probe> probes;
  AddParticipantWrites(probes);
  AddKartleggingWrites(probes);
  AddPlanWrites(probes);
  AddRecords(probes);
  AddTrainingWrites(probes);
  AddConsentWrites(probes);
  AddAdminWrites(probes);
  probes.push_back(Ask("it", &v1::PlanService::Stub::Close, [](const IsolationWorld& w) {
    auto request = About<v1::ClosePlanRequest>(w);
    request.set_etag(OwnPart(w).etag());
    request.set_reason("I arbeid");
    return request;
  }));
  AddRelationWrites(probes);
  return probes;
}

Probe ImportProbe() {
  return {MethodTaking(v1::ImportRequest::descriptor()), "the example file", [](IsolationWorld& w) {
            const bool nav = w.sides().system == "komet";
            v1::ImportStart start;
            start.set_format(nav ? v1::IMPORT_FORMAT_NAV_DELTAKER : v1::IMPORT_FORMAT_VO_ELEVER);
            start.set_source_system(w.sides().system);
            std::ifstream file(std::string(NAVO_SOURCE_DIR "/docs/examples/") +
                               (nav ? "nav-deltakere.jsonl" : "vo-elever.csv"));
            std::string text;
            const auto counts =
                client::Import(w.server().As(w.sides().system), start, file,
                               [&](const v1::ImportResponse& response) {
                                 for (const v1::RowResult& row : response.results()) {
                                   text += row.ShortDebugString() + "\n";
                                 }
                               });
            EXPECT_TRUE(counts.ok()) << counts.status();
            return text + NeutralText(counts);
          }};
}

}  // namespace navo::support
