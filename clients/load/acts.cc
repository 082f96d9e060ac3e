#include "clients/load/acts.h"

#include <utility>

namespace navo::load {
namespace {

// An act of one call has the call's name.
Act Single(RpcPtr rpc) { return {rpc->name(), {rpc}}; }

std::vector<Act> Reads() {
  std::vector<Act> acts;
  for (RpcPtr rpc : {GetParticipant(), LookupParticipant(), ListParticipants(), ListGrounds(),
                     GetConsentText(), ListLegalBases(), ListExpiring(), GetReceipt(),
                     ExplainAccess(), ListKinds(), ListCodes(), GetKartlegging(), GetPlan(),
                     ListPlanVersions(), ListFollowUps(), GetProgress(), ListAccess()}) {
    acts.push_back(Single(std::move(rpc)));
  }
  acts.push_back({"versions of a section", {GetKartlegging(), ListSectionVersions()}});
  return acts;
}

}  // namespace

Act ChangeOfConsent() {
  return {
      "change of consent", {WithdrawConsent(), GiveConsent(), ConfirmGround()}, Side::kNav, true};
}

std::vector<Act> EveryAct(bool on_the_case) {
  std::vector<Act> acts = Reads();
  for (RpcPtr rpc : {RecordFollowUp(), RecordAssessment(), RecordTestResult(), RecordHours()}) {
    acts.push_back(Single(std::move(rpc)));
  }
  acts.push_back({"norskmaal", {GetProgressToSetNorskmaal(), SetNorskmaal()}});
  acts.push_back({"contact", {GetParticipant(), UpdateContact()}});
  acts.push_back({"section", {GetKartlegging(), RecordSection()}});
  acts.push_back({"confirm a section", {GetTheirKartlegging(), ConfirmSection()}});
  acts.push_back({"goals", {GetPlanForGoals(), UpdateGoals()}});
  acts.push_back({"step", {GetPlan(), UpdateStep()}});
  // The last call puts back whoever has no colleague and took themselves off.
  acts.push_back({"team", {AddToTeam(), RemoveFromTeam(), AddMyselfToTeam()}});
  acts.push_back({"legal basis", {RecordLegalBasis(), EndLegalBasis()}});
  acts.push_back(ChangeOfConsent());
  if (on_the_case) acts.push_back({"create", {CreateParticipant()}});
  Act last{"from the first day to the last", {}};
  if (!on_the_case) last.calls.push_back(CreateParticipant());
  for (RpcPtr rpc : {ConfirmIdentity(), OpenPlan(), AddStep(), ChangeStepStatus(),
                     GetPlanForGoals(), ClosePlan(), EndTie()}) {
    last.calls.push_back(std::move(rpc));
  }
  acts.push_back(std::move(last));
  for (Act& act : acts) act.alone = act.calls.size() > 1;
  return acts;
}

}  // namespace navo::load
