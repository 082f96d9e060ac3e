#include "services/follow_up/follow_up_check.h"

#include <optional>

#include "services/domain/calendar.h"
#include "services/domain/codes.h"
#include "services/domain/text.h"
#include "storage/instant.h"

namespace navo::services {
namespace {

constexpr domain::TextRule kAgreementText{.max_characters = 500};

// A client's clock may be ahead of ours.
constexpr absl::Duration kMostAhead = absl::Hours(24);
constexpr int64_t kSecondUs = 1'000'000;
constexpr int32_t kNanosInSecond = 1'000'000'000;

std::optional<int64_t> MicrosOf(const google::protobuf::Timestamp& time, absl::Time now) {
  static const int64_t earliest_us =
      absl::ToUnixMicros(absl::FromCivil(absl::CivilYear(domain::kFirstYear), absl::UTCTimeZone()));
  const int64_t latest_us = absl::ToUnixMicros(now + kMostAhead);
  if (time.nanos() < 0 || time.nanos() >= kNanosInSecond) return std::nullopt;
  // Compared in seconds first: a hostile number of seconds times a million does not fit.
  if (time.seconds() < earliest_us / kSecondUs || time.seconds() > latest_us / kSecondUs) {
    return std::nullopt;
  }
  const int64_t occurred_us = storage::MicrosOf(time);
  if (occurred_us < earliest_us || occurred_us > latest_us) return std::nullopt;
  return occurred_us;
}

}  // namespace

int64_t CheckFollowUp(v1::FollowUp* follow_up, absl::Time now, domain::Violations& violations) {
  follow_up->clear_follow_up_id();
  follow_up->clear_note_withheld();
  follow_up->clear_provenance();
  if (follow_up->type() == v1::FOLLOW_UP_TYPE_UNSPECIFIED ||
      !v1::FollowUpType_IsValid(follow_up->type())) {
    violations.Add("follow_up.type", "must be SAMTALE, MOETE, TELEFON or MELDING");
  }
  std::optional<int64_t> occurred_us;
  if (follow_up->has_occurred_at()) occurred_us = MicrosOf(follow_up->occurred_at(), now);
  if (!occurred_us.has_value()) {
    violations.Add("follow_up.occurred_at",
                   "must be when it happened: from 1900 to at most one day ahead");
  }
  domain::CheckText("follow_up.agreement", follow_up->mutable_agreement(), kAgreementText,
                    violations);
  if (follow_up->has_agreement_due()) {
    domain::CheckDate("follow_up.agreement_due", follow_up->agreement_due(), violations);
  }
  domain::CheckText("follow_up.note", follow_up->mutable_note(), domain::kNoteText, violations);
  if (!follow_up->step_id().empty() && !domain::IsUuid(follow_up->step_id())) {
    violations.Add("follow_up.step_id", "must be the id of a plan step, or left out");
  }
  return occurred_us.value_or(0);
}

}  // namespace navo::services
