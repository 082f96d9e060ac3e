#include "clients/load/drive.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "absl/time/clock.h"
#include "clients/load/dice.h"

namespace navo::load {
namespace {

using SteadyClock = std::chrono::steady_clock;
using Instant = SteadyClock::time_point;

constexpr int kMostOpenCalls = 20'000;  // a disk that stalls for a second is measured, not the end

// Counts what runs, keeps what went wrong first, and is waited for.
class Ledger {
 public:
  void Begin() { open_.fetch_add(1, std::memory_order_relaxed); }
  // Under the lock, so that whoever waits cannot be gone before this has returned from it.
  void End() {
    const std::scoped_lock lock(mutex_);
    if (open_.fetch_sub(1, std::memory_order_acq_rel) == 1) idle_.notify_all();
  }
  void Fail(std::string wrong) {
    const std::scoped_lock lock(mutex_);
    if (wrong_.empty()) wrong_ = std::move(wrong);
    failed_.store(true, std::memory_order_release);
  }
  bool failed() const { return failed_.load(std::memory_order_acquire); }
  int open() const { return open_.load(std::memory_order_relaxed); }
  absl::Status Wait() {
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [this] { return open_.load(std::memory_order_acquire) == 0; });
    return wrong_.empty() ? absl::OkStatus() : absl::InternalError(wrong_);
  }

 private:
  std::atomic<int> open_ = 0;
  std::atomic<bool> failed_ = false;
  std::mutex mutex_;
  std::condition_variable idle_;
  std::string wrong_;
};

double MillisSince(Instant start) {
  return std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count();
}

double Percentile(const std::vector<float>& sorted, double part) {
  if (sorted.empty()) return 0;
  const auto place = static_cast<size_t>(std::ceil(part * static_cast<double>(sorted.size())));
  return static_cast<double>(sorted[std::max<size_t>(place, 1) - 1]);
}

DriveResult ResultOf(std::vector<float> latencies_ms, double seconds) {
  std::sort(latencies_ms.begin(), latencies_ms.end());
  return {static_cast<double>(latencies_ms.size()), seconds, Percentile(latencies_ms, 0.50),
          Percentile(latencies_ms, 0.99)};
}

// One client of the closed loop. Its fields are handed on from call to call.
struct Client {
  int number = 0;
  Instant started;
  std::vector<float> latencies_ms;
};

struct ClosedLoop {
  Load& load;
  Ledger ledger;
  std::atomic<bool> measuring = false;
  std::atomic<bool> stopping = false;

  void Next(Client& client) {
    client.started = SteadyClock::now();
    load.Start(client.number, [this, &client](std::string wrong) {
      if (!wrong.empty()) ledger.Fail(std::move(wrong));
      if (measuring.load(std::memory_order_relaxed)) {
        client.latencies_ms.push_back(static_cast<float>(MillisSince(client.started)));
      }
      if (stopping.load(std::memory_order_relaxed) || ledger.failed()) return ledger.End();
      Next(client);
    });
  }
};

}  // namespace

absl::StatusOr<DriveResult> DriveClosed(Load& load, const DriveOptions& options) {
  ClosedLoop loop{.load = load};
  std::vector<Client> clients(static_cast<size_t>(options.clients));
  for (int i = 0; i < options.clients; ++i) clients[static_cast<size_t>(i)].number = i;
  for (int i = 0; i < options.clients; ++i) loop.ledger.Begin();
  for (Client& client : clients) loop.Next(client);
  absl::SleepFor(options.warm_up);
  options.on_begin();
  const Instant begin = SteadyClock::now();
  loop.measuring = true;
  absl::SleepFor(options.window);
  loop.measuring = false;
  const double seconds = MillisSince(begin) / 1'000;
  options.on_end();
  loop.stopping = true;
  if (absl::Status status = loop.ledger.Wait(); !status.ok()) return status;
  std::vector<float> all;
  for (const Client& client : clients) {
    all.insert(all.end(), client.latencies_ms.begin(), client.latencies_ms.end());
  }
  return ResultOf(std::move(all), seconds);
}

absl::StatusOr<DriveResult> DriveOpen(Load& load, const DriveOptions& options) {
  Ledger ledger;
  std::mutex mutex;
  std::vector<float> latencies_ms;
  Dice dice(1);
  const Instant first = SteadyClock::now();
  const Instant begin = first + absl::ToChronoNanoseconds(options.warm_up);
  const Instant end = begin + absl::ToChronoNanoseconds(options.window);
  ledger.Begin();  // until the last call was sent
  options.on_begin();
  int number = 0;
  absl::Status kept_up;
  for (Instant due = first; due < end && !ledger.failed(); ++number) {
    std::this_thread::sleep_until(due);
    if (ledger.open() > kMostOpenCalls) {
      kept_up = absl::ResourceExhaustedError("the server does not keep up with the rate");
      break;
    }
    ledger.Begin();
    load.Start(number % options.clients, [&, due](std::string wrong) {
      if (!wrong.empty()) ledger.Fail(std::move(wrong));
      if (due >= begin) {
        const std::scoped_lock lock(mutex);
        latencies_ms.push_back(static_cast<float>(MillisSince(due)));
      }
      ledger.End();
    });
    // Arrivals that know nothing of each other.
    const double gap_seconds = -std::log(1 - dice.Fraction()) / options.rate;
    due += std::chrono::nanoseconds(static_cast<int64_t>(gap_seconds * 1e9));
  }
  ledger.End();
  if (absl::Status status = ledger.Wait(); !status.ok()) return status;
  options.on_end();
  if (!kept_up.ok()) return kept_up;
  return ResultOf(std::move(latencies_ms), absl::ToDoubleSeconds(options.window));
}

}  // namespace navo::load
