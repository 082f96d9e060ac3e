#include "tests/services/isolation_world.h"

#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
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
  return {"kari", "nav-statlig", "komet", {"tor", "eva"}, "oslo-vo"};
}

Sides TeacherWatchesVeileder() {
  return {"tor", "oslo-vo", "vo-system", {"kari", "per"}, "nav-statlig"};
}

IsolationWorld::IsolationWorld(const Sides& sides, OtherSide state)
    : sides_(sides), watcher_(server_.As(sides.watcher)) {
  MakeOwnSide();
  if (state != OtherSide::kNeverHeardOfHer) MakeOtherSide(state);
  // The other side's rows lie between the own ones.
  Must(watcher_, &v1::PlanService::Stub::AddStep, NewStep(id_, "Kurs til slutt"));
  server_.clock().Advance(absl::Hours(24 * 10));
}

void IsolationWorld::MakeOwnSide() {
  Register(watcher_, "yusuf");
  Register(watcher_, "olena");
  id_ = Register(watcher_, "amina");
  own_ = MakeRichCase(watcher_, id_, "hos oss", false);
  // The other side may see ours all the time, if it has any business here.
  own_ground_id_ = Must(watcher_, &v1::ConsentService::Stub::RecordLegalBasis,
                        NewLegalBasis(id_, FullRelease(sides_.controller,
                                                       sides_.other_controller)))
                       .ground()
                       .ground_id();
}

void IsolationWorld::MakeOtherSide(OtherSide state) {
  for (const std::string& staff : sides_.others) {
    const client::Client other = server_.As(staff);
    const std::string id = Register(other, "amina");
    if (staff != sides_.others.front()) continue;
    other_participant_id_ = id;
    v1::ConfirmSectionRequest confirm;
    confirm.set_participant_id(id);
    confirm.set_section_id(own_.section_id);
    Must(other, &v1::KartleggingService::Stub::ConfirmSection, confirm);
    other_ = MakeRichCase(other, id, "hos dem", true);
    Consent(other, state);
  }
}

void IsolationWorld::Consent(const client::Client& other, OtherSide state) {
  using Stub = v1::ConsentService::Stub;
  const v1::Release release = FullRelease(sides_.other_controller, sides_.controller);
  if (state == OtherSide::kPending) {
    other_ground_id_ = Must(watcher_, &Stub::GiveConsent, NewConsent(id_, release))
                           .grounds(0)
                           .ground_id();
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
