#include "services/follow_up/follow_up_view.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "services/domain/calendar.h"
#include "services/domain/codes.h"
#include "services/domain/error.h"
#include "services/domain/page.h"
#include "services/follow_up/follow_up_check.h"
#include "services/follow_up/follow_up_links.h"
#include "storage/instant.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

using storage::FollowUpRow;
using storage::FollowUpVersion;

// Whether the caller sees the author's notes, and with them every change: a law may keep the text
// of one from the participant, not that there is one.
bool SeesNotes(const door::Case& c, const storage::Author& author) {
  return c.Look({v1::CATEGORY_FOLLOWUP_NOTE, author}) == v1::WITHHELD_REASON_UNSPECIFIED;
}

// That a kind of controller took part tells that it knows the participant.
bool MayKnowOf(const door::Case& c, const storage::Author& author, int kind) {
  if (c.decision().all_sides || author.controller_key == c.caller().controller_key ||
      kind == c.caller().controller_kind) {
    return true;
  }
  const auto& open = c.decision().open;
  return std::any_of(open.begin(), open.end(), [&](const access::OpenSide& side) {
    const auto* owner = c.directory().FindController(side.controller_key);
    return owner != nullptr && owner->kind == kind;
  });
}

// An exemption and its reason, each if the caller sees it.
void TellExemption(door::Case& c, const FollowUpRow& row, v1::NoteExemption* exemption) {
  if (c.Look(row.exemption_reason.label()) == v1::WITHHELD_REASON_UNSPECIFIED) {
    exemption->set_reason(*c.Open(row.exemption_reason));
  }
  exemption->set_overdue(domain::DayOf(exemption->review_date()).value_or(c.today()) < c.today());
}

void ShowNote(door::Case& c, const FollowUpRow& row, v1::FollowUp* shown) {
  if (const std::string* note = c.Open(row.note); note != nullptr) {
    shown->set_note(*note);
  } else {
    c.MarkHidden(row.note.label(), shown->mutable_note_withheld());
  }
  // Looked at before it is opened: that it is withheld would tell in the log that there is one.
  if (row.exemption.has_value() &&
      c.Look(row.exemption->label()) == v1::WITHHELD_REASON_UNSPECIFIED) {
    *shown->mutable_note_exemption() = c.Open(*row.exemption)->exemption();
    TellExemption(c, row, shown->mutable_note_exemption());
  }
  if (row.note_changed_at.has_value() &&
      c.Look(row.note_changed_at->label()) == v1::WITHHELD_REASON_UNSPECIFIED) {
    *shown->mutable_note_changed_at() = *c.Open(*row.note_changed_at);
  }
}

void ShowParts(door::Case& c, const FollowUpRow& row, const v1::FollowUp& summary,
               v1::FollowUp* shown) {
  const storage::Author& author = row.summary.label().author;
  *shown = summary;
  c.Describe(author, shown->mutable_provenance());
  if (SeesNotes(c, author)) shown->set_version(static_cast<int32_t>(row.version));
  ShowNote(c, row, shown);
  if (HasEmployer(summary.type())) {
    if (const std::string* employer = c.Open(row.employer); employer != nullptr) {
      shown->set_employer(*employer);
    } else {
      c.MarkHidden(row.employer.label(), shown->mutable_employer_withheld());
    }
  }
  shown->clear_present_kinds();
  for (const int kind : summary.present_kinds()) {
    if (!MayKnowOf(c, author, kind)) continue;
    shown->add_present_kinds(static_cast<v1::ControllerKind>(kind));
  }
}

// The versions that the caller can tell apart, oldest first: all, or of those with the same shared
// part the first, which made it so.
std::vector<const FollowUpVersion*> Distinct(door::Case& c, const storage::FollowUpRecord& record,
                                             const std::vector<FollowUpVersion>& versions) {
  const bool all = SeesNotes(c, record.author);
  std::vector<const FollowUpVersion*> distinct;
  int32_t last = 0;
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    const v1::FollowUp* summary = c.Open(version->row.summary);
    if (summary == nullptr) continue;
    if (all || summary->version() != last) distinct.push_back(&*version);
    last = summary->version();
  }
  return distinct;
}

absl::Status ShowVersion(door::Case& c, const FollowUpVersion& version, v1::FollowUp* shown) {
  const v1::FollowUp* summary = c.Open(version.row.summary);
  if (summary == nullptr) return absl::OkStatus();
  ShowParts(c, version.row, *summary, shown);
  // Who sees every version sees when each was made.
  if (shown->has_note_changed_at() &&
      storage::MicrosOf(shown->note_changed_at()) > storage::MicrosOf(shown->provenance().time())) {
    *shown->mutable_provenance()->mutable_time() = shown->note_changed_at();
  }
  const v1::FollowUp* links = c.Open(version.links);
  return links == nullptr ? absl::OkStatus() : ShowLinks(c, *links, shown);
}

}  // namespace

std::string FollowUpEtag(const door::Case& c, const storage::Author& author, int64_t follow_up_key,
                         int64_t version) {
  if (author.unit_key != c.caller().unit_key) return {};
  return c.Etag("follow_up", author, follow_up_key, version);
}

void ShowFollowUp(door::Case& c, const FollowUpRow& row, const v1::FollowUp& summary,
                  v1::FollowUp* shown) {
  ShowParts(c, row, summary, shown);
  shown->clear_amend_reason();
  shown->set_etag(
      FollowUpEtag(c, row.summary.label().author, row.position.follow_up_key, row.version));
  for (const storage::Guarded<std::string>& guarded : row.joint_with) {
    const std::string* joint_with = c.Open(guarded);
    if (joint_with != nullptr) shown->add_joint_with(*joint_with);
  }
  if (!row.step_id.has_value()) return;
  if (const std::string* step_id = c.Open(*row.step_id); step_id != nullptr) {
    shown->set_step_id(*step_id);
  }
}

absl::Status ListFollowUpVersions(door::Case& c, const v1::ListFollowUpVersionsRequest& request,
                                  v1::ListFollowUpVersionsResponse& response) {
  domain::Violations violations;
  if (!domain::IsUuid(request.follow_up_id())) {
    violations.Add("follow_up_id", "must be the id of an event");
  }
  const int page_size = domain::CheckPageSize(request.page_size(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  const std::string id = *storage::UuidBytes(request.follow_up_id());
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::FollowUpRecord> record,
                        storage::FindFollowUp(c.tx(), c.participant_key(), id));
  if (!record.has_value() || c.Open(record->summary) == nullptr) return domain::NotFound();
  const std::string filters = storage::UuidText(id);
  NAVO_ASSIGN_OR_RETURN(const std::optional<door::PagePosition> page,
                        c.OpenPage(filters, request.page_token()));
  NAVO_ASSIGN_OR_RETURN(const std::vector<FollowUpVersion> versions,
                        storage::ListFollowUpVersions(c.tx(), *record));
  const std::vector<const FollowUpVersion*> distinct = Distinct(c, *record, versions);
  int64_t last_shown = 0;
  for (auto version = distinct.rbegin(); version != distinct.rend(); ++version) {
    const int64_t number = (*version)->row.version;
    if (page.has_value() && number >= page->first) continue;
    if (response.versions_size() == page_size) {
      response.set_next_page_token(c.NextPage(filters, {last_shown, 0, {}}));
      break;
    }
    NAVO_RETURN_IF_ERROR(ShowVersion(c, **version, response.add_versions()));
    last_shown = number;
  }
  return absl::OkStatus();
}

void ShowExemption(door::Case& c, const FollowUpRow& row, const v1::ExemptedNote& told,
                   v1::ExemptedNote* shown) {
  *shown = told;
  c.Describe(row.exemption->label().author, shown->mutable_provenance());
  TellExemption(c, row, shown->mutable_exemption());
}

}  // namespace navo::services
