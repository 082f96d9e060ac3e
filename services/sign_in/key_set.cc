#include "services/sign_in/key_set.h"

#include <openssl/core_names.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/sign_in/openssl_handles.h"
#include "services/sign_in/strict_json.h"
#include "storage/crypto.h"

namespace navo::services {
namespace {

constexpr std::size_t kMaxKidBytes = 255;
constexpr std::size_t kCoordinateBytes = 32;
constexpr int kMinRsaBits = 2048;
constexpr int kMaxRsaBits = 8192;  // a longer one would cost milliseconds for every forged token

// Every name RFC 7518 gives to a part of a private or symmetric key.
constexpr std::array<const char*, 8> kSecretParts = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"};

absl::Status Refused(const std::string& why) {
  return absl::InvalidArgumentError("JWK set: " + why);
}

NumberHandle Number(const nlohmann::json& jwk, const char* name) {
  const std::string* text = StringIn(jwk, name);
  if (text == nullptr) return nullptr;
  const std::optional<std::string> bytes = storage::Base64UrlDecode(*text);
  if (!bytes || bytes->empty() || bytes->size() > kMaxRsaBits / 8) return nullptr;
  return NumberHandle(BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes->data()),
                                static_cast<int>(bytes->size()), nullptr));
}

// nullptr when OpenSSL does not take the parts as a valid public key.
std::shared_ptr<EVP_PKEY> BuildKey(const char* type, OSSL_PARAM_BLD* builder) {
  const ParametersHandle parameters(OSSL_PARAM_BLD_to_param(builder));
  const KeyContextHandle context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* built = nullptr;
  if (parameters == nullptr || context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &built, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
    return nullptr;
  }
  std::shared_ptr<EVP_PKEY> key(built, EVP_PKEY_free);
  const KeyContextHandle check(EVP_PKEY_CTX_new_from_pkey(nullptr, built, nullptr));
  if (check == nullptr || EVP_PKEY_public_check(check.get()) != 1) return nullptr;
  return key;
}

absl::StatusOr<std::shared_ptr<EVP_PKEY>> RsaKey(const nlohmann::json& jwk) {
  const NumberHandle modulus = Number(jwk, "n");
  const NumberHandle exponent = Number(jwk, "e");
  if (modulus == nullptr || exponent == nullptr) return Refused("an RSA key without n or e");
  const int bits = BN_num_bits(modulus.get());
  if (bits < kMinRsaBits || bits > kMaxRsaBits) {
    return Refused(absl::StrCat("an RSA key of ", bits, " bits; from ", kMinRsaBits, " to ",
                                kMaxRsaBits, " are taken"));
  }
  if (!BN_is_odd(exponent.get()) || BN_is_one(exponent.get())) {
    return Refused("an RSA key with an impossible exponent");
  }
  const ParameterBuilderHandle builder(OSSL_PARAM_BLD_new());
  if (builder == nullptr ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1) {
    return Refused("an RSA key that cannot be read");
  }
  std::shared_ptr<EVP_PKEY> key = BuildKey("RSA", builder.get());
  if (key == nullptr) return Refused("an RSA key that is not valid");
  return key;
}

absl::StatusOr<std::shared_ptr<EVP_PKEY>> P256Key(const nlohmann::json& jwk) {
  std::string point = "\x04";  // SEC 1: both coordinates follow
  for (const char* name : {"x", "y"}) {
    const std::string* text = StringIn(jwk, name);
    const auto bytes = text == nullptr ? std::nullopt : storage::Base64UrlDecode(*text);
    if (!bytes || bytes->size() != kCoordinateBytes) return Refused("an EC key without x or y");
    point += *bytes;
  }
  const ParameterBuilderHandle builder(OSSL_PARAM_BLD_new());
  if (builder == nullptr ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) !=
          1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                       point.size()) != 1) {
    return Refused("an EC key that cannot be read");
  }
  std::shared_ptr<EVP_PKEY> key = BuildKey("EC", builder.get());
  if (key == nullptr) return Refused("an EC key that is not a point of its curve");
  return key;
}

// What the key can verify; nothing when it is none of ours.
std::vector<Algorithm> AlgorithmsOf(const nlohmann::json& jwk) {
  const std::string* type = StringIn(jwk, "kty");
  if (type == nullptr) return {};
  std::vector<Algorithm> algorithms;
  if (*type == "RSA") algorithms = {Algorithm::kRs256, Algorithm::kPs256};
  if (*type == "EC") {
    const std::string* curve = StringIn(jwk, "crv");
    if (curve != nullptr && *curve == "P-256") algorithms = {Algorithm::kEs256};
  }
  if (jwk.contains("alg")) {
    const std::string* text = StringIn(jwk, "alg");
    const auto named = text == nullptr ? std::nullopt : ParseAlgorithm(*text);
    std::erase_if(algorithms, [named](Algorithm algorithm) { return named != algorithm; });
  }
  if (jwk.contains("use")) {
    const std::string* use = StringIn(jwk, "use");
    if (use == nullptr || *use != "sig") return {};
  }
  if (const auto operations = jwk.find("key_ops"); operations != jwk.end()) {
    if (std::find(operations->begin(), operations->end(), "verify") == operations->end()) {
      return {};
    }
  }
  return algorithms;
}

// The 64 bytes r | s of a JWT as the DER OpenSSL wants; "" when they are not 64.
std::string ToDer(std::string_view raw) {
  if (raw.size() != 2 * kCoordinateBytes) return "";
  const auto* bytes = reinterpret_cast<const unsigned char*>(raw.data());
  const SignatureHandle signature(ECDSA_SIG_new());
  NumberHandle r(BN_bin2bn(bytes, kCoordinateBytes, nullptr));
  NumberHandle s(BN_bin2bn(bytes + kCoordinateBytes, kCoordinateBytes, nullptr));
  if (signature == nullptr || r == nullptr || s == nullptr) return "";
  if (ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1) return "";
  (void)r.release();  // the signature owns both now
  (void)s.release();
  const int length = i2d_ECDSA_SIG(signature.get(), nullptr);
  if (length <= 0) return "";
  std::string der(static_cast<std::size_t>(length), '\0');
  auto* out = reinterpret_cast<unsigned char*>(der.data());
  return i2d_ECDSA_SIG(signature.get(), &out) == length ? der : "";
}

}  // namespace

std::optional<Algorithm> ParseAlgorithm(std::string_view name) {
  if (name == "RS256") return Algorithm::kRs256;
  if (name == "PS256") return Algorithm::kPs256;
  if (name == "ES256") return Algorithm::kEs256;
  return std::nullopt;
}

bool PublicKey::IsFor(Algorithm algorithm) const {
  return std::find(algorithms_.begin(), algorithms_.end(), algorithm) != algorithms_.end();
}

bool PublicKey::Verifies(Algorithm algorithm, std::string_view signed_text,
                         std::string_view signature) const {
  if (!IsFor(algorithm)) return false;
  const std::string der = algorithm == Algorithm::kEs256 ? ToDer(signature) : "";
  const std::string_view checked = algorithm == Algorithm::kEs256 ? der : signature;
  if (checked.empty()) return false;
  const DigestHandle context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* padding = nullptr;  // owned by `context`
  if (context == nullptr || EVP_DigestVerifyInit_ex(context.get(), &padding, "SHA256", nullptr,
                                                    nullptr, key_.get(), nullptr) != 1) {
    return false;
  }
  // PKCS #1 v1.5 is what RS256 means and what OpenSSL does with an RSA key unless told otherwise.
  if (algorithm == Algorithm::kPs256 &&
      (EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING) != 1 ||
       EVP_PKEY_CTX_set_rsa_pss_saltlen(padding, RSA_PSS_SALTLEN_DIGEST) != 1)) {
    return false;
  }
  return EVP_DigestVerify(
             context.get(), reinterpret_cast<const unsigned char*>(checked.data()), checked.size(),
             reinterpret_cast<const unsigned char*>(signed_text.data()), signed_text.size()) == 1;
}

absl::StatusOr<KeySet> KeySet::Parse(std::string_view text) {
  if (text.size() > kMaxTextBytes) return Refused("is too long");
  const std::optional<nlohmann::json> file = ParseStrictJson(text);
  if (!file || !file->is_object()) return Refused("is not a JSON object");
  const auto keys = file->find("keys");
  if (keys == file->end() || !keys->is_array()) return Refused("has no list of keys");
  KeySet set;
  for (const nlohmann::json& jwk : *keys) {
    if (!jwk.is_object()) return Refused("a key is not a JSON object");
    for (const char* part : kSecretParts) {
      if (jwk.contains(part)) return Refused("holds a private or symmetric key");
    }
    std::vector<Algorithm> algorithms = AlgorithmsOf(jwk);
    const std::string* kid = StringIn(jwk, "kid");
    if (algorithms.empty() || kid == nullptr || kid->empty() || kid->size() > kMaxKidBytes) {
      continue;
    }
    auto key = algorithms.front() == Algorithm::kEs256 ? P256Key(jwk) : RsaKey(jwk);
    if (!key.ok()) return key.status();
    if (!set.keys_.try_emplace(*kid, std::move(algorithms), *std::move(key)).second) {
      return Refused("a kid stands twice");
    }
  }
  if (set.keys_.empty()) return Refused("has no key that can be used");
  return set;
}

const PublicKey* KeySet::Find(const std::string& kid) const {
  const auto found = keys_.find(kid);
  return found == keys_.end() ? nullptr : &found->second;
}

}  // namespace navo::services
