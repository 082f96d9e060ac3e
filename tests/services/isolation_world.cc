#include "tests/services/isolation_world.h"

#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/feed.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"

namespace navo::support {

std::string NameOf(OtherSide state) {
  switch (state) {
    case OtherSide::kNeverHeardOfHer:
      return "the other side has never heard of her";
    case OtherSide::kRichCase:
      return "the other side has a rich case and there never was a consent";
    case OtherSide::kWithdrawn:
      return "a consent was withdrawn";
    case OtherSide::kExpired:
      return "a consent has expired";
    case OtherSide::kPending:
      return "a consent waits for the other side";
    case OtherSide::kOpen:
      return "a consent is in force";
  }
  return "";
}

Sides VeilederWatchesTeacher() {
  return {"kari",
          "nav-statlig",
          "komet",
          {"tor", "eva"},
          "oslo-vo",
          "per",
          "nav-grorud-statlig",
          "nav-stovner-statlig",
          "vo-rosenhof"};
}

Sides TeacherWatchesVeileder() {
  return {"tor", "oslo-vo",     "vo-system",  {"kari", "per"},     "nav-statlig",
          "eva", "vo-rosenhof", "vo-helsfyr", "nav-grorud-statlig"};
}

IsolationWorld::IsolationWorld(const Sides& sides, OtherSide state)
    : sides_(sides), watcher_(server_.As(sides.watcher)) {
  const bool known = state != OtherSide::kNeverHeardOfHer;
  if (known) BeginOtherSide(server_.As(sides.others.back()));
  MakeOwnSide();
  if (known) MakeOtherSide(server_.As(sides.others.front()), state);
  // So the other side's rows lie before, between and after the own ones.
  Must(watcher_, &v1::PlanService::Stub::AddStep, NewStep(id_, "Kurs til slutt"));
  server_.clock().Advance(absl::Hours(24 * 10));
}

// Nobody has the same place in the working list as somebody else, in whatever order.
std::string IsolationWorld::RegisterOwn(const std::string& person, const std::string& family_name) {
  server_.clock().Advance(absl::Minutes(1));
  v1::CreateParticipantRequest request;
  request.set_national_identity_number(NumberOf(person));
  request.set_tie_reason(v1::TIE_REASON_SERVICE_GRANTED);
  request.set_identity_confirmation(v1::IDENTITY_CONFIRMATION_ID_DOCUMENT);
  request.mutable_contact()->set_family_name(family_name);
  return Must(watcher_, &v1::ParticipantService::Stub::Create, request).participant_id();
}

void IsolationWorld::MakeOwnSide() {
  RegisterOwn("yusuf", "Al-Khatib");
  v1::RecordFollowUpRequest event;
  event.set_participant_id(RegisterOwn("olena", "Zelenko"));
  event.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_TELEFON);
  event.mutable_follow_up()->mutable_occurred_at()->set_seconds(1'780'000'000);
  Must(watcher_, &v1::FollowUpService::Stub::Record, event);
  id_ = RegisterOwn("amina", "Warsame");
  feed_cursor_ =
      Must(watcher_, &v1::FeedService::Stub::ListChanges, v1::ListChangesRequest()).next_cursor();
  own_ = MakeRichCase(watcher_, id_, "hos oss", false);
  // The other side may see ours all the time, if it has any business here.
  own_ground_id_ = Must(watcher_, &v1::ConsentService::Stub::RecordLegalBasis,
                        NewLegalBasis(id_, LawRelease(sides_.controller, sides_.other_controller)))
                       .ground()
                       .ground_id();
}

void IsolationWorld::BeginOtherSide(const client::Client& other) {
  Register(other, "tesfay");  // whom the watcher's side has not
  const std::string id = Register(other, "amina");
  v1::OpenPlanRequest plan;
  plan.set_participant_id(id);
  Must(other, &v1::PlanService::Stub::Open, plan);
  Must(other, &v1::PlanService::Stub::AddStep, NewStep(id, "Aller først"));
  Must(other, &v1::ConsentService::Stub::RecordLegalBasis,
       NewLegalBasis(id, LawRelease(sides_.other_controller, "bydel-grorud")));
  v1::RecordFollowUpRequest event;
  event.set_participant_id(id);
  event.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_MOETE);
  event.mutable_follow_up()->mutable_occurred_at()->set_seconds(1'700'000'000);
  Must(other, &v1::FollowUpService::Stub::Record, event);
}

void IsolationWorld::MakeOtherSide(const client::Client& other, OtherSide state) {
  other_participant_id_ = Register(other, "amina");
  v1::ConfirmSectionRequest confirm;
  confirm.set_participant_id(other_participant_id_);
  confirm.set_section_id(own_.section_id);
  Must(other, &v1::KartleggingService::Stub::ConfirmSection, confirm);
  other_ = MakeRichCase(other, other_participant_id_, "hos dem", true);
  // They were at our meeting too, and say so.
  v1::RecordFollowUpRequest joint;
  joint.set_participant_id(other_participant_id_);
  joint.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_FELLESMOETE);
  joint.mutable_follow_up()->mutable_occurred_at()->set_seconds(1'793'606'400);
  joint.mutable_follow_up()->add_joint_with(own_.meeting_id);
  joint.mutable_follow_up()->add_present_kinds(v1::CONTROLLER_KIND_NAV_KOMMUNE);
  Must(other, &v1::FollowUpService::Stub::Record, joint);
  Consent(other, state);
}

void IsolationWorld::Consent(const client::Client& other, OtherSide state) {
  using Stub = v1::ConsentService::Stub;
  const v1::Release release = FullRelease(sides_.other_controller, sides_.controller);
  if (state == OtherSide::kPending) {
    other_ground_id_ =
        Must(watcher_, &Stub::GiveConsent, NewConsent(id_, release)).grounds(0).ground_id();
  } else if (state != OtherSide::kRichCase) {
    v1::GiveConsentRequest request = NewConsent(other_participant_id_, release);
    if (state == OtherSide::kExpired) *request.mutable_valid_to() = DateOf(2026, 11, 3);
    other_ground_id_ = Must(other, &Stub::GiveConsent, request).grounds(0).ground_id();
    if (state == OtherSide::kWithdrawn) {
      Must(other, &Stub::WithdrawConsent, NewWithdrawal(other_participant_id_));
    }
  }
}

}  // namespace navo::support
