#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "services/access/facts.h"
#include "services/access_log/anomaly.h"
#include "services/access_log/search.h"
#include "services/domain/calendar.h"
#include "services/domain/error.h"
#include "storage/instant.h"
#include "storage/log_checkpoint.h"
#include "storage/participant.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

constexpr int64_t kMostRows = 500'000;

// Participant and principal keys.
using ColleagueCases = std::multimap<int64_t, int64_t>;

// The keys of those whose numbers these are, as far as the controller could know them.
absl::Status AddKeys(door::Case& c, const std::vector<std::string>& hashes,
                     const std::function<void(int64_t)>& add) {
  for (const std::string& hash : hashes) {
    for (const int64_t realm : {storage::kOrdinaryRealm, c.caller().controller_key}) {
      NAVO_ASSIGN_OR_RETURN(const std::optional<int64_t> key,
                            storage::FindByIdentifier(c.tx(), hash, realm));
      if (key.has_value()) add(*key);
    }
  }
  return absl::OkStatus();
}

// Whose case it is when one of the controller's own people looks at a colleague's.
absl::StatusOr<ColleagueCases> Colleagues(door::Case& c) {
  ColleagueCases colleagues;
  for (const access::Principal* one : c.directory().PrincipalsOf(c.caller().controller_key)) {
    NAVO_RETURN_IF_ERROR(AddKeys(c, one->OwnHashes(c.today()), [&colleagues, one](int64_t key) {
      colleagues.emplace(key, one->key);
    }));
  }
  return colleagues;
}

struct Stretch {
  int64_t after = 0;
  int64_t last = 0;
  bool cut = false;
};

absl::StatusOr<Stretch> PositionsOf(door::Case& c, int32_t day) {
  Stretch stretch;
  NAVO_ASSIGN_OR_RETURN(const int64_t newest, storage::LastPosition(c.tx()));
  NAVO_ASSIGN_OR_RETURN(const storage::LogPlace oldest, storage::OldestLogRow(c.tx()));
  if (oldest.position == 0) return stretch;
  NAVO_ASSIGN_OR_RETURN(
      stretch.after,
      storage::LastPositionBefore(c.tx(), domain::StartOfDayUs(day), oldest.position - 1, newest));
  NAVO_ASSIGN_OR_RETURN(stretch.last,
                        storage::LastPositionBefore(c.tx(), domain::StartOfDayUs(day + 1),
                                                    oldest.position - 1, newest));
  stretch.cut = stretch.last - stretch.after > kMostRows;
  stretch.last = std::min(stretch.last, stretch.after + kMostRows);
  return stretch;
}

absl::Status Tell(door::Case& c, const FoundAnomaly& found, v1::Anomaly& told) {
  told.set_kind(found.kind);
  if (const auto* principal = c.directory().FindPrincipal(found.principal_key)) {
    told.set_subject(principal->subject);
  }
  if (const auto* unit = c.directory().FindUnit(found.unit_key)) told.set_unit(unit->id);
  told.set_role(static_cast<v1::Role>(found.role));
  storage::SetInstant(found.first_us, told.mutable_first());
  storage::SetInstant(found.last_us, told.mutable_last());
  told.set_count(found.count);
  told.set_line_nb(AnomalyLineNb(found));
  told.set_line_en(AnomalyLineEn(found));
  if (found.participant_key == 0) return absl::OkStatus();
  NAVO_ASSIGN_OR_RETURN(
      const std::optional<std::string> id,
      storage::FindAlias(c.tx(), found.participant_key, c.caller().controller_key));
  if (id.has_value()) told.set_participant_id(storage::UuidText(*id));
  NAVO_ASSIGN_OR_RETURN(const access::Facts facts,
                        access::LoadFactsByKey(c.tx(), c.caller(), found.participant_key));
  c.LogParticipant(facts, c.DecideOn(facts), {v1::CATEGORY_EXISTENCE}, {});
  return absl::OkStatus();
}

}  // namespace

absl::Status ListAnomalies(door::Case& c, const v1::ListAnomaliesRequest& request,
                           v1::ListAnomaliesResponse& response) {
  domain::Violations violations;
  int32_t day = c.today() - 1;
  if (request.has_day()) {
    day = domain::CheckDate("day", request.day(), violations).value_or(day);
    if (day > c.today()) violations.Add("day", "has not begun");
  }
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const Stretch stretch, PositionsOf(c, day));
  NAVO_ASSIGN_OR_RETURN(ColleagueCases colleagues, Colleagues(c));
  std::set<int64_t> own_cases;
  NAVO_RETURN_IF_ERROR(AddKeys(c, c.caller().principal->OwnHashes(c.today()),
                               [&own_cases](int64_t key) { own_cases.insert(key); }));
  AnomalyScan scan(std::move(colleagues));
  NAVO_RETURN_IF_ERROR(storage::EachLookOfStaff(
      c.tx(), {c.caller().controller_key, c.caller().unit_key}, stretch.after, stretch.last,
      [&](const storage::Guarded<storage::DayLook>& guarded) {
        const storage::DayLook* look = c.OpenFor(c.decision(), guarded);
        // Of somebody the caller may not know of nothing is counted.
        if (look == nullptr || own_cases.contains(look->participant_key) ||
            !access::ProtectionAllows(look->protection, c.caller().roles)) {
          return;
        }
        scan.Take(*look);
      }));
  c.LogParticipant({}, c.decision(), access::CategorySet(), {});
  for (const FoundAnomaly& found : scan.Findings()) {
    NAVO_RETURN_IF_ERROR(Tell(c, found, *response.add_anomalies()));
  }
  response.set_incomplete(stretch.cut);
  return absl::OkStatus();
}

}  // namespace navo::services
