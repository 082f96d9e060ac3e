#include "services/follow_up/follow_up_check.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "services/domain/calendar.h"
#include "services/domain/codes.h"
#include "services/domain/field_mask.h"
#include "services/domain/text.h"
#include "storage/instant.h"

namespace navo::services {
namespace {

using google::protobuf::FieldMask;

const std::initializer_list<std::string_view> kSetByServer = {
    "follow_up_id", "note_withheld",   "provenance",   "employer_withheld", "version",
    "etag",         "note_changed_at", "amend_reason", "office_locked"};

constexpr domain::TextRule kAgreementText{.max_characters = 500};
constexpr domain::TextRule kReasonText{.max_characters = 500, .required = true, .multi_line = true};
constexpr std::size_t kFewestReasonCharacters = 3;
constexpr int kMostReviewMonths = 24;

// A client's clock may be ahead of ours.
constexpr absl::Duration kMostAhead = absl::Hours(24);
constexpr int64_t kSecondUs = 1'000'000;
constexpr int32_t kNanosInSecond = 1'000'000'000;

bool IsTime(const google::protobuf::Timestamp& time, absl::Time now) {
  static const int64_t earliest_us =
      absl::ToUnixMicros(absl::FromCivil(absl::CivilYear(domain::kFirstYear), absl::UTCTimeZone()));
  const int64_t latest_us = absl::ToUnixMicros(now + kMostAhead);
  if (time.nanos() < 0 || time.nanos() >= kNanosInSecond) return false;
  // Compared in seconds first: a hostile number of seconds times a million does not fit.
  if (time.seconds() < earliest_us / kSecondUs || time.seconds() > latest_us / kSecondUs) {
    return false;
  }
  const int64_t occurred_us = storage::MicrosOf(time);
  return occurred_us >= earliest_us && occurred_us <= latest_us;
}

// One look at one event: what to look at, and where to say what is wrong.
struct Look {
  const FieldMask& mask;
  Looking looking;
  absl::Time now;
  const v1::FollowUp* before;
  v1::FollowUp* event;
  domain::Violations& violations;

  bool AtField(std::string_view field) const {
    return looking != Looking::kTogether && AmendNames(mask, field);
  }
  bool Together() const { return looking != Looking::kFields; }
  bool IsJoint() const { return event->type() == v1::FOLLOW_UP_TYPE_FELLESMOETE; }
};

void LookAtType(const Look& look) {
  const v1::FollowUpType type = look.event->type();
  if (look.AtField("type") &&
      (type == v1::FOLLOW_UP_TYPE_UNSPECIFIED || !v1::FollowUpType_IsValid(type))) {
    look.violations.Add("follow_up.type", "must be one of the documented types");
    return;
  }
  // Its earlier versions would otherwise be seen by those who may not see absence.
  if (look.Together() && look.before != nullptr && look.before->type() != type &&
      look.before->type() == v1::FOLLOW_UP_TYPE_FRAVAERSOPPFOELGING) {
    look.violations.Add("follow_up.type",
                        "must stay FRAVAERSOPPFOELGING: record another event instead");
  }
}

void LookAtAgreement(const Look& look) {
  v1::FollowUp* event = look.event;
  domain::Violations& violations = look.violations;
  if (look.AtField("occurred_at") &&
      (!event->has_occurred_at() || !IsTime(event->occurred_at(), look.now))) {
    violations.Add("follow_up.occurred_at",
                   "must be when it happened: from 1900 to at most one day ahead");
  }
  if (look.AtField("agreement")) {
    domain::CheckText("follow_up.agreement", event->mutable_agreement(), kAgreementText,
                      violations);
  }
  if (look.AtField("agreement_due") && event->has_agreement_due()) {
    domain::CheckDate("follow_up.agreement_due", event->agreement_due(), violations);
  }
  if (look.AtField("note")) {
    domain::CheckText("follow_up.note", event->mutable_note(), domain::kNoteText, violations);
  }
  if (look.AtField("step_id") && !event->step_id().empty() && !domain::IsUuid(event->step_id())) {
    violations.Add("follow_up.step_id", "must be the id of a plan step, or left out");
  }
}

void LookAtEmployer(const Look& look) {
  const std::size_t before = look.violations.items().size();
  if (look.AtField("employer")) {
    domain::CheckText("follow_up.employer", look.event->mutable_employer(), domain::kNameText,
                      look.violations);
  }
  if (!look.Together() || look.violations.items().size() > before) return;
  if (!look.event->employer().empty() && !HasEmployer(look.event->type())) {
    look.violations.Add("follow_up.employer",
                        "must be empty but for ARBEIDSGIVERKONTAKT, ARBEIDSPLASSBESOEK and "
                        "JOBBOPPFOELGING");
  }
}

void LookAtExemptionFields(const Look& look) {
  v1::NoteExemption* exemption = look.event->mutable_note_exemption();
  domain::Violations& violations = look.violations;
  exemption->clear_overdue();
  if (exemption->paragraph() == v1::EXEMPTION_PARAGRAPH_UNSPECIFIED ||
      !v1::ExemptionParagraph_IsValid(exemption->paragraph())) {
    violations.Add("follow_up.note_exemption.paragraph", "must be one of the documented laws");
  }
  const std::size_t before = violations.items().size();
  domain::CheckText("follow_up.note_exemption.reason", exemption->mutable_reason(), kReasonText,
                    violations);
  if (violations.items().size() == before &&
      domain::CountCharacters(exemption->reason()) < kFewestReasonCharacters) {
    violations.Add("follow_up.note_exemption.reason", "must be 3 to 500 characters");
  }
  const std::optional<int32_t> review = domain::CheckDate("follow_up.note_exemption.review_date",
                                                          exemption->review_date(), violations);
  if (!review.has_value()) return;
  const int32_t today = domain::DayInOslo(look.now);
  if (*review <= today || *review > domain::AddMonths(today, kMostReviewMonths)) {
    violations.Add("follow_up.note_exemption.review_date",
                   "must be after today and at most 24 months ahead");
  }
}

void LookAtExemption(const Look& look) {
  if (!look.event->has_note_exemption()) return;
  const std::size_t before = look.violations.items().size();
  if (look.AtField("note_exemption")) LookAtExemptionFields(look);
  if (!look.Together() || look.violations.items().size() > before) return;
  const bool was_exempted = look.before != nullptr && look.before->has_note_exemption();
  if (was_exempted) return;
  if (look.event->note().empty()) {
    look.violations.Add("follow_up.note_exemption", "must come with the note that it exempts");
  } else if (look.before != nullptr && look.before->note() == look.event->note()) {
    look.violations.Add("follow_up.note_exemption",
                        "must be set with a new note: the participant could read this one");
  }
}

void LookAtJoint(const Look& look) {
  const auto& ids = look.event->joint_with();
  const std::size_t before = look.violations.items().size();
  if (look.AtField("joint_with")) {
    if (ids.size() > kMaxJoint) {
      look.violations.Add("follow_up.joint_with",
                          "must be at most " + std::to_string(kMaxJoint) + " events");
    }
    for (int i = 0; i < std::min(ids.size(), kMaxJoint); ++i) {
      if (domain::IsUuid(ids.Get(i))) continue;
      look.violations.Add("follow_up.joint_with[" + std::to_string(i) + "]",
                          "must be the id of another side's event");
    }
  }
  if (!look.Together() || look.violations.items().size() > before) return;
  if (!look.IsJoint() && !ids.empty()) {
    look.violations.Add("follow_up.joint_with", "must be empty but for FELLESMOETE");
  }
}

void LookAtPresent(const Look& look) {
  const auto& kinds = look.event->present_kinds();
  const std::size_t before = look.violations.items().size();
  if (look.AtField("present_kinds")) {
    std::set<int> seen;
    for (int i = 0; i < kinds.size(); ++i) {
      const std::string field = "follow_up.present_kinds[" + std::to_string(i) + "]";
      if (!v1::ControllerKind_IsValid(kinds.Get(i)) ||
          kinds.Get(i) == v1::CONTROLLER_KIND_UNSPECIFIED) {
        look.violations.Add(field, "must be NAV_STAT, NAV_KOMMUNE or VO");
      } else if (!seen.insert(kinds.Get(i)).second) {
        look.violations.Add(field, "must not be named twice");
      }
    }
  }
  if (!look.Together() || look.violations.items().size() > before) return;
  if (look.IsJoint() && kinds.empty()) {
    look.violations.Add("follow_up.present_kinds",
                        "must name at least one other side for FELLESMOETE");
  } else if (!look.IsJoint() && !kinds.empty()) {
    look.violations.Add("follow_up.present_kinds", "must be empty but for FELLESMOETE");
  }
}

}  // namespace

bool HasEmployer(v1::FollowUpType type) {
  return type == v1::FOLLOW_UP_TYPE_ARBEIDSGIVERKONTAKT ||
         type == v1::FOLLOW_UP_TYPE_ARBEIDSPLASSBESOEK ||
         type == v1::FOLLOW_UP_TYPE_JOBBOPPFOELGING;
}

void ClearServerFields(v1::FollowUp* follow_up) {
  follow_up->DiscardUnknownFields();
  for (const std::string_view name : kSetByServer) {
    const auto* field = v1::FollowUp::descriptor()->FindFieldByName(std::string(name));
    v1::FollowUp::GetReflection()->ClearField(follow_up, field);
  }
}

void CheckAmendMask(const FieldMask& mask, domain::Violations& violations) {
  domain::CheckMask(mask, v1::FollowUp::default_instance(), kSetByServer, violations);
}

bool AmendNames(const FieldMask& mask, std::string_view field) {
  return mask.paths().empty() ||
         std::find(mask.paths().begin(), mask.paths().end(), field) != mask.paths().end();
}

void PutAmended(const FieldMask& mask, const v1::FollowUp& sent, v1::FollowUp* body) {
  domain::CopyMasked(mask, sent, kSetByServer, body);
}

void CheckFollowUp(const FieldMask& mask, Looking looking, absl::Time now,
                   const v1::FollowUp* before, v1::FollowUp* follow_up,
                   domain::Violations& violations) {
  const Look look{mask, looking, now, before, follow_up, violations};
  LookAtType(look);
  LookAtAgreement(look);
  LookAtEmployer(look);
  LookAtExemption(look);
  LookAtJoint(look);
  LookAtPresent(look);
}

}  // namespace navo::services
