#ifndef NAVO_STORAGE_REQUESTS_H_
#define NAVO_STORAGE_REQUESTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

// Answers kept for replay, written in the transaction of the change they answer: a client that did
// not hear the outcome sends the same request_id again and gets this answer.
namespace navo::storage {

class ReadTx;
class WriteTx;

inline constexpr absl::Duration kAnswerLifetime = absl::Hours(24 * 30);

struct KeptAnswer {
  int64_t rpc = 0;        // the method's stable number
  std::string body_hash;  // 32 bytes: SHA-256 of the request
  std::string answer;     // the serialised response
  int64_t key_id = 0;     // the key that seals `answer`; 0: not sealed
};

// The answer given to this principal for this request_id (a UUID as text, lower case) in the last
// 30 days. `rpc` and `body_hash` are for the caller to compare: another body is REQUEST_ID_REUSED.
absl::StatusOr<std::optional<KeptAnswer>> FindAnswer(ReadTx& tx, int64_t principal_key,
                                                     std::string_view request_id, absl::Time now);

// Keeps the answer. ALREADY_EXISTS when there is one that has not expired (FindAnswer comes first);
// an expired one is replaced.
absl::Status StoreAnswer(WriteTx& tx, int64_t principal_key, std::string_view request_id,
                         const KeptAnswer& answer, int64_t retention_class = 0);

// Deletes at most `limit` expired answers; how many were deleted.
absl::StatusOr<int64_t> PurgeExpired(WriteTx& tx, int64_t limit);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_REQUESTS_H_
