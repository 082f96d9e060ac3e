// Who is calling, from a token. A verified token is remembered by its hash until it expires,
// because a signature check costs as much as one to four whole calls; when its issuer's keys
// change, it is checked anew, so that a key the issuer has taken back counts no longer. What the
// caller may do is never remembered here: that is decided in each call's own transaction.
#ifndef NAVO_SERVICES_SIGN_IN_AUTHENTICATOR_H_
#define NAVO_SERVICES_SIGN_IN_AUTHENTICATOR_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/sign_in/claims.h"
#include "services/sign_in/issuers.h"

namespace navo::services {

// Any thread may call. A remembered token costs one SHA-256 and one short lock.
class Authenticator {
 public:
  static constexpr std::size_t kDefaultCapacity = 10'000;

  // Remembers about `capacity` tokens; the one unused for longest gives way.
  explicit Authenticator(Issuers issuers, std::size_t capacity = kDefaultCapacity);
  Authenticator(const Authenticator&) = delete;
  Authenticator& operator=(const Authenticator&) = delete;

  // `token` is the bare token without "Bearer ". UNAUTHENTICATED with reason TOKEN_EXPIRED (renew
  // it) or UNAUTHENTICATED (sign in); UNAVAILABLE with ISSUER_KEYS_PENDING (ask again). Refusals
  // are not remembered: nobody fills the memory with garbage.
  absl::StatusOr<std::shared_ptr<const Claims>> Verify(std::string_view token, absl::Time now);

  // Keys that are old are fetched anew. Called now and then, for issuers nobody has a token of.
  void RefreshKeys(absl::Time now) const { issuers_.RefreshKeys(now); }

  // As Issuers::WaitForKeys.
  void WaitForKeys(absl::Duration longest) const { issuers_.WaitForKeys(longest); }

  // How many tokens were verified in full since start, and how many are remembered now.
  std::uint64_t full_checks() const { return full_checks_.load(std::memory_order_relaxed); }
  std::size_t remembered() const;

 private:
  static constexpr std::size_t kShards = 16;

  struct Entry {
    std::string hash;
    std::shared_ptr<const Claims> claims;
    std::shared_ptr<FetchedKeys> keys;  // of the issuer, when they are fetched
  };
  struct Shard {
    mutable std::mutex mutex;
    std::list<Entry> by_use;                                                   // last used first
    std::unordered_map<std::string_view, std::list<Entry>::iterator> by_hash;  // views into by_use
  };

  // nullptr also when the issuer's keys have changed since.
  std::shared_ptr<const Claims> Recall(const std::string& hash, absl::Time now);
  void Forget(const std::string& hash);
  void Remember(std::string hash, std::shared_ptr<const Claims> claims);
  Shard& ShardOf(const std::string& hash);

  const Issuers issuers_;
  const std::size_t shard_capacity_;
  std::atomic<std::uint64_t> full_checks_{0};
  std::array<Shard, kShards> shards_;
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_SIGN_IN_AUTHENTICATOR_H_
