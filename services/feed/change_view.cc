#include "services/feed/change_view.h"

#include <utility>

#include "storage/instant.h"

namespace navo::services {
namespace {

using storage::JournalAct;
using storage::JournalSubject;

v1::ChangeSubject SubjectOf(JournalSubject subject) {
  switch (subject) {
    case JournalSubject::kFacts:
      return v1::CHANGE_SUBJECT_CONTACT_FACTS;
    case JournalSubject::kTie:
      return v1::CHANGE_SUBJECT_TIE;
    case JournalSubject::kTeam:
      return v1::CHANGE_SUBJECT_TEAM;
    case JournalSubject::kGround:
      return v1::CHANGE_SUBJECT_GROUND;
    case JournalSubject::kSection:
      return v1::CHANGE_SUBJECT_SECTION;
    case JournalSubject::kConfirmation:
      return v1::CHANGE_SUBJECT_SECTION_CONFIRMATION;
    case JournalSubject::kPlanPart:
      return v1::CHANGE_SUBJECT_PLAN_PART;
    case JournalSubject::kPlanStep:
      return v1::CHANGE_SUBJECT_PLAN_STEP;
    case JournalSubject::kFollowUp:
      return v1::CHANGE_SUBJECT_FOLLOW_UP;
    case JournalSubject::kAssessment:
      return v1::CHANGE_SUBJECT_ASSESSMENT;
    case JournalSubject::kTestResult:
      return v1::CHANGE_SUBJECT_TEST_RESULT;
    case JournalSubject::kNorskmaal:
      return v1::CHANGE_SUBJECT_NORSKMAAL;
    case JournalSubject::kHours:
      return v1::CHANGE_SUBJECT_HOURS;
    case JournalSubject::kParticipant:  // storage tells nobody of these
    case JournalSubject::kIdentifier:
    case JournalSubject::kPlan:
    case JournalSubject::kOffering:
    case JournalSubject::kImportRun:
    case JournalSubject::kDirectory:
    case JournalSubject::kController:
    case JournalSubject::kUnit:
    case JournalSubject::kPrincipal:
    case JournalSubject::kMembership:
    case JournalSubject::kOwnNumbers:
    case JournalSubject::kReferral:  // offered to one unit, and listed by its own method
    case JournalSubject::kEmergencyAccess:
    case JournalSubject::kProtection:
    case JournalSubject::kOfficeLock:
    case JournalSubject::kConsentText:
    case JournalSubject::kLegalBasis:
      return v1::CHANGE_SUBJECT_UNSPECIFIED;
  }
  return v1::CHANGE_SUBJECT_UNSPECIFIED;
}

v1::ChangeAct ActOf(JournalAct act) {
  switch (act) {
    case JournalAct::kCreated:
      return v1::CHANGE_ACT_CREATED;
    case JournalAct::kChanged:
    case JournalAct::kAmended:
      return v1::CHANGE_ACT_CHANGED;
    case JournalAct::kEnded:
      return v1::CHANGE_ACT_ENDED;
    case JournalAct::kConfirmed:
      return v1::CHANGE_ACT_CONFIRMED;
    case JournalAct::kCorrected:
      return v1::CHANGE_ACT_CORRECTED;
    case JournalAct::kMoved:
      return v1::CHANGE_ACT_MOVED;
    case JournalAct::kDeleted:
      return v1::CHANGE_ACT_DELETED;
  }
  return v1::CHANGE_ACT_UNSPECIFIED;
}

void ShowOwner(const access::Directory& directory, int64_t controller_key, v1::Change& entry) {
  const access::Controller* owner = directory.FindController(controller_key);
  if (owner == nullptr) return;  // no longer in the seed file
  entry.set_owner_kind(owner->kind);
  entry.set_owner_controller(owner->id);
}

v1::Change AccessEntry(const std::string& participant_id, v1::ChangeAct act) {
  v1::Change entry;
  entry.set_participant_id(participant_id);
  entry.set_subject(v1::CHANGE_SUBJECT_ACCESS);
  entry.set_act(act);
  return entry;
}

}  // namespace

v1::Change ShowChange(const access::Directory& directory, const access::Caller& caller,
                      const std::string& participant_id, const storage::Label& label,
                      const storage::Change& change, int64_t time_us) {
  v1::Change entry;
  entry.set_participant_id(participant_id);
  entry.set_subject(SubjectOf(change.subject));
  entry.set_act(ActOf(change.act));
  entry.set_category(label.category);
  entry.set_record_id(change.record_id);
  const storage::Author& author = label.author;
  if (author.controller_key == caller.controller_key) entry.set_version(change.version);
  ShowOwner(directory, author.controller_key, entry);
  const access::Unit* unit = directory.FindUnit(author.unit_key);
  if (unit != nullptr && unit->controller_key == author.controller_key) {
    entry.set_owner_unit(unit->id);
  }
  storage::SetInstant(time_us, entry.mutable_time());
  return entry;
}

std::vector<v1::Change> ShowAccess(const access::Directory& directory,
                                   const std::string& participant_id,
                                   const AccessDifference& difference) {
  std::vector<v1::Change> entries;
  if (difference.gone) {
    entries.push_back(AccessEntry(participant_id, v1::CHANGE_ACT_ACCESS_CLOSED));
  }
  const auto show = [&](const std::vector<AccessDifference::Side>& sides, v1::ChangeAct act) {
    for (const AccessDifference::Side& side : sides) {
      v1::Change entry = AccessEntry(participant_id, act);
      ShowOwner(directory, side.controller_key, entry);
      for (int number = 1; number <= v1::Category_MAX; ++number) {
        const auto category = static_cast<v1::Category>(number);
        if (side.categories.Has(category)) entry.add_categories(category);
      }
      entries.push_back(std::move(entry));
    }
  };
  show(difference.closed, v1::CHANGE_ACT_ACCESS_CLOSED);
  show(difference.opened, v1::CHANGE_ACT_ACCESS_OPENED);
  return entries;
}

}  // namespace navo::services
