#include "tests/contract/contract.h"

namespace navo::contract {
namespace {

using storage::ReadTx;
using storage::WriteTx;

class VisibilityTest : public ContractTest {};
INSTANTIATE_TEST_SUITE_P(Engine, VisibilityTest, Engines(), EngineName);

TEST_P(VisibilityTest, WhatWasAnsweredIsSeenByTheNextRead) {
  for (int i = 0; i < 50; ++i) {
    const std::string name = "thing " + std::to_string(100 + i);
    ASSERT_TRUE(
        store().WriteAndWait([&](WriteTx& tx) { return AddThing(tx, name).status(); }).ok());
    ASSERT_EQ(Things(store()).back(), name);
  }
}

TEST_P(VisibilityTest, NothingOfAFailedClosureIsSeen) {
  const absl::Status status = store().WriteAndWait([](WriteTx& tx) -> absl::Status {
    if (auto key = AddThing(tx, "gone"); !key.ok()) return key.status();
    tx.Journal(Entry(1, "gone"));
    tx.Log(LogRow(1));
    return absl::PermissionDeniedError("on purpose");
  });
  EXPECT_EQ(status, absl::PermissionDeniedError("on purpose"));
  EXPECT_TRUE(Things(store()).empty());
  EXPECT_TRUE(RecordIds(store(), 1).empty());
  EXPECT_TRUE(LogReasons(store()).empty());
}

TEST_P(VisibilityTest, ASnapshotDoesNotChangeWhileItIsRead) {
  ASSERT_TRUE(store().WriteAndWait([](WriteTx& tx) { return AddThing(tx, "a").status(); }).ok());
  const absl::Status status = store().Read([&](ReadTx& tx) -> absl::Status {
    EXPECT_EQ(*tx.Number("SELECT count(*) FROM thing", {}), 1);
    EXPECT_TRUE(store().WriteAndWait([](WriteTx& w) { return AddThing(w, "b").status(); }).ok());
    EXPECT_EQ(Things(store()).size(), 2u) << "another snapshot sees it";
    EXPECT_EQ(*tx.Number("SELECT count(*) FROM thing", {}), 1);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_P(VisibilityTest, AClosureSeesThoseBeforeItInTheSameGroup) {
  Outcomes outcomes;
  Gate gate(store());
  int64_t seen = -1;
  store().Write({.run = [](WriteTx& tx) { return AddThing(tx, "first").status(); },
                 .done = outcomes.Next(1)});
  store().Write({.run =
                     [](WriteTx& tx) {
                       AddThing(tx, "refused").IgnoreError();
                       return absl::AbortedError("on purpose");
                     },
                 .done = outcomes.Next(2)});
  store().Write({.run =
                     [&](WriteTx& tx) {
                       seen = tx.Number("SELECT count(*) FROM thing", {}).value_or(-1).value_or(-1);
                       return absl::OkStatus();
                     },
                 .done = outcomes.Next(3)});
  gate.Open();
  outcomes.Wait(3);
  EXPECT_EQ(seen, 1);
}

TEST_P(VisibilityTest, OneClosureHasOneTime) {
  std::vector<absl::Time> times;
  ASSERT_TRUE(store()
                  .WriteAndWait([&](WriteTx& tx) {
                    times.push_back(tx.now());
                    clock_.Advance(absl::Seconds(5));
                    times.push_back(tx.now());
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_EQ(times[0], times[1]);
}

TEST_P(VisibilityTest, AReadCannotWrite) {
  ASSERT_TRUE(store().WriteAndWait([](WriteTx& tx) { return AddThing(tx, "a").status(); }).ok());
  const absl::Status status = store().Read(
      [](ReadTx& tx) { return tx.Each("DELETE FROM thing", {}, [](const storage::Row&) {}); });
  EXPECT_EQ(storage::SqlErrorOf(status), storage::SqlError::kReadOnly) << status;
  EXPECT_EQ(Things(store()).size(), 1u);
}

TEST_P(VisibilityTest, MoreReadersThanConnectionsWaitForOne) {
  options_.reader_limit = 1;
  options_.reader_wait = absl::Milliseconds(20);
  Open();
  const absl::Status status =
      store().Read([&](ReadTx&) { return store().Read([](ReadTx&) { return absl::OkStatus(); }); });
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_TRUE(store().Read([](ReadTx&) { return absl::OkStatus(); }).ok()) << "it is free again";
}

TEST_P(VisibilityTest, DoneMayReadAndWrite) {
  Outcomes outcomes;
  size_t seen = 0;
  store().Write({.run = [](WriteTx& tx) { return AddThing(tx, "a").status(); },
                 .done =
                     [&](absl::Status) {
                       seen = Things(store()).size();
                       store().Write({.run = [](WriteTx& tx) { return AddThing(tx, "b").status(); },
                                      .done = outcomes.Next(1)});
                     }});
  EXPECT_TRUE(outcomes.Wait(1)[0].second.ok());
  EXPECT_EQ(seen, 1u);
}

}  // namespace
}  // namespace navo::contract
