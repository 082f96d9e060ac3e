#include "services/catalogue/legal_bases.h"

#include <google/protobuf/text_format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/access/openable.h"
#include "services/domain/absl_view.h"
#include "services/domain/calendar.h"
#include "services/domain/text.h"
#include "storage/catalogue.h"
#include "storage/ground.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

using domain::AbslView;

auto NameOf(const v1::LegalBasis& basis) {
  return std::make_tuple(std::string_view(basis.law_reference()),
                         domain::DayOf(basis.law_version()));
}

absl::Status Wrong(std::string_view where, const char* what) {
  return absl::InvalidArgumentError(absl::StrCat(AbslView(where), ": ", what));
}

constexpr domain::TextRule kReference{.max_characters = 200, .required = true};
constexpr domain::TextRule kMeaning{.max_characters = 2000, .required = true, .multi_line = true};
constexpr domain::TextRule kUncertain{.max_characters = 2000, .multi_line = true};

void CheckKind(const std::string& field, v1::ControllerKind kind, domain::Violations& violations) {
  if (kind != v1::CONTROLLER_KIND_UNSPECIFIED && v1::ControllerKind_IsValid(kind)) return;
  violations.Add(field, "must be a kind of controller");
}

// What it opens by itself must be what a law may open at all.
void CheckOpened(const std::string& field, const v1::LegalBasis& basis,
                 domain::Violations& violations) {
  for (int i = 0; i < basis.directions_size(); ++i) {
    const std::string path = absl::StrCat(field, "directions[", i, "].");
    CheckKind(path + "from_kind", basis.directions(i).from_kind(), violations);
    CheckKind(path + "to_kind", basis.directions(i).to_kind(), violations);
  }
  bool known = true;
  for (int i = 0; i < basis.categories_size(); ++i) {
    const int category = basis.categories(i);
    if (category != 0 && v1::Category_IsValid(category)) continue;
    violations.Add(absl::StrCat(field, "categories[", i, "]"), "must be a category");
    known = false;
  }
  if (basis.directions().empty() != basis.categories().empty()) {
    violations.Add(field + "categories", "must be there where directions are, and only there");
  }
  if (!known) return;
  for (const v1::LegalBasisDirection& direction : basis.directions()) {
    for (const int purpose : basis.purposes()) {
      const access::CategorySet may = access::Openable(
          v1::GROUND_KIND_LOV, static_cast<v1::Purpose>(purpose), direction.to_kind());
      if ((OpenedBy(basis, direction.from_kind(), direction.to_kind()) - may).empty()) continue;
      violations.Add(field + "categories", "must be such that a law can open them by itself");
      return;
    }
  }
}

}  // namespace

void CheckPurposes(const std::string& field, const google::protobuf::RepeatedField<int>& purposes,
                   domain::Violations& violations) {
  if (purposes.empty()) violations.Add(field + "purposes", "must be one or more");
  for (int i = 0; i < purposes.size(); ++i) {
    if (purposes.Get(i) != 0 && v1::Purpose_IsValid(purposes.Get(i))) continue;
    violations.Add(absl::StrCat(field, "purposes[", i, "]"), "must be a purpose that NAVO knows");
  }
}

void CheckLegalBasis(const std::string& field, v1::LegalBasis& basis,
                     domain::Violations& violations) {
  domain::CheckText(field + "law_reference", basis.mutable_law_reference(), kReference, violations);
  if (!domain::DayOf(basis.law_version()).has_value()) {
    violations.Add(field + "law_version", "must be the day whose text the entry was written from");
  }
  domain::CheckText(field + "law_id", basis.mutable_law_id(), kReference, violations);
  std::optional<int32_t> from;
  std::optional<int32_t> to;
  if (basis.has_valid_from()) {
    from = domain::CheckDate(field + "valid_from", basis.valid_from(), violations);
  }
  if (basis.has_valid_to()) {
    to = domain::CheckDate(field + "valid_to", basis.valid_to(), violations);
    if (!basis.has_valid_from()) {
      violations.Add(field + "valid_to", "must be absent where valid_from is");
    }
    domain::CheckPeriod(field + "valid_to", from, to, violations);
  }
  CheckPurposes(field, basis.purposes(), violations);
  CheckOpened(field, basis, violations);
  domain::CheckText(field + "meaning_nb", basis.mutable_meaning_nb(), kMeaning, violations);
  domain::CheckText(field + "meaning_en", basis.mutable_meaning_en(), kMeaning, violations);
  domain::CheckText(field + "uncertain_nb", basis.mutable_uncertain_nb(), kUncertain, violations);
  domain::CheckText(field + "uncertain_en", basis.mutable_uncertain_en(), kUncertain, violations);
  if (basis.uncertain_nb().empty() != basis.uncertain_en().empty()) {
    violations.Add(field + "uncertain_en", "must be there where uncertain_nb is, and only there");
  }
}

bool InForceOn(const v1::LegalBasis& basis, int64_t from_day, int64_t to_day) {
  const auto first = domain::DayOf(basis.valid_from());
  const int64_t last = domain::DayOf(basis.valid_to()).value_or(storage::kNoLastDay);
  return first.has_value() && *first <= from_day && to_day <= last;
}

bool Serves(const v1::LegalBasis& basis, v1::Purpose purpose) {
  return std::find(basis.purposes().begin(), basis.purposes().end(), purpose) !=
         basis.purposes().end();
}

access::CategorySet OpenedBy(const v1::LegalBasis& basis, v1::ControllerKind from,
                             v1::ControllerKind to) {
  const bool named =
      std::any_of(basis.directions().begin(), basis.directions().end(),
                  [&](const v1::LegalBasisDirection& direction) {
                    return direction.from_kind() == from && direction.to_kind() == to;
                  });
  access::CategorySet categories;
  if (!named) return categories;
  for (const int category : basis.categories()) categories.Add(static_cast<v1::Category>(category));
  return categories;
}

void LegalBases::Put(v1::LegalBasis basis) {
  const auto at = std::lower_bound(
      entries_.begin(), entries_.end(), basis,
      [](const v1::LegalBasis& a, const v1::LegalBasis& b) { return NameOf(a) < NameOf(b); });
  if (at != entries_.end() && NameOf(*at) == NameOf(basis)) {
    *at = std::move(basis);
  } else {
    entries_.insert(at, std::move(basis));
  }
}

absl::StatusOr<LegalBases> LegalBases::Parse(absl::Span<const EmbeddedFile> files) {
  LegalBases bases;
  for (const EmbeddedFile& file : files) {
    v1::LegalBasisCatalogue catalogue;
    if (!google::protobuf::TextFormat::ParseFromString(std::string(file.content), &catalogue)) {
      return Wrong(file.name, "is not a LegalBasisCatalogue in text format");
    }
    for (v1::LegalBasis& basis : *catalogue.mutable_entries()) {
      domain::Violations violations;
      CheckLegalBasis("", basis, violations);
      if (!violations.empty()) {
        const domain::Violations::Item& first = violations.items().front();
        return Wrong(absl::StrCat(basis.law_reference(), ": ", first.field),
                     first.description.c_str());
      }
      if (bases.Find(basis.law_reference(), basis.law_version()) != nullptr) {
        return Wrong(basis.law_reference(), "stands twice in the same version");
      }
      bases.Put(std::move(basis));
    }
  }
  return bases;
}

absl::StatusOr<LegalBases> LegalBases::Load(storage::ReadTx& tx) {
  LegalBases bases = Embedded();
  NAVO_RETURN_IF_ERROR(storage::EachLegalBasis(
      tx, [&bases](v1::LegalBasis&& basis) { bases.Put(std::move(basis)); }));
  return bases;
}

const LegalBases& LegalBases::Embedded() {
  static const LegalBases bases = [] {
    absl::StatusOr<LegalBases> parsed = Parse(LegalBasisFiles());
    if (!parsed.ok()) {
      std::fprintf(stderr, "legal bases: %s\n", std::string(parsed.status().message()).c_str());
      std::abort();
    }
    return *std::move(parsed);
  }();
  return bases;
}

bool LegalBases::Has(std::string_view law_reference) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const v1::LegalBasis& one) {
    return one.law_reference() == law_reference;
  });
}

const v1::LegalBasis* LegalBases::Find(std::string_view law_reference,
                                       const google::type::Date& law_version) const {
  const auto version = domain::DayOf(law_version);
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const v1::LegalBasis& one) {
    return one.law_reference() == law_reference && domain::DayOf(one.law_version()) == version;
  });
  return found == entries_.end() ? nullptr : &*found;
}

}  // namespace navo::services
