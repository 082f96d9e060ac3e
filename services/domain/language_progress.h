// How a participant's Norwegian comes along, from what was recorded. Teachers' judgements and test
// results are two series and are never mixed; the best test result is derived here and stored
// nowhere ("the last and best stands on the certificate", HK-dir). Sign language is a language of
// its own: its tests replace listening and speaking for those who take them, so they stand in the
// same series, marked, and count for the goal of that skill, but never as the best spoken result.
//
// Pure; any thread.
#ifndef NAVO_SERVICES_DOMAIN_LANGUAGE_PROGRESS_H_
#define NAVO_SERVICES_DOMAIN_LANGUAGE_PROGRESS_H_

#include <vector>

#include "navo/v1/language.pb.h"

namespace navo::domain {

// The four skills in the order of the enum, also those with nothing. Each series is oldest first;
// on one day the one recorded first comes first. What is passed in is shown as it is: hand in only
// what the caller may see.
std::vector<navo::v1::SkillProgress> ProgressOf(
    const std::vector<navo::v1::Assessment>& assessments,
    const std::vector<navo::v1::TestResult>& test_results);

// The highest level reached in the attempts at `delproeve`, in sign language or not; UNSPECIFIED
// when none gave a level.
navo::v1::CefrLevel BestTested(const std::vector<navo::v1::TestResult>& test_results,
                               navo::v1::Skill delproeve, bool sign_language);

}  // namespace navo::domain

#endif  // NAVO_SERVICES_DOMAIN_LANGUAGE_PROGRESS_H_
