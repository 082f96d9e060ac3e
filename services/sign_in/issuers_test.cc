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
  static Discovery DiscoveryOf(const absl::StatusOr<Issuers>& issuers, const std::string& name) {
    EXPECT_TRUE(issuers.ok()) << issuers.status();
    const Issuer* issuer = issuers.ok() ? issuers->Find(name) : nullptr;
    EXPECT_TRUE(issuer != nullptr && issuer->discovery.has_value());
    return issuer == nullptr ? Discovery() : issuer->discovery.value_or(Discovery());
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
    if (std::string(field) != "jwks_file") {
      json entry = Entry();
      entry.erase(field);
      ExpectRefused(Load(json::array({entry})), field);
    }
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

TEST_F(IssuersTest, WithoutAFileTheKeysAreFetched) {
  json entry = Entry();
  entry.erase("jwks_file");
  const auto issuers = Load(json::array({entry}));
  Discovery discovery = DiscoveryOf(issuers, "https://a.example");
  EXPECT_EQ(discovery.url, "https://a.example/.well-known/openid-configuration");
  EXPECT_EQ(discovery.max_age, absl::Minutes(15));
  EXPECT_EQ(discovery.timeout, absl::Seconds(10));
  EXPECT_FALSE(discovery.loopback_http);

  Write("ca.pem", "PEM");
  entry["issuer"] = "http://localhost:8080/";
  entry["loopback_http"] = true;
  entry["keys_max_age_s"] = 60;
  entry["fetch_timeout_s"] = 1;
  entry["ca_file"] = "ca.pem";
  discovery = DiscoveryOf(Load(json::array({entry})), "http://localhost:8080/");
  EXPECT_EQ(discovery.url, "http://localhost:8080/.well-known/openid-configuration");
  EXPECT_EQ(discovery.max_age, absl::Minutes(1));
  EXPECT_EQ(discovery.timeout, absl::Seconds(1));
  EXPECT_EQ(discovery.ca_file, folder_ + "/ca.pem");
  EXPECT_TRUE(discovery.loopback_http);

  entry["discovery_url"] = "https://b.example/metadata";
  EXPECT_EQ(DiscoveryOf(Load(json::array({entry})), "http://localhost:8080/").url,
            "https://b.example/metadata");
}

TEST_F(IssuersTest, RefusesToFetchFromWhereAnybodyCouldAnswer) {
  const auto with = [this](const char* issuer, const json& more) {
    json entry = Entry();
    entry.erase("jwks_file");
    entry["issuer"] = issuer;
    entry.update(more);
    return Load(json::array({entry}));
  };
  for (const char* issuer :
       {"http://a.example", "http://localhost", "a.example", "/etc/keys", "file:///etc/keys",
        "https://", "https://user@a.example", "https://a.example#part", "staff"}) {
    ExpectRefused(with(issuer, json::object()), "issuer (without discovery_url and jwks_file)");
  }
  ExpectRefused(with("http://a.example", {{"loopback_http", true}}), "https://");
  ExpectRefused(with("http://127.0.0.1.a.example", {{"loopback_http", true}}), "https://");
  ExpectRefused(with("http://10.0.0.1", {{"loopback_http", true}}), "https://");
  EXPECT_TRUE(with("http://127.0.0.1:1", {{"loopback_http", true}}).ok());
  EXPECT_TRUE(with("http://[::1]:1", {{"loopback_http", true}}).ok());
  ExpectRefused(with("https://a.example", {{"discovery_url", "http://a.example"}}),
                "discovery_url must begin with https://");
  ExpectRefused(with("https://a.example", {{"discovery_url", 1}}), "discovery_url");
  ExpectRefused(with("https://a.example", {{"keys_max_age_s", 59}}), "keys_max_age_s");
  ExpectRefused(with("https://a.example", {{"keys_max_age_s", 86'401}}), "keys_max_age_s");
  ExpectRefused(with("https://a.example", {{"fetch_timeout_s", 0}}), "fetch_timeout_s");
  ExpectRefused(with("https://a.example", {{"loopback_http", "yes"}}), "loopback_http");
  ExpectRefused(with("https://a.example", {{"ca_file", ""}}), "ca_file");
  EXPECT_EQ(with("https://a.example", {{"ca_file", "none.pem"}}).status().code(),
            absl::StatusCode::kNotFound);
  for (const char* field : {"discovery_url", "ca_file", "keys_max_age_s", "loopback_http"}) {
    ExpectRefused(LoadWith(field, 60), "goes with fetched keys");
  }
}

TEST_F(IssuersTest, ReadsWhichClaimsSayWhat) {
  json entry = Entry();
  entry["claims"] = {{"subject", "NAVident"}, {"scopes", "scp"}, {"pid", "p"}, {"name", "n"}};
  entry["required_scopes"] = {"a", "b"};
  entry["algorithms"] = {"PS256"};
  const auto issuers = Load(json::array({entry}));
  ASSERT_TRUE(issuers.ok()) << issuers.status();
  const Issuer* issuer = issuers->Find("https://a.example");
  EXPECT_EQ(issuer->claims.subject, "NAVident");
  EXPECT_EQ(issuer->claims.scopes, "scp");
  EXPECT_EQ(issuer->claims.pid, "p");
  EXPECT_EQ(issuer->claims.name, "n");
  EXPECT_THAT(issuer->required_scopes, ElementsAre("a", "b"));
  EXPECT_THAT(issuer->algorithms, ElementsAre(Algorithm::kPs256));
  EXPECT_EQ(LoadWith("claims", {{"organisation", "consumer"}})
                ->Find("https://a.example")
                ->claims.organisation,
            "consumer");
  ExpectRefused(LoadWith("claims", {{"organisation", "a"}, {"subject", "b"}}), "not both");
  ExpectRefused(LoadWith("claims", {{"subjekt", "a"}}), "unknown field claims.subjekt");
  ExpectRefused(LoadWith("claims", {{"subject", ""}}), "claims.subject");
  ExpectRefused(LoadWith("claims", {{"pid", 1}}), "claims.pid");
  ExpectRefused(LoadWith("claims", "sub"), "claims");
  ExpectRefused(LoadWith("required_scopes", "a"), "required_scopes");
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
