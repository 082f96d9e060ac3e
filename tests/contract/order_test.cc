#include <random>
#include <thread>

#include "absl/strings/str_cat.h"
#include "tests/contract/contract.h"

namespace navo::contract {
namespace {

using storage::kStreams;
using storage::StreamOf;
using storage::WriteTx;

class OrderTest : public ContractTest {};
INSTANTIATE_TEST_SUITE_P(Engine, OrderTest, Engines(), EngineName);

struct Accepted {
  std::mutex mutex;
  std::vector<std::vector<std::string>> ids{kStreams};  // per stream, in the order of the answers
  size_t things = 0;
};

// Writes `count` changes, of which about a quarter fails after having written everything.
void WriteMany(storage::Store& store, int thread, int count, Accepted& accepted) {
  std::mt19937 random(static_cast<unsigned>(thread));
  for (int i = 0; i < count; ++i) {
    const bool fails = random() % 4 == 0;
    std::vector<std::pair<int64_t, std::string>> entries;
    for (unsigned e = 0; e <= random() % 3; ++e) {
      entries.emplace_back(random() % 40, absl::StrCat(thread, "/", i, "/", e));
    }
    std::promise<void> answered;
    store.Write({.run = [=](WriteTx& tx) -> absl::Status {
                   if (auto key = AddThing(tx, absl::StrCat(thread, "/", i)); !key.ok()) {
                     return key.status();
                   }
                   for (const auto& [participant, id] : entries) tx.Journal(Entry(participant, id));
                   tx.Log(LogRow(1, fails ? -1 : 1));
                   return fails ? absl::AbortedError("on purpose") : absl::OkStatus();
                 },
                 .after_rollback = [](WriteTx& tx, const absl::Status&) { tx.Log(LogRow(1, 2)); },
                 .done =
                     [&, entries, fails](absl::Status status) {
                       EXPECT_EQ(status.ok(), !fails) << status;
                       if (status.ok()) {
                         std::lock_guard<std::mutex> lock(accepted.mutex);
                         ++accepted.things;
                         for (const auto& [participant, id] : entries) {
                           accepted.ids[StreamOf(participant)].push_back(id);
                         }
                       }
                       answered.set_value();
                     }});
    answered.get_future().wait();
  }
}

TEST_P(OrderTest, NumbersHaveNoGapsAndFollowTheCommits) {
  constexpr int kThreads = 8;
  constexpr int kEach = 60;
  Accepted accepted;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] { WriteMany(store(), thread, kEach, accepted); });
  }
  for (std::thread& thread : threads) thread.join();
  for (int stream = 0; stream < kStreams; ++stream) {
    EXPECT_EQ(RecordIds(store(), stream), accepted.ids[stream]);
  }
  EXPECT_EQ(Things(store()).size(), accepted.things);
  const std::vector<int64_t> reasons = LogReasons(store());
  EXPECT_EQ(reasons.size(), size_t{kThreads * kEach}) << "one row for each, accepted or refused";
  EXPECT_EQ(std::count(reasons.begin(), reasons.end(), 1), static_cast<long>(accepted.things));
  EXPECT_EQ(std::count(reasons.begin(), reasons.end(), -1), 0) << "rows of a closure rolled back";
}

TEST_P(OrderTest, EntriesOfOneClosureAreNumberedInTheirOrder) {
  int64_t announced = 0;
  ASSERT_TRUE(store()
                  .WriteAndWait([&](WriteTx& tx) -> absl::Status {
                    tx.Journal(Entry(3, "a"));
                    tx.Journal(Entry(19, "b"));
                    tx.Journal(Entry(4, "c"));
                    tx.Journal(Entry(3, "d"));
                    announced = storage::StreamHeadAfter(tx, 3).value_or(-1);
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_EQ(RecordIds(store(), 3), (std::vector<std::string>{"a", "b", "d"}));
  EXPECT_EQ(RecordIds(store(), 4), std::vector<std::string>{"c"});
  EXPECT_EQ(announced, 3);
}

TEST_P(OrderTest, HistoryIsOfTheParticipantAndTheSubjectsAskedFor) {
  ASSERT_TRUE(store()
                  .WriteAndWait([&](WriteTx& tx) {
                    for (const auto& [subject, id] :
                         {std::pair{storage::JournalSubject::kPlan, "plan"},
                          {storage::JournalSubject::kSection, "section"},
                          {storage::JournalSubject::kDirectory, "unit"}}) {
                      storage::JournalEntry entry = Entry(5, id);
                      entry.subject = subject;
                      entry.record_key = 70;
                      tx.Journal(entry);
                      entry.participant_key = 21;  // the same stream
                      tx.Journal(entry);
                    }
                    return absl::OkStatus();
                  })
                  .ok());
  std::vector<std::string> ids;
  auto keep = [&](const storage::JournalRow& row) {
    EXPECT_EQ(row.participant_key, 5);
    EXPECT_EQ(row.body, "body");
    ids.emplace_back(row.record_id);
    return absl::OkStatus();
  };
  ASSERT_TRUE(store()
                  .Read([&](storage::ReadTx& tx) -> absl::Status {
                    const storage::JournalSubject subjects[] = {storage::JournalSubject::kDirectory,
                                                                storage::JournalSubject::kPlan};
                    auto status = storage::ReadHistory(tx, 5, subjects, keep);
                    if (!status.ok()) return status;
                    return storage::ReadRecordHistory(tx, 5, storage::JournalSubject::kSection, 70,
                                                      keep);
                  })
                  .ok());
  EXPECT_EQ(ids, (std::vector<std::string>{"plan", "unit", "section"}));
}

TEST_P(OrderTest, CommitsAreAnnouncedWithTheirStreams) {
  std::promise<storage::StreamSet> told;
  store().OnCommit([&](const storage::StreamSet& touched) { told.set_value(touched); });
  // Neither of these touches a stream, so neither may be announced.
  ASSERT_TRUE(store().WriteAndWait([](WriteTx& tx) { return AddThing(tx, "x").status(); }).ok());
  ASSERT_FALSE(store()
                   .WriteAndWait([](WriteTx& tx) {
                     tx.Journal(Entry(2, "no"));
                     return absl::AbortedError("on purpose");
                   })
                   .ok());
  ASSERT_TRUE(store()
                  .WriteAndWait([](WriteTx& tx) {
                    tx.Journal(Entry(17, "yes"));
                    tx.Journal(Entry(0, "administration"));
                    return absl::OkStatus();
                  })
                  .ok());
  storage::StreamSet expected;
  expected.set(1);
  expected.set(storage::kAdministrationStream);
  EXPECT_EQ(told.get_future().get(), expected);
}

}  // namespace
}  // namespace navo::contract
