// The plan as a small picture: months across, one bar for each step.
#ifndef NAVO_CLIENTS_CLI_TIMELINE_H_
#define NAVO_CLIENTS_CLI_TIMELINE_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "navo/v1/plan.pb.h"

namespace navo::cli {

// The title, as it came; "arbeidsmarkedstiltak (title not known yet)" for a step of an offering
// that has not come. Before it stands how it goes with the offering when that does not run:
// "avlyst: Jobbklubb". It stands first so that a narrow column does not cut it off.
std::string StepTitle(const v1::Step& step);

// A sign for a status: ? proposed, ○ planned, ◐ under way, ● completed, × broken off.
std::string StatusSign(v1::StepStatus status);

// Lines of at most `width` columns: two of scale, then one for each step with its sign, title,
// owner and bar. Steps by first day; beyond `most_steps` the oldest finished ones give way and are
// counted. Empty when the plan has no steps. A bar ends in > when its last day is not known. In a
// plain width each step is a sentence of words, and none is left out.
std::vector<std::string> TimelineLines(const v1::Plan& plan, absl::CivilDay today, int width,
                                       int most_steps = 12);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_TIMELINE_H_
