#include "services/sign_in/jwt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/hmac.h>

#include "services/domain/error.h"
#include "services/sign_in/testing_tokens.h"
#include "storage/crypto.h"

namespace navo::services {
namespace {

using nlohmann::json;
using storage::Base64UrlEncode;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const absl::Time kNow = absl::FromUnixSeconds(1'793'606'400);

std::int64_t Seconds(absl::Duration from_now) { return absl::ToUnixSeconds(kNow + from_now); }

json Payload() {
  return {{"iss", kTestIssuer},
          {"aud", kTestAudience},
          {"sub", "kari"},
          {"iat", Seconds(-absl::Minutes(1))},
          {"exp", Seconds(absl::Minutes(5))}};
}

json With(const char* name, const json& value) {
  json payload = Payload();
  payload[name] = value;
  return payload;
}

json Without(const char* name) {
  json payload = Payload();
  payload.erase(name);
  return payload;
}

class JwtTest : public testing::Test {
 protected:
  JwtTest() { Believe(StaffIssuer()); }

  void Believe(Issuer issuer) {
    issuers_ = Issuers();
    ASSERT_TRUE(issuers_.Add(std::move(issuer)).ok());
  }
  absl::StatusOr<Claims> Verify(const std::string& token) {
    return VerifyToken(token, issuers_, kNow);
  }
  absl::StatusOr<Claims> VerifyPayload(const json& payload) {
    return Verify(P256TestKey().Token(payload));
  }
  absl::StatusOr<Claims> VerifyHeader(const json& header) {
    return Verify(P256TestKey().TokenOf(header.dump(), Payload().dump()));
  }
  void ExpectRefused(const absl::StatusOr<Claims>& claims, TokenRefusal refusal) {
    ASSERT_FALSE(claims.ok());
    EXPECT_EQ(claims.status(), RefuseToken(refusal)) << claims.status();
  }

  Issuers issuers_;
};

TEST_F(JwtTest, TakesBothAlgorithms) {
  for (const TestKey* key : {&RsaTestKey(), &P256TestKey()}) {
    const auto claims = Verify(key->Token(Payload()));
    ASSERT_TRUE(claims.ok()) << key->algorithm() << claims.status();
    EXPECT_EQ(claims->issuer, kTestIssuer);
    EXPECT_EQ(claims->subject, "kari");
    EXPECT_EQ(claims->kind, CallerKind::kStaff);
    EXPECT_EQ(claims->expires_at, kNow + absl::Minutes(5));
    EXPECT_EQ(claims->pid, "");
    EXPECT_TRUE(claims->scopes.empty());
  }
}

TEST_F(JwtTest, ReadsTheOptionalClaims) {
  json payload = With("scope", " navo:read  navo:write");
  payload["name"] = "Kåre Ødegård";
  const auto claims = VerifyPayload(payload);
  ASSERT_TRUE(claims.ok()) << claims.status();
  EXPECT_THAT(claims->scopes, ElementsAre("navo:read", "navo:write"));
  EXPECT_EQ(claims->name, "Kåre Ødegård");
}

TEST_F(JwtTest, HoldsTheTimesToTheSecond) {
  EXPECT_TRUE(VerifyPayload(With("exp", Seconds(absl::Seconds(1)))).ok());
  ExpectRefused(VerifyPayload(With("exp", Seconds(absl::ZeroDuration()))), TokenRefusal::kExpired);
  ExpectRefused(VerifyPayload(With("exp", 0)), TokenRefusal::kExpired);
  for (const char* name : {"nbf", "iat"}) {
    EXPECT_TRUE(VerifyPayload(With(name, Seconds(absl::Seconds(30)))).ok()) << name;
    ExpectRefused(VerifyPayload(With(name, Seconds(absl::Seconds(31)))),
                  TokenRefusal::kNotYetValid);
  }
}

TEST_F(JwtTest, RefusesImpossibleTimes) {
  ExpectRefused(VerifyPayload(Without("exp")), TokenRefusal::kClaims);
  for (const json& time :
       {json(1e300), json(253'402'300'800), json(-1), json("1793606700"), json(UINT64_MAX),
        json(INT64_MIN), json(true), json(nullptr), json::array()}) {
    ExpectRefused(VerifyPayload(With("exp", time)), TokenRefusal::kClaims);
    ExpectRefused(VerifyPayload(With("nbf", time)), TokenRefusal::kClaims);
    ExpectRefused(VerifyPayload(With("iat", time)), TokenRefusal::kClaims);
  }
  EXPECT_TRUE(VerifyPayload(With("exp", 253'402'300'799)).ok());
}

TEST_F(JwtTest, WantsItsOwnAudienceAmongThoseNamed) {
  EXPECT_TRUE(VerifyPayload(With("aud", json::array({"other", kTestAudience}))).ok());
  for (const json& audience :
       {json("api://other"), json("api://navo "), json("api://nav"), json::array({"a", "b"}),
        json::array(), json(1), json(nullptr), json::array({json::array({kTestAudience})}),
        json{{"a", kTestAudience}}}) {
    ExpectRefused(VerifyPayload(With("aud", audience)), TokenRefusal::kAudience);
  }
  ExpectRefused(VerifyPayload(Without("aud")), TokenRefusal::kAudience);
}

TEST_F(JwtTest, RefusesOtherIssuers) {
  for (const json& issuer : {json("https://login.example/staff/"), json("https://evil.example"),
                             json(""), json(7), json(nullptr)}) {
    ExpectRefused(VerifyPayload(With("iss", issuer)), TokenRefusal::kIssuer);
  }
  ExpectRefused(VerifyPayload(Without("iss")), TokenRefusal::kIssuer);
}

TEST_F(JwtTest, AnIssuersKeysCountOnlyForThatIssuer) {
  const TestKey other = TestKey::P256("ec-2");
  ASSERT_TRUE(issuers_
                  .Add(Issuer{.name = "https://other.example",
                              .audience = kTestAudience,
                              .kind = CallerKind::kSystem,
                              .keys = KeySet::Parse(KeySetText({other.Jwk()})).value()})
                  .ok());
  ExpectRefused(Verify(other.Token(Payload())), TokenRefusal::kKeyUnknown);
  EXPECT_TRUE(Verify(other.Token(With("iss", "https://other.example"))).ok());
}

TEST_F(JwtTest, RefusesTokensWithoutASignature) {
  for (const char* none : {"none", "None", "NONE", ""}) {
    const json header = {{"alg", none}, {"kid", "ec-1"}, {"typ", "JWT"}};
    const std::string text =
        Base64UrlEncode(header.dump()) + "." + Base64UrlEncode(Payload().dump());
    ExpectRefused(Verify(text + "."), TokenRefusal::kAlgorithm);
    ExpectRefused(VerifyHeader(header), TokenRefusal::kAlgorithm);
  }
  const std::string good = P256TestKey().Token(Payload());
  ExpectRefused(Verify(good.substr(0, good.rfind('.') + 1)), TokenRefusal::kSignature);
}

TEST_F(JwtTest, RefusesAPublicKeyUsedAsHmacSecret) {
  const json header = {{"alg", "HS256"}, {"kid", "rsa-1"}, {"typ", "JWT"}};
  const std::string text = Base64UrlEncode(header.dump()) + "." + Base64UrlEncode(Payload().dump());
  const std::string secret = RsaTestKey().Jwk()["n"];
  std::string mac(32, '\0');
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(),
       reinterpret_cast<unsigned char*>(mac.data()), nullptr);
  ExpectRefused(Verify(text + "." + Base64UrlEncode(mac)), TokenRefusal::kAlgorithm);
}

TEST_F(JwtTest, RefusesAnAlgorithmThatIsNotTheKeys) {
  const json es_with_rsa = {{"alg", "ES256"}, {"kid", "rsa-1"}};
  const json rs_with_ec = {{"alg", "RS256"}, {"kid", "ec-1"}};
  ExpectRefused(Verify(RsaTestKey().TokenOf(es_with_rsa.dump(), Payload().dump())),
                TokenRefusal::kAlgorithm);
  ExpectRefused(VerifyHeader(rs_with_ec), TokenRefusal::kAlgorithm);
  for (const json& algorithm :
       {json("PS256"), json("RS512"), json("EdDSA"), json("es256"), json(1)}) {
    ExpectRefused(VerifyHeader({{"alg", algorithm}, {"kid", "ec-1"}}), TokenRefusal::kAlgorithm);
  }
  ExpectRefused(VerifyHeader({{"kid", "ec-1"}}), TokenRefusal::kAlgorithm);
}

TEST_F(JwtTest, RefusesAnAlgorithmTheIssuerDoesNotUse) {
  Issuer issuer = StaffIssuer();
  issuer.algorithms = {Algorithm::kRs256};
  Believe(std::move(issuer));
  ExpectRefused(Verify(P256TestKey().Token(Payload())), TokenRefusal::kAlgorithm);
  EXPECT_TRUE(Verify(RsaTestKey().Token(Payload())).ok());
}

TEST_F(JwtTest, RefusesUnknownKeysAndSignersWithAKnownName) {
  ExpectRefused(VerifyHeader({{"alg", "ES256"}, {"kid", "ec-9"}}), TokenRefusal::kKeyUnknown);
  ExpectRefused(VerifyHeader({{"alg", "ES256"}, {"kid", 1}}), TokenRefusal::kKeyUnknown);
  ExpectRefused(VerifyHeader({{"alg", "ES256"}}), TokenRefusal::kKeyUnknown);
  ExpectRefused(Verify(TestKey::P256("ec-1").Token(Payload())), TokenRefusal::kSignature);
  // A key the token brings along itself is not looked at.
  ExpectRefused(VerifyHeader({{"alg", "ES256"}, {"jwk", P256TestKey().Jwk()}}),
                TokenRefusal::kKeyUnknown);
}

TEST_F(JwtTest, RefusesAChangedPayloadHeaderOrSignature) {
  for (const TestKey* key : {&RsaTestKey(), &P256TestKey()}) {
    const std::string good = key->Token(Payload());
    const std::string other = key->Token(With("sub", "ola"));
    const std::string header = good.substr(0, good.find('.'));
    const std::string signature = good.substr(good.rfind('.'));
    const std::string payload = other.substr(other.find('.'), other.rfind('.') - other.find('.'));
    std::string mixed = header;
    mixed.append(payload).append(signature);
    ExpectRefused(Verify(mixed), TokenRefusal::kSignature);
    const json other_header = {{"alg", key->algorithm()}, {"kid", key->kid()}, {"typ", "JWT"}};
    ExpectRefused(Verify(Base64UrlEncode(other_header.dump()) + good.substr(header.size())),
                  TokenRefusal::kSignature);
    std::string changed = good;
    char& letter = changed[good.rfind('.') + 5];
    letter = letter == 'A' ? 'B' : 'A';
    ExpectRefused(Verify(changed), TokenRefusal::kSignature);
  }
}

TEST_F(JwtTest, NoLetterOfATokenCanBeChanged) {
  const std::string good = P256TestKey().Token(Payload());
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string changed = good;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(Verify(changed).ok()) << i;
  }
}

TEST_F(JwtTest, WantsAnEs256SignatureOf64Bytes) {
  const std::string good = P256TestKey().Token(Payload());
  const std::string text = good.substr(0, good.rfind('.'));
  const std::string signature = P256TestKey().Sign(text);
  EXPECT_TRUE(Verify(text + "." + Base64UrlEncode(signature)).ok());
  ExpectRefused(Verify(text + "." + Base64UrlEncode(signature + '\0')), TokenRefusal::kSignature);
  ExpectRefused(Verify(text + "." + Base64UrlEncode('\0' + signature)), TokenRefusal::kSignature);
  ExpectRefused(Verify(text + "." + Base64UrlEncode(signature.substr(0, 63))),
                TokenRefusal::kSignature);
  ExpectRefused(Verify(text + "." + Base64UrlEncode(std::string(64, '\0'))),
                TokenRefusal::kSignature);
  ExpectRefused(Verify(text + "." + Base64UrlEncode(std::string(64, '\xff'))),
                TokenRefusal::kSignature);
}

TEST_F(JwtTest, TakesOnlyThreePartsOfStrictBase64Url) {
  const std::string good = P256TestKey().Token(Payload());
  const std::string two = good.substr(0, good.rfind('.'));
  for (const std::string& token :
       {std::string(), std::string("."), std::string(".."), std::string("..."), std::string("abc"),
        two, good + ".", good + ".AAAA", "." + good, good + "=", good + "==", good + "\n",
        " " + good, good + " ", "Bearer " + good, good + "+", good + "/",
        good + std::string(1, '\0'),
        Base64UrlEncode("{}") + "=." + good.substr(good.find('.') + 1)}) {
    ExpectRefused(Verify(token), TokenRefusal::kMalformed);
  }
}

TEST_F(JwtTest, TakesOneSpellingOfASignature) {
  const std::string good = P256TestKey().Token(Payload());
  // 64 bytes leave four unused bits in the last letter; a lax decoder takes sixteen spellings.
  std::string respelt = good;
  const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  respelt.back() = letters[letters.find(respelt.back()) + 1];
  ExpectRefused(Verify(respelt), TokenRefusal::kMalformed);
}

TEST_F(JwtTest, RefusesPartsThatAreNotJsonObjects) {
  const json header = {{"alg", "ES256"}, {"kid", "ec-1"}};
  for (const std::string& part :
       {std::string(), std::string("null"), std::string("[]"), std::string("\"x\""),
        std::string("{"), std::string("{} {}"), std::string("{}x"), std::string("{'a':1}"),
        std::string("{\"a\":\"\xff\"}"), std::string("{\"a\":NaN}"),
        "{\"a\":" + std::string(2000, '[') + std::string(2000, ']') + "}"}) {
    ExpectRefused(Verify(P256TestKey().TokenOf(part, Payload().dump())), TokenRefusal::kMalformed);
    ExpectRefused(Verify(P256TestKey().TokenOf(header.dump(), part)), TokenRefusal::kMalformed);
  }
}

TEST_F(JwtTest, RefusesANameThatStandsTwice) {
  const std::string payload = Payload().dump();
  const std::string twice = payload.substr(0, payload.size() - 1) + ",\"sub\":\"ola\"}";
  const json header = {{"alg", "ES256"}, {"kid", "ec-1"}};
  ExpectRefused(Verify(P256TestKey().TokenOf(header.dump(), twice)), TokenRefusal::kMalformed);
  EXPECT_TRUE(Verify(P256TestKey().TokenOf(header.dump(), payload)).ok());
}

TEST_F(JwtTest, RefusesCriticalExtensions) {
  for (const json& critical :
       {json::array({"b64"}), json::array({"exp"}), json::array(), json(1)}) {
    ExpectRefused(VerifyHeader({{"alg", "ES256"}, {"kid", "ec-1"}, {"crit", critical}}),
                  TokenRefusal::kCritical);
  }
}

TEST_F(JwtTest, RefusesTokensThatAreTooLong) {
  ExpectRefused(VerifyPayload(With("padding", std::string(8000, 'x'))), TokenRefusal::kTooLong);
  ExpectRefused(Verify(std::string(kMaxTokenBytes + 1, 'A')), TokenRefusal::kTooLong);
  ExpectRefused(Verify(std::string(kMaxTokenBytes, 'A')), TokenRefusal::kMalformed);
  EXPECT_TRUE(VerifyPayload(With("padding", std::string(5000, 'x'))).ok());
}

TEST_F(JwtTest, TakesOnlyAccessTokens) {
  auto typed = [&](const json& type) {
    return VerifyHeader({{"alg", "ES256"}, {"kid", "ec-1"}, {"typ", type}});
  };
  for (const char* type : {"at+jwt", "AT+JWT", "application/at+jwt", "JWT", "jwt"}) {
    EXPECT_TRUE(typed(type).ok()) << type;
  }
  EXPECT_TRUE(VerifyHeader({{"alg", "ES256"}, {"kid", "ec-1"}}).ok());
  for (const json& type :
       {json("logout+jwt"), json("dpop+jwt"), json(""), json(1), json(nullptr)}) {
    ExpectRefused(typed(type), TokenRefusal::kType);
  }
  Issuer issuer = StaffIssuer();
  issuer.access_token_type_required = true;
  Believe(std::move(issuer));
  EXPECT_TRUE(typed("at+jwt").ok());
  ExpectRefused(typed("JWT"), TokenRefusal::kType);
  ExpectRefused(VerifyHeader({{"alg", "ES256"}, {"kid", "ec-1"}}), TokenRefusal::kType);
}

TEST_F(JwtTest, RefusesWhatOnlyIdTokensCarry) {
  for (const char* name : {"nonce", "at_hash", "c_hash", "s_hash"}) {
    ExpectRefused(VerifyPayload(With(name, "x")), TokenRefusal::kType);
  }
}

TEST_F(JwtTest, TakesPs256WhereTheIssuerMayUseIt) {
  const json header = {{"alg", "PS256"}, {"kid", "rsa-1"}};
  const std::string text = Base64UrlEncode(header.dump()) + "." + Base64UrlEncode(Payload().dump());
  const std::string token = text + "." + Base64UrlEncode(RsaTestKey().SignPss(text, 32));
  ExpectRefused(Verify(token), TokenRefusal::kAlgorithm);
  Issuer issuer = StaffIssuer();
  issuer.algorithms = {Algorithm::kPs256};
  Believe(std::move(issuer));
  const auto claims = Verify(token);
  EXPECT_TRUE(claims.ok()) << claims.status();
  ExpectRefused(Verify(RsaTestKey().Token(Payload())), TokenRefusal::kAlgorithm);
}

TEST_F(JwtTest, WantsEveryScopeThatIsRequired) {
  Issuer issuer = StaffIssuer();
  issuer.required_scopes = {"navo:read", "navo:write"};
  Believe(std::move(issuer));
  EXPECT_TRUE(VerifyPayload(With("scope", "other navo:write navo:read")).ok());
  ExpectRefused(VerifyPayload(With("scope", "navo:read")), TokenRefusal::kScope);
  ExpectRefused(VerifyPayload(With("scope", "navo:read navo:writer")), TokenRefusal::kScope);
  ExpectRefused(VerifyPayload(Payload()), TokenRefusal::kScope);
}

TEST_F(JwtTest, AKeyThatMayComeIsNoReasonToSignInAgain) {
  const absl::Status pending = RefuseToken(TokenRefusal::kKeyPending);
  EXPECT_EQ(pending.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(domain::ReasonOf(pending), "ISSUER_KEYS_PENDING");
  EXPECT_TRUE(pending.GetPayload("type.googleapis.com/google.rpc.RetryInfo").has_value());
}

TEST_F(JwtTest, WantsASubject) {
  for (const json& subject : {json(""), json(1), json(nullptr), json(std::string(256, 'x')),
                              json("a\nb"), json(std::string("a\0b", 3))}) {
    ExpectRefused(VerifyPayload(With("sub", subject)), TokenRefusal::kClaims);
  }
  ExpectRefused(VerifyPayload(Without("sub")), TokenRefusal::kClaims);
  EXPECT_TRUE(VerifyPayload(With("sub", std::string(255, 'x'))).ok());
}

TEST_F(JwtTest, KeepsAPidOnlyFromAnIssuerOfParticipants) {
  const json payload = With("pid", "17912099997");
  EXPECT_EQ(VerifyPayload(payload)->pid, "");
  Issuer issuer = StaffIssuer();
  issuer.kind = CallerKind::kParticipant;
  Believe(std::move(issuer));
  EXPECT_EQ(VerifyPayload(payload)->pid, "17912099997");
  for (const json& pid : {json("1791209999"), json("179120999970"), json("1791209999x"),
                          json(17912099997), json("")}) {
    ExpectRefused(VerifyPayload(With("pid", pid)), TokenRefusal::kClaims);
  }
}

TEST_F(JwtTest, WantsTheAssuranceTheIssuerMustGive) {
  Issuer issuer = StaffIssuer();
  issuer.acr_values = {"idporten-loa-high"};
  Believe(std::move(issuer));
  EXPECT_TRUE(VerifyPayload(With("acr", "idporten-loa-high")).ok());
  ExpectRefused(VerifyPayload(With("acr", "idporten-loa-substantial")), TokenRefusal::kAssurance);
  ExpectRefused(VerifyPayload(Payload()), TokenRefusal::kAssurance);
}

TEST_F(JwtTest, OnlyALocalIssuersTokensSayTheirKind) {
  const json payload = With("kind", "SYSTEM");
  EXPECT_EQ(VerifyPayload(payload)->kind, CallerKind::kStaff);
  Issuer issuer = StaffIssuer();
  issuer.kind = std::nullopt;
  Believe(std::move(issuer));
  EXPECT_EQ(VerifyPayload(payload)->kind, CallerKind::kSystem);
  ExpectRefused(VerifyPayload(With("kind", "ROOT")), TokenRefusal::kClaims);
  ExpectRefused(VerifyPayload(Payload()), TokenRefusal::kClaims);
}

TEST_F(JwtTest, RefusalsCarryAReasonAndNothingOfTheToken) {
  const auto expired = VerifyPayload(With("exp", 1));
  EXPECT_EQ(expired.status().code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(domain::ReasonOf(expired.status()), "TOKEN_EXPIRED");
  const auto foreign = VerifyPayload(With("aud", "secret-audience"));
  EXPECT_EQ(foreign.status().code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(domain::ReasonOf(foreign.status()), "UNAUTHENTICATED");
  EXPECT_THAT(foreign.status().ToString(), Not(HasSubstr("secret-audience")));
}

}  // namespace
}  // namespace navo::services
