// Good requests about handovers, emergency access and office locks.
#include "absl/strings/str_cat.h"
#include "navo/v1/emergency_access.grpc.pb.h"
#include "navo/v1/protection.grpc.pb.h"
#include "navo/v1/referral.grpc.pb.h"
#include "tests/services/request_samples.h"

namespace navo::support {

void SampleCase::MakeOffer() {
  const client::Client per = server_.As("per");
  offered_id_ = Register(per, "yusuf");
  v1::ReferRequest offer;
  offer.set_participant_id(offered_id_);
  offer.set_to_unit("nav-grorud-statlig");
  offer.set_reason(v1::REFERRAL_REASON_MOVED);
  const auto offered = per.Call(&v1::ReferralService::Stub::Refer, offer);
  EXPECT_TRUE(offered.ok()) << offered.status();
  if (offered.ok()) referral_id_ = offered->referral().referral_id();
}

void SampleCase::AddRelationSamples(std::vector<std::function<Sample()>>& samples) {
  using Referrals = v1::ReferralService::Stub;
  samples.push_back([this] {
    return Make("ReferralService/Refer", &Referrals::Refer, R"(
        participant_id: "$ID" to_unit: "nav-stovner-statlig" reason: REFERRAL_REASON_OWN_WISH
        message: "Wants\nto move")");
  });
  samples.push_back([this] {
    return Make("EmergencyAccessService/Open", &v1::EmergencyAccessService::Stub::Open, R"(
        national_identity_number: "$OTHER_NUMBER" reason: "The hospital called"
        identity_confirmation: IDENTITY_CONFIRMATION_KNOWN_IN_PERSON)");
  });
  samples.push_back([this] {
    return Make("ReferralService/Decline", &Referrals::Decline, R"(
        participant_id: "$OFFERED" referral_id: "$REFERRAL"
        reason: REFERRAL_DECLINE_REASON_WRONG_UNIT)");
  });
  using Protections = v1::ProtectionService::Stub;
  samples.push_back([this] {
    return MakeAs(server_.As("frida"), "ProtectionService/SetProtection",
                  &Protections::SetProtection, R"(
        national_identity_number: "$OTHER_NUMBER" grading: ADDRESS_GRADING_FORTROLIG)");
  });
  samples.push_back([this] {
    return MakeAs(server_.As("frida"), "ProtectionService/ListShadows", &Protections::ListShadows,
                  "page_size: 10");
  });
  samples.push_back([this] {
    return MakeAs(server_.As("frida"), "ProtectionService/MergeShadow", &Protections::MergeShadow,
                  absl::StrCat("shadow_id: \"", Register(kari_, "maryam"), "\""));
  });
  samples.push_back([this] {
    return Make("ProtectionService/SetOfficeLock", &v1::ProtectionService::Stub::SetOfficeLock, R"(
        participant_id: "$ID" record: LOCKABLE_RECORD_FOLLOW_UP record_id: "$EVENT")");
  });
}

}  // namespace navo::support
