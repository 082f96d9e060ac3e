#include "clients/cli/terminal.h"

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>

#include "absl/time/clock.h"

namespace navo::cli {
namespace {

std::string Environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? "" : value;
}

int Columns(bool interactive) {
  const int wanted = std::atoi(Environment("COLUMNS").c_str());
  if (wanted >= 40 && wanted <= 1000) return wanted;
  winsize size = {};
  if (interactive && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) {
    return size.ws_col;
  }
  return 100;
}

volatile std::sig_atomic_t interrupted = 0;

// Echo is off as long as one of these lives, also when the person presses Ctrl-C: the interrupt
// ends the reading first, and reaches the process when the terminal is as it was.
class SilentTerminal {
 public:
  SilentTerminal() {
    interrupted = 0;
    struct sigaction handler = {};
    handler.sa_handler = [](int) { interrupted = 1; };
    sigaction(SIGINT, &handler, &handler_before_);
    silent_ = tcgetattr(STDIN_FILENO, &before_) == 0;
    termios without_echo = before_;
    without_echo.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    silent_ = silent_ && tcsetattr(STDIN_FILENO, TCSAFLUSH, &without_echo) == 0;
  }
  ~SilentTerminal() {
    if (silent_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    sigaction(SIGINT, &handler_before_, nullptr);
    if (interrupted != 0) raise(SIGINT);
  }
  SilentTerminal(const SilentTerminal&) = delete;
  SilentTerminal& operator=(const SilentTerminal&) = delete;

  bool silent() const { return silent_; }

 private:
  termios before_ = {};
  struct sigaction handler_before_ = {};
  bool silent_ = false;
};

absl::StatusOr<std::string> AskWithoutEcho(const std::string& prompt) {
  const SilentTerminal terminal;
  if (!terminal.silent()) {
    return absl::InternalError("the terminal cannot be asked without showing what is typed");
  }
  std::cerr << prompt << std::flush;
  std::string line;
  char letter = 0;
  while (interrupted == 0 && read(STDIN_FILENO, &letter, 1) == 1 && letter != '\n') line += letter;
  std::cerr << std::endl;
  return line;
}

}  // namespace

Terminal SystemTerminal() {
  Terminal terminal;
  terminal.in = &std::cin;
  terminal.out = &std::cout;
  terminal.error = &std::cerr;
  terminal.interactive = isatty(STDOUT_FILENO) == 1;
  terminal.columns = Columns(terminal.interactive);
  terminal.colour =
      terminal.interactive && Environment("NO_COLOR").empty() && Environment("TERM") != "dumb";
  terminal.now = [] { return absl::Now(); };
  terminal.pause = [](absl::Duration time) {
    absl::SleepFor(time);
    return true;
  };
  terminal.environment = Environment;
  if (isatty(STDIN_FILENO) == 1) terminal.ask_secret = AskWithoutEcho;
  return terminal;
}

}  // namespace navo::cli
