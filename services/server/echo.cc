#include "services/server/echo.h"

#include <string>
#include <utility>

#include "navo/bench/v1/echo.grpc.pb.h"
#include "services/door/status.h"

namespace navo::services {
namespace {

using bench::v1::EchoRequest;
using bench::v1::EchoResponse;

constexpr uint32_t kMaxResponseBytes = 1 << 20;

class EchoService final : public bench::v1::EchoService::CallbackService {
 public:
  explicit EchoService(storage::Store& store) : store_(store) {}

  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context, const EchoRequest* request,
                                 EchoResponse* response) override {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    if (request->response_bytes() > kMaxResponseBytes) {
      reactor->Finish({grpc::StatusCode::INVALID_ARGUMENT, "response_bytes is at most 1 MiB"});
      return reactor;
    }
    response->set_payload(std::string(request->response_bytes(), 'e'));
    if (request->log_of_participant() == 0) {
      reactor->Finish(grpc::Status::OK);
    } else {
      LogThenFinish(request->log_of_participant(), reactor);
    }
    return reactor;
  }

 private:
  void LogThenFinish(int64_t participant_key, grpc::ServerUnaryReactor* reactor) {
    storage::WriteTask task;
    task.log_only = true;
    task.run = [participant_key](storage::WriteTx& tx) {
      storage::AccessLogRow row;
      row.participant_key = participant_key;
      tx.Log(row);
      return absl::OkStatus();
    };
    task.done = [reactor](const absl::Status& logged) { reactor->Finish(door::ToGrpc(logged)); };
    store_.Write(std::move(task));
  }

  storage::Store& store_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeEchoService(storage::Store& store) {
  return std::make_unique<EchoService>(store);
}

}  // namespace navo::services
