#include "storage/access_log_search.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "storage/status_macros.h"

namespace navo::storage {
namespace {

// What was looked at in a shadow record that was merged is about the participant it became.
#define NAVO_FOUND_COLUMNS                                                                      \
  "SELECT l.position, l.time_us, CASE WHEN p.merged_into > 0 THEN p.merged_into"                \
  " ELSE l.participant_key END, l.principal_key, l.unit_key, l.role, l.relation, l.act, l.rpc," \
  " l.shown, l.shown_through, l.withheld, l.purpose, l.ground_key, l.decision, l.reason, g.id," \
  " g.controller_key, a.id FROM access_log l"                                                   \
  " LEFT JOIN ground g ON g.ground_key = l.ground_key"                                          \
  " LEFT JOIN participant p ON p.participant_key = l.participant_key"                           \
  " LEFT JOIN participant_alias a ON a.participant_key = l.participant_key"                     \
  " AND a.controller_key = $1"                                                                  \
  " WHERE l.position < $2 AND l.position > $3 AND ($4 = 0 OR l.unit_key = $4)"                  \
  " AND ($5 = 0 OR l.principal_key = $5) AND ($6 = 0 OR l.decision = $6)"                       \
  " AND ($7 = 0 OR l.relation = $7) AND (g.controller_key = $1"                                 \
  " OR l.unit_key IN (SELECT unit_key FROM unit WHERE controller_key = $1))"
constexpr Sql kSearch(NAVO_FOUND_COLUMNS " ORDER BY l.position DESC LIMIT $8");
constexpr Sql kSearchParticipant(NAVO_FOUND_COLUMNS
                                 " AND l.participant_key = $9 ORDER BY l.position DESC LIMIT $8");
constexpr Sql kSearchMerged(NAVO_FOUND_COLUMNS
                            " AND l.participant_key IN (SELECT CAST($9 AS BIGINT) UNION ALL"
                            " SELECT participant_key FROM participant"
                            " WHERE merged_into = $9 AND merged_into > 0)"
                            " ORDER BY l.position DESC LIMIT $8");
#undef NAVO_FOUND_COLUMNS
constexpr Sql kHasMerged(
    "SELECT 1 FROM participant WHERE merged_into = $1 AND merged_into > 0 LIMIT 1");

constexpr Sql kOfStaff(
    "SELECT l.position, l.time_us, l.principal_key, l.unit_key, l.role, l.relation, l.rpc,"
    " l.decision, l.reason, l.act, coalesce(p.participant_key, 0),"
    " coalesce(p.grading, 0), coalesce(p.shielded, 0) FROM access_log l"
    " JOIN unit u ON u.unit_key = l.unit_key AND u.controller_key = $1"
    " LEFT JOIN participant_alias a ON a.participant_key = l.participant_key"
    " AND a.controller_key = $1"
    " LEFT JOIN participant s ON s.participant_key = a.participant_key"
    " LEFT JOIN participant p ON p.participant_key = CASE WHEN s.merged_into > 0"
    " THEN s.merged_into ELSE s.participant_key END"
    " WHERE l.position > $2 AND l.position <= $3 ORDER BY l.position");

FoundLook FoundOf(const Row& row) {
  FoundLook found;
  found.look.row = AccessLogRowOf(row);
  found.look.ground_id = row.Bytes(16);
  found.look.ground_controller_key = row.Int64(17);
  found.participant_id = row.Bytes(18);
  return found;
}

DayLook DayLookOf(const Row& row) {
  DayLook look{
      .position = row.Int64(0),
      .time_us = row.Int64(1),
      .principal_key = row.Int64(2),
      .unit_key = row.Int64(3),
      .role = row.Int64(4),
      .relation = row.Int64(5),
      .rpc = row.Int64(6),
      .decision = row.Int64(7),
      .reason = row.Int64(8),
      .participant_key = row.Int64(10),
      .protection = {static_cast<Grading>(row.Int64(11)), row.Int64(12) != 0},
  };
  look.act = ActIdOf(row.Bytes(9));
  return look;
}

}  // namespace

absl::StatusOr<int64_t> SearchLog(ReadTx& tx, const LogFilter& filter, int64_t limit,
                                  absl::FunctionRef<absl::Status(const Guarded<FoundLook>&)> fn) {
  const Label label{v1::CATEGORY_EXISTENCE,
                    {filter.viewer.controller_key, filter.viewer.unit_key, 0}};
  int64_t count = 0;
  int64_t oldest = filter.before_position;
  const auto take = [&](const Row& row) -> absl::Status {
    ++count;
    oldest = row.Int64(0);
    return fn(Guarded<FoundLook>(label, FoundOf(row)));
  };
  const int64_t viewer = filter.viewer.controller_key;
  if (filter.participant_key != 0) {
    NAVO_ASSIGN_OR_RETURN(const bool has_merged, tx.Any(kHasMerged, {filter.participant_key}));
    NAVO_RETURN_IF_ERROR(tx.Each(
        has_merged ? kSearchMerged : kSearchParticipant,
        {viewer, filter.before_position, filter.after_position, filter.unit_key,
         filter.principal_key, filter.decision, filter.relation, limit, filter.participant_key},
        take));
  } else {
    NAVO_RETURN_IF_ERROR(
        tx.Each(kSearch,
                {viewer, filter.before_position, filter.after_position, filter.unit_key,
                 filter.principal_key, filter.decision, filter.relation, limit},
                take));
  }
  return count == limit ? oldest : filter.after_position + 1;
}

absl::Status EachLookOfStaff(ReadTx& tx, const LogViewer& viewer, int64_t after_position,
                             int64_t last_position,
                             absl::FunctionRef<void(const Guarded<DayLook>&)> fn) {
  const Label label{v1::CATEGORY_EXISTENCE, {viewer.controller_key, viewer.unit_key, 0}};
  return tx.Each(kOfStaff, {viewer.controller_key, after_position, last_position},
                 [&](const Row& row) { fn(Guarded<DayLook>(label, DayLookOf(row))); });
}

}  // namespace navo::storage
