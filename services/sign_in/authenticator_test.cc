#include "services/sign_in/authenticator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "services/domain/error.h"
#include "services/sign_in/jwt.h"
#include "services/sign_in/testing_tokens.h"
#include "tests/support/fake_clock.h"

namespace navo::services {
namespace {

Issuers StaffIssuers() {
  Issuers issuers;
  EXPECT_TRUE(issuers.Add(StaffIssuer()).ok());
  return issuers;
}

class AuthenticatorTest : public testing::Test {
 protected:
  std::string TokenFor(const std::string& subject, absl::Duration lifetime = absl::Minutes(5)) {
    return P256TestKey().Token({{"iss", kTestIssuer},
                                {"aud", kTestAudience},
                                {"sub", subject},
                                {"exp", absl::ToUnixSeconds(clock_.Now() + lifetime)}});
  }

  support::FakeClock clock_;
};

TEST_F(AuthenticatorTest, ChecksATokenInFullOnlyOnce) {
  Authenticator authenticator(StaffIssuers());
  const std::string token = TokenFor("kari");
  const auto first = authenticator.Verify(token, clock_.Now());
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ((*first)->subject, "kari");
  const auto second = authenticator.Verify(token, clock_.Now());
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(*second, *first);
  EXPECT_EQ(authenticator.full_checks(), 1u);
  EXPECT_EQ(authenticator.remembered(), 1u);
}

TEST_F(AuthenticatorTest, RefusesARememberedTokenOnceItHasExpired) {
  Authenticator authenticator(StaffIssuers());
  const std::string token = TokenFor("kari", absl::Minutes(5));
  ASSERT_TRUE(authenticator.Verify(token, clock_.Now()).ok());
  clock_.Advance(absl::Minutes(5) - absl::Microseconds(1));
  EXPECT_TRUE(authenticator.Verify(token, clock_.Now()).ok());
  clock_.Advance(absl::Microseconds(1));
  const auto expired = authenticator.Verify(token, clock_.Now());
  EXPECT_EQ(domain::ReasonOf(expired.status()), "TOKEN_EXPIRED");
  EXPECT_EQ(authenticator.full_checks(), 1u);
  EXPECT_EQ(authenticator.remembered(), 0u);
  EXPECT_EQ(domain::ReasonOf(authenticator.Verify(token, clock_.Now()).status()), "TOKEN_EXPIRED");
}

TEST_F(AuthenticatorTest, DoesNotRememberRefusals) {
  Authenticator authenticator(StaffIssuers());
  std::string token = TokenFor("kari");
  token[token.rfind('.') + 5] ^= 1;
  for (int i = 0; i < 3; ++i) {
    const auto refused = authenticator.Verify(token, clock_.Now());
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kUnauthenticated);
  }
  EXPECT_EQ(authenticator.full_checks(), 3u);
  EXPECT_EQ(authenticator.remembered(), 0u);
}

TEST_F(AuthenticatorTest, RefusesTooLongATokenBeforeAnyWork) {
  Authenticator authenticator(StaffIssuers());
  EXPECT_EQ(authenticator.Verify(std::string(kMaxTokenBytes + 1, 'A'), clock_.Now()).status(),
            RefuseToken(TokenRefusal::kTooLong));
  EXPECT_EQ(authenticator.full_checks(), 0u);
}

TEST_F(AuthenticatorTest, ARememberedTokenHelpsNoOtherToken) {
  Authenticator authenticator(StaffIssuers());
  const std::string token = TokenFor("kari");
  ASSERT_TRUE(authenticator.Verify(token, clock_.Now()).ok());
  EXPECT_FALSE(authenticator.Verify(token + ".", clock_.Now()).ok());
  EXPECT_FALSE(authenticator.Verify(token.substr(0, token.size() - 1), clock_.Now()).ok());
}

TEST_F(AuthenticatorTest, KeepsWithinItsCapacityAndForgetsTheLeastUsed) {
  Authenticator authenticator(StaffIssuers(), /*capacity=*/64);
  const std::string in_use = TokenFor("kari");
  ASSERT_TRUE(authenticator.Verify(in_use, clock_.Now()).ok());
  for (int i = 0; i < 300; ++i) {
    ASSERT_TRUE(authenticator.Verify(TokenFor(std::to_string(i)), clock_.Now()).ok());
    ASSERT_TRUE(authenticator.Verify(in_use, clock_.Now()).ok());
  }
  EXPECT_LE(authenticator.remembered(), 64u);
  EXPECT_GT(authenticator.remembered(), 32u);
  EXPECT_EQ(authenticator.full_checks(), 301u);
}

TEST_F(AuthenticatorTest, ManyThreadsShareOne) {
  Authenticator authenticator(StaffIssuers(), /*capacity=*/32);
  std::vector<std::string> tokens;
  for (int i = 0; i < 40; ++i) tokens.push_back(TokenFor(std::to_string(i), absl::Minutes(5 + i)));
  std::vector<int> wrong(4, 0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i < 400; ++i) {
        const std::size_t chosen = (i * 7 + t * 11) % tokens.size();
        // In the last quarter the clock stands where token 20 has just expired.
        const bool late = i >= 300;
        const absl::Time now = clock_.Now() + (late ? absl::Minutes(5 + 20) : absl::ZeroDuration());
        const auto claims = authenticator.Verify(tokens[chosen], now);
        const bool expected = !late || chosen > 20;
        if (claims.ok() != expected) ++wrong[t];
        if (claims.ok() && (*claims)->subject != std::to_string(chosen)) ++wrong[t];
        if (!authenticator.Verify("garbage." + std::to_string(i), now).ok()) continue;
        ++wrong[t];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(wrong, testing::Each(0));
  EXPECT_LE(authenticator.remembered(), 32u);
}

}  // namespace
}  // namespace navo::services
