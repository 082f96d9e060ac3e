#include "services/consent/release_check.h"

#include <optional>

#include "services/access/openable.h"
#include "services/domain/calendar.h"
#include "services/domain/text.h"
#include "storage/ground.h"

namespace navo::services {
namespace {

constexpr domain::TextRule kLawReference{.max_characters = 200, .required = true};

const access::Controller* CheckController(std::string field, const std::string& id,
                                          const access::Directory& directory,
                                          domain::Violations& violations) {
  const access::Controller* controller = directory.FindController(std::string_view(id));
  if (controller == nullptr) {
    violations.Add(std::move(field), "must be the id of a controller, for example nav-statlig");
  }
  return controller;
}

// What may be named; where something else is wrong, everything that could be right.
access::CategorySet Allowed(const ReleaseRule& rule, const access::Controller* receiver) {
  const v1::ControllerKind kind = receiver == nullptr ? v1::CONTROLLER_KIND_VO : receiver->kind;
  const bool known = rule.purpose != v1::PURPOSE_UNSPECIFIED && v1::Purpose_IsValid(rule.purpose);
  return known && receiver != nullptr ? access::Openable(rule.kind, rule.purpose, kind)
                                      : access::Sharable(kind);
}

// Null when the category may be named.
const char* WhyNot(v1::Category category, access::CategorySet allowed, access::CategorySet by_law) {
  if (category == v1::CATEGORY_UNSPECIFIED || !v1::Category_IsValid(category)) {
    return "must be a category that NAVO knows";
  }
  if (access::kNeverShared.Has(category)) return "is never shared: no ground opens it";
  if (!allowed.Has(category)) {
    return "is not opened by such a ground: needs and benefits take a consent and go to VO alone, "
           "health takes one for TILRETTELEGGING";
  }
  if (!by_law.Has(category)) return "is not opened by that law in this direction";
  return nullptr;
}

access::CategorySet CheckCategories(const std::string& field, const v1::Release& release,
                                    access::CategorySet allowed, access::CategorySet by_law,
                                    domain::Violations& violations) {
  access::CategorySet categories{v1::CATEGORY_EXISTENCE};
  if (release.categories().empty()) violations.Add(field, "must name at least one category");
  for (int i = 0; i < release.categories_size(); ++i) {
    const v1::Category category = release.categories(i);
    if (const char* why = WhyNot(category, allowed, by_law); why != nullptr) {
      violations.Add(field + "[" + std::to_string(i) + "]", why);
    } else {
      categories.Add(category);
    }
  }
  return categories;
}

}  // namespace

CheckedRelease CheckRelease(const std::string& field, const v1::Release& release,
                            const ReleaseRule& rule, const access::Directory& directory,
                            domain::Violations& violations) {
  CheckedRelease checked;
  const access::Controller* from =
      CheckController(field + ".from_controller", release.from_controller(), directory, violations);
  const access::Controller* to =
      CheckController(field + ".to_controller", release.to_controller(), directory, violations);
  if (from != nullptr) checked.from_controller_key = from->key;
  if (to != nullptr) checked.to_controller_key = to->key;
  if (to != nullptr && to == from) {
    violations.Add(field + ".to_controller", "must be another controller than from_controller");
  }
  if (!release.to_unit().empty()) {
    const access::Unit* unit = directory.FindUnit(std::string_view(release.to_unit()));
    if (unit == nullptr || unit->closed || unit->controller_key != checked.to_controller_key) {
      violations.Add(field + ".to_unit", "must be an open unit of to_controller, or empty for all");
    } else {
      checked.to_unit_key = unit->key;
    }
  }
  const access::CategorySet allowed = Allowed(rule, to);
  const bool law_decides = rule.law != nullptr && from != nullptr && to != nullptr;
  checked.categories = CheckCategories(
      field + ".categories", release, allowed,
      law_decides ? OpenedBy(*rule.law, from->kind, to->kind) : allowed, violations);
  return checked;
}

const v1::LegalBasis* FindLaw(const LegalBases& bases, const std::string& law_reference,
                              const google::type::Date& law_version) {
  const auto normal = domain::NormaliseText(law_reference, kLawReference);
  return normal.ok() ? bases.Find(*normal, law_version) : nullptr;
}

void CheckLaw(const LegalBases& bases, const std::string& law_reference,
              const google::type::Date* law_version, v1::Purpose purpose, const Period& period,
              domain::Violations& violations) {
  const size_t found = violations.items().size();
  std::string reference = law_reference;
  domain::CheckText("law_reference", &reference, kLawReference, violations);
  if (violations.items().size() == found && !bases.Has(reference)) {
    violations.Add("law_reference", "must be the law_reference of an entry of ListLegalBases");
  }
  if (law_version == nullptr) {
    violations.Add("law_version", "must be the law_version of an entry of ListLegalBases");
  } else if (!domain::CheckDate("law_version", *law_version, violations).has_value()) {
    return;
  }
  if (violations.items().size() != found) return;
  const v1::LegalBasis* basis = bases.Find(reference, *law_version);
  const bool known = purpose != v1::PURPOSE_UNSPECIFIED && v1::Purpose_IsValid(purpose);
  if (basis == nullptr) {
    violations.Add("law_version", "must be a version of that law in ListLegalBases");
  } else if (known && !Serves(*basis, purpose)) {
    violations.Add("law_reference", "must be a law that serves this purpose");
  } else if (!InForceOn(*basis, period.from_day, period.to_day)) {
    violations.Add("law_version", "is not in force on every day from valid_from to valid_to");
  }
}

Period CheckValidity(const google::type::Date* from, const google::type::Date* to,
                     const PeriodRule& rule, domain::Violations& violations) {
  std::optional<int32_t> first = rule.today;
  if (from != nullptr) first = domain::CheckDate("valid_from", *from, violations);
  if (first.has_value() && *first < rule.today && !rule.may_begin_earlier) {
    violations.Add("valid_from", "must not be before today");
  }
  const int32_t furthest = rule.most_months_ahead > 0
                               ? domain::AddMonths(rule.today, rule.most_months_ahead)
                               : static_cast<int32_t>(storage::kNoLastDay);
  const std::string limit =
      "must be at most " + std::to_string(rule.most_months_ahead / 12) + " years ahead";
  if (first.value_or(0) > furthest) violations.Add("valid_from", limit);
  if (to == nullptr) return {first.value_or(0), furthest};
  const std::optional<int32_t> last = domain::CheckDate("valid_to", *to, violations);
  domain::CheckPeriod("valid_to", first, last, violations);
  if (last.value_or(0) > furthest) violations.Add("valid_to", limit);
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
