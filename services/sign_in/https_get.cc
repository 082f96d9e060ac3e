#include "services/sign_in/https_get.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

#include "absl/strings/str_cat.h"

namespace navo::services {
namespace {

constexpr std::array<std::string_view, 3> kLoopback = {"127.0.0.1", "[::1]", "localhost"};
constexpr long kOk = 200;

struct CurlFree {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using CurlHandle = std::unique_ptr<CURL, CurlFree>;
using UrlHandle = std::unique_ptr<CURLU, CurlFree>;

struct Transfer {
  std::string body;
  std::size_t max_bytes = 0;
  bool too_long = false;
  const std::atomic<bool>* stop = nullptr;
};

std::string Part(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return "";
  std::string copy = text;
  curl_free(text);
  return copy;
}

bool IsLoopback(const std::string& host) {
  return std::find(kLoopback.begin(), kLoopback.end(), host) != kLoopback.end();
}

std::string HostOf(const std::string& url) {
  const UrlHandle parsed(curl_url());
  if (parsed == nullptr || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) {
    return "";
  }
  return Part(parsed.get(), CURLUPART_HOST);
}

std::size_t OnBytes(char* bytes, std::size_t size, std::size_t count, void* target) {
  auto* transfer = static_cast<Transfer*>(target);
  const std::size_t length = size * count;
  if (transfer->body.size() + length > transfer->max_bytes) {
    transfer->too_long = true;
    return 0;  // libcurl takes that as an error and ends
  }
  transfer->body.append(bytes, length);
  return length;
}

// Called by libcurl at least once a second.
int OnProgress(void* target, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Transfer*>(target)->stop->load() ? 1 : 0;
}

void StartLibrary() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)started;
}

void SetUp(CURL* curl, const std::string& url, const HttpsGetOptions& options, Transfer& transfer) {
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, options.loopback_http ? "https,http" : "https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS,
                   static_cast<long>(absl::ToInt64Milliseconds(options.timeout)));
  curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(options.max_bytes));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, OnBytes);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, OnProgress);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "navod");
  if (!options.ca_file.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, options.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);  // that authority and no other
  }
  // What is on this machine is not asked for through a proxy.
  if (IsLoopback(HostOf(url))) curl_easy_setopt(curl, CURLOPT_PROXY, "");
}

}  // namespace

absl::Status CheckUrl(const std::string& url, bool loopback_http) {
  const UrlHandle parsed(curl_url());
  if (parsed == nullptr || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) {
    return absl::InvalidArgumentError("is not an address");
  }
  const std::string scheme = Part(parsed.get(), CURLUPART_SCHEME);
  const std::string host = Part(parsed.get(), CURLUPART_HOST);
  const bool plain = scheme == "http" && loopback_http && IsLoopback(host);
  if (scheme != "https" && !plain) return absl::InvalidArgumentError("must begin with https://");
  // libcurl would take the first part of the path for the host.
  if (host.empty() || url.find(":///") != std::string::npos) {
    return absl::InvalidArgumentError("names no host");
  }
  for (const CURLUPart part : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_FRAGMENT}) {
    if (Part(parsed.get(), part).empty()) continue;
    return absl::InvalidArgumentError("must be without user, password and fragment");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> HttpsGet(const std::string& url, const HttpsGetOptions& options,
                                     const std::atomic<bool>& stop) {
  if (absl::Status fits = CheckUrl(url, options.loopback_http); !fits.ok()) return fits;
  StartLibrary();
  const CurlHandle curl(curl_easy_init());
  if (curl == nullptr) return absl::UnavailableError("libcurl does not start");
  Transfer transfer{.max_bytes = options.max_bytes, .stop = &stop};
  SetUp(curl.get(), url, options, transfer);
  const CURLcode code = curl_easy_perform(curl.get());
  if (code == CURLE_ABORTED_BY_CALLBACK) return absl::CancelledError("stopped");
  if (transfer.too_long || code == CURLE_FILESIZE_EXCEEDED) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the answer is longer than ", options.max_bytes, " bytes"));
  }
  if (code == CURLE_OPERATION_TIMEDOUT) {
    return absl::UnavailableError(
        absl::StrCat("no whole answer within ", absl::FormatDuration(options.timeout)));
  }
  if (code != CURLE_OK) return absl::UnavailableError(curl_easy_strerror(code));
  long answer = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answer);
  if (answer != kOk) {
    const bool elsewhere = answer >= 300 && answer < 400;
    return absl::UnavailableError(
        absl::StrCat("HTTP ", answer, elsewhere ? ": a redirect is not followed" : ""));
  }
  return std::move(transfer.body);
}

}  // namespace navo::services
