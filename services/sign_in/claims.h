// What a verified token says about its bearer. Never printed and never logged whole: `pid` is a
// national identity number.
#ifndef NAVO_SERVICES_SIGN_IN_CLAIMS_H_
#define NAVO_SERVICES_SIGN_IN_CLAIMS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

namespace navo::services {

// What kind of caller an issuer vouches for.
enum class CallerKind { kStaff, kParticipant, kSystem };

// Takes STAFF, PARTICIPANT and SYSTEM.
std::optional<CallerKind> ParseCallerKind(std::string_view name);

struct Claims {
  std::string issuer;   // with `subject`, who it is: never one without the other
  std::string subject;  // 1 to 255 bytes without control characters
  CallerKind kind = CallerKind::kStaff;
  std::string pid;   // participants only: 11 digits, not checked further; else empty
  std::string name;  // for display to the bearer only; empty when absent
  std::vector<std::string> scopes;
  absl::Time expires_at;  // the token counts until just before this instant
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_SIGN_IN_CLAIMS_H_
