#include "services/sign_in/key_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/sign_in/testing_tokens.h"

namespace navo::services {
namespace {

using nlohmann::json;
using testing::HasSubstr;

json With(json jwk, const char* name, const json& value) {
  jwk[name] = value;
  return jwk;
}

json Without(json jwk, const char* name) {
  jwk.erase(name);
  return jwk;
}

void ExpectRefused(const std::string& text, const std::string& why) {
  const auto keys = KeySet::Parse(text);
  ASSERT_FALSE(keys.ok()) << text.substr(0, 200);
  EXPECT_EQ(keys.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(keys.status().message()), HasSubstr(why));
}

// How many keys are left of a set with this one and a good one.
std::size_t KeptWith(const json& jwk) {
  const auto keys = KeySet::Parse(KeySetText({jwk, With(P256TestKey().Jwk(), "kid", "good")}));
  EXPECT_TRUE(keys.ok()) << keys.status();
  return keys.ok() ? keys->size() : 0;
}

TEST(KeySet, ReadsBothTypesAndVerifiesWithThem) {
  const auto keys = KeySet::Parse(KeySetText({RsaTestKey().Jwk(), P256TestKey().Jwk()}));
  ASSERT_TRUE(keys.ok()) << keys.status();
  ASSERT_EQ(keys->size(), 2u);
  for (const TestKey* key : {&RsaTestKey(), &P256TestKey()}) {
    const PublicKey* found = keys->Find(key->kid());
    ASSERT_NE(found, nullptr);
    const Algorithm algorithm = ParseAlgorithm(key->algorithm()).value_or(Algorithm::kPs256);
    EXPECT_TRUE(found->Verifies(algorithm, "text", key->Sign("text")));
    EXPECT_FALSE(found->Verifies(algorithm, "other", key->Sign("text")));
    EXPECT_FALSE(found->Verifies(algorithm, "text", key->Sign("other")));
    EXPECT_FALSE(found->Verifies(algorithm, "text", ""));
  }
  EXPECT_EQ(keys->Find("RSA-1"), nullptr);
  EXPECT_EQ(keys->Find(""), nullptr);
}

TEST(KeySet, KeepsKeysThatSayWhatTheyAreFor) {
  EXPECT_EQ(KeptWith(With(RsaTestKey().Jwk(), "alg", "RS256")), 2u);
  EXPECT_EQ(KeptWith(With(P256TestKey().Jwk(), "alg", "ES256")), 2u);
  EXPECT_EQ(KeptWith(With(RsaTestKey().Jwk(), "use", "sig")), 2u);
  EXPECT_EQ(KeptWith(With(RsaTestKey().Jwk(), "key_ops", {"verify"})), 2u);
  EXPECT_EQ(KeptWith(With(RsaTestKey().Jwk(), "x5c", {"ignored"})), 2u);
}

TEST(KeySet, SkipsKeysThatAreNotForUs) {
  EXPECT_EQ(KeptWith({{"kty", "OKP"}, {"crv", "Ed25519"}, {"kid", "a"}, {"x", "AAAA"}}), 1u);
  EXPECT_EQ(KeptWith({{"kid", "a"}}), 1u);
  EXPECT_EQ(KeptWith(With(P256TestKey().Jwk(), "crv", "P-384")), 1u);
  EXPECT_EQ(KeptWith(With(RsaTestKey().Jwk(), "alg", "RS512")), 1u);
  EXPECT_EQ(KeptWith(With(RsaTestKey().Jwk(), "alg", "ES256")), 1u);
  EXPECT_EQ(KeptWith(With(RsaTestKey().Jwk(), "use", "enc")), 1u);
  EXPECT_EQ(KeptWith(With(RsaTestKey().Jwk(), "key_ops", {"encrypt"})), 1u);
  EXPECT_EQ(KeptWith(Without(RsaTestKey().Jwk(), "kid")), 1u);
  EXPECT_EQ(KeptWith(With(RsaTestKey().Jwk(), "kid", "")), 1u);
  EXPECT_EQ(KeptWith(With(RsaTestKey().Jwk(), "kid", 1)), 1u);
}

TEST(KeySet, AKeyIsForWhatItsTypeAndItsAlgSay) {
  const auto fits = [](const json& jwk, Algorithm algorithm) {
    const auto keys = KeySet::Parse(KeySetText({jwk}));
    EXPECT_TRUE(keys.ok()) << keys.status();
    return keys->Find(jwk["kid"])->IsFor(algorithm);
  };
  const json rsa = RsaTestKey().Jwk();
  const json p256 = P256TestKey().Jwk();
  EXPECT_TRUE(fits(rsa, Algorithm::kRs256));
  EXPECT_TRUE(fits(rsa, Algorithm::kPs256));
  EXPECT_FALSE(fits(rsa, Algorithm::kEs256));
  EXPECT_TRUE(fits(p256, Algorithm::kEs256));
  EXPECT_FALSE(fits(p256, Algorithm::kRs256));
  EXPECT_FALSE(fits(p256, Algorithm::kPs256));
  EXPECT_FALSE(fits(With(rsa, "alg", "RS256"), Algorithm::kPs256));
  EXPECT_FALSE(fits(With(rsa, "alg", "PS256"), Algorithm::kRs256));
  EXPECT_TRUE(fits(With(rsa, "alg", "PS256"), Algorithm::kPs256));
}

TEST(KeySet, AnotherPaddingIsAnotherAlgorithm) {
  const auto keys = KeySet::Parse(KeySetText({RsaTestKey().Jwk()}));
  ASSERT_TRUE(keys.ok()) << keys.status();
  const PublicKey* key = keys->Find(RsaTestKey().kid());
  const std::string pkcs1 = RsaTestKey().Sign("text");
  const std::string pss = RsaTestKey().SignPss("text", 32);
  EXPECT_TRUE(key->Verifies(Algorithm::kPs256, "text", pss));
  EXPECT_FALSE(key->Verifies(Algorithm::kRs256, "text", pss));
  EXPECT_FALSE(key->Verifies(Algorithm::kPs256, "text", pkcs1));
  EXPECT_FALSE(key->Verifies(Algorithm::kPs256, "other", pss));
  EXPECT_FALSE(key->Verifies(Algorithm::kEs256, "text", pss));
  // RFC 7518: the salt is as long as the digest.
  EXPECT_FALSE(key->Verifies(Algorithm::kPs256, "text", RsaTestKey().SignPss("text", 20)));
}

TEST(KeySet, RefusesSecrets) {
  for (const char* part : {"d", "p", "q", "dp", "dq", "qi", "oth"}) {
    ExpectRefused(KeySetText({With(RsaTestKey().Jwk(), part, "AAAA")}), "private");
  }
  const json symmetric = {{"kty", "oct"}, {"kid", "a"}, {"k", "AAAA"}};
  ExpectRefused(KeySetText({P256TestKey().Jwk(), symmetric}), "symmetric");
}

TEST(KeySet, RefusesWeakAndBrokenKeys) {
  ExpectRefused(KeySetText({TestKey::Rsa("weak", 1024).Jwk()}), "1024 bits");
  ExpectRefused(KeySetText({With(RsaTestKey().Jwk(), "e", "AQ")}), "exponent");
  ExpectRefused(KeySetText({With(RsaTestKey().Jwk(), "e", "Ag")}), "exponent");
  ExpectRefused(KeySetText({Without(RsaTestKey().Jwk(), "n")}), "without n or e");
  ExpectRefused(KeySetText({With(RsaTestKey().Jwk(), "n", "not base64!")}), "without n or e");
  const std::string huge = storage::Base64UrlEncode(std::string(5000, '\xff'));
  ExpectRefused(KeySetText({With(RsaTestKey().Jwk(), "n", huge)}), "without n or e");
  ExpectRefused(KeySetText({With(P256TestKey().Jwk(), "x", "AAAA")}), "without x or y");
  const std::string ones = storage::Base64UrlEncode(std::string(32, '\1'));
  ExpectRefused(KeySetText({With(P256TestKey().Jwk(), "y", ones)}), "not a point");
}

TEST(KeySet, RefusesWhatIsNoKeySet) {
  ExpectRefused("", "not a JSON object");
  ExpectRefused("[]", "not a JSON object");
  ExpectRefused("{}", "no list of keys");
  ExpectRefused(R"({"keys": {}})", "no list of keys");
  ExpectRefused(R"({"keys": [1]})", "not a JSON object");
  ExpectRefused(R"({"keys": []})", "no key that can be used");
  ExpectRefused(R"({"keys": [], "keys": []})", "not a JSON object");
  ExpectRefused(std::string(KeySet::kMaxTextBytes + 1, ' '), "too long");
  ExpectRefused(KeySetText({P256TestKey().Jwk(), P256TestKey().Jwk()}), "twice");
}

}  // namespace
}  // namespace navo::services
