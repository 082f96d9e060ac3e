// Who is let in with tokens of real OpenID providers: three issuers of three kinds, over real
// sockets, with the server's clock in the test's hands.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "navo/v1/feed.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "storage/crypto.h"
#include "tests/support/openid_provider.h"
#include "tests/support/server_process.h"
#include "tests/support/test_server.h"

namespace navo::support {
namespace {

using absl::StatusCode;
using nlohmann::json;

constexpr char kLogin[] = "Z990001";  // a NAV-ident that nobody has
constexpr char kOrganisation[] = "0192:889640782";

class OpenIdTest : public ::testing::Test {
 protected:
  static OpenIdProvider& provider() {
    static auto* const shared = new OpenIdProvider();
    return *shared;
  }
  static void TearDownTestSuite() { delete &provider(); }

  void SetUp() override {
    const std::map<std::string, std::string> usual = {{"alg", "RS256"}, {"lifetime", "300"},
                                                      {"claims", "{}"}, {"jwks", ""},
                                                      {"metadata", ""}, {"down", ""}};
    for (const char* of : {"staff", "participants", "systems"}) {
      for (const auto& [name, value] : usual) provider().Set(of, name, value);
    }
    WriteSeed();
    issuers_ = json::parse(R"([
        {"kind": "STAFF", "algorithms": ["RS256", "PS256", "ES256"], "required_scopes": ["navo"],
         "claims": {"subject": "NAVident", "scopes": "scp"}, "access_token_type_required": true},
        {"kind": "PARTICIPANT", "loopback_http": true, "acr_values": ["idporten-loa-high"]},
        {"kind": "SYSTEM", "loopback_http": true, "claims": {"organisation": "consumer"}}])");
    for (json& issuer : issuers_) issuer["audience"] = "urn:navo:api";
    issuers_[0]["issuer"] = provider().issuer("staff");
    issuers_[0]["ca_file"] = provider().authority_file();
    issuers_[1]["issuer"] = provider().issuer("participants");
    issuers_[2]["issuer"] = provider().issuer("systems");
  }

  void WriteSeed() {
    std::ifstream file(NAVO_SOURCE_DIR "/docs/examples/seed.json");
    json seed = json::parse(file);
    json veileder = json::parse(R"({"key": "z", "name": "Test Testesen", "memberships": [
        {"unit": "nav-grorud-statlig", "roles": ["VEILEDER"], "from": "2026-01-01"}]})");
    veileder["issuer"] = provider().issuer("staff");
    veileder["subject"] = kLogin;
    seed["staff"].push_back(veileder);
    json system = json::parse(R"({"key": "vo", "name": "VO", "follows": ["PLAN"], "memberships": [
        {"unit": "vo-rosenhof", "roles": ["INTEGRASJON"], "from": "2026-01-01"}]})");
    system["issuer"] = provider().issuer("systems");
    system["subject"] = kOrganisation;
    seed["systems"].push_back(system);
    std::ofstream(folder_.File("seed.json")) << seed.dump();
  }

  TestServer& server() {
    if (server_ == nullptr) {
      std::ofstream(folder_.File("issuers.json")) << issuers_.dump();
      server_ =
          std::make_unique<TestServer>(TestServer::Setup{.seed = folder_.File("seed.json"),
                                                         .issuers = folder_.File("issuers.json"),
                                                         .now = absl::Now()});
    }
    return *server_;
  }
  FakeClock& clock() { return server().clock(); }

  // A veileder's own call.
  absl::Status AskAsStaff(const std::string& token) {
    return server()
        .WithToken(token)
        .Call(&v1::ParticipantService::Stub::List, v1::ListParticipantsRequest())
        .status();
  }
  absl::Status AskAsParticipant(const std::string& token) {
    v1::GetParticipantRequest request;
    request.set_participant_id("me");
    return server().WithToken(token).Call(&v1::ParticipantService::Stub::Get, request).status();
  }
  absl::Status AskAsSystem(const std::string& token) {
    return server()
        .WithToken(token)
        .Call(&v1::FeedService::Stub::ListChanges, v1::ListChangesRequest())
        .status();
  }
  // Asks until the keys that are being fetched have come.
  absl::Status AskUntilFetched(const std::string& token) {
    absl::Status status;
    EXPECT_TRUE(Eventually([&] {
      status = AskAsStaff(token);
      return ReasonOf(status) != "ISSUER_KEYS_PENDING";
    }));
    return status;
  }
  std::string StaffToken() { return provider().Token("staff", "code", kLogin); }
  static void ExpectRefused(const absl::Status& status, const std::string& why) {
    EXPECT_EQ(status.code(), StatusCode::kUnauthenticated) << status;
    EXPECT_THAT(std::string(status.message()), testing::HasSubstr(why));
  }

  TempFolder folder_;
  json issuers_;
  std::unique_ptr<TestServer> server_;
};

TEST_F(OpenIdTest, AVeilederSignsInWithCodeAndPkce) {
  const absl::Status status = AskAsStaff(StaffToken());
  EXPECT_TRUE(status.ok()) << status;
  // Another NAV-ident is somebody else, whom nobody has registered.
  ExpectRefused(AskAsStaff(provider().Token("staff", "code", "Z990002")), "registered here");
}

TEST_F(OpenIdTest, EveryAlgorithmThatIsAllowedIsTakenAndNoOther) {
  for (const char* algorithm : {"RS256", "PS256", "ES256"}) {
    provider().Set("staff", "alg", algorithm);
    const absl::Status status = AskAsStaff(StaffToken());
    EXPECT_TRUE(status.ok()) << algorithm << status;
  }
  // The systems' issuer has the usual list, without PS256.
  provider().Set("systems", "alg", "PS256");
  ExpectRefused(AskAsSystem(provider().Token("systems", "jwt_bearer")), "algorithm");
}

TEST_F(OpenIdTest, AParticipantSeesTheirOwnCase) {
  Register(server().As("kari"), "amina");
  const absl::Status own =
      AskAsParticipant(provider().Token("participants", "code", NumberOf("amina")));
  EXPECT_TRUE(own.ok()) << own;
  provider().Set("participants", "claims", R"({"acr": "idporten-loa-substantial"})");
  ExpectRefused(AskAsParticipant(provider().Token("participants", "code", NumberOf("amina"))),
                "not strong enough");
}

TEST_F(OpenIdTest, ASystemSignsInWithTheJwtBearerGrantAsItsOrganisation) {
  const absl::Status status = AskAsSystem(provider().Token("systems", "jwt_bearer"));
  EXPECT_TRUE(status.ok()) << status;
  provider().Set("systems", "claims",
                 R"({"consumer": {"authority": "iso6523-actorid-upis", "ID": "0192:974760673"}})");
  ExpectRefused(AskAsSystem(provider().Token("systems", "jwt_bearer")), "registered here");
  provider().Set("systems", "claims", R"({"consumer": "0192:889640782"})");
  ExpectRefused(AskAsSystem(provider().Token("systems", "jwt_bearer")), "claim");
}

TEST_F(OpenIdTest, ASystemSignsInWithItsPrivateKey) {
  const absl::Status status = AskAsSystem(provider().Token("systems", "client_credentials"));
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(OpenIdTest, TokensForOthersAndOfOtherKindsAreRefused) {
  ExpectRefused(AskAsStaff(provider().Token("staff", "code", kLogin, "urn:other:api")),
                "another service");
  const std::string id_token = provider().Answer("staff", "code", kLogin)["id_token"];
  ASSERT_FALSE(id_token.empty());
  ExpectRefused(AskAsStaff(id_token), "not an access token");
  provider().Set("staff", "claims", R"({"scp": "mail.read"})");
  ExpectRefused(AskAsStaff(StaffToken()), "scope");
}

// The issuer of systems does not insist on `typ: at+jwt`.
TEST_F(OpenIdTest, AnIdTokenIsNoAccessTokenEvenForTheSameAudience) {
  issuers_[2]["audience"] = "web";  // the client that signs in
  const json answer = provider().Answer("systems", "code", "somebody");
  ExpectRefused(AskAsSystem(answer["id_token"]), "not an access token");
}

TEST_F(OpenIdTest, ATokenThatWasTamperedWithIsRefused) {
  const std::string token = StaffToken();
  ASSERT_TRUE(AskAsStaff(token).ok());
  const std::vector<std::string> parts = absl::StrSplit(token, '.');
  ASSERT_EQ(parts.size(), 3u);
  json payload = json::parse(storage::Base64UrlDecode(parts[1]).value_or(""));
  payload["NAVident"] = "Z990002";
  const std::string changed = storage::Base64UrlEncode(payload.dump());
  ExpectRefused(AskAsStaff(absl::StrCat(parts[0], ".", changed, ".", parts[2])), "signature");
  json header = json::parse(storage::Base64UrlDecode(parts[0]).value_or(""));
  header["alg"] = "none";
  const std::string none = storage::Base64UrlEncode(header.dump());
  ExpectRefused(AskAsStaff(absl::StrCat(none, ".", parts[1], ".")), "algorithm");
  header["alg"] = "HS256";
  const std::string symmetric = storage::Base64UrlEncode(header.dump());
  ExpectRefused(AskAsStaff(absl::StrCat(symmetric, ".", parts[1], ".", parts[2])), "algorithm");
}

TEST_F(OpenIdTest, ATokenExpiresBetweenTwoCalls) {
  provider().Set("staff", "lifetime", "60");
  const std::string token = StaffToken();
  clock().Set(absl::Now());
  ASSERT_TRUE(AskAsStaff(token).ok());
  clock().Advance(absl::Seconds(61));
  const absl::Status status = AskAsStaff(token);
  EXPECT_EQ(ReasonOf(status), "TOKEN_EXPIRED") << status;
}

TEST_F(OpenIdTest, AClockThatIsHalfAMinuteBehindIsForgiven) {
  const std::string token = StaffToken();
  const absl::Time made = absl::Now();
  clock().Set(made - absl::Seconds(20));
  EXPECT_TRUE(AskAsStaff(token).ok());
  const std::string other = StaffToken();
  clock().Set(made - absl::Minutes(2));
  ExpectRefused(AskAsStaff(other), "not valid yet");
}

TEST_F(OpenIdTest, ANewKeyIsFetchedOnceAndTheOldOneCountsNoMore) {
  const std::string old = StaffToken();
  ASSERT_TRUE(AskAsStaff(old).ok());
  provider().Rotate("staff");
  const std::string token = StaffToken();
  const int before = provider().KeySetRequests("staff");
  // Not within half a minute of the last fetch.
  ExpectRefused(AskAsStaff(token), "key is not known");
  EXPECT_EQ(provider().KeySetRequests("staff"), before);
  clock().Advance(absl::Seconds(31));
  const absl::Status status = AskUntilFetched(token);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(provider().KeySetRequests("staff"), before + 1);
  // The token of the old key was remembered; its key is gone.
  ExpectRefused(AskAsStaff(old), "key is not known");
}

TEST_F(OpenIdTest, UnknownKeysNeverMakeMoreThanARequestEachHalfMinute) {
  const std::string good = StaffToken();
  ASSERT_TRUE(AskAsStaff(good).ok());
  const std::vector<std::string> parts = absl::StrSplit(good, '.');
  json header = json::parse(storage::Base64UrlDecode(parts[0]).value_or(""));
  const int before = provider().KeySetRequests("staff");
  for (int i = 1; i <= 3; ++i) {
    clock().Advance(absl::Seconds(31));
    for (int j = 0; j < 50; ++j) {
      header["kid"] = absl::StrCat("stranger-", i, "-", j);
      const std::string made_up = storage::Base64UrlEncode(header.dump());
      const absl::Status status =
          AskUntilFetched(absl::StrCat(made_up, ".", parts[1], ".", parts[2]));
      EXPECT_EQ(status.code(), StatusCode::kUnauthenticated) << status;
    }
    EXPECT_EQ(provider().KeySetRequests("staff"), before + i);
  }
}

TEST_F(OpenIdTest, KnownKeysGoOnWhileTheProviderIsDown) {
  issuers_[0]["keys_max_age_s"] = 60;
  const std::string known = StaffToken();
  ASSERT_TRUE(AskAsStaff(known).ok());
  const std::string later = StaffToken();
  provider().Set("staff", "down", "yes");
  clock().Advance(absl::Minutes(4));
  EXPECT_TRUE(AskAsStaff(later).ok()) << "was never verified before";
  EXPECT_TRUE(AskAsStaff(known).ok());
}

TEST_F(OpenIdTest, AServerStartsWithoutAnIssuerAndTakesItsTokensWhenItIsBack) {
  const std::string token = StaffToken();
  provider().Set("staff", "down", "yes");
  const absl::Status without = AskAsStaff(token);  // starts the server
  EXPECT_EQ(without.code(), StatusCode::kUnavailable) << without;
  EXPECT_EQ(ReasonOf(without), "ISSUER_KEYS_PENDING");
  EXPECT_TRUE(AskAsSystem(provider().Token("systems", "jwt_bearer")).ok()) << "others go on";
  provider().Set("staff", "down", "");
  clock().Advance(absl::Seconds(31));
  const absl::Status status = AskUntilFetched(token);
  EXPECT_TRUE(status.ok()) << status;
}

// The real program and its log.
TEST_F(OpenIdTest, TheOperatorIsToldWhatIsWrongAndNothingOfAToken) {
  const std::string token = StaffToken();
  provider().Set("staff", "jwks", "not_json");
  std::ofstream(folder_.File("issuers.json")) << issuers_.dump();
  ServerProcess server({.database = folder_.File("navo.db"),
                        .dev_folder = folder_.File("dev"),
                        .seed = folder_.File("seed.json"),
                        .more = {"--issuers", folder_.File("issuers.json")}});
  ASSERT_TRUE(server.listening()) << server.Output();
  EXPECT_TRUE(server.WaitForOutput("issuer_keys_failed")) << server.Output();
  EXPECT_THAT(server.Output(), testing::HasSubstr("JWK set: is not a JSON object"));
  EXPECT_THAT(server.Output(), testing::HasSubstr(provider().issuer("systems") + ": 2 keys"));
  const absl::Status status =
      client::Client({.address = server.address(), .token = token, .retry = {.max_attempts = 1}})
          .Call(&v1::ParticipantService::Stub::List, v1::ListParticipantsRequest())
          .status();
  EXPECT_EQ(ReasonOf(status), "ISSUER_KEYS_PENDING") << status;
  EXPECT_TRUE(server.As("kari")
                  .Call(&v1::ParticipantService::Stub::List, v1::ListParticipantsRequest())
                  .ok());
  EXPECT_EQ(server.Stop(), EXIT_SUCCESS);
  EXPECT_THAT(server.Output(), testing::Not(testing::HasSubstr(token.substr(0, 20))));
  EXPECT_THAT(server.Output(), testing::Not(testing::HasSubstr("call_failed")));
}

}  // namespace
}  // namespace navo::support
