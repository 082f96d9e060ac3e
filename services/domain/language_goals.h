// Norskmaal: what can be recorded, and whether tests show that it is reached.
//
// Sources: integreringsloven §§ 28, 31-33 and chapter 6 A, IMDi on NIR (grade 2 in upper-secondary
// Norwegian counts as norskmaal), HK-dir (the older scheme of 550 hours has none). What a scheme
// implies for a person's rights and deadlines is computed nowhere: that is decided by people.
//
// Pure; any thread. `today` is the day in Europe/Oslo (calendar.h).
#ifndef NAVO_SERVICES_DOMAIN_LANGUAGE_GOALS_H_
#define NAVO_SERVICES_DOMAIN_LANGUAGE_GOALS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "navo/v1/language.pb.h"
#include "services/domain/error.h"

namespace navo::domain {

// A scheme; at least one goal, each skill once, and none in the scheme that has no norskmaal; hours
// 0 to 5,000; real dates, the deadline not before the start, the decision not after today; a
// reference of one line of at most 100 characters (normalised in place). What the server sets is
// cleared. `path` is the field that holds the message, for example "norskmaal".
void CheckNorskmaal(std::string_view path, navo::v1::Norskmaal* norskmaal, std::int32_t today,
                    Violations& violations);

// How far each goal is reached by these tests, in the order of the goals: hand in only what the
// caller may see. A test in sign language counts for the skill whose test it replaces.
std::vector<navo::v1::GoalProgress> GoalsReached(
    const navo::v1::Norskmaal& norskmaal, const std::vector<navo::v1::TestResult>& test_results);

}  // namespace navo::domain

#endif  // NAVO_SERVICES_DOMAIN_LANGUAGE_GOALS_H_
