#include "storage/access_log_query.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "storage/status_macros.h"

namespace navo::storage {
namespace {

constexpr int64_t kMicrosecondsADay = 86'400'000'000;

constexpr Sql kActs(
    "WITH seen AS (SELECT l.position, l.time_us, l.principal_key, l.unit_key, l.role, l.relation,"
    " l.act, l.rpc, l.shown, l.shown_through, l.withheld, l.purpose, l.ground_key, l.decision,"
    " l.reason,"
    " g.id AS ground_id, g.controller_key AS ground_controller_key, l.time_us / 86400000000 AS day"
    " FROM access_log l LEFT JOIN ground g ON g.ground_key = l.ground_key"
    " WHERE l.participant_key = $1 AND ($2 = 0 OR g.controller_key = $2"
    " OR l.unit_key IN (SELECT unit_key FROM unit WHERE controller_key = $2))),"
    " acts AS (SELECT act, principal_key, unit_key, day FROM seen"
    " GROUP BY act, principal_key, unit_key, day HAVING MAX(position) < $3"
    " ORDER BY MAX(position) DESC LIMIT $4)"
    " SELECT s.position, s.time_us, s.principal_key, s.unit_key, s.role, s.relation, s.act, s.rpc,"
    " s.shown, s.shown_through, s.withheld, s.purpose, s.ground_key, s.decision, s.reason,"
    " s.ground_id,"
    " s.ground_controller_key"
    " FROM seen s JOIN acts a ON a.act = s.act AND a.principal_key = s.principal_key"
    " AND a.unit_key = s.unit_key AND a.day = s.day ORDER BY s.position DESC");

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
  const std::string_view act = row.Bytes(6);
  std::memcpy(look.row.act.data(), act.data(), std::min(act.size(), look.row.act.size()));
  look.ground_id = row.Bytes(15);
  look.ground_controller_key = row.Int64(16);
  return look;
}

}  // namespace

absl::StatusOr<Guarded<std::vector<LoggedAct>>> ListActs(ReadTx& tx, int64_t participant_key,
                                                         const LogViewer& viewer,
                                                         int64_t before_position, int64_t limit) {
  using ActKey = std::tuple<ActId, int64_t, int64_t, int64_t>;
  std::map<ActKey, size_t> places;
  std::vector<LoggedAct> acts;
  NAVO_RETURN_IF_ERROR(tx.Each(
      kActs, {participant_key, viewer.controller_key, before_position, limit}, [&](const Row& row) {
        LoggedLook look = LookOf(row, participant_key);
        const AccessLogRow& one = look.row;
        const ActKey key{one.act, one.principal_key, one.unit_key, one.time_us / kMicrosecondsADay};
        const auto [place, is_new] = places.try_emplace(key, acts.size());
        if (is_new) acts.emplace_back();
        acts[place->second].push_back(std::move(look));
      }));
  const Label label{v1::CATEGORY_EXISTENCE, {viewer.controller_key, viewer.unit_key, 0}};
  return Guarded<std::vector<LoggedAct>>(label, std::move(acts));
}

}  // namespace navo::storage
