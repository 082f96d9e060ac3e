#include "clients/load/instruction_check.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <sstream>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/load/loads.h"
#include "clients/load/make.h"
#include "clients/load/trial.h"
#include "storage/status_macros.h"

extern char** environ;

namespace navo::load {
namespace {

constexpr int kParticipants = 500;
constexpr uint64_t kSeed = 1;
// Enough that what is done once per token, connection and statement is over.
constexpr int kWarmUp = 120;
constexpr char kTotals[] = "totals: ";

absl::Status Run(const std::vector<std::string>& arguments) {
  std::vector<char*> words;
  words.reserve(arguments.size() + 1);
  for (const std::string& argument : arguments)
    words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  pid_t pid = 0;
  int state = 0;
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  for (const int output : {STDOUT_FILENO, STDERR_FILENO}) {
    posix_spawn_file_actions_addopen(&quiet, output, "/dev/null", O_WRONLY, 0);
  }
  const int error = posix_spawn(&pid, words[0], &quiet, nullptr, words.data(), environ);
  posix_spawn_file_actions_destroy(&quiet);
  if (error != 0 || waitpid(pid, &state, 0) != pid || state != 0) {
    return absl::InternalError(absl::StrCat("this failed: ", arguments[0]));
  }
  return absl::OkStatus();
}

// A server under callgrind.
class Callgrind {
 public:
  explicit Callgrind(const InstructionOptions& options) : options_(options) {}

  absl::Status Start() {
    MakeOptions make;
    make.participants = kParticipants;
    make.seed = kSeed;
    make.database = options_.folder + "/navo.db";
    make.dev = options_.folder + "/dev";
    make.navod = options_.navod;
    NAVO_RETURN_IF_ERROR(Make(make).status());
    TrialOptions trial{options_.navod, make.database, make.dev, kParticipants, kSeed, {}, {}};
    trial.wrapper = {options_.valgrind, "--tool=callgrind", "--quiet",
                     "--callgrind-out-file=" + Out()};
    NAVO_ASSIGN_OR_RETURN(trial_, Trial::Start(trial));
    return absl::OkStatus();
  }

  // Instructions of the server for `calls` calls of the load.
  absl::StatusOr<double> Count(Load& load, int calls) {
    NAVO_RETURN_IF_ERROR(Send(load, kWarmUp));
    NAVO_RETURN_IF_ERROR(Dump().status());
    NAVO_RETURN_IF_ERROR(Send(load, calls));
    return Dump();
  }

  const City& city() const { return trial_->city(); }
  absl::Status Stop() { return trial_->server().Stop(); }

 private:
  std::string Out() const { return options_.folder + "/callgrind.out"; }

  static absl::Status Send(Load& load, int calls) {
    for (int i = 0; i < calls; ++i) {
      std::promise<std::string> done;
      load.Start(0, [&](std::string wrong) { done.set_value(std::move(wrong)); });
      const std::string wrong = done.get_future().get();
      if (!wrong.empty()) return absl::InternalError(wrong);
    }
    return absl::OkStatus();
  }

  // What was counted since the last dump.
  absl::StatusOr<double> Dump() {
    NAVO_RETURN_IF_ERROR(
        Run({options_.callgrind_control, "--dump", std::to_string(trial_->server().pid())}));
    std::ifstream file(absl::StrCat(Out(), ".", ++dumps_));
    for (std::string line; std::getline(file, line);) {
      if (line.rfind(kTotals, 0) == 0) return std::stod(line.substr(sizeof(kTotals) - 1));
    }
    return absl::InternalError("callgrind did not write what it counted");
  }

  const InstructionOptions& options_;
  std::unique_ptr<Trial> trial_;
  int dumps_ = 0;
};

}  // namespace

absl::StatusOr<InstructionCounts> CountInstructions(const InstructionOptions& options) {
  std::error_code error;
  std::filesystem::remove_all(options.folder, error);
  std::filesystem::create_directories(options.folder, error);
  Callgrind server(options);
  NAVO_RETURN_IF_ERROR(server.Start());
  InstructionCounts counts;
  const auto read = MakeSingleLoad(server.city(), GetPlan(), kSeed);
  const auto write = MakeSingleLoad(server.city(), RecordFollowUp(), kSeed);
  for (const auto& [name, load] : {std::pair{"R", read.get()}, {"W", write.get()}}) {
    NAVO_ASSIGN_OR_RETURN(const double counted, server.Count(*load, options.calls));
    counts[name] = static_cast<int64_t>(counted / options.calls);
  }
  NAVO_RETURN_IF_ERROR(server.Stop());
  return counts;
}

absl::StatusOr<InstructionCounts> ReadExpected(const std::string& path) {
  std::ifstream file(path);
  if (!file) return absl::NotFoundError("there is no " + path);
  InstructionCounts counts;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line.substr(0, line.find('#')));
    std::string name;
    std::string rest;
    int64_t count = 0;
    if (!(words >> name)) continue;
    if (!(words >> count) || count <= 0 || words >> rest) {
      return absl::InvalidArgumentError(absl::StrCat(path, ": not a load and its number: ", line));
    }
    counts[name] = count;
  }
  return counts;
}

absl::Status WriteExpected(const std::string& path, const InstructionCounts& counts,
                           const std::string& remark) {
  std::ofstream file(path);
  file << "# Instructions of the server a call, counted by callgrind (docs/performance.md).\n"
       << "# Written by `./dev instructions --update` with " << remark << "\n";
  for (const auto& [name, count] : counts) file << name << " " << count << "\n";
  file.close();
  return file ? absl::OkStatus() : absl::UnavailableError("cannot write " + path);
}

Comparison Compare(const InstructionCounts& expected, const InstructionCounts& seen) {
  Comparison comparison;
  for (const auto& [name, count] : seen) {
    const auto it = expected.find(name);
    if (it == expected.end()) {
      absl::StrAppend(&comparison.text, name, ": ", count, " instructions, nothing expected\n");
      comparison.status = absl::FailedPreconditionError("something is expected of every load");
      continue;
    }
    const int64_t more = count - it->second;
    const int64_t most = it->second * kMostMorePercent;
    const bool too_many = more * 100 > most;
    const char* verdict = too_many             ? "  TOO MANY"
                          : more * 100 < -most ? "  fewer: run ./dev instructions --update"
                                               : "";
    absl::StrAppend(
        &comparison.text,
        absl::StrFormat("%s: %d instructions, %d expected, %+.1f %%%s\n", name, count, it->second,
                        100.0 * static_cast<double>(more) / static_cast<double>(it->second),
                        verdict));
    if (too_many) {
      comparison.status = absl::FailedPreconditionError(
          "over 5 % more instructions than expected: find out why, or say with "
          "./dev instructions --update that they are worth it");
    }
  }
  return comparison;
}

}  // namespace navo::load
