// National identity numbers (fødselsnummer and D-nummer), organisation numbers and NAV idents: are
// they well formed?
//
// Sources: Skatteetaten, folkeregisteret-api-dokumentasjon, "Nytt fødselsnummer fra 2032" (control
// digits); folkeregisterloven § 2-2; navikt/fnrvalidator (synthetic series); Brønnøysundregistrene
// (organisation numbers).
//
// From 2032 neither sex nor century stands in the number, and a number changes when a birth date is
// corrected, so nothing here tells birth date, age or sex. A number is an attribute of a person,
// never a key.
//
// Pure; any thread. No error text holds a digit of the number.
#ifndef NAVO_SERVICES_DOMAIN_IDENTIFIER_H_
#define NAVO_SERVICES_DOMAIN_IDENTIFIER_H_

#include <ostream>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace navo::domain {

enum class IdentifierKind { kFoedselsnummer, kDnummer };

// Which numbers a server takes: real ones only, or synthetic ones only (month +80: Skatteetaten's
// Tenor; month +40: NAV's Dolly). Never both, so that a trial never holds a real person and the
// real register never a made-up one. Hjelpenummer of the health services also use +40 and cannot be
// told from NAV's synthetic ones.
enum class Profile { kProduction, kTest };

// Numbers issued from 2032-01-01 may have remainder 0-3 at the first control digit; older ones have
// 0. Both exist side by side for ever, so reading both is the default. kUntil2032 is for sources
// that cannot hold new numbers. The second control digit stays strict, so every single wrong digit
// and every swap of neighbours is still found.
enum class ControlDigitRule { kUntil2032, kFrom2032 };

struct IdentifierPolicy {
  Profile profile = Profile::kProduction;
  ControlDigitRule control_digits = ControlDigitRule::kFrom2032;
};

// A number that passed its rules. Copyable value. Printing it, also in a failing test, shows a
// mask.
class NationalIdentityNumber {
 public:
  // Eleven digits, nothing around them.
  // Errors, both INVALID_ARGUMENT: INVALID_IDENT; UNSUPPORTED_IDENT for an aktør-id (13 digits) or
  // an NPID (NAV's own number, month +20 or +60). For a field violation use status.message().
  static absl::StatusOr<NationalIdentityNumber> Parse(std::string_view text,
                                                      const IdentifierPolicy& policy);

  IdentifierKind kind() const { return kind_; }

  // The digits themselves: only for sealing, hashing and showing to who may see IDENTITY. Never log
  // them.
  const std::string& Reveal() const { return digits_; }

  friend bool operator==(const NationalIdentityNumber&, const NationalIdentityNumber&) = default;

 private:
  NationalIdentityNumber(std::string digits, IdentifierKind kind);

  std::string digits_;
  IdentifierKind kind_;
};

// "******IDENT******"
std::ostream& operator<<(std::ostream& out, const NationalIdentityNumber& number);

// Organisasjonsnummer: nine digits, modulo 11 with weights 3,2,7,6,5,4,3,2; remainder 1 has no
// control digit.
bool IsOrganisationNumber(std::string_view text);

// NAV ident of an employee: one letter and six digits.
bool IsNavIdent(std::string_view text);

}  // namespace navo::domain

#endif  // NAVO_SERVICES_DOMAIN_IDENTIFIER_H_
