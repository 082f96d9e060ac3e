// For the files that write the methods down (rpcs.h).
#ifndef NAVO_CLIENTS_LOAD_MAKE_RPC_H_
#define NAVO_CLIENTS_LOAD_MAKE_RPC_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "clients/load/rpc.h"

namespace navo::load {

// `method` without its package, as "PlanService/Get"; `side`: the only one that can call it.
template <typename Request, typename Response>
std::shared_ptr<const Rpc> MakeRpc(const std::string& method,
                                   typename TypedRpc<Request, Response>::Fill fill,
                                   typename TypedRpc<Request, Response>::Check check,
                                   std::optional<Side> side = std::nullopt) {
  return std::make_shared<TypedRpc<Request, Response>>("/navo.v1." + method, side, std::move(fill),
                                                       std::move(check), true);
}

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_MAKE_RPC_H_
