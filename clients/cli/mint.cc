#include "clients/cli/mint.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace navo::cli {
namespace {

constexpr int kCoordinateBytes = 32;

template <auto kFree>
struct Free {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};
using File = std::unique_ptr<std::FILE, Free<std::fclose>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>>;

std::string Base64Url(const std::string& data) {
  std::string text = absl::WebSafeBase64Escape(data);
  while (!text.empty() && text.back() == '=') text.pop_back();
  return text;
}

// Without this OpenSSL would ask for a password on the terminal.
int NoPassword(char*, int, int, void*) { return -1; }

absl::StatusOr<Key> ReadKey(const std::string& path) {
  const File file(std::fopen(path.c_str(), "re"));
  if (file == nullptr) {
    const int error = errno;
    const std::string text =
        absl::StrCat("cannot open ", path, ": ", std::generic_category().message(error));
    return error == ENOENT ? absl::NotFoundError(text) : absl::PermissionDeniedError(text);
  }
  Key key(PEM_read_PrivateKey(file.get(), nullptr, NoPassword, nullptr));
  char group[32] = "";
  if (key == nullptr ||
      EVP_PKEY_get_utf8_string_param(key.get(), OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof(group),
                                     nullptr) != 1 ||
      std::string_view(group) != "prime256v1") {
    return absl::InvalidArgumentError(path + " holds no P-256 signing key");
  }
  return key;
}

// A number as 32 bytes, highest first; "" when it does not fit.
std::string Padded(const BIGNUM* number) {
  std::string bytes(kCoordinateBytes, '\0');
  const int written =
      BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), kCoordinateBytes);
  return written == kCoordinateBytes ? bytes : "";
}

std::string Coordinate(const EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &number) != 1) return "";
  return Base64Url(Padded(Number(number).get()));
}

// The key's RFC 7638 thumbprint, which is the `kid` the server gives it.
std::string KeyId(const EVP_PKEY* key) {
  const std::string members = absl::StrCat("{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"",
                                           Coordinate(key, OSSL_PKEY_PARAM_EC_PUB_X), "\",\"y\":\"",
                                           Coordinate(key, OSSL_PKEY_PARAM_EC_PUB_Y), "\"}");
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  std::size_t length = 0;
  if (EVP_Q_digest(nullptr, "SHA256", nullptr, members.data(), members.size(),
                   reinterpret_cast<unsigned char*>(digest.data()), &length) != 1) {
    return "";
  }
  digest.resize(length);
  return Base64Url(digest);
}

// The 64 bytes r | s a JWT wants, from the DER OpenSSL makes.
absl::StatusOr<std::string> Sign(EVP_PKEY* key, const std::string& text) {
  const absl::Status failed = absl::InternalError("OpenSSL could not sign");
  const Digest context(EVP_MD_CTX_new());
  const auto* data = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t length = 0;
  if (context == nullptr ||
      EVP_DigestSignInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr, key, nullptr) !=
          1 ||
      EVP_DigestSign(context.get(), nullptr, &length, data, text.size()) != 1) {
    return failed;
  }
  std::string der(length, '\0');
  auto* out = reinterpret_cast<unsigned char*>(der.data());
  if (EVP_DigestSign(context.get(), out, &length, data, text.size()) != 1) return failed;
  const unsigned char* in = out;
  const Signature signature(d2i_ECDSA_SIG(nullptr, &in, static_cast<long>(length)));
  if (signature == nullptr) return failed;
  return Padded(ECDSA_SIG_get0_r(signature.get())) + Padded(ECDSA_SIG_get0_s(signature.get()));
}

nlohmann::json Payload(const TokenRequest& request) {
  nlohmann::json payload = {{"iss", request.issuer},
                            {"aud", request.audience},
                            {"sub", request.subject},
                            {"kind", request.kind},
                            {"iat", absl::ToUnixSeconds(request.now)},
                            {"exp", absl::ToUnixSeconds(request.now + request.lifetime)}};
  if (!request.pid.empty()) payload["pid"] = request.pid;
  if (!request.name.empty()) payload["name"] = request.name;
  if (!request.scopes.empty()) payload["scope"] = absl::StrJoin(request.scopes, " ");
  return payload;
}

}  // namespace

absl::StatusOr<std::string> MintToken(const std::string& key_pem_path,
                                      const TokenRequest& request) {
  if (request.subject.empty() || request.kind.empty()) {
    return absl::InvalidArgumentError("a token needs a subject and a kind");
  }
  if (request.lifetime < absl::Seconds(1)) {
    return absl::InvalidArgumentError("a token must live for at least a second");
  }
  const absl::StatusOr<Key> key = ReadKey(key_pem_path);
  if (!key.ok()) return key.status();
  const nlohmann::json header = {{"alg", "ES256"}, {"typ", "at+jwt"}, {"kid", KeyId(key->get())}};
  // Bytes that are not UTF-8 are left out by dump, so the text no longer says what was asked for.
  const std::string payload = Payload(request).dump(-1, ' ', /*ensure_ascii=*/false,
                                                    nlohmann::json::error_handler_t::ignore);
  if (nlohmann::json::parse(payload, nullptr, false) != Payload(request)) {
    return absl::InvalidArgumentError("a claim is not UTF-8 text");
  }
  const std::string text = absl::StrCat(Base64Url(header.dump()), ".", Base64Url(payload));
  const absl::StatusOr<std::string> signature = Sign(key->get(), text);
  if (!signature.ok()) return signature.status();
  return absl::StrCat(text, ".", Base64Url(*signature));
}

}  // namespace navo::cli
