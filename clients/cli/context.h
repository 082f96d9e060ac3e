// What every command shares: the global options, the connection and the way to print.
#ifndef NAVO_CLIENTS_CLI_CONTEXT_H_
#define NAVO_CLIENTS_CLI_CONTEXT_H_

#include <functional>
#include <memory>
#include <string>
#include <type_traits>

#include "absl/status/statusor.h"
#include "clients/cli/errors.h"
#include "clients/cli/formats.h"
#include "clients/cli/profiles.h"
#include "clients/cli/terminal.h"
#include "clients/cli/text_width.h"
#include "clients/cpp/client.h"

namespace navo::cli {

// Options of `navo` itself, which may stand anywhere on the line.
struct GlobalOptions {
  std::string server;
  std::string ca_file;
  std::string cert_file;
  std::string key_file;
  std::string token_file;
  std::string as;
  std::string dev_folder;
  std::string unit;
  std::string profile;
  double timeout_seconds = 10;
  bool tls = false;
  bool json = false;
  bool plain = false;
};

// Lives as long as the process. One thread; after the first Connect several may call.
class Context {
 public:
  explicit Context(Terminal terminal) : terminal_(std::move(terminal)) {}

  GlobalOptions global;
  // What stood on the line, before Settle.
  GlobalOptions given;
  // What the process ends with when the command succeeded; an import sets kExitBadRows.
  ExitCode exit_code = kExitOk;

  // Completes `global` by, in this order: the profile that the line names, the environment, the
  // profile in use, and what is usual. Called once, before anything else. Errors: as ReadProfiles;
  // NOT_FOUND when the named profile is not there.
  absl::Status Settle();

  const Terminal& terminal() const { return terminal_; }
  std::ostream& out() const { return *terminal_.out; }
  int width() const { return global.plain ? kPlainWidth : terminal_.columns; }
  // Of the trial server.
  std::string DevFolder() const { return global.dev_folder.empty() ? ".navo" : global.dev_folder; }
  absl::CivilDay today() const { return OsloDay(terminal_.now()); }
  // Start and end of what is set off, empty without colours.
  std::string bold() const { return terminal_.colour && !global.plain ? "\033[1m" : ""; }
  std::string plain() const { return terminal_.colour && !global.plain ? "\033[0m" : ""; }
  // Progress is drawn over itself only where somebody looks at it.
  bool draws() const { return terminal_.interactive && !global.plain; }

  // The connection, made at the first use. Errors: INVALID_ARGUMENT when a file of an option cannot
  // be read; see MintToken for --as.
  absl::StatusOr<const client::Client*> Connect();

  template <class Stub, class Request, class Response>
  absl::StatusOr<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const Request& request) {
    const auto client = Connect();
    if (!client.ok()) return client.status();
    return (*client)->Call(method, request);
  }

  // Calls and prints the answer, as JSON if that is asked for.
  template <class Stub, class Request, class Response>
  absl::Status Show(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request,
                    const std::type_identity_t<std::function<void(const Response&)>>& print) {
    const auto response = Call(method, request);
    if (!response.ok()) return response.status();
    if (global.json) {
      out() << JsonText(*response);
    } else {
      print(*response);
    }
    return absl::OkStatus();
  }

 private:
  absl::StatusOr<std::string> Token() const;
  absl::Status ReadCertificates(client::ClientOptions* options) const;
  void Fill(const Profile& profile);
  void FillFromEnvironment();

  Terminal terminal_;
  std::string token_;  // from the environment
  std::unique_ptr<client::Client> client_;
};

// A whole file, without white space at its end. Errors: INVALID_ARGUMENT.
absl::StatusOr<std::string> ReadFile(const std::string& path);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_CONTEXT_H_
