#ifndef NAVO_SERVICES_ADMIN_AUTHORITY_H_
#define NAVO_SERVICES_ADMIN_AUTHORITY_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/access/directory.h"
#include "services/domain/error.h"
#include "services/door/case.h"

// What the caller may administer.
namespace navo::services {

class Authority {
 public:
  // Read from the rows of the call's transaction, not from the directory the call came with: two
  // administrators who end each other's membership at the same moment do so one after the other.
  // ROLE_NOT_ALLOWED when the membership has ended in between.
  static absl::StatusOr<Authority> Of(door::Case& c);

  // Whether the whole installation is administered.
  bool installation() const { return installation_; }
  bool Administers(int64_t controller_key) const {
    return installation_ || controller_key == controller_key_;
  }
  // Whether the caller may give, or end, a membership with these roles in that controller.
  bool MayGive(int64_t controller_key, access::RoleSet roles, bool installation) const;
  bool Own(int64_t controller_key) const { return controller_key == controller_key_; }
  // OWN_RIGHTS when the principal is the caller.
  absl::Status CheckNotSelf(int64_t principal_key) const;
  // ROLE_NOT_ALLOWED unless the whole installation is administered.
  absl::Status CheckInstallation() const;

 private:
  int64_t principal_key_ = 0;
  int64_t controller_key_ = 0;
  bool installation_ = false;
};

// ROLE_NOT_ALLOWED, with what is missing.
absl::Status NotYours(std::string_view message);

// The etag of a record of the administration.
std::string AdminEtag(const door::Case& c, std::string_view subject, int64_t key, int64_t version);

// Adds a violation of `field` unless it is an id that a new controller or unit may have.
void CheckNewId(std::string_view field, const std::string& id, domain::Violations& violations);

}  // namespace navo::services

#endif  // NAVO_SERVICES_ADMIN_AUTHORITY_H_
