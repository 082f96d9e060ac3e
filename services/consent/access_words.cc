#include "services/consent/access_words.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/access/openable.h"
#include "services/consent/receipt_words.h"
#include "services/domain/calendar.h"

namespace navo::services {
namespace {

std::string DayText(const google::type::Date& date) {
  const auto day = domain::DayOf(date);
  return day.has_value() ? domain::FormatDay(*day) : std::string();
}

std::string Names(const AccessFacts& facts, const char* language, const char* last) {
  const ReceiptWords& words = *ReceiptLanguages::Embedded().Find(language);
  std::vector<std::string> names;
  for (const v1::Category category : facts.categories) names.push_back(words.Of(category));
  if (names.size() < 2) return absl::StrJoin(names, "");
  const std::string end = names.back();
  names.pop_back();
  return absl::StrCat(absl::StrJoin(names, ", "), last, end);
}

std::string Basis(const v1::Ground* ground, const char* consent, const char* both) {
  if (ground == nullptr) return "";
  if (ground->kind() == v1::GROUND_KIND_LOV) return ": " + ground->law_reference();
  if (ground->kind() == v1::GROUND_KIND_LOV_OG_SAMTYKKE) {
    return absl::StrCat(": ", both, ground->law_reference());
  }
  return absl::StrCat(": ", consent);
}

std::string Until(const v1::Ground* ground, const char* until) {
  if (ground == nullptr || !ground->has_valid_to()) return "";
  return absl::StrCat(until, DayText(ground->valid_to()));
}

bool OnLaw(const AccessFacts& facts) {
  return facts.ground != nullptr && !access::RestsOnConsent(facts.ground->kind());
}

}  // namespace

std::string KindName(v1::ControllerKind kind) {
  switch (kind) {
    case v1::CONTROLLER_KIND_NAV_STAT:
      return "NAV statlig";
    case v1::CONTROLLER_KIND_NAV_KOMMUNE:
      return "NAV kommunal";
    case v1::CONTROLLER_KIND_VO:
      return "VO";
    default:
      return "";
  }
}

std::string ExplainInBokmaal(const AccessFacts& facts) {
  const std::string what = Names(facts, "nb", " og ");
  const std::string no = absl::StrCat(facts.to, " kan ikke se dette fra ", facts.from, ": ", what);
  switch (facts.reason) {
    case v1::ACCESS_REASON_GROUND:
      return absl::StrCat(facts.to, " kan se dette fra ", facts.from, ": ", what, ". Grunnlag",
                          Until(facts.ground, " til og med "),
                          Basis(facts.ground, "samtykke", "samtykke og "), ".");
    case v1::ACCESS_REASON_NO_GROUND:
      return absl::StrCat(no, ". Det er verken gitt samtykke eller registrert en lov som åpner.");
    case v1::ACCESS_REASON_SHARING_NOT_OPEN:
      return absl::StrCat("Ingenting er åpent fra ", facts.from, ".");
    case v1::ACCESS_REASON_PENDING:
      return absl::StrCat(no, ". Et samtykke venter på bekreftelse.");
    case v1::ACCESS_REASON_NOT_BEGUN:
      return absl::StrCat(no, ". Grunnlaget gjelder først fra ",
                          DayText(facts.ground->valid_from()), ".");
    case v1::ACCESS_REASON_EXPIRED:
      return absl::StrCat(no, ". Grunnlaget gjaldt til og med ", DayText(facts.ground->valid_to()),
                          ".");
    case v1::ACCESS_REASON_ENDED:
      return absl::StrCat(no, OnLaw(facts) ? ". Grunnlaget etter lov er avsluttet."
                                           : ". Samtykket er trukket tilbake eller avsluttet.");
    case v1::ACCESS_REASON_NO_TIE:
      return absl::StrCat(no,
                          ". Et grunnlag åpner for det, men ingen der har noe med saken å gjøre.");
    case v1::ACCESS_REASON_IDENTITY_NOT_CONFIRMED:
      return absl::StrCat(no,
                          ". Et grunnlag åpner for det, men de har ikke bekreftet hvem det er.");
    case v1::ACCESS_REASON_NEVER_SHARED:
      return absl::StrCat(no, ". Dette kan ikke deles med dem.");
    default:
      return "";
  }
}

std::string ExplainInEnglish(const AccessFacts& facts) {
  const std::string what = Names(facts, "en", " and ");
  const std::string no = absl::StrCat(facts.to, " cannot see this from ", facts.from, ": ", what);
  switch (facts.reason) {
    case v1::ACCESS_REASON_GROUND:
      return absl::StrCat(facts.to, " can see this from ", facts.from, ": ", what, ". Ground",
                          Until(facts.ground, " until "),
                          Basis(facts.ground, "consent", "consent and "), ".");
    case v1::ACCESS_REASON_NO_GROUND:
      return absl::StrCat(no, ". No consent was given, and no law recorded, that opens it.");
    case v1::ACCESS_REASON_SHARING_NOT_OPEN:
      return absl::StrCat("Nothing is open from ", facts.from, ".");
    case v1::ACCESS_REASON_PENDING:
      return absl::StrCat(no, ". A consent waits to be confirmed.");
    case v1::ACCESS_REASON_NOT_BEGUN:
      return absl::StrCat(no, ". The ground begins on ", DayText(facts.ground->valid_from()), ".");
    case v1::ACCESS_REASON_EXPIRED:
      return absl::StrCat(no, ". The ground ran out on ", DayText(facts.ground->valid_to()), ".");
    case v1::ACCESS_REASON_ENDED:
      return absl::StrCat(no, OnLaw(facts) ? ". The ground by law was ended."
                                           : ". The consent was withdrawn or ended.");
    case v1::ACCESS_REASON_NO_TIE:
      return absl::StrCat(no, ". A ground opens it, but nobody there has to do with the case.");
    case v1::ACCESS_REASON_IDENTITY_NOT_CONFIRMED:
      return absl::StrCat(no, ". A ground opens it, but they have not confirmed who it is.");
    case v1::ACCESS_REASON_NEVER_SHARED:
      return absl::StrCat(no, ". This cannot be shared with them.");
    default:
      return "";
  }
}

}  // namespace navo::services
