// A whole case on one terminal screen.
#ifndef NAVO_CLIENTS_CLI_CASE_VIEW_H_
#define NAVO_CLIENTS_CLI_CASE_VIEW_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "navo/v1/consent.pb.h"
#include "navo/v1/follow_up.pb.h"
#include "navo/v1/kartlegging.pb.h"
#include "navo/v1/language.pb.h"
#include "navo/v1/participant.pb.h"
#include "navo/v1/plan.pb.h"

namespace navo::cli {

// What the six reads of one act answered. A part that may not be shown or is not there keeps its
// status and is said in its place.
struct CaseRead {
  v1::GetParticipantResponse participant;
  absl::StatusOr<v1::ListGroundsResponse> grounds;
  absl::StatusOr<v1::GetKartleggingResponse> kartlegging;
  absl::StatusOr<v1::GetPlanResponse> plan;
  absl::StatusOr<v1::ListFollowUpsResponse> follow_ups;
  absl::StatusOr<v1::GetProgressResponse> language;
};

// How it is drawn.
struct CaseStyle {
  int width = 100;
  absl::CivilDay today;
  // Around headings; empty without colours.
  std::string bold;
  std::string plain;
};

// About 40 lines of at most `width` columns, ended by line breaks.
std::string CaseText(const CaseRead& read, const CaseStyle& style);

// The same as one JSON object with a member for each read; null where there is nothing.
std::string CaseJson(const CaseRead& read);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_CASE_VIEW_H_
