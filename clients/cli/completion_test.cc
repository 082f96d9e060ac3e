#include "clients/cli/completion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>

#include "clients/cli/testing_app.h"

namespace navo::cli {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class CompletionTest : public AppTest {
 protected:
  std::vector<std::string> Complete(std::vector<std::string> words) {
    words.insert(words.begin(), {"complete", "--"});
    EXPECT_EQ(Run(words), 0) << error_;
    std::vector<std::string> lines;
    std::istringstream out(out_);
    for (std::string line; std::getline(out, line);) lines.push_back(line);
    return lines;
  }
};

TEST_F(CompletionTest, OffersNounsVerbsAndOptionsByWhatIsTyped) {
  EXPECT_THAT(Complete({"pl"}), ElementsAre("plan"));
  EXPECT_THAT(Complete({""}), Contains("kartlegging"));
  EXPECT_THAT(Complete({"plan", "up"}), ElementsAre("update-goals", "update-step"));
  EXPECT_THAT(Complete({"plan", "add-step", "--ti"}), ElementsAre("--timeout", "--title"));
}

TEST_F(CompletionTest, OffersTheValuesOfClosedListsAlone) {
  EXPECT_THAT(Complete({"follow-up", "record", "p1", "--type", "sam"}), ElementsAre("samtale"));
  EXPECT_THAT(Complete({"plan", "change-status", "p1", "5a0c", "ful"}), ElementsAre("fullfoert"));
  EXPECT_THAT(Complete({"plan", "change-status", ""}), IsEmpty());  // an id
  EXPECT_THAT(Complete({"plan", "add-step", "p1", "--title", ""}), IsEmpty());
  EXPECT_THAT(Complete({"import", "vo-el"}), ElementsAre("vo-elever"));
}

TEST_F(CompletionTest, AnOptionsValueIsNoPositional) {
  EXPECT_THAT(Complete({"--server", "plan", "part"}), ElementsAre("participant"));
  EXPECT_THAT(Complete({"--server=plan", "--json", "part"}), ElementsAre("participant"));
}

TEST_F(CompletionTest, OffersTheProfilesThereAre) {
  environment_["NAVO_CONFIG"] = testing::TempDir() + "completion-profiles.json";
  WriteFileAt(environment_["NAVO_CONFIG"], R"({"profiles": {"home": {}, "work": {}}})");
  EXPECT_THAT(Complete({"--profile", ""}), ElementsAre("home", "work"));
  EXPECT_THAT(Complete({"profile", "use", "w"}), ElementsAre("work"));
}

TEST_F(CompletionTest, AnUnknownShellIsRefused) {
  EXPECT_EQ(Run({"completion", "tcsh"}), kExitBadInput);
  EXPECT_THAT(error_, HasSubstr("bash, zsh, fish"));
}

// What bash does when the Tab key is pressed after `words`.
std::string Tab(const std::string& words) {
  const std::string script =
      "PATH=" NAVO_BINARIES ":$PATH; source <(navo completion bash); COMP_WORDS=(navo " + words +
      "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _navo; "
      "echo \"${COMPREPLY[*]}\"";
  std::FILE* pipe = popen(("bash -c '" + script + "'").c_str(), "r");
  std::array<char, 256> buffer = {};
  const size_t count = fread(buffer.data(), 1, buffer.size() - 1, pipe);
  EXPECT_EQ(pclose(pipe), 0);
  return {buffer.data(), count};
}

TEST(CompletionScriptTest, BashCompletesWithTheRealProgram) {
  EXPECT_EQ(Tab("plan change-status p1 s1 plan"), "planlagt\n");
  EXPECT_EQ(Tab("kart"), "kartlegging\n");
  EXPECT_EQ(Tab("plan \"\"").substr(0, 8), "add-step");
}

}  // namespace
}  // namespace navo::cli
