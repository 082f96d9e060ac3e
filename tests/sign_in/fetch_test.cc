// How keys are fetched from a provider that behaves, and from one that does not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>

#include "services/sign_in/discovery.h"
#include "services/sign_in/fetched_keys.h"
#include "services/sign_in/key_set.h"
#include "tests/support/fake_clock.h"
#include "tests/support/openid_provider.h"
#include "tests/support/server_process.h"

namespace navo::support {
namespace {

using services::Discovery;
using testing::HasSubstr;

class FetchTest : public ::testing::Test {
 protected:
  static OpenIdProvider& provider() {
    static auto* const shared = new OpenIdProvider();
    return *shared;
  }
  void SetUp() override {
    for (const char* of : {"staff", "systems"}) {
      for (const char* name : {"jwks", "metadata", "down"}) provider().Set(of, name, "");
    }
  }
  static void TearDownTestSuite() { delete &provider(); }

  static Discovery Of(const std::string& of) {
    return {.url = services::DiscoveryUrl(provider().issuer(of)),
            .ca_file = of == "staff" ? provider().authority_file() : "",
            .loopback_http = of != "staff",
            .timeout = absl::Seconds(20)};
  }
  static absl::StatusOr<std::string> Fetch(const std::string& of, const Discovery& discovery) {
    const std::atomic<bool> stop{false};
    return services::FetchKeySet(provider().issuer(of), discovery, stop);
  }
  static void ExpectRefused(const absl::StatusOr<std::string>& text, const std::string& why) {
    ASSERT_FALSE(text.ok());
    EXPECT_THAT(std::string(text.status().message()), HasSubstr(why));
  }
};

TEST_F(FetchTest, FetchesOverHttpsFromAnAuthorityThatIsNamed) {
  const auto text = Fetch("staff", Of("staff"));
  ASSERT_TRUE(text.ok()) << text.status();
  const auto keys = services::KeySet::Parse(*text);
  ASSERT_TRUE(keys.ok()) << keys.status();
  EXPECT_EQ(keys->size(), 2u);
  Discovery stranger = Of("staff");
  stranger.ca_file.clear();  // the machine's own authorities have not heard of it
  ExpectRefused(Fetch("staff", stranger), "discovery document: SSL");
}

TEST_F(FetchTest, PlainHttpIsForThisMachineAndOnlyWhenAsked) {
  EXPECT_TRUE(Fetch("systems", Of("systems")).ok());
  Discovery https_only = Of("systems");
  https_only.loopback_http = false;
  ExpectRefused(Fetch("systems", https_only), "must begin with https://");
  // Also where the metadata leads to.
  provider().Set("staff", "metadata",
                 R"({"issuer": ")" + provider().issuer("staff") + R"(", "jwks_uri": ")" +
                     provider().issuer("systems") + R"(/jwks"})");
  ExpectRefused(Fetch("staff", Of("staff")), "jwks_uri: must begin with https://");
}

TEST_F(FetchTest, TheMetadataMustBeOfThatIssuerByteForByte) {
  Discovery discovery = Of("systems");
  const std::atomic<bool> stop{false};
  const std::string issuer = provider().issuer("systems");
  ExpectRefused(services::FetchKeySet(issuer + "/", discovery, stop), "of another issuer");
  ExpectRefused(
      services::FetchKeySet("http://localhost" + issuer.substr(issuer.rfind(':')), discovery, stop),
      "of another issuer");
  for (const char* document : {"", "[]", "<html>", R"({"jwks_uri": "https://a.example/jwks"})"}) {
    provider().Set("systems", "metadata", *document == '\0' ? " " : document);
    ExpectRefused(Fetch("systems", discovery), "discovery document: is ");
  }
  provider().Set("systems", "metadata", R"({"issuer": ")" + issuer + R"("})");
  ExpectRefused(Fetch("systems", discovery), "has no jwks_uri");
}

TEST_F(FetchTest, AKeySetThatIsHugeSlowCutRedirectedOrAnErrorIsRefused) {
  Discovery discovery = Of("staff");
  const auto with = [&](const char* jwks) {
    provider().Set("staff", "jwks", jwks);
    return Fetch("staff", discovery);
  };
  ExpectRefused(with("huge"), "key set: the answer is longer than 262144 bytes");
  ExpectRefused(with("redirect"), "key set: HTTP 302: a redirect is not followed");
  ExpectRefused(with("error"), "key set: HTTP 503");
  ExpectRefused(with("cut"), "key set: ");
  discovery.timeout = absl::Seconds(3);
  ExpectRefused(with("slow"), "key set: no whole answer within 3s");
  provider().Set("staff", "down", "yes");
  discovery.timeout = absl::Seconds(20);
  ExpectRefused(with(""), "discovery document: ");
  // What comes whole is looked at by KeySet::Parse.
  provider().Set("staff", "down", "");
  for (const char* jwks : {"not_json", "other_json"}) {
    const auto text = with(jwks);
    ASSERT_TRUE(text.ok()) << text.status();
    EXPECT_FALSE(services::KeySet::Parse(*text).ok()) << jwks;
  }
  EXPECT_TRUE(with("").ok()) << "and afterwards all is well";
}

TEST_F(FetchTest, AFetchThatIsStoppedEndsSoon) {
  provider().Set("systems", "jwks", "slow");
  Discovery discovery = Of("systems");
  discovery.timeout = absl::Minutes(5);
  FakeClock clock;
  const auto began = std::chrono::steady_clock::now();
  {
    const int before = provider().KeySetRequests("systems");
    const services::FetchedKeys keys({.issuer = provider().issuer("systems"),
                                      .max_age = absl::Hours(1),
                                      .fetch =
                                          [&](const std::atomic<bool>& stop) {
                                            return services::FetchKeySet(
                                                provider().issuer("systems"), discovery, stop);
                                          },
                                      .clock = &clock,
                                      .on_event = nullptr});
    EXPECT_TRUE(Eventually([&] { return provider().KeySetRequests("systems") > before; }));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::minutes(1));
}

}  // namespace
}  // namespace navo::support
