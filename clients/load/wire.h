// Sends calls as bytes: answers are parsed only when somebody looks, because the generator shares
// the machine with the server.
#ifndef NAVO_CLIENTS_LOAD_WIRE_H_
#define NAVO_CLIENTS_LOAD_WIRE_H_

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "clients/load/city.h"
#include "clients/load/rpc.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/status.h"

namespace navo::load {

// One finished call.
struct Answer {
  grpc::Status status;
  grpc::ByteBuffer bytes;
  int request_bytes = 0;
  grpc::ClientContext context;

  // "" when the status is OK, else what it was.
  std::string Told() const;
  // SQL statements of the call, as the server's trailer says; -1 when it does not.
  int64_t Statements() const;
};

// Any thread. The city must outlive it.
class Wire {
 public:
  using Landed = std::function<void(Answer&)>;

  explicit Wire(const City& city);
  // Waits until every call is forgotten: a call holds its channel, and the last one to let go of a
  // channel must not be a thread of gRPC, which would end itself.
  ~Wire();
  const City& city() const { return city_; }

  // Starts the call on the connection of `client`; `landed` runs once, on a thread of gRPC.
  void Send(int client, const Rpc& rpc, const Errand& errand, Dice& dice, Landed landed);
  // The same, waiting. Not on a thread of gRPC.
  void SendAndWait(const Rpc& rpc, const Errand& errand, Dice& dice, const Landed& landed);

 private:
  const City& city_;
  std::vector<grpc::GenericStub> stubs_;
  std::mutex mutex_;
  std::condition_variable idle_;
  int in_flight_ = 0;  // guarded by mutex_
};

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_WIRE_H_
