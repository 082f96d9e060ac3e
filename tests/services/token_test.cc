#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/str_split.h"
#include "clients/cpp/status.h"
#include "navo/v1/participant.grpc.pb.h"
#include "services/sign_in/testing_tokens.h"
#include "storage/crypto.h"
#include "tests/support/dev_token.h"
#include "tests/support/test_server.h"

// Who is let in, over a real socket. What the verifier itself takes is tested beside it.
namespace navo::support {
namespace {

using absl::StatusCode;

class TokenTest : public ::testing::Test {
 protected:
  static absl::Status Ask(const client::Client& caller) {
    return caller.Call(&v1::ParticipantService::Stub::List, v1::ListParticipantsRequest()).status();
  }
  absl::Status AskWithToken(const std::string& token) const {
    return Ask(server_.WithToken(token));
  }

  // kari's own sign-in, to be changed.
  cli::TokenRequest Kari() { return DevTokenRequest(Folder(), "kari", server_.clock().Now()); }
  std::string Folder() const { return server_.folder() + "/dev"; }
  std::string Mint(const cli::TokenRequest& request) const {
    const auto token = cli::MintToken(Folder() + "/dev-signing-key.pem", request);
    EXPECT_TRUE(token.ok()) << token.status();
    return token.value_or("");
  }
  // The parts of a good token.
  std::vector<std::string> Parts() { return absl::StrSplit(Mint(Kari()), '.'); }

  void ExpectRefused(const std::string& token, const std::string& reason) const {
    const absl::Status status = AskWithToken(token);
    EXPECT_EQ(status.code(), StatusCode::kUnauthenticated) << status;
    EXPECT_EQ(ReasonOf(status), reason);
    if (token.size() > 20) {
      EXPECT_EQ(status.ToString().find(token.substr(0, 20)), std::string::npos) << "echoed";
    }
  }
  static void ExpectWrongField(const absl::Status& status, const std::string& field) {
    EXPECT_EQ(status.code(), StatusCode::kInvalidArgument) << status;
    const google::rpc::BadRequest wrong = client::GetBadRequest(status);
    ASSERT_EQ(wrong.field_violations_size(), 1);
    EXPECT_EQ(wrong.field_violations(0).field(), field);
  }

  TestServer server_;
};

TEST_F(TokenTest, AGoodTokenIsTakenUntilItExpires) {
  cli::TokenRequest request = Kari();
  request.lifetime = absl::Hours(8);
  const std::string token = Mint(request);
  EXPECT_TRUE(AskWithToken(token).ok());
  server_.clock().Advance(absl::Hours(8) - absl::Seconds(1));
  EXPECT_TRUE(AskWithToken(token).ok());
  server_.clock().Advance(absl::Seconds(2));  // remembered by now, and refused all the same
  ExpectRefused(token, "TOKEN_EXPIRED");
}

TEST_F(TokenTest, ATokenFromTheFutureIsRefused) {
  cli::TokenRequest request = Kari();
  request.now += absl::Hours(1);
  ExpectRefused(Mint(request), "UNAUTHENTICATED");
}

TEST_F(TokenTest, NoTokenAndNoTokenAtAll) {
  for (const char* token : {"", "kari", "a.b.c", "....", "Bearer "}) {
    SCOPED_TRACE(token);
    ExpectRefused(token, "UNAUTHENTICATED");
  }
}

TEST_F(TokenTest, ATokenMadeForAnotherServiceOrByAnotherIssuerIsRefused) {
  cli::TokenRequest foreign_audience = Kari();
  foreign_audience.audience = "another-service";
  ExpectRefused(Mint(foreign_audience), "UNAUTHENTICATED");
  cli::TokenRequest foreign_issuer = Kari();
  foreign_issuer.issuer = "https://login.example/elsewhere";
  ExpectRefused(Mint(foreign_issuer), "UNAUTHENTICATED");
}

TEST_F(TokenTest, ATokenSignedByAnotherKeyIsRefused) {
  const std::string header = Parts()[0];
  std::string header_text = storage::Base64UrlDecode(header).value_or("");
  const std::string payload_text = storage::Base64UrlDecode(Parts()[1]).value_or("");
  ASSERT_FALSE(payload_text.empty());
  // The right key id over a wrong key, then a key id of its own.
  ExpectRefused(services::P256TestKey().TokenOf(header_text, payload_text), "UNAUTHENTICATED");
  ExpectRefused(services::P256TestKey().Token(nlohmann::json::parse(payload_text)),
                "UNAUTHENTICATED");
}

TEST_F(TokenTest, AChangedTokenIsRefused) {
  const std::vector<std::string> parts = Parts();
  nlohmann::json payload = nlohmann::json::parse(storage::Base64UrlDecode(parts[1]).value_or(""));
  payload["sub"] = "tor";
  const std::string changed =
      parts[0] + "." + storage::Base64UrlEncode(payload.dump()) + "." + parts[2];
  ExpectRefused(changed, "UNAUTHENTICATED");
  ExpectRefused(parts[0] + "." + parts[1] + ".", "UNAUTHENTICATED");
}

TEST_F(TokenTest, NoAlgorithmIsNoSignature) {
  const std::string payload = Parts()[1];
  for (const char* algorithm : {"none", "None", "NONE", "HS256", "ES384", ""}) {
    SCOPED_TRACE(algorithm);
    nlohmann::json header =
        nlohmann::json::parse(storage::Base64UrlDecode(Parts()[0]).value_or(""));
    header["alg"] = algorithm;
    const std::string text = storage::Base64UrlEncode(header.dump()) + "." + payload + ".";
    ExpectRefused(text, "UNAUTHENTICATED");
    ExpectRefused(text + Parts()[2], "UNAUTHENTICATED");
  }
}

TEST_F(TokenTest, AnOversizedTokenIsRefused) {
  const std::vector<std::string> parts = Parts();
  cli::TokenRequest large = Kari();
  large.name = std::string(4'500, 'k');
  EXPECT_TRUE(AskWithToken(Mint(large)).ok()) << "large tokens of real issuers are taken";
  // More than gRPC takes as metadata never reaches the verifier.
  large.name = std::string(20'000, 'k');
  const absl::Status status = AskWithToken(Mint(large));
  EXPECT_TRUE(absl::IsResourceExhausted(status) || absl::IsUnauthenticated(status)) << status;
  EXPECT_TRUE(AskWithToken(Mint(Kari())).ok()) << "the next call is served";
}

TEST_F(TokenTest, SomebodyWhoIsNotRegisteredIsRefused) {
  cli::TokenRequest stranger = Kari();
  stranger.subject = "nobody-we-know";
  ExpectRefused(Mint(stranger), "UNAUTHENTICATED");
  cli::TokenRequest participant = Kari();
  participant.kind = "PARTICIPANT";
  participant.pid = "17838549889";  // no such number
  const std::string token = Mint(participant);
  const absl::Status status = AskWithToken(token);
  EXPECT_EQ(status.code(), StatusCode::kUnauthenticated) << status;
  EXPECT_EQ(status.ToString().find(participant.pid), std::string::npos);
}

TEST_F(TokenTest, AnActIsAUuidOrLeftOut) {
  const std::string token = server_.TokenFor("kari");
  for (const char* act : {"1", "my page", "00000000-0000-4000-8000-00000000000g"}) {
    SCOPED_TRACE(act);
    ExpectWrongField(Ask(client::Client(PatientOptions(server_.address(), token, act))),
                     "navo-act");
  }
  EXPECT_TRUE(Ask(client::Client(PatientOptions(server_.address(), token,
                                                "00000000-0000-4000-8000-000000000001")))
                  .ok());
}

// A seed file in which kari works in two units, and in a third until the end of October and a
// fourth from December on.
class MembershipTest : public ::testing::Test {
 protected:
  static std::string SeedFile(const TempFolder& folder) {
    std::ifstream file(NAVO_SOURCE_DIR "/docs/examples/seed.json");
    nlohmann::json seed = nlohmann::json::parse(file);
    nlohmann::json& kari = seed["staff"][0];
    EXPECT_EQ(kari["key"], "kari");
    const nlohmann::json roles = {"VEILEDER"};
    for (const auto& [unit, from, to] :
         {std::tuple{"nav-stovner-statlig", "2026-01-01", "2026-12-31"},
          std::tuple{"nav-grorud-kommunal", "2026-01-01", "2026-10-31"},
          std::tuple{"vo-helsfyr", "2026-12-01", "2027-12-31"}}) {
      kari["memberships"].push_back({{"unit", unit}, {"roles", roles}, {"from", from}, {"to", to}});
    }
    std::ofstream out(folder.File("seed.json"));
    out << seed.dump();
    return folder.File("seed.json");
  }
  client::Client KariIn(const std::string& unit) const {
    client::ClientOptions options = PatientOptions(server_.address(), server_.TokenFor("kari"));
    options.unit = unit;
    return client::Client(options);
  }
  absl::Status AskIn(const std::string& unit) const {
    return KariIn(unit)
        .Call(&v1::ParticipantService::Stub::List, v1::ListParticipantsRequest())
        .status();
  }
  void ExpectUnknown(const std::string& unit) const {
    const absl::Status status = AskIn(unit);
    EXPECT_EQ(status.code(), StatusCode::kPermissionDenied) << unit << status;
    EXPECT_EQ(ReasonOf(status), "UNIT_UNKNOWN") << unit;
  }

  TempFolder folder_;
  TestServer server_{TestServer::Setup{.seed = SeedFile(folder_)}};
};

TEST_F(MembershipTest, WhoWorksInSeveralUnitsNamesOne) {
  const absl::Status status = AskIn("");
  EXPECT_EQ(status.code(), StatusCode::kInvalidArgument) << status;
  EXPECT_EQ(ReasonOf(status), "UNIT_REQUIRED");
  EXPECT_TRUE(AskIn("nav-grorud-statlig").ok());
  EXPECT_TRUE(AskIn("nav-stovner-statlig").ok());
}

TEST_F(MembershipTest, ARequestIsOfTheUnitItWasSentIn) {
  v1::CreateParticipantRequest request;
  request.set_request_id("00000000-0000-4000-8000-000000000002");
  request.set_national_identity_number(NumberOf("amina"));
  request.set_tie_reason(v1::TIE_REASON_OWN_REQUEST);
  const auto create = &v1::ParticipantService::Stub::Create;
  ASSERT_TRUE(KariIn("nav-grorud-statlig").Call(create, request).ok());
  EXPECT_EQ(ReasonOf(KariIn("nav-stovner-statlig").Call(create, request).status()),
            "REQUEST_ID_REUSED")
      << "the answer of the first would say that Stovner is tied, and it is not";
  EXPECT_TRUE(KariIn("nav-grorud-statlig").Call(create, request).ok());
}

TEST_F(MembershipTest, OnlyAUnitOfOnesOwnAndNoDifferenceToOneThatIsNotThere) {
  for (const char* unit : {"vo-rosenhof", "no-such-unit", "NAV-GRORUD-STATLIG"}) {
    ExpectUnknown(unit);
  }
  EXPECT_EQ(AskIn("vo-rosenhof").ToString(), AskIn("no-such-unit").ToString());
}

TEST_F(MembershipTest, AMembershipHoldsFromItsFirstToItsLastDay) {
  ExpectUnknown("nav-grorud-kommunal");  // ended
  ExpectUnknown("vo-helsfyr");           // has not begun
  const auto at = [](const char* text) {
    absl::Time time;
    std::string error;
    EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &time, &error)) << error;
    return time;
  };
  server_.clock().Set(at("2026-11-30T23:59:59+01:00"));
  ExpectUnknown("vo-helsfyr");
  server_.clock().Set(at("2026-12-01T00:00:00+01:00"));
  EXPECT_TRUE(AskIn("vo-helsfyr").ok());
  server_.clock().Set(at("2026-12-31T23:59:59+01:00"));
  EXPECT_TRUE(AskIn("nav-stovner-statlig").ok());
  server_.clock().Set(at("2027-01-01T00:00:00+01:00"));
  ExpectUnknown("nav-stovner-statlig");
}

}  // namespace
}  // namespace navo::support
