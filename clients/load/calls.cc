#include "clients/load/calls.h"

#include <chrono>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/cli/mint.h"
#include "clients/cpp/client.h"
#include "clients/load/case_content.h"
#include "clients/load/case_writer.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/byte_buffer.h"
#include "navo/bench/v1/echo.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/participant.pb.h"
#include "navo/v1/plan.pb.h"
#include "storage/uuid.h"

namespace navo::load {
namespace {

constexpr std::chrono::seconds kDeadline(10);
constexpr int kMostClients = 256;

std::string NewUuid(Dice& dice) { return storage::UuidText(dice.UuidBytes()); }

// Who sits at a client, and with which case.
struct Seat {
  explicit Seat(uint64_t seed) : dice(seed) {}
  Dice dice;
  int veileder = 0;
  int calls = 0;
  int64_t number = 0;  // of the client's calls
};

// One call under way. The answer stays bytes: only sampled ones are parsed, because the generator
// shares the machine with the server.
template <typename Request>
struct Flight {
  grpc::ClientContext context;
  Request request;
  grpc::ByteBuffer sent;
  grpc::ByteBuffer answer;
  int participant = 0;
  bool sample = false;
  Done done;
};

std::string Told(const grpc::Status& status) {
  return absl::StrCat("status ", status.error_code(), ": ", status.error_message());
}

// A unary method called by signed-in veilederes of the city.
template <typename Request, typename Response>
class UnaryLoad : public SampledLoad {
 public:
  using Flying = Flight<Request>;

  UnaryLoad(const City& city, std::string method, bool signs_in)
      : city_(city), method_(std::move(method)), signs_in_(signs_in) {
    const auto now = static_cast<uint64_t>(absl::ToUnixNanos(absl::Now()));
    for (uint64_t i = 0; i < kMostClients; ++i) seats_.emplace_back(now + i * 7919);
    for (const auto& channel : city.channels) stubs_.emplace_back(channel);
  }

  void Start(int client, Done done) override {
    Seat& seat = seats_[static_cast<size_t>(client)];
    if (seat.calls++ % kCallsInSitting == 0) {
      seat.veileder = seat.dice.Below(city_.population.veilederes());
    }
    auto* flight = new Flying;
    flight->done = std::move(done);
    flight->sample = seat.number++ % kSampled == 0;
    flight->participant =
        seat.veileder * kCasesOfVeileder + seat.dice.Below(city_.population.CasesOf(seat.veileder));
    flight->context.set_deadline(std::chrono::system_clock::now() + kDeadline);
    if (signs_in_) {
      flight->context.AddMetadata("authorization",
                                  city_.tokens[static_cast<size_t>(seat.veileder)]);
      flight->context.AddMetadata("navo-act", NewUuid(seat.dice));
    }
    Fill(seat, *flight);
    bool own = false;
    grpc::SerializationTraits<Request>::Serialize(flight->request, &flight->sent, &own);
    grpc::GenericStub& stub =
        stubs_[static_cast<size_t>(client / kClientsOnConnection) % stubs_.size()];
    stub.UnaryCall(&flight->context, method_, {}, &flight->sent, &flight->answer,
                   [this, flight](const grpc::Status& status) { Land(flight, status); });
  }

 protected:
  virtual void Fill(Seat& seat, Flying& flight) = 0;
  // "" when the answer is as it must be.
  virtual std::string Check(int participant, const Response& answer) const = 0;

  const City& city_;

 private:
  void Land(Flying* flight, const grpc::Status& status) {
    std::string wrong;
    if (!status.ok()) {
      wrong = Told(status);
    } else if (flight->sample) {
      wrong = Sample(*flight);
    }
    const Done done = std::move(flight->done);
    delete flight;
    done(std::move(wrong));
  }

  std::string Sample(Flying& flight) {
    sampled_.request_bytes += static_cast<int64_t>(flight.sent.Length());
    sampled_.response_bytes += static_cast<int64_t>(flight.answer.Length());
    const auto& trailer = flight.context.GetServerTrailingMetadata();
    int64_t statements = 0;
    const auto it = trailer.find("navo-statements");
    if (it != trailer.end() &&
        absl::SimpleAtoi(absl::string_view(it->second.data(), it->second.size()), &statements)) {
      sampled_.statements += statements;
    }
    ++sampled_.calls;
    Response response;
    if (!grpc::SerializationTraits<Response>::Deserialize(&flight.answer, &response).ok()) {
      return method_ + ": the answer does not parse";
    }
    return Check(flight.participant, response);
  }

  const std::string method_;
  const bool signs_in_;
  std::vector<Seat> seats_;
  std::vector<grpc::GenericStub> stubs_;
};

class ReadLoad final : public UnaryLoad<v1::GetPlanRequest, v1::GetPlanResponse> {
 public:
  explicit ReadLoad(const City& city) : UnaryLoad(city, "/navo.v1.PlanService/Get", true) {}

 private:
  void Fill(Seat&, Flying& flight) override {
    const CaseIds ids = IdsOf(city_.seed, flight.participant);
    flight.request.set_participant_id(storage::UuidText(ids.nav));
  }
  std::string Check(int /*participant*/, const v1::GetPlanResponse& response) const override {
    const v1::Plan& plan = response.plan();
    if (plan.parts_size() != 2 || response.revision().empty()) return "R: not both parts";
    for (const v1::PlanPart& part : plan.parts()) {
      if (part.steps_size() != kStepsOfSide) return "R: steps are missing";
    }
    if (plan.parts(0).provenance().controller() != kNavController) return "R: not the own part";
    if (plan.parts(1).goals().sluttmaal().empty()) return "R: the other side has no goals";
    return {};
  }
};

class WriteLoad final : public UnaryLoad<v1::RecordFollowUpRequest, v1::RecordFollowUpResponse> {
 public:
  explicit WriteLoad(const City& city) : UnaryLoad(city, "/navo.v1.FollowUpService/Record", true) {}

 private:
  void Fill(Seat& seat, Flying& flight) override {
    const CaseIds ids = IdsOf(city_.seed, flight.participant);
    flight.request.set_request_id(NewUuid(seat.dice));
    flight.request.set_participant_id(storage::UuidText(ids.nav));
    *flight.request.mutable_follow_up() = MakeFollowUp(absl::ToUnixMicros(absl::Now()), seat.dice);
  }
  std::string Check(int /*participant*/,
                    const v1::RecordFollowUpResponse& response) const override {
    const bool has_id = storage::UuidBytes(response.follow_up_id()).has_value();
    return has_id && !response.revision().empty() ? "" : "W: no id or revision";
  }
};

class ListLoad final : public UnaryLoad<v1::ListParticipantsRequest, v1::ListParticipantsResponse> {
 public:
  explicit ListLoad(const City& city) : UnaryLoad(city, "/navo.v1.ParticipantService/List", true) {}

 private:
  void Fill(Seat&, Flying& flight) override {
    flight.request.set_mine(true);
    flight.request.set_page_size(kCasesOfVeileder);
  }
  std::string Check(int participant, const v1::ListParticipantsResponse& response) const override {
    const int cases = city_.population.CasesOf(city_.population.VeilederOf(participant));
    if (response.participants_size() != cases) return "L: not all own cases";
    const v1::ParticipantListItem& item = response.participants(0);
    return item.facts().family_name().empty() || item.tie().unit().empty() ? "L: empty lines" : "";
  }
};

class EchoLoad final : public UnaryLoad<bench::v1::EchoRequest, bench::v1::EchoResponse> {
 public:
  EchoLoad(const City& city, int request_bytes, int response_bytes)
      : UnaryLoad(city, "/navo.bench.v1.EchoService/Echo", false) {
    bench::v1::EchoResponse response;
    while (static_cast<int>(response.ByteSizeLong()) < response_bytes) {
      response.mutable_payload()->push_back('e');
    }
    request_.set_response_bytes(static_cast<uint32_t>(response.payload().size()));
    while (static_cast<int>(request_.ByteSizeLong()) < request_bytes) {
      request_.mutable_payload()->push_back('e');
    }
  }

 private:
  void Fill(Seat&, Flying& flight) override { flight.request = request_; }
  std::string Check(int /*participant*/, const bench::v1::EchoResponse& response) const override {
    return response.payload().size() == request_.response_bytes() ? "" : "E: another size";
  }

  bench::v1::EchoRequest request_;
};

}  // namespace

double Sampled::Statements() const {
  return calls == 0 ? 0 : static_cast<double>(statements) / static_cast<double>(calls);
}
int Sampled::RequestBytes() const {
  return calls == 0 ? 0 : static_cast<int>(request_bytes / calls);
}
int Sampled::ResponseBytes() const {
  return calls == 0 ? 0 : static_cast<int>(response_bytes / calls);
}

absl::StatusOr<City> OpenCity(int participants, uint64_t seed, const std::string& dev,
                              const std::string& address, int clients) {
  City city{Population(participants), seed, address, {}, {}};
  for (int i = 0; i < city.population.veilederes(); ++i) {
    cli::TokenRequest request;
    request.subject = Population::Veileder(i);
    request.kind = "STAFF";
    request.now = absl::Now();
    absl::StatusOr<std::string> token = cli::MintToken(dev + "/dev-signing-key.pem", request);
    if (!token.ok()) return token.status();
    city.tokens.push_back("Bearer " + *token);
  }
  for (int i = 0; i < (clients + kClientsOnConnection - 1) / kClientsOnConnection; ++i) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a connection of its own
    arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
    city.channels.push_back(
        grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
  }
  return city;
}

std::unique_ptr<SampledLoad> MakeReadLoad(const City& city) {
  return std::make_unique<ReadLoad>(city);
}
std::unique_ptr<SampledLoad> MakeWriteLoad(const City& city) {
  return std::make_unique<WriteLoad>(city);
}
std::unique_ptr<SampledLoad> MakeListLoad(const City& city) {
  return std::make_unique<ListLoad>(city);
}
std::unique_ptr<SampledLoad> MakeEchoLoad(const City& city, int request_bytes, int response_bytes) {
  return std::make_unique<EchoLoad>(city, request_bytes, response_bytes);
}

absl::Status CheckWrite(const City& city) {
  client::ClientOptions options;
  options.address = city.address;
  options.token = city.tokens[0].substr(sizeof("Bearer"));
  const client::Client veileder(options);
  Dice dice(static_cast<uint64_t>(absl::ToUnixNanos(absl::Now())));
  v1::RecordFollowUpRequest record;
  record.set_participant_id(storage::UuidText(IdsOf(city.seed, 0).nav));
  *record.mutable_follow_up() = MakeFollowUp(absl::ToUnixMicros(absl::Now()), dice);
  const auto recorded = veileder.Call(&v1::FollowUpService::Stub::Record, record);
  if (!recorded.ok()) return recorded.status();
  v1::ListFollowUpsRequest list;
  list.set_participant_id(record.participant_id());
  list.set_page_size(200);
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
