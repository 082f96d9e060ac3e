// Single calls made over and over: the reads R and L, the write W, the echo E. Every answer's
// status is checked, and of every kSampled one the content.
#ifndef NAVO_CLIENTS_LOAD_LOADS_H_
#define NAVO_CLIENTS_LOAD_LOADS_H_

#include <atomic>
#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "clients/load/drive.h"
#include "clients/load/rpcs.h"
#include "clients/load/wire.h"

namespace navo::load {

inline constexpr int kSampled = 64;  // content and trailer of one answer in so many

// Sums over the sampled calls. Any thread.
struct Sampled {
  std::atomic<int64_t> calls = 0;
  std::atomic<int64_t> statements = 0;
  std::atomic<int64_t> request_bytes = 0;
  std::atomic<int64_t> response_bytes = 0;

  void Add(const Answer& answer);
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

// One method, called by the veileder of a case. The city must outlive it. `seed`: of who calls
// about which case, and of what is written.
std::unique_ptr<SampledLoad> MakeSingleLoad(const City& city, RpcPtr rpc, uint64_t seed);

// Another one for each run, so that request ids do not come again on a kept database.
uint64_t SeedOfNow();

// Writes one follow-up and finds it in the list of the case: that W is what it says.
absl::Status CheckWrite(const City& city);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_LOADS_H_
