#ifndef NAVO_SERVICES_FEED_CHANGE_VIEW_H_
#define NAVO_SERVICES_FEED_CHANGE_VIEW_H_

#include <string>
#include <vector>

#include "navo/v1/feed.pb.h"
#include "services/access/directory.h"
#include "services/access/policy.h"
#include "services/feed/access_history.h"
#include "storage/feed.h"

// Entries of the feed as the API shows them. Pure; any thread.
namespace navo::services {

// `label` is the one it is shown under.
v1::Change ShowChange(const access::Directory& directory, const access::Caller& caller,
                      const std::string& participant_id, const storage::Label& label,
                      const storage::Change& change, int64_t time_us);

// What closed comes first.
std::vector<v1::Change> ShowAccess(const access::Directory& directory,
                                   const std::string& participant_id,
                                   const AccessDifference& difference);

}  // namespace navo::services

#endif  // NAVO_SERVICES_FEED_CHANGE_VIEW_H_
