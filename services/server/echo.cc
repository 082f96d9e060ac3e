#include "services/server/echo.h"

#include <string>

#include "navo/bench/v1/echo.grpc.pb.h"

namespace navo::services {
namespace {

constexpr uint32_t kMaxResponseBytes = 1 << 20;

class EchoService final : public bench::v1::EchoService::CallbackService {
 public:
  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context,
                                 const bench::v1::EchoRequest* request,
                                 bench::v1::EchoResponse* response) override {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    if (request->response_bytes() > kMaxResponseBytes) {
      reactor->Finish({grpc::StatusCode::INVALID_ARGUMENT, "response_bytes is at most 1 MiB"});
      return reactor;
    }
    response->set_payload(std::string(request->response_bytes(), 'e'));
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

}  // namespace

std::unique_ptr<grpc::Service> MakeEchoService() { return std::make_unique<EchoService>(); }

}  // namespace navo::services
