#include "clients/load/server_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

extern char** environ;

namespace navo::load {
namespace {

constexpr absl::Duration kLongestStart = absl::Minutes(1);
constexpr absl::Duration kLongestStop = absl::Seconds(30);
constexpr char kPortMark[] = "\"port ";

// Keeps the pipe empty, so that the server never waits for us to read.
void Drain(int output) {
  std::array<char, 4096> bytes;
  while (read(output, bytes.data(), bytes.size()) > 0) {
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<ServerProcess>> ServerProcess::Start(
    const std::vector<std::string>& arguments) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return absl::InternalError("no pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  std::vector<char*> words;
  words.reserve(arguments.size() + 1);
  for (const std::string& argument : arguments)
    words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  pid_t pid = 0;
  const int error = posix_spawn(&pid, words[0], &actions, nullptr, words.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (error != 0) {
    close(ends[0]);
    return absl::InternalError(absl::StrCat("cannot start ", arguments[0]));
  }
  std::unique_ptr<ServerProcess> server(new ServerProcess(pid, ends[0]));
  if (absl::Status status = server->WaitForPort(); !status.ok()) return status;
  fcntl(server->output_, F_SETFL, O_NONBLOCK);
  return server;
}

absl::Status ServerProcess::WaitForPort() {
  std::string said;
  std::array<char, 4096> bytes;
  const absl::Time latest = absl::Now() + kLongestStart;
  while (absl::Now() < latest) {
    pollfd waiting{output_, POLLIN, 0};
    if (poll(&waiting, 1, 1'000) <= 0) continue;
    const ssize_t size = read(output_, bytes.data(), bytes.size());
    if (size <= 0) break;
    said.append(bytes.data(), static_cast<size_t>(size));
    const size_t mark = said.find(kPortMark);
    const size_t end = mark == std::string::npos ? mark : said.find('"', mark + 1);
    if (end == std::string::npos) continue;
    const size_t begin = mark + sizeof(kPortMark) - 1;
    address_ = absl::StrCat("127.0.0.1:", said.substr(begin, end - begin));
    return absl::OkStatus();
  }
  return absl::UnavailableError(absl::StrCat("the server did not start: ", said));
}

ServerProcess::~ServerProcess() {
  Stop().IgnoreError();
  close(output_);
}

absl::Status ServerProcess::Stop() {
  if (pid_ == 0) return absl::OkStatus();
  kill(pid_, SIGTERM);
  const absl::Time latest = absl::Now() + kLongestStop;
  int state = 0;
  while (waitpid(pid_, &state, WNOHANG) == 0) {
    Drain(output_);
    if (absl::Now() > latest) kill(pid_, SIGKILL);
    absl::SleepFor(absl::Milliseconds(5));
  }
  pid_ = 0;
  if (WIFEXITED(state) && WEXITSTATUS(state) == 0) return absl::OkStatus();
  return absl::UnavailableError("the server did not stop in order");
}

double ServerProcess::CpuSeconds() const {
  clockid_t clock = 0;
  timespec used{};
  if (clock_getcpuclockid(pid_, &clock) != 0 || clock_gettime(clock, &used) != 0) return 0;
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

ServerProcess::Memory ServerProcess::ReadMemory() const {
  Drain(output_);
  Memory memory;
  std::ifstream file(absl::StrCat("/proc/", pid_, "/status"));
  for (std::string name; file >> name;) {
    double kib = 0;
    if (name == "VmRSS:" && file >> kib) memory.resident_mb = kib / 1024;
    if (name == "RssAnon:" && file >> kib) memory.anonymous_mb = kib / 1024;
  }
  return memory;
}

}  // namespace navo::load
