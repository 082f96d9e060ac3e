#include <algorithm>
#include <optional>
#include <string>

#include "services/admin/authority.h"
#include "services/admin/methods.h"
#include "services/catalogue/consent_texts.h"
#include "services/catalogue/legal_bases.h"
#include "services/domain/calendar.h"
#include "services/domain/codes.h"
#include "services/domain/reasons.h"
#include "services/domain/text.h"
#include "storage/catalogue.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

namespace reason = domain::reason;
using absl::StatusCode;

constexpr char kFirstLanguage[] = "nb";

// What the wording says, whatever else there is.
void CheckWording(v1::ConsentText& text, domain::Violations& violations) {
  CheckNewId("consent_text.text_id", text.text_id(), violations);
  if (text.version() < 1) violations.Add("consent_text.version", "must be a number from 1");
  domain::CheckLanguageCode("consent_text.language", text.mutable_language(), violations);
  CheckPurposes("consent_text.", text.purposes(), violations);
  if (text.has_valid_from()) {
    domain::CheckDate("consent_text.valid_from", text.valid_from(), violations);
  }
  domain::CheckText("consent_text.text", text.mutable_text(), domain::kRequiredNoteText,
                    violations);
}

// One more language says what the version says.
void CheckTranslation(const v1::ConsentText& text, const v1::ConsentText& first,
                      domain::Violations& violations) {
  if (!std::equal(text.purposes().begin(), text.purposes().end(), first.purposes().begin(),
                  first.purposes().end())) {
    violations.Add("consent_text.purposes", "must be those of the version in bokmaal");
  }
  if (text.has_valid_from() != first.has_valid_from() ||
      domain::DayOf(text.valid_from()) != domain::DayOf(first.valid_from())) {
    violations.Add("consent_text.valid_from", "must be that of the version in bokmaal");
  }
}

void CheckNewVersion(const v1::ConsentText& text, int32_t today, domain::Violations& violations) {
  if (text.language() != kFirstLanguage) {
    violations.Add("consent_text.language", "must be nb: a new version begins with bokmaal");
  }
  if (domain::DayOf(text.valid_from()).value_or(0) < today) {
    violations.Add("consent_text.valid_from", "must be today or later");
  }
}

}  // namespace

absl::Status AddConsentText(door::WriteCase& c, const v1::AddConsentTextRequest& request,
                            v1::AddConsentTextResponse& /*response*/) {
  NAVO_ASSIGN_OR_RETURN(const Authority authority, Authority::Of(c));
  NAVO_RETURN_IF_ERROR(authority.CheckInstallation());
  v1::ConsentText text = request.consent_text();
  domain::Violations violations;
  CheckWording(text, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const ConsentTexts texts, ConsentTexts::Load(c.tx(), text.text_id()));
  if (texts.Find(text.text_id(), text.version(), text.language()) != nullptr) {
    return domain::MakeError(StatusCode::kAlreadyExists, reason::kIdTaken,
                             "the text is there in this version and language, and words are never "
                             "changed: make a new version");
  }
  const int newest = texts.NewestVersion(text.text_id());
  const v1::ConsentText* first = texts.Find(text.text_id(), text.version(), kFirstLanguage);
  if (text.version() == newest && first != nullptr) {
    CheckTranslation(text, *first, violations);
  } else if (text.version() == newest + 1) {
    CheckNewVersion(text, c.today(), violations);
  } else {
    violations.Add("consent_text.version", "must be the newest there is, or the one after it");
  }
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  return storage::PutConsentText(c.tx(), text, c.author());
}

absl::Status ReviewConsentText(door::WriteCase& c, const v1::ReviewConsentTextRequest& request,
                               v1::ReviewConsentTextResponse& /*response*/) {
  NAVO_ASSIGN_OR_RETURN(const Authority authority, Authority::Of(c));
  NAVO_RETURN_IF_ERROR(authority.CheckInstallation());
  domain::Violations violations;
  CheckNewId("text_id", request.text_id(), violations);
  if (request.version() < 1) violations.Add("version", "must be a number from 1");
  std::string language = request.language();
  domain::CheckLanguageCode("language", &language, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const ConsentTexts texts, ConsentTexts::Load(c.tx(), request.text_id()));
  const v1::ConsentText* found = texts.Find(request.text_id(), request.version(), language);
  if (found == nullptr) {
    return domain::MakeError(StatusCode::kNotFound, reason::kTextNotKnown,
                             "there is no such text, version or language");
  }
  if (found->reviewed()) {
    return domain::MakeError(StatusCode::kFailedPrecondition, reason::kIllegalStateChange,
                             "the wording is marked as checked already");
  }
  v1::ConsentText text = *found;
  text.set_reviewed(true);
  return storage::PutConsentText(c.tx(), text, c.author());
}

absl::Status ListConsentTexts(door::Case& c, const v1::ListConsentTextsRequest& /*request*/,
                              v1::ListConsentTextsResponse& response) {
  NAVO_RETURN_IF_ERROR(Authority::Of(c).status());
  NAVO_ASSIGN_OR_RETURN(const ConsentTexts texts, ConsentTexts::Load(c.tx(), ""));
  for (const auto& [key, text] : texts.all()) {
    v1::ConsentText* shown = response.add_consent_texts();
    *shown = text;
    shown->clear_text();
  }
  return absl::OkStatus();
}

}  // namespace navo::services
