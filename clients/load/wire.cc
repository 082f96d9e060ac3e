#include "clients/load/wire.h"

#include <chrono>
#include <future>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace navo::load {
namespace {

constexpr std::chrono::seconds kDeadline(60);  // under callgrind, on a busy machine

struct Flight {
  grpc::ByteBuffer sent;
  Answer answer;
  Wire::Landed landed;
};

}  // namespace

std::string Answer::Told() const {
  if (status.ok()) return {};
  return absl::StrCat("status ", status.error_code(), ": ", status.error_message());
}

int64_t Answer::Statements() const {
  const auto& trailer = context.GetServerTrailingMetadata();
  const auto it = trailer.find("navo-statements");
  int64_t statements = 0;
  if (it == trailer.end() ||
      !absl::SimpleAtoi(absl::string_view(it->second.data(), it->second.size()), &statements)) {
    return -1;
  }
  return statements;
}

Wire::Wire(const City& city) : city_(city) {
  for (const auto& channel : city.channels) stubs_.emplace_back(channel);
}

Wire::~Wire() {
  std::unique_lock<std::mutex> lock(mutex_);
  idle_.wait(lock, [this] { return in_flight_ == 0; });
}

void Wire::Send(int client, const Rpc& rpc, const Errand& errand, Dice& dice, Landed landed) {
  {
    const std::scoped_lock lock(mutex_);
    ++in_flight_;
  }
  auto* flight = new Flight;
  flight->landed = std::move(landed);
  grpc::ClientContext& context = flight->answer.context;
  context.set_deadline(std::chrono::system_clock::now() + kDeadline);
  if (rpc.signs_in()) {
    context.AddMetadata("authorization", city_.TokenOf(errand.participant, rpc.SideOf(errand)));
    context.AddMetadata("navo-act", errand.act);
  }
  flight->sent = rpc.Request(city_, errand, dice);
  flight->answer.request_bytes = static_cast<int>(flight->sent.Length());
  grpc::GenericStub& stub =
      stubs_[static_cast<size_t>(client / kClientsOnConnection) % stubs_.size()];
  stub.UnaryCall(&context, rpc.method(), {}, &flight->sent, &flight->answer.bytes,
                 [this, flight](grpc::Status status) {
                   flight->answer.status = std::move(status);
                   flight->landed(flight->answer);
                   delete flight;
                   const std::scoped_lock lock(mutex_);
                   if (--in_flight_ == 0) idle_.notify_all();
                 });
}

void Wire::SendAndWait(const Rpc& rpc, const Errand& errand, Dice& dice, const Landed& landed) {
  std::promise<void> done;
  Send(0, rpc, errand, dice, [&](Answer& answer) {
    landed(answer);
    done.set_value();
  });
  done.get_future().wait();
}

}  // namespace navo::load
