#include <limits>

#include "tests/contract/contract.h"

namespace navo::contract {
namespace {

using storage::Blob;
using storage::Row;
using storage::SqlError;
using storage::SqlErrorOf;
using storage::WriteTx;

class ValuesTest : public ContractTest {
 protected:
  absl::Status Write(std::function<absl::Status(WriteTx&)> run) {
    return store().WriteAndWait(run);
  }
};
INSTANTIATE_TEST_SUITE_P(Engine, ValuesTest, Engines(), EngineName);

TEST_P(ValuesTest, ValuesComeBackAsTheyWent) {
  const std::string nul("a\0b", 3);
  const std::string large(900 * 1024, 'x');
  ASSERT_TRUE(Write([&](WriteTx& tx) -> absl::Status {
                for (const auto& [name, code, body] :
                     {std::tuple<std::string, storage::Value, storage::Value>{"", nullptr, nullptr},
                      {nul, std::numeric_limits<int64_t>::max(), Blob("")},
                      {"large", std::numeric_limits<int64_t>::min(), Blob(large)}}) {
                  absl::Status status =
                      tx.Run("INSERT INTO thing (name, body, code) VALUES ($1, $3, $2)",
                             {name, code, body});
                  if (!status.ok()) return status;
                  EXPECT_EQ(tx.changes(), 1);
                }
                return absl::OkStatus();
              }).ok());
  int rows = 0;
  ASSERT_TRUE(store()
                  .Read([&](storage::ReadTx& tx) {
                    return tx.Each("SELECT name, code, body FROM thing ORDER BY thing_key", {},
                                   [&](const Row& row) {
                                     const int i = rows++;
                                     EXPECT_EQ(row.Text(0), i == 0 ? "" : i == 1 ? nul : "large");
                                     EXPECT_FALSE(row.IsNull(0)) << "empty text is not NULL";
                                     EXPECT_EQ(row.IsNull(1), i == 0);
                                     EXPECT_EQ(row.Int64(1),
                                               i == 0   ? 0
                                               : i == 1 ? std::numeric_limits<int64_t>::max()
                                                        : std::numeric_limits<int64_t>::min());
                                     EXPECT_EQ(row.IsNull(2), i == 0) << "empty bytes are not NULL";
                                     EXPECT_TRUE(row.Bytes(2) == (i == 2 ? large : ""));
                                   });
                  })
                  .ok());
  EXPECT_EQ(rows, 3);
}

TEST_P(ValuesTest, TextIsOrderedByItsBytes) {
  for (const char* name : {"å", "a", "Z", "z", "Å", "é", "10", "9"}) {
    ASSERT_TRUE(Write([&](WriteTx& tx) { return AddThing(tx, name).status(); }).ok());
  }
  EXPECT_EQ(Things(store()), (std::vector<std::string>{"10", "9", "Z", "a", "z", "Å", "å", "é"}));
}

TEST_P(ValuesTest, ViolationsAreTypedAndUndoOnlyTheirStatement) {
  ASSERT_TRUE(Write([](WriteTx& tx) -> absl::Status {
                auto thing = AddThing(tx, "a");
                if (!thing.ok()) return thing.status();
                const absl::Status unique = AddThing(tx, "a").status();
                EXPECT_EQ(SqlErrorOf(unique), SqlError::kUniqueViolation);
                EXPECT_EQ(unique.code(), absl::StatusCode::kAlreadyExists);
                EXPECT_EQ(storage::SqlConstraintOf(unique), "thing.name");
                EXPECT_EQ(unique.message().find("thing"), absl::string_view::npos);
                EXPECT_EQ(SqlErrorOf(tx.Run("INSERT INTO thing (name) VALUES ($1)", {nullptr})),
                          SqlError::kNotNull);
                EXPECT_EQ(SqlErrorOf(tx.Run("INSERT INTO thing (name, code) VALUES ('c', 13)", {})),
                          SqlError::kCheck);
                EXPECT_EQ(SqlErrorOf(tx.Run("INSERT INTO part (thing_key, side, ended)"
                                            " VALUES ($1, 1, 0)",
                                            {*thing + 1})),
                          SqlError::kForeignKey);
                return AddThing(tx, "b").status();
              }).ok());
  EXPECT_EQ(Things(store()), (std::vector<std::string>{"a", "b"}));
}

TEST_P(ValuesTest, APartialIndexHoldsOnlyWhereItSays) {
  ASSERT_TRUE(Write([](WriteTx& tx) -> absl::Status {
                const int64_t thing = AddThing(tx, "a").value_or(0);
                for (const int64_t ended : {1, 1, 0}) {
                  absl::Status status =
                      tx.Run("INSERT INTO part (thing_key, side, ended) VALUES ($1, 1, $2)",
                             {thing, ended});
                  if (!status.ok()) return status;
                }
                const absl::Status second =
                    tx.Run("INSERT INTO part (thing_key, side, ended) VALUES ($1, 1, 0)", {thing});
                EXPECT_EQ(SqlErrorOf(second), SqlError::kUniqueViolation);
                EXPECT_EQ(storage::SqlConstraintOf(second), "part.thing_key, part.side");
                return absl::OkStatus();
              }).ok());
}

TEST_P(ValuesTest, AnUpdateTellsHowManyRowsItMet) {
  ASSERT_TRUE(Write([](WriteTx& tx) -> absl::Status {
                AddThing(tx, "a").IgnoreError();
                AddThing(tx, "b").IgnoreError();
                EXPECT_TRUE(tx.Run("UPDATE thing SET code = 1 WHERE name < 'z'", {}).ok());
                EXPECT_EQ(tx.changes(), 2);
                EXPECT_TRUE(tx.Run("UPDATE thing SET code = 1 WHERE name > 'z'", {}).ok());
                EXPECT_EQ(tx.changes(), 0);
                const auto none = tx.Insert(
                    "INSERT INTO thing (name) VALUES ('a') ON CONFLICT DO NOTHING"
                    " RETURNING thing_key",
                    {});
                EXPECT_EQ(none.status().code(), absl::StatusCode::kNotFound);
                return absl::OkStatus();
              }).ok());
}

TEST_P(ValuesTest, FaultsOfTheCallerAreErrors) {
  ASSERT_TRUE(
      Write([](WriteTx& tx) -> absl::Status {
        AddThing(tx, "a").IgnoreError();
        EXPECT_EQ(SqlErrorOf(tx.Run("UPDATE thing SET code = $1", {})), SqlError::kOther);
        EXPECT_EQ(SqlErrorOf(tx.Run("UPDATE nothing SET code = 1", {})), SqlError::kOther);
        EXPECT_EQ(SqlErrorOf(tx.Run("UPDATE thing SET name = \"misspelt\"", {})), SqlError::kOther);
        static constexpr storage::Sql kNames("SELECT name FROM thing ORDER BY name");
        const absl::Status nested =
            tx.Each(kNames, {}, [&](const Row&) { return tx.Each(kNames, {}, [](const Row&) {}); });
        EXPECT_EQ(SqlErrorOf(nested), SqlError::kOther);
        EXPECT_TRUE(tx.Any(kNames, {}).value_or(false)) << "usable again";
        return absl::OkStatus();
      }).ok());
}

TEST_P(ValuesTest, AReaderMayStopEarly) {
  ASSERT_TRUE(Write([](WriteTx& tx) -> absl::Status {
                for (const char* name : {"a", "b", "c"}) AddThing(tx, name).IgnoreError();
                int seen = 0;
                const absl::Status stopped =
                    tx.Each("SELECT name FROM thing ORDER BY name", {}, [&](const Row&) {
                      return ++seen == 2 ? absl::CancelledError("enough") : absl::OkStatus();
                    });
                EXPECT_EQ(stopped, absl::CancelledError("enough"));
                EXPECT_EQ(seen, 2);
                EXPECT_FALSE(*tx.Any("SELECT 1 FROM thing WHERE name = 'd'", {}));
                EXPECT_EQ(tx.statements(), 5);
                return absl::OkStatus();
              }).ok());
}

}  // namespace
}  // namespace navo::contract
