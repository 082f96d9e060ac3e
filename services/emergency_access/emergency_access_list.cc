#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "services/access/facts.h"
#include "services/domain/error.h"
#include "services/domain/page.h"
#include "services/emergency_access/bodies.h"
#include "storage/emergency_access.h"
#include "storage/instant.h"
#include "storage/participant.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

using storage::EmergencyRow;

constexpr int64_t kRowsAtOnce = 100;

// Whose the caller answers for.
storage::EmergencyFilter FilterOf(const door::Case& c, bool open_only) {
  storage::EmergencyFilter filter;
  filter.controller_key = c.caller().controller_key;
  filter.open_only = open_only;
  if (c.caller().roles.Has(v1::ROLE_PERSONVERN)) return filter;
  filter.unit_key = c.caller().unit_key;
  if (!c.caller().roles.Has(v1::ROLE_LEDER)) filter.principal_key = c.caller().principal_key;
  return filter;
}

// Null when the caller may not know of the participant; its line goes in the log when `keep`.
absl::StatusOr<std::optional<v1::EmergencyAccess>> Tell(door::Case& c, const EmergencyRow& row,
                                                        bool keep) {
  NAVO_ASSIGN_OR_RETURN(const access::Facts facts,
                        access::LoadFactsByKey(c.tx(), c.caller(), row.participant_key));
  const access::Decision decision = c.DecideOversightOn(facts);
  if (!decision.permitted()) return std::nullopt;
  const v1::EmergencyAccess* body = c.OpenFor(decision, row.body);
  NAVO_ASSIGN_OR_RETURN(const std::optional<std::string> id,
                        storage::FindAlias(c.tx(), row.participant_key, c.caller().controller_key));
  if (body == nullptr || !id.has_value()) return std::nullopt;
  v1::EmergencyAccess told = *body;
  told.set_emergency_access_id(storage::UuidText(row.id));
  told.set_participant_id(storage::UuidText(*id));
  c.Describe(row.author, told.mutable_provenance());
  storage::SetInstant(row.until_us, told.mutable_until());
  told.set_open(row.until_us > c.tx().now_us());
  if (keep) c.LogParticipant(facts, decision, {v1::CATEGORY_EXISTENCE}, {});
  return told;
}

}  // namespace

// Reads on until the page is full and one more is known that may be told, or the end.
absl::Status ListEmergencyAccess(door::Case& c, const v1::ListEmergencyAccessRequest& request,
                                 v1::ListEmergencyAccessResponse& response) {
  domain::Violations violations;
  const int page_size = domain::CheckPageSize(request.page_size(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  const std::string filters = request.open_only() ? "open" : "";
  NAVO_ASSIGN_OR_RETURN(const std::optional<door::PagePosition> after,
                        c.OpenPage(filters, request.page_token()));
  const storage::EmergencyFilter filter = FilterOf(c, request.open_only());
  int64_t before = after.has_value() ? after->first : std::numeric_limits<int64_t>::max();
  int64_t last_shown = 0;
  while (true) {
    NAVO_ASSIGN_OR_RETURN(const std::vector<EmergencyRow> rows,
                          storage::ListEmergencies(c.tx(), filter, before, kRowsAtOnce));
    for (const EmergencyRow& row : rows) {
      const bool full = response.emergency_accesses_size() == page_size;
      NAVO_ASSIGN_OR_RETURN(std::optional<v1::EmergencyAccess> told, Tell(c, row, !full));
      if (!told.has_value()) continue;
      if (full) {
        response.set_next_page_token(c.NextPage(filters, {last_shown, 0, {}}));
        return absl::OkStatus();
      }
      *response.add_emergency_accesses() = *std::move(told);
      last_shown = row.emergency_key;
    }
    if (rows.size() < kRowsAtOnce) return absl::OkStatus();
    before = rows.back().emergency_key;
  }
}

}  // namespace navo::services
