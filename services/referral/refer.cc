#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "services/domain/text.h"
#include "services/referral/bodies.h"
#include "services/referral/referral_view.h"
#include "storage/ground.h"
#include "storage/participant.h"
#include "storage/referral.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

constexpr domain::TextRule kMessageText{.max_characters = 1'000, .multi_line = true};

absl::StatusOr<const access::Unit*> CheckRefer(const door::Case& c, v1::ReferRequest* request) {
  domain::Violations violations;
  const access::Unit* unit = c.directory().FindUnit(request->to_unit());
  if (unit == nullptr || unit->closed || unit->key == c.caller().unit_key) {
    violations.Add("to_unit", "must be the id of another unit than yours, and an open one");
  }
  if (!v1::ReferralReason_IsValid(request->reason()) ||
      request->reason() == v1::REFERRAL_REASON_UNSPECIFIED) {
    violations.Add("reason", "say why the participant should go there");
  }
  domain::CheckText("message", request->mutable_message(), kMessageText, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  return unit;
}

// The own side tells another controller of the participant only where a ground lets it.
absl::Status CheckMayTell(door::Case& c, const access::Unit& unit) {
  if (unit.controller_key == c.caller().controller_key) return absl::OkStatus();
  NAVO_ASSIGN_OR_RETURN(
      const std::vector<storage::ActiveGround> grounds,
      storage::ListActiveTowards(c.tx(), c.participant_key(), unit.controller_key, c.today()));
  if (access::OpensExistence(grounds, c.caller().controller_key, unit.key, c.today())) {
    return absl::OkStatus();
  }
  return domain::MakeError(absl::StatusCode::kFailedPrecondition, domain::reason::kNoGround,
                           "nothing lets that side know of the participant: get a consent or "
                           "record a legal basis first");
}

absl::StatusOr<storage::ReferralRow> Add(door::WriteCase& c, const v1::ReferRequest& request,
                                         const access::Unit& unit) {
  storage::ReferralRow row;
  row.id = c.NewId();
  row.participant_key = c.participant_key();
  row.author = c.author();
  row.to_controller_key = unit.controller_key;
  row.to_unit_key = unit.key;
  v1::Referral body;
  body.set_reason(request.reason());
  body.set_message(request.message());
  *body.mutable_provenance() = c.NewProvenance();
  NAVO_RETURN_IF_ERROR(
      storage::GetOrCreateAlias(c.tx(), c.participant_key(), unit.controller_key, c.NewId())
          .status());
  return storage::AddReferral(c.tx(), row, body);
}

}  // namespace

absl::Status Refer(door::WriteCase& c, const v1::ReferRequest& sent, v1::ReferResponse& response) {
  v1::ReferRequest request = sent;
  NAVO_ASSIGN_OR_RETURN(const access::Unit* unit, CheckRefer(c, &request));
  NAVO_RETURN_IF_ERROR(CheckMayTell(c, *unit));
  NAVO_ASSIGN_OR_RETURN(
      std::optional<storage::ReferralRow> row,
      storage::FindOpenReferral(c.tx(), c.participant_key(), c.caller().unit_key, unit->key));
  if (!row.has_value()) {
    NAVO_ASSIGN_OR_RETURN(row, Add(c, request, *unit));
  }
  door::Case::Shown shown;
  NAVO_ASSIGN_OR_RETURN(const bool told,
                        ShowReferral(c, c.decision(), *row, request.participant_id(), &shown,
                                     response.mutable_referral()));
  return told ? absl::OkStatus() : domain::NotFound();
}

}  // namespace navo::services
