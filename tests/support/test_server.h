#ifndef NAVO_TESTS_SUPPORT_TEST_SERVER_H_
#define NAVO_TESTS_SUPPORT_TEST_SERVER_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "clients/cpp/client.h"
#include "services/server/server.h"
#include "storage/clock.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_folder.h"

namespace navo::support {

// A whole server on a real port with a real file, the people of docs/examples/seed.json, and a
// clock the test decides. kari and sara and frida are veiledere at NAV Grorud (statlig), mona at
// the kommunal line, per at NAV Stovner, tor teaches at VO Rosenhof, eva at VO Helsfyr.
class TestServer {
 public:
  struct Setup {
    bool bench = false;  // tells in the trailer navo-statements what a call took
    std::string seed = NAVO_SOURCE_DIR "/docs/examples/seed.json";
    int64_t disk_reserve_bytes = 0;
    int retain_log_months = 0;
    bool name_staff = false;
    int64_t checkpoint_rows = 10'000;
    std::string issuers;  // issuers.json, believed besides the local issuer
    absl::Time now = FakeClock().Now();
  };

  TestServer() : TestServer(Setup()) {}
  explicit TestServer(const Setup& setup);

  FakeClock& clock() { return clock_; }
  std::string address() const;
  const std::string& folder() const { return folder_.path(); }
  std::string database() const { return folder_.File("navo.db"); }

  // Signed in with a token that lives a year from the clock's now. No retries: a test sees every
  // answer.
  client::Client As(const std::string& key) const;
  client::Client WithToken(const std::string& token) const;
  std::string TokenFor(const std::string& key) const;

  // Stops the server and starts it on the same files.
  void Restart();
  // Stops it, so that the test can look at the files.
  void Stop() { server_.reset(); }

 private:
  void Start();

  Setup setup_;
  TempFolder folder_;
  FakeClock clock_;
  storage::SystemRandom random_;
  std::unique_ptr<services::Server> server_;
};

// The identity number of a person of docs/examples/numbers, for example "amina".
std::string NumberOf(const std::string& person);

// Registers the person for the caller's unit, identity confirmed by document; the participant's id.
std::string Register(const client::Client& caller, const std::string& person);

// As Register, with whether the identity is confirmed left to the test.
absl::StatusOr<std::string> TryRegister(const client::Client& caller, const std::string& number,
                                        bool confirmed);

// One consent for joint kartlegging and plan, in both directions, registered by both: NAV's statlig
// line and VO see each other's kartlegging, plan, follow-up summaries and language afterwards.
void ConsentBothWays(const client::Client& veileder, const std::string& veileder_id,
                     const client::Client& teacher, const std::string& teacher_id);

// The reason in a status's ErrorInfo.
std::string ReasonOf(const absl::Status& status);

}  // namespace navo::support

#endif  // NAVO_TESTS_SUPPORT_TEST_SERVER_H_
