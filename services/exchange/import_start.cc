#include "services/exchange/import_start.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "services/domain/error.h"
#include "services/domain/reasons.h"

namespace navo::services {
namespace {

namespace reason = domain::reason;
using absl::StatusCode;

constexpr std::size_t kMaxSourceSystemBytes = 60;
constexpr std::size_t kMaxFileKeyBytes = 64;

bool IsKey(std::string_view name, std::size_t max_bytes) {
  if (name.empty() || name.size() > max_bytes) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace

absl::Status CheckImporter(const access::Caller& caller, const access::Rule& rule) {
  const access::Decision decision = access::DecideRole(caller, {}, rule);
  if (decision.permitted() && caller.principal != nullptr) return absl::OkStatus();
  return domain::MakeError(StatusCode::kPermissionDenied, reason::kRoleNotAllowed,
                           "your role in this unit does not include this action");
}

absl::Status CheckImportStart(const access::Caller& caller, const v1::ImportStart& start) {
  domain::Violations violations;
  if (!v1::ImportFormat_IsValid(start.format()) ||
      start.format() == v1::IMPORT_FORMAT_UNSPECIFIED) {
    violations.Add("start.format", "must be one of the documented formats");
  }
  if (!v1::TextEncoding_IsValid(start.encoding())) {
    violations.Add("start.encoding", "must be one of the documented encodings");
  }
  if (!IsKey(start.source_system(), kMaxSourceSystemBytes)) {
    violations.Add("start.source_system", "must be 1 to 60 of a-z, 0-9 and '-'");
  }
  if (!start.file_key().empty() && !IsKey(start.file_key(), kMaxFileKeyBytes)) {
    violations.Add("start.file_key", "must be empty or 1 to 64 of a-z, 0-9 and '-'");
  }
  if (!violations.empty()) return violations.ToStatus();
  const std::vector<v1::ImportFormat>& allowed = caller.principal->imports;
  if (std::find(allowed.begin(), allowed.end(), start.format()) != allowed.end()) {
    return absl::OkStatus();
  }
  return domain::MakeError(StatusCode::kPermissionDenied, reason::kScopeMissing,
                           "this system may not take in that format: ask the operator to widen its "
                           "scope");
}

FileFormat FileFormatOf(v1::ImportFormat format) {
  switch (format) {
    case v1::IMPORT_FORMAT_NAV_DELTAKER:
      return FileFormat::kNavDeltaker;
    case v1::IMPORT_FORMAT_NAV_GJENNOMFOERING:
      return FileFormat::kNavGjennomfoering;
    case v1::IMPORT_FORMAT_VO_KURS:
      return FileFormat::kVoKurs;
    case v1::IMPORT_FORMAT_VO_FRAVAER:
      return FileFormat::kVoFravaer;
    case v1::IMPORT_FORMAT_NORSKPROVE:
      return FileFormat::kNorskprove;
    default:
      return FileFormat::kVoElever;
  }
}

FileEncoding FileEncodingOf(v1::TextEncoding encoding) {
  return encoding == v1::TEXT_ENCODING_WINDOWS_1252 ? FileEncoding::kWindows1252
                                                    : FileEncoding::kUtf8;
}

}  // namespace navo::services
