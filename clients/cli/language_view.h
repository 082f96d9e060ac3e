// Norwegian progress as it is printed: judgements and tests always apart.
#ifndef NAVO_CLIENTS_CLI_LANGUAGE_VIEW_H_
#define NAVO_CLIENTS_CLI_LANGUAGE_VIEW_H_

#include <string>

#include "clients/cli/context.h"
#include "clients/cli/table.h"
#include "google/protobuf/repeated_field.h"
#include "navo/v1/language.pb.h"

namespace navo::cli {

// "A2 2026-09-01 → B1 2026-11-20"; at most the last `most` points.
std::string JudgedText(const v1::SkillProgress& skill, int most);
// "B1 2026-10-15, ikke bestått 2026-03-02"; at most the last `most` attempts.
std::string TestedText(const v1::SkillProgress& skill, int most);

// "17.5", "20": quarters of an hour.
std::string HoursText(double hours);

// "vo-rosenhof: muntlig B1 (reached by test 2026-10-02), lese A2; integreringsloven 3 år; 17.5 of
// 550 h norsk used". What is not known is left out.
std::string NorskmaalText(const v1::NorskmaalProgress& side);

// "oslo-vo norsk: planned 40 h (20 ahead), attended 17.5 h, absent 1.5 h documented, 1 h
// undocumented"; says where attendance is withheld.
std::string SumText(const v1::HoursSum& sum);

// A table of weeks, newest first; weeks that follow each other and differ in nothing else are one
// line. No rows when there are no weeks.
Table HoursTable(const google::protobuf::RepeatedPtrField<v1::WeekHours>& weeks);

void PrintProgress(Context& context, const v1::GetProgressResponse& progress);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_LANGUAGE_VIEW_H_
