#ifndef NAVO_SERVICES_DOOR_DOOR_H_
#define NAVO_SERVICES_DOOR_DOOR_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "services/access/rules.h"
#include "services/domain/identifier.h"
#include "services/door/case.h"
#include "services/door/miss_limit.h"
#include "services/sign_in/authenticator.h"
#include "storage/clock.h"
#include "storage/keys.h"
#include "storage/store.h"

// Every call goes through one of two doors, Read or Write. The door signs in, decides, replays,
// logs, numbers and commits; a service behind it only knows its own subject. The steps are in
// door.cc, in the order they happen.
namespace navo::door {

// What an operator may know of a finished call. No personal data.
struct CallRecord {
  std::string_view method;
  absl::StatusCode code = absl::StatusCode::kOk;
  std::string reason;
  int64_t statements = 0;
  absl::Duration duration;
};

struct DoorParts {
  storage::Store& store;
  services::Authenticator& authenticator;
  access::CurrentDirectory& directory;
  const storage::Keys& keys;
  const Tokens& tokens;
  storage::Clock& clock;
  storage::Random& random;
  domain::IdentifierPolicy identifiers;
  bool bench = false;  // adds the trailer navo-statements to every answer
  std::function<void(const CallRecord&)> on_call;  // may be empty; any thread
};

// What of a request the door itself needs. Views into the request, which outlives the call.
struct Envelope {
  const google::protobuf::Message* request = nullptr;
  google::protobuf::Message* response = nullptr;
  std::string_view participant_id;
  std::string_view national_identity_number;
  std::string_view request_id;
  std::string_view min_revision;
};

using ReadBody = std::function<absl::Status(Case&)>;
using WriteBody = std::function<absl::Status(WriteCase&)>;
// Runs once, before the answer, when what the call came to is durable. It must not block.
using Afterwards = std::function<void(const absl::Status&)>;

// Outlives the server. Any thread.
class Door {
 public:
  explicit Door(DoorParts parts);
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;

  // `body(Case&, const Request&, Response&)` fills the response. It may run twice, so it starts
  // from nothing each time. The rule is found by the request's method; without one the call is
  // refused.
  template <typename Request, typename Response, typename Body>
  grpc::ServerUnaryReactor* Read(grpc::CallbackServerContext* context, std::string_view method,
                                 const Request* request, Response* response, Body body) {
    return RunRead(context, method, EnvelopeOf(*request, response),
                   [request, response, body = std::move(body)](Case& c) -> absl::Status {
                     response->Clear();
                     const absl::Status status = body(c, *request, *response);
                     return status.ok() ? SetRevision(c, *response) : status;
                   });
  }

  // The same for a change. The response may hold only what the caller wrote and its tokens: it is
  // kept and given again when the request comes again.
  template <typename Request, typename Response, typename Body>
  grpc::ServerUnaryReactor* Write(grpc::CallbackServerContext* context, std::string_view method,
                                  const Request* request, Response* response, Body body,
                                  const Afterwards& afterwards = nullptr) {
    return RunWrite(
        context, method, EnvelopeOf(*request, response),
        [request, response, body = std::move(body)](WriteCase& c) -> absl::Status {
          response->Clear();
          const absl::Status status = body(c, *request, *response);
          return status.ok() ? SetRevision(c, *response) : status;
        },
        afterwards);
  }

  const DoorParts& parts() const { return parts_; }

 private:
  template <typename Response>
  static absl::Status SetRevision(Case& c, Response& response) {
    if constexpr (requires { response.set_revision(std::string()); }) {
      absl::StatusOr<std::string> revision = c.Revision();
      if (!revision.ok()) return revision.status();
      response.set_revision(*std::move(revision));
    }
    return absl::OkStatus();
  }

  template <typename Request>
  static Envelope EnvelopeOf(const Request& request, google::protobuf::Message* response) {
    Envelope envelope{&request, response, {}, {}, {}, {}};
    if constexpr (requires { request.participant_id(); }) {
      envelope.participant_id = request.participant_id();
    }
    if constexpr (requires { request.national_identity_number(); }) {
      envelope.national_identity_number = request.national_identity_number();
    }
    if constexpr (requires { request.request_id(); }) envelope.request_id = request.request_id();
    if constexpr (requires { request.min_revision(); }) {
      envelope.min_revision = request.min_revision();
    }
    return envelope;
  }

  grpc::ServerUnaryReactor* RunRead(grpc::CallbackServerContext* context, std::string_view method,
                                    Envelope envelope, ReadBody body);
  grpc::ServerUnaryReactor* RunWrite(grpc::CallbackServerContext* context, std::string_view method,
                                     Envelope envelope, WriteBody body, Afterwards afterwards);

  DoorParts parts_;
  MissLimit misses_;
};

}  // namespace navo::door

#endif  // NAVO_SERVICES_DOOR_DOOR_H_
