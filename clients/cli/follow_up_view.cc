#include "clients/cli/follow_up_view.h"

#include "clients/cli/printing.h"
#include "clients/cli/words.h"

namespace navo::cli {

std::string NoteText(const v1::FollowUp& follow_up) {
  if (!follow_up.note().empty()) return follow_up.note();
  if (!follow_up.has_note_withheld()) return "";
  return "«note stays with " + follow_up.provenance().unit() + "»";
}

std::string AgreementText(const v1::FollowUp& follow_up) {
  if (!follow_up.has_agreement_due()) return follow_up.agreement();
  return follow_up.agreement() + (follow_up.agreement().empty() ? "due " : ", due ") +
         DateText(follow_up.agreement_due());
}

void PrintFollowUps(Context& context, const v1::ListFollowUpsResponse& response) {
  Table table({{"WHEN", 16}, {"TYPE", 7}, {"UNIT", 12}, {"AGREED", 14}, {"NOTE", 14}});
  for (const auto& follow_up : response.follow_ups()) {
    table.AddRow({InstantText(follow_up.occurred_at()),
                  Word(follow_up.type()) + (follow_up.with_interpreter() ? " (i)" : ""),
                  UnitText(follow_up.provenance()), AgreementText(follow_up), NoteText(follow_up)});
  }
  PrintTable(context, table, "No follow-ups.");
  PrintMore(context, response.next_page_token());
  PrintWithheld(context, response.withheld());
}

}  // namespace navo::cli
