#include "services/server/server.h"

#include <grpc/support/time.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <mutex>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/access/directory.h"
#include "services/access_log/access_log_service.h"
#include "services/access_log/sealer.h"
#include "services/admin/admin_service.h"
#include "services/consent/consent_service.h"
#include "services/domain/calendar.h"
#include "services/door/door.h"
#include "services/emergency_access/emergency_access_service.h"
#include "services/exchange/exchange_service.h"
#include "services/feed/feed_service.h"
#include "services/follow_up/follow_up_service.h"
#include "services/kartlegging/kartlegging_service.h"
#include "services/language/language_service.h"
#include "services/participant/participant_service.h"
#include "services/plan/plan_service.h"
#include "services/protection/protection_service.h"
#include "services/referral/referral_service.h"
#include "services/server/dev.h"
#include "services/server/echo.h"
#include "services/server/log.h"
#include "services/server/seed.h"
#include "services/server/unreadable.h"
#include "services/sign_in/authenticator.h"
#include "services/sign_in/issuers.h"
#include "storage/journal.h"
#include "storage/keys.h"
#include "storage/requests.h"
#include "storage/status_macros.h"
#include "storage/store.h"

namespace navo::services {
namespace {

constexpr int kMaxMessageBytes = 1 << 20;
constexpr int64_t kGraceSeconds = 5;
// Longer than an issuer that works needs; one that does not must not keep the others out.
constexpr absl::Duration kWaitForIssuers = absl::Seconds(5);
constexpr absl::Duration kExpiresSoon = absl::Hours(14 * 24);
constexpr int64_t kAnswersAtOnce = 2'000;  // so that no caller waits long behind it

// Everything a server is made of, in the order it is made.
class RunningServer final : public Server {
 public:
  ~RunningServer() override {
    if (grpc_ == nullptr) return;
    grpc_->Shutdown(gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                                 gpr_time_from_seconds(kGraceSeconds, GPR_TIMESPAN)));
  }

  int port() const override { return port_; }

  void LookAfterKeys() override {
    authenticator_->RefreshKeys(clock_->Now());
    if (tls_.used()) TellOfCertificate(CheckTlsFiles(tls_, clock_->Now()));
  }

  void ForgetExpiredAnswers() override {
    storage::WriteTask task;
    task.run = [](storage::WriteTx& tx) {
      return storage::PurgeExpired(tx, kAnswersAtOnce).status();
    };
    task.done = [](const absl::Status& status) {
      if (!status.ok()) LogFault("purge", absl::StatusCodeToString(status.code()));
    };
    store_->Write(std::move(task));
  }

  absl::Status Assemble(ServerOptions options) {
    NAVO_RETURN_IF_ERROR(domain::CheckOsloZone());
    clock_ = options.clock;
    NAVO_RETURN_IF_ERROR(CheckPort(options));
    if (!options.dev_folder.empty()) NAVO_RETURN_IF_ERROR(PrepareDev(options));
    NAVO_ASSIGN_OR_RETURN(storage::Keys keys, storage::LoadKeys(options.keys));
    keys_ = std::make_unique<storage::Keys>(std::move(keys));
    const domain::IdentifierPolicy identifiers{.profile = options.identifiers};
    Seed seed;
    if (!options.seed.empty()) {
      NAVO_ASSIGN_OR_RETURN(seed, LoadSeed(options.seed, *keys_, identifiers));
    }
    NAVO_ASSIGN_OR_RETURN(Issuers issuers, LoadIssuers(options, seed));
    issuers.StartFetching(clock_, LogIssuerKeys);  // goes on while the database is opened
    authenticator_ = std::make_unique<Authenticator>(std::move(issuers));
    NAVO_RETURN_IF_ERROR(OpenStore(options));
    NAVO_RETURN_IF_ERROR(FillDirectory(seed, *options.random));
    NAVO_RETURN_IF_ERROR(StartSealer(options));
    tokens_ = std::make_unique<door::Tokens>(*keys_, *options.random, store_->database_id());
    door_ = std::make_unique<door::Door>(
        door::DoorParts{*store_, *authenticator_, directory_, *keys_, *tokens_, *options.clock,
                        *options.random, identifiers, options.bench, LogCall});
    authenticator_->WaitForKeys(kWaitForIssuers);
    return Serve(options);
  }

 private:
  absl::Status CheckPort(const ServerOptions& options) {
    tls_ = options.tls;
    if (tls_.certificate.empty() != tls_.key.empty()) {
      return absl::InvalidArgumentError("--tls-cert and --tls-key go together");
    }
    if (tls_.used()) {
      const absl::StatusOr<absl::Time> until = CheckTlsFiles(tls_, clock_->Now());
      if (until.ok()) TellOfCertificate(until);
      return until.status();
    }
    if (!tls_.client_authority.empty()) {
      return absl::InvalidArgumentError("--client-ca goes with --tls-cert and --tls-key");
    }
    if (options.without_tls || IsLoopbackAddress(options.listen)) return absl::OkStatus();
    return absl::InvalidArgumentError(absl::StrCat(
        "anybody could listen in on ", options.listen,
        ": give --tls-cert and --tls-key, or --without-tls if a proxy in front has TLS"));
  }

  // Once for each change of what is to be told.
  void TellOfCertificate(const absl::StatusOr<absl::Time>& until) {
    const bool soon = until.ok() && *until - clock_->Now() < kExpiresSoon;
    const std::string text =
        until.ok() ? absl::StrCat("valid until ", absl::FormatTime(*until, absl::UTCTimeZone()))
                   : absl::StrCat(std::string(until.status().message()),
                                  "; new connections fail until it is mended");
    if (std::exchange(told_of_certificate_, absl::StrCat(soon, text)) == absl::StrCat(soon, text)) {
      return;
    }
    if (!until.ok()) return LogFault("certificate_failed", text);
    soon ? LogFault("certificate_expires_soon", text) : LogEvent("certificate", text);
  }

  absl::StatusOr<Issuers> LoadIssuers(const ServerOptions& options, const Seed& seed) {
    Issuers issuers;
    if (!options.issuers.empty()) {
      NAVO_ASSIGN_OR_RETURN(issuers, Issuers::Load(options.issuers));
    }
    if (!options.dev_folder.empty()) {
      NAVO_RETURN_IF_ERROR(AddDevIssuer(options.dev_folder, seed, issuers));
    }
    if (issuers.size() == 0) {
      return absl::InvalidArgumentError(
          "nobody could sign in: name the issuers with --issuers, or try the server with --dev");
    }
    return issuers;
  }

  absl::Status FillDirectory(const Seed& seed, storage::Random& random) {
    std::shared_ptr<const access::Directory> directory;
    int64_t revision = 0;
    NAVO_RETURN_IF_ERROR(ApplySeed(*store_, seed, random));
    NAVO_RETURN_IF_ERROR(store_->WriteAndWait([&](storage::WriteTx& tx) -> absl::Status {
      NAVO_ASSIGN_OR_RETURN(directory, access::LoadDirectory(tx));
      NAVO_ASSIGN_OR_RETURN(revision, storage::StreamHeadAfter(tx, storage::kAdministrationStream));
      return absl::OkStatus();
    }));
    if (directory->units().empty()) {
      return absl::FailedPreconditionError(
          "nobody works here yet: make the first administrator with `navod first-admin`, or fill "
          "the installation with --seed");
    }
    directory_.Publish(std::move(directory), revision);
    return absl::OkStatus();
  }

  absl::Status OpenStore(const ServerOptions& options) {
    storage::StoreOptions store_options;
    store_options.clock = options.clock;
    store_options.random = options.random;
    store_options.disk_reserve_bytes = options.disk_reserve_bytes;
    store_options.on_fatal = options.on_fatal;
    store_options.on_health = [this](storage::Health health) {
      LogFault("health", health == storage::Health::kServing   ? "serving"
                         : health == storage::Health::kLowDisk ? "low on disk"
                                                               : "failed");
      SetHealth(health != storage::Health::kFailed);
    };
    NAVO_ASSIGN_OR_RETURN(store_, storage::Store::Open(options.database, store_options));
    return absl::OkStatus();
  }

  absl::Status StartSealer(const ServerOptions& options) {
    SealerOptions sealer;
    sealer.every = options.checkpoint_every;
    sealer.every_rows = options.checkpoint_rows;
    sealer.retain_months = options.retain_log_months;
    sealer.on_checkpoint = LogCheckpointMade;
    sealer.on_fault = [](const absl::Status& status) {
      LogFault("log_checkpoint_failed", absl::StatusCodeToString(status.code()));
    };
    sealer_ = std::make_unique<LogSealer>(*store_, *options.clock,
                                          storage::LogSigner(keys_->log, store_->database_id()),
                                          std::move(sealer));
    return sealer_->Start();
  }

  // Called on the writer's thread, also before there is a server.
  void SetHealth(bool serving) {
    const std::scoped_lock lock(health_mutex_);
    healthy_ = serving;
    if (grpc_ != nullptr && grpc_->GetHealthCheckService() != nullptr) {
      grpc_->GetHealthCheckService()->SetServingStatus(serving);
    }
  }

  absl::Status Serve(const ServerOptions& options) {
    services_.push_back(MakeParticipantService(*door_));
    services_.push_back(MakeReferralService(*door_));
    services_.push_back(MakeEmergencyAccessService(*door_));
    services_.push_back(MakeProtectionService(*door_));
    services_.push_back(MakeConsentService(*door_));
    services_.push_back(MakeKartleggingService(*door_));
    services_.push_back(MakePlanService(*door_));
    services_.push_back(MakeFollowUpService(*door_));
    services_.push_back(MakeLanguageService(*door_));
    services_.push_back(MakeExchangeService(*door_));
    services_.push_back(MakeAccessLogService(
        *door_, options.name_staff ? StaffNames::kTold : StaffNames::kWithheld));
    services_.push_back(MakeFeedService(*door_));
    services_.push_back(MakeAdminService(*door_));
    if (options.bench) services_.push_back(MakeEchoService(*store_));
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    grpc::ServerBuilder builder;
    builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    const auto credentials =
        tls_.used() ? MakeTlsCredentials(tls_) : grpc::InsecureServerCredentials();
    builder.AddListeningPort(options.listen, credentials, &port_);
    for (const auto& service : services_) builder.RegisterService(service.get());
    SilenceUnreadable();
    TakeOverGrpcLog();
    std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> every_call;
    every_call.push_back(MakeUnreadableAnswer());
    builder.experimental().SetInterceptorCreators(std::move(every_call));
    std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
    if (server == nullptr || port_ == 0) {
      return absl::UnavailableError(
          absl::StrCat("cannot listen on ", options.listen, ": is another server running there?"));
    }
    {
      const std::scoped_lock lock(health_mutex_);
      grpc_ = std::move(server);
    }
    SetHealth(healthy_);
    return absl::OkStatus();
  }

  storage::Clock* clock_ = nullptr;
  TlsFiles tls_;
  std::string told_of_certificate_;
  std::unique_ptr<storage::Keys> keys_;
  std::unique_ptr<Authenticator> authenticator_;
  access::CurrentDirectory directory_;
  std::mutex health_mutex_;
  bool healthy_ = true;
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<LogSealer> sealer_;  // ends after the last call and before the store
  std::unique_ptr<door::Tokens> tokens_;
  std::unique_ptr<door::Door> door_;
  std::vector<std::unique_ptr<grpc::Service>> services_;
  std::unique_ptr<grpc::Server> grpc_;
  int port_ = 0;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(ServerOptions options) {
  auto server = std::make_unique<RunningServer>();
  NAVO_RETURN_IF_ERROR(server->Assemble(std::move(options)));
  return server;
}

}  // namespace navo::services
