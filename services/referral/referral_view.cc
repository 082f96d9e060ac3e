#include "services/referral/referral_view.h"

#include <optional>

#include "storage/status_macros.h"
#include "storage/tie.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

// Who it is about, as the offering side knows the person.
absl::Status ShowFacts(door::Case& c, const access::Decision& decision,
                       const storage::ReferralRow& row, door::Case::Shown* shown,
                       v1::Referral* told) {
  NAVO_ASSIGN_OR_RETURN(
      const std::optional<storage::ContactRow> facts,
      storage::FindContact(c.tx(), row.participant_key, row.author.controller_key));
  if (!facts.has_value()) return absl::OkStatus();
  if (const v1::ContactFacts* contact = c.OpenFor(decision, facts->contact)) {
    *told->mutable_facts() = *contact;
    shown->Add(decision, row.author.controller_key, v1::CATEGORY_CONTACT);
  }
  if (const v1::ContactFacts* names = c.OpenFor(decision, facts->identity)) {
    told->mutable_facts()->set_given_name(names->given_name());
    told->mutable_facts()->set_family_name(names->family_name());
    shown->Add(decision, row.author.controller_key, v1::CATEGORY_IDENTITY);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<bool> ShowReferral(door::Case& c, const access::Decision& decision,
                                  const storage::ReferralRow& row,
                                  const std::string& participant_id, door::Case::Shown* shown,
                                  v1::Referral* told) {
  const v1::Referral* offer = c.OpenFor(decision, row.offer);
  if (offer == nullptr) return false;
  *told = *offer;
  told->set_referral_id(storage::UuidText(row.id));
  told->set_participant_id(participant_id);
  told->set_state(row.state);
  c.Describe(row.author, told->mutable_provenance());
  if (const access::Unit* unit = c.directory().FindUnit(row.to_unit_key)) {
    told->set_to_unit(unit->id);
    told->set_to_unit_name(unit->name);
  }
  shown->Add(decision, row.author.controller_key, v1::CATEGORY_EXISTENCE);
  if (const std::string* message = c.OpenFor(decision, row.message)) {
    told->set_message(*message);
    shown->Add(decision, row.author.controller_key, v1::CATEGORY_DIALOG);
  } else {
    c.MarkHiddenFor(decision, row.message.label(), told->mutable_message_withheld());
    shown->withheld.Add(v1::CATEGORY_DIALOG);
  }
  NAVO_RETURN_IF_ERROR(ShowFacts(c, decision, row, shown, told));
  return true;
}

}  // namespace navo::services
