#ifndef NAVO_SERVICES_REFERRAL_BODIES_H_
#define NAVO_SERVICES_REFERRAL_BODIES_H_

#include "absl/status/status.h"
#include "navo/v1/referral.pb.h"
#include "services/door/case.h"

// The bodies of ReferralService: refer.cc, answer_referral.cc, list_referrals.cc. The promises are
// in referral.proto.
namespace navo::services {

absl::Status Refer(door::WriteCase& c, const v1::ReferRequest& request,
                   v1::ReferResponse& response);
absl::Status AcceptReferral(door::WriteCase& c, const v1::AcceptReferralRequest& request,
                            v1::AcceptReferralResponse& response);
absl::Status DeclineReferral(door::WriteCase& c, const v1::DeclineReferralRequest& request,
                             v1::DeclineReferralResponse& response);
absl::Status WithdrawReferral(door::WriteCase& c, const v1::WithdrawReferralRequest& request,
                              v1::WithdrawReferralResponse& response);
absl::Status ListReferrals(door::Case& c, const v1::ListReferralsRequest& request,
                           v1::ListReferralsResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_REFERRAL_BODIES_H_
