#include "services/door/case.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/domain/absl_view.h"
#include "services/domain/calendar.h"
#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "storage/instant.h"
#include "storage/journal.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::door {
namespace {

using domain::AbslView;

constexpr v1::ControllerKind kControllerKinds[] = {
    v1::CONTROLLER_KIND_NAV_STAT, v1::CONTROLLER_KIND_NAV_KOMMUNE, v1::CONTROLLER_KIND_VO};
constexpr int kLastCategory = v1::Category_MAX;

v1::Withheld Marker(v1::Category category, v1::ControllerKind kind, const std::string& controller,
                    v1::WithheldReason reason) {
  v1::Withheld marker;
  marker.set_category(category);
  marker.set_owner_kind(kind);
  marker.set_owner_controller(controller);
  marker.set_reason(reason);
  return marker;
}

}  // namespace

Case::Case(storage::ReadTx& tx, const Surroundings& around, const access::Rule& rule,
           const access::Caller& caller, access::Facts& facts, const access::Decision& decision)
    : tx_(tx),
      around_(around),
      rule_(rule),
      caller_(caller),
      facts_(facts),
      decision_(decision),
      today_(domain::DayInOslo(tx.now())) {}

v1::WithheldReason Case::Look(const storage::Label& label) const {
  return access::Look(decision_, caller_, label);
}

void Case::MarkHidden(const storage::Label& label, v1::Withheld* marker) const {
  MarkHiddenFor(decision_, label, marker);
}

void Case::MarkHiddenFor(const access::Decision& decision, const storage::Label& label,
                         v1::Withheld* marker) const {
  const access::Controller* owner = around_.directory.FindController(label.author.controller_key);
  *marker =
      Marker(label.category, owner == nullptr ? v1::CONTROLLER_KIND_UNSPECIFIED : owner->kind,
             owner == nullptr ? std::string() : owner->id, access::Look(decision, caller_, label));
}

bool Case::Shows(const storage::Label& label) {
  if (Look(label) != v1::WITHHELD_REASON_UNSPECIFIED) {
    shown_.withheld.Add(label.category);
    return false;
  }
  shown_.Add(decision_, label.author.controller_key, label.category);
  return true;
}

void Case::Shown::Add(const access::Decision& decision, int64_t controller_key,
                      v1::Category category) {
  const access::OpenSide* side = decision.FindOpen(controller_key);
  if (side == nullptr) return shown.Add(category);
  const access::NamedGround ground = side->GroundOf(category);
  for (Through& opened : through) {
    if (opened.ground.ground_key == ground.ground_key) return opened.shown.Add(category);
  }
  through.push_back({ground, access::CategorySet{category}});
}

std::vector<v1::Withheld> Case::WithheldMarkers() {
  std::vector<v1::Withheld> markers;
  if (decision_.all_sides) return markers;
  for (int number = 1; number <= kLastCategory; ++number) {
    const auto category = static_cast<v1::Category>(number);
    if (!rule_.categories.Has(category)) continue;
    for (const access::OpenSide& side : decision_.open) {
      if (side.categories.Has(category)) continue;
      const access::Controller* owner = around_.directory.FindController(side.controller_key);
      if (owner == nullptr) continue;  // no longer in the seed file
      const bool own_unit = access::kOwnUnitOnly.Has(category);
      markers.push_back(
          Marker(category, owner->kind, owner->id,
                 own_unit ? v1::WITHHELD_REASON_OWN_UNIT_ONLY : v1::WITHHELD_REASON_NO_GROUND));
      shown_.withheld.Add(category);
    }
  }
  for (const v1::ControllerKind kind : kControllerKinds) {
    if (kind == caller_.controller_kind) continue;
    const bool open = std::any_of(
        decision_.open.begin(), decision_.open.end(), [&](const access::OpenSide& side) {
          const access::Controller* owner = around_.directory.FindController(side.controller_key);
          return owner != nullptr && owner->kind == kind;
        });
    if (open) continue;
    markers.push_back(
        Marker(v1::CATEGORY_UNSPECIFIED, kind, "", v1::WITHHELD_REASON_SHARING_NOT_OPEN));
  }
  if (!decision_.identity_confirmed) {
    markers.push_back(Marker(v1::CATEGORY_UNSPECIFIED, caller_.controller_kind, "",
                             v1::WITHHELD_REASON_IDENTITY_NOT_CONFIRMED));
  }
  return markers;
}

void Case::Describe(const storage::Author& author, v1::Provenance* provenance) const {
  const access::Directory& directory = around_.directory;
  if (const auto* controller = directory.FindController(author.controller_key)) {
    provenance->set_controller(controller->id);
    provenance->set_controller_kind(controller->kind);
  }
  if (const auto* unit = directory.FindUnit(author.unit_key)) {
    provenance->set_unit(unit->id);
    provenance->set_unit_name(unit->name);
  }
  if (author.controller_key != caller_.controller_key) return;
  if (const auto* principal = directory.FindPrincipal(author.principal_key)) {
    provenance->set_recorded_by(principal->name);
  }
}

std::string Case::Etag(std::string_view subject, const storage::Author& author, int64_t record_key,
                       int64_t version) const {
  if (author.controller_key != caller_.controller_key) return {};
  return around_.tokens.Etag(subject, record_key, version);
}

absl::Status Case::CheckEtag(std::string_view sent, const std::string& current) const {
  if (sent == current) return absl::OkStatus();
  if (sent.empty()) {
    return domain::MakeError(absl::StatusCode::kInvalidArgument, domain::reason::kEtagMissing,
                             "etag is missing: read the record first and send its etag");
  }
  return domain::MakeError(absl::StatusCode::kAborted, domain::reason::kStaleEtag,
                           "the record has changed since it was read: read it again and retry",
                           {{"etag", current}});
}

std::string Case::PageScope(std::string_view filters) const {
  return absl::StrCat(rule_.number, "|", participant_key(), "|", caller_.unit_key, "|",
                      AbslView(filters));
}

std::string Case::NextPage(std::string_view filters, const PagePosition& position) const {
  return around_.tokens.SealPage(caller_.principal_key, PageScope(filters), position);
}

absl::StatusOr<std::optional<PagePosition>> Case::OpenPage(std::string_view filters,
                                                           std::string_view token) const {
  if (token.empty()) return std::nullopt;
  std::optional<PagePosition> position =
      around_.tokens.OpenPage(caller_.principal_key, PageScope(filters), token);
  if (position.has_value()) return position;
  return domain::MakeError(absl::StatusCode::kInvalidArgument, domain::reason::kPageTokenInvalid,
                           "page_token does not belong to this request: start at the first page");
}

std::string Case::CursorScope() const { return absl::StrCat(rule_.number, "|", caller_.unit_key); }

std::string Case::SealCursor(std::string_view plain) const {
  return around_.tokens.SealCursor(caller_.principal_key, CursorScope(), plain);
}

absl::StatusOr<std::string> Case::OpenCursor(std::string_view token) const {
  return around_.tokens.OpenCursor(caller_.principal_key, CursorScope(), token);
}

absl::StatusOr<std::string> Case::Revision() {
  NAVO_ASSIGN_OR_RETURN(const int64_t head, Head());
  return around_.tokens.SealRevision(caller_.principal_key,
                                     {storage::StreamOf(participant_key()), head});
}

access::Decision Case::DecideOn(const access::Facts& facts) const {
  return DecideOn(facts, today_);
}

access::Decision Case::DecideOversightOn(const access::Facts& facts) const {
  return access::DecideOversight(caller_, facts, rule_);
}

access::Decision Case::DecideOn(const access::Facts& facts, int32_t day) const {
  return access::Decide(caller_, facts, rule_, day);
}

void Case::LogParticipant(const access::Facts& facts, const access::Decision& decision,
                          access::CategorySet shown, access::CategorySet withheld) {
  LogParticipant(facts, decision, Shown{shown, withheld, {}});
}

void Case::LogParticipant(const access::Facts& facts, const access::Decision& decision,
                          Shown what) {
  const storage::ParticipantAccess& participant = facts.participant;
  Line line;
  line.participant_key = participant.participant_key;
  line.access_revision = participant.access_revision;
  line.stream_head = participant.stream_head;
  line.decision = decision;
  line.what = std::move(what);
  lines_.push_back(std::move(line));
}

storage::Author WriteCase::author() const {
  return {caller().controller_key, caller().unit_key, caller().principal_key};
}

v1::Provenance WriteCase::NewProvenance() const {
  v1::Provenance provenance;
  provenance.set_role(decision().role);
  storage::SetInstant(write_.now_us(), provenance.mutable_time());
  return provenance;
}

std::string WriteCase::NewId() { return *storage::UuidBytes(around().random.Uuid()); }

absl::StatusOr<int64_t> WriteCase::Head() {
  return storage::StreamHeadAfter(write_, storage::StreamOf(participant_key()));
}

}  // namespace navo::door
