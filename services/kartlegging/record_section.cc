#include "services/kartlegging/record_section.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "services/access/categories.h"
#include "services/domain/calendar.h"
#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "services/kartlegging/section_check.h"
#include "services/kartlegging/section_view.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

using storage::DuplicateOutcome;

bool Shown(const door::Case& c, const storage::Label& label) {
  return c.Look(label) == v1::WITHHELD_REASON_UNSPECIFIED;
}

// Whether the caller's side keeps this section: the controller's, or the unit's own. One under an
// office lock is its unit's own.
bool IsOwn(const door::Case& c, v1::SectionKind kind, const storage::Label& label) {
  const bool of_unit = storage::StaysWithUnit(kind) || label.locked;
  return label.author.controller_key == c.caller().controller_key &&
         (!of_unit || label.author.unit_key == c.caller().unit_key);
}

// Whether it was a missing ground that hid a section: what stays within a unit of the own
// controller, and what no ground opens, is hidden for good.
bool GroundWouldShow(const door::Case& c, const storage::Label& label) {
  return label.author.controller_key != c.caller().controller_key &&
         access::Sharable(c.caller().controller_kind).Has(label.category) && !label.locked;
}

// What the caller's new mapping meets. Of what it may not know nothing is told, only counted.
struct Met {
  const storage::SectionTimes* own = nullptr;
  const storage::SectionTimes* fresh =
      nullptr;                // of another side, as the caller may know: the newest
  int64_t fresh_us = 0;       // when it was recorded or confirmed last
  bool hidden_fresh = false;  // of another side, and only a missing ground hides it
};

Met Meet(const door::Case& c, v1::SectionKind kind,
         const std::vector<storage::SectionTimes>& sections) {
  Met met;
  for (const storage::SectionTimes& section : sections) {
    if (IsOwn(c, kind, section.label)) {
      if (met.own == nullptr || section.label.locked) met.own = &section;
      continue;
    }
    const bool shown = Shown(c, section.label);
    int64_t last_us = section.recorded_us;
    for (const auto& confirmed : section.confirmed) {
      if (!shown || Shown(c, confirmed.label)) last_us = std::max(last_us, confirmed.time_us);
    }
    if (FreshnessOf(kind, last_us, c.today()) != v1::FRESHNESS_FRESH) continue;
    if (!shown) {
      met.hidden_fresh = met.hidden_fresh || GroundWouldShow(c, section.label);
    } else if (met.fresh == nullptr || last_us > met.fresh_us) {
      met.fresh = &section;
      met.fresh_us = last_us;
    }
  }
  return met;
}

// Who and when, to a caller whose grounds let it know.
absl::Status AlreadyMapped(door::Case& c, const Met& met) {
  const std::string* id = c.Open(met.fresh->id);
  v1::Provenance provenance;
  c.Describe(met.fresh->label.author, &provenance);
  std::map<std::string, std::string> metadata = {
      {"section_id", id == nullptr ? "" : storage::UuidText(*id)},
      {"controller", provenance.controller()},
      {"unit", provenance.unit()},
      {"unit_name", provenance.unit_name()},
      {"recorded_day", domain::FormatDay(domain::DayInOslo(met.fresh->recorded_us))},
      {"how", "confirm"}};
  if (met.fresh_us > met.fresh->recorded_us) {
    metadata["confirmed_day"] = domain::FormatDay(domain::DayInOslo(met.fresh_us));
  }
  return domain::MakeError(
      absl::StatusCode::kAlreadyExists, domain::reason::kAlreadyMapped,
      "this is mapped and fresh: look at it and confirm it, or send duplicate_reason", metadata);
}

storage::Duplicate DuplicateOf(const door::WriteCase& c, v1::SectionKind kind, const Met& met,
                               v1::DuplicateReason reason) {
  storage::Duplicate duplicate;
  duplicate.participant_key = c.participant_key();
  duplicate.kind = kind;
  duplicate.unit_key = c.caller().unit_key;
  if (met.own != nullptr) return duplicate;
  if (met.fresh != nullptr) {
    const bool chosen = reason != v1::DUPLICATE_REASON_UNSPECIFIED;
    duplicate.outcome = chosen ? DuplicateOutcome::kChosen : DuplicateOutcome::kAvoided;
    duplicate.reason = reason;
  } else if (met.hidden_fresh) {
    duplicate.outcome = DuplicateOutcome::kUnknowing;
  }
  return duplicate;
}

absl::Status Write(door::WriteCase& c, const Met& met, storage::SectionRow& row) {
  if (met.own == nullptr) {
    row.id = c.NewId();
    return storage::AddSection(c.tx(), row);
  }
  const std::string* id = c.Open(met.own->id);
  if (id == nullptr) return domain::NotFound();
  row.section_key = met.own->section_key;
  row.id = *id;
  row.version = met.own->version;
  return storage::ReplaceSection(c.tx(), row);
}

}  // namespace

absl::Status RecordSection(door::WriteCase& c, const v1::RecordSectionRequest& request,
                           v1::RecordSectionResponse& response,
                           std::optional<storage::Duplicate>& avoided) {
  avoided.reset();
  storage::SectionRow row;
  *row.body.mutable_content() = request.content();
  domain::Violations violations;
  row.kind = CheckContent(row.body.mutable_content(), c.today(), violations);
  if (!v1::DuplicateReason_IsValid(request.duplicate_reason())) {
    violations.Add("duplicate_reason",
                   "must be WRONG, CHANGED, REQUIRED_BY_LAW or MORE_DETAIL, or left out");
  }
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const std::vector<storage::SectionTimes> sections,
                        storage::ListSectionTimes(c.tx(), c.participant_key(), row.kind));
  const Met met = Meet(c, row.kind, sections);
  const std::string current = met.own == nullptr ? std::string()
                                                 : c.Etag("section", met.own->label.author,
                                                          met.own->section_key, met.own->version);
  NAVO_RETURN_IF_ERROR(c.CheckEtag(request.etag(), current));
  const storage::Duplicate duplicate = DuplicateOf(c, row.kind, met, request.duplicate_reason());
  if (duplicate.outcome == DuplicateOutcome::kAvoided) {
    avoided = duplicate;
    return AlreadyMapped(c, met);
  }
  row.participant_key = c.participant_key();
  row.author = c.author();
  *row.body.mutable_provenance() = c.NewProvenance();
  NAVO_RETURN_IF_ERROR(Write(c, met, row));
  NAVO_RETURN_IF_ERROR(storage::CountDuplicate(c.tx(), duplicate));
  ShowSection(c, row, {}, response.mutable_section());
  return absl::OkStatus();
}

}  // namespace navo::services
