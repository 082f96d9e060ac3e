#include "services/sign_in/local_issuer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace navo::services {
namespace {

class LocalIssuerTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "navo-local-issuer-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Path(const char* name) const { return folder_ + "/" + name; }
  std::string Read(const char* name) const {
    std::ifstream file(Path(name));
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::string folder_;
};

TEST_F(LocalIssuerTest, MakesAKeyOnceAndUsesItAgain) {
  const auto issuer = EnsureLocalIssuer(folder_);
  ASSERT_TRUE(issuer.ok()) << issuer.status();
  EXPECT_EQ(issuer->name, kLocalIssuerName);
  EXPECT_EQ(issuer->audience, kLocalAudience);
  EXPECT_EQ(issuer->kind, std::nullopt);
  EXPECT_EQ(issuer->keys.size(), 1u);
  struct stat facts {};
  ASSERT_EQ(::stat(Path(kLocalKeyFile).c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600u);

  const std::string key = Read(kLocalKeyFile);
  const std::string key_set = Read(kLocalKeySetFile);
  EXPECT_THAT(key, testing::HasSubstr("PRIVATE KEY"));
  ASSERT_TRUE(KeySet::Parse(key_set).ok());
  ASSERT_TRUE(EnsureLocalIssuer(folder_).ok());
  EXPECT_EQ(Read(kLocalKeyFile), key);
  EXPECT_EQ(Read(kLocalKeySetFile), key_set);
}

TEST_F(LocalIssuerTest, TwoFoldersHaveTwoKeys) {
  std::filesystem::create_directory(Path("a"));
  std::filesystem::create_directory(Path("b"));
  ASSERT_TRUE(EnsureLocalIssuer(Path("a")).ok());
  ASSERT_TRUE(EnsureLocalIssuer(Path("b")).ok());
  EXPECT_NE(Read("a/dev-jwks.json"), Read("b/dev-jwks.json"));
}

TEST_F(LocalIssuerTest, WritesTheKeySetAnew) {
  ASSERT_TRUE(EnsureLocalIssuer(folder_).ok());
  const std::string key_set = Read(kLocalKeySetFile);
  std::ofstream(Path(kLocalKeySetFile)) << "stale";
  std::ofstream(folder_ + "/dev-jwks.json.new") << "left over";
  ASSERT_TRUE(EnsureLocalIssuer(folder_).ok());
  EXPECT_EQ(Read(kLocalKeySetFile), key_set);
}

TEST_F(LocalIssuerTest, RefusesAKeyFileOthersCanUse) {
  ASSERT_TRUE(EnsureLocalIssuer(folder_).ok());
  ASSERT_EQ(::chmod(Path(kLocalKeyFile).c_str(), 0644), 0);
  EXPECT_EQ(EnsureLocalIssuer(folder_).status().code(), absl::StatusCode::kPermissionDenied);
}

TEST_F(LocalIssuerTest, RefusesAKeyFileThatHoldsNoKeyAndLeavesItAlone) {
  std::ofstream(Path(kLocalKeyFile)) << "not a key";
  ASSERT_EQ(::chmod(Path(kLocalKeyFile).c_str(), 0600), 0);
  EXPECT_EQ(EnsureLocalIssuer(folder_).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Read(kLocalKeyFile), "not a key");
}

TEST_F(LocalIssuerTest, WantsAFolder) {
  EXPECT_EQ(EnsureLocalIssuer(folder_ + "/none").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace navo::services
