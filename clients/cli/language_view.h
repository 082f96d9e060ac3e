// Norwegian progress as it is printed: judgements and tests always apart.
#ifndef NAVO_CLIENTS_CLI_LANGUAGE_VIEW_H_
#define NAVO_CLIENTS_CLI_LANGUAGE_VIEW_H_

#include <string>

#include "clients/cli/context.h"
#include "navo/v1/language.pb.h"

namespace navo::cli {

// "A2 2026-09-01 → B1 2026-11-20"; at most the last `most` points.
std::string JudgedText(const v1::SkillProgress& skill, int most);
// "B1 2026-10-15, ikke bestått 2026-03-02"; at most the last `most` attempts.
std::string TestedText(const v1::SkillProgress& skill, int most);

void PrintProgress(Context& context, const v1::GetProgressResponse& progress);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_LANGUAGE_VIEW_H_
