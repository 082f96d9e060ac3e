#include "tests/tidy/layering.h"

#include <string>
#include <string_view>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace navo::tidy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

SourceFile Including(std::string path, std::string_view header) {
  return {std::move(path), "#include \"" + std::string(header) + "\"\n"};
}

bool Allowed(std::string path, std::string_view header) {
  return CheckIncludes(Including(std::move(path), header)).empty();
}

TEST(LayeringTest, LayersMayIncludeWhatIsBelowThem) {
  EXPECT_TRUE(Allowed("storage/plan.cc", "navo/v1/plan.pb.h"));
  EXPECT_TRUE(Allowed("storage/plan.cc", "storage/sql/sql.h"));
  EXPECT_TRUE(Allowed("services/domain/text.cc", "storage/clock.h"));
  EXPECT_TRUE(Allowed("services/access/policy.cc", "services/domain/reasons.h"));
  EXPECT_TRUE(Allowed("services/sign_in/token.cc", "services/domain/reasons.h"));
  EXPECT_TRUE(Allowed("services/door/door.cc", "services/access/policy.h"));
  EXPECT_TRUE(Allowed("services/door/door.cc", "services/sign_in/token.h"));
  EXPECT_TRUE(Allowed("services/plan.cc", "services/door/door.h"));
  EXPECT_TRUE(Allowed("services/feed/pump.cc", "services/door/door.h"));
  EXPECT_TRUE(Allowed("services/server/main.cc", "services/plan.h"));
  EXPECT_TRUE(Allowed("clients/cpp/client.cc", "navo/v1/plan.grpc.pb.h"));
  EXPECT_TRUE(Allowed("clients/cli/main.cc", "clients/cpp/client.h"));
  EXPECT_TRUE(Allowed("clients/cli/main.cc", "clients/cli/table.h"));
  EXPECT_TRUE(Allowed("tests/stories/plan_test.cc", "services/server/server.h"));
}

TEST(LayeringTest, NobodyMayIncludeWhatIsAbove) {
  EXPECT_FALSE(Allowed("storage/plan.cc", "services/domain/reasons.h"));
  EXPECT_FALSE(Allowed("services/domain/text.cc", "services/access/policy.h"));
  EXPECT_FALSE(Allowed("services/access/policy.cc", "services/door/door.h"));
  EXPECT_FALSE(Allowed("services/access/policy.cc", "services/sign_in/token.h"));
  EXPECT_FALSE(Allowed("services/door/door.cc", "services/plan.h"));
  EXPECT_FALSE(Allowed("services/plan.cc", "services/server/config.h"));
  EXPECT_FALSE(Allowed("services/server/main.cc", "clients/cpp/client.h"));
  EXPECT_FALSE(Allowed("services/server/main.cc", "tests/support/fake_clock.h"));
}

TEST(LayeringTest, ClientsSeeOnlyTheClientLibrary) {
  EXPECT_FALSE(Allowed("clients/cli/main.cc", "storage/store.h"));
  EXPECT_FALSE(Allowed("clients/cli/main.cc", "services/domain/text.h"));
  EXPECT_FALSE(Allowed("clients/cli/main.cc", "clients/load/run.h"));
  EXPECT_FALSE(Allowed("clients/cpp/client.cc", "clients/cli/table.h"));
}

TEST(LayeringTest, TheAuditSeesTheSeamToTheEngineAndTheCommandLineSeesTheAudit) {
  EXPECT_TRUE(Allowed("clients/audit/log_file.cc", "storage/sql/sqlite.h"));
  EXPECT_FALSE(Allowed("clients/audit/log_file.cc", "storage/access_log.h"));
  EXPECT_FALSE(Allowed("clients/audit/log_file.cc", "services/access/rules.h"));
  EXPECT_FALSE(Allowed("clients/audit/log_file.cc", "clients/cli/table.h"));
  EXPECT_TRUE(Allowed("clients/cli/log_file_commands.cc", "clients/audit/verify.h"));
  EXPECT_FALSE(Allowed("clients/cli/log_file_commands.cc", "storage/sql/sqlite.h"));
  EXPECT_FALSE(Allowed("clients/cpp/client.cc", "clients/audit/verify.h"));
}

TEST(LayeringTest, TheBenchmarkAloneSeesStorageAndTheMintingOfTokens) {
  EXPECT_TRUE(Allowed("clients/load/make.cc", "storage/store.h"));
  EXPECT_TRUE(Allowed("clients/load/calls.cc", "clients/cli/mint.h"));
  EXPECT_FALSE(Allowed("clients/load/calls.cc", "clients/cli/table.h"));
  EXPECT_FALSE(Allowed("clients/load/make.cc", "services/door/door.h"));
  EXPECT_FALSE(Allowed("clients/loader/make.cc", "storage/store.h"));
}

TEST(LayeringTest, SubjectsAsFilesOrFoldersNeverIncludeEachOther) {
  EXPECT_FALSE(Allowed("services/plan.cc", "services/consent.h"));
  EXPECT_FALSE(Allowed("services/plan/steps.cc", "services/consent/ground.h"));
  EXPECT_FALSE(Allowed("services/plan.cc", "services/planning.h"));
  EXPECT_FALSE(Allowed("services/feed/pump.cc", "services/plan.h"));
  EXPECT_TRUE(Allowed("services/plan.cc", "services/plan.h"));
  EXPECT_TRUE(Allowed("services/plan.cc", "services/plan/steps.h"));
  EXPECT_TRUE(Allowed("services/plan_steps.cc", "services/plan.h"));
}

TEST(LayeringTest, TestsBesideTheCodeUseSupportAndOtherSubjects) {
  EXPECT_TRUE(Allowed("storage/keys_test.cc", "tests/support/fake_clock.h"));
  EXPECT_TRUE(Allowed("services/plan_test.cc", "services/participant.h"));
  EXPECT_FALSE(Allowed("storage/keys_test.cc", "services/door/door.h"));
  EXPECT_FALSE(Allowed("clients/cli/table_test.cc", "storage/store.h"));
}

TEST(LayeringTest, IncludesAreWrittenFromTheRoot) {
  EXPECT_FALSE(Allowed("storage/plan.cc", "plan.h"));
  EXPECT_FALSE(Allowed("storage/sql/sqlite.cc", "../plan.h"));
}

TEST(LayeringTest, FindingsNameFileLineAndHeader) {
  EXPECT_THAT(
      CheckIncludes(
          {"services/plan.cc", "#include <string>\n\n #  include \"services/consent.h\"\n"}),
      ElementsAre("services/plan.cc:3: must not include services/consent.h: wrong direction"));
}

TEST(LayeringTest, SqliteIsSeenByTheDriverAndTheYardstickAlone) {
  const std::string text = "#include <sqlite3.h>\n";
  EXPECT_THAT(CheckLibraries({"storage/sql/sqlite.cc", text}), IsEmpty());
  EXPECT_THAT(CheckLibraries({"clients/load/store_yardstick.cc", text}), IsEmpty());
  EXPECT_EQ(CheckLibraries({"clients/load/make.cc", text}).size(), 1u);
  EXPECT_THAT(CheckLibraries({"storage/store.cc", text}),
              ElementsAre("storage/store.cc:1: only storage/sql may include sqlite3.h"));
  EXPECT_EQ(CheckLibraries({"tests/contract/fault_test.cc", text}).size(), 1u);
}

TEST(LayeringTest, StorageKnowsNoGrpc) {
  EXPECT_EQ(CheckLibraries(Including("storage/plan.cc", "navo/v1/plan.grpc.pb.h")).size(), 1u);
  EXPECT_EQ(CheckLibraries({"storage/plan.cc", "#include <grpcpp/grpcpp.h>\n"}).size(), 1u);
  EXPECT_THAT(CheckLibraries(Including("storage/plan.cc", "navo/v1/plan.pb.h")), IsEmpty());
  EXPECT_THAT(CheckLibraries(Including("services/plan.cc", "navo/v1/plan.grpc.pb.h")), IsEmpty());
}

}  // namespace
}  // namespace navo::tidy
