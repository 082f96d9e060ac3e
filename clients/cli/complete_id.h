// Whole ids of a case's records from the beginnings that people copy; see prefix.h.
#ifndef NAVO_CLIENTS_CLI_COMPLETE_ID_H_
#define NAVO_CLIENTS_CLI_COMPLETE_ID_H_

#include <string>

#include "absl/status/status.h"
#include "clients/cli/context.h"

namespace navo::cli {

// Each lists what the caller may see, unless the id is whole already. Errors: as FindByBeginning;
// else the server's.

// With `etag`, also takes over the etag that the event has now, unless one was given.
absl::Status CompleteFollowUp(Context& context, const std::string& participant,
                              std::string* follow_up_id, std::string* etag);

absl::Status CompleteSectionId(Context& context, const std::string& participant,
                               std::string* section_id);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_COMPLETE_ID_H_
