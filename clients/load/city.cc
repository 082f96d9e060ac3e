#include "clients/load/city.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/cli/mint.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::load {
namespace {

absl::StatusOr<std::string> Mint(const std::string& dev, const std::string& kind,
                                 const std::string& subject, const std::string& number) {
  cli::TokenRequest request;
  request.subject = subject;
  request.kind = kind;
  request.pid = number;
  request.now = absl::Now();
  NAVO_ASSIGN_OR_RETURN(const std::string token,
                        cli::MintToken(dev + "/dev-signing-key.pem", request));
  return token;
}

// As `authorization` wants it.
absl::StatusOr<std::string> Bearer(absl::StatusOr<std::string> token) {
  if (!token.ok()) return token;
  return absl::StrCat("Bearer ", *token);
}

}  // namespace

std::string City::IdOf(int participant, Side side) const {
  if (side == Side::kSelf) return "me";
  const CaseIds ids = IdsOf(seed, participant);
  return storage::UuidText(side == Side::kNav ? ids.nav : ids.vo);
}

std::string City::TokenOf(int participant, Side side) const {
  switch (side) {
    case Side::kNav:
      return veileder_tokens[static_cast<size_t>(population.VeilederOf(participant))];
    case Side::kVo:
      return teacher_tokens[static_cast<size_t>(population.TeacherOf(participant))];
    case Side::kSelf: {
      const std::scoped_lock lock(own_tokens->mutex);
      std::string& token = own_tokens->of_participant[participant];
      if (token.empty()) {
        token = Bearer(Mint(dev, "PARTICIPANT", absl::StrCat("deltaker-", participant),
                            SyntheticNumber(participant)))
                    .value_or("");
      }
      return token;
    }
  }
  return {};
}

absl::StatusOr<City> OpenCity(int participants, uint64_t seed, const std::string& dev,
                              const std::string& address, int clients) {
  City city{.population = Population(participants), .seed = seed, .dev = dev, .address = address};
  for (int i = 0; i < city.population.veilederes(); ++i) {
    NAVO_ASSIGN_OR_RETURN(std::string token,
                          Bearer(Mint(dev, "STAFF", Population::Veileder(i), "")));
    city.veileder_tokens.push_back(std::move(token));
  }
  for (int i = 0; i < city.population.teachers(); ++i) {
    NAVO_ASSIGN_OR_RETURN(std::string token,
                          Bearer(Mint(dev, "STAFF", Population::Teacher(i), "")));
    city.teacher_tokens.push_back(std::move(token));
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

absl::StatusOr<std::string> SystemToken(const std::string& dev, const std::string& subject) {
  return Mint(dev, "SYSTEM", subject, "");
}

}  // namespace navo::load
