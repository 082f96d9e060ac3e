#include "storage/follow_up_row.h"

#include <utility>

#include "storage/uuid.h"

namespace navo::storage {
namespace {

// The third paragraph of personopplysningsloven § 16 has the participant told the reason here.
bool TellsReason(v1::ExemptionParagraph paragraph) {
  return paragraph == v1::EXEMPTION_PARAGRAPH_PERSONOPPLYSNINGSLOVEN_16_F;
}

}  // namespace

v1::FollowUp FollowUpBodyOf(std::string_view bytes) {
  v1::FollowUp body;
  body.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  if (body.version() == 0) body.set_version(1);
  return body;
}

FollowUpRow SplitFollowUp(v1::FollowUp body, const Label& whose, std::string_view id_bytes) {
  FollowUpRow row;
  const bool exempted = body.has_note_exemption();
  const auto label = [&whose](v1::Category category, bool from_participant = false) {
    return Label{category, whose.author, from_participant, whose.locked};
  };
  row.note = {label(v1::CATEGORY_FOLLOWUP_NOTE, exempted), std::move(*body.mutable_note())};
  row.employer = {label(v1::CATEGORY_EMPLOYER), std::move(*body.mutable_employer())};
  if (exempted) {
    v1::ExemptedNote told;
    told.set_follow_up_id(UuidText(id_bytes));
    *told.mutable_exemption() = std::move(*body.mutable_note_exemption());
    *told.mutable_provenance() = body.provenance();
    if (body.has_note_changed_at()) {
      *told.mutable_provenance()->mutable_time() = body.note_changed_at();
    }
    std::string& reason = *told.mutable_exemption()->mutable_reason();
    const bool hidden = !TellsReason(told.exemption().paragraph());
    row.exemption_reason = {label(v1::CATEGORY_NOTE_EXEMPTION, hidden), std::move(reason)};
    told.mutable_exemption()->clear_reason();
    row.exemption.emplace(label(v1::CATEGORY_NOTE_EXEMPTION), std::move(told));
  }
  if (body.has_note_changed_at()) {
    row.note_changed_at.emplace(label(v1::CATEGORY_FOLLOWUP_NOTE),
                                std::move(*body.mutable_note_changed_at()));
  }
  body.clear_note();
  body.clear_employer();
  body.clear_note_exemption();
  body.clear_note_changed_at();
  body.clear_step_id();
  body.clear_joint_with();
  body.set_follow_up_id(UuidText(id_bytes));
  body.set_office_locked(whose.locked);
  row.summary = {whose, std::move(body)};
  return row;
}

}  // namespace navo::storage
