// C, the case screen: all that a page about one person needs, as one act. The same calls in the
// same order as `navo case show` (a test compares them).
#ifndef NAVO_CLIENTS_LOAD_CASE_SCREEN_H_
#define NAVO_CLIENTS_LOAD_CASE_SCREEN_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "clients/load/loads.h"
#include "clients/load/rpcs.h"

namespace navo::load {

// The first call, who it is, is answered before the others start, which then run beside each other.
std::vector<RpcPtr> CaseScreenCalls();

// One `done` for each whole screen. The city must outlive it.
std::unique_ptr<SampledLoad> MakeCaseScreenLoad(const City& city, uint64_t seed);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_CASE_SCREEN_H_
