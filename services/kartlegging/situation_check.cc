#include <optional>
#include <set>
#include <string>

#include "services/domain/calendar.h"
#include "services/kartlegging/content_check.h"

namespace navo::services {
namespace {

constexpr int kMaxPeriods = 20;
constexpr int kMaxWeeklyHours = 40;

// A category stands once, and "none" alone.
bool StandsWrongly(const v1::NeedsBarriers& needs, int index) {
  const v1::NeedCategory category = needs.needs(index).category();
  if (category == v1::NEED_CATEGORY_INGEN) return needs.needs_size() > 1;
  for (int i = 0; i < index; ++i) {
    if (needs.needs(i).category() == category) return true;
  }
  return false;
}

void CheckNeed(const std::string& path, const v1::NeedsBarriers& needs, int index,
               domain::Violations& violations) {
  const v1::Need& need = needs.needs(index);
  if (need.category() == v1::NEED_CATEGORY_UNSPECIFIED ||
      !v1::NeedCategory_IsValid(need.category())) {
    violations.Add(path + ".category", "must be one of the documented needs, or UAVKLART");
  } else if (StandsWrongly(needs, index)) {
    violations.Add(path + ".category", "must stand once, and INGEN alone");
  }
  if (!v1::NeedState_IsValid(need.state())) {
    violations.Add(path + ".state", "must be AAPEN, UNDER_ARBEID or LOEST, or left out");
  }
}

void CheckPeriodOf(const std::string& path, const v1::BenefitPeriod& period,
                   domain::Violations& violations) {
  if (period.type() == v1::BENEFIT_TYPE_UNSPECIFIED || !v1::BenefitType_IsValid(period.type())) {
    violations.Add(path + ".type", "must be one of the documented benefits, or UAVKLART");
  }
  std::optional<int32_t> from;
  std::optional<int32_t> to;
  if (period.has_from_date()) {
    from = domain::CheckDate(path + ".from_date", period.from_date(), violations);
  }
  if (period.has_to_date()) {
    to = domain::CheckDate(path + ".to_date", period.to_date(), violations);
  }
  domain::CheckPeriod(path + ".to_date", from, to, violations);
}

}  // namespace

void CheckNeedsBarriers(const v1::NeedsBarriers& needs, domain::Violations& violations) {
  const std::string list = "content.needs_barriers.needs";
  if (!CheckCount(list, needs.needs_size(), v1::NeedCategory_MAX, violations)) return;
  for (int i = 0; i < needs.needs_size(); ++i) CheckNeed(Item(list, i), needs, i, violations);
}

void CheckBenefitTypePeriod(const v1::BenefitTypePeriod& benefits, domain::Violations& violations) {
  const std::string list = "content.benefit_type_period.periods";
  if (!CheckCount(list, benefits.periods_size(), kMaxPeriods, violations)) return;
  for (int i = 0; i < benefits.periods_size(); ++i) {
    CheckPeriodOf(Item(list, i), benefits.periods(i), violations);
  }
}

void CheckHealthWorkAbility(const v1::HealthWorkAbility& health, domain::Violations& violations) {
  const std::string prefix = "content.health_work_ability.";
  if (!v1::WorkAbility_IsValid(health.work_ability())) {
    violations.Add(prefix + "work_ability",
                   "must be UAVKLART, IKKE_NEDSATT, DELVIS_NEDSATT or VESENTLIG_NEDSATT, or left "
                   "out");
  }
  if (health.weekly_hours() < 0 || health.weekly_hours() > kMaxWeeklyHours) {
    violations.Add(prefix + "weekly_hours", "must be 1 to 40, or 0 when it is not stated");
  }
  const std::string list = prefix + "adaptations";
  if (CheckCount(list, health.adaptations_size(), v1::Adaptation_MAX, violations)) {
    std::set<int> seen;
    for (int i = 0; i < health.adaptations_size(); ++i) {
      const v1::Adaptation adaptation = health.adaptations(i);
      if (adaptation == v1::ADAPTATION_UNSPECIFIED || !v1::Adaptation_IsValid(adaptation)) {
        violations.Add(Item(list, i), "must be one of the documented adaptations");
      } else if (!seen.insert(adaptation).second) {
        violations.Add(Item(list, i), "must not stand twice");
      }
    }
  }
  if (health.has_review_date()) {
    domain::CheckDate(prefix + "review_date", health.review_date(), violations);
  }
}

}  // namespace navo::services
