#include "services/consent/ground_methods.h"

#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "services/access/openable.h"
#include "services/consent/ground_view.h"
#include "services/consent/release_check.h"
#include "services/domain/error.h"
#include "services/domain/page.h"
#include "services/domain/reasons.h"
#include "storage/ground.h"
#include "storage/participant.h"
#include "storage/shadow.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

// More than any case needs, and few enough that a reading stays quick.
constexpr int64_t kMostAlike = 500;

void CheckChannel(v1::WithdrawalChannel channel, domain::Violations& violations) {
  if (channel == v1::WITHDRAWAL_CHANNEL_PHONE || channel == v1::WITHDRAWAL_CHANNEL_PAPER ||
      channel == v1::WITHDRAWAL_CHANNEL_IN_PERSON) {
    return;
  }
  violations.Add("channel", "must say how the withdrawal came: PHONE, PAPER or IN_PERSON");
}

}  // namespace

absl::StatusOr<storage::GroundRow> FindGroundById(door::WriteCase& c,
                                                  const std::string& ground_id) {
  const std::optional<std::string> id = storage::UuidBytes(ground_id);
  if (!id.has_value()) return domain::NotFound();
  NAVO_ASSIGN_OR_RETURN(std::optional<storage::GroundRow> ground,
                        storage::FindGround(c.tx(), c.participant_key(), *id));
  if (!ground.has_value()) return domain::NotFound();
  return *std::move(ground);
}

absl::Status EndGround(door::WriteCase& c, storage::GroundRow& ground,
                       v1::WithdrawalChannel channel) {
  ground.state = v1::GROUND_STATE_ENDED;
  *ground.body.mutable_ended_at() = c.NewProvenance().time();
  ground.body.set_ended_channel(channel);
  return storage::ChangeGround(c.tx(), ground, c.author());
}

absl::Status RegisterGround(door::WriteCase& c, storage::GroundRow& ground) {
  // Of what waits at another side those that ended count too: making room would tell of it.
  const bool opens = ground.state == v1::GROUND_STATE_ACTIVE;
  NAVO_ASSIGN_OR_RETURN(const int64_t alike,
                        storage::CountGroundsLike(c.tx(), ground, c.today(), !opens));
  if (alike >= kMostAlike) {
    return domain::MakeError(absl::StatusCode::kFailedPrecondition, domain::reason::kTooManyGrounds,
                             "500 grounds in this direction are registered already: end those "
                             "that are not needed");
  }
  return storage::AddGround(c.tx(), ground);
}

// Every record of the person: the participant, and the shadow records of those who may not know
// of them. Whoever withdraws means all of them.
absl::StatusOr<std::set<int64_t>> RecordsOf(door::WriteCase& c) {
  std::set<int64_t> records{c.participant_key()};
  NAVO_ASSIGN_OR_RETURN(const std::vector<std::string> hashes,
                        storage::ListIdentifierHashes(c.tx(), c.participant_key()));
  for (const std::string& hash : hashes) {
    NAVO_ASSIGN_OR_RETURN(const std::optional<int64_t> participant_key,
                          storage::FindByIdentifier(c.tx(), hash, storage::kOrdinaryRealm));
    if (participant_key.has_value()) records.insert(*participant_key);
    NAVO_ASSIGN_OR_RETURN(const std::vector<int64_t> shadows, storage::FindShadows(c.tx(), hash));
    records.insert(shadows.begin(), shadows.end());
  }
  return records;
}

absl::Status WithdrawConsent(door::WriteCase& c, const v1::WithdrawConsentRequest& request,
                             v1::WithdrawConsentResponse& /*response*/) {
  domain::Violations violations;
  CheckPurpose(request.purpose(), violations);
  if (!c.facts().self) CheckChannel(request.channel(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  const v1::WithdrawalChannel channel =
      c.facts().self ? v1::WITHDRAWAL_CHANNEL_SELF_SIGNED_IN : request.channel();
  NAVO_ASSIGN_OR_RETURN(const std::set<int64_t> records, RecordsOf(c));
  for (const int64_t participant_key : records) {
    NAVO_ASSIGN_OR_RETURN(std::vector<storage::GroundRow> grounds,
                          storage::ListLivingGrounds(c.tx(), participant_key, request.purpose()));
    for (storage::GroundRow& ground : grounds) {
      if (access::RestsOnConsent(ground.kind)) NAVO_RETURN_IF_ERROR(EndGround(c, ground, channel));
    }
  }
  return absl::OkStatus();
}

absl::Status ConfirmGround(door::WriteCase& c, const v1::ConfirmGroundRequest& request,
                           v1::ConfirmGroundResponse& response) {
  domain::Violations violations;
  if (!c.facts().self) CheckGivenToStaff("given_by", request.given_by(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(storage::GroundRow ground, FindGroundById(c, request.ground_id()));
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

absl::Status ListGrounds(door::Case& c, const v1::ListGroundsRequest& request,
                         v1::ListGroundsResponse& response) {
  domain::Violations violations;
  const int most = domain::CheckPageSize(request.page_size(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const std::optional<door::PagePosition> after,
                        c.OpenPage("", request.page_token()));
  int64_t before = after.has_value() ? after->first : std::numeric_limits<int64_t>::max();
  const storage::GroundReader reader{c.decision().all_sides, c.caller().controller_key,
                                     c.caller().unit_key, c.today()};
  int64_t last = 0;
  // What one batch holds that the caller may not know of after all, the next ones make up for.
  for (size_t read = static_cast<size_t>(most) + 1; read == static_cast<size_t>(most) + 1;) {
    NAVO_ASSIGN_OR_RETURN(
        const std::vector<storage::GroundRow> grounds,
        storage::ListGroundsOf(c.tx(), c.participant_key(), reader, before, int64_t{most} + 1));
    read = grounds.size();
    for (const storage::GroundRow& ground : grounds) {
      before = ground.ground_key;
      if (!MayKnowOf(c, ground)) continue;
      if (response.grounds_size() == most) {
        response.set_next_page_token(c.NextPage("", {last, 0, {}}));
        return absl::OkStatus();
      }
      const storage::Guarded<storage::GroundRow> guarded = Guard(c, ground);
      const storage::GroundRow* opened = c.Open(guarded);
      if (opened == nullptr) continue;
      *response.add_grounds() = TellGround(c, *opened);
      last = ground.ground_key;
    }
  }
  return absl::OkStatus();
}

}  // namespace navo::services
