#include "services/consent/give_consent.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "services/catalogue/consent_texts.h"
#include "services/catalogue/legal_bases.h"
#include "services/consent/ground_methods.h"
#include "services/consent/ground_view.h"
#include "services/consent/release_check.h"
#include "services/domain/calendar.h"
#include "services/domain/codes.h"
#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "services/domain/text.h"
#include "storage/ground.h"
#include "storage/status_macros.h"
#include "storage/tie.h"

namespace navo::services {
namespace {

namespace reason = domain::reason;

constexpr int kMostReleases = 10;
constexpr int kMostMonthsAhead = 36;
constexpr domain::TextRule kTextId{.max_characters = 100, .required = true};

struct CheckedConsent {
  std::vector<CheckedRelease> releases;
  Period period;
  v1::ConsentProof proof;
  std::optional<v1::LegalBasis> law;  // that the processing rests on beside the consent
};

void CheckReleases(const door::Case& c, const v1::GiveConsentRequest& request,
                   std::vector<CheckedRelease>& releases, domain::Violations& violations) {
  const int count = request.releases_size();
  if (count < 1 || count > kMostReleases) violations.Add("releases", "must be 1 to 10");
  for (int i = 0; i < std::min(count, kMostReleases); ++i) {
    releases.push_back(CheckRelease("releases[" + std::to_string(i) + "]", request.releases(i),
                                    {v1::GROUND_KIND_SAMTYKKE, request.purpose(), nullptr},
                                    c.directory(), violations));
  }
}

void CheckProof(const door::Case& c, v1::ConsentProof& proof, domain::Violations& violations) {
  domain::CheckText("proof.text_id", proof.mutable_text_id(), kTextId, violations);
  if (proof.text_version() < 1) {
    violations.Add("proof.text_version", "must be the version that was shown, from 1");
  }
  domain::CheckLanguageCode("proof.text_language", proof.mutable_text_language(), violations);
  if (c.facts().self) {
    proof.set_given_by(v1::CONSENT_GIVEN_BY_SELF_SIGNED_IN);
  } else {
    CheckGivenToStaff("proof.given_by", proof.given_by(), violations);
  }
  if (!proof.refusal_explained()) {
    violations.Add("proof.refusal_explained",
                   "must be true: say first that refusing has no effect on rights or services");
  }
}

// Null unless it is a wording of the version that is in force.
const v1::ConsentText* FindText(const ConsentTexts& texts, const v1::ConsentProof& proof,
                                int64_t today) {
  if (proof.text_version() != texts.VersionInForce(proof.text_id(), today)) return nullptr;
  return texts.Find(proof.text_id(), proof.text_version(), proof.text_language());
}

absl::Status TextNotKnown(const ConsentTexts& texts, const v1::ConsentProof& proof) {
  std::map<std::string, std::string> metadata;
  const std::vector<std::string> languages = texts.Languages(proof.text_id(), proof.text_version());
  if (!languages.empty()) metadata["languages"] = absl::StrJoin(languages, ",");
  return domain::MakeError(absl::StatusCode::kFailedPrecondition, reason::kTextNotKnown,
                           "there is no such consent text in force in this version and "
                           "language: get the current one with GetConsentText",
                           metadata);
}

const v1::LegalBasis* CheckLawBeside(const LegalBases& bases, const v1::GiveConsentRequest& request,
                                     const Period& period, domain::Violations& violations) {
  if (request.law_reference().empty()) {
    if (request.has_law_version()) {
      violations.Add("law_version", "must be absent where law_reference is empty");
    }
    return nullptr;
  }
  CheckLaw(bases, request.law_reference(),
           request.has_law_version() ? &request.law_version() : nullptr, request.purpose(), period,
           violations);
  return FindLaw(bases, request.law_reference(), request.law_version());
}

// Everything about the request but whether what it gives may be given.
absl::StatusOr<CheckedConsent> Check(door::Case& c, const v1::GiveConsentRequest& request) {
  domain::Violations violations;
  CheckedConsent checked;
  checked.proof.set_text_id(request.proof().text_id());
  checked.proof.set_text_version(request.proof().text_version());
  checked.proof.set_text_language(request.proof().text_language());
  checked.proof.set_given_by(request.proof().given_by());
  checked.proof.set_refusal_explained(request.proof().refusal_explained());

  domain::Violations proof_violations;
  CheckProof(c, checked.proof, proof_violations);
  NAVO_ASSIGN_OR_RETURN(const ConsentTexts texts,
                        ConsentTexts::Load(c.tx(), checked.proof.text_id()));
  NAVO_ASSIGN_OR_RETURN(const LegalBases bases, LegalBases::Load(c.tx()));
  const v1::ConsentText* text = FindText(texts, checked.proof, c.today());
  CheckPurpose(request.purpose(), violations);
  if (violations.empty() && text != nullptr && !Names(*text, request.purpose())) {
    violations.Add("purpose", "must be one that the consent text names");
  }
  CheckReleases(c, request, checked.releases, violations);
  checked.period = CheckValidity(request.has_valid_from() ? &request.valid_from() : nullptr,
                                 request.has_valid_to() ? &request.valid_to() : nullptr,
                                 {c.today(), false, kMostMonthsAhead}, violations);
  for (const auto& item : proof_violations.items()) violations.Add(item.field, item.description);
  const v1::LegalBasis* law = CheckLawBeside(bases, request, checked.period, violations);
  if (law != nullptr) checked.law = *law;
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  if (text == nullptr) return TextNotKnown(texts, checked.proof);
  return checked;
}

absl::Status CheckOwnData(const door::Case& c, const std::vector<CheckedRelease>& releases) {
  if (c.facts().self) return absl::OkStatus();
  const bool concern_us = std::all_of(
      releases.begin(), releases.end(),
      [&c](const CheckedRelease& release) { return release.Concerns(c.caller().controller_key); });
  if (concern_us) return absl::OkStatus();
  return domain::MakeError(absl::StatusCode::kPermissionDenied, reason::kOwnDataOnly,
                           "every release must be from or to your own controller: the others "
                           "register theirs");
}

// By the facts of the side whose data is given, whoever registers it.
absl::StatusOr<bool> IsMinorTo(door::WriteCase& c, int64_t controller_key) {
  NAVO_ASSIGN_OR_RETURN(const google::type::Date adult_from,
                        storage::FindAdultFrom(c.tx(), c.participant_key(), controller_key));
  return c.today() < domain::DayOf(adult_from).value_or(c.today());
}

storage::GroundRow NewGround(door::WriteCase& c, const v1::GiveConsentRequest& request,
                             const CheckedConsent& consent, const CheckedRelease& release) {
  const bool opens = c.facts().self || release.from_controller_key == c.caller().controller_key;
  const storage::Author author = c.author();
  storage::GroundRow ground;
  ground.id = c.NewId();
  ground.participant_key = c.participant_key();
  ground.state = opens ? v1::GROUND_STATE_ACTIVE : v1::GROUND_STATE_PENDING;
  ground.kind =
      !consent.law.has_value() ? v1::GROUND_KIND_SAMTYKKE : v1::GROUND_KIND_LOV_OG_SAMTYKKE;
  if (consent.law.has_value()) {
    ground.body.set_law_reference(consent.law->law_reference());
    *ground.body.mutable_law_version() = consent.law->law_version();
  }
  ground.purpose = request.purpose();
  ground.to_controller_key = release.to_controller_key;
  ground.to_unit_key = release.to_unit_key;
  ground.categories = release.categories.mask();
  ground.valid_from_day = consent.period.from_day;
  ground.valid_to_day = consent.period.to_day;
  ground.author = {release.from_controller_key, author.unit_key, author.principal_key};
  *ground.body.mutable_proof() = consent.proof;
  *ground.body.mutable_provenance() = c.NewProvenance();
  return ground;
}

}  // namespace

absl::Status GiveConsent(door::WriteCase& c, const v1::GiveConsentRequest& request,
                         v1::GiveConsentResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const CheckedConsent consent, Check(c, request));
  NAVO_RETURN_IF_ERROR(CheckOwnData(c, consent.releases));
  for (const CheckedRelease& release : consent.releases) {
    storage::GroundRow ground = NewGround(c, request, consent, release);
    NAVO_ASSIGN_OR_RETURN(const bool minor, IsMinorTo(c, release.from_controller_key));
    ground.body.set_given_while_minor(minor);
    NAVO_RETURN_IF_ERROR(RegisterGround(c, ground));
    *response.add_grounds() = TellGround(c, ground);
  }
  return absl::OkStatus();
}

}  // namespace navo::services
