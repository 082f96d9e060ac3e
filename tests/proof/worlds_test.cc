// An evaluator that shares nothing with the server says of random worlds who may see what; both
// have to agree on everything that every caller gets from every RPC that reads.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>

#include "absl/strings/str_join.h"
#include "tests/proof/walk.h"

namespace navo::proof {
namespace {

constexpr int kWorlds = 30;
constexpr int kActs = 200;
constexpr uint64_t kFirstSeed = 20'261'102;
constexpr std::size_t kFindingsTold = 12;

// How many worlds, or which first, when somebody asks for more than the tests do.
uint64_t Number(const char* variable, uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::string First(std::vector<std::string> findings) {
  if (findings.size() > kFindingsTold) findings.resize(kFindingsTold);
  return absl::StrJoin(findings, "\n");
}

TEST(WorldsTest, ServerAndEvaluatorAgreeOnEverythingShown) {
  const auto start = std::chrono::steady_clock::now();
  const uint64_t worlds = Number("NAVO_PROVE_WORLDS", kWorlds);
  const uint64_t first = Number("NAVO_PROVE_SEED", kFirstSeed);
  Walked all;
  int acts = 0;
  int refused = 0;
  std::map<std::string, std::pair<int, int>> acted;
  for (uint64_t seed = first; seed < first + worlds && !HasFailure(); ++seed) {
    Play play(seed);
    play.Act(kActs / 2);
    Walked walked = Walk(play);  // half way, so that later answers meet what was told before
    play.Act(kActs / 2);
    walked.Add(Walk(play));
    EXPECT_EQ(First(play.findings()), "") << "world " << seed;
    EXPECT_EQ(First(walked.findings), "")
        << walked.findings.size() << " findings in world " << seed
        << "; again with NAVO_PROVE_WORLDS=1 NAVO_PROVE_SEED=" << seed << ". What was done:\n"
        << absl::StrJoin(play.history(), "\n");
    all.Add(walked);
    acts += play.acts();
    refused += play.refused();
    for (const auto& [method, count] : play.counts()) {
      acted[method].first += count.first;
      acted[method].second += count.second;
    }
  }
  for (const auto& [method, count] : acted) {
    if (worlds >= kWorlds) {
      EXPECT_GT(count.first, 0) << method << " was never done";
    }
    std::cout << method << ": " << count.first << " done, " << count.second << " refused\n";
  }
  for (const auto& [method, count] : all.asked) {
    EXPECT_GT(all.shown[method], 0) << method << " never answered anything";
    EXPECT_GT(count, 0);
  }
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start);
  std::cout << worlds << " worlds, " << acts << " acts (" << refused << " refused), " << all.calls
            << " calls of " << all.asked.size() << " methods, " << all.comparisons
            << " comparisons, " << all.findings.size() << " findings, " << seconds.count()
            << " s\n";
}

TEST(WorldsTest, NoRpcThatReadsIsUnknownToTheEvaluator) {
  const std::vector<std::string> modelled = ModelledMethods();
  const std::vector<std::string> searched = SearchedMethods();
  std::set<std::string> unknown;
  for (const std::string& method : ReadMethods()) unknown.insert(method);
  EXPECT_THAT(modelled, testing::IsSubsetOf(unknown));
  for (const std::string& method : modelled) unknown.erase(method);
  for (const std::string& method : searched) unknown.erase(method);
  EXPECT_THAT(unknown, testing::IsEmpty())
      << "new methods that read: say in tests/proof/questions.h what the model expects of them, or "
         "name them in SearchedMethods when no text of a case can be in their answers";
}

}  // namespace
}  // namespace navo::proof
