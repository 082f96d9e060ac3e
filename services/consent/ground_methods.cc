#include "services/consent/ground_methods.h"

#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/consent/ground_view.h"
#include "services/consent/release_check.h"
#include "services/domain/calendar.h"
#include "services/domain/error.h"
#include "services/domain/page.h"
#include "services/domain/reasons.h"
#include "services/domain/text.h"
#include "storage/ground.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

constexpr size_t kShortestLawReference = 3;
constexpr domain::TextRule kLawReference{.max_characters = 200};

absl::StatusOr<storage::GroundRow> Find(door::WriteCase& c, const std::string& ground_id) {
  const std::optional<std::string> id = storage::UuidBytes(ground_id);
  if (!id.has_value()) return domain::NotFound();
  NAVO_ASSIGN_OR_RETURN(std::optional<storage::GroundRow> ground,
                        storage::FindGround(c.tx(), c.participant_key(), *id));
  if (!ground.has_value()) return domain::NotFound();
  return *std::move(ground);
}

bool RestsOnConsent(const storage::GroundRow& ground) {
  return ground.kind == v1::GROUND_KIND_SAMTYKKE || ground.kind == v1::GROUND_KIND_LOV_OG_SAMTYKKE;
}

absl::Status End(door::WriteCase& c, storage::GroundRow& ground, v1::WithdrawalChannel channel) {
  ground.state = v1::GROUND_STATE_ENDED;
  *ground.body.mutable_ended_at() = c.NewProvenance().time();
  ground.body.set_ended_channel(channel);
  return storage::ChangeGround(c.tx(), ground, c.author());
}

void CheckChannel(v1::WithdrawalChannel channel, domain::Violations& violations) {
  if (channel == v1::WITHDRAWAL_CHANNEL_PHONE || channel == v1::WITHDRAWAL_CHANNEL_PAPER ||
      channel == v1::WITHDRAWAL_CHANNEL_IN_PERSON) {
    return;
  }
  violations.Add("channel", "must say how the withdrawal came: PHONE, PAPER or IN_PERSON");
}

struct CheckedBasis {
  CheckedRelease release;
  Period period;
  std::string law_reference;
};

absl::StatusOr<CheckedBasis> Check(const door::Case& c,
                                   const v1::RecordLegalBasisRequest& request) {
  domain::Violations violations;
  CheckedBasis basis;
  basis.law_reference = request.law_reference();
  CheckPurpose(request.purpose(), violations);
  basis.release = CheckRelease("release", request.release(), c.directory(), violations);
  const size_t found = violations.items().size();
  domain::CheckText("law_reference", &basis.law_reference, kLawReference, violations);
  if (violations.items().size() == found &&
      domain::CountCharacters(basis.law_reference) < kShortestLawReference) {
    violations.Add("law_reference", "must be law and paragraph, 3 to 200 characters");
  }
  if (request.has_law_version()) {
    domain::CheckDate("law_version", request.law_version(), violations);
  } else {
    violations.Add("law_version", "must be the date of the version relied on");
  }
  basis.period = CheckValidity(request.has_valid_from() ? &request.valid_from() : nullptr,
                               request.has_valid_to() ? &request.valid_to() : nullptr,
                               {c.today(), true, 0}, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  if (basis.release.from_controller_key != c.caller().controller_key) {
    return domain::MakeError(absl::StatusCode::kPermissionDenied, domain::reason::kOwnDataOnly,
                             "release.from_controller must be your own controller");
  }
  return basis;
}

}  // namespace

absl::Status WithdrawConsent(door::WriteCase& c, const v1::WithdrawConsentRequest& request,
                             v1::WithdrawConsentResponse& /*response*/) {
  domain::Violations violations;
  CheckPurpose(request.purpose(), violations);
  if (!c.facts().self) CheckChannel(request.channel(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  const v1::WithdrawalChannel channel =
      c.facts().self ? v1::WITHDRAWAL_CHANNEL_SELF_SIGNED_IN : request.channel();
  NAVO_ASSIGN_OR_RETURN(std::vector<storage::GroundRow> grounds,
                        storage::ListGrounds(c.tx(), c.participant_key()));
  for (storage::GroundRow& ground : grounds) {
    const bool lives = ground.state != v1::GROUND_STATE_ENDED;
    if (!lives || !RestsOnConsent(ground) || ground.purpose != request.purpose()) continue;
    NAVO_RETURN_IF_ERROR(End(c, ground, channel));
  }
  return absl::OkStatus();
}

absl::Status ConfirmGround(door::WriteCase& c, const v1::ConfirmGroundRequest& request,
                           v1::ConfirmGroundResponse& response) {
  domain::Violations violations;
  if (!c.facts().self) CheckGivenToStaff("given_by", request.given_by(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(storage::GroundRow ground, Find(c, request.ground_id()));
  const bool gives = c.facts().self || ground.author.controller_key == c.caller().controller_key;
  if (!gives || ground.state != v1::GROUND_STATE_PENDING) return domain::NotFound();
  ground.state = v1::GROUND_STATE_ACTIVE;
  ground.confirmed_unit_key = c.author().unit_key;
  ground.confirmed_principal_key = c.author().principal_key;
  *ground.body.mutable_confirmed() = c.NewProvenance();
  ground.body.set_confirmed_given_by(c.facts().self ? v1::CONSENT_GIVEN_BY_SELF_SIGNED_IN
                                                    : request.given_by());
  NAVO_RETURN_IF_ERROR(storage::ChangeGround(c.tx(), ground, c.author()));
  *response.mutable_ground() = TellGround(c, ground);
  return absl::OkStatus();
}

absl::Status RecordLegalBasis(door::WriteCase& c, const v1::RecordLegalBasisRequest& request,
                              v1::RecordLegalBasisResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const CheckedBasis basis, Check(c, request));
  storage::GroundRow ground;
  ground.id = c.NewId();
  ground.participant_key = c.participant_key();
  ground.state = v1::GROUND_STATE_ACTIVE;
  ground.kind = v1::GROUND_KIND_LOV;
  ground.purpose = request.purpose();
  ground.to_controller_key = basis.release.to_controller_key;
  ground.to_unit_key = basis.release.to_unit_key;
  ground.categories = basis.release.categories.mask();
  ground.valid_from_day = basis.period.from_day;
  ground.valid_to_day = basis.period.to_day;
  ground.author = c.author();
  ground.body.set_law_reference(basis.law_reference);
  *ground.body.mutable_law_version() = request.law_version();
  *ground.body.mutable_provenance() = c.NewProvenance();
  NAVO_RETURN_IF_ERROR(storage::AddGround(c.tx(), ground));
  *response.mutable_ground() = TellGround(c, ground);
  return absl::OkStatus();
}

absl::Status EndLegalBasis(door::WriteCase& c, const v1::EndLegalBasisRequest& request,
                           v1::EndLegalBasisResponse& /*response*/) {
  NAVO_ASSIGN_OR_RETURN(storage::GroundRow ground, Find(c, request.ground_id()));
  const bool own = ground.author.controller_key == c.caller().controller_key;
  if (!own || ground.kind != v1::GROUND_KIND_LOV || ground.state != v1::GROUND_STATE_ACTIVE) {
    return domain::NotFound();
  }
  return End(c, ground, v1::WITHDRAWAL_CHANNEL_UNSPECIFIED);
}

absl::Status ListGrounds(door::Case& c, const v1::ListGroundsRequest& request,
                         v1::ListGroundsResponse& response) {
  domain::Violations violations;
  const int most = domain::CheckPageSize(request.page_size(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const std::optional<door::PagePosition> after,
                        c.OpenPage("", request.page_token()));
  const int64_t before = after.has_value() ? after->first : std::numeric_limits<int64_t>::max();
  NAVO_ASSIGN_OR_RETURN(const std::vector<storage::GroundRow> grounds,
                        storage::ListGrounds(c.tx(), c.participant_key()));
  int64_t last = 0;
  for (const storage::GroundRow& ground : grounds) {
    if (ground.ground_key >= before || !MayKnowOf(c, ground)) continue;
    if (response.grounds_size() == most) {
      response.set_next_page_token(c.NextPage("", {last, 0, {}}));
      break;
    }
    const storage::Guarded<storage::GroundRow> guarded = Guard(c, ground);
    const storage::GroundRow* opened = c.Open(guarded);
    if (opened == nullptr) continue;
    *response.add_grounds() = TellGround(c, *opened);
    last = ground.ground_key;
  }
  return absl::OkStatus();
}

}  // namespace navo::services
