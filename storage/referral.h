#ifndef NAVO_STORAGE_REFERRAL_H_
#define NAVO_STORAGE_REFERRAL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/referral.pb.h"
#include "storage/guarded.h"
#include "storage/tx.h"

// Handovers offered from one unit to another. All functions: errors of the engine only. Any thread,
// within the Tx.
namespace navo::storage {

struct ReferralRow {
  int64_t referral_key = 0;
  std::string id;  // 16 bytes
  int64_t participant_key = 0;
  v1::ReferralState state = v1::REFERRAL_STATE_OPEN;
  Author author;  // who offered it
  int64_t to_controller_key = 0;
  int64_t to_unit_key = 0;
  int64_t answered_principal_key = 0;  // 0: not answered
  int64_t version = 1;
  Guarded<v1::Referral> offer;   // reason, times and decline reason; EXISTENCE
  Guarded<std::string> message;  // DIALOG
};

// The participant's offer of this id; nullopt when there is none.
absl::StatusOr<std::optional<ReferralRow>> FindReferral(ReadTx& tx, int64_t participant_key,
                                                        std::string_view id_bytes);
// The one that is open from a unit to another; nullopt when there is none.
absl::StatusOr<std::optional<ReferralRow>> FindOpenReferral(ReadTx& tx, int64_t participant_key,
                                                            int64_t from_unit_key,
                                                            int64_t to_unit_key);

// At most `limit` offers to or from the unit before this key, newest first.
absl::StatusOr<std::vector<ReferralRow>> ListReferrals(ReadTx& tx, int64_t unit_key,
                                                       int64_t before_key, bool open_only,
                                                       int64_t limit);

// Adds an open offer; `body` with reason, message and the provenance's role and time. Journals it.
// Returns it as FindReferral does.
absl::StatusOr<ReferralRow> AddReferral(WriteTx& tx, const ReferralRow& referral,
                                        const v1::Referral& body);
// Ends an open offer and journals that as done by `actor`. `decline_reason` is only for DECLINED.
absl::Status AnswerReferral(WriteTx& tx, const ReferralRow& referral, v1::ReferralState state,
                            v1::ReferralDeclineReason decline_reason, const Author& actor);
// Withdraws the unit's open offers about the participant, who is the wrong person.
absl::Status WithdrawUnitReferrals(WriteTx& tx, int64_t participant_key, const Author& unit);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_REFERRAL_H_
