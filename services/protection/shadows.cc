#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/access/facts.h"
#include "services/domain/error.h"
#include "services/domain/name_key.h"
#include "services/domain/page.h"
#include "services/protection/bodies.h"
#include "storage/instant.h"
#include "storage/participant.h"
#include "storage/shadow.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

using storage::Grading;
using storage::ShadowRow;

constexpr int64_t kRowsAtOnce = 100;

v1::AddressGrading GradingOf(Grading grading) {
  switch (grading) {
    case Grading::kUgradert:
      return v1::ADDRESS_GRADING_UGRADERT;
    case Grading::kFortrolig:
      return v1::ADDRESS_GRADING_FORTROLIG;
    case Grading::kStrengtFortrolig:
      return v1::ADDRESS_GRADING_STRENGT_FORTROLIG;
    case Grading::kStrengtFortroligUtland:
      return v1::ADDRESS_GRADING_STRENGT_FORTROLIG_UTLAND;
    case Grading::kUkjent:
    case Grading::kMerged:  // of no number
      break;
  }
  return v1::ADDRESS_GRADING_UKJENT;
}

// The decision on a shadow record: on the person whom it stands for, by the number's protection.
access::Decision DecideOn(const door::Case& c, access::Facts& facts, const ShadowRow& row) {
  facts.participant.protection = row.protection;
  return c.DecideOversightOn(facts);
}

v1::ShadowRecord Show(const door::Case& c, const ShadowRow& row) {
  v1::ShadowRecord shown;
  shown.set_shadow_id(storage::UuidText(row.id));
  shown.set_grading(GradingOf(row.protection.grading));
  shown.set_shielded(row.protection.shielded);
  for (const int64_t unit_key : row.unit_keys) {
    const access::Unit* unit = c.directory().FindUnit(unit_key);
    if (unit != nullptr) shown.add_units(unit->id);
  }
  storage::SetInstant(row.created_us, shown.mutable_created());
  return shown;
}

}  // namespace

// Reads on until the page is full and one more is known that may be told, or the end.
absl::Status ListShadows(door::Case& c, const v1::ListShadowsRequest& request,
                         v1::ListShadowsResponse& response) {
  domain::Violations violations;
  const int page_size = domain::CheckPageSize(request.page_size(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const std::optional<door::PagePosition> after,
                        c.OpenPage("", request.page_token()));
  int64_t before = after.has_value() ? after->first : std::numeric_limits<int64_t>::max();
  int64_t last_shown = 0;
  while (true) {
    NAVO_ASSIGN_OR_RETURN(
        const std::vector<ShadowRow> rows,
        storage::ListShadows(c.tx(), c.caller().controller_key, before, kRowsAtOnce));
    for (const ShadowRow& row : rows) {
      NAVO_ASSIGN_OR_RETURN(access::Facts facts,
                            access::LoadFactsByKey(c.tx(), c.caller(), row.participant_key));
      const access::Decision decision = DecideOn(c, facts, row);
      if (!decision.permitted()) continue;
      if (response.shadows_size() == page_size) {
        response.set_next_page_token(c.NextPage("", {last_shown, 0, {}}));
        return absl::OkStatus();
      }
      *response.add_shadows() = Show(c, row);
      last_shown = row.participant_key;
      c.LogParticipant(facts, decision, {v1::CATEGORY_EXISTENCE}, {});
    }
    if (rows.size() < kRowsAtOnce) return absl::OkStatus();
    before = rows.back().participant_key;
  }
}

absl::Status MergeShadow(door::WriteCase& c, const v1::MergeShadowRequest& request,
                         v1::MergeShadowResponse& response) {
  const std::string id = storage::UuidBytes(request.shadow_id()).value_or(std::string());
  NAVO_ASSIGN_OR_RETURN(access::Facts facts, access::LoadFactsById(c.tx(), c.caller(), id));
  const int64_t shadow_key = facts.participant.participant_key;
  if (!facts.known || facts.participant.realm == storage::kOrdinaryRealm) {
    return domain::NotFound();
  }
  NAVO_ASSIGN_OR_RETURN(const std::vector<ShadowRow> rows,
                        storage::ListShadows(c.tx(), c.caller().controller_key, shadow_key + 1, 1));
  if (rows.empty() || rows[0].participant_key != shadow_key) return domain::NotFound();
  const access::Decision decision = DecideOn(c, facts, rows[0]);
  if (!decision.permitted()) return domain::NotFound();
  NAVO_ASSIGN_OR_RETURN(const int64_t real_key, storage::MergeShadow(
                                                    c.tx(), shadow_key, c.author(),
                                                    [&c] { return c.NewId(); }, domain::NameKeyOf));
  NAVO_ASSIGN_OR_RETURN(const std::optional<std::string> real_id,
                        storage::FindAlias(c.tx(), real_key, c.caller().controller_key));
  if (!real_id.has_value()) return absl::InternalError("a merged participant has no id");
  NAVO_ASSIGN_OR_RETURN(facts, access::LoadFactsByKey(c.tx(), c.caller(), real_key));
  c.LogParticipant(facts, decision, {v1::CATEGORY_EXISTENCE}, {});
  response.set_participant_id(storage::UuidText(*real_id));
  return absl::OkStatus();
}

}  // namespace navo::services
