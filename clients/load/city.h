// The benchmark's server and everybody who may call it.
#ifndef NAVO_CLIENTS_LOAD_CITY_H_
#define NAVO_CLIENTS_LOAD_CITY_H_

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/load/case_writer.h"
#include "clients/load/population.h"
#include "grpcpp/channel.h"

namespace navo::load {

inline constexpr int kClientsOnConnection = 16;

// On whose behalf a call is made. kSelf: the participant.
enum class Side { kNav, kVo, kSelf };

// Any thread.
struct City {
  Population population;
  uint64_t seed = 0;
  std::string dev;  // the server's folder of keys
  std::string address;
  std::vector<std::string> veileder_tokens;              // by number, ready for `authorization`
  std::vector<std::string> teacher_tokens;               // likewise
  std::vector<std::shared_ptr<grpc::Channel>> channels;  // clients are spread over them

  int steps_of_side = kStepsOfSide;  // at least, in every case

  // How a participant is called by that side; `me` by itself.
  std::string IdOf(int participant, Side side) const;
  // The token of the side's person who has the case. "" when it cannot be minted.
  std::string TokenOf(int participant, Side side) const;

  // The participants' own tokens, minted when they are first wanted.
  struct OwnTokens {
    std::mutex mutex;
    std::map<int, std::string> of_participant;  // guarded by mutex
  };
  std::unique_ptr<OwnTokens> own_tokens = std::make_unique<OwnTokens>();
};

// Mints the tokens with the key in `dev` and opens connections for `clients`.
absl::StatusOr<City> OpenCity(int participants, uint64_t seed, const std::string& dev,
                              const std::string& address, int clients);

// The token of a system that sends files.
absl::StatusOr<std::string> SystemToken(const std::string& dev, const std::string& subject);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_CITY_H_
