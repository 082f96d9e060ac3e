// Debian's Abseil has its own string_view, which is not std::string_view and does not convert to or
// from it. Our signatures use std::string_view; these two are the only bridge. Both only re-wrap
// the pointer: the text must outlive the view. Any thread.
#ifndef NAVO_SERVICES_DOMAIN_ABSL_VIEW_H_
#define NAVO_SERVICES_DOMAIN_ABSL_VIEW_H_

#include <string_view>

#include "absl/strings/string_view.h"

namespace navo::domain {

inline absl::string_view AbslView(std::string_view text) { return {text.data(), text.size()}; }

inline std::string_view StdView(absl::string_view text) { return {text.data(), text.size()}; }

}  // namespace navo::domain

#endif  // NAVO_SERVICES_DOMAIN_ABSL_VIEW_H_
