#include "storage/keys.h"

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/private_file.h"

namespace navo::storage {
namespace {

constexpr std::size_t kMaxFileBytes = 64 * 1024;
constexpr int kVersion = 1;
constexpr std::array<const char*, 5> kPurposes = {"identity_hmac", "identity_seal", "token_seal",
                                                  "etag", "log"};

absl::Status Refused(const std::string& path, const std::string& why) {
  return absl::InvalidArgumentError(absl::StrCat("key file ", path, ": ", why));
}

int IntegerOr(const nlohmann::json& object, const char* name, int otherwise) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_number_integer()) return otherwise;
  const auto value = found->get<std::int64_t>();
  return value >= 0 && value <= 1'000'000 ? static_cast<int>(value) : otherwise;
}

absl::StatusOr<SecretKey> ParseKey(nlohmann::json& keys, const char* purpose) {
  const auto found = keys.find(purpose);
  if (found == keys.end() || !found->is_string()) {
    return absl::InvalidArgumentError(absl::StrCat("keys.", purpose, " is missing"));
  }
  auto& text = found->get_ref<std::string&>();
  std::optional<std::string> bytes = Base64UrlDecode(text);
  Wipe(text);
  if (!bytes)
    return absl::InvalidArgumentError(absl::StrCat("keys.", purpose, " is not base64url"));
  absl::StatusOr<SecretKey> key = SecretKey::FromBytes(*bytes);
  Wipe(*bytes);
  if (!key.ok())
    return absl::InvalidArgumentError(absl::StrCat("keys.", purpose, " is not 32 bytes"));
  return key;
}

}  // namespace

absl::StatusOr<Keys> LoadKeys(const std::string& path) {
  absl::StatusOr<std::string> text = ReadPrivateFile(path, kMaxFileBytes);
  if (!text.ok()) return text.status();
  auto file = nlohmann::json::parse(*text, nullptr, /*allow_exceptions=*/false);
  Wipe(*text);
  if (!file.is_object()) return Refused(path, "is not a JSON object");
  if (IntegerOr(file, "version", -1) != kVersion) return Refused(path, "version must be 1");
  const int key_id = IntegerOr(file, "key_id", 0);
  if (key_id < 1) return Refused(path, "key_id must be a positive number");
  if (!file.contains("keys") || !file["keys"].is_object()) return Refused(path, "keys is missing");

  std::vector<SecretKey> keys;
  std::set<std::string_view> seen;
  keys.reserve(kPurposes.size());  // `seen` looks into the elements
  for (const char* purpose : kPurposes) {
    absl::StatusOr<SecretKey> key = ParseKey(file["keys"], purpose);
    if (!key.ok()) return Refused(path, std::string(key.status().message()));
    keys.push_back(*key);
    if (!seen.insert(keys.back().bytes()).second) {
      return Refused(path, absl::StrCat("keys.", purpose, " is used for another purpose as well"));
    }
  }
  return Keys{key_id, keys[0], keys[1], keys[2], keys[3], keys[4]};
}

Keys GenerateKeys(Random& random) {
  return Keys{.key_id = 1,
              .identity_hmac = SecretKey::Generate(random),
              .identity_seal = SecretKey::Generate(random),
              .token_seal = SecretKey::Generate(random),
              .etag = SecretKey::Generate(random),
              .log = SecretKey::Generate(random)};
}

absl::Status CreateKeys(const std::string& path, Random& random) {
  const Keys keys = GenerateKeys(random);
  const std::array<const SecretKey*, kPurposes.size()> ordered = {
      &keys.identity_hmac, &keys.identity_seal, &keys.token_seal, &keys.etag, &keys.log};
  std::string text = absl::StrCat("{\n  \"version\": ", kVersion, ",\n  \"key_id\": ", keys.key_id,
                                  ",\n  \"keys\": {");
  for (std::size_t i = 0; i < kPurposes.size(); ++i) {
    std::string encoded = Base64UrlEncode(ordered[i]->bytes());
    absl::StrAppend(&text, i == 0 ? "\n" : ",\n", "    \"", kPurposes[i], "\": \"", encoded, "\"");
    Wipe(encoded);
  }
  absl::StrAppend(&text, "\n  }\n}\n");
  absl::Status created = CreatePrivateFile(path, text);
  Wipe(text);
  return created;
}

}  // namespace navo::storage
