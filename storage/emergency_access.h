#ifndef NAVO_STORAGE_EMERGENCY_ACCESS_H_
#define NAVO_STORAGE_EMERGENCY_ACCESS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/emergency_access.pb.h"
#include "storage/guarded.h"
#include "storage/tx.h"

// Emergency accesses of staff to participants they have no relation to. One is open until its time,
// which is brought forward when it is ended. All functions: errors of the engine only. Any thread,
// within the Tx.
namespace navo::storage {

struct EmergencyRow {
  int64_t emergency_key = 0;
  std::string id;  // 16 bytes
  int64_t participant_key = 0;
  Author author;  // who opened it
  int64_t until_us = 0;
  int64_t version = 1;
  Guarded<v1::EmergencyAccess> body;  // EXISTENCE; reason, how it ended, role and time
};

absl::StatusOr<std::optional<EmergencyRow>> FindEmergency(ReadTx& tx, std::string_view id_bytes);
// Those that the principal has open now, in whatever unit, oldest first.
absl::StatusOr<std::vector<EmergencyRow>> ListOpenEmergencies(ReadTx& tx, int64_t principal_key);

// Which of a controller's are listed; 0 for all units, or principals.
struct EmergencyFilter {
  int64_t controller_key = 0;
  int64_t unit_key = 0;
  int64_t principal_key = 0;
  bool open_only = false;
};
// At most `limit` before this key, newest first.
absl::StatusOr<std::vector<EmergencyRow>> ListEmergencies(ReadTx& tx, const EmergencyFilter& filter,
                                                          int64_t before_key, int64_t limit);

// Adds and journals it, and counts the participant's access revision.
absl::Status AddEmergency(WriteTx& tx, const EmergencyRow& emergency,
                          const v1::EmergencyAccess& body);
// Ends an open one now, journaled as done by `actor`. Nothing to do for one that is over.
absl::Status EndEmergency(WriteTx& tx, const EmergencyRow& emergency, v1::EmergencyEnd end,
                          const Author& actor);
// Ends everybody's to the participant.
absl::Status EndEmergenciesTo(WriteTx& tx, int64_t participant_key, v1::EmergencyEnd end);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_EMERGENCY_ACCESS_H_
