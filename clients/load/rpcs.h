// The methods of the API as Rpcs. Immutable; any thread.
#ifndef NAVO_CLIENTS_LOAD_RPCS_H_
#define NAVO_CLIENTS_LOAD_RPCS_H_

#include <memory>

#include "clients/load/rpc.h"

namespace navo::load {

using RpcPtr = std::shared_ptr<const Rpc>;

// Reads of the errand's case. Get keeps the etag of the own facts.
RpcPtr GetParticipant();
RpcPtr LookupParticipant();
RpcPtr ListParticipants();  // the caller's own cases, all on one page
RpcPtr ListGrounds();
RpcPtr GetConsentText();
RpcPtr ListKinds();
RpcPtr ListLegalBases();
RpcPtr ListExpiring();
RpcPtr GetReceipt();
RpcPtr ExplainAccess();
RpcPtr ListCodes();            // a search for an occupation
RpcPtr GetKartlegging();       // keeps id and etag of the own first section
RpcPtr GetTheirKartlegging();  // the same call; keeps the id of a section of the other side
RpcPtr ListSectionVersions();  // of the section that was kept
RpcPtr GetPlan();              // keeps id and etag of the own first step
RpcPtr GetPlanForGoals();      // the same call; keeps the etag of the own part
RpcPtr ListPlanVersions();
RpcPtr ListFollowUps();
RpcPtr GetProgress();
RpcPtr GetProgressToSetNorskmaal();  // the same call by the teacher; keeps the norskmaal's etag
RpcPtr ListAccess();                 // by the participant: the newest 50 acts

// Changes that a case can take any number of times.
RpcPtr RecordFollowUp();
RpcPtr RecordAssessment();
RpcPtr RecordTestResult();
RpcPtr RecordHours();
RpcPtr SetNorskmaal();   // with the etag that was kept
RpcPtr UpdateContact();  // with the etag that was kept; likewise the next three
RpcPtr RecordSection();
RpcPtr UpdateGoals();
RpcPtr UpdateStep();
RpcPtr ConfirmSection();
RpcPtr AddToTeam();  // a colleague
RpcPtr RemoveFromTeam();
RpcPtr AddMyselfToTeam();
RpcPtr WithdrawConsent();
RpcPtr GiveConsent();  // both ways as in every case; keeps the ground that the other side confirms
RpcPtr ConfirmGround();     // by the other side
RpcPtr RecordLegalBasis();  // keeps the ground
RpcPtr EndLegalBasis();

// Changes that leave another case behind than the benchmark expects.
RpcPtr CreateParticipant();  // somebody new, who is kept: later calls are about them
RpcPtr ConfirmIdentity();
RpcPtr OpenPlan();
RpcPtr AddStep();           // keeps id and etag
RpcPtr ChangeStepStatus();  // of the step that was kept
RpcPtr ClosePlan();         // with the part's etag
RpcPtr EndTie();

// As large as another call's request and response. kBare: the server answers without doing
// anything; kLogged: when a row of the participant's access log is durable.
enum class EchoKind { kBare, kLogged };
RpcPtr Echo(EchoKind kind, int request_bytes, int response_bytes);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_RPCS_H_
