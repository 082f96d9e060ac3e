#include "services/exchange/exchange_service.h"

#include "navo/v1/exchange.grpc.pb.h"

namespace navo::services {
namespace {

class ExchangeService final : public v1::ExchangeService::CallbackService {
 public:
  explicit ExchangeService(door::Door& door) : door_(door) {}

 private:
  [[maybe_unused]] door::Door& door_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeExchangeService(door::Door& door) {
  return std::make_unique<ExchangeService>(door);
}

}  // namespace navo::services
