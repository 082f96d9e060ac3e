#include "clients/audit/cef.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace navo::audit {
namespace {

constexpr char kHeader[] = "CEF:0|NAVO|navo|1.0|audit:access|Access log|";
constexpr int64_t kMicrosecondsInMillisecond = 1'000;

bool IsNumber(const std::string& text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void Add(std::string& line, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  line.append(" ").append(key).append("=").append(EscapeCefValue(value));
}

}  // namespace

std::string EscapeCefValue(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\\' || c == '=') {
      escaped.append({'\\', c});
    } else if (c == '\n') {
      escaped += "\\n";
    } else if (c == '\r') {
      escaped += "\\r";
    } else {
      escaped += byte < 0x20 || byte == 0x7f ? ' ' : c;
    }
  }
  return escaped;
}

std::string CefLine(const AuditEvent& event) {
  std::string line = absl::StrCat(kHeader, event.permitted ? "INFO|" : "WARN|",
                                  "end=", event.time_us / kMicrosecondsInMillisecond);
  Add(line, "suid", event.suid);
  Add(line, "duid", event.duid);
  Add(line, "sproc", event.sproc);
  Add(line, "flexString1Label", "Decision");
  Add(line, "flexString1", event.permitted ? "Permit" : "Deny");
  if (IsNumber(event.orgnr)) {
    Add(line, "cn1Label", "orgnr");
    Add(line, "cn1", event.orgnr);
  }
  if (!event.controller.empty()) {
    Add(line, "cs1Label", "controller");
    Add(line, "cs1", event.controller);
  }
  Add(line, "externalId", std::to_string(event.position));
  Add(line, "msg", event.message);
  return line;
}

}  // namespace navo::audit
