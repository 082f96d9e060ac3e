#include "services/sign_in/fetched_keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>
#include <vector>

#include "services/sign_in/authenticator.h"
#include "services/sign_in/testing_tokens.h"
#include "tests/support/fake_clock.h"

namespace navo::services {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// An issuer in the test's hands: each fetch waits until the test lets it answer.
class FakeIssuer {
 public:
  absl::StatusOr<std::string> Fetch(const std::atomic<bool>& stop) {
    std::unique_lock lock(mutex_);
    ++fetches_;
    changed_.notify_all();
    while (!changed_.wait_for(lock, std::chrono::milliseconds(5), [this] { return open_; })) {
      if (stop) return absl::CancelledError();
    }
    return answer_;
  }
  void Answer(absl::StatusOr<std::string> answer) {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(answer);
  }
  void SetOpen(bool open) {
    const std::lock_guard lock(mutex_);
    open_ = open;
    changed_.notify_all();
  }
  int fetches() {
    const std::lock_guard lock(mutex_);
    return fetches_;
  }
  void WaitForFetch(int number) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return fetches_ >= number; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  absl::StatusOr<std::string> answer_ = absl::UnavailableError("down");
  bool open_ = true;
  int fetches_ = 0;
};

class FetchedKeysTest : public testing::Test {
 protected:
  std::string One() const { return KeySetText({P256TestKey().Jwk()}); }
  std::string Both() const { return KeySetText({P256TestKey().Jwk(), RsaTestKey().Jwk()}); }

  std::unique_ptr<FetchedKeys> Start() {
    auto keys = std::make_unique<FetchedKeys>(FetchedKeysParts{
        .issuer = "https://a.example",
        .max_age = absl::Hours(1),
        .fetch = [this](const std::atomic<bool>& stop) { return issuer_.Fetch(stop); },
        .clock = &clock_,
        .on_event =
            [this](const absl::Status& status, std::string_view text) {
              const std::lock_guard lock(mutex_);
              events_.push_back(absl::StatusCodeToString(status.code()) + " " + std::string(text));
            }});
    return keys;
  }
  std::vector<std::string> Events() {
    const std::lock_guard lock(mutex_);
    return events_;
  }
  // Asks until no fetch is under way.
  FetchedKeys::Found FindWhenDone(FetchedKeys& keys, const std::string& kid) {
    FetchedKeys::Found found = keys.Find(kid, clock_.Now());
    while (found.pending) found = keys.Find(kid, clock_.Now());
    return found;
  }

  support::FakeClock clock_;
  FakeIssuer issuer_;
  std::mutex mutex_;
  std::vector<std::string> events_;
};

TEST_F(FetchedKeysTest, KnowsTheKeysAfterTheFirstFetch) {
  issuer_.Answer(One());
  const auto keys = Start();
  ASSERT_TRUE(keys->WaitForFirst(absl::Minutes(1)));
  const auto found = keys->Find("ec-1", clock_.Now());
  ASSERT_NE(found.key, nullptr);
  EXPECT_FALSE(found.pending);
  EXPECT_EQ(found.version, keys->version());
  EXPECT_NE(found.version, 0u);
  EXPECT_THAT(Events(), ElementsAre("OK https://a.example: 1 keys"));
}

TEST_F(FetchedKeysTest, NobodyWaitsForASlowIssuer) {
  issuer_.SetOpen(false);
  issuer_.Answer(One());
  const auto keys = Start();
  issuer_.WaitForFetch(1);
  EXPECT_FALSE(keys->WaitForFirst(absl::Milliseconds(1)));
  clock_.Advance(absl::Hours(5));
  for (int i = 0; i < 100; ++i) {
    const auto found = keys->Find("ec-1", clock_.Now());
    EXPECT_EQ(found.key, nullptr);
    EXPECT_TRUE(found.pending);
  }
  EXPECT_EQ(issuer_.fetches(), 1) << "never two at a time";
  issuer_.SetOpen(true);
  ASSERT_TRUE(keys->WaitForFirst(absl::Minutes(1)));
  EXPECT_NE(keys->Find("ec-1", clock_.Now()).key, nullptr);
}

TEST_F(FetchedKeysTest, AnUnknownKeyIsAskedForAtMostEveryThirtySeconds) {
  issuer_.Answer(One());
  const auto keys = Start();
  ASSERT_TRUE(keys->WaitForFirst(absl::Minutes(1)));
  issuer_.Answer(Both());
  clock_.Advance(absl::Seconds(30) - absl::Microseconds(1));
  EXPECT_FALSE(keys->Find("rsa-1", clock_.Now()).pending);
  EXPECT_EQ(issuer_.fetches(), 1);
  clock_.Advance(absl::Microseconds(1));
  EXPECT_NE(FindWhenDone(*keys, "rsa-1").key, nullptr);
  EXPECT_EQ(issuer_.fetches(), 2);
  EXPECT_EQ(FindWhenDone(*keys, "none").key, nullptr);
  EXPECT_EQ(issuer_.fetches(), 2);
  clock_.Advance(absl::Seconds(30));
  EXPECT_EQ(FindWhenDone(*keys, "none").key, nullptr);
  EXPECT_EQ(issuer_.fetches(), 3);
}

TEST_F(FetchedKeysTest, KeysAreFetchedAgainWhenTheyAreOld) {
  issuer_.Answer(One());
  const auto keys = Start();
  ASSERT_TRUE(keys->WaitForFirst(absl::Minutes(1)));
  clock_.Advance(absl::Hours(1) - absl::Microseconds(1));
  keys->RefreshIfOld(clock_.Now());
  EXPECT_EQ(issuer_.fetches(), 1);
  clock_.Advance(absl::Microseconds(1));
  keys->RefreshIfOld(clock_.Now());
  issuer_.WaitForFetch(2);
}

TEST_F(FetchedKeysTest, KnownKeysGoOnWhileTheIssuerIsDown) {
  issuer_.Answer(Both());
  const auto keys = Start();
  ASSERT_TRUE(keys->WaitForFirst(absl::Minutes(1)));
  const std::uint64_t version = keys->version();
  issuer_.Answer(absl::UnavailableError("no way there"));
  for (int day = 1; day <= 3; ++day) {
    clock_.Advance(absl::Hours(24));
    EXPECT_EQ(FindWhenDone(*keys, "none").key, nullptr);
    EXPECT_NE(keys->Find("rsa-1", clock_.Now()).key, nullptr);
  }
  EXPECT_EQ(keys->version(), version);
  EXPECT_EQ(issuer_.fetches(), 4);
  // After a failure it is tried again in half a minute, not in an hour.
  issuer_.Answer(Both());
  clock_.Advance(absl::Seconds(30));
  keys->RefreshIfOld(clock_.Now());
  issuer_.WaitForFetch(5);
  EXPECT_EQ(FindWhenDone(*keys, "none").key, nullptr);
  EXPECT_EQ(keys->version(), version) << "the same keys as before";
  ASSERT_EQ(Events().size(), 5u);
  EXPECT_THAT(Events()[1], HasSubstr("no way there; those fetched 24h ago go on"));
  EXPECT_EQ(Events()[4], "OK https://a.example: 2 keys");
}

TEST_F(FetchedKeysTest, AnAnswerThatIsNoKeySetChangesNothing) {
  issuer_.Answer(One());
  const auto keys = Start();
  ASSERT_TRUE(keys->WaitForFirst(absl::Minutes(1)));
  for (const char* text : {"", "<html>", "{}", R"({"keys": []})"}) {
    issuer_.Answer(std::string(text));
    clock_.Advance(absl::Minutes(1));
    EXPECT_EQ(FindWhenDone(*keys, "none").key, nullptr);
    EXPECT_NE(keys->Find("ec-1", clock_.Now()).key, nullptr);
  }
  EXPECT_EQ(issuer_.fetches(), 5);
  EXPECT_THAT(Events().back(), HasSubstr("INVALID_ARGUMENT https://a.example: JWK set: "));
}

TEST_F(FetchedKeysTest, WithoutAnyKeysEverythingIsPending) {
  const auto keys = Start();
  ASSERT_TRUE(keys->WaitForFirst(absl::Minutes(1)));
  const auto found = keys->Find("ec-1", clock_.Now());
  EXPECT_EQ(found.keys, nullptr);
  EXPECT_TRUE(found.pending);
  EXPECT_EQ(issuer_.fetches(), 1);
  ASSERT_EQ(Events().size(), 1u);
  EXPECT_THAT(Events()[0], HasSubstr("nobody from there is let in"));
}

TEST_F(FetchedKeysTest, AnotherSetIsAnotherVersionAndOldKeysAreGone) {
  issuer_.Answer(Both());
  const auto keys = Start();
  ASSERT_TRUE(keys->WaitForFirst(absl::Minutes(1)));
  const auto before = keys->Find("rsa-1", clock_.Now());
  ASSERT_NE(before.key, nullptr);
  issuer_.Answer(One());
  clock_.Advance(absl::Minutes(1));
  EXPECT_EQ(FindWhenDone(*keys, "none").key, nullptr);
  EXPECT_NE(keys->version(), before.version);
  EXPECT_EQ(FindWhenDone(*keys, "rsa-1").key, nullptr);
  EXPECT_TRUE(before.key->IsFor(Algorithm::kRs256)) << "a check under way keeps its keys";
}

TEST_F(FetchedKeysTest, ARememberedTokenGoesWithTheKeyThatSignedIt) {
  issuer_.Answer(Both());
  Issuer staff = StaffIssuer();
  staff.fetched_keys = Start();
  const std::shared_ptr<FetchedKeys> keys = staff.fetched_keys;
  ASSERT_TRUE(keys->WaitForFirst(absl::Minutes(1)));
  Issuers issuers;
  ASSERT_TRUE(issuers.Add(std::move(staff)).ok());
  Authenticator authenticator(std::move(issuers), /*capacity=*/64);
  const auto token = [this](const TestKey& key) {
    return key.Token({{"iss", kTestIssuer},
                      {"aud", kTestAudience},
                      {"sub", "kari"},
                      {"exp", absl::ToUnixSeconds(clock_.Now() + absl::Hours(1))}});
  };
  const std::string of_rsa = token(RsaTestKey());
  const std::string of_ec = token(P256TestKey());
  EXPECT_TRUE(authenticator.Verify(of_rsa, clock_.Now()).ok());
  EXPECT_TRUE(authenticator.Verify(of_ec, clock_.Now()).ok());
  issuer_.Answer(One());
  clock_.Advance(absl::Minutes(1));
  EXPECT_EQ(FindWhenDone(*keys, "none").key, nullptr);
  EXPECT_FALSE(authenticator.Verify(of_rsa, clock_.Now()).ok()) << "its issuer has taken it back";
  EXPECT_TRUE(authenticator.Verify(of_ec, clock_.Now()).ok());
}

TEST_F(FetchedKeysTest, AClockThatIsSetBackDoesNotKeepKeysFromBeingFetched) {
  issuer_.Answer(One());
  const auto keys = Start();
  ASSERT_TRUE(keys->WaitForFirst(absl::Minutes(1)));
  clock_.Advance(-absl::Hours(10));
  EXPECT_EQ(FindWhenDone(*keys, "none").key, nullptr);
  EXPECT_EQ(issuer_.fetches(), 2);
}

TEST_F(FetchedKeysTest, ManyThreadsAskAtOnce) {
  issuer_.Answer(Both());
  const auto keys = Start();
  ASSERT_TRUE(keys->WaitForFirst(absl::Minutes(1)));
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (int j = 0; j < 200; ++j) {
        clock_.Advance(absl::Seconds(1));
        keys->RefreshIfOld(clock_.Now());
        keys->Find(i % 2 == 0 ? "none" : "ec-1", clock_.Now());
        (void)keys->version();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(issuer_.fetches(), 1 + 1600 / 30 + 1);
  EXPECT_NE(keys->Find("ec-1", clock_.Now()).key, nullptr);
}

TEST_F(FetchedKeysTest, EndsWhileAFetchIsUnderWay) {
  issuer_.SetOpen(false);
  auto keys = Start();
  issuer_.WaitForFetch(1);
  keys.reset();
  EXPECT_THAT(Events(), IsEmpty());
}

}  // namespace
}  // namespace navo::services
