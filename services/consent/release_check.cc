#include "services/consent/release_check.h"

#include <optional>

#include "services/domain/calendar.h"
#include "storage/ground.h"

namespace navo::services {
namespace {

int64_t CheckController(std::string field, const std::string& id,
                        const access::Directory& directory, domain::Violations& violations) {
  const access::Controller* controller = directory.FindController(std::string_view(id));
  if (controller != nullptr) return controller->key;
  violations.Add(std::move(field), "must be the id of a controller, for example nav-statlig");
  return 0;
}

access::CategorySet CheckCategories(const std::string& field, const v1::Release& release,
                                    domain::Violations& violations) {
  access::CategorySet categories{v1::CATEGORY_EXISTENCE};
  if (release.categories().empty()) violations.Add(field, "must name at least one category");
  for (int i = 0; i < release.categories_size(); ++i) {
    const v1::Category category = release.categories(i);
    const std::string place = field + "[" + std::to_string(i) + "]";
    if (category == v1::CATEGORY_UNSPECIFIED || !v1::Category_IsValid(category)) {
      violations.Add(place, "must be a category that NAVO knows");
    } else if (access::kNeverShared.Has(category)) {
      violations.Add(place, "is never shared: no ground opens it");
    } else {
      categories.Add(category);
    }
  }
  return categories;
}

}  // namespace

CheckedRelease CheckRelease(const std::string& field, const v1::Release& release,
                            const access::Directory& directory, domain::Violations& violations) {
  CheckedRelease checked;
  checked.from_controller_key =
      CheckController(field + ".from_controller", release.from_controller(), directory, violations);
  checked.to_controller_key =
      CheckController(field + ".to_controller", release.to_controller(), directory, violations);
  if (checked.to_controller_key != 0 && checked.to_controller_key == checked.from_controller_key) {
    violations.Add(field + ".to_controller", "must be another controller than from_controller");
  }
  if (!release.to_unit().empty()) {
    const access::Unit* unit = directory.FindUnit(std::string_view(release.to_unit()));
    if (unit == nullptr || unit->controller_key != checked.to_controller_key) {
      violations.Add(field + ".to_unit", "must be a unit of to_controller, or empty for all");
    } else {
      checked.to_unit_key = unit->key;
    }
  }
  checked.categories = CheckCategories(field + ".categories", release, violations);
  return checked;
}

Period CheckValidity(const google::type::Date* from, const google::type::Date* to,
                     const PeriodRule& rule, domain::Violations& violations) {
  std::optional<int32_t> first = rule.today;
  if (from != nullptr) first = domain::CheckDate("valid_from", *from, violations);
  if (first.has_value() && *first < rule.today && !rule.may_begin_earlier) {
    violations.Add("valid_from", "must not be before today");
  }
  if (to == nullptr) return {first.value_or(0), storage::kNoLastDay};
  const std::optional<int32_t> last = domain::CheckDate("valid_to", *to, violations);
  domain::CheckPeriod("valid_to", first, last, violations);
  if (rule.most_months_ahead > 0 && last.has_value() &&
      *last > domain::AddMonths(rule.today, rule.most_months_ahead)) {
    violations.Add("valid_to", "must be at most " + std::to_string(rule.most_months_ahead / 12) +
                                   " years ahead");
  }
  return {first.value_or(0), last.value_or(0)};
}

void CheckPurpose(v1::Purpose purpose, domain::Violations& violations) {
  if (purpose != v1::PURPOSE_UNSPECIFIED && v1::Purpose_IsValid(purpose)) return;
  violations.Add("purpose", "must be a purpose that NAVO knows");
}

void CheckGivenToStaff(std::string_view field, v1::ConsentGivenBy given_by,
                       domain::Violations& violations) {
  if (given_by == v1::CONSENT_GIVEN_BY_IN_PERSON ||
      given_by == v1::CONSENT_GIVEN_BY_WITH_INTERPRETER ||
      given_by == v1::CONSENT_GIVEN_BY_ASSISTED) {
    return;
  }
  violations.Add(std::string(field), "must be IN_PERSON, WITH_INTERPRETER or ASSISTED");
}

}  // namespace navo::services
