#include "services/sign_in/issuers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "services/sign_in/testing_tokens.h"

namespace navo::services {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

class IssuersTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "navo-issuers-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    Write("keys.json", KeySetText({P256TestKey().Jwk()}));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ + "/" + name) << text;
  }
  absl::StatusOr<Issuers> Load(const json& entries) {
    Write("issuers.json", entries.dump());
    return Issuers::Load(folder_ + "/issuers.json");
  }
  absl::StatusOr<Issuers> LoadWith(const char* field, const json& value) {
    json entry = Entry();
    entry[field] = value;
    return Load(json::array({entry}));
  }
  void ExpectRefused(const absl::StatusOr<Issuers>& issuers, const std::string& why) {
    ASSERT_FALSE(issuers.ok());
    EXPECT_THAT(std::string(issuers.status().message()), HasSubstr(why));
  }
  static json Entry() {
    return {{"issuer", "https://a.example"},
            {"audience", "navo"},
            {"jwks_file", "keys.json"},
            {"kind", "STAFF"}};
  }

  std::string folder_;
};

TEST_F(IssuersTest, ReadsAnEntryWithItsDefaults) {
  const auto issuers = Load(json::array({Entry()}));
  ASSERT_TRUE(issuers.ok()) << issuers.status();
  const Issuer* issuer = issuers->Find("https://a.example");
  ASSERT_NE(issuer, nullptr);
  EXPECT_EQ(issuer->audience, "navo");
  EXPECT_EQ(issuer->kind, CallerKind::kStaff);
  EXPECT_EQ(issuer->leeway, absl::Seconds(30));
  EXPECT_THAT(issuer->algorithms, ElementsAre(Algorithm::kRs256, Algorithm::kEs256));
  EXPECT_FALSE(issuer->access_token_type_required);
  EXPECT_NE(issuer->keys.Find("ec-1"), nullptr);
  EXPECT_EQ(issuers->Find("https://b.example"), nullptr);
}

TEST_F(IssuersTest, ReadsEveryField) {
  json entry = Entry();
  entry["kind"] = "PARTICIPANT";
  entry["algorithms"] = {"ES256"};
  entry["leeway_s"] = 0;
  entry["access_token_type_required"] = true;
  entry["acr_values"] = {"idporten-loa-high"};
  json other = Entry();
  other["issuer"] = "https://b.example";
  other["kind"] = "SYSTEM";
  const auto issuers = Load(json::array({entry, other}));
  ASSERT_TRUE(issuers.ok()) << issuers.status();
  EXPECT_EQ(issuers->size(), 2u);
  const Issuer* issuer = issuers->Find("https://a.example");
  EXPECT_EQ(issuer->kind, CallerKind::kParticipant);
  EXPECT_THAT(issuer->algorithms, ElementsAre(Algorithm::kEs256));
  EXPECT_EQ(issuer->leeway, absl::ZeroDuration());
  EXPECT_TRUE(issuer->access_token_type_required);
  EXPECT_THAT(issuer->acr_values, ElementsAre("idporten-loa-high"));
  EXPECT_EQ(issuers->Find("https://b.example")->kind, CallerKind::kSystem);
}

TEST_F(IssuersTest, RefusesWrongFieldsAndNamesThem) {
  for (const char* field : {"issuer", "audience", "jwks_file", "kind"}) {
    json entry = Entry();
    entry.erase(field);
    ExpectRefused(Load(json::array({entry})), field);
    ExpectRefused(LoadWith(field, 1), field);
    ExpectRefused(LoadWith(field, ""), field);
  }
  ExpectRefused(LoadWith("kind", "LOCAL"), "kind");
  ExpectRefused(LoadWith("kind", "staff"), "kind");
  ExpectRefused(LoadWith("algorithms", {"RS256", "HS256"}), "algorithms");
  ExpectRefused(LoadWith("algorithms", json::array()), "algorithms");
  ExpectRefused(LoadWith("algorithms", "RS256"), "algorithms");
  ExpectRefused(LoadWith("leeway_s", -1), "leeway_s");
  ExpectRefused(LoadWith("leeway_s", 301), "leeway_s");
  ExpectRefused(LoadWith("leeway_s", "30"), "leeway_s");
  ExpectRefused(LoadWith("access_token_type_required", 1), "access_token_type_required");
  ExpectRefused(LoadWith("acr_values", {1}), "acr_values");
  ExpectRefused(LoadWith("acr_value", {"high"}), "unknown field acr_value");
}

TEST_F(IssuersTest, RefusesAnIssuerThatStandsTwice) {
  ExpectRefused(Load(json::array({Entry(), Entry()})), "[1] issuer stands twice");
}

TEST_F(IssuersTest, RefusesFilesThatAreNotThereOrNotWhatTheyShouldBe) {
  EXPECT_EQ(Issuers::Load(folder_ + "/none.json").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(LoadWith("jwks_file", "none.json").status().code(), absl::StatusCode::kNotFound);
  ExpectRefused(Load(Entry()), "not a JSON list");
  ExpectRefused(Load(json::array({1})), "[0] is not a JSON object");
  Write("empty.json", R"({"keys": []})");
  ExpectRefused(LoadWith("jwks_file", "empty.json"), "no key that can be used");
}

}  // namespace
}  // namespace navo::services
