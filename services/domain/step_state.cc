#include "services/domain/step_state.h"

#include <algorithm>
#include <array>

#include "services/domain/reasons.h"
#include "services/domain/text.h"

namespace navo::domain {
namespace {

using navo::v1::STEP_STATUS_AVBRUTT;
using navo::v1::STEP_STATUS_FORESLAATT;
using navo::v1::STEP_STATUS_FULLFOERT;
using navo::v1::STEP_STATUS_GJENNOMFOERES;
using navo::v1::STEP_STATUS_PLANLAGT;
using navo::v1::STEP_STATUS_UNSPECIFIED;
using navo::v1::StepStatus;

struct Change {
  StepStatus from;
  StepStatus to;
};

constexpr std::array<Change, 10> kChanges = {{
    {STEP_STATUS_FORESLAATT, STEP_STATUS_PLANLAGT},
    {STEP_STATUS_FORESLAATT, STEP_STATUS_GJENNOMFOERES},
    {STEP_STATUS_FORESLAATT, STEP_STATUS_AVBRUTT},
    {STEP_STATUS_PLANLAGT, STEP_STATUS_FORESLAATT},
    {STEP_STATUS_PLANLAGT, STEP_STATUS_GJENNOMFOERES},
    {STEP_STATUS_PLANLAGT, STEP_STATUS_FULLFOERT},
    {STEP_STATUS_PLANLAGT, STEP_STATUS_AVBRUTT},
    {STEP_STATUS_GJENNOMFOERES, STEP_STATUS_PLANLAGT},
    {STEP_STATUS_GJENNOMFOERES, STEP_STATUS_FULLFOERT},
    {STEP_STATUS_GJENNOMFOERES, STEP_STATUS_AVBRUTT},
}};

struct Meaning {
  std::string_view status_type;
  ParticipationEffect effect;
  StepStatus status;
};

constexpr std::array<Meaning, 13> kMeanings = {{
    {"SOKT_INN", ParticipationEffect::kStep, STEP_STATUS_FORESLAATT},
    {"VURDERES", ParticipationEffect::kStep, STEP_STATUS_FORESLAATT},
    {"VENTELISTE", ParticipationEffect::kStep, STEP_STATUS_FORESLAATT},
    {"VENTER_PA_OPPSTART", ParticipationEffect::kStep, STEP_STATUS_PLANLAGT},
    {"DELTAR", ParticipationEffect::kStep, STEP_STATUS_GJENNOMFOERES},
    {"HAR_SLUTTET", ParticipationEffect::kStep, STEP_STATUS_FULLFOERT},
    {"FULLFORT", ParticipationEffect::kStep, STEP_STATUS_FULLFOERT},
    {"AVBRUTT", ParticipationEffect::kStep, STEP_STATUS_AVBRUTT},
    {"IKKE_AKTUELL", ParticipationEffect::kStep, STEP_STATUS_AVBRUTT},
    {"UTKAST_TIL_PAMELDING", ParticipationEffect::kDraft, STEP_STATUS_UNSPECIFIED},
    {"PABEGYNT_REGISTRERING", ParticipationEffect::kDraft, STEP_STATUS_UNSPECIFIED},
    {"AVBRUTT_UTKAST", ParticipationEffect::kDraft, STEP_STATUS_UNSPECIFIED},
    {"FEILREGISTRERT", ParticipationEffect::kRemoved, STEP_STATUS_UNSPECIFIED},
}};

constexpr std::array<std::string_view, 11> kParticipationReasons = {
    "SYK",        "FATT_JOBB",        "TRENGER_ANNEN_STOTTE",
    "ANNET",      "FIKK_IKKE_PLASS",  "IKKE_MOTT",
    "UTDANNING",  "AVLYST_KONTRAKT",  "SAMARBEIDET_MED_ARRANGOREN_ER_AVBRUTT",
    "KURS_FULLT", "KRAV_IKKE_OPPFYLT"};

// "PLANLAGT"; a number for a value newer than this server.
std::string NameOf(StepStatus status) {
  constexpr std::string_view kPrefix = "STEP_STATUS_";
  const std::string& name = navo::v1::StepStatus_Name(status);
  return name.empty() ? std::to_string(static_cast<int>(status)) : name.substr(kPrefix.size());
}

}  // namespace

bool IsFinal(StepStatus status) {
  return status == STEP_STATUS_FULLFOERT || status == STEP_STATUS_AVBRUTT;
}

absl::Status CheckStepChange(StepStatus from, StepStatus to) {
  const bool allowed = std::any_of(kChanges.begin(), kChanges.end(), [&](const Change& change) {
    return change.from == from && change.to == to;
  });
  if (allowed) return absl::OkStatus();
  return MakeError(
      absl::StatusCode::kFailedPrecondition, reason::kIllegalStateChange,
      "The step is " + NameOf(from) + " and cannot become " + NameOf(to) + ". Read the plan again.",
      {{"from", NameOf(from)}, {"to", NameOf(to)}});
}

void CheckNewStepStatus(std::string_view field, StepStatus status, Violations& violations) {
  if (status == STEP_STATUS_FORESLAATT || status == STEP_STATUS_PLANLAGT ||
      status == STEP_STATUS_GJENNOMFOERES) {
    return;
  }
  violations.Add(std::string(field), "must be FORESLAATT, PLANLAGT or GJENNOMFOERES");
}

void CheckStepChangeFields(StepStatus status, std::string* reason, Violations& violations) {
  if (status == STEP_STATUS_UNSPECIFIED || !navo::v1::StepStatus_IsValid(status)) {
    violations.Add("status", "must be one of the documented states");
  }
  CheckText("reason", reason, {.max_characters = 200, .required = status == STEP_STATUS_AVBRUTT},
            violations);
}

ParticipationMeaning MeaningOfParticipation(std::string_view status_type) {
  for (const Meaning& meaning : kMeanings) {
    if (meaning.status_type == status_type) return {meaning.effect, meaning.status};
  }
  return {};
}

std::string ParticipationReason(std::string_view status_type, std::string_view reason_type) {
  const StepStatus status = MeaningOfParticipation(status_type).status;
  if (!IsFinal(status)) return "";
  if (!reason_type.empty()) return std::string(reason_type);
  return status == STEP_STATUS_AVBRUTT ? std::string(status_type) : "";
}

bool IsParticipationReason(std::string_view reason_type) {
  return std::find(kParticipationReasons.begin(), kParticipationReasons.end(), reason_type) !=
         kParticipationReasons.end();
}

}  // namespace navo::domain
