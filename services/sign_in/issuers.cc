#include "services/sign_in/issuers.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/sign_in/read_issuer.h"
#include "services/sign_in/strict_json.h"
#include "storage/private_file.h"

namespace navo::services {

std::optional<CallerKind> ParseCallerKind(std::string_view name) {
  if (name == "STAFF") return CallerKind::kStaff;
  if (name == "PARTICIPANT") return CallerKind::kParticipant;
  if (name == "SYSTEM") return CallerKind::kSystem;
  return std::nullopt;
}

absl::StatusOr<Issuers> Issuers::Load(const std::string& path) {
  const absl::StatusOr<std::string> text = storage::ReadSmallFile(path, kMaxFileBytes);
  if (!text.ok()) return text.status();
  const std::optional<nlohmann::json> file = ParseStrictJson(*text);
  if (!file || !file->is_array()) return absl::InvalidArgumentError(path + ": is not a JSON list");
  const std::string folder = std::filesystem::path(path).parent_path().string();
  Issuers issuers;
  for (std::size_t i = 0; i < file->size(); ++i) {
    absl::StatusOr<Issuer> issuer = ReadIssuer((*file)[i], folder);
    absl::Status added = issuer.ok() ? issuers.Add(*std::move(issuer)) : issuer.status();
    if (!added.ok()) {
      return absl::Status(added.code(), absl::StrCat(path, ": [", i, "] ", added.message()));
    }
  }
  return issuers;
}

absl::Status Issuers::Add(Issuer issuer) {
  const auto [place, added] = issuers_.try_emplace(issuer.name);
  if (!added) return absl::AlreadyExistsError("issuer stands twice");
  place->second = std::move(issuer);
  return absl::OkStatus();
}

void Issuers::StartFetching(storage::Clock* clock, const KeyEvents& on_event) {
  for (auto& [name, issuer] : issuers_) {
    if (!issuer.discovery.has_value()) continue;
    FetchedKeysParts parts{.issuer = name,
                           .max_age = issuer.discovery->max_age,
                           .fetch = {},
                           .clock = clock,
                           .on_event = on_event};
    parts.fetch = [of = name, discovery = *issuer.discovery](const std::atomic<bool>& stop) {
      return FetchKeySet(of, discovery, stop);
    };
    issuer.fetched_keys = std::make_shared<FetchedKeys>(std::move(parts));
  }
}

void Issuers::WaitForKeys(absl::Duration longest) const {
  const auto until = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(longest);
  for (const auto& [name, issuer] : issuers_) {
    if (issuer.fetched_keys == nullptr) continue;
    const auto left = until - std::chrono::steady_clock::now();
    issuer.fetched_keys->WaitForFirst(std::max(absl::FromChrono(left), absl::ZeroDuration()));
  }
}

void Issuers::RefreshKeys(absl::Time now) const {
  for (const auto& [name, issuer] : issuers_) {
    if (issuer.fetched_keys != nullptr) issuer.fetched_keys->RefreshIfOld(now);
  }
}

const Issuer* Issuers::Find(const std::string& name) const {
  const auto found = issuers_.find(name);
  return found == issuers_.end() ? nullptr : &found->second;
}

}  // namespace navo::services
