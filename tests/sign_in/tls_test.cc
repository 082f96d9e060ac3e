// TLS on the port: the real program, real sockets, and an authority of the test's own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "clients/cli/errors.h"
#include "navo/v1/participant.grpc.pb.h"
#include "tests/support/certificates.h"
#include "tests/support/dev_token.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

namespace navo::support {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class TlsTest : public ::testing::Test {
 protected:
  TlsTest() {
    WriteCertificate(authority_.Issue("first"));
    Write("authority.pem", authority_.certificate());
  }

  void Write(const std::string& name, const std::string& text) const {
    const std::string path = folder_.File(name);
    std::ofstream(path + ".new") << text;
    fs::permissions(path + ".new", fs::perms(0600));
    fs::rename(path + ".new", path);
  }
  void WriteCertificate(const Certificate& certificate) const {
    Write("key.pem", certificate.key);
    Write("certificate.pem", certificate.certificate);
  }
  ServerProcessSetup Setup(const std::vector<std::string>& more = {}) const {
    ServerProcessSetup setup{.database = folder_.File("navo.db"),
                             .dev_folder = folder_.File("dev")};
    setup.more = {"--tls-cert",     folder_.File("certificate.pem"),
                  "--tls-key",      folder_.File("key.pem"),
                  "--tls-reload-s", "1"};
    setup.more.insert(setup.more.end(), more.begin(), more.end());
    return setup;
  }
  static client::ClientOptions Options(const ServerProcess& server, const std::string& authority) {
    client::ClientOptions options = PatientOptions(server.address(), server.TokenFor("kari"));
    options.ca_certificates_pem = authority;
    options.deadline = options.attempt_timeout = absl::Seconds(20);
    return options;
  }
  static absl::Status Ask(const client::Client& caller) {
    return caller.Call(&v1::ParticipantService::Stub::List, v1::ListParticipantsRequest()).status();
  }
  void ExpectStartRefused(const ServerProcessSetup& setup, const std::string& words) const {
    ServerProcess server(setup);
    ASSERT_FALSE(server.listening()) << server.Output();
    EXPECT_EQ(server.Wait(), EXIT_FAILURE);
    EXPECT_THAT(server.Output(), HasSubstr("navod: "));
    EXPECT_THAT(server.Output(), HasSubstr(words));
  }

  TempFolder folder_;
  TestAuthority authority_;
};

TEST_F(TlsTest, AClientThatTrustsTheAuthorityIsServed) {
  ServerProcess server(Setup());
  ASSERT_TRUE(server.listening()) << server.Output();
  EXPECT_THAT(server.Output(), HasSubstr("valid until "));
  const absl::Status status = Ask(client::Client(Options(server, authority_.certificate())));
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(TlsTest, AnotherAuthorityAndNoTlsAtAllAreRefusedWithWordsThatHelp) {
  ServerProcess server(Setup());
  ASSERT_TRUE(server.listening()) << server.Output();
  // One that has the same name as the right one, too.
  for (const char* name : {"NAVO test authority", "Another authority"}) {
    const TestAuthority other(name);
    const absl::Status stranger = Ask(client::Client(Options(server, other.certificate())));
    EXPECT_EQ(stranger.code(), absl::StatusCode::kUnavailable) << stranger;
    EXPECT_THAT(cli::ErrorText(stranger), HasSubstr("name its authority with --ca-file"));
  }
  const absl::Status plain = Ask(client::Client(Options(server, "")));
  EXPECT_EQ(plain.code(), absl::StatusCode::kUnavailable) << plain;
  EXPECT_THAT(cli::ErrorText(plain), HasSubstr("--ca-file"));
  EXPECT_TRUE(server.WaitForOutput(R"("event":"grpc")")) << "failed handshakes, in the log's form";
  EXPECT_EQ(server.Output().find("\nE"), std::string::npos) << server.Output();
}

TEST_F(TlsTest, WithAClientAuthorityOnlyItsClientsAreServed) {
  const TestAuthority clients;
  Write("clients.pem", clients.certificate());
  ServerProcess server(Setup({"--client-ca", folder_.File("clients.pem")}));
  ASSERT_TRUE(server.listening()) << server.Output();
  client::ClientOptions options = Options(server, authority_.certificate());
  const absl::Status without = Ask(client::Client(options));
  EXPECT_EQ(without.code(), absl::StatusCode::kUnavailable) << without;
  EXPECT_THAT(cli::ErrorText(without), HasSubstr("--cert-file"));
  const auto with = [&](const Certificate& certificate) {
    options.client_certificate_pem = certificate.certificate;
    options.client_key_pem = certificate.key;
    return Ask(client::Client(options));
  };
  EXPECT_EQ(with(authority_.Issue("stranger")).code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(with(clients.Issue("late", /*expired=*/true)).code(), absl::StatusCode::kUnavailable);
  const absl::Status status = with(clients.Issue("vo-system"));
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(TlsTest, ANewCertificateTakesEffectAndOldConnectionsLive) {
  ServerProcess server(Setup());
  ASSERT_TRUE(server.listening()) << server.Output();
  const client::Client old(Options(server, authority_.certificate()));
  ASSERT_TRUE(Ask(old).ok());
  const TestAuthority next;
  WriteCertificate(next.Issue("second"));
  EXPECT_TRUE(
      Eventually([&] { return Ask(client::Client(Options(server, next.certificate()))).ok(); }));
  EXPECT_TRUE(Ask(old).ok()) << "the connection from before";
  EXPECT_FALSE(Ask(client::Client(Options(server, authority_.certificate()))).ok())
      << "a new connection that trusts only the authority from before";
}

TEST_F(TlsTest, WrongFilesAreNamedAtStart) {
  const Certificate other = authority_.Issue("other");
  Write("key.pem", other.key);
  ExpectStartRefused(Setup(), "key.pem: is not the key of the certificate");
  Write("key.pem", "nothing");
  ExpectStartRefused(Setup(), "key.pem: holds no unencrypted private key");
  WriteCertificate(authority_.Issue("late", /*expired=*/true));
  ExpectStartRefused(Setup(), "certificate.pem: has expired");
  WriteCertificate(other);
  fs::permissions(folder_.File("key.pem"), fs::perms(0644));
  ExpectStartRefused(Setup(), "key.pem");
  WriteCertificate(other);
  Write("clients.pem", "nothing");
  ExpectStartRefused(Setup({"--client-ca", folder_.File("clients.pem")}), "clients.pem");
  fs::remove(folder_.File("certificate.pem"));
  ExpectStartRefused(Setup(), "certificate.pem");
  ServerProcessSetup half = Setup();
  half.more = {"--tls-key", folder_.File("key.pem")};
  ExpectStartRefused(half, "go together");
}

TEST_F(TlsTest, WithoutTlsItListensOnThisMachineOnlyUnlessToldOtherwise) {
  ServerProcessSetup setup = Setup();
  setup.more.clear();
  for (const char* address : {"0.0.0.0:0", "[::]:0", "127.0.0.1.example:0", "navo.example:443"}) {
    setup.listen = address;
    ExpectStartRefused(setup, "anybody could listen in");
  }
  setup.listen = "0.0.0.0:0";
  setup.more = {"--without-tls"};
  ServerProcess told(setup);
  EXPECT_TRUE(told.listening()) << told.Output();
  EXPECT_EQ(told.Stop(), EXIT_SUCCESS);
  for (const char* address : {"localhost:0", "[::1]:0", "127.0.0.2:0"}) {
    setup.listen = address;
    setup.more.clear();
    ServerProcess here(setup);
    EXPECT_TRUE(here.listening()) << address << here.Output();
  }
}

}  // namespace
}  // namespace navo::support
