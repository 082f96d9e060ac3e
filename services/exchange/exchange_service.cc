#include "services/exchange/exchange_service.h"

#include "navo/v1/exchange.grpc.pb.h"
#include "services/exchange/import_call.h"

namespace navo::services {
namespace {

class ExchangeService final : public v1::ExchangeService::CallbackService {
 public:
  explicit ExchangeService(const door::Door& door) : door_(door) {}

  grpc::ServerBidiReactor<v1::ImportRequest, v1::ImportResponse>* Import(
      grpc::CallbackServerContext* context) override {
    return new ImportCall(door_, context);
  }

 private:
  const door::Door& door_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeExchangeService(door::Door& door) {
  return std::make_unique<ExchangeService>(door);
}

}  // namespace navo::services
