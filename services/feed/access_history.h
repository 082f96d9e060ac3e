#ifndef NAVO_SERVICES_FEED_ACCESS_HISTORY_H_
#define NAVO_SERVICES_FEED_ACCESS_HISTORY_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "services/access/policy.h"
#include "storage/feed.h"

// What was open to a caller at an earlier place of the journal. Pure; any thread.
namespace navo::services {

// The facts as they were right after number `seq` of the participant's stream. `changes` are the
// participant's, oldest first, and reach from there to `now`.
access::Facts FactsAt(const access::Facts& now, absl::Span<const storage::AccessChange> changes,
                      int64_t seq);

// What came to be open or closed between two decisions on a participant.
struct AccessDifference {
  struct Side {
    int64_t controller_key = 0;
    access::CategorySet categories;
  };
  bool gone = false;  // the participant as a whole; nothing else is said then
  std::vector<Side> closed;
  std::vector<Side> opened;
};
AccessDifference Compare(const access::Decision& before, const access::Decision& now,
                         int64_t own_controller_key);

}  // namespace navo::services

#endif  // NAVO_SERVICES_FEED_ACCESS_HISTORY_H_
