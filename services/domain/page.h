// How long a page of a list is (AIP-158).
#ifndef NAVO_SERVICES_DOMAIN_PAGE_H_
#define NAVO_SERVICES_DOMAIN_PAGE_H_

#include <cstdint>

#include "services/domain/error.h"

namespace navo::domain {

inline constexpr int kDefaultPageSize = 50;
inline constexpr int kMaxPageSize = 200;

// The size to use for what was sent: 1 to 200, or 50 for 0. Adds a violation of "page_size" for
// anything else. Pure; any thread.
inline int CheckPageSize(std::int32_t sent, Violations& violations) {
  if (sent == 0) return kDefaultPageSize;
  if (sent < 0 || sent > kMaxPageSize) {
    violations.Add("page_size", "must be 1 to 200, or 0 for 50");
  }
  return sent;
}

}  // namespace navo::domain

#endif  // NAVO_SERVICES_DOMAIN_PAGE_H_
