#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "navo/v1/participant.grpc.pb.h"
#include "services/sign_in/testing_tokens.h"
#include "storage/store.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"
#include "tests/support/test_server.h"

// What navod does with wrong files: it ends with one clear line and has changed nothing.
namespace navo::support {
namespace {

namespace fs = std::filesystem;

void Write(const std::string& path, const std::string& content, fs::perms mode = fs::perms(0600)) {
  std::ofstream(path, std::ios::binary) << content;
  fs::permissions(path, mode);
}

std::string Content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class StartTest : public ::testing::Test {
 protected:
  StartTest() {
    // A folder in which a trial server has run: database, keys, seed.
    ServerProcess server(Good());
    EXPECT_TRUE(server.listening()) << server.Output();
    Register(server.As("kari"), "amina");
    EXPECT_EQ(server.Stop(), EXIT_SUCCESS);
    fs::copy(Good().seed, folder_.File("seed.json"));
  }

  ServerProcessSetup Good() const {
    return {.database = folder_.File("navo.db"), .dev_folder = folder_.File("dev")};
  }
  // Without --dev: keys and issuers are files of the operator's.
  ServerProcessSetup Proper() const {
    ServerProcessSetup setup = Good();
    setup.dev_folder.clear();
    setup.more = {"--keys",
                  folder_.File("dev/dev-keys.json"),
                  "--issuers",
                  folder_.File("issuers.json"),
                  "--identity-numbers",
                  "synthetic"};
    Write(folder_.File("jwks.json"), services::KeySetText(services::P256TestKey().Jwk()));
    Write(folder_.File("issuers.json"),
          nlohmann::json::array({{{"issuer", services::kTestIssuer},
                                  {"audience", services::kTestAudience},
                                  {"jwks_file", "jwks.json"},
                                  {"kind", "STAFF"}}})
              .dump());
    return setup;
  }
  std::map<std::string, std::string> Files() const {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder_.path())) {
      if (entry.is_regular_file()) files[entry.path()] = Content(entry.path());
    }
    return files;
  }
  // Ends by itself, says `words` in one line that names no code of ours, and leaves every file as
  // it was.
  void ExpectRefused(const ServerProcessSetup& setup, const std::string& words) const {
    const auto before = Files();
    ServerProcess server(setup);
    ASSERT_FALSE(server.listening()) << server.Output();
    EXPECT_EQ(server.Wait(), EXIT_FAILURE);
    const std::string said = server.Output();
    EXPECT_EQ(said.find("navod: "), 0u) << said;
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
    EXPECT_NE(said.find(words), std::string::npos) << said;
    EXPECT_EQ(Files(), before) << "a file was changed";
  }

  TempFolder folder_;
};

TEST_F(StartTest, ADatabaseThatIsNoDatabaseIsLeftAlone) {
  ServerProcessSetup setup = Good();
  setup.database = folder_.File("notes.txt");
  Write(setup.database, "Shopping list: potatoes, milk, and whatever else there is to be had\n");
  ExpectRefused(setup, "notes.txt");
}

TEST_F(StartTest, ADamagedDatabaseIsLeftAlone) {
  std::string content = Content(Good().database);
  ASSERT_GT(content.size(), 20'000u);
  Write(Good().database, content.substr(0, content.size() / 2));
  ExpectRefused(Good(), "navo.db");
  // Or in the middle of the page of tables.
  content.replace(100, 900, std::string(900, '\x5a'));
  Write(Good().database, content);
  ExpectRefused(Good(), "navo.db");
}

TEST_F(StartTest, ADatabaseOfAnotherProgramIsLeftAlone) {
  std::string content = Content(Good().database);
  content.replace(68, 4, "abcd");  // the application id of the file format
  Write(Good().database, content);
  ExpectRefused(Good(), "navo.db");
}

TEST_F(StartTest, ADatabaseOfANewerServerIsLeftAlone) {
  {
    storage::SystemClock clock;
    storage::SystemRandom random;
    storage::StoreOptions options;
    options.clock = &clock;
    options.random = &random;
    const auto store = storage::Store::Open(Good().database, options);
    ASSERT_TRUE(store.ok()) << store.status();
    const absl::Status ahead = (*store)->WriteAndWait(
        [](storage::WriteTx& tx) { return tx.Run("UPDATE meta SET schema_version = 999", {}); });
    ASSERT_TRUE(ahead.ok()) << ahead;
  }
  ExpectRefused(Good(), "999");
}

TEST_F(StartTest, AReadOnlyDatabaseIsLeftAlone) {
  fs::permissions(Good().database, fs::perms(0400));
  ExpectRefused(Good(), "navo.db");
}

TEST_F(StartTest, ADatabaseInAFolderThatIsNotThere) {
  ServerProcessSetup setup = Good();
  setup.database = folder_.File("nowhere/navo.db");
  ExpectRefused(setup, "nowhere");
}

TEST_F(StartTest, ADatabaseThatAnotherServerHasOpen) {
  ServerProcess first(Good());
  ASSERT_TRUE(first.listening()) << first.Output();
  ExpectRefused(Good(), "navo.db");
  EXPECT_FALSE(first.As("kari")
                   .Call(&v1::ParticipantService::Stub::List, v1::ListParticipantsRequest())
                   ->participants()
                   .empty());
}

TEST_F(StartTest, ASeedFileThatIsMissingOrBroken) {
  ServerProcessSetup setup = Good();
  setup.seed = folder_.File("nowhere.json");
  ExpectRefused(setup, "nowhere.json");
  setup.seed = folder_.File("seed.json");
  const nlohmann::json good = nlohmann::json::parse(Content(setup.seed));
  const auto expect = [&](const nlohmann::json& seed, const std::string& words) {
    Write(setup.seed, seed.dump());
    ExpectRefused(setup, words);
  };
  Write(setup.seed, "{\"controllers\": [");
  ExpectRefused(setup, "JSON");
  expect(nlohmann::json::array(), "JSON");
  expect(nlohmann::json::object(), "units");
  nlohmann::json seed = good;
  seed["units"][0]["controller"] = "nobody";
  expect(seed, "units[0].controller");
  seed = good;
  seed["staff"][0]["memberships"][0]["roles"] = {"KING"};
  expect(seed, "staff[0].memberships.roles");
  seed = good;
  seed["staff"][0]["memberships"] = "all of them";
  expect(seed, "staff[0].memberships");
  seed = good;
  seed["staff"] = nlohmann::json::object();
  expect(seed, "staff");
  seed = good;
  seed["staff"][0]["famly"] = {"14839110171"};
  expect(seed, "staff[0].famly");
  seed = good;
  seed["protections"] = seed["protection"];
  expect(seed, "protections");
  seed = good;
  seed["protection"][0]["shielded"] = "yes";
  expect(seed, "protection[0].shielded");
  seed = good;
  seed["staff"][0]["key"] = 7;
  expect(seed, "staff[0].key");
  seed = good;
  seed["participants"][0]["national_identity_number"] = "17838549889";
  expect(seed, "participants[0]");
}

TEST_F(StartTest, ASeedOfAWholeCitysStaff) {
  ServerProcessSetup setup = Good();
  setup.seed = folder_.File("seed.json");
  nlohmann::json seed = nlohmann::json::parse(Content(setup.seed));
  constexpr int kStaff = 25'000;
  for (int number = 0; number < kStaff; ++number) {
    nlohmann::json one = seed["staff"][0];
    one["key"] = one["subject"] = absl::StrCat("staff-", number);
    seed["staff"].push_back(one);
  }
  Write(setup.seed, seed.dump());
  ServerProcess server(setup);
  ASSERT_TRUE(server.listening()) << server.Output();
  for (const std::string& one : {std::string("kari"), absl::StrCat("staff-", kStaff - 1)}) {
    const auto cases =
        server.As(one).Call(&v1::ParticipantService::Stub::List, v1::ListParticipantsRequest());
    ASSERT_TRUE(cases.ok()) << cases.status();
    EXPECT_EQ(cases->participants_size(), 1) << one;
  }
}

TEST_F(StartTest, AKeyFileThatOthersMayReadOrThatIsBroken) {
  const ServerProcessSetup setup = Proper();
  const std::string keys = folder_.File("dev/dev-keys.json");
  fs::permissions(keys, fs::perms(0644));
  ExpectRefused(setup, "dev-keys.json");
  fs::permissions(keys, fs::perms(0640));
  ExpectRefused(setup, "dev-keys.json");
  const std::string content = Content(keys);
  Write(keys, content.substr(0, content.size() / 2));
  ExpectRefused(setup, "dev-keys.json");
  fs::remove(keys);
  ExpectRefused(setup, "dev-keys.json");
}

TEST_F(StartTest, AnIssuerFileThatIsMissingOrBroken) {
  const ServerProcessSetup setup = Proper();
  fs::remove(folder_.File("jwks.json"));
  ExpectRefused(setup, "jwks.json");
  Write(folder_.File("issuers.json"), "[]");
  ExpectRefused(setup, "issuer");
  fs::remove(folder_.File("issuers.json"));
  ExpectRefused(setup, "issuers.json");
}

TEST_F(StartTest, APortThatIsTakenOrWrong) {
  const int taken = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  ASSERT_EQ(bind(taken, reinterpret_cast<sockaddr*>(&address), length), 0);
  ASSERT_EQ(listen(taken, 1), 0);
  ASSERT_EQ(getsockname(taken, reinterpret_cast<sockaddr*>(&address), &length), 0);
  const std::string listen_on = absl::StrCat("127.0.0.1:", ntohs(address.sin_port));
  ServerProcessSetup setup = Good();
  setup.listen = listen_on;
  ServerProcess server(setup);
  EXPECT_FALSE(server.listening());
  EXPECT_EQ(server.Wait(), EXIT_FAILURE);
  EXPECT_NE(server.Output().find("navod: cannot listen on " + listen_on), std::string::npos)
      << server.Output();
  close(taken);
  ServerProcess after(setup);
  EXPECT_TRUE(after.listening()) << after.Output();
}

TEST_F(StartTest, WithoutDevThereIsNothingOfItAndItsTokensAreWorthless) {
  const std::string dev_token = [this] {
    ServerProcess server(Good());
    return server.TokenFor("kari");
  }();
  const auto before = fs::last_write_time(folder_.File("dev/dev-people.json"));
  ServerProcess server(Proper());
  ASSERT_TRUE(server.listening()) << server.Output();
  const absl::Status status =
      client::Client({.address = server.address(), .token = dev_token})
          .Call(&v1::ParticipantService::Stub::List, v1::ListParticipantsRequest())
          .status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnauthenticated) << status;
  EXPECT_EQ(fs::last_write_time(folder_.File("dev/dev-people.json")), before);
  EXPECT_EQ(server.Stop(), EXIT_SUCCESS);
  int dev_files = 0;
  for (const auto& [path, content] : Files()) {
    if (path.find("dev-") == std::string::npos) continue;
    ++dev_files;
    EXPECT_EQ(path.find(folder_.File("dev/")), 0u) << path;
  }
  EXPECT_EQ(dev_files, 4) << "those of the trial before";

  ServerProcessSetup nobody = Proper();
  nobody.more = {"--keys", folder_.File("dev/dev-keys.json"), "--identity-numbers", "synthetic"};
  ExpectRefused(nobody, "--issuers");
}

// `navod first-admin`, once, on a database on which nobody works yet.
class FirstAdminTest : public ::testing::Test {
 protected:
  static std::vector<std::string> Ivar() {
    return {"first-admin",       "--issuer",     services::kTestIssuer,
            "--subject",         "Z990001",      "--name",
            "Ivar Storli",       "--controller", "nav-statlig",
            "--controller-kind", "NAV_STAT",     "--controller-name",
            "NAV, statlig",      "--unit",       "nav-drift",
            "--unit-name",       "NAV drift"};
  }
  static std::vector<std::string> With(const std::string& option, const std::string& value) {
    std::vector<std::string> arguments = Ivar();
    *(std::find(arguments.begin(), arguments.end(), option) + 1) = value;
    return arguments;
  }
  std::string database() const { return folder_.File("navo.db"); }
  // The exit code; what was said is in `said`.
  int Run(const std::vector<std::string>& arguments, std::string* said) const {
    ServerProcess process({.database = database(), .more = arguments});
    EXPECT_FALSE(process.listening());
    const int code = process.Wait();
    *said = process.Output();
    return code;
  }
  void ExpectRefused(const std::vector<std::string>& arguments, const std::string& words) const {
    std::string said;
    EXPECT_EQ(Run(arguments, &said), EXIT_FAILURE);
    EXPECT_EQ(said.find("navod: "), 0u) << said;
    EXPECT_NE(said.find(words), std::string::npos) << said;
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
    EXPECT_EQ(said.find("Ivar"), std::string::npos) << said;
  }
  // Memberships, units, controllers and people, and what the journal has of them.
  std::vector<int64_t> Rows() const {
    storage::SystemClock clock;
    storage::SystemRandom random;
    storage::StoreOptions options;
    options.clock = &clock;
    options.random = &random;
    const auto store = storage::Store::Open(database(), options);
    EXPECT_TRUE(store.ok()) << store.status();
    std::vector<int64_t> rows;
    if (!store.ok()) return rows;
    const absl::Status read = (*store)->Read([&rows](storage::ReadTx& tx) {
      return tx.Each(
          "SELECT (SELECT COUNT(*) FROM membership WHERE installation = 1),"
          " (SELECT COUNT(*) FROM membership), (SELECT COUNT(*) FROM unit),"
          " (SELECT COUNT(*) FROM controller), (SELECT COUNT(*) FROM principal),"
          " (SELECT COUNT(*) FROM journal)",
          {}, [&rows](const storage::Row& row) {
            for (int column = 0; column < 6; ++column) rows.push_back(row.Int64(column));
          });
    });
    EXPECT_TRUE(read.ok()) << read;
    return rows;
  }

  TempFolder folder_;
};

TEST_F(FirstAdminTest, MakesTheFirstAdministratorAndNoSecondOne) {
  std::string said;
  ASSERT_EQ(Run(Ivar(), &said), EXIT_SUCCESS) << said;
  EXPECT_NE(said.find("The first administrator is made."), std::string::npos) << said;
  const std::vector<int64_t> made = {1, 1, 1, 1, 1, 4};
  EXPECT_EQ(Rows(), made);
  ExpectRefused(Ivar(), "somebody administers this installation already");
  ExpectRefused(With("--subject", "Z990002"), "`navo admin add-member`");
  EXPECT_EQ(Rows(), made);
}

TEST_F(FirstAdminTest, SaysWhatIsWrongAndMakesNothing) {
  ExpectRefused(With("--controller-kind", "KING"), "--controller-kind must be NAV_STAT");
  ExpectRefused(With("--controller", "NAV statlig"), "--controller ");
  ExpectRefused(With("--controller-name", ""), "--controller-name ");
  ExpectRefused(With("--unit", "NAV drift"), "--unit ");
  ExpectRefused(With("--unit-name", ""), "--unit-name ");
  ExpectRefused(With("--issuer", ""), "--issuer ");
  ExpectRefused(With("--subject", ""), "--subject ");
  ExpectRefused(With("--name", ""), "--name ");
  EXPECT_EQ(Rows(), std::vector<int64_t>(6, 0));
  std::string said;
  EXPECT_NE(Run({"first-admin", "--issuer", "https://login.example"}, &said), EXIT_SUCCESS);
  EXPECT_NE(said.find("is required"), std::string::npos) << said;
  ASSERT_EQ(Run(Ivar(), &said), EXIT_SUCCESS) << "nothing of it stands in the way: " << said;
}

TEST_F(FirstAdminTest, IsRefusedWhileAServerRuns) {
  ServerProcess server({.database = database(), .dev_folder = folder_.File("dev")});
  ASSERT_TRUE(server.listening()) << server.Output();
  ExpectRefused(Ivar(), "navo.db");
  EXPECT_EQ(server.Stop(), EXIT_SUCCESS);
}

}  // namespace
}  // namespace navo::support
