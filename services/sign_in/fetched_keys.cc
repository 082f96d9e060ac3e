#include "services/sign_in/fetched_keys.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace navo::services {

FetchedKeys::FetchedKeys(FetchedKeysParts parts) : parts_(std::move(parts)) {
  Begin(parts_.clock->Now());
  thread_ = std::thread([this] { Run(); });
}

FetchedKeys::~FetchedKeys() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

FetchedKeys::Found FetchedKeys::Find(const std::string& kid, absl::Time now) {
  const std::lock_guard lock(mutex_);
  Found found{.keys = keys_, .version = version_.load(std::memory_order_relaxed)};
  if (keys_ != nullptr) found.key = keys_->Find(kid);
  if (found.key == nullptr) found.pending = BeginLocked(now) || keys_ == nullptr;
  return found;
}

bool FetchedKeys::WaitForFirst(absl::Duration longest) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, absl::ToChronoNanoseconds(longest),
                           [this] { return first_ended_; });
}

void FetchedKeys::Begin(absl::Time now) {
  const std::lock_guard lock(mutex_);
  BeginLocked(now);
}

// True when a fetch is under way now.
bool FetchedKeys::BeginLocked(absl::Time now) {
  if (wanted_ || fetching_) return true;
  // A clock that was set back must not keep the keys from being fetched.
  if (now >= began_ && now < began_ + kMinInterval) return false;
  began_ = now;
  due_us_ = absl::ToUnixMicros(now + kMinInterval);  // unless this one succeeds
  wanted_ = true;
  changed_.notify_all();
  return true;
}

void FetchedKeys::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return wanted_ || stop_; });
    if (stop_) return;
    wanted_ = false;
    fetching_ = true;
    lock.unlock();
    const absl::StatusOr<std::string> text = parts_.fetch(stop_);
    if (stop_) return;
    Take(text);
    lock.lock();
  }
}

// What the operator is told; empty when nothing has changed. Called with the lock held.
std::string FetchedKeys::TakeLocked(const absl::StatusOr<std::string>& text,
                                    absl::StatusOr<KeySet> keys) {
  const absl::Time now = parts_.clock->Now();
  const bool failed_before = std::exchange(failing_, !keys.ok());
  if (!keys.ok()) {
    const std::string why(keys.status().message());
    if (keys_ == nullptr) return why + "; no keys are known, so nobody from there is let in";
    const std::string age = absl::FormatDuration(now - fetched_);
    return absl::StrCat(why, "; those fetched ", age, " ago go on");
  }
  const std::string told = absl::StrCat(keys->size(), " keys");
  const bool other = keys_ == nullptr || *text != text_;
  if (other) {
    keys_ = std::make_shared<const KeySet>(*std::move(keys));
    text_ = *text;
    version_.fetch_add(1, std::memory_order_release);
  }
  fetched_ = now;
  due_us_ = absl::ToUnixMicros(now + parts_.max_age);
  return other || failed_before ? told : "";
}

void FetchedKeys::Take(const absl::StatusOr<std::string>& text) {
  absl::StatusOr<KeySet> keys = text.ok() ? KeySet::Parse(*text) : text.status();
  const absl::Status status = keys.status();
  std::unique_lock lock(mutex_);
  const std::string told = TakeLocked(text, std::move(keys));
  lock.unlock();
  if (!told.empty() && parts_.on_event) {
    parts_.on_event(status, absl::StrCat(parts_.issuer, ": ", told));
  }
  lock.lock();
  fetching_ = false;
  first_ended_ = true;
  changed_.notify_all();
}

}  // namespace navo::services
