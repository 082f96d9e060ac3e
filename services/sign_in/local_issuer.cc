#include "services/sign_in/local_issuer.h"

#include <openssl/core_names.h>
#include <openssl/pem.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/sign_in/openssl_handles.h"
#include "storage/crypto.h"
#include "storage/private_file.h"

namespace navo::services {
namespace {

constexpr std::size_t kMaxKeyFileBytes = 16 * 1024;
constexpr int kCoordinateBytes = 32;

// Straight from OpenSSL, not through the injected Random: a signing key for trying out must never
// be the same on two machines, whatever a test has seeded.
absl::StatusOr<std::string> GenerateKeyText() {
  const KeyHandle key(EVP_EC_gen("P-256"));
  const BioHandle out(BIO_new(BIO_s_secmem()));
  if (key == nullptr || out == nullptr ||
      PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) !=
          1) {
    return absl::InternalError("OpenSSL could not make a signing key");
  }
  char* data = nullptr;
  const long length = BIO_get_mem_data(out.get(), &data);
  return std::string(data, static_cast<std::size_t>(length));
}

// An encrypted key file is refused; without this OpenSSL would ask for a password on the terminal.
int NoPassword(char*, int, int, void*) { return -1; }

absl::StatusOr<std::string> Coordinate(const EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  const bool read = EVP_PKEY_get_bn_param(key, name, &number) == 1;
  const NumberHandle owned(number);
  std::string bytes(kCoordinateBytes, '\0');
  if (!read || BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()),
                            kCoordinateBytes) != kCoordinateBytes) {
    return absl::InvalidArgumentError("the dev signing key is not a P-256 key");
  }
  return storage::Base64UrlEncode(bytes);
}

absl::StatusOr<std::string> KeySetText(std::string_view key_text) {
  const BioHandle in(BIO_new_mem_buf(key_text.data(), static_cast<int>(key_text.size())));
  const KeyHandle key(PEM_read_bio_PrivateKey(in.get(), nullptr, NoPassword, nullptr));
  char group[32] = "";
  if (key == nullptr ||
      EVP_PKEY_get_utf8_string_param(key.get(), OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof(group),
                                     nullptr) != 1 ||
      std::string_view(group) != "prime256v1") {
    return absl::InvalidArgumentError("the dev signing key is not a P-256 key");
  }
  const absl::StatusOr<std::string> x = Coordinate(key.get(), OSSL_PKEY_PARAM_EC_PUB_X);
  if (!x.ok()) return x.status();
  const absl::StatusOr<std::string> y = Coordinate(key.get(), OSSL_PKEY_PARAM_EC_PUB_Y);
  if (!y.ok()) return y.status();
  // RFC 7638: the key names itself, so minter and verifier agree without telling each other.
  const std::string members =
      absl::StrCat("{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"", *x, "\",\"y\":\"", *y, "\"}");
  const std::string kid = storage::Base64UrlEncode(storage::Sha256(members));
  return absl::StrCat(
      "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"ES256\",\"use\":\"sig\",",
      "\"kid\":\"", kid, "\",\"x\":\"", *x, "\",\"y\":\"", *y, "\"}]}\n");
}

// Replaces the file in one step: whoever reads it sees the old or the new one, never half.
absl::Status ReplaceFile(const std::string& path, const std::string& content) {
  const std::string fresh = path + ".new";
  std::error_code ignored;  // usually there is none
  std::filesystem::remove(fresh, ignored);
  if (absl::Status created = storage::CreatePrivateFile(fresh, content); !created.ok()) {
    return created;
  }
  std::error_code failed;
  std::filesystem::rename(fresh, path, failed);
  if (!failed) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("cannot write ", path, ": ", failed.message()));
}

absl::StatusOr<std::string> ReadOrMakeKey(const std::string& path) {
  absl::StatusOr<std::string> text = storage::ReadPrivateFile(path, kMaxKeyFileBytes);
  if (!absl::IsNotFound(text.status())) return text;
  text = GenerateKeyText();
  if (!text.ok()) return text.status();
  if (absl::Status created = storage::CreatePrivateFile(path, *text); !created.ok()) return created;
  return text;
}

}  // namespace

absl::StatusOr<Issuer> EnsureLocalIssuer(const std::string& folder) {
  const std::string key_path = (std::filesystem::path(folder) / kLocalKeyFile).string();
  absl::StatusOr<std::string> key_text = ReadOrMakeKey(key_path);
  if (!key_text.ok()) return key_text.status();
  const absl::StatusOr<std::string> key_set_text = KeySetText(*key_text);
  storage::Wipe(*key_text);
  if (!key_set_text.ok()) return key_set_text.status();
  const std::string key_set_path = (std::filesystem::path(folder) / kLocalKeySetFile).string();
  if (absl::Status written = ReplaceFile(key_set_path, *key_set_text); !written.ok())
    return written;
  absl::StatusOr<KeySet> keys = KeySet::Parse(*key_set_text);
  if (!keys.ok()) return keys.status();
  return Issuer{.name = kLocalIssuerName,
                .audience = kLocalAudience,
                .kind = std::nullopt,
                .algorithms = {Algorithm::kEs256},
                .keys = *std::move(keys)};
}

}  // namespace navo::services
