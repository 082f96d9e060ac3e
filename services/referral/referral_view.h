#ifndef NAVO_SERVICES_REFERRAL_REFERRAL_VIEW_H_
#define NAVO_SERVICES_REFERRAL_REFERRAL_VIEW_H_

#include <string>

#include "absl/status/status.h"
#include "navo/v1/referral.pb.h"
#include "services/door/case.h"
#include "storage/referral.h"

namespace navo::services {

// One offer as far as `decision`, on its participant, shows it; `participant_id` is the caller's.
// Adds what was shown and withheld to `shown`. False when the caller may not know of it.
absl::StatusOr<bool> ShowReferral(door::Case& c, const access::Decision& decision,
                                  const storage::ReferralRow& row,
                                  const std::string& participant_id, door::Case::Shown* shown,
                                  v1::Referral* told);

}  // namespace navo::services

#endif  // NAVO_SERVICES_REFERRAL_REFERRAL_VIEW_H_
