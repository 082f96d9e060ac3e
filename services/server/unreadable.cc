#include "services/server/unreadable.h"

#include <google/protobuf/stubs/logging.h>

#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "services/door/status.h"

namespace navo::services {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::Interceptor;
using grpc::experimental::InterceptorBatchMethods;
using grpc::experimental::ServerRpcInfo;

class UnreadableAnswer final : public Interceptor {
 public:
  void Intercept(InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
      const grpc::Status status = methods->GetSendStatus();
      // Our own methods are all there and give a reason whenever they fail.
      if (status.error_code() == grpc::StatusCode::UNIMPLEMENTED &&
          status.error_message().empty()) {
        methods->ModifySendStatus(door::ToGrpc(domain::MakeError(
            absl::StatusCode::kInvalidArgument, domain::reason::kInvalidFields,
            "the message cannot be read: send it as the .proto describes it, all text as UTF-8")));
      }
    }
    methods->Proceed();
  }
};

class Factory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  Interceptor* CreateServerInterceptor(ServerRpcInfo* /*info*/) override {
    return new UnreadableAnswer();  // gRPC owns it
  }
};

}  // namespace

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> MakeUnreadableAnswer() {
  return std::make_unique<Factory>();
}

void SilenceUnreadable() { google::protobuf::SetLogHandler(nullptr); }

}  // namespace navo::services
