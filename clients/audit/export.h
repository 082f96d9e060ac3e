// The access log as audit events, from its database file.
#ifndef NAVO_CLIENTS_AUDIT_EXPORT_H_
#define NAVO_CLIENTS_AUDIT_EXPORT_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "clients/audit/cef.h"
#include "clients/audit/log_file.h"

namespace navo::audit {

struct ExportOptions {
  int64_t after = 0;       // position of the last row that the receiver has
  std::string controller;  // only look-ups by this controller's people; empty: everybody's
  std::map<std::string, std::string> orgnrs;  // by controller id
};

// Calls `fn` for each event, oldest first, until it says false. Returns the position to go on
// after. NOT_FOUND when there is no such controller.
//
// Nobody's national identity number is in it, nor the key inside the database. `duid` is the
// pairwise id the participant has with the controller whose person looked: that controller finds
// the case by it, and two controllers' exports cannot be joined. A look-up of somebody whom that
// controller does not know has no duid and tells no reason, so that it does not tell whether
// another controller knows them. What participants do themselves is in the export of all
// controllers alone, with the first id they have: it tells of every side's data.
absl::StatusOr<int64_t> Export(LogFile& file, const ExportOptions& options,
                               const std::function<bool(const AuditEvent&)>& fn);

}  // namespace navo::audit

#endif  // NAVO_CLIENTS_AUDIT_EXPORT_H_
