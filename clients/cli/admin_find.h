// What the administration's commands need to know before they send: whole ids and etags.
#ifndef NAVO_CLIENTS_CLI_ADMIN_FIND_H_
#define NAVO_CLIENTS_CLI_ADMIN_FIND_H_

#include <string>

#include "absl/status/statusor.h"
#include "clients/cli/context.h"
#include "navo/v1/admin.pb.h"

namespace navo::cli {

// By subject, or by the id or the beginning of it. Errors: NOT_FOUND, and INVALID_ARGUMENT when
// several fit; else the server's.
absl::StatusOr<v1::Principal> FindPrincipal(Context& context, const std::string& who);

// By the id or the beginning of it, also of those that are over. Errors: as FindPrincipal.
absl::StatusOr<v1::Membership> FindMembership(Context& context, const std::string& id);

// The etag, empty for what is not listed: the server says what is wrong.
absl::StatusOr<std::string> ControllerEtag(Context& context, const std::string& id);
absl::StatusOr<std::string> UnitEtag(Context& context, const std::string& id);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_ADMIN_FIND_H_
