#include "storage/access_log_query.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "storage/status_macros.h"

namespace navo::storage {
namespace {

constexpr int64_t kMicrosecondsADay = 86'400'000'000;

// So many rows at a time: the newest page of most people is one lot.
constexpr int64_t kRowsAtOnce = 256;
// A clock that was set back puts a row among those of the day after.
constexpr int64_t kDaysOfDoubt = 1;

constexpr Sql kBefore(
    "SELECT l.position, l.time_us, l.principal_key, l.unit_key, l.role, l.relation, l.act, l.rpc,"
    " l.shown, l.shown_through, l.withheld, l.purpose, l.ground_key, l.decision, l.reason,"
    " g.id, g.controller_key"
    " FROM access_log l LEFT JOIN ground g ON g.ground_key = l.ground_key"
    " WHERE l.participant_key = $1 AND l.position < $3 AND ($2 = 0 OR g.controller_key = $2"
    " OR l.unit_key IN (SELECT unit_key FROM unit WHERE controller_key = $2))"
    " ORDER BY l.position DESC LIMIT $4");
constexpr Sql kFrom(
    "SELECT l.position, l.time_us, l.principal_key, l.unit_key, l.act"
    " FROM access_log l LEFT JOIN ground g ON g.ground_key = l.ground_key"
    " WHERE l.participant_key = $1 AND l.position >= $3 AND ($2 = 0 OR g.controller_key = $2"
    " OR l.unit_key IN (SELECT unit_key FROM unit WHERE controller_key = $2))"
    " ORDER BY l.position LIMIT $4");

// The same of a participant who has merged shadow records: what was looked at there was the same
// person.
constexpr Sql kHasMerged(
    "SELECT 1 FROM participant WHERE merged_into = $1 AND merged_into > 0 LIMIT 1");
constexpr Sql kBeforeOfAll(
    "SELECT l.position, l.time_us, l.principal_key, l.unit_key, l.role, l.relation, l.act, l.rpc,"
    " l.shown, l.shown_through, l.withheld, l.purpose, l.ground_key, l.decision, l.reason,"
    " g.id, g.controller_key"
    " FROM access_log l LEFT JOIN ground g ON g.ground_key = l.ground_key"
    " WHERE l.participant_key IN (SELECT CAST($1 AS BIGINT) UNION ALL"
    " SELECT participant_key FROM participant"
    " WHERE merged_into = $1 AND merged_into > 0) AND l.position < $3"
    " AND ($2 = 0 OR g.controller_key = $2"
    " OR l.unit_key IN (SELECT unit_key FROM unit WHERE controller_key = $2))"
    " ORDER BY l.position DESC LIMIT $4");
constexpr Sql kFromOfAll(
    "SELECT l.position, l.time_us, l.principal_key, l.unit_key, l.act"
    " FROM access_log l LEFT JOIN ground g ON g.ground_key = l.ground_key"
    " WHERE l.participant_key IN (SELECT CAST($1 AS BIGINT) UNION ALL"
    " SELECT participant_key FROM participant"
    " WHERE merged_into = $1 AND merged_into > 0) AND l.position >= $3"
    " AND ($2 = 0 OR g.controller_key = $2"
    " OR l.unit_key IN (SELECT unit_key FROM unit WHERE controller_key = $2))"
    " ORDER BY l.position LIMIT $4");

// What makes calls one act: act, principal, unit and day.
using ActKey = std::tuple<ActId, int64_t, int64_t, int64_t>;

ActKey KeyOf(const AccessLogRow& row) {
  return {row.act, row.principal_key, row.unit_key, row.time_us / kMicrosecondsADay};
}

LoggedLook LookOf(const Row& row, int64_t participant_key) {
  LoggedLook look;
  look.row = AccessLogRow{
      .position = row.Int64(0),
      .time_us = row.Int64(1),
      .participant_key = participant_key,
      .principal_key = row.Int64(2),
      .unit_key = row.Int64(3),
      .role = row.Int64(4),
      .relation = row.Int64(5),
      .rpc = row.Int64(7),
      .shown = row.Int64(8),
      .shown_through = row.Int64(9),
      .withheld = row.Int64(10),
      .purpose = row.Int64(11),
      .ground_key = row.Int64(12),
      .decision = row.Int64(13),
      .reason = row.Int64(14),
  };
  look.row.act = ActIdOf(row.Bytes(6));
  look.ground_id = row.Bytes(15);
  look.ground_controller_key = row.Int64(16);
  return look;
}

// Acts that have a call from this position on stood on an earlier page. Only those of that call's
// day can have one before it as well.
absl::Status ReadTold(ReadTx& tx, Sql from, int64_t participant_key, const LogViewer& viewer,
                      int64_t position, std::set<ActKey>& told) {
  int64_t first_day = -1;
  int64_t day = 0;
  int64_t seen = kRowsAtOnce;
  while (seen == kRowsAtOnce && day <= first_day + kDaysOfDoubt) {
    seen = 0;
    NAVO_RETURN_IF_ERROR(tx.Each(
        from, {participant_key, viewer.controller_key, position, kRowsAtOnce}, [&](const Row& row) {
          ++seen;
          position = row.Int64(0) + 1;
          day = row.Int64(1) / kMicrosecondsADay;
          if (first_day < 0) first_day = day;
          told.emplace(ActIdOf(row.Bytes(4)), row.Int64(2), row.Int64(3), day);
        }));
    if (first_day < 0) break;
  }
  return absl::OkStatus();
}

// The acts of a page, as their calls come in, newest first.
class Gathering {
 public:
  Gathering(std::set<ActKey> told, int64_t limit)
      : told_(std::move(told)), limit_(static_cast<size_t>(limit)) {}

  void Take(LoggedLook look) {
    const ActKey key = KeyOf(look.row);
    day_ = std::get<3>(key);
    if (told_.contains(key)) return;
    const auto found = places_.find(key);
    if (found != places_.end()) {
      acts_[found->second].push_back(std::move(look));
    } else if (acts_.size() < limit_) {
      places_.emplace(key, acts_.size());
      acts_.push_back({std::move(look)});
      oldest_day_ = std::min(oldest_day_, day_);
    }
  }

  // No older call can belong to an act of the page.
  bool complete() const { return acts_.size() == limit_ && day_ + kDaysOfDoubt < oldest_day_; }
  std::vector<LoggedAct> TakeActs() { return std::move(acts_); }

 private:
  const std::set<ActKey> told_;
  const size_t limit_;
  std::map<ActKey, size_t> places_;
  std::vector<LoggedAct> acts_;
  int64_t day_ = 0;
  int64_t oldest_day_ = std::numeric_limits<int64_t>::max();
};

}  // namespace

absl::StatusOr<Guarded<std::vector<LoggedAct>>> ListActs(ReadTx& tx, int64_t participant_key,
                                                         const LogViewer& viewer,
                                                         int64_t before_position, int64_t limit) {
  NAVO_ASSIGN_OR_RETURN(const bool has_merged, tx.Any(kHasMerged, {participant_key}));
  const Sql& before = has_merged ? kBeforeOfAll : kBefore;
  std::set<ActKey> told;
  if (before_position != std::numeric_limits<int64_t>::max()) {
    NAVO_RETURN_IF_ERROR(ReadTold(tx, has_merged ? kFromOfAll : kFrom, participant_key, viewer,
                                  before_position, told));
  }
  Gathering gathering(std::move(told), limit);
  for (int64_t seen = kRowsAtOnce; seen == kRowsAtOnce && !gathering.complete();) {
    seen = 0;
    NAVO_RETURN_IF_ERROR(
        tx.Each(before, {participant_key, viewer.controller_key, before_position, kRowsAtOnce},
                [&](const Row& row) {
                  ++seen;
                  before_position = row.Int64(0);
                  gathering.Take(LookOf(row, participant_key));
                }));
  }
  const Label label{v1::CATEGORY_EXISTENCE, {viewer.controller_key, viewer.unit_key, 0}};
  return Guarded<std::vector<LoggedAct>>(label, gathering.TakeActs());
}

}  // namespace navo::storage
