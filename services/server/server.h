#ifndef NAVO_SERVICES_SERVER_SERVER_H_
#define NAVO_SERVICES_SERVER_SERVER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/domain/identifier.h"
#include "services/server/tls.h"
#include "storage/clock.h"

namespace navo::services {

struct ServerOptions {
  std::string database;                   // storage::Store::Open's url
  std::string listen = "127.0.0.1:7443";  // port 0 takes any free one
  TlsFiles tls;                           // certificate of the port; may be empty on the loopback
  bool without_tls = false;               // may be empty elsewhere too
  std::string keys;                       // key file; empty with `dev_folder`: made there
  std::string seed;                       // seed file; may be empty once the installation is filled
  std::string issuers;                    // issuers.json; may be empty with `dev_folder`
  std::string dev_folder;                 // not empty: trial server with a signing key of its own
  domain::Profile identifiers = domain::Profile::kProduction;
  int64_t disk_reserve_bytes = int64_t{256} << 20;
  bool name_staff = false;    // participants read who looked, by name
  int retain_log_months = 0;  // whole months of the access log kept besides this one; 0: all
  absl::Duration checkpoint_every = absl::Minutes(5);  // of the access log
  int64_t checkpoint_rows = 10'000;                    // or after so many rows
  bool bench = false;                                  // offers the echo and counts statements
  storage::Clock* clock = nullptr;                     // outlives the server
  storage::Random* random = nullptr;                   // outlives the server
  std::function<void(const absl::Status&)> on_fatal;   // the process has to stop
};

// A running server. Start serves at once; the destructor lets running calls finish, for at most
// five seconds, and closes the database.
class Server {
 public:
  // The errors of what it opens, in words for the operator.
  static absl::StatusOr<std::unique_ptr<Server>> Start(ServerOptions options);
  virtual ~Server() = default;

  virtual int port() const = 0;

  // Fetches issuers' keys anew that are old, and tells the operator when the port's certificate is
  // another, has become wrong or expires soon. Called now and then by one thread; never waits.
  virtual void LookAfterKeys() = 0;

  // Forgets kept answers that nobody can ask for any more. Called now and then; any thread.
  virtual void ForgetExpiredAnswers() = 0;
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_SERVER_SERVER_H_
