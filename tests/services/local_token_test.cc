// What `navo token` mints, a server started with --dev believes: the two sides share no code.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "clients/cli/mint.h"
#include "services/domain/error.h"
#include "services/sign_in/jwt.h"
#include "services/sign_in/local_issuer.h"

namespace navo {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'793'606'400);

class LocalTokenTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "navo-local-token-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    auto issuer = services::EnsureLocalIssuer(folder_);
    ASSERT_TRUE(issuer.ok()) << issuer.status();
    ASSERT_TRUE(issuers_.Add(*std::move(issuer)).ok());
    key_ = folder_ + "/" + services::kLocalKeyFile;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  services::Issuers issuers_;
  std::string folder_;
  std::string key_;
};

TEST_F(LocalTokenTest, TheServerBelievesIt) {
  const cli::TokenRequest request{.subject = "deltaker-1",
                                  .kind = "PARTICIPANT",
                                  .pid = "17912099997",
                                  .name = "Zahra Ødegård",
                                  .scopes = {"a", "b"},
                                  .now = kNow};
  for (int i = 0; i < 50; ++i) {  // a signature with leading zeros must not come out shorter
    const auto token = cli::MintToken(key_, request);
    ASSERT_TRUE(token.ok()) << token.status();
    const auto claims = services::VerifyToken(*token, issuers_, kNow);
    ASSERT_TRUE(claims.ok()) << claims.status();
    EXPECT_EQ(claims->issuer, services::kLocalIssuerName);
    EXPECT_EQ(claims->subject, "deltaker-1");
    EXPECT_EQ(claims->kind, services::CallerKind::kParticipant);
    EXPECT_EQ(claims->pid, "17912099997");
    EXPECT_EQ(claims->name, "Zahra Ødegård");
    EXPECT_THAT(claims->scopes, testing::ElementsAre("a", "b"));
    EXPECT_EQ(claims->expires_at, kNow + absl::Hours(8));
  }
}

TEST_F(LocalTokenTest, ItExpiresWhenAskedTo) {
  const auto token = cli::MintToken(
      key_, {.subject = "kari", .kind = "STAFF", .now = kNow, .lifetime = absl::Minutes(1)});
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_TRUE(services::VerifyToken(*token, issuers_, kNow + absl::Seconds(59)).ok());
  const auto late = services::VerifyToken(*token, issuers_, kNow + absl::Minutes(1));
  EXPECT_EQ(domain::ReasonOf(late.status()), "TOKEN_EXPIRED");
}

TEST_F(LocalTokenTest, AnotherFoldersKeyIsNotBelieved) {
  const std::string other = folder_ + "/other";
  std::filesystem::create_directory(other);
  ASSERT_TRUE(services::EnsureLocalIssuer(other).ok());
  const auto token = cli::MintToken(other + "/" + services::kLocalKeyFile,
                                    {.subject = "kari", .kind = "STAFF", .now = kNow});
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ(services::VerifyToken(*token, issuers_, kNow).status(),
            services::RefuseToken(services::TokenRefusal::kKeyUnknown));
}

TEST_F(LocalTokenTest, MintingSaysWhatIsWrong) {
  const cli::TokenRequest good{.subject = "kari", .kind = "STAFF", .now = kNow};
  const auto code = [&](const std::string& key, const cli::TokenRequest& request) {
    return cli::MintToken(key, request).status().code();
  };
  EXPECT_EQ(code(key_, good), absl::StatusCode::kOk);
  EXPECT_EQ(code(folder_ + "/none.pem", good), absl::StatusCode::kNotFound);
  EXPECT_EQ(code(folder_ + "/dev-jwks.json", good), absl::StatusCode::kInvalidArgument);
  cli::TokenRequest wrong = good;
  wrong.subject = "";
  EXPECT_EQ(code(key_, wrong), absl::StatusCode::kInvalidArgument);
  wrong = good;
  wrong.name = "\xff";
  EXPECT_EQ(code(key_, wrong), absl::StatusCode::kInvalidArgument);
  wrong = good;
  wrong.lifetime = absl::ZeroDuration();
  EXPECT_EQ(code(key_, wrong), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace navo
