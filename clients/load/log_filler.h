// Fills the access log up to a size that would take years of use.
#ifndef NAVO_CLIENTS_LOAD_LOG_FILLER_H_
#define NAVO_CLIENTS_LOAD_LOG_FILLER_H_

#include <cstdint>
#include <functional>

#include "absl/status/status.h"
#include "storage/store.h"

namespace navo::load {

// Adds rows until the log has `rows` of them (nothing when it has). They are acts of one to six
// calls by the two people who have the case, and some cases are looked at far more than others. The
// store writes them, so that the chain holds. `move_clock` is told which part of them is written,
// so that they are spread over a year as in use. Errors: the store's.
absl::Status FillLog(storage::Store& store, int64_t rows, uint64_t seed,
                     const std::function<void(double part)>& move_clock);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_LOG_FILLER_H_
