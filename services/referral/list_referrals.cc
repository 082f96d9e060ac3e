#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "services/access/facts.h"
#include "services/domain/error.h"
#include "services/domain/page.h"
#include "services/referral/bodies.h"
#include "services/referral/referral_view.h"
#include "storage/participant.h"
#include "storage/referral.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

constexpr int64_t kRowsAtOnce = 100;

// The offer, if the caller may know of it; its line goes in the log when `keep`.
absl::StatusOr<std::optional<v1::Referral>> Tell(door::Case& c, const storage::ReferralRow& row,
                                                 bool keep) {
  NAVO_ASSIGN_OR_RETURN(const access::Facts facts,
                        access::LoadFactsByKey(c.tx(), c.caller(), row.participant_key));
  const access::Decision decision = c.DecideOn(facts);
  if (!decision.permitted()) return std::nullopt;
  // Only an offer that is open stands in for a tie, or for confirming it: those answered before are
  // none of its own.
  const bool over = row.state != v1::REFERRAL_STATE_OPEN;
  const bool own = row.author.unit_key == c.caller().unit_key &&
                   facts.participant.tie == storage::TieState::kActive;
  if (over && !own && decision.relation == v1::RELATION_REFERRAL) return std::nullopt;
  NAVO_ASSIGN_OR_RETURN(const std::optional<std::string> id,
                        storage::FindAlias(c.tx(), row.participant_key, c.caller().controller_key));
  if (!id.has_value()) return std::nullopt;
  v1::Referral told;
  door::Case::Shown shown;
  NAVO_ASSIGN_OR_RETURN(const bool shows,
                        ShowReferral(c, decision, row, storage::UuidText(*id), &shown, &told));
  if (!shows) return std::nullopt;
  if (keep) c.LogParticipant(facts, decision, shown);
  return told;
}

}  // namespace

// Reads on until the page is full and one more is known that may be told, or the end.
absl::Status ListReferrals(door::Case& c, const v1::ListReferralsRequest& request,
                           v1::ListReferralsResponse& response) {
  domain::Violations violations;
  const int page_size = domain::CheckPageSize(request.page_size(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  const std::string filters = request.open_only() ? "open" : "";
  NAVO_ASSIGN_OR_RETURN(const std::optional<door::PagePosition> after,
                        c.OpenPage(filters, request.page_token()));
  int64_t before = after.has_value() ? after->first : std::numeric_limits<int64_t>::max();
  int64_t last_shown = 0;
  while (true) {
    NAVO_ASSIGN_OR_RETURN(const std::vector<storage::ReferralRow> rows,
                          storage::ListReferrals(c.tx(), c.caller().unit_key, before,
                                                 request.open_only(), kRowsAtOnce));
    for (const storage::ReferralRow& row : rows) {
      const bool full = response.referrals_size() == page_size;
      NAVO_ASSIGN_OR_RETURN(std::optional<v1::Referral> told, Tell(c, row, !full));
      if (!told.has_value()) continue;
      if (full) {
        response.set_next_page_token(c.NextPage(filters, {last_shown, 0, {}}));
        return absl::OkStatus();
      }
      *response.add_referrals() = *std::move(told);
      last_shown = row.referral_key;
    }
    if (rows.size() < kRowsAtOnce) return absl::OkStatus();
    before = rows.back().referral_key;
  }
}

}  // namespace navo::services
