#ifndef NAVO_STORAGE_OFFERING_H_
#define NAVO_STORAGE_OFFERING_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/plan.pb.h"
#include "storage/tx.h"

// Offerings: courses and measures that have places. They come from imports only, one row for each
// (controller, source system, id there), and are about nobody in particular. A participation may
// name one before it has come: the row is made then and completed later, and every step that points
// to it shows what came. All functions: errors of the engine only. Any thread, within the Tx.
namespace navo::storage {

struct OfferingRow {
  int64_t offering_key = 0;
  bool known = false;  // false: only its id is known so far, or it was deleted at its source
  v1::Offering body;   // offering_id is the id in the source system
};

absl::StatusOr<std::optional<OfferingRow>> FindOffering(ReadTx& tx, int64_t controller_key,
                                                        std::string_view source_system,
                                                        std::string_view source_id);

// An offering by its key, for whoever keeps that; nullopt when there is none.
absl::StatusOr<std::optional<OfferingRow>> LoadOffering(ReadTx& tx, int64_t offering_key);

// The key of the offering, made as not yet known when there is none.
absl::StatusOr<int64_t> GetOrCreateOffering(WriteTx& tx, int64_t controller_key,
                                            std::string_view source_system,
                                            std::string_view source_id);

// What became of a record that came in.
enum class PutOutcome { kCreated, kUpdated, kUnchanged };

struct OfferingPut {
  int64_t offering_key = 0;
  // kCreated also for one that a participation had named before.
  PutOutcome outcome = PutOutcome::kUnchanged;
};

// Adds or replaces the offering with id `offering.offering_id()`; journaled, without a participant,
// when it changed anything.
absl::StatusOr<OfferingPut> PutOffering(WriteTx& tx, int64_t controller_key,
                                        std::string_view source_system, int64_t principal_key,
                                        const v1::Offering& offering);

// The source deleted it: steps that point to it keep its id alone. True when it was known.
absl::StatusOr<bool> ForgetOffering(WriteTx& tx, int64_t controller_key,
                                    std::string_view source_system, int64_t principal_key,
                                    std::string_view source_id);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_OFFERING_H_
