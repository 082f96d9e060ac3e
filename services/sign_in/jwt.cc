#include "services/sign_in/jwt.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "services/sign_in/read_claims.h"
#include "services/sign_in/strict_json.h"
#include "storage/crypto.h"

namespace navo::services {
namespace {

constexpr std::int64_t kAskAgainMilliseconds = 500;
// Claims of ID tokens (OpenID Connect Core 2, 3.1.3.6 and 3.3.2.11), never of access tokens.
constexpr std::array<const char*, 4> kOfIdTokens = {"nonce", "at_hash", "c_hash", "s_hash"};

struct Parts {
  nlohmann::json header;
  nlohmann::json payload;
  std::string_view signed_text;  // header.payload as sent, the bytes the signature is over
  std::string signature;
};

std::optional<nlohmann::json> DecodeObject(std::string_view part) {
  const std::optional<std::string> text = storage::Base64UrlDecode(part);
  if (!text) return std::nullopt;
  std::optional<nlohmann::json> object = ParseStrictJson(*text);
  if (!object || !object->is_object()) return std::nullopt;
  return object;
}

std::optional<Parts> Split(std::string_view token) {
  const std::size_t first = token.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = token.find('.', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  // A third point would land in the signature, where base64url has no such letter.
  std::optional<std::string> signature = storage::Base64UrlDecode(token.substr(second + 1));
  if (!signature) return std::nullopt;
  std::optional<nlohmann::json> header = DecodeObject(token.substr(0, first));
  if (!header) return std::nullopt;
  std::optional<nlohmann::json> payload = DecodeObject(token.substr(first + 1, second - first - 1));
  if (!payload) return std::nullopt;
  return Parts{*std::move(header), *std::move(payload), token.substr(0, second),
               *std::move(signature)};
}

bool EqualIgnoringCase(std::string_view text, std::string_view lower_case) {
  return std::equal(text.begin(), text.end(), lower_case.begin(), lower_case.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

bool TypeFits(const nlohmann::json& header, const Issuer& issuer) {
  if (!header.contains("typ")) return !issuer.access_token_type_required;
  const std::string* type = StringIn(header, "typ");
  if (type == nullptr) return false;
  if (EqualIgnoringCase(*type, "at+jwt")) return true;
  if (EqualIgnoringCase(*type, "application/at+jwt")) return true;
  return EqualIgnoringCase(*type, "jwt") && !issuer.access_token_type_required;
}

bool IsIdToken(const nlohmann::json& payload) {
  return std::any_of(kOfIdTokens.begin(), kOfIdTokens.end(),
                     [&payload](const char* name) { return payload.contains(name); });
}

// The key that the header names; `keys` owns it.
FetchedKeys::Found FindKey(const nlohmann::json& header, const Issuer& issuer, absl::Time now) {
  const std::string* kid = StringIn(header, "kid");
  if (kid == nullptr) return {};
  if (issuer.fetched_keys != nullptr) return issuer.fetched_keys->Find(*kid, now);
  return {.key = issuer.keys.Find(*kid)};
}

// The header may only choose among what the issuer's own keys allow: the algorithm belongs to the
// key, so a public RSA key can never be taken for the secret of an HMAC.
std::optional<TokenRefusal> CheckSignature(const Parts& parts, const Issuer& issuer, absl::Time now,
                                           std::uint64_t& keys_version) {
  const std::string* name = StringIn(parts.header, "alg");
  const auto algorithm = name == nullptr ? std::nullopt : ParseAlgorithm(*name);
  if (!algorithm) return TokenRefusal::kAlgorithm;
  if (std::find(issuer.algorithms.begin(), issuer.algorithms.end(), *algorithm) ==
      issuer.algorithms.end()) {
    return TokenRefusal::kAlgorithm;
  }
  const FetchedKeys::Found found = FindKey(parts.header, issuer, now);
  if (found.key == nullptr) {
    return found.pending ? TokenRefusal::kKeyPending : TokenRefusal::kKeyUnknown;
  }
  if (!found.key->IsFor(*algorithm)) return TokenRefusal::kAlgorithm;
  if (!found.key->Verifies(*algorithm, parts.signed_text, parts.signature)) {
    return TokenRefusal::kSignature;
  }
  keys_version = found.version;
  return std::nullopt;
}

std::optional<TokenRefusal> CheckTimes(const nlohmann::json& payload, const Issuer& issuer,
                                       absl::Time now) {
  const std::optional<absl::Time> expires_at = TimeIn(payload, "exp");
  if (!expires_at) return TokenRefusal::kClaims;
  if (now >= *expires_at) return TokenRefusal::kExpired;
  for (const char* name : {"nbf", "iat"}) {
    if (!payload.contains(name)) continue;
    const std::optional<absl::Time> from = TimeIn(payload, name);
    if (!from) return TokenRefusal::kClaims;
    if (*from > now + issuer.leeway) return TokenRefusal::kNotYetValid;
  }
  return std::nullopt;
}

bool AudienceFits(const nlohmann::json& payload, const Issuer& issuer) {
  const auto audience = payload.find("aud");
  if (audience == payload.end()) return false;
  if (audience->is_string()) return *audience == issuer.audience;
  return audience->is_array() &&
         std::find(audience->begin(), audience->end(), issuer.audience) != audience->end();
}

bool AssuranceFits(const nlohmann::json& payload, const Issuer& issuer) {
  if (issuer.acr_values.empty()) return true;
  const std::string* acr = StringIn(payload, "acr");
  return acr != nullptr && std::find(issuer.acr_values.begin(), issuer.acr_values.end(), *acr) !=
                               issuer.acr_values.end();
}

bool ScopesFit(const Claims& claims, const Issuer& issuer) {
  return std::all_of(issuer.required_scopes.begin(), issuer.required_scopes.end(),
                     [&claims](const std::string& scope) {
                       return std::find(claims.scopes.begin(), claims.scopes.end(), scope) !=
                              claims.scopes.end();
                     });
}

std::string_view TextOf(TokenRefusal refusal) {
  switch (refusal) {
    case TokenRefusal::kTooLong:
      return "the token is too long";
    case TokenRefusal::kMalformed:
      return "the token is not a signed JWT";
    case TokenRefusal::kAlgorithm:
      return "the token's signature algorithm is not accepted";
    case TokenRefusal::kCritical:
      return "the token asks for an extension that is not known";
    case TokenRefusal::kType:
      return "the token is not an access token";
    case TokenRefusal::kIssuer:
      return "the token's issuer is not accepted";
    case TokenRefusal::kKeyUnknown:
      return "the token's signing key is not known";
    case TokenRefusal::kKeyPending:
      return "the token's signing key is not known yet: the issuer is being asked";
    case TokenRefusal::kSignature:
      return "the token's signature does not fit";
    case TokenRefusal::kAudience:
      return "the token is meant for another service";
    case TokenRefusal::kExpired:
      return "the token has expired";
    case TokenRefusal::kNotYetValid:
      return "the token is not valid yet";
    case TokenRefusal::kAssurance:
      return "the sign-in was not strong enough";
    case TokenRefusal::kScope:
      return "the token lacks a scope that is required here";
    case TokenRefusal::kClaims:
      return "the token lacks a claim or has an impossible one";
  }
  return "the token is not accepted";
}

}  // namespace

absl::Status RefuseToken(TokenRefusal refusal) {
  if (refusal == TokenRefusal::kKeyPending) {
    return domain::WithRetry(domain::MakeError(absl::StatusCode::kUnavailable,
                                               domain::reason::kIssuerKeysPending, TextOf(refusal)),
                             kAskAgainMilliseconds);
  }
  return domain::MakeError(absl::StatusCode::kUnauthenticated,
                           refusal == TokenRefusal::kExpired ? domain::reason::kTokenExpired
                                                             : domain::reason::kUnauthenticated,
                           TextOf(refusal));
}

absl::StatusOr<Claims> VerifyToken(std::string_view token, const Issuers& issuers, absl::Time now) {
  if (token.size() > kMaxTokenBytes) return RefuseToken(TokenRefusal::kTooLong);
  const std::optional<Parts> parts = Split(token);
  if (!parts) return RefuseToken(TokenRefusal::kMalformed);
  if (parts->header.contains("crit")) return RefuseToken(TokenRefusal::kCritical);

  // Read before the signature is checked, to find the keys to check it with: what an unknown signer
  // wrote here only chooses among issuers already believed.
  const std::string* name = StringIn(parts->payload, "iss");
  const Issuer* issuer = name == nullptr ? nullptr : issuers.Find(*name);
  if (issuer == nullptr) return RefuseToken(TokenRefusal::kIssuer);
  if (!TypeFits(parts->header, *issuer)) return RefuseToken(TokenRefusal::kType);
  std::uint64_t keys_version = 0;
  if (const auto refusal = CheckSignature(*parts, *issuer, now, keys_version)) {
    return RefuseToken(*refusal);
  }

  if (IsIdToken(parts->payload)) return RefuseToken(TokenRefusal::kType);
  if (!AudienceFits(parts->payload, *issuer)) return RefuseToken(TokenRefusal::kAudience);
  if (const auto refusal = CheckTimes(parts->payload, *issuer, now)) return RefuseToken(*refusal);
  if (!AssuranceFits(parts->payload, *issuer)) return RefuseToken(TokenRefusal::kAssurance);
  std::optional<Claims> claims = ReadClaims(parts->payload, *issuer);
  if (!claims) return RefuseToken(TokenRefusal::kClaims);
  claims->keys_version = keys_version;
  if (!ScopesFit(*claims, *issuer)) return RefuseToken(TokenRefusal::kScope);
  return *std::move(claims);
}

}  // namespace navo::services
