// Writes benchmark cases through the storage functions that the services call, so that rows,
// indexes and journal are those that real use leaves behind.
#ifndef NAVO_CLIENTS_LOAD_CASE_WRITER_H_
#define NAVO_CLIENTS_LOAD_CASE_WRITER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "clients/load/dice.h"
#include "clients/load/population.h"
#include "navo/v1/common.pb.h"
#include "navo/v1/follow_up.pb.h"
#include "navo/v1/kartlegging.pb.h"
#include "navo/v1/language.pb.h"
#include "navo/v1/participant.pb.h"
#include "navo/v1/plan.pb.h"
#include "storage/guarded.h"
#include "storage/keys.h"
#include "storage/participant.h"
#include "storage/tx.h"

namespace navo::load {

// The shape of a case (docs/performance.md).
inline constexpr int kStepsOfSide = 6;
inline constexpr int kSectionsOfSide = 3;
inline constexpr int kGrounds = 2;
inline constexpr int kOfferings = 200;

// How much there is of what a case may have any number of.
struct CaseShape {
  int steps_of_side = kStepsOfSide;
  int follow_ups = 25;
  int language_rows = 30;
  int log_rows = 30;
};

// What each side's ground opens to the other.
inline constexpr v1::Category kOpened[] = {v1::CATEGORY_EXISTENCE,  v1::CATEGORY_IDENTITY,
                                           v1::CATEGORY_CONTACT,    v1::CATEGORY_GOALS,
                                           v1::CATEGORY_COMPETENCE, v1::CATEGORY_LANGUAGE,
                                           v1::CATEGORY_PLAN,       v1::CATEGORY_FOLLOWUP_SUMMARY};

// The numbers of what is read most (services/access/rules.cc): participant, kartlegging, plan,
// follow-up, language.
inline constexpr int64_t kReadRpcs[] = {3, 41, 61, 81, 102};

// One side of a case: who has to do with the person there, and what they wrote.
struct SideContent {
  storage::Author author;
  v1::Role role = v1::ROLE_UNSPECIFIED;
  std::string alias;  // the side's id for the person, 16 bytes
  v1::ContactFacts contact;
  std::vector<v1::SectionContent> sections;
  v1::PlanGoals goals;
  std::vector<v1::Step> steps;
};

struct CaseContent {
  storage::Identifier identifier;
  SideContent nav;
  SideContent vo;
  std::vector<v1::FollowUp> follow_ups;
  std::vector<v1::Assessment> assessments;
  std::vector<v1::TestResult> test_results;
};

// Draws case `participant`, with the authors left for the caller to set. Pure; any thread.
CaseContent DrawCase(uint64_t seed, int participant, const CaseShape& shape);

// The pairwise ids of a case, as DrawCase gives them: what a client calls it by.
struct CaseIds {
  std::string nav;
  std::string vo;
};
CaseIds IdsOf(uint64_t seed, int participant);

// Writes the case. `offering_keys`: what steps may refer to; `log_rows`: how often somebody looked.
// Errors of the engine only.
absl::Status WriteCase(storage::WriteTx& tx, const CaseContent& content,
                       const std::vector<int64_t>& offering_keys, int log_rows, Dice dice);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_CASE_WRITER_H_
