#include "navo/v1/emergency_access.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/protection.grpc.pb.h"
#include "navo/v1/referral.grpc.pb.h"
#include "tests/services/isolation_probes.h"

namespace navo::support {
namespace {

v1::ReferRequest Offer(const std::string& id, const std::string& unit) {
  v1::ReferRequest request;
  request.set_participant_id(id);
  request.set_to_unit(unit);
  request.set_reason(v1::REFERRAL_REASON_OTHER_SERVICE);
  request.set_message("Trenger norskkurs");
  return request;
}

// Registered by a colleague. Nobody has the same time and name as somebody else: an order by random
// ids would differ between worlds.
std::string RegisterElsewhere(IsolationWorld& world, const std::string& person) {
  world.server().clock().Advance(absl::Minutes(1));
  v1::CreateParticipantRequest request;
  request.set_national_identity_number(NumberOf(person));
  request.set_tie_reason(v1::TIE_REASON_SERVICE_GRANTED);
  request.set_identity_confirmation(v1::IDENTITY_CONFIRMATION_ID_DOCUMENT);
  request.mutable_contact()->set_family_name("Fra " + person);
  return Must(world.server().As(world.sides().colleague), &v1::ParticipantService::Stub::Create,
              request)
      .participant_id();
}

// What a colleague offers the watcher's unit.
template <class Request>
Request AnswerTo(IsolationWorld& world, const std::string& person) {
  const std::string id = RegisterElsewhere(world, person);
  const v1::Referral offered =
      Must(world.server().As(world.sides().colleague), &v1::ReferralService::Stub::Refer,
           Offer(id, world.sides().unit))
          .referral();
  world.server().clock().Advance(absl::Minutes(1));
  Request request;
  request.set_participant_id(offered.participant_id());
  request.set_referral_id(offered.referral_id());
  return request;
}

void AddReferrals(std::vector<Probe>& probes) {
  using Stub = v1::ReferralService::Stub;
  using Participants = v1::ParticipantService::Stub;
  probes.push_back(Ask("a handover within the own side", &Stub::Refer, [](const IsolationWorld& w) {
    return Offer(w.id(), w.sides().colleague_unit);
  }));
  probes.push_back(Ask("a handover to the other side", &Stub::Refer, [](const IsolationWorld& w) {
    return Offer(w.id(), w.sides().other_unit);
  }));
  probes.push_back(Ask("the handover to the other side", &Stub::Withdraw, [](IsolationWorld& w) {
    auto request = About<v1::WithdrawReferralRequest>(w);
    request.set_referral_id(Must(w.watcher(), &Stub::Refer, Offer(w.id(), w.sides().other_unit))
                                .referral()
                                .referral_id());
    return request;
  }));
  probes.push_back(Ask("a handover to us", &Stub::Accept, [](IsolationWorld& w) {
    return AnswerTo<v1::AcceptReferralRequest>(w, "bushra");
  }));
  // Not kept: among those without follow-ups the list goes by random ids, which differ.
  probes.push_back(Ask("who was taken over", &Participants::EndTie, [](const IsolationWorld& w) {
    v1::LookupParticipantRequest lookup;
    lookup.set_national_identity_number(NumberOf("bushra"));
    v1::EndTieRequest request;
    request.set_participant_id(Must(w.watcher(), &Participants::Lookup, lookup).participant_id());
    request.set_reason(v1::TIE_END_REASON_MOVED);
    return request;
  }));
  probes.push_back(Ask("another handover to us", &Stub::Decline, [](IsolationWorld& w) {
    auto request = AnswerTo<v1::DeclineReferralRequest>(w, "tesfay");
    request.set_reason(v1::REFERRAL_DECLINE_REASON_NO_CAPACITY);
    return request;
  }));
}

void AddEmergencies(std::vector<Probe>& probes) {
  using Stub = v1::EmergencyAccessService::Stub;
  const auto ask = [](const std::string& person) {
    v1::OpenEmergencyAccessRequest request;
    request.set_national_identity_number(NumberOf(person));
    request.set_reason("Noen ringer fra legevakten");
    return request;
  };
  for (const char* person : {"tesfay", "maryam", "signe", "amina"}) {
    probes.push_back(Ask(std::string("emergency access to ") + person, &Stub::Open,
                         [ask, person](const IsolationWorld&) { return ask(person); }));
  }
  probes.push_back(Ask("emergency access to a colleague's", &Stub::Open, [ask](IsolationWorld& w) {
    RegisterElsewhere(w, "maryam");  // a shadow record of the own side
    return ask("maryam");
  }));
  probes.push_back(Ask("the emergency access", &Stub::End, [](IsolationWorld& w) {
    v1::EndEmergencyAccessRequest request;
    const auto listed = Must(w.watcher(), &Stub::List, v1::ListEmergencyAccessRequest());
    if (listed.emergency_accesses_size() > 0) {
      request.set_emergency_access_id(listed.emergency_accesses(0).emergency_access_id());
    }
    return request;
  }));
}

void AddLocks(std::vector<Probe>& probes) {
  using Stub = v1::ProtectionService::Stub;
  using enum v1::LockableRecord;
  const auto on = [](auto request, v1::LockableRecord record, const std::string& id,
                     const IsolationWorld& w) {
    request.set_participant_id(w.id());
    request.set_record(record);
    request.set_record_id(id);
    return request;
  };
  probes.push_back(Ask("the own event", &Stub::SetOfficeLock, [on](const IsolationWorld& w) {
    return on(v1::SetOfficeLockRequest(), LOCKABLE_RECORD_FOLLOW_UP, w.own().follow_up_id, w);
  }));
  probes.push_back(Ask("the own section", &Stub::SetOfficeLock, [on](const IsolationWorld& w) {
    return on(v1::SetOfficeLockRequest(), LOCKABLE_RECORD_SECTION, w.own().section_id, w);
  }));
  probes.push_back(Ask("the other side's event", &Stub::SetOfficeLock, [on](const auto& w) {
    return on(v1::SetOfficeLockRequest(), LOCKABLE_RECORD_FOLLOW_UP, w.other().follow_up_id, w);
  }));
  probes.push_back(Ask("the other side's section", &Stub::LiftOfficeLock, [on](const auto& w) {
    return on(v1::LiftOfficeLockRequest(), LOCKABLE_RECORD_SECTION, w.other().section_id, w);
  }));
  probes.push_back(Ask("the own section", &Stub::LiftOfficeLock, [on](const IsolationWorld& w) {
    return on(v1::LiftOfficeLockRequest(), LOCKABLE_RECORD_SECTION, w.own().section_id, w);
  }));
}

void AddProtection(std::vector<Probe>& probes) {
  using Stub = v1::ProtectionService::Stub;
  probes.push_back(Ask("Amina", &Stub::SetProtection, [](const IsolationWorld&) {
    v1::SetProtectionRequest request;
    request.set_national_identity_number(NumberOf("amina"));
    request.set_grading(v1::ADDRESS_GRADING_FORTROLIG);
    return request;
  }));
  probes.push_back(Ask("the shadow records", &Stub::ListShadows,
                       [](const IsolationWorld&) { return v1::ListShadowsRequest(); }));
  probes.push_back(Ask("Amina's", &Stub::MergeShadow, [](const IsolationWorld& w) {
    v1::MergeShadowRequest request;
    request.set_shadow_id(w.id());
    return request;
  }));
}

}  // namespace

void AddRelationWrites(std::vector<Probe>& probes) {
  AddEmergencies(probes);  // before somebody of the own side has registered tesfay
  AddReferrals(probes);
  AddLocks(probes);
  AddProtection(probes);
}

}  // namespace navo::support
