// Participants as they are printed.
#ifndef NAVO_CLIENTS_CLI_PARTICIPANT_VIEW_H_
#define NAVO_CLIENTS_CLI_PARTICIPANT_VIEW_H_

#include "clients/cli/context.h"
#include "clients/cli/words.h"
#include "navo/v1/participant.pb.h"

namespace navo::cli {

void PrintSide(Context& context, const v1::SideFacts& side);
void PrintParticipant(Context& context, const v1::GetParticipantResponse& participant);
void PrintParticipantList(Context& context, const v1::ListParticipantsResponse& list);

// "prs, interpreter needed, SMS".
std::string ContactText(const v1::ContactFacts& facts);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_PARTICIPANT_VIEW_H_
