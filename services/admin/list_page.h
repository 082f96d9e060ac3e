#ifndef NAVO_SERVICES_ADMIN_LIST_PAGE_H_
#define NAVO_SERVICES_ADMIN_LIST_PAGE_H_

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/domain/error.h"
#include "services/domain/page.h"
#include "services/domain/reasons.h"
#include "services/door/case.h"
#include "storage/status_macros.h"

namespace navo::services {

// Shows the page that `request` asks for of `records`, which are whole and in order. A record has a
// key(); the page token holds that of the last one shown. Lists of the administration are short and
// in memory, and records are never deleted.
template <typename Request, typename Record, typename Show>
absl::Status ShowPage(const door::Case& c, const Request& request, std::string_view filters,
                      const std::vector<Record>& records, Show show, std::string* next_page_token) {
  domain::Violations violations;
  const int page_size = domain::CheckPageSize(request.page_size(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const std::optional<door::PagePosition> page,
                        c.OpenPage(filters, request.page_token()));
  auto next = records.begin();
  if (page.has_value()) {
    next = std::find_if(records.begin(), records.end(),
                        [&page](const Record& record) { return record.key() == page->first; });
    // Ended or closed since: what would follow it cannot be said.
    if (next == records.end()) {
      return domain::MakeError(absl::StatusCode::kInvalidArgument,
                               domain::reason::kPageTokenInvalid,
                               "the list has changed under the page: start at the first one");
    }
    ++next;
  }
  for (int shown = 0; shown < page_size && next != records.end(); ++shown) show(*next++);
  if (next != records.end()) {
    *next_page_token = c.NextPage(filters, {std::prev(next)->key(), 0, {}});
  }
  return absl::OkStatus();
}

}  // namespace navo::services

#endif  // NAVO_SERVICES_ADMIN_LIST_PAGE_H_
