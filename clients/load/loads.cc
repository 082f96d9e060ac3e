#include "clients/load/loads.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "clients/cpp/client.h"
#include "clients/load/case_content.h"
#include "clients/load/seats.h"
#include "navo/v1/follow_up.grpc.pb.h"

namespace navo::load {
namespace {

constexpr int kMostListed = 200;

class SingleLoad final : public SampledLoad {
 public:
  SingleLoad(const City& city, RpcPtr rpc, uint64_t seed)
      : wire_(city), seats_(city.population, seed), rpc_(std::move(rpc)) {}

  void Start(int client, Done done) override {
    Errand errand = seats_.Next(client, Side::kNav);
    const bool sample = seats_.Count(client) % kSampled == 1;
    if (!sample) {
      return wire_.Send(client, *rpc_, errand, seats_.dice(client),
                        [done = std::move(done)](Answer& answer) { done(answer.Told()); });
    }
    wire_.Send(client, *rpc_, errand, seats_.dice(client),
               [this, errand, done = std::move(done)](Answer& answer) mutable {
                 std::string wrong = answer.Told();
                 if (wrong.empty()) {
                   sampled_.Add(answer);
                   wrong = rpc_->Take(wire_.city(), errand, answer.bytes);
                 }
                 done(std::move(wrong));
               });
  }

 private:
  Wire wire_;
  Seats seats_;
  const RpcPtr rpc_;
};

}  // namespace

void Sampled::Add(const Answer& answer) {
  request_bytes += answer.request_bytes;
  response_bytes += static_cast<int64_t>(answer.bytes.Length());
  statements += std::max<int64_t>(answer.Statements(), 0);
  ++calls;
}
double Sampled::Statements() const {
  return calls == 0 ? 0 : static_cast<double>(statements) / static_cast<double>(calls);
}
int Sampled::RequestBytes() const {
  return calls == 0 ? 0 : static_cast<int>(request_bytes / calls);
}
int Sampled::ResponseBytes() const {
  return calls == 0 ? 0 : static_cast<int>(response_bytes / calls);
}

std::unique_ptr<SampledLoad> MakeSingleLoad(const City& city, RpcPtr rpc, uint64_t seed) {
  return std::make_unique<SingleLoad>(city, std::move(rpc), seed);
}

uint64_t SeedOfNow() { return static_cast<uint64_t>(absl::ToUnixNanos(absl::Now())); }

absl::Status CheckWrite(const City& city) {
  client::ClientOptions options;
  options.address = city.address;
  options.token = city.veileder_tokens[0].substr(sizeof("Bearer"));
  const client::Client veileder(options);
  Dice dice(SeedOfNow());
  v1::RecordFollowUpRequest record;
  record.set_participant_id(city.IdOf(0, Side::kNav));
  *record.mutable_follow_up() = MakeFollowUp(absl::ToUnixMicros(absl::Now()), dice);
  const auto recorded = veileder.Call(&v1::FollowUpService::Stub::Record, record);
  if (!recorded.ok()) return recorded.status();
  v1::ListFollowUpsRequest list;
  list.set_participant_id(record.participant_id());
  list.set_page_size(kMostListed);
  const auto listed = veileder.Call(&v1::FollowUpService::Stub::List, list);
  if (!listed.ok()) return listed.status();
  for (const v1::FollowUp& event : listed->follow_ups()) {
    if (event.follow_up_id() == recorded->follow_up_id() &&
        event.note() == record.follow_up().note()) {
      return absl::OkStatus();
    }
  }
  return absl::InternalError("a recorded follow-up is not in the list");
}

}  // namespace navo::load
