#include "tests/support/server_process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/support/dev_token.h"

namespace navo::support {
namespace {

constexpr std::chrono::minutes kLongest(1);
constexpr std::chrono::milliseconds kBetweenLooks(5);
constexpr std::string_view kListening = "\"event\":\"listening\"";
constexpr std::string_view kPort = "\"port ";

std::vector<std::string> Arguments(const ServerProcessSetup& setup) {
  std::vector<std::string> arguments = {NAVO_BINARY_DIR "/navod",
                                        "--db",
                                        setup.database,
                                        "--seed",
                                        setup.seed,
                                        "--listen",
                                        setup.listen};
  if (!setup.dev_folder.empty()) {
    arguments.insert(arguments.end(), {"--dev", setup.dev_folder});
  }
  arguments.insert(arguments.end(), setup.more.begin(), setup.more.end());
  return arguments;
}

int PortIn(const std::string& output) {
  const size_t at = output.find(kPort);
  return at == std::string::npos ? 0 : std::atoi(output.c_str() + at + kPort.size());
}

}  // namespace

ServerProcess::ServerProcess(Setup setup) : setup_(std::move(setup)) {
  Launch();
  if (WaitForOutput(kListening)) port_ = PortIn(Output());
}

ServerProcess::~ServerProcess() {
  if (process_ > 0) Kill();
}

void ServerProcess::Launch() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) std::abort();
  std::vector<std::string> arguments = Arguments(setup_);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  // Between fork and exec nothing may allocate: other threads may hold locks.
  process_ = fork();
  if (process_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(ends[1], STDOUT_FILENO);
    dup2(ends[1], STDERR_FILENO);
    execv(pointers.front(), pointers.data());
    _exit(127);
  }
  close(ends[1]);
  reader_ = std::thread([this, from = ends[0]] { Read(from); });
}

void ServerProcess::Read(int from) {
  char bytes[4096];
  ssize_t count = 0;
  while ((count = read(from, bytes, sizeof bytes)) > 0) {
    const std::lock_guard lock(mutex_);
    output_.append(bytes, static_cast<size_t>(count));
    came_.notify_all();
  }
  close(from);
  const std::lock_guard lock(mutex_);
  ended_ = true;
  came_.notify_all();
}

std::string ServerProcess::Output() const {
  const std::lock_guard lock(mutex_);
  return output_;
}

bool ServerProcess::WaitForOutput(std::string_view text) {
  std::unique_lock lock(mutex_);
  came_.wait_for(lock, kLongest, [&] {
    if (ended_) return true;
    // The last line may have come in part only.
    const size_t end = output_.rfind('\n');
    return end != std::string::npos && output_.find(text) < end;
  });
  return output_.find(text) != std::string::npos;
}

std::string ServerProcess::address() const { return absl::StrCat("127.0.0.1:", port_); }

std::string ServerProcess::TokenFor(const std::string& key) const {
  return DevToken(setup_.dev_folder, key, absl::Now());
}

client::Client ServerProcess::As(const std::string& key, const std::string& act_id) const {
  return client::Client(PatientOptions(address(), TokenFor(key), act_id));
}

int ServerProcess::Reap() {
  int status = 0;
  EXPECT_EQ(waitpid(process_, &status, 0), process_);
  process_ = -1;
  reader_.join();
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void ServerProcess::Kill() {
  kill(process_, SIGKILL);
  Reap();
}

int ServerProcess::Stop() {
  kill(process_, SIGTERM);
  return Wait();
}

int ServerProcess::Wait() {
  const bool ended = Eventually([this] {
    const std::lock_guard lock(mutex_);
    return ended_;
  });
  if (!ended) {
    ADD_FAILURE() << "the server goes on and on";
    kill(process_, SIGKILL);
  }
  return Reap();
}

bool Eventually(const std::function<bool()>& met) {
  const auto until = std::chrono::steady_clock::now() + kLongest;
  while (!met()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(kBetweenLooks);
  }
  return true;
}

}  // namespace navo::support
