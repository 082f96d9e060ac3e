#ifndef NAVO_STORAGE_GROUND_H_
#define NAVO_STORAGE_GROUND_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/consent.pb.h"
#include "storage/guarded.h"
#include "storage/tx.h"

// Grounds for sharing. A ground is never edited but for its life: pending, active, ended.
// All functions: errors of the engine only, unless said otherwise. Any thread, within the Tx.
namespace navo::storage {

inline constexpr int64_t kNoLastDay = 1'000'000;  // later than any day the API takes

struct GroundRow {
  int64_t ground_key = 0;
  std::string id;  // 16 bytes
  int64_t participant_key = 0;
  v1::GroundState state = v1::GROUND_STATE_UNSPECIFIED;
  v1::GroundKind kind = v1::GROUND_KIND_UNSPECIFIED;
  v1::Purpose purpose = v1::PURPOSE_UNSPECIFIED;
  int64_t to_controller_key = 0;
  int64_t to_unit_key = 0;     // 0: every unit of the receiver
  int64_t categories = 0;      // bit mask: 1 << Category
  int64_t valid_from_day = 0;  // days since 1970, inclusive
  int64_t valid_to_day = kNoLastDay;
  int64_t version = 1;
  // Whose data it opens (controller_key), and who registered it.
  Author author;
  // Who confirmed a pending one; principal_key 0 while nobody has.
  int64_t confirmed_unit_key = 0;
  int64_t confirmed_principal_key = 0;
  v1::Ground body;  // what is in no column: proof, law, roles, times
};

// What a decision needs of an active ground.
struct ActiveGround {
  int64_t ground_key = 0;
  int64_t from_controller_key = 0;
  int64_t to_unit_key = 0;
  v1::Purpose purpose = v1::PURPOSE_UNSPECIFIED;
  int64_t categories = 0;
  int64_t valid_from_day = 0;
  int64_t valid_to_day = 0;
  v1::GroundKind kind = v1::GROUND_KIND_UNSPECIFIED;
};

// Active grounds towards a controller that end on `since_day` or later, in the order in which a
// reading names them: the one that lasts longest, of those the oldest.
absl::StatusOr<std::vector<ActiveGround>> ListActiveTowards(ReadTx& tx, int64_t participant_key,
                                                            int64_t to_controller_key,
                                                            int64_t since_day);

// Which grounds of a participant a page holds. Each kind of reader has rows of its own.
struct GroundReader {
  bool all = false;            // the participant
  int64_t controller_key = 0;  // what opens its data, in every state
  int64_t unit_key = 0;        // and what is in force towards this unit of it
  int64_t today = 0;           // on this day
};
// At most `most` of them with a key below `before_key`, newest first.
absl::StatusOr<std::vector<GroundRow>> ListGroundsOf(ReadTx& tx, int64_t participant_key,
                                                     const GroundReader& reader, int64_t before_key,
                                                     int64_t most);
// Those that are pending or active, for a purpose or, with UNSPECIFIED, for any, newest first.
absl::StatusOr<std::vector<GroundRow>> ListLivingGrounds(ReadTx& tx, int64_t participant_key,
                                                         v1::Purpose purpose);
// How many grounds in the same direction the same unit (0: the participant) registered, whose last
// day is not past. Those that were ended are counted only where `and_ended`.
absl::StatusOr<int64_t> CountGroundsLike(ReadTx& tx, const GroundRow& like, int64_t today,
                                         bool and_ended);
// Which grounds of a unit's cases end within some days.
struct ExpiringReader {
  int64_t controller_key = 0;
  int64_t unit_key = 0;
  int64_t today = 0;
  int64_t last_day = 0;  // inclusive
};
// At most `most` of them after the day and key given, by last day and key: those of the
// controller's data, and those in force towards the unit, that no other ground outlasts in the same
// direction for the same purpose and categories.
absl::StatusOr<std::vector<GroundRow>> ListExpiringGrounds(ReadTx& tx, const ExpiringReader& reader,
                                                           int64_t after_day, int64_t after_key,
                                                           int64_t most);
absl::StatusOr<std::optional<GroundRow>> FindGround(ReadTx& tx, int64_t participant_key,
                                                    std::string_view id_bytes);

// Adds a ground (ground_key is set) and journals it.
absl::Status AddGround(WriteTx& tx, GroundRow& ground);
// Makes every ground of one participant another's, who turned out to be the same person.
absl::Status MoveGrounds(WriteTx& tx, int64_t from_key, int64_t to_key, const Author& actor);
// Writes state and body of a ground as its next version and journals it as done by `actor`.
absl::Status ChangeGround(WriteTx& tx, GroundRow& ground, const Author& actor);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_GROUND_H_
