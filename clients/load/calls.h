// The benchmark's calls, as Loads: the echo E, the reads R and L, and the write W. Every answer's
// status is checked, and of every kSampled one the content.
#ifndef NAVO_CLIENTS_LOAD_CALLS_H_
#define NAVO_CLIENTS_LOAD_CALLS_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/load/dice.h"
#include "clients/load/drive.h"
#include "clients/load/population.h"
#include "grpcpp/channel.h"

namespace navo::load {

inline constexpr int kSampled = 64;         // content and trailer of one answer in so many
inline constexpr int kCallsInSitting = 20;  // a client is one veileder for so many calls
inline constexpr int kClientsOnConnection = 16;

// The server and everybody who may call it. Read-only once made; any thread.
struct City {
  Population population;
  uint64_t seed;
  std::string address;
  std::vector<std::string> tokens;                       // by veileder
  std::vector<std::shared_ptr<grpc::Channel>> channels;  // clients are spread over them
};

// Mints the tokens with the key in `dev` and opens connections for `clients`.
absl::StatusOr<City> OpenCity(int participants, uint64_t seed, const std::string& dev,
                              const std::string& address, int clients);

// Sums over the sampled calls. Any thread.
struct Sampled {
  std::atomic<int64_t> calls = 0;
  std::atomic<int64_t> statements = 0;
  std::atomic<int64_t> request_bytes = 0;
  std::atomic<int64_t> response_bytes = 0;
  // Averages; 0 before the first.
  double Statements() const;
  int RequestBytes() const;
  int ResponseBytes() const;
};

class SampledLoad : public Load {
 public:
  const Sampled& sampled() const { return sampled_; }

 protected:
  Sampled sampled_;
};

// The city must outlive the loads.
std::unique_ptr<SampledLoad> MakeReadLoad(const City& city);   // R: PlanService.Get
std::unique_ptr<SampledLoad> MakeWriteLoad(const City& city);  // W: FollowUpService.Record
std::unique_ptr<SampledLoad> MakeListLoad(const City& city);   // L: ParticipantService.List, 80
// E, as large as another call's request and response.
std::unique_ptr<SampledLoad> MakeEchoLoad(const City& city, int request_bytes, int response_bytes);

// Writes one follow-up and finds it in the list of the case: that W is what it says.
absl::Status CheckWrite(const City& city);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_CALLS_H_
