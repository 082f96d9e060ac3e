// The keys of one issuer as they are now: fetched again when they are old and when a token names a
// key that is not among them.
#ifndef NAVO_SERVICES_SIGN_IN_FETCHED_KEYS_H_
#define NAVO_SERVICES_SIGN_IN_FETCHED_KEYS_H_

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/sign_in/key_set.h"
#include "storage/clock.h"

namespace navo::services {

// What the operator is told: OK when other keys than before are known now, or the first ones after
// a failure; else why the keys could not be fetched. The texts hold nothing of a token or of the
// answer. Called on the thread that fetches.
using KeyEvents = std::function<void(const absl::Status& status, std::string_view text)>;

struct FetchedKeysParts {
  std::string issuer;  // for the operator
  absl::Duration max_age;
  // The text of a JWK set. Called on a thread of its own, never two at a time; returns soon once
  // its argument is true.
  std::function<absl::StatusOr<std::string>(const std::atomic<bool>&)> fetch;
  storage::Clock* clock = nullptr;  // outlives the object
  KeyEvents on_event;
};

// Any thread may call; no call waits for the network but WaitForFirst. The destructor stops a fetch
// that is under way and waits for it, about a second at most.
class FetchedKeys {
 public:
  // From the beginning of one fetch to the beginning of the next, whatever is asked for.
  static constexpr absl::Duration kMinInterval = absl::Seconds(30);

  // Begins the first fetch.
  explicit FetchedKeys(FetchedKeysParts parts);
  ~FetchedKeys();
  FetchedKeys(const FetchedKeys&) = delete;
  FetchedKeys& operator=(const FetchedKeys&) = delete;

  struct Found {
    std::shared_ptr<const KeySet> keys;  // owns `key`
    const PublicKey* key = nullptr;
    // There is no such key now, but there may be soon: a fetch is under way, or has never
    // succeeded.
    bool pending = false;
    std::uint64_t version = 0;  // of `keys`
  };
  // An unknown `kid` begins a fetch if the last one began kMinInterval ago or more.
  Found Find(const std::string& kid, absl::Time now);

  // Begins a fetch if the keys are older than max_age, or the last fetch failed and kMinInterval
  // has passed. What was known goes on until the new keys are there, however long that takes.
  void RefreshIfOld(absl::Time now) {
    if (absl::ToUnixMicros(now) >= due_us_.load(std::memory_order_relaxed)) Begin(now);
  }

  // Another number when another set of keys has come: what was verified with the old one is to be
  // verified again.
  // Never 0 once there are keys.
  std::uint64_t version() const { return version_.load(std::memory_order_acquire); }

  // Waits until the first fetch has ended, well or badly; false when that takes longer.
  bool WaitForFirst(absl::Duration longest);

 private:
  void Run();
  void Begin(absl::Time now);
  bool BeginLocked(absl::Time now);
  void Take(const absl::StatusOr<std::string>& text);
  std::string TakeLocked(const absl::StatusOr<std::string>& text, absl::StatusOr<KeySet> keys);

  const FetchedKeysParts parts_;
  std::atomic<std::int64_t> due_us_{0};
  std::atomic<std::uint64_t> version_{0};
  std::atomic<bool> stop_{false};

  std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<const KeySet> keys_;  // nullptr until a fetch has succeeded
  std::string text_;                    // what keys_ was read from
  absl::Time began_ = absl::InfinitePast();
  absl::Time fetched_ = absl::InfinitePast();
  bool wanted_ = false;
  bool fetching_ = false;
  bool first_ended_ = false;
  bool failing_ = false;

  std::thread thread_;  // last: it uses everything above
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_SIGN_IN_FETCHED_KEYS_H_
