#include "services/sign_in/authenticator.h"

#include <algorithm>
#include <utility>

#include "services/sign_in/jwt.h"
#include "storage/crypto.h"

namespace navo::services {

Authenticator::Authenticator(Issuers issuers, std::size_t capacity)
    : issuers_(std::move(issuers)),
      shard_capacity_(std::max<std::size_t>(1, (capacity + kShards - 1) / kShards)) {}

absl::StatusOr<std::shared_ptr<const Claims>> Authenticator::Verify(std::string_view token,
                                                                    absl::Time now) {
  if (token.size() > kMaxTokenBytes) return RefuseToken(TokenRefusal::kTooLong);
  std::string hash = storage::Sha256(token);
  if (std::shared_ptr<const Claims> claims = Recall(hash, now)) {
    if (now < claims->expires_at) return claims;
    Forget(hash);
    return RefuseToken(TokenRefusal::kExpired);
  }
  // Outside the lock: two calls with the same new token check it twice, which harms nobody, while
  // one slow check would hold up all the others.
  full_checks_.fetch_add(1, std::memory_order_relaxed);
  absl::StatusOr<Claims> verified = VerifyToken(token, issuers_, now);
  if (!verified.ok()) return verified.status();
  auto claims = std::make_shared<const Claims>(*std::move(verified));
  Remember(std::move(hash), claims);
  return claims;
}

std::size_t Authenticator::remembered() const {
  std::size_t count = 0;
  for (const Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    count += shard.by_hash.size();
  }
  return count;
}

Authenticator::Shard& Authenticator::ShardOf(const std::string& hash) {
  return shards_[static_cast<unsigned char>(hash[0]) % kShards];
}

std::shared_ptr<const Claims> Authenticator::Recall(const std::string& hash, absl::Time now) {
  Shard& shard = ShardOf(hash);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.by_hash.find(hash);
  if (found == shard.by_hash.end()) return nullptr;
  const Entry& entry = *found->second;
  if (entry.keys != nullptr) {
    entry.keys->RefreshIfOld(now);
    if (entry.keys->version() != entry.claims->keys_version) return nullptr;
  }
  shard.by_use.splice(shard.by_use.begin(), shard.by_use, found->second);
  return found->second->claims;
}

void Authenticator::Forget(const std::string& hash) {
  Shard& shard = ShardOf(hash);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.by_hash.find(hash);
  if (found == shard.by_hash.end()) return;
  const auto entry = found->second;
  shard.by_hash.erase(found);
  shard.by_use.erase(entry);
}

void Authenticator::Remember(std::string hash, std::shared_ptr<const Claims> claims) {
  Shard& shard = ShardOf(hash);
  const Issuer* issuer = issuers_.Find(claims->issuer);
  const std::lock_guard lock(shard.mutex);
  if (const auto found = shard.by_hash.find(hash); found != shard.by_hash.end()) {
    found->second->claims = std::move(claims);  // another call was faster, or the keys changed
    return;
  }
  if (shard.by_use.size() >= shard_capacity_) {
    shard.by_hash.erase(shard.by_use.back().hash);
    shard.by_use.pop_back();
  }
  shard.by_use.push_front({std::move(hash), std::move(claims), issuer->fetched_keys});
  shard.by_hash.emplace(shard.by_use.front().hash, shard.by_use.begin());
}

}  // namespace navo::services
