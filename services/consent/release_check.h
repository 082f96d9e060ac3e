#ifndef NAVO_SERVICES_CONSENT_RELEASE_CHECK_H_
#define NAVO_SERVICES_CONSENT_RELEASE_CHECK_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "google/type/date.pb.h"
#include "navo/v1/ground.pb.h"
#include "navo/v1/legal_basis.pb.h"
#include "services/access/categories.h"
#include "services/access/directory.h"
#include "services/catalogue/legal_bases.h"
#include "services/domain/error.h"

// What a request says of a ground, checked and turned into keys and days. Pure; any thread. Each
// adds a violation for everything that is wrong and then returns what it could read.
namespace navo::services {

struct CheckedRelease {
  int64_t from_controller_key = 0;
  int64_t to_controller_key = 0;
  int64_t to_unit_key = 0;  // 0: every unit
  access::CategorySet categories;

  // Whose door it opens or whom it lets in.
  bool Concerns(int64_t controller_key) const {
    return from_controller_key == controller_key || to_controller_key == controller_key;
  }
};

// What a release is part of. A purpose that is not one is complained of elsewhere.
struct ReleaseRule {
  v1::GroundKind kind = v1::GROUND_KIND_UNSPECIFIED;
  v1::Purpose purpose = v1::PURPOSE_UNSPECIFIED;
  const v1::LegalBasis* law = nullptr;  // that has to open it alone
};

// EXISTENCE is added: without it a ground would open nothing.
CheckedRelease CheckRelease(const std::string& field, const v1::Release& release,
                            const ReleaseRule& rule, const access::Directory& directory,
                            domain::Violations& violations);

struct Period {
  int64_t from_day = 0;
  int64_t to_day = 0;  // storage::kNoLastDay when it is open
};

struct PeriodRule {
  int32_t today = 0;
  bool may_begin_earlier = false;
  int most_months_ahead = 0;  // 0: no limit
};

// Null is an absent date: from today, and as long as the rule allows.
Period CheckValidity(const google::type::Date* from, const google::type::Date* to,
                     const PeriodRule& rule, domain::Violations& violations);

// Known, and not UNSPECIFIED.
void CheckPurpose(v1::Purpose purpose, domain::Violations& violations);

// The entry that a request names, null when there is none. Says nothing.
const v1::LegalBasis* FindLaw(const LegalBases& bases, const std::string& law_reference,
                              const google::type::Date& law_version);
// Says what is wrong with it: it is not there, or cannot carry the purpose on every day of the
// period. Of a purpose that is wrong itself nothing is said. A null version is an absent one.
void CheckLaw(const LegalBases& bases, const std::string& law_reference,
              const google::type::Date* law_version, v1::Purpose purpose, const Period& period,
              domain::Violations& violations);

// How staff say that a consent was given; SELF_SIGNED_IN is not theirs to say.
void CheckGivenToStaff(std::string_view field, v1::ConsentGivenBy given_by,
                       domain::Violations& violations);

}  // namespace navo::services

#endif  // NAVO_SERVICES_CONSENT_RELEASE_CHECK_H_
