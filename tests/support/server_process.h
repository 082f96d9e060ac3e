#ifndef NAVO_TESTS_SUPPORT_SERVER_PROCESS_H_
#define NAVO_TESTS_SUPPORT_SERVER_PROCESS_H_

#include <sys/types.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "clients/cpp/client.h"

namespace navo::support {

struct ServerProcessSetup {
  std::string database;
  std::string dev_folder;  // empty: without --dev
  std::string seed = NAVO_SOURCE_DIR "/docs/examples/seed.json";
  std::string listen = "127.0.0.1:0";
  std::vector<std::string> more;  // further options of navod
};

// The real navod as a child process, on files that outlive it. It is killed with the object, and by
// the system should the test die first. One thread; Output from any.
class ServerProcess {
 public:
  using Setup = ServerProcessSetup;

  // Returns when the server listens or has ended, whichever comes first.
  explicit ServerProcess(Setup setup);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  bool listening() const { return port_ > 0; }
  int port() const { return port_; }
  std::string address() const;
  pid_t pid() const { return process_; }

  // Signed in as a person of the seed file; see PatientOptions.
  client::Client As(const std::string& key, const std::string& act_id = "") const;
  std::string TokenFor(const std::string& key) const;

  // SIGKILL; returns when the process is gone.
  void Kill();
  // SIGTERM; the exit code.
  int Stop();
  // The exit code of a server that ends by itself; -1 when a signal ended it.
  int Wait();

  // Everything it has written to standard output and standard error so far; all of it once it
  // ended.
  std::string Output() const;
  // Waits until that contains `text`. False when the server ended, or a minute passed, without.
  bool WaitForOutput(std::string_view text);

 private:
  void Launch();
  void Read(int from);
  int Reap();

  const Setup setup_;
  pid_t process_ = -1;
  int port_ = 0;
  std::thread reader_;
  mutable std::mutex mutex_;
  std::condition_variable came_;
  std::string output_;
  bool ended_ = false;  // nothing more will be written
};

// Asks again and again until `met`, for at most a minute; whether it was met.
bool Eventually(const std::function<bool()>& met);

}  // namespace navo::support

#endif  // NAVO_TESTS_SUPPORT_SERVER_PROCESS_H_
