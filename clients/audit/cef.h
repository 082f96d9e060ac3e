// Rows of the access log as a SIEM takes them: Common Event Format, one line an event, with the
// fields of NAV's common audit log.
#ifndef NAVO_CLIENTS_AUDIT_CEF_H_
#define NAVO_CLIENTS_AUDIT_CEF_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace navo::audit {

// One look-up, in words. Texts may hold anything.
struct AuditEvent {
  int64_t position = 0;
  int64_t time_us = 0;
  std::string suid;   // who looked: the subject of the sign-in, for a participant their id
  std::string duid;   // at whom: the id the participant has with the controller of the looker
  std::string sproc;  // the act's id
  bool permitted = false;
  std::string orgnr;       // of the controller; left out when it is no number
  std::string controller;  // its id
  std::string message;
};

// The values of a CEF extension, escaped: backslash, '=' and line ends; other control characters
// become blanks, so that no text can begin a field or a line of its own.
std::string EscapeCefValue(std::string_view text);

// Header and extension, without the line's end.
std::string CefLine(const AuditEvent& event);

}  // namespace navo::audit

#endif  // NAVO_CLIENTS_AUDIT_CEF_H_
