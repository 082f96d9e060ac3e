#include "clients/audit/export.h"

#include <string_view>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "navo/v1/access_log.pb.h"
#include "navo/v1/common.pb.h"

namespace navo::audit {
namespace {

using storage::Row;
using storage::Sql;

constexpr int64_t kEventsAtOnce = 5'000;
constexpr int64_t kPermit = 1;

// For $2, the controller that is asked for, 0 for all: what its people did. What participants do
// themselves has no unit and is in nobody's part, as PERSONVERN finds none of it either: it tells
// of every side's data.
constexpr Sql kEvents(
    "SELECT l.position, l.time_us, l.principal_key, coalesce(p.subject, ''), a.id, l.act,"
    " l.decision, coalesce(c.id, ''), coalesce(w.word, ''), l.role, l.relation,"
    " l.shown | l.shown_through, l.withheld, coalesce(r.word, '')"
    " FROM access_log l"
    " LEFT JOIN unit u ON u.unit_key = l.unit_key"
    " LEFT JOIN controller c ON c.controller_key = u.controller_key"
    " LEFT JOIN principal p ON p.principal_key = l.principal_key"
    " LEFT JOIN participant_alias a ON a.participant_key = l.participant_key"
    " AND a.controller_key = coalesce(u.controller_key,"
    " (SELECT min(m.controller_key) FROM participant_alias m"
    " WHERE m.participant_key = l.participant_key))"
    " LEFT JOIN log_word w ON w.kind = 1 AND w.number = l.rpc"
    " LEFT JOIN log_word r ON r.kind = 2 AND r.number = l.reason"
    " WHERE l.position > $1 AND ($2 = 0 OR u.controller_key = $2)"
    " ORDER BY l.position LIMIT $3");
constexpr Sql kController("SELECT controller_key FROM controller WHERE id = $1");

std::string UuidText(std::string_view bytes) {
  std::string text = absl::BytesToHexString(absl::string_view(bytes.data(), bytes.size()));
  if (text.size() != 32) return text;
  for (const size_t at : {20, 16, 12, 8}) text.insert(at, "-");
  return text;
}

template <typename Enum>
void AddWord(std::string& message, std::string_view name, std::string_view prefix, int64_t value) {
  const auto* word =
      google::protobuf::GetEnumDescriptor<Enum>()->FindValueByNumber(static_cast<int>(value));
  if (word == nullptr || value == 0) return;
  message.append("; ").append(name).append(" ").append(
      std::string_view(word->name()).substr(prefix.size()));
}

void AddCategories(std::string& message, std::string_view name, int64_t mask) {
  std::string names;
  for (int number = v1::Category_MIN + 1; number <= v1::Category_MAX; ++number) {
    if ((mask >> number & 1) == 0) continue;
    const std::string& word = v1::Category_Name(static_cast<v1::Category>(number));
    absl::StrAppend(&names, names.empty() ? "" : ",", word.substr(std::string("CATEGORY_").size()));
  }
  if (!names.empty()) message.append("; ").append(name).append(" ").append(names);
}

AuditEvent EventOf(const Row& row, const ExportOptions& options) {
  AuditEvent event;
  event.position = row.Int64(0);
  event.time_us = row.Int64(1);
  event.duid = UuidText(row.Bytes(4));
  const bool by_participant = row.Int64(2) < 0;
  event.suid = by_participant ? event.duid : std::string(row.Text(3));
  event.sproc = UuidText(row.Bytes(5));
  event.permitted = row.Int64(6) == kPermit;
  event.controller = row.Text(7);
  const auto orgnr = options.orgnrs.find(event.controller);
  if (orgnr != options.orgnrs.end()) event.orgnr = orgnr->second;
  event.message = row.Text(8);
  AddWord<v1::Role>(event.message, "role", "ROLE_", row.Int64(9));
  if (!event.duid.empty()) {
    AddWord<v1::Relation>(event.message, "relation", "RELATION_", row.Int64(10));
    AddCategories(event.message, "shown", row.Int64(11));
    AddCategories(event.message, "withheld", row.Int64(12));
    if (!row.Text(13).empty()) event.message.append("; reason ").append(row.Text(13));
  }
  return event;
}

absl::StatusOr<int64_t> KeyOf(LogFile& file, const std::string& controller) {
  if (controller.empty()) return 0;
  int64_t key = 0;
  const absl::Status status =
      file.Each(kController, {std::string_view(controller)}, [&key](const Row& row) {
        key = row.Int64(0);
        return false;
      });
  if (!status.ok()) return status;
  if (key == 0) return absl::NotFoundError(absl::StrCat("there is no controller ", controller));
  return key;
}

}  // namespace

absl::StatusOr<int64_t> Export(LogFile& file, const ExportOptions& options,
                               const std::function<bool(const AuditEvent&)>& fn) {
  const absl::StatusOr<int64_t> controller = KeyOf(file, options.controller);
  if (!controller.ok()) return controller.status();
  int64_t after = options.after;
  bool more = true;
  for (int64_t count = kEventsAtOnce; more && count == kEventsAtOnce;) {
    count = 0;
    const absl::Status status =
        file.Each(kEvents, {after, *controller, kEventsAtOnce}, [&](const Row& row) {
          ++count;
          more = fn(EventOf(row, options));
          if (more) after = row.Int64(0);
          return more;
        });
    if (!status.ok()) return status;
  }
  return after;
}

}  // namespace navo::audit
