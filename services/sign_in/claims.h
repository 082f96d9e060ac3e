// What a verified token says about its bearer. Never printed and never logged whole: `pid` is a
// national identity number.
#ifndef NAVO_SERVICES_SIGN_IN_CLAIMS_H_
#define NAVO_SERVICES_SIGN_IN_CLAIMS_H_

#include <cstdint>
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

// Which claims of an issuer's tokens say what. Each is the name of a claim at the top of the token.
struct ClaimNames {
  std::string subject = "sub";   // a text that the issuer never gives to anybody else
  std::string organisation;      // not empty: the subject is this claim's organisation instead
  std::string pid = "pid";       // a participant's national identity number
  std::string name = "name";     // for display
  std::string scopes = "scope";  // a text with spaces between, or a list of texts
};

struct Claims {
  std::string issuer;   // with `subject`, who it is: never one without the other
  std::string subject;  // 1 to 255 bytes without control characters; or "0192:" and 9 digits
  CallerKind kind = CallerKind::kStaff;
  std::string pid;   // participants only: 11 digits, not checked further; else empty
  std::string name;  // for display to the bearer only; empty when absent
  std::vector<std::string> scopes;
  absl::Time expires_at;           // the token counts until just before this instant
  std::uint64_t keys_version = 0;  // FetchedKeys::version() when it was verified; 0 without
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_SIGN_IN_CLAIMS_H_
