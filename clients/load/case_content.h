// What stands in a benchmark case: texts and codes of the length and kind the field writes, drawn
// with Dice, so that the same seed gives the same case.
#ifndef NAVO_CLIENTS_LOAD_CASE_CONTENT_H_
#define NAVO_CLIENTS_LOAD_CASE_CONTENT_H_

#include <cstdint>
#include <string>

#include "clients/load/dice.h"
#include "navo/v1/consent.pb.h"
#include "navo/v1/follow_up.pb.h"
#include "navo/v1/kartlegging.pb.h"
#include "navo/v1/language.pb.h"
#include "navo/v1/participant.pb.h"
#include "navo/v1/plan.pb.h"

namespace navo::load {

// Days since 1970: 2025-01-01, the first day of every case, which last about 300 days.
inline constexpr int32_t kFirstDay = 20'089;
inline constexpr int32_t kCaseDays = 300;

google::type::Date DateOf(int32_t day);
// Office hours of that day, microseconds UTC.
int64_t TimeOn(int32_t day, Dice& dice);
// As the server keeps it beside a body: role and time only.
v1::Provenance ProvenanceAt(v1::Role role, int64_t time_us);

v1::ContactFacts MakeContact(Dice& dice);
v1::ConsentProof MakeProof();
v1::SectionContent MakeSection(v1::SectionKind kind, Dice& dice);
v1::PlanGoals MakeGoals(Dice& dice);
// `number` of the owner's steps: earlier ones are done, later ones planned.
v1::Step MakeStep(int number, bool of_nav, Dice& dice);
v1::Offering MakeOffering(int number);
v1::FollowUp MakeFollowUp(int64_t occurred_us, Dice& dice);
v1::Assessment MakeAssessment(int32_t day, Dice& dice);
v1::TestResult MakeTestResult(int32_t day, Dice& dice);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_CASE_CONTENT_H_
