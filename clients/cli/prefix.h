// Ids shortened to a beginning that fits only one: people copy eight letters, not thirty-six.
#ifndef NAVO_CLIENTS_CLI_PREFIX_H_
#define NAVO_CLIENTS_CLI_PREFIX_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace navo::cli {

// The one id of `ids` that starts with `beginning`. `what` names it in errors: "step". Errors:
// INVALID_ARGUMENT when several fit, NOT_FOUND when none does.
absl::StatusOr<std::string> FindByBeginning(const std::vector<std::string>& ids,
                                            const std::string& beginning, const std::string& what);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_PREFIX_H_
