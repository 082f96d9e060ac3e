#include "clients/cli/prefix.h"

#include "absl/strings/str_cat.h"

namespace navo::cli {

absl::StatusOr<std::string> FindByBeginning(const std::vector<std::string>& ids,
                                            const std::string& beginning, const std::string& what) {
  std::string found;
  for (const std::string& id : ids) {
    if (id == beginning) return id;
    if (beginning.empty() || !id.starts_with(beginning)) continue;
    if (!found.empty() && found != id) {
      return absl::InvalidArgumentError(
          absl::StrCat("several of ", what, " start with ", beginning, ": give more of the id"));
    }
    found = id;
  }
  if (found.empty()) return absl::NotFoundError("no " + what + " starts with " + beginning);
  return found;
}

}  // namespace navo::cli
