// The C++ client of NAVO: one template over the generated stubs.
//
//   navo::client::Client client({.address = "127.0.0.1:7443", .token = token});
//   v1::GetPlanRequest request;
//   request.set_participant_id(id);
//   absl::StatusOr<v1::GetPlanResponse> plan = client.Call(&v1::PlanService::Stub::Get, request);
#ifndef NAVO_CLIENTS_CPP_CLIENT_H_
#define NAVO_CLIENTS_CPP_CLIENT_H_

#include <memory>

#include "absl/status/statusor.h"
#include "clients/cpp/options.h"
#include "clients/cpp/retry.h"
#include "clients/cpp/status.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"

namespace navo::client {

// Owns one channel. Any thread may call, many at once. Everything called through one Client belongs
// to one human act; make another Client, which shares the connection, for the next act.
class Client {
 public:
  explicit Client(const ClientOptions& options);

  // The same caller and connection, another act. An empty id means a new one.
  Client WithAct(std::string act_id) const;

  // Calls a unary method and waits. A write without a request_id is given one, the same in all
  // attempts. Errors: the server's (see status.h); UNAVAILABLE when it cannot be reached,
  // DEADLINE_EXCEEDED when the deadline passed. After either it is not known whether a write
  // happened: set request_id oneself and repeat with the same to find out.
  template <class Stub, class Request, class Response>
  absl::StatusOr<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                Request request) const {
    EnsureRequestId(&request);
    Stub stub(channel_);
    Response response;
    const absl::Status status = Try([&](grpc::ClientContext* context) {
      response.Clear();
      return (stub.*method)(context, request, &response);
    });
    if (!status.ok()) return status;
    return response;
  }

  // For streams: a context with the caller's metadata. Without deadline unless one is set on it.
  std::unique_ptr<grpc::ClientContext> NewContext() const;

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  const ClientOptions& options() const { return options_; }

 private:
  Client(ClientOptions options, std::shared_ptr<grpc::Channel> channel);

  static void EnsureRequestId(google::protobuf::Message* request);
  absl::Status Try(const std::function<grpc::Status(grpc::ClientContext*)>& attempt) const;

  ClientOptions options_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace navo::client

#endif  // NAVO_CLIENTS_CPP_CLIENT_H_
