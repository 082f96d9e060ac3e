#ifndef NAVO_SERVICES_ADMIN_PRINCIPALS_H_
#define NAVO_SERVICES_ADMIN_PRINCIPALS_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/admin/authority.h"
#include "services/door/case.h"
#include "storage/directory.h"

namespace navo::services {

// The principal, NOT_FOUND also for one that the caller does not see in ListPrincipals, and for
// what is no id.
absl::StatusOr<storage::PrincipalRow> FindVisiblePrincipal(door::Case& c,
                                                           const Authority& authority,
                                                           const std::string& principal_id);

// The same in the directory the call came with.
bool IsVisible(const access::Directory& directory, const Authority& authority,
               const access::Principal& principal);

}  // namespace navo::services

#endif  // NAVO_SERVICES_ADMIN_PRINCIPALS_H_
