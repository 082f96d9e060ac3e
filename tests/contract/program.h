#ifndef NAVO_TESTS_CONTRACT_PROGRAM_H_
#define NAVO_TESTS_CONTRACT_PROGRAM_H_

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string>

namespace navo::contract {

// navo_contract_writer on a file, its standard output to be read line by line.
class WriterProgram {
 public:
  WriterProgram(const std::string& file, int threads) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) std::abort();
    const std::string program = std::string(NAVO_BINARY_DIR) + "/navo_contract_writer";
    const std::string count = std::to_string(threads);
    process_ = fork();
    if (process_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      execl(program.c_str(), program.c_str(), file.c_str(), count.c_str(), nullptr);
      _exit(127);
    }
    close(ends[1]);
    output_ = fdopen(ends[0], "r");
  }
  ~WriterProgram() {
    if (process_ > 0) Kill();
    fclose(output_);
  }
  WriterProgram(const WriterProgram&) = delete;
  WriterProgram& operator=(const WriterProgram&) = delete;

  // The next line without its end, "" at the end of the output. A line cut short counts as none.
  std::string Line() {
    char line[256];
    if (fgets(line, sizeof line, output_) == nullptr) return "";
    std::string text = line;
    if (text.empty() || text.back() != '\n') return "";
    text.pop_back();
    return text;
  }

  void Kill() {
    kill(process_, SIGKILL);
    Wait();
  }
  // The exit code, -1 when it was killed.
  int Wait() {
    int status = 0;
    waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t process_ = -1;
  FILE* output_ = nullptr;
};

}  // namespace navo::contract

#endif  // NAVO_TESTS_CONTRACT_PROGRAM_H_
