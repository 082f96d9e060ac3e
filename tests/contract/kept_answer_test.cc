#include "absl/strings/str_cat.h"
#include "storage/requests.h"
#include "tests/contract/contract.h"

namespace navo::contract {
namespace {

using storage::FindAnswer;
using storage::KeptAnswer;
using storage::StoreAnswer;
using storage::WriteTx;

constexpr char kRequest[] = "5f0c9a52-7a0e-4a53-8a35-0c1f3a5f1d11";

class KeptAnswerTest : public ContractTest {
 protected:
  absl::Status Keep(int64_t principal, const std::string& answer, const char* request = kRequest) {
    return store().WriteAndWait([&](WriteTx& tx) {
      return StoreAnswer(tx, principal, request,
                         {.rpc = 12, .body_hash = std::string(32, 'h'), .answer = answer});
    });
  }
  std::optional<KeptAnswer> Find(int64_t principal, const char* request = kRequest) {
    std::optional<KeptAnswer> kept;
    const absl::Status status = store().Read([&](storage::ReadTx& tx) -> absl::Status {
      auto found = FindAnswer(tx, principal, request, tx.now());
      if (found.ok()) kept = *found;
      return found.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return kept;
  }
};
INSTANTIATE_TEST_SUITE_P(Engine, KeptAnswerTest, Engines(), EngineName);

TEST_P(KeptAnswerTest, AnAnswerIsFoundByItsPrincipalOnly) {
  const std::string answer("answer\0with a zero", 18);
  ASSERT_TRUE(Keep(1, answer).ok());
  const std::optional<KeptAnswer> kept = Find(1);
  ASSERT_TRUE(kept.has_value());
  EXPECT_EQ(kept->rpc, 12);
  EXPECT_EQ(kept->body_hash, std::string(32, 'h'));
  EXPECT_EQ(kept->answer, answer);
  EXPECT_FALSE(Find(2).has_value());
  EXPECT_FALSE(Find(1, "11111111-7a0e-4a53-8a35-0c1f3a5f1d11").has_value());
}

TEST_P(KeptAnswerTest, ASecondAnswerIsRefusedAndTheFirstStands) {
  ASSERT_TRUE(Keep(1, "first").ok());
  EXPECT_EQ(storage::SqlErrorOf(Keep(1, "second")), storage::SqlError::kUniqueViolation);
  EXPECT_EQ(Find(1)->answer, "first");
  EXPECT_TRUE(Keep(2, "of another").ok());
}

TEST_P(KeptAnswerTest, AnAnswerExpires) {
  ASSERT_TRUE(Keep(1, "first").ok());
  clock_.Advance(storage::kAnswerLifetime - absl::Microseconds(1));
  EXPECT_TRUE(Find(1).has_value());
  clock_.Advance(absl::Microseconds(1));
  EXPECT_FALSE(Find(1).has_value());
  ASSERT_TRUE(Keep(1, "second").ok());
  EXPECT_EQ(Find(1)->answer, "second");
}

TEST_P(KeptAnswerTest, ExpiredAnswersArePurgedAFewAtATime) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(Keep(i, "old").ok());
  clock_.Advance(storage::kAnswerLifetime);
  ASSERT_TRUE(Keep(9, "new").ok());
  std::vector<int64_t> purged;
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(store()
                    .WriteAndWait([&](WriteTx& tx) -> absl::Status {
                      auto count = storage::PurgeExpired(tx, 3);
                      purged.push_back(count.value_or(-1));
                      return count.status();
                    })
                    .ok());
  }
  EXPECT_EQ(purged, (std::vector<int64_t>{3, 2, 0}));
  EXPECT_TRUE(Find(9).has_value());
}

}  // namespace
}  // namespace navo::contract
