// From the payload of a token whose signature has been checked to what NAVO keeps of it. Pure
// functions, any thread.
#ifndef NAVO_SERVICES_SIGN_IN_READ_CLAIMS_H_
#define NAVO_SERVICES_SIGN_IN_READ_CLAIMS_H_

#include <nlohmann/json.hpp>
#include <optional>

#include "absl/time/time.h"
#include "services/sign_in/claims.h"
#include "services/sign_in/issuers.h"

namespace navo::services {

// A NumericDate between 1970 and 9999. nullopt when it is absent, no number or outside.
std::optional<absl::Time> TimeIn(const nlohmann::json& payload, const char* name);

// By the issuer's own names of claims. nullopt when the subject or `exp` is missing or impossible,
// or a participant's number is not 11 digits. An organisation is what Maskinporten says of a
// consumer: {"authority": "iso6523-actorid-upis", "ID": "0192:123456789"}; the subject is the ID.
std::optional<Claims> ReadClaims(const nlohmann::json& payload, const Issuer& issuer);

}  // namespace navo::services

#endif  // NAVO_SERVICES_SIGN_IN_READ_CLAIMS_H_
