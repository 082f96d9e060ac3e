#include <set>

#include "tests/contract/contract.h"
#include "tests/contract/program.h"

namespace navo::contract {
namespace {

// A server killed while it writes: what it answered is there, nothing is there by half.
TEST(KillTest, WhatWasAnsweredSurvivesAndNothingIsHalf) {
  constexpr int kRounds = 8;
  Folder folder;
  const std::string file = folder.File("navo.db");
  support::FakeClock clock;
  support::SeededRandom random;
  std::set<std::string> answered;
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE(round);
    {
      WriterProgram writer(file, 4);
      for (int i = 0; i < 40 + 37 * round; ++i) answered.insert(writer.Line());
      writer.Kill();
      for (std::string line = writer.Line(); !line.empty(); line = writer.Line()) {
        answered.insert(line);
      }
    }
    ASSERT_FALSE(answered.contains("")) << "the writer ended by itself";
    auto store = storage::Store::Open(file, Options(clock, random));
    ASSERT_TRUE(store.ok()) << store.status();
    const std::vector<std::string> things = Things(**store);
    const std::set<std::string> there(things.begin(), things.end());
    for (const std::string& name : answered) ASSERT_TRUE(there.contains(name)) << "lost";
    std::set<std::string> numbered;
    for (int stream = 0; stream < storage::kStreams; ++stream) {
      for (std::string& id : RecordIds(**store, stream)) numbered.insert(std::move(id));
    }
    EXPECT_EQ(numbered, there) << "each thing has its journal row and the other way round";
    EXPECT_EQ(LogReasons(**store).size(), there.size());
  }
}

}  // namespace
}  // namespace navo::contract
