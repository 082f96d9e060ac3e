#include "clients/cli/follow_up_view.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "clients/cli/printing.h"
#include "clients/cli/text_width.h"
#include "clients/cli/words.h"

namespace navo::cli {
namespace {

constexpr size_t kShortId = 8;

// "personopplysningsloven § 16 c, looked at again 2027-05-03".
std::string LawText(const v1::NoteExemption& exemption) {
  return absl::StrCat(Word(exemption.paragraph()), ", looked at again ",
                      DateText(exemption.review_date()), exemption.overdue() ? ": OVERDUE" : "");
}

std::string EmployerText(const v1::FollowUp& follow_up) {
  if (!follow_up.employer().empty()) return follow_up.employer() + ": ";
  return follow_up.has_employer_withheld() ? "«employer not shared»: " : "";
}

bool Links(const v1::FollowUp& from, const v1::FollowUp& to) {
  const auto& ids = from.joint_with();
  return std::find(ids.begin(), ids.end(), to.follow_up_id()) != ids.end();
}

}  // namespace

std::string NoteText(const v1::FollowUp& follow_up) {
  const v1::NoteExemption& exemption = follow_up.note_exemption();
  if (follow_up.note_withheld().reason() == v1::WITHHELD_REASON_EXEMPTED_BY_LAW) {
    const std::string why = exemption.reason().empty() ? "" : ": " + exemption.reason();
    return absl::StrCat("«kept from you by ", LawText(exemption), why, "»");
  }
  if (follow_up.has_note_withheld()) {
    return "«note stays with " + follow_up.provenance().unit() + "»";
  }
  if (!follow_up.has_note_exemption()) return follow_up.note();
  return absl::StrCat(follow_up.note(), follow_up.note().empty() ? "" : " ",
                      "«kept from the participant by ", LawText(exemption), "»");
}

std::string AgreementText(const v1::FollowUp& follow_up) {
  std::string text = EmployerText(follow_up) + follow_up.agreement();
  if (follow_up.has_agreement_due()) {
    absl::StrAppend(&text, text.empty() ? "due " : ", due ", DateText(follow_up.agreement_due()));
  }
  if (follow_up.version() > 1) {
    absl::StrAppend(&text, text.empty() ? "" : " ", "(amended, version ", follow_up.version(), ")");
  }
  return text;
}

std::string TypeText(const v1::FollowUp& follow_up) {
  std::string text = Word(follow_up.type());
  for (int i = 0; i < follow_up.present_kinds_size(); ++i) {
    absl::StrAppend(&text, i == 0 ? " with " : ", ", Word(follow_up.present_kinds(i)));
  }
  return text + (follow_up.with_interpreter() ? " (i)" : "");
}

std::vector<ListedFollowUp> TogetherByMeeting(
    const google::protobuf::RepeatedPtrField<v1::FollowUp>& follow_ups) {
  std::vector<ListedFollowUp> listed;
  std::set<const v1::FollowUp*> done;
  for (const v1::FollowUp& first : follow_ups) {
    if (!done.insert(&first).second) continue;
    listed.push_back({&first, false});
    for (const v1::FollowUp& other : follow_ups) {
      if (Links(first, other) && done.insert(&other).second) listed.push_back({&other, true});
    }
  }
  return listed;
}

std::string ListedTypeText(const ListedFollowUp& listed, int width) {
  if (!listed.joint) return TypeText(*listed.follow_up);
  return (IsPlain(width) ? "same meeting, " : "└ ") + TypeText(*listed.follow_up);
}

void PrintFollowUps(Context& context, const v1::ListFollowUpsResponse& response) {
  Table table({{"ID", 8}, {"WHEN", 16}, {"TYPE", 7}, {"UNIT", 12}, {"AGREED", 14}, {"NOTE", 14}});
  for (const ListedFollowUp& listed : TogetherByMeeting(response.follow_ups())) {
    const v1::FollowUp* follow_up = listed.follow_up;
    table.AddRow({follow_up->follow_up_id().substr(0, kShortId),
                  InstantText(follow_up->occurred_at()), ListedTypeText(listed, context.width()),
                  UnitText(follow_up->provenance()), AgreementText(*follow_up),
                  NoteText(*follow_up)});
  }
  PrintTable(context, table, "No follow-ups.");
  PrintMore(context, response.next_page_token());
  PrintWithheld(context, response.withheld());
}

void PrintFollowUpVersions(Context& context, const v1::ListFollowUpVersionsResponse& response) {
  Table table({{"VERSION", 7},
               {"MADE", 16},
               {"BY", 12},
               {"WHY", 8},
               {"WHEN", 16},
               {"AGREED", 14},
               {"NOTE", 14}});
  for (const auto& version : response.versions()) {
    v1::FollowUp plain = version;
    plain.clear_version();  // it stands in a column of its own
    const std::string by = version.provenance().recorded_by();
    table.AddRow({std::to_string(version.version()), InstantText(version.provenance().time()),
                  by.empty() ? UnitText(version.provenance()) : by,
                  version.amend_reason() == v1::AMEND_REASON_UNSPECIFIED
                      ? "recorded"
                      : Word(version.amend_reason()),
                  InstantText(version.occurred_at()), AgreementText(plain), NoteText(plain)});
  }
  PrintTable(context, table, "No versions.");
  PrintMore(context, response.next_page_token());
}

void PrintExemptions(Context& context, const v1::ListNoteExemptionsResponse& response) {
  Table table({{"FOLLOW-UP", 9}, {"WRITTEN", 16}, {"UNIT", 12}, {"LAW", 20}, {"WHY", 14}});
  for (const auto& note : response.notes()) {
    table.AddRow({note.follow_up_id().substr(0, kShortId), InstantText(note.provenance().time()),
                  UnitText(note.provenance()), LawText(note.exemption()),
                  note.exemption().reason()});
  }
  PrintTable(context, table, "No note is kept from the participant.");
  PrintMore(context, response.next_page_token());
}

}  // namespace navo::cli
