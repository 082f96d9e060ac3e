#include "clients/cpp/client.h"

#include <utility>

#include "absl/time/clock.h"
#include "clients/cpp/uuid.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"

namespace navo::client {
namespace {

std::shared_ptr<grpc::Channel> MakeChannel(const ClientOptions& options) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(8 << 20);
  // A server that restarts is found again quickly; the default waits up to two minutes.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 1000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2000);
  // No look-up of a service config in DNS: retries are decided here alone.
  arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
  if (!options.tls && options.ca_certificates_pem.empty()) {
    return grpc::CreateCustomChannel(options.address, grpc::InsecureChannelCredentials(),
                                     arguments);
  }
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = options.ca_certificates_pem;
  tls.pem_cert_chain = options.client_certificate_pem;
  tls.pem_private_key = options.client_key_pem;
  return grpc::CreateCustomChannel(options.address, grpc::SslCredentials(tls), arguments);
}

}  // namespace

Client::Client(const ClientOptions& options) : Client(options, MakeChannel(options)) {}

Client::Client(ClientOptions options, std::shared_ptr<grpc::Channel> channel)
    : options_(std::move(options)), channel_(std::move(channel)) {
  if (options_.act_id.empty()) options_.act_id = NewUuid();
}

Client Client::WithAct(std::string act_id) const {
  ClientOptions options = options_;
  options.act_id = std::move(act_id);
  return Client(std::move(options), channel_);
}

std::unique_ptr<grpc::ClientContext> Client::NewContext() const {
  auto context = std::make_unique<grpc::ClientContext>();
  if (!options_.token.empty()) context->AddMetadata("authorization", "Bearer " + options_.token);
  if (!options_.unit.empty()) context->AddMetadata("navo-unit", options_.unit);
  context->AddMetadata("navo-act", options_.act_id);
  return context;
}

void Client::EnsureRequestId(google::protobuf::Message* request) {
  const auto* field = request->GetDescriptor()->FindFieldByName("request_id");
  if (field == nullptr) return;
  const auto* reflection = request->GetReflection();
  if (reflection->GetString(*request, field).empty()) {
    reflection->SetString(request, field, NewUuid());
  }
}

absl::Status Client::Try(const std::function<grpc::Status(grpc::ClientContext*)>& attempt) const {
  return WithRetries(options_, absl::Now() + options_.deadline, [&](absl::Time deadline) {
    const auto context = NewContext();
    context->set_deadline(absl::ToChronoTime(deadline));
    return FromGrpc(attempt(context.get()));
  });
}

}  // namespace navo::client
