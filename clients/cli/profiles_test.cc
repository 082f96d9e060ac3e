// Profiles, through the program: what is kept, what counts, and what never stands in the file.
#include "clients/cli/profiles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "clients/cli/testing_app.h"

namespace navo::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

class ProfilesTest : public AppTest {
 protected:
  void SetUp() override {
    AppTest::SetUp();
    folder_ = testing::TempDir() + "profiles-" + std::to_string(getpid());
    std::filesystem::remove_all(folder_);
    environment_["XDG_CONFIG_HOME"] = folder_;
    server_address_ = environment_["NAVO_SERVER"];
    environment_.erase("NAVO_SERVER");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Content() { return *ReadFile(folder_ + "/navo/profiles.json"); }
  // Who the server saw, in which unit.
  std::string Seen() {
    return participants_.metadata["authorization"] + " " + participants_.metadata["navo-unit"];
  }

  std::string folder_;
  std::string server_address_;
};

TEST_F(ProfilesTest, ServerTokenAndUnitComeFromTheProfileInUse) {
  EXPECT_EQ(Run({"profile", "set", "work", "--server", server_address_, "--token-file", "-",
                 "--unit", "nav-grorud-statlig"},
                "secret-token\n"),
            0)
      << error_;
  EXPECT_THAT(out_, HasSubstr("Profile work is set and in use."));
  EXPECT_EQ(Run({"participant", "get", "p1"}), 0) << error_;
  EXPECT_EQ(Seen(), "Bearer secret-token nav-grorud-statlig");
}

TEST_F(ProfilesTest, TheTokenStandsInAFileOfItsOwnForTheOwnerAlone) {
  ASSERT_EQ(Run({"profile", "set", "work", "--token-file", "-"}, "secret-token"), 0) << error_;
  EXPECT_THAT(Content(), Not(HasSubstr("secret-token")));
  EXPECT_THAT(out_, Not(HasSubstr("secret-token")));
  for (const char* name : {"/navo/profiles.json", "/navo/tokens/work"}) {
    struct stat status = {};
    ASSERT_EQ(stat((folder_ + name).c_str(), &status), 0) << name;
    EXPECT_EQ(status.st_mode & 0777, 0600u) << name;
  }
  EXPECT_EQ(Run({"profile", "list"}), 0) << error_;
  EXPECT_THAT(out_, Not(HasSubstr("secret-token")));
  EXPECT_EQ(Run({"profile", "remove", "work"}), 0) << error_;
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/navo/tokens/work"));
}

TEST_F(ProfilesTest, CertificatesAreKeptByTheirAbsoluteNamesAndGoTogether) {
  const std::string pem = WriteFile("some.pem", "-----BEGIN CERTIFICATE-----\n");
  ASSERT_EQ(Run({"profile", "set", "work", "--tls"}), 0) << error_;
  EXPECT_EQ(Run({"participant", "get", "p1", "--server", server_address_, "--timeout", "1"}), 6)
      << "TLS comes from the profile, and the server has none: " << error_;
  ASSERT_EQ(Run({"profile", "set", "work", "--cert-file", pem, "--key-file", pem}), 0) << error_;
  for (const char* text : {"\"tls\": true", "\"cert_file\": \"/", "\"key_file\": \"/"}) {
    EXPECT_THAT(Content(), HasSubstr(text));
  }
  ASSERT_EQ(Run({"profile", "remove", "work"}), 0) << error_;
  EXPECT_EQ(Run({"participant", "get", "p1", "--tls", "--cert-file", pem}), 2);
  EXPECT_THAT(error_, HasSubstr("--cert-file and --key-file together"));
  EXPECT_EQ(Run({"participant", "get", "p1", "--cert-file", pem, "--key-file", pem}), 2);
  EXPECT_THAT(error_, HasSubstr("give --ca-file, or --tls"));
  EXPECT_EQ(Run({"participant", "get", "p1", "--ca-file", WriteFile("empty.pem", "nothing")}), 2);
  EXPECT_THAT(error_, HasSubstr("is not a PEM file"));
}

TEST_F(ProfilesTest, TheLineThenANamedProfileThenTheEnvironmentThenTheOneInUse) {
  const std::string own = WriteFile("token-own", "own-file");
  ASSERT_EQ(Run({"profile", "set", "first", "--server", server_address_, "--token-file", "-",
                 "--unit", "first-unit"},
                "first"),
            0);
  ASSERT_EQ(Run({"profile", "set", "second", "--server", server_address_, "--token-file", "-",
                 "--unit", "second-unit"},
                "second"),
            0);
  EXPECT_EQ(Run({"participant", "get", "p1"}), 0) << error_;
  EXPECT_EQ(Seen(), "Bearer first first-unit");
  environment_["NAVO_TOKEN"] = "environment";
  EXPECT_EQ(Run({"participant", "get", "p1"}), 0) << error_;
  EXPECT_EQ(Seen(), "Bearer environment first-unit");
  EXPECT_EQ(Run({"participant", "get", "p1", "--profile", "second"}), 0) << error_;
  EXPECT_EQ(Seen(), "Bearer second second-unit");
  EXPECT_EQ(Run({"participant", "get", "p1", "--profile", "second", "--token-file", own}), 0)
      << error_;
  EXPECT_EQ(Seen(), "Bearer own-file second-unit");
  environment_["NAVO_PROFILE"] = "second";
  EXPECT_EQ(Run({"participant", "get", "p1"}), 0) << error_;
  EXPECT_EQ(Seen(), "Bearer environment second-unit");
  environment_.erase("NAVO_TOKEN");
  EXPECT_EQ(Run({"profile", "use", "second"}), 0) << error_;
  environment_.erase("NAVO_PROFILE");
  EXPECT_EQ(Run({"participant", "get", "p1"}), 0) << error_;
  EXPECT_EQ(Seen(), "Bearer second second-unit");
}

TEST_F(ProfilesTest, SettingAgainKeepsWhatIsNotNamed) {
  ASSERT_EQ(
      Run({"profile", "set", "work", "--server", server_address_, "--token-file", "-"}, "kept"), 0);
  ASSERT_EQ(Run({"profile", "set", "work", "--unit", "new-unit"}), 0) << error_;
  EXPECT_EQ(Run({"participant", "get", "p1"}), 0) << error_;
  EXPECT_EQ(Seen(), "Bearer kept new-unit");
}

TEST_F(ProfilesTest, WhatIsWrongIsSaidAndChangesNothing) {
  EXPECT_EQ(Run({"profile", "use", "nobody"}), kExitNotFound);
  EXPECT_THAT(error_, HasSubstr("none is set yet"));
  EXPECT_EQ(Run({"profile", "set", "../escape", "--unit", "u"}), kExitBadInput);
  EXPECT_EQ(Run({"profile", "set", "work", "--as", "kari", "--token-file", "f"}), kExitBadInput);
  EXPECT_EQ(Run({"profile", "set", "work", "--token-file", "-"}, "\n"), kExitBadInput);
  EXPECT_FALSE(std::filesystem::exists(folder_));
  EXPECT_EQ(Run({"participant", "get", "p1", "--profile", "nobody"}), kExitNotFound);

  ASSERT_EQ(Run({"profile", "set", "work", "--unit", "u"}), 0) << error_;
  for (const char* broken : {"{", "[]", R"({"profiles": {"work": {"server": 7}}})",
                             R"({"profiles": {"work": {"password": "x"}}})"}) {
    WriteFileAt(folder_ + "/navo/profiles.json", broken);
    EXPECT_EQ(Run({"profile", "set", "work", "--unit", "u"}), kExitBadInput) << broken;
    EXPECT_THAT(error_, HasSubstr("is not a file of profiles"));
    EXPECT_EQ(Content(), broken);
  }
}

TEST_F(ProfilesTest, AProfileMayAskForPlainOutput) {
  ASSERT_EQ(
      Run({"profile", "set", "ear", "--server", server_address_, "--token-file", "-", "--plain"},
          "t"),
      0);
  EXPECT_EQ(Run({"profile", "list"}), 0) << error_;
  EXPECT_THAT(out_, HasSubstr("1. profile: ear; in use: yes; server: " + server_address_));
}

}  // namespace
}  // namespace navo::cli
