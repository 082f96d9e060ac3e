#include "services/kartlegging/section_view.h"

#include <algorithm>

#include "services/domain/calendar.h"
#include "services/domain/section_age.h"
#include "services/kartlegging/section_kinds.h"
#include "storage/instant.h"
#include "storage/uuid.h"

namespace navo::services {

google::protobuf::Timestamp TimestampOf(int64_t time_us) {
  google::protobuf::Timestamp time;
  storage::SetInstant(time_us, &time);
  return time;
}

v1::Freshness FreshnessOf(v1::SectionKind kind, int64_t last_us, int32_t today) {
  const domain::SectionAge age =
      domain::AgeOf(domain::DayInOslo(last_us), today, EntryOf(kind).fresh_months);
  return age == domain::SectionAge::kFresh ? v1::FRESHNESS_FRESH : v1::FRESHNESS_STALE;
}

void ShowVersion(const door::Case& c, const storage::SectionRow& row, v1::Section* shown) {
  *shown = row.body;
  shown->set_section_id(storage::UuidText(row.id));
  shown->set_kind(row.kind);
  shown->set_version(static_cast<int32_t>(row.version));
  shown->set_office_locked(row.locked);
  c.Describe(row.author, shown->mutable_provenance());
}

void ShowSection(door::Case& c, const storage::SectionRow& row,
                 const std::vector<storage::Guarded<storage::Confirmation>>& confirmations,
                 v1::Section* shown) {
  ShowVersion(c, row, shown);
  shown->set_etag(c.Etag("section", row.author, row.section_key, row.version));
  int64_t last_us = storage::MicrosOf(shown->provenance().time());
  for (const auto& guarded : confirmations) {
    const storage::Confirmation* confirmation = c.Open(guarded);
    if (confirmation == nullptr) continue;
    v1::Provenance* by = shown->add_confirmations();
    by->set_role(confirmation->role);
    *by->mutable_time() = TimestampOf(confirmation->time_us);
    c.Describe(guarded.label().author, by);
    last_us = std::max(last_us, confirmation->time_us);
  }
  *shown->mutable_last_confirmed() = TimestampOf(last_us);
  shown->set_freshness(FreshnessOf(row.kind, last_us, c.today()));
}

}  // namespace navo::services
