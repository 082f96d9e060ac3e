#include "storage/keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "tests/support/fake_clock.h"

namespace navo::storage {
namespace {

using testing::HasSubstr;
using testing::Not;

class KeysTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "navo-keys-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    path_ = folder_ + "/keys.json";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& text) {
    std::filesystem::remove(path_);
    std::ofstream(path_) << text;
    ASSERT_EQ(::chmod(path_.c_str(), 0600), 0);
  }
  nlohmann::json Created() {
    EXPECT_TRUE(CreateKeys(path_, random_).ok());
    std::ifstream file(path_);
    return nlohmann::json::parse(file);
  }
  void ExpectRefused(const std::string& why) {
    const auto keys = LoadKeys(path_);
    ASSERT_FALSE(keys.ok());
    EXPECT_EQ(keys.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(keys.status().message()), HasSubstr(why));
  }

  support::SeededRandom random_;
  std::string folder_;
  std::string path_;
};

TEST_F(KeysTest, LoadsWhatWasCreated) {
  ASSERT_TRUE(CreateKeys(path_, random_).ok());
  struct stat facts {};
  ASSERT_EQ(::stat(path_.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600u);

  support::SeededRandom same_seed;
  const Keys expected = GenerateKeys(same_seed);
  const auto keys = LoadKeys(path_);
  ASSERT_TRUE(keys.ok()) << keys.status();
  EXPECT_EQ(keys->key_id, 1);
  EXPECT_EQ(keys->identity_hmac.bytes(), expected.identity_hmac.bytes());
  EXPECT_EQ(keys->identity_seal.bytes(), expected.identity_seal.bytes());
  EXPECT_EQ(keys->token_seal.bytes(), expected.token_seal.bytes());
  EXPECT_EQ(keys->etag.bytes(), expected.etag.bytes());
  EXPECT_EQ(keys->log.bytes(), expected.log.bytes());
}

TEST_F(KeysTest, NeverOverwritesKeys) {
  const nlohmann::json before = Created();
  EXPECT_EQ(CreateKeys(path_, random_).code(), absl::StatusCode::kAlreadyExists);
  std::ifstream file(path_);
  EXPECT_EQ(nlohmann::json::parse(file), before);
}

TEST_F(KeysTest, RefusesAFileOthersCanUse) {
  Created();
  for (const mode_t mode : {0640, 0604, 0620, 0601}) {
    ASSERT_EQ(::chmod(path_.c_str(), mode), 0);
    const auto keys = LoadKeys(path_);
    EXPECT_EQ(keys.status().code(), absl::StatusCode::kPermissionDenied) << std::oct << mode;
    EXPECT_THAT(std::string(keys.status().message()), HasSubstr("chmod 600"));
  }
  ASSERT_EQ(::chmod(path_.c_str(), 0400), 0);
  EXPECT_TRUE(LoadKeys(path_).ok());
}

TEST_F(KeysTest, SaysWhenThereIsNoFileOrNoFolder) {
  EXPECT_EQ(LoadKeys(path_).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(CreateKeys(folder_ + "/none/keys.json", random_).code(), absl::StatusCode::kNotFound);
  EXPECT_FALSE(LoadKeys(folder_).ok());
}

TEST_F(KeysTest, RefusesAPipeInsteadOfWaitingForIt) {
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  ExpectRefused("is not a file");
}

TEST_F(KeysTest, RefusesFilesThatAreNotKeyFiles) {
  Write("");
  ExpectRefused("not a JSON object");
  Write("[1]");
  ExpectRefused("not a JSON object");
  Write(R"({"version": 1)");
  ExpectRefused("not a JSON object");
  Write(std::string(70'000, ' '));
  ExpectRefused("longer than");
}

TEST_F(KeysTest, RefusesWhatIsWrongAndNamesIt) {
  const nlohmann::json good = Created();
  auto with = [&](auto change) {
    nlohmann::json file = good;
    change(file);
    Write(file.dump());
  };
  with([](auto& file) { file["version"] = 2; });
  ExpectRefused("version must be 1");
  with([](auto& file) { file["version"] = "1"; });
  ExpectRefused("version must be 1");
  with([](auto& file) { file["key_id"] = 0; });
  ExpectRefused("key_id");
  with([](auto& file) { file.erase("keys"); });
  ExpectRefused("keys is missing");
  with([](auto& file) { file["keys"].erase("log"); });
  ExpectRefused("keys.log is missing");
  with([](auto& file) { file["keys"]["etag"] = Base64UrlEncode(std::string(16, 'k')); });
  ExpectRefused("keys.etag is not 32 bytes");
  with([](auto& file) { file["keys"]["etag"] = "not base64!"; });
  ExpectRefused("keys.etag is not base64url");
  with([](auto& file) { file["keys"]["log"] = file["keys"]["etag"]; });
  ExpectRefused("keys.log is used for another purpose");
}

TEST_F(KeysTest, ErrorsNeverHoldAKey) {
  nlohmann::json file = Created();
  const std::string secret = file["keys"]["identity_hmac"];
  file["keys"]["identity_hmac"] = secret + "AAAA";
  Write(file.dump());
  const auto keys = LoadKeys(path_);
  ASSERT_FALSE(keys.ok());
  EXPECT_THAT(std::string(keys.status().message()), Not(HasSubstr(secret.substr(0, 8))));
}

}  // namespace
}  // namespace navo::storage
