#include "services/door/miss_limit.h"

#include <gtest/gtest.h>

namespace navo::door {
namespace {

constexpr int64_t kKari = 1;
constexpr int64_t kTor = 2;

TEST(MissLimitTest, WaitsUntilTheOldestMissIsForgotten) {
  MissLimit limit;
  const absl::Time start = absl::FromUnixSeconds(1'793'606'400);
  for (size_t i = 0; i < MissLimit::kMisses; ++i) {
    EXPECT_EQ(limit.Wait(kKari, start + absl::Seconds(i)), absl::ZeroDuration()) << i;
    limit.Count(kKari, start + absl::Seconds(i));
  }
  const absl::Time after = start + absl::Minutes(1);
  EXPECT_EQ(limit.Wait(kKari, after), MissLimit::kWindow - absl::Minutes(1));
  EXPECT_EQ(limit.Wait(kTor, after), absl::ZeroDuration());
  EXPECT_EQ(limit.Wait(kKari, start + MissLimit::kWindow), absl::ZeroDuration());
}

}  // namespace
}  // namespace navo::door
