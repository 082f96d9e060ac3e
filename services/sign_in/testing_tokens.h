// Keys and tokens for the tests of sign-in, good ones and wrong ones.
#ifndef NAVO_SERVICES_SIGN_IN_TESTING_TOKENS_H_
#define NAVO_SERVICES_SIGN_IN_TESTING_TOKENS_H_

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "services/sign_in/issuers.h"
#include "services/sign_in/openssl_handles.h"
#include "storage/crypto.h"

namespace navo::services {

inline std::string NumberOf(const EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &number) != 1) std::abort();
  const NumberHandle owned(number);
  const bool coordinate = EVP_PKEY_is_a(key, "EC") == 1;
  std::string bytes(coordinate ? 32 : static_cast<std::size_t>(BN_num_bytes(number)), '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()),
               static_cast<int>(bytes.size()));
  return storage::Base64UrlEncode(bytes);
}

// A key pair of the tests, with its JWK.
class TestKey {
 public:
  static TestKey Rsa(std::string kid, unsigned bits = 2048) {
    return TestKey(EVP_RSA_gen(bits), std::move(kid));
  }
  static TestKey P256(std::string kid) { return TestKey(EVP_EC_gen("P-256"), std::move(kid)); }

  const std::string& kid() const { return kid_; }
  std::string algorithm() const { return rsa_ ? "RS256" : "ES256"; }

  nlohmann::json Jwk() const {
    if (rsa_) {
      return {{"kty", "RSA"},
              {"kid", kid_},
              {"n", NumberOf(key_.get(), OSSL_PKEY_PARAM_RSA_N)},
              {"e", NumberOf(key_.get(), OSSL_PKEY_PARAM_RSA_E)}};
    }
    return {{"kty", "EC"},
            {"crv", "P-256"},
            {"kid", kid_},
            {"x", NumberOf(key_.get(), OSSL_PKEY_PARAM_EC_PUB_X)},
            {"y", NumberOf(key_.get(), OSSL_PKEY_PARAM_EC_PUB_Y)}};
  }

  // PS256 with a salt of so many bytes; of an RSA key.
  std::string SignPss(const std::string& text, int salt_bytes) const {
    return SignWith(text, salt_bytes);
  }

  // As it stands in a JWT, not yet base64url.
  std::string Sign(const std::string& text) const { return SignWith(text, 0); }

  // A token with these parts, each taken as it is.
  std::string TokenOf(const std::string& header, const std::string& payload) const {
    const std::string text =
        storage::Base64UrlEncode(header) + "." + storage::Base64UrlEncode(payload);
    return text + "." + storage::Base64UrlEncode(Sign(text));
  }

  // A token with the right header for this key.
  std::string Token(const nlohmann::json& payload) const {
    const nlohmann::json header = {{"alg", algorithm()}, {"kid", kid_}, {"typ", "at+jwt"}};
    return TokenOf(header.dump(), payload.dump());
  }

 private:
  std::string SignWith(const std::string& text, int pss_salt_bytes) const {
    const DigestHandle context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* padding = nullptr;  // owned by `context`
    const auto* data = reinterpret_cast<const unsigned char*>(text.data());
    std::string signature(1024, '\0');
    std::size_t length = signature.size();
    auto* out = reinterpret_cast<unsigned char*>(signature.data());
    if (EVP_DigestSignInit_ex(context.get(), &padding, "SHA256", nullptr, nullptr, key_.get(),
                              nullptr) != 1 ||
        (pss_salt_bytes > 0 && (EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING) != 1 ||
                                EVP_PKEY_CTX_set_rsa_pss_saltlen(padding, pss_salt_bytes) != 1)) ||
        EVP_DigestSign(context.get(), out, &length, data, text.size()) != 1) {
      std::abort();
    }
    signature.resize(length);
    if (rsa_) return signature;
    const unsigned char* in = out;
    const SignatureHandle der(d2i_ECDSA_SIG(nullptr, &in, static_cast<long>(length)));
    std::string raw(64, '\0');
    auto* bytes = reinterpret_cast<unsigned char*>(raw.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(der.get()), bytes, 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(der.get()), bytes + 32, 32);
    return raw;
  }

  TestKey(EVP_PKEY* key, std::string kid) : key_(key), kid_(std::move(kid)) {
    if (key == nullptr) std::abort();
    rsa_ = EVP_PKEY_is_a(key, "RSA") == 1;
  }

  KeyHandle key_;
  std::string kid_;
  bool rsa_ = false;
};

inline std::string KeySetText(const nlohmann::json& keys) {
  // Compilers differ on whether `{key}` is the key or a list of one.
  const nlohmann::json list = keys.is_array() ? keys : nlohmann::json::array({keys});
  return nlohmann::json{{"keys", list}}.dump();
}

// Making RSA keys is slow, so the tests of a binary share one of each.
inline const TestKey& RsaTestKey() {
  static const TestKey key = TestKey::Rsa("rsa-1");
  return key;
}
inline const TestKey& P256TestKey() {
  static const TestKey key = TestKey::P256("ec-1");
  return key;
}

inline constexpr char kTestIssuer[] = "https://login.example/staff";
inline constexpr char kTestAudience[] = "api://navo";

inline Issuer StaffIssuer() {
  const std::string keys = KeySetText({RsaTestKey().Jwk(), P256TestKey().Jwk()});
  return Issuer{.name = kTestIssuer,
                .audience = kTestAudience,
                .kind = CallerKind::kStaff,
                .keys = KeySet::Parse(keys).value()};
}

}  // namespace navo::services

#endif  // NAVO_SERVICES_SIGN_IN_TESTING_TOKENS_H_
