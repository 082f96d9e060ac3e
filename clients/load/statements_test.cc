// What a call asks of the store must not grow with the case nor with the table: every unary method
// of the API, on a small case, on a large one, and beside many others.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "clients/load/acts.h"
#include "clients/load/rpc_costs.h"
#include "clients/load/testing_city.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/temp_folder.h"

namespace navo::load {
namespace {

// Methods whose statements grow, and why they may.
const std::map<std::string, std::string>& MayGrow() {
  static const auto& methods = *new std::map<std::string, std::string>{
      {"ParticipantService.List", "one for every twenty lines of the page"},
      {"ParticipantService.EndTie", "two for each colleague on the case, of whom there are few"},
  };
  return methods;
}

constexpr CaseShape kSmall{.steps_of_side = 4, .follow_ups = 1, .language_rows = 2, .log_rows = 1};
constexpr CaseShape kLarge{
    .steps_of_side = 20, .follow_ups = 120, .language_rows = 120, .log_rows = 400};
// The case that is asked about is its veileder's among ten in a small city, among eighty in a large
// one.
constexpr int kCase = 85;
constexpr int kFew = 90;
constexpr int kMany = 400;
constexpr int kAgeing = 4;  // how often everything in the large case has been changed before

// Every act about the case; the last one ends it. With a colleague on it, if wanted.
std::vector<CallCost> Costs(const TestingCity& city, bool colleague) {
  std::vector<CallCost> all;
  Dice dice(1);
  const std::vector<Act> acts = EveryAct(true);
  for (const Act& act : acts) {
    if (colleague && &act == &acts.back()) {
      EXPECT_TRUE(CostsOfAct(city.trial(), {"colleague", {AddToTeam()}}, kCase, dice).ok());
    }
    const auto costs = CostsOfAct(city.trial(), act, kCase, dice);
    EXPECT_TRUE(costs.ok()) << act.name << ": " << costs.status();
    if (costs.ok()) all.insert(all.end(), costs->begin(), costs->end());
  }
  return all;
}

// Gives everything in the case a history.
void Age(const TestingCity& city) {
  Dice dice(2);
  std::vector<Act> acts = EveryAct(true);
  acts.pop_back();
  for (int i = 0; i < kAgeing; ++i) {
    for (const Act& act : acts) {
      if (act.name == "create") continue;  // that is somebody else's case
      EXPECT_TRUE(CostsOfAct(city.trial(), act, kCase, dice).ok()) << act.name;
    }
  }
}

void ExpectTheSame(const std::vector<CallCost>& small, const std::vector<CallCost>& large,
                   const std::string& what) {
  ASSERT_EQ(small.size(), large.size());
  for (size_t i = 0; i < small.size(); ++i) {
    ASSERT_EQ(small[i].name, large[i].name);
    if (MayGrow().contains(small[i].name)) continue;
    EXPECT_EQ(small[i].statements, large[i].statements)
        << small[i].name << " needs another number of statements in " << what;
  }
}

TEST(StatementsTest, GrowWithNeitherTheCaseNorTheTable) {
  const support::TempFolder folders[3];
  const TestingCity small(folders[0].path(), kFew, kSmall);
  const TestingCity large(folders[1].path(), kFew, kLarge);
  const TestingCity crowd(folders[2].path(), kMany, kSmall);
  ASSERT_TRUE(small.started() && large.started() && crowd.started());
  Age(large);
  const std::vector<CallCost> few = Costs(small, false);
  const std::vector<CallCost> much = Costs(large, true);
  const std::vector<CallCost> many = Costs(crowd, false);
  ExpectTheSame(few, much, "a large case");
  ExpectTheSame(few, many, "a large table");
  // An exception that is none any more is taken off the list.
  for (const auto& [name, why] : MayGrow()) {
    bool grows = false;
    for (size_t i = 0; i < few.size(); ++i) {
      grows = grows || (few[i].name == name && (few[i].statements != much[i].statements ||
                                                few[i].statements != many[i].statements));
    }
    EXPECT_TRUE(grows) << name << " does not grow any more: take it off MayGrow";
  }
}

// The words of a .proto file without its comments.
std::vector<std::string> WordsOf(const std::filesystem::path& proto) {
  std::ifstream file(proto);
  std::vector<std::string> words;
  for (std::string line; std::getline(file, line);) {
    std::istringstream text(line.substr(0, line.find("//")));
    for (std::string word; text >> word;) words.push_back(word);
  }
  return words;
}

// Out of the .proto files themselves, so that none is missed because nothing links it.
std::set<std::string> MethodsOfTheApi() {
  std::set<std::string> methods;
  for (const auto& entry : std::filesystem::directory_iterator(NAVO_SOURCE_DIR "/proto/navo/v1")) {
    const std::vector<std::string> words = WordsOf(entry.path());
    std::string service;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      if (words[i] == "service") service = words[i + 1];
      if (words[i] != "rpc") continue;
      const std::string method = words[i + 1].substr(0, words[i + 1].find('('));
      // A stream has no number of statements; taking in files is measured as I.
      bool streams = false;
      for (++i; i < words.size() && words[i].find_first_of("{;") == std::string::npos; ++i) {
        streams = streams || words[i].ends_with("(stream");
      }
      if (!streams) methods.insert(service + "." + method);
    }
  }
  return methods;
}

// Methods, or whole services, that no load calls, and why. What is not yet in the API may stand
// here too.
const std::map<std::string, std::string>& NotCalled() {
  static const auto& methods = *new std::map<std::string, std::string>{
      {"AccessLogService.SearchAccess", "a few statements for each participant of the page"},
      {"AccessLogService.ListAnomalies", "a few statements for each participant of the list"},
      {"AdminService", "once in a while, of an installation and not of a case"},
      {"FeedService.ListChanges", "pages of one stream, read by a system that has its own place"},
      {"FollowUpService.Amend", "to be called"},
      {"FollowUpService.ListVersions", "to be called"},
      {"FollowUpService.ListExemptions", "to be called"},
      {"ReferralService.Refer", "once or twice in a case"},
      {"ReferralService.Accept", "once or twice in a case"},
      {"ReferralService.Decline", "once or twice in a case"},
      {"ReferralService.Withdraw", "once or twice in a case"},
      {"ReferralService.List", "a few statements for each line of the page"},
      {"EmergencyAccessService.Open", "once in many cases"},
      {"EmergencyAccessService.End", "once in many cases"},
      {"EmergencyAccessService.List", "a few statements for each line of the page"},
      {"ProtectionService", "once in many cases"},
  };
  return methods;
}

TEST(ActsTest, EveryUnaryMethodOfTheApiIsInAnAct) {
  for (const bool on_the_case : {false, true}) {
    std::set<std::string> called;
    for (const Act& act : EveryAct(on_the_case)) {
      for (const RpcPtr& rpc : act.calls) called.insert(rpc->name());
    }
    std::set<std::string> missing = MethodsOfTheApi();
    for (const std::string& name : called) {
      EXPECT_EQ(missing.erase(name), 1u) << name << " is no method of the API";
    }
    std::erase_if(missing, [](const std::string& name) {
      return NotCalled().contains(name) || NotCalled().contains(name.substr(0, name.find('.')));
    });
    EXPECT_THAT(missing, ::testing::IsEmpty())
        << "add what is new to clients/load/rpcs.h and acts.cc";
  }
}

}  // namespace
}  // namespace navo::load
