#include "services/consent/legal_bases.h"

#include <google/protobuf/text_format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "services/access/openable.h"
#include "services/domain/absl_view.h"
#include "services/domain/calendar.h"
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

absl::Status CheckEntry(const v1::LegalBasis& basis) {
  const std::string& name = basis.law_reference();
  if (name.empty()) return Wrong("a legal basis", "has no law_reference");
  if (!domain::DayOf(basis.law_version()).has_value()) return Wrong(name, "has no law_version");
  if (basis.law_id().empty()) return Wrong(name, "has no law_id");
  if (basis.purposes().empty()) return Wrong(name, "names no purpose");
  if (basis.meaning_nb().empty() || basis.meaning_en().empty()) {
    return Wrong(name, "has no meaning in both languages");
  }
  if (basis.uncertain_nb().empty() != basis.uncertain_en().empty()) {
    return Wrong(name, "says what is uncertain in one language only");
  }
  if (basis.directions().empty() != basis.categories().empty()) {
    return Wrong(name, "has directions without categories, or categories without directions");
  }
  const auto from = domain::DayOf(basis.valid_from());
  const auto to = domain::DayOf(basis.valid_to());
  if (basis.has_valid_from() != from.has_value() || basis.has_valid_to() != to.has_value() ||
      (to.has_value() && (!from.has_value() || *to < *from))) {
    return Wrong(name, "has a period that is not one");
  }
  return absl::OkStatus();
}

}  // namespace

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

absl::StatusOr<LegalBases> LegalBases::Parse(absl::Span<const EmbeddedFile> files) {
  LegalBases bases;
  for (const EmbeddedFile& file : files) {
    v1::LegalBasisCatalogue catalogue;
    if (!google::protobuf::TextFormat::ParseFromString(std::string(file.content), &catalogue)) {
      return Wrong(file.name, "is not a LegalBasisCatalogue in text format");
    }
    for (v1::LegalBasis& basis : *catalogue.mutable_entries()) {
      NAVO_RETURN_IF_ERROR(CheckEntry(basis));
      if (bases.Find(basis.law_reference(), basis.law_version()) != nullptr) {
        return Wrong(basis.law_reference(), "stands twice in the same version");
      }
      bases.entries_.push_back(std::move(basis));
    }
  }
  std::sort(bases.entries_.begin(), bases.entries_.end(),
            [](const v1::LegalBasis& a, const v1::LegalBasis& b) { return NameOf(a) < NameOf(b); });
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
