#ifndef NAVO_SERVICES_KARTLEGGING_CONTENT_CHECK_H_
#define NAVO_SERVICES_KARTLEGGING_CONTENT_CHECK_H_

#include <cstdint>
#include <string>

#include "navo/v1/kartlegging.pb.h"
#include "services/domain/error.h"

// What the content of each kind must be, for section_check.h. Those that take a pointer normalise
// texts and codes. `today` is the day in Europe/Oslo. Each adds a violation for every wrong field.
// Pure; any thread.
namespace navo::services {

void CheckWorkExperience(v1::WorkExperience* work, domain::Violations& violations);
void CheckUformellKompetanse(v1::UformellKompetanse* informal, int32_t today,
                             domain::Violations& violations);
void CheckDigitaleFerdigheter(v1::DigitaleFerdigheter* digital, int32_t today,
                              domain::Violations& violations);
void CheckGrunnleggendeFerdigheter(v1::GrunnleggendeFerdigheter* basic,
                                   domain::Violations& violations);
void CheckNeedsBarriers(const v1::NeedsBarriers& needs, domain::Violations& violations);
void CheckBenefitTypePeriod(const v1::BenefitTypePeriod& benefits, domain::Violations& violations);
void CheckHealthWorkAbility(const v1::HealthWorkAbility& health, domain::Violations& violations);

// How many items of a kind a section holds, unless the kind says otherwise.
inline constexpr int kMaxItems = 50;

inline std::string Item(const std::string& list, int index) {
  return list + "[" + std::to_string(index) + "]";
}

// False when the list is too long; its items are then not looked at.
inline bool CheckCount(const std::string& field, int count, int limit,
                       domain::Violations& violations) {
  if (count <= limit) return true;
  violations.Add(field, "must hold at most " + std::to_string(limit));
  return false;
}

}  // namespace navo::services

#endif  // NAVO_SERVICES_KARTLEGGING_CONTENT_CHECK_H_
