// navo referral: handing a participant over to another unit.
#include <string>
#include <vector>

#include "clients/cli/commands.h"
#include "clients/cli/formats.h"
#include "clients/cli/prefix.h"
#include "clients/cli/printing.h"
#include "clients/cli/words.h"
#include "navo/v1/referral.grpc.pb.h"

namespace navo::cli {
namespace {

using Stub = v1::ReferralService::Stub;

std::string StateText(const v1::Referral& referral) {
  std::string text = Word(referral.state());
  if (referral.has_answered_at()) text += " " + DayText(referral.answered_at());
  if (referral.decline_reason() != v1::REFERRAL_DECLINE_REASON_UNSPECIFIED) {
    text += ": " + Word(referral.decline_reason());
  }
  return text;
}

void PrintReferral(Context& context, const v1::Referral& referral) {
  PrintPairs(context, {{"Referral", referral.referral_id()},
                       {"Participant", referral.participant_id()},
                       {"Name", NameText(referral.facts())},
                       {"From", UnitText(referral.provenance()) + ", " +
                                    DayText(referral.provenance().time())},
                       {"To", referral.to_unit_name()},
                       {"Why", Word(referral.reason())},
                       {"Message", referral.has_message_withheld()
                                       ? "withheld: " + WithheldWords(referral.message_withheld())
                                       : referral.message()},
                       {"State", StateText(referral)}});
}

void PrintReferrals(Context& context, const v1::ListReferralsResponse& response) {
  if (response.referrals().empty()) context.out() << "Nothing is offered.\n";
  bool first = true;
  for (const v1::Referral& referral : response.referrals()) {
    if (!first) context.out() << "\n";
    first = false;
    PrintReferral(context, referral);
  }
  PrintMore(context, response.next_page_token());
}

// Fills in the whole id of an offer that was given by its beginning.
absl::Status CompleteReferralId(Context& context, std::string* referral_id) {
  if (referral_id->size() >= 36) return absl::OkStatus();
  v1::ListReferralsRequest request;
  request.set_page_size(200);
  const auto response = context.Call(&Stub::List, request);
  if (!response.ok()) return response.status();
  std::vector<std::string> ids;
  for (const v1::Referral& referral : response->referrals()) ids.push_back(referral.referral_id());
  auto found = FindByBeginning(ids, *referral_id, "referral");
  if (!found.ok()) return found.status();
  *referral_id = *std::move(found);
  return absl::OkStatus();
}

// Binds PARTICIPANT and REFERRAL, calls, and says what became of it.
template <class Request, class Response>
void Answers(Command<Request>& command,
             grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*)) {
  command.Participant();
  command.Field("REFERRAL", "referral_id", "Id of the offer, or the beginning of it")->required();
  command.Writing();
  command.Does([&context = command.context(), method](Request& request) {
    const absl::Status status = CompleteReferralId(context, request.mutable_referral_id());
    if (!status.ok()) return status;
    return context.Show(method, request, [&](const Response& response) {
      context.out() << "The offer is " << Word(response.state()) << ".\n";
    });
  });
}

}  // namespace

void AddReferralCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line, "referral", "Hand a participant over to another unit.");
  Command<v1::ListReferralsRequest> list(line, noun, "list",
                                         "What was offered to your unit, and what it offered.",
                                         "navo referral list --open");
  list.Field("--open", "open_only", "Only what waits for an answer");
  list.Reading();
  list.Calls(&Stub::List, PrintReferrals);

  Command<v1::ReferRequest> refer(
      line, noun, "offer", "Offer another unit to take a participant over.",
      "navo referral offer PARTICIPANT --to nav-stovner-statlig --reason moved");
  refer.Participant();
  refer.Field("--to", "to_unit", "The other unit, by id")->required();
  refer.Field("--reason", "reason", "Why")->required();
  refer.Field("--message", "message", "What that unit should know; nothing sensitive");
  refer.Writing();
  refer.Calls(&Stub::Refer, [](Context& context, const v1::ReferResponse& response) {
    PrintReferral(context, response.referral());
  });

  Command<v1::AcceptReferralRequest> accept(line, noun, "accept",
                                            "Take the participant over: ties your unit.",
                                            "navo referral accept PARTICIPANT REFERRAL");
  Answers(accept, &Stub::Accept);

  Command<v1::DeclineReferralRequest> decline(
      line, noun, "decline", "Say no; the offering unit reads why.",
      "navo referral decline PARTICIPANT REFERRAL --reason no-capacity");
  decline.Field("--reason", "reason", "Why")->required();
  Answers(decline, &Stub::Decline);

  Command<v1::WithdrawReferralRequest> withdraw(line, noun, "withdraw",
                                                "Take back what your unit offered.",
                                                "navo referral withdraw PARTICIPANT REFERRAL");
  Answers(withdraw, &Stub::Withdraw);
}

}  // namespace navo::cli
