#include "absl/strings/str_cat.h"
#include "tests/contract/contract.h"

// What a refused, late, greedy or failing task does to itself and to its neighbours in the group.
namespace navo::contract {
namespace {

using storage::SqlError;
using storage::StoreReasonOf;
using storage::WriteTask;
using storage::WriteTx;

class RefusalTest : public ContractTest {
 protected:
  static WriteTask Adding(const std::string& name, std::function<void(absl::Status)> done) {
    return {.run = [name](WriteTx& tx) -> absl::Status {
              if (auto key = AddThing(tx, name); !key.ok()) return key.status();
              tx.Journal(Entry(1, name));
              tx.Log(LogRow(1, 1));
              return absl::OkStatus();
            },
            .after_rollback = [](WriteTx& tx, const absl::Status&) { tx.Log(LogRow(1, 9)); },
            .done = std::move(done)};
  }
};
INSTANTIATE_TEST_SUITE_P(Engine, RefusalTest, Engines(), EngineName);

TEST_P(RefusalTest, ARefusedClosureLeavesItsLogRowOnly) {
  Outcomes outcomes;
  Gate gate(store());
  store().Write(Adding("a", outcomes.Next(1)));
  store().Write(Adding("a", outcomes.Next(2)));
  store().Write(Adding("b", outcomes.Next(3)));
  gate.Open();
  const auto answers = outcomes.Wait(3);
  EXPECT_TRUE(answers[0].second.ok());
  EXPECT_EQ(storage::SqlErrorOf(answers[1].second), SqlError::kUniqueViolation);
  EXPECT_TRUE(answers[2].second.ok());
  EXPECT_EQ(LogReasons(store()), (std::vector<int64_t>{1, 9, 1}));
  EXPECT_EQ(RecordIds(store(), 1), (std::vector<std::string>{"a", "b"}));
}

TEST_P(RefusalTest, ARefusalAfterAChangeUndoesThatClosureOnly) {
  Outcomes outcomes;
  int runs_of_neighbour = 0;
  {
    Gate gate(store());
    WriteTask first = Adding("a", outcomes.Next(1));
    first.run = [&runs_of_neighbour, run = first.run](WriteTx& tx) {
      ++runs_of_neighbour;
      return run(tx);
    };
    store().Write(std::move(first));
    WriteTask refused = Adding("b", outcomes.Next(2));
    refused.run = [run = refused.run](WriteTx& tx) -> absl::Status {
      run(tx).IgnoreError();
      return absl::AbortedError("stale");
    };
    store().Write(std::move(refused));
    store().Write(Adding("c", outcomes.Next(3)));
    WriteTask looking = Adding("d", outcomes.Next(4));
    looking.run = [](WriteTx& tx) -> absl::Status {
      absl::StatusOr<int64_t> head = storage::StreamHead(tx, 1);
      if (!head.ok()) return head.status();
      tx.Log(LogRow(1, 100 + *head));
      return absl::OkStatus();
    };
    store().Write(std::move(looking));
  }
  const auto answers = outcomes.Wait(4);
  EXPECT_TRUE(answers[0].second.ok()) << answers[0].second;
  EXPECT_EQ(answers[1].second, absl::AbortedError("stale"));
  EXPECT_TRUE(answers[2].second.ok()) << answers[2].second;
  EXPECT_EQ(Things(store()), (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(RecordIds(store(), 1), (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(LogReasons(store()), (std::vector<int64_t>{1, 9, 1, 102}));
  EXPECT_EQ(runs_of_neighbour, 2) << "the group is run again";
}

TEST_P(RefusalTest, ARefusalBeforeAnyChangeDoesNotRunTheGroupAgain) {
  Outcomes outcomes;
  int runs_of_neighbour = 0;
  {
    Gate gate(store());
    WriteTask first = Adding("a", outcomes.Next(1));
    first.run = [&runs_of_neighbour, run = first.run](WriteTx& tx) {
      ++runs_of_neighbour;
      return run(tx);
    };
    store().Write(std::move(first));
    WriteTask refused = Adding("b", outcomes.Next(2));
    refused.run = [](WriteTx& tx) -> absl::Status {
      tx.Log(LogRow(1, 1));
      tx.Journal(Entry(1, "b"));
      return absl::PermissionDeniedError("no ground");
    };
    store().Write(std::move(refused));
    store().Write(Adding("a", outcomes.Next(3)));  // refused by the engine
    store().Write(Adding("c", outcomes.Next(4)));
  }
  const auto answers = outcomes.Wait(4);
  EXPECT_EQ(answers[1].second, absl::PermissionDeniedError("no ground"));
  EXPECT_EQ(storage::SqlErrorOf(answers[2].second), SqlError::kUniqueViolation);
  EXPECT_EQ(RecordIds(store(), 1), (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(LogReasons(store()), (std::vector<int64_t>{1, 9, 9, 1}));
  EXPECT_EQ(runs_of_neighbour, 1);
}

TEST_P(RefusalTest, ATrialIsAnsweredAndLeavesItsLogRowOnly) {
  Outcomes outcomes;
  int runs_of_neighbour = 0;
  absl::Status told = absl::UnknownError("not run");
  {
    Gate gate(store());
    WriteTask first = Adding("a", outcomes.Next(1));
    first.run = [&runs_of_neighbour, run = first.run](WriteTx& tx) {
      ++runs_of_neighbour;
      return run(tx);
    };
    store().Write(std::move(first));
    WriteTask trial = Adding("b", outcomes.Next(2));
    trial.trial = true;
    trial.after_rollback = [&told](WriteTx& tx, const absl::Status& status) {
      told = status;
      tx.Log(LogRow(1, 9));
    };
    store().Write(std::move(trial));
    store().Write(Adding("b", outcomes.Next(3)));
  }
  for (const auto& [number, status] : outcomes.Wait(3)) EXPECT_TRUE(status.ok()) << number;
  EXPECT_TRUE(told.ok()) << told;
  EXPECT_EQ(RecordIds(store(), 1), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(LogReasons(store()), (std::vector<int64_t>{1, 9, 1}));
  EXPECT_EQ(runs_of_neighbour, 1);
}

TEST_P(RefusalTest, AStatementThatReturnsWhatItChangedIsUndoneToo) {
  Outcomes outcomes;
  {
    Gate gate(store());
    WriteTask refused = Adding("b", outcomes.Next(1));
    refused.run = [](WriteTx& tx) -> absl::Status {
      // As the journal takes its numbers: a change that is run like a query.
      tx.Number("UPDATE stream_head SET seq = seq + 5 WHERE stream = $1 RETURNING seq", {1})
          .status()
          .IgnoreError();
      return absl::AbortedError("stale");
    };
    store().Write(std::move(refused));
    store().Write(Adding("a", outcomes.Next(2)));
  }
  outcomes.Wait(2);
  EXPECT_EQ(RecordIds(store(), 1), std::vector<std::string>{"a"});
}

TEST_P(RefusalTest, AfterRollbackIsToldWhyAndCannotWrite) {
  absl::Status told;
  absl::Status wrote;
  WriteTask task = Adding("a", [](absl::Status) {});
  task.run = [](WriteTx&) { return absl::PermissionDeniedError("no ground"); };
  task.after_rollback = [&](WriteTx& tx, const absl::Status& why) {
    told = why;
    wrote = AddThing(tx, "refused").status();
    tx.Journal(Entry(1, "refused"));
  };
  Outcomes outcomes;
  task.done = outcomes.Next(1);
  store().Write(std::move(task));
  outcomes.Wait(1);
  EXPECT_EQ(told, absl::PermissionDeniedError("no ground"));
  EXPECT_EQ(wrote.code(), absl::StatusCode::kInternal);
  EXPECT_TRUE(Things(store()).empty());
  EXPECT_TRUE(RecordIds(store(), 1).empty());
}

TEST_P(RefusalTest, AGroupTheEngineRolledBackIsRunAgainOneByOne) {
  Outcomes outcomes;
  int runs = 0;
  {
    Gate gate(store());
    store().Write(Adding("a", outcomes.Next(1)));
    WriteTask breaking = Adding("b", outcomes.Next(2));
    breaking.run = [&runs, run = breaking.run](WriteTx& tx) {
      // What an engine out of room does of its own accord.
      if (++runs == 1) return tx.Run("ROLLBACK", {});
      return run(tx);
    };
    store().Write(std::move(breaking));
    store().Write(Adding("c", outcomes.Next(3)));
  }
  for (const auto& [number, status] : outcomes.Wait(3)) EXPECT_TRUE(status.ok()) << number;
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(Things(store()), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(RecordIds(store(), 1), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(LogReasons(store()), (std::vector<int64_t>{1, 1, 1}));
}

TEST_P(RefusalTest, ATaskThatBreaksEveryTransactionHarmsNoOther) {
  Outcomes outcomes;
  {
    Gate gate(store());
    store().Write(Adding("a", outcomes.Next(1)));
    WriteTask breaking = Adding("b", outcomes.Next(2));
    breaking.run = [](WriteTx& tx) -> absl::Status {
      tx.Run("ROLLBACK", {}).IgnoreError();
      return storage::MakeSqlError(SqlError::kFull);
    };
    store().Write(std::move(breaking));
    store().Write(Adding("c", outcomes.Next(3)));
  }
  const auto answers = outcomes.Wait(3);
  EXPECT_TRUE(answers[0].second.ok()) << answers[0].second;
  EXPECT_EQ(answers[1].second.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(StoreReasonOf(answers[1].second), "DISK_FULL");
  EXPECT_TRUE(answers[2].second.ok()) << answers[2].second;
  EXPECT_EQ(Things(store()), (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(LogReasons(store()), (std::vector<int64_t>{1, 9, 1})) << "its refusal is logged";
}

TEST_P(RefusalTest, ATaskThatWaitedTooLongIsNotRun) {
  Outcomes outcomes;
  {
    Gate gate(store());
    WriteTask late = Adding("late", outcomes.Next(1));
    late.deadline = clock_.Now() + absl::Seconds(1);
    store().Write(std::move(late));
    WriteTask timely = Adding("timely", outcomes.Next(2));
    timely.deadline = clock_.Now() + absl::Seconds(3);
    store().Write(std::move(timely));
    clock_.Advance(absl::Seconds(2));
  }
  const auto answers = outcomes.Wait(2);
  EXPECT_EQ(answers[0].second.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_TRUE(answers[1].second.ok());
  EXPECT_EQ(Things(store()), std::vector<std::string>{"timely"});
  EXPECT_EQ(LogReasons(store()), std::vector<int64_t>{1});
}

TEST_P(RefusalTest, AFullQueueRefusesAtOnce) {
  options_.queue_limit = 3;
  Open();
  Outcomes outcomes;
  Gate gate(store());
  for (int i = 0; i < 5; ++i) store().Write(Adding(absl::StrCat(i), outcomes.Next(i)));
  const auto refused = outcomes.Wait(2);
  for (const auto& [number, status] : refused) {
    EXPECT_GE(number, 3);
    EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
    EXPECT_EQ(StoreReasonOf(status), "QUEUE_FULL");
  }
  gate.Open();
  outcomes.Wait(5);
  EXPECT_EQ(Things(store()), (std::vector<std::string>{"0", "1", "2"}));
}

TEST_P(RefusalTest, AClosureHasABudgetOfStatements) {
  options_.statement_budget = 10;
  Open();
  int64_t statements = 0;
  const absl::Status status = store().WriteAndWait([&](WriteTx& tx) -> absl::Status {
    while (true) {
      absl::Status spent = AddThing(tx, absl::StrCat(tx.statements())).status();
      statements = tx.statements();
      if (!spent.ok()) return spent;
    }
  });
  EXPECT_EQ(storage::SqlErrorOf(status), SqlError::kBudget);
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(statements, 10);
  EXPECT_TRUE(Things(store()).empty());
}

TEST_P(RefusalTest, AClosureThatOnlyLogsMayRefuseButNotWrite) {
  Outcomes outcomes;
  WriteTask logging = Adding("x", outcomes.Next(1));
  logging.log_only = true;
  store().Write(std::move(logging));
  store().Write({.run =
                     [](WriteTx& tx) {
                       tx.Log(LogRow(1, 4));
                       return absl::OkStatus();
                     },
                 .done = outcomes.Next(2),
                 .log_only = true});
  const auto answers = outcomes.Wait(2);
  EXPECT_EQ(answers[0].second.code(), absl::StatusCode::kInternal);
  EXPECT_TRUE(answers[1].second.ok());
  EXPECT_TRUE(Things(store()).empty());
  EXPECT_EQ(LogReasons(store()), (std::vector<int64_t>{9, 4}));
}

TEST_P(RefusalTest, AChangedOrMissingLogRowIsFound) {
  Outcomes outcomes;
  for (int i = 0; i < 6; ++i) store().Write(Adding(absl::StrCat(i), outcomes.Next(i)));
  outcomes.Wait(6);
  auto bad_after = [&](storage::Sql sql) {
    EXPECT_TRUE(store().WriteAndWait([&](WriteTx& tx) { return tx.Run(sql, {}); }).ok());
    int64_t bad = -1;
    EXPECT_TRUE(store()
                    .Read([&](storage::ReadTx& tx) {
                      bad = storage::VerifyChain(tx).value_or(-1);
                      return absl::OkStatus();
                    })
                    .ok());
    return bad;
  };
  EXPECT_EQ(bad_after("UPDATE access_log SET reason = reason WHERE position = 5"), 0);
  EXPECT_EQ(bad_after("UPDATE access_log SET reason = 2 WHERE position = 5"), 5);
  EXPECT_EQ(bad_after("DELETE FROM access_log WHERE position = 3"), 3);
}

TEST_P(RefusalTest, RowsOfAParticipantComeNewestFirst) {
  ASSERT_TRUE(store()
                  .WriteAndWait([](WriteTx& tx) {
                    for (int64_t i = 1; i <= 9; ++i) tx.Log(LogRow(i % 2, i));
                    return absl::OkStatus();
                  })
                  .ok());
  std::vector<int64_t> reasons;
  ASSERT_TRUE(store()
                  .Read([&](storage::ReadTx& tx) {
                    EXPECT_EQ(storage::LastPosition(tx).value_or(-1), 9);
                    return storage::ReadForParticipant(
                        tx, 1, 9, 3, [&](const storage::AccessLogRow& row) {
                          reasons.push_back(row.reason);
                          EXPECT_EQ(row.time_us, absl::ToUnixMicros(clock_.Now()));
                          return absl::OkStatus();
                        });
                  })
                  .ok());
  EXPECT_EQ(reasons, (std::vector<int64_t>{7, 5, 3}));
}

TEST_P(RefusalTest, ClosingRunsWhatWaitsInOrder) {
  Outcomes outcomes;
  {
    auto gate = std::make_unique<Gate>(store());
    for (int i = 0; i < 600; ++i) store().Write(Adding(absl::StrCat(i), outcomes.Next(i)));
    gate->Open();
    store_.reset();
  }
  const auto answers = outcomes.Wait(600);
  for (int i = 0; i < 600; ++i) {
    EXPECT_EQ(answers[i].first, i);
    EXPECT_TRUE(answers[i].second.ok());
  }
}

}  // namespace
}  // namespace navo::contract
