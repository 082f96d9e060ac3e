#include "services/domain/step_state.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace navo::domain {
namespace {

using navo::v1::StepStatus;

constexpr StepStatus kForeslaatt = navo::v1::STEP_STATUS_FORESLAATT;
constexpr StepStatus kPlanlagt = navo::v1::STEP_STATUS_PLANLAGT;
constexpr StepStatus kGjennomfoeres = navo::v1::STEP_STATUS_GJENNOMFOERES;
constexpr StepStatus kFullfoert = navo::v1::STEP_STATUS_FULLFOERT;
constexpr StepStatus kAvbrutt = navo::v1::STEP_STATUS_AVBRUTT;
constexpr StepStatus kUnspecified = navo::v1::STEP_STATUS_UNSPECIFIED;

TEST(StepChangeTest, EveryPairIsDecided) {
  const std::map<StepStatus, std::set<StepStatus>> allowed = {
      {kForeslaatt, {kPlanlagt, kGjennomfoeres, kAvbrutt}},
      {kPlanlagt, {kForeslaatt, kGjennomfoeres, kFullfoert, kAvbrutt}},
      {kGjennomfoeres, {kPlanlagt, kFullfoert, kAvbrutt}},
      {kFullfoert, {}},
      {kAvbrutt, {}},
      {kUnspecified, {}},
      {static_cast<StepStatus>(99), {}}};
  for (const auto& [from, targets] : allowed) {
    for (const auto& [to, unused] : allowed) {
      const absl::Status status = CheckStepChange(from, to);
      EXPECT_EQ(status.ok(), targets.contains(to)) << from << " to " << to;
      if (!status.ok()) {
        EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
        EXPECT_EQ(ReasonOf(status), "ILLEGAL_STATE_CHANGE");
      }
    }
  }
}

TEST(StepChangeTest, TheErrorNamesBothStates) {
  const absl::Status status = CheckStepChange(kFullfoert, kPlanlagt);
  EXPECT_EQ(MetadataOf(status, "from"), "FULLFOERT");
  EXPECT_EQ(MetadataOf(status, "to"), "PLANLAGT");
  EXPECT_EQ(MetadataOf(CheckStepChange(kPlanlagt, static_cast<StepStatus>(99)), "to"), "99");
}

TEST(StepChangeTest, FinalStates) {
  for (const StepStatus status : {kFullfoert, kAvbrutt}) EXPECT_TRUE(IsFinal(status));
  for (const StepStatus status : {kUnspecified, kForeslaatt, kPlanlagt, kGjennomfoeres}) {
    EXPECT_FALSE(IsFinal(status));
  }
}

TEST(StepChangeTest, ANewStepIsNotOver) {
  for (const StepStatus status : {kForeslaatt, kPlanlagt, kGjennomfoeres}) {
    Violations violations;
    CheckNewStepStatus("step.status", status, violations);
    EXPECT_TRUE(violations.empty()) << status;
  }
  for (const StepStatus status :
       {kUnspecified, kFullfoert, kAvbrutt, static_cast<StepStatus>(99)}) {
    Violations violations;
    CheckNewStepStatus("step.status", status, violations);
    EXPECT_EQ(violations.items().size(), 1u) << status;
  }
}

TEST(StepChangeTest, BreakingOffNeedsAReason) {
  struct Case {
    StepStatus status;
    std::string reason;
    std::vector<std::string> wrong_fields;
  };
  const std::vector<Case> cases = {
      {kAvbrutt, "Fikk jobb", {}},    {kAvbrutt, "", {"reason"}},
      {kAvbrutt, "  ", {"reason"}},   {kPlanlagt, "", {}},
      {kFullfoert, "Bestått", {}},    {kPlanlagt, std::string(201, 'x'), {"reason"}},
      {kUnspecified, "", {"status"}}, {static_cast<StepStatus>(99), "a\nb", {"status", "reason"}},
  };
  for (const Case& c : cases) {
    Violations violations;
    std::string reason = c.reason;
    CheckStepChangeFields(c.status, &reason, violations);
    std::vector<std::string> wrong_fields;
    for (const auto& item : violations.items()) wrong_fields.push_back(item.field);
    EXPECT_EQ(wrong_fields, c.wrong_fields) << c.status << " " << c.reason;
  }
}

TEST(ParticipationTest, EveryDocumentedStateHasAMeaning) {
  const std::vector<std::pair<std::string_view, StepStatus>> steps = {
      {"SOKT_INN", kForeslaatt},         {"VURDERES", kForeslaatt},  {"VENTELISTE", kForeslaatt},
      {"VENTER_PA_OPPSTART", kPlanlagt}, {"DELTAR", kGjennomfoeres}, {"HAR_SLUTTET", kFullfoert},
      {"FULLFORT", kFullfoert},          {"AVBRUTT", kAvbrutt},      {"IKKE_AKTUELL", kAvbrutt}};
  for (const auto& [type, status] : steps) {
    EXPECT_EQ(MeaningOfParticipation(type).effect, ParticipationEffect::kStep) << type;
    EXPECT_EQ(MeaningOfParticipation(type).status, status) << type;
  }
  for (const std::string_view type :
       {"UTKAST_TIL_PAMELDING", "PABEGYNT_REGISTRERING", "AVBRUTT_UTKAST"}) {
    EXPECT_EQ(MeaningOfParticipation(type).effect, ParticipationEffect::kDraft) << type;
  }
  EXPECT_EQ(MeaningOfParticipation("FEILREGISTRERT").effect, ParticipationEffect::kRemoved);
}

TEST(ParticipationTest, AnythingElseIsReportedNotGuessed) {
  for (const std::string_view type : {"", "deltar", "DELTAR ", "VENTER_PAA_OPPSTART", "PAUSE"}) {
    EXPECT_EQ(MeaningOfParticipation(type).effect, ParticipationEffect::kUnknown) << type;
    EXPECT_EQ(MeaningOfParticipation(type).status, kUnspecified) << type;
  }
}

TEST(ParticipationTest, ABrokenOffStepAlwaysSaysWhy) {
  EXPECT_EQ(ParticipationReason("AVBRUTT", "FATT_JOBB"), "FATT_JOBB");
  EXPECT_EQ(ParticipationReason("AVBRUTT", ""), "AVBRUTT");
  EXPECT_EQ(ParticipationReason("IKKE_AKTUELL", ""), "IKKE_AKTUELL");
  EXPECT_EQ(ParticipationReason("HAR_SLUTTET", "UTDANNING"), "UTDANNING");
  EXPECT_EQ(ParticipationReason("HAR_SLUTTET", ""), "");
  EXPECT_EQ(ParticipationReason("DELTAR", "SYK"), "");
  EXPECT_EQ(ParticipationReason("UTKAST_TIL_PAMELDING", "SYK"), "");
}

TEST(ParticipationTest, KnowsTheDocumentedReasons) {
  for (const std::string_view type :
       {"SYK", "FATT_JOBB", "TRENGER_ANNEN_STOTTE", "FIKK_IKKE_PLASS", "IKKE_MOTT", "ANNET",
        "AVLYST_KONTRAKT", "UTDANNING", "SAMARBEIDET_MED_ARRANGOREN_ER_AVBRUTT",
        "KRAV_IKKE_OPPFYLT", "KURS_FULLT"}) {
    EXPECT_TRUE(IsParticipationReason(type)) << type;
  }
  for (const std::string_view type : {"", "syk", "FERIE"}) {
    EXPECT_FALSE(IsParticipationReason(type)) << type;
  }
}

}  // namespace
}  // namespace navo::domain
