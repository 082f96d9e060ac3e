// One method of the API as the benchmark calls it: how its request is made for an errand and what
// its answer must hold.
#ifndef NAVO_CLIENTS_LOAD_RPC_H_
#define NAVO_CLIENTS_LOAD_RPC_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "clients/load/city.h"
#include "clients/load/dice.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "grpcpp/support/byte_buffer.h"
#include "storage/uuid.h"

namespace navo::load {

inline constexpr int kNewestActs = 50;  // of the access log, on one page

// One human act: who is about which case, and what its earlier calls answered for its later ones.
struct Errand {
  Side side = Side::kNav;
  int participant = 0;
  std::string act;       // navo-act: all calls of the act have the same
  std::string fresh_id;  // of a participant registered in this act; then instead of `participant`
  std::string etag;
  std::string record_id;  // of the section, step or ground it is about
};

inline std::string NewUuid(Dice& dice) { return storage::UuidText(dice.UuidBytes()); }

// Immutable; any thread.
class Rpc {
 public:
  Rpc(std::string method, std::optional<Side> side) : method_(std::move(method)), side_(side) {}
  virtual ~Rpc() = default;

  // "/navo.v1.PlanService/Get"
  const std::string& method() const { return method_; }
  // "PlanService.Get"
  std::string name() const;
  // Whose call it is: the errand's side, but where only one side can make it.
  Side SideOf(const Errand& errand) const { return side_.value_or(errand.side); }
  // False for the echo alone.
  virtual bool signs_in() const { return true; }

  virtual grpc::ByteBuffer Request(const City& city, const Errand& errand, Dice& dice) const = 0;
  // Looks at the answer's content and keeps in the errand what later calls of the act need. "" when
  // it is as it must be, else what is wrong.
  virtual std::string Take(const City& city, Errand& errand, grpc::ByteBuffer& answer) const = 0;

 private:
  const std::string method_;
  const std::optional<Side> side_;
};

template <typename RequestMessage, typename ResponseMessage>
class TypedRpc final : public Rpc {
 public:
  // Fills what is special; request_id and participant_id are set already.
  using Fill = std::function<void(const City&, const Errand&, Dice&, RequestMessage&)>;
  using Check = std::function<std::string(const City&, Errand&, const ResponseMessage&)>;

  TypedRpc(std::string method, std::optional<Side> side, Fill fill, Check check, bool signs_in)
      : Rpc(std::move(method), side),
        fill_(std::move(fill)),
        check_(std::move(check)),
        signs_in_(signs_in) {}

  bool signs_in() const override { return signs_in_; }

  grpc::ByteBuffer Request(const City& city, const Errand& errand, Dice& dice) const override {
    RequestMessage request;
    if constexpr (requires { request.set_request_id(""); }) request.set_request_id(NewUuid(dice));
    if constexpr (requires { request.set_participant_id(""); }) {
      request.set_participant_id(errand.fresh_id.empty()
                                     ? city.IdOf(errand.participant, SideOf(errand))
                                     : errand.fresh_id);
    }
    if (fill_) fill_(city, errand, dice, request);
    grpc::ByteBuffer bytes;
    bool own = false;
    grpc::SerializationTraits<RequestMessage>::Serialize(request, &bytes, &own);
    return bytes;
  }

  std::string Take(const City& city, Errand& errand, grpc::ByteBuffer& answer) const override {
    ResponseMessage response;
    if (!grpc::SerializationTraits<ResponseMessage>::Deserialize(&answer, &response).ok()) {
      return method() + ": the answer does not parse";
    }
    const std::string wrong = check_ ? check_(city, errand, response) : "";
    return wrong.empty() ? wrong : method() + ": " + wrong;
  }

 private:
  const Fill fill_;
  const Check check_;
  const bool signs_in_;
};

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_RPC_H_
