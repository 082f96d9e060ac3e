#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

// Runs the commands of README.md as a newcomer would: every block marked sh, in one shell, in
// order, in a folder that looks like the checkout.
namespace navo {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Every command of the sh blocks; each is announced in the output by a line "== command".
std::string ScriptOf(const std::string& readme) {
  std::string script = "set -eu\n";
  std::string_view rest = readme;
  constexpr std::string_view kOpen = "```sh\n";
  for (size_t at = rest.find(kOpen); at != std::string_view::npos; at = rest.find(kOpen)) {
    rest.remove_prefix(at + kOpen.size());
    const size_t end = rest.find("```");
    std::string_view block = rest.substr(0, end);
    while (!block.empty()) {
      const size_t line_end = block.find('\n');
      const std::string line(block.substr(0, line_end));
      script += "cat <<'LINE'\n== " + line + "\nLINE\n" + line + "\n";
      block.remove_prefix(line_end + 1);
    }
    rest.remove_prefix(end);
  }
  return script;
}

struct Outcome {
  int exit_code = -1;
  std::string output;
};

Outcome RunScript(const std::string& folder, const std::string& address,
                  const std::string& script) {
  std::ofstream(folder + "/script.sh") << script;
  const std::string command = "cd '" + folder + "' && NAVO_SERVER=" + address +
                              " COLUMNS=100 bash script.sh > output.txt 2>&1";
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, ReadFile(folder + "/output.txt")};
}

// What the last of the commands that start so printed.
std::string LastOutputOf(const std::string& output, const std::string& command) {
  const size_t start = output.rfind("== " + command);
  if (start == std::string::npos) return {};
  return output.substr(start, output.find("\n== ", start) - start);
}

class ReadmeTest : public ::testing::Test {
 protected:
  ReadmeTest() {
    std::filesystem::create_directories(folder_.File("build/release"));
    std::filesystem::create_directory_symlink(NAVO_BINARY_DIR, folder_.File("build/release/bin"));
    std::filesystem::create_directory_symlink(NAVO_SOURCE_DIR "/docs", folder_.File("docs"));
  }

  support::TempFolder folder_;
};

TEST_F(ReadmeTest, TheFirstTenMinutesWork) {
  support::ServerProcess server(
      {.database = folder_.File("navo.db"), .dev_folder = folder_.File(".navo")});
  ASSERT_TRUE(server.listening()) << server.Output();
  const Outcome outcome =
      RunScript(folder_.path(), server.address(), ScriptOf(ReadFile(NAVO_SOURCE_DIR "/README.md")));
  ASSERT_EQ(outcome.exit_code, 0) << outcome.output;

  // Shared while the consent lasts, also the agreement, but not the note.
  const std::string teacher = LastOutputOf(outcome.output, "navo --as tor case show");
  EXPECT_THAT(teacher, HasSubstr("Work as a nurse"));
  EXPECT_THAT(teacher, HasSubstr("Søker på kurs"));
  EXPECT_THAT(teacher, Not(HasSubstr("evening shifts")));
  // The last look comes after the withdrawal: the own side alone.
  const std::string veileder = LastOutputOf(outcome.output, "navo --as kari plan show");
  EXPECT_THAT(veileder, HasSubstr("Work as a nurse"));
  EXPECT_THAT(veileder, Not(HasSubstr("Norsk B1")));
  EXPECT_THAT(veileder, HasSubstr("sharing not open with VO"));
  EXPECT_THAT(LastOutputOf(outcome.output, "navo --as amina log list"),
              HasSubstr("Oslo VO Rosenhof"));
}

TEST_F(ReadmeTest, AFailingCommandIsNoticed) {
  const Outcome outcome =
      RunScript(folder_.path(), "127.0.0.1:1", ScriptOf("```sh\ntrue\nfalse\ntrue\n```\n"));
  EXPECT_NE(outcome.exit_code, 0);
  EXPECT_THAT(outcome.output, HasSubstr("== false"));
}

}  // namespace
}  // namespace navo
