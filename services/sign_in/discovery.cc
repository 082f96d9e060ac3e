#include "services/sign_in/discovery.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "absl/strings/str_cat.h"
#include "services/sign_in/https_get.h"
#include "services/sign_in/key_set.h"
#include "services/sign_in/strict_json.h"

namespace navo::services {
namespace {

constexpr std::size_t kMaxDocumentBytes = 64 * 1024;

absl::Status In(const char* which, const absl::Status& status) {
  return absl::Status(status.code(), absl::StrCat(which, ": ", status.message()));
}

}  // namespace

std::string DiscoveryUrl(const std::string& issuer) {
  const bool slash = !issuer.empty() && issuer.back() == '/';
  return issuer +
         (slash ? ".well-known/openid-configuration" : "/.well-known/openid-configuration");
}

absl::StatusOr<std::string> KeySetUrlIn(std::string_view document, const std::string& issuer,
                                        bool loopback_http) {
  const std::optional<nlohmann::json> metadata = ParseStrictJson(document);
  if (!metadata || !metadata->is_object()) {
    return absl::InvalidArgumentError("is not a JSON object");
  }
  const std::string* name = StringIn(*metadata, "issuer");
  if (name == nullptr || *name != issuer) {
    return absl::InvalidArgumentError("is of another issuer than it was asked for");
  }
  const std::string* url = StringIn(*metadata, "jwks_uri");
  if (url == nullptr) return absl::InvalidArgumentError("has no jwks_uri");
  if (absl::Status fits = CheckUrl(*url, loopback_http); !fits.ok()) return In("jwks_uri", fits);
  return *url;
}

absl::StatusOr<std::string> FetchKeySet(const std::string& issuer, const Discovery& discovery,
                                        const std::atomic<bool>& stop) {
  HttpsGetOptions options{.ca_file = discovery.ca_file,
                          .max_bytes = kMaxDocumentBytes,
                          .timeout = discovery.timeout,
                          .loopback_http = discovery.loopback_http};
  const absl::StatusOr<std::string> document = HttpsGet(discovery.url, options, stop);
  if (!document.ok()) return In("discovery document", document.status());
  const auto url = KeySetUrlIn(*document, issuer, discovery.loopback_http);
  if (!url.ok()) return In("discovery document", url.status());
  options.max_bytes = KeySet::kMaxTextBytes;
  absl::StatusOr<std::string> keys = HttpsGet(*url, options, stop);
  if (!keys.ok()) return In("key set", keys.status());
  return keys;
}

}  // namespace navo::services
