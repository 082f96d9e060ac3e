// Follow-up events as they are printed.
#ifndef NAVO_CLIENTS_CLI_FOLLOW_UP_VIEW_H_
#define NAVO_CLIENTS_CLI_FOLLOW_UP_VIEW_H_

#include <string>

#include "clients/cli/context.h"
#include "navo/v1/follow_up.pb.h"

namespace navo::cli {

// The note, or that it stays elsewhere: "«note stays with nav-grorud-statlig»"; empty when none.
std::string NoteText(const v1::FollowUp& follow_up);
// "Søker på kurs, due 2026-12-01"; empty when nothing was agreed.
std::string AgreementText(const v1::FollowUp& follow_up);

void PrintFollowUps(Context& context, const v1::ListFollowUpsResponse& response);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_FOLLOW_UP_VIEW_H_
