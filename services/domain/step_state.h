// Where a plan step may go next, and what NAV's participation states mean for a step.
//
// Sources: proto/navo/v1/plan.proto for the five states; navikt amt.deltaker-ekstern-v1 for the
// participation states; NAV's activity plan for "final states are final".
//
// Pure; any thread.
#ifndef NAVO_SERVICES_DOMAIN_STEP_STATE_H_
#define NAVO_SERVICES_DOMAIN_STEP_STATE_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "navo/v1/plan.pb.h"
#include "services/domain/error.h"

namespace navo::domain {

// FULLFOERT and AVBRUTT.
bool IsFinal(navo::v1::StepStatus status);

// Whether people may move a step from one state to another:
//   FORESLAATT    -> PLANLAGT, GJENNOMFOERES, AVBRUTT
//   PLANLAGT      -> FORESLAATT (the agreement fell), GJENNOMFOERES, FULLFOERT, AVBRUTT
//   GJENNOMFOERES -> PLANLAGT (the start was put off), FULLFOERT, AVBRUTT
// Nothing leads out of a final state, and staying is no change.
// Error: FAILED_PRECONDITION ILLEGAL_STATE_CHANGE with metadata `from` and `to`.
absl::Status CheckStepChange(navo::v1::StepStatus from, navo::v1::StepStatus to);

// A new step is FORESLAATT, PLANLAGT or GJENNOMFOERES; anything else is a violation of `field`.
void CheckNewStepStatus(std::string_view field, navo::v1::StepStatus status,
                        Violations& violations);

// `status` and `reason` of a change: a state that exists, and a reason (at most 200 characters, one
// line) where a step is broken off. Normalises `reason`.
void CheckStepChangeFields(navo::v1::StepStatus status, std::string* reason,
                           Violations& violations);

// What one participation message does to the plan.
enum class ParticipationEffect {
  kStep,     // there is a step, in `status`
  kDraft,    // not yet sent in: nothing to take in
  kRemoved,  // registered in error: a step that came in before goes
  kUnknown,  // not a documented state: reported, never guessed
};

struct ParticipationMeaning {
  ParticipationEffect effect = ParticipationEffect::kUnknown;
  navo::v1::StepStatus status = navo::v1::STEP_STATUS_UNSPECIFIED;  // set with kStep
};

// `status_type` as in the message, for example "VENTER_PA_OPPSTART". The source decides over its
// own steps: the newest message wins, also when it leads out of a final state (NAV opens ended
// participations again).
ParticipationMeaning MeaningOfParticipation(std::string_view status_type);

// The reason code to keep with a step that came in: the source's aarsak.type, or for a broken-off
// step without one its status.type, so that such a step always says why. Empty for a step that is
// still open.
std::string ParticipationReason(std::string_view status_type, std::string_view reason_type);

// Whether aarsak.type is a documented one.
bool IsParticipationReason(std::string_view reason_type);

}  // namespace navo::domain

#endif  // NAVO_SERVICES_DOMAIN_STEP_STATE_H_
