// Fills the access log up to a size that would take years of use.
#ifndef NAVO_CLIENTS_LOAD_LOG_FILLER_H_
#define NAVO_CLIENTS_LOAD_LOG_FILLER_H_

#include <cstdint>

#include "absl/status/status.h"
#include "storage/store.h"

namespace navo::load {

// Adds rows until the log has `rows` of them (nothing when it has). They are acts of one to six
// calls by the two people who have the case, and some cases are looked at far more than others. The
// store writes them, so that the chain holds. Errors: the store's.
absl::Status FillLog(storage::Store& store, int64_t rows, uint64_t seed);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_LOG_FILLER_H_
