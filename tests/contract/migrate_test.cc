#include "storage/migrate.h"

#include "tests/contract/contract.h"

namespace navo::contract {
namespace {

using storage::SchemaFile;
using storage::Store;
using storage::WriteTx;

class MigrateTest : public testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<Store>> Open(absl::Span<const SchemaFile> schema) {
    storage::StoreOptions options = Options(clock_, random_);
    options.schema = schema;
    return Store::Open(folder_.File("navo.db"), options);
  }

  Folder folder_;
  support::FakeClock clock_;
  support::SeededRandom random_;
};

TEST_F(MigrateTest, AnOlderDatabaseGetsWhatIsMissingAndKeepsWhatItHas) {
  ASSERT_TRUE(Open(ContractSchema().subspan(0, 1)).ok());
  auto store = Open(ContractSchema());
  ASSERT_TRUE(store.ok()) << store.status();
  ASSERT_TRUE((*store)->WriteAndWait([](WriteTx& tx) { return AddThing(tx, "a").status(); }).ok());
  const std::string id = (*store)->database_id();
  store->reset();
  store = Open(ContractSchema());
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_EQ((*store)->database_id(), id);
  EXPECT_EQ(Things(**store), std::vector<std::string>{"a"});
}

TEST_F(MigrateTest, AFileThatFailsChangesNothingAndThoseBeforeItStay) {
  std::vector<SchemaFile> schema(ContractSchema().begin(), ContractSchema().end());
  ASSERT_TRUE(Open(absl::MakeSpan(schema).subspan(0, 1)).ok());
  schema.push_back({3, "0003_bad.sql", "CREATE TABLE half (word TEXT); CREATE NONSENSE"});
  EXPECT_EQ(Open(schema).status().code(), absl::StatusCode::kInternal);

  schema.pop_back();
  auto store = Open(schema);
  ASSERT_TRUE(store.ok()) << store.status();
  ASSERT_TRUE((*store)->WriteAndWait([](WriteTx& tx) { return AddThing(tx, "a").status(); }).ok());
  store->reset();

  schema.push_back({3, "0003_good.sql", "CREATE TABLE half (word TEXT)"});
  store = Open(schema);
  ASSERT_TRUE(store.ok()) << store.status() << " (what the failed file made is gone)";
  EXPECT_EQ(Things(**store), std::vector<std::string>{"a"});
}

TEST_F(MigrateTest, AFailedCreationLeavesNoFile) {
  std::vector<SchemaFile> schema(ContractSchema().begin(), ContractSchema().end());
  schema.push_back({3, "0003_bad.sql", "CREATE NONSENSE"});
  EXPECT_FALSE(Open(schema).ok());
  EXPECT_TRUE(folder_.Content().empty());
}

TEST_F(MigrateTest, TheFilesOfTheProgramMakeADatabase) {
  auto store = Open(storage::SchemaFiles());
  EXPECT_TRUE(store.ok()) << store.status();
}

}  // namespace
}  // namespace navo::contract
