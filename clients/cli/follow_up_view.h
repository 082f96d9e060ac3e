// Follow-up events as they are printed.
#ifndef NAVO_CLIENTS_CLI_FOLLOW_UP_VIEW_H_
#define NAVO_CLIENTS_CLI_FOLLOW_UP_VIEW_H_

#include <string>
#include <vector>

#include "clients/cli/context.h"
#include "navo/v1/follow_up.pb.h"

namespace navo::cli {

// The note, or why it is not there: "«note stays with nav-grorud-statlig»", "«kept from you by
// personopplysningsloven § 16 c, looked at again 2027-05-03»"; empty when none. To the unit that
// wrote it, that it is kept from the participant.
std::string NoteText(const v1::FollowUp& follow_up);
// "Kiwi: Søker på kurs, due 2026-12-01 (amended)"; empty when nothing was agreed.
std::string AgreementText(const v1::FollowUp& follow_up);
// "møte (i)", "fellesmøte with VO".
std::string TypeText(const v1::FollowUp& follow_up);

// The events in their order, but those of one meeting together under the first of them.
struct ListedFollowUp {
  const v1::FollowUp* follow_up;
  bool joint;  // belongs to the one above
};
std::vector<ListedFollowUp> TogetherByMeeting(
    const google::protobuf::RepeatedPtrField<v1::FollowUp>& follow_ups);
// TypeText with what ties it to the one above: "└ fellesmøte with VO", in a plain width "same
// meeting, fellesmøte with VO".
std::string ListedTypeText(const ListedFollowUp& listed, int width);

void PrintFollowUps(Context& context, const v1::ListFollowUpsResponse& response);
void PrintFollowUpVersions(Context& context, const v1::ListFollowUpVersionsResponse& response);
void PrintExemptions(Context& context, const v1::ListNoteExemptionsResponse& response);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_FOLLOW_UP_VIEW_H_
