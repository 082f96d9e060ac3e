#ifndef NAVO_SERVICES_CONSENT_GROUND_VIEW_H_
#define NAVO_SERVICES_CONSENT_GROUND_VIEW_H_

#include "navo/v1/consent.pb.h"
#include "services/access/policy.h"
#include "services/door/case.h"
#include "storage/ground.h"
#include "storage/guarded.h"

// Which grounds a caller may know of, and how one is told. Within the Case's thread.
namespace navo::services {

// A ground that ends within so many days is told to end soon.
inline constexpr int32_t kSoonDays = 60;

// The participant may know of all of them; a controller of those that open its own data, in every
// state; and a receiver of those that are in force towards its unit. The rest is not there.
bool MayKnowOf(const door::Case& c, const access::Decision& decision,
               const storage::GroundRow& ground);
inline bool MayKnowOf(const door::Case& c, const storage::GroundRow& ground) {
  return MayKnowOf(c, c.decision(), ground);
}

// The ground as the door opens it: as the existence of the participant at the giving controller.
storage::Guarded<storage::GroundRow> Guard(const door::Case& c, const access::Decision& decision,
                                           const storage::GroundRow& ground);
inline storage::Guarded<storage::GroundRow> Guard(const door::Case& c,
                                                  const storage::GroundRow& ground) {
  return Guard(c, c.decision(), ground);
}

v1::Ground TellGround(const door::Case& c, const storage::GroundRow& ground);

}  // namespace navo::services

#endif  // NAVO_SERVICES_CONSENT_GROUND_VIEW_H_
