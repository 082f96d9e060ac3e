#include "clients/cli/language_view.h"

#include <algorithm>

#include "clients/cli/printing.h"
#include "clients/cli/words.h"

namespace navo::cli {
namespace {

std::string Outcome(const v1::TestResult& result) {
  if (result.outcome() != v1::TEST_OUTCOME_LEVEL) return Word(result.outcome());
  return Word(result.level());
}

}  // namespace

std::string JudgedText(const v1::SkillProgress& skill, int most) {
  std::string text;
  const int first = std::max(0, skill.assessments_size() - most);
  for (int i = first; i < skill.assessments_size(); ++i) {
    const auto& point = skill.assessments(i);
    text += (text.empty() ? "" : " → ") + Word(point.level()) + " " + DateText(point.date());
  }
  return text.empty() ? "–" : text;
}

std::string TestedText(const v1::SkillProgress& skill, int most) {
  std::string text;
  const int first = std::max(0, skill.test_results_size() - most);
  for (int i = first; i < skill.test_results_size(); ++i) {
    const auto& result = skill.test_results(i);
    text += (text.empty() ? "" : " → ") + Outcome(result) + " " + DateText(result.date());
  }
  return text.empty() ? "–" : text;
}

void PrintProgress(Context& context, const v1::GetProgressResponse& progress) {
  Table table({{"SKILL", 9}, {"JUDGED BY TEACHERS", 20}, {"TESTED", 20}, {"BEST TEST", 4}});
  for (const auto& skill : progress.skills()) {
    table.AddRow({Word(skill.skill()), JudgedText(skill, 1000), TestedText(skill, 1000),
                  Word(skill.best_tested())});
  }
  PrintTable(context, table, "Nothing.");
  PrintWithheld(context, progress.withheld());
}

}  // namespace navo::cli
