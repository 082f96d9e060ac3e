#include "clients/cli/language_view.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "clients/cli/printing.h"
#include "clients/cli/text_width.h"
#include "clients/cli/words.h"

namespace navo::cli {
namespace {

std::string Signed(bool sign_language) { return sign_language ? " (sign language)" : ""; }

std::string Outcome(const v1::TestResult& result) {
  const bool level = result.outcome() == v1::TEST_OUTCOME_LEVEL;
  const std::string text = level ? Word(result.level()) : Word(result.outcome());
  // A failed C1 test is no failed A1-B2 test.
  const bool failed_c1 = !level && result.band() == v1::TEST_BAND_C1;
  return text + (failed_c1 ? " (C1)" : "") + Signed(result.sign_language());
}

std::string BestText(const v1::SkillProgress& skill) {
  if (skill.best_tested_sign_language() == v1::CEFR_LEVEL_UNSPECIFIED) {
    return Word(skill.best_tested());
  }
  return Word(skill.best_tested()) + ", " + Word(skill.best_tested_sign_language()) + Signed(true);
}

std::string GoalText(const v1::GoalProgress& goal) {
  std::string text = Word(goal.skill()) + " " + Word(goal.level());
  if (goal.reached() == v1::GOAL_REACHED_BY_TEST) {
    text += " (reached by test " + DateText(goal.reached_date()) + ")";
  }
  return text;
}

std::string GrantedText(const v1::GrantedProgress& granted) {
  const std::string of = std::to_string(granted.granted_hours()) + " h " + Word(granted.kind());
  return granted.has_used_hours() ? HoursText(granted.used_hours()) + " of " + of + " used"
                                  : of + " granted";
}

std::string OptionalHours(bool given, double hours) { return given ? HoursText(hours) : ""; }

// What a line of hours says after the week.
std::vector<std::string> WeekCells(const v1::WeekHours& week) {
  const bool planned = week.has_planned_hours();
  const bool withheld = week.has_attendance_withheld();
  const auto& provenance = planned ? week.provenance() : week.attendance_provenance();
  return {week.course_id(),
          Word(week.kind()),
          provenance.unit(),
          OptionalHours(planned, week.planned_hours()),
          withheld ? "withheld" : OptionalHours(week.has_attended_hours(), week.attended_hours()),
          OptionalHours(week.has_documented_absence_hours(), week.documented_absence_hours()),
          OptionalHours(week.has_undocumented_absence_hours(), week.undocumented_absence_hours())};
}

// The Monday of "2026-W53". Week 1 has the fourth of January in it (ISO 8601).
std::optional<absl::CivilDay> MondayOf(const std::string& week) {
  int year = 0, number = 0, end = 0;
  if (std::sscanf(week.c_str(), "%4d-W%2d%n", &year, &number, &end) != 2 ||
      static_cast<size_t>(end) != week.size()) {
    return std::nullopt;
  }
  return absl::PrevWeekday(absl::CivilDay(year, 1, 5), absl::Weekday::monday) + 7 * (number - 1);
}

// Whether no week lies between the two.
bool AreNeighbours(const v1::WeekHours& newer, const v1::WeekHours& older) {
  const auto first = MondayOf(older.week());
  const auto second = MondayOf(newer.week());
  return first.has_value() && second.has_value() && *first + 7 == *second;
}

// "2026-W41–W53 (13 weeks)"; the year is said once where it is the same.
std::string WeeksText(const std::string& first, const std::string& last, int more) {
  if (more == 0) return last;
  const bool one_year = first.substr(0, 5) == last.substr(0, 5);
  return first + "–" + (one_year ? last.substr(5) : last) + " (" + std::to_string(more + 1) +
         " weeks)";
}

}  // namespace

std::string HoursText(double hours) {
  std::string text = absl::StrFormat("%.2f", hours);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string NorskmaalText(const v1::NorskmaalProgress& side) {
  const v1::Norskmaal& norskmaal = side.norskmaal();
  std::string goals;
  for (const auto& goal : side.goals()) goals += (goals.empty() ? "" : ", ") + GoalText(goal);
  if (side.goals().empty()) {
    for (const auto& goal : norskmaal.goals()) {
      goals += (goals.empty() ? "" : ", ") + Word(goal.skill()) + " " + Word(goal.level());
    }
  }
  std::string text =
      norskmaal.provenance().unit() + ": " + (goals.empty() ? "no norskmaal" : goals);
  text += "; " + Word(norskmaal.scheme());
  if (norskmaal.has_start_date()) text += "; from " + DateText(norskmaal.start_date());
  if (norskmaal.has_deadline()) text += "; deadline " + DateText(norskmaal.deadline());
  for (const auto& granted : side.granted()) text += "; " + GrantedText(granted);
  if (!norskmaal.decision_reference().empty() || norskmaal.has_decision_date()) {
    text +=
        "; decision " + norskmaal.decision_reference() +
        (norskmaal.decision_reference().empty() || !norskmaal.has_decision_date() ? "" : " of ") +
        DateText(norskmaal.decision_date());
  }
  return text;
}

std::string SumText(const v1::HoursSum& sum) {
  std::string text = sum.controller() + " " + Word(sum.kind()) + ":";
  if (sum.has_planned_hours()) {
    text += " planned " + HoursText(sum.planned_hours()) + " h";
    if (sum.planned_ahead_hours() > 0) {
      text += " and " + HoursText(sum.planned_ahead_hours()) + " h ahead";
    }
    text += ";";
  }
  if (!sum.has_attended_hours()) return text + " attendance withheld";
  return text + " attended " + HoursText(sum.attended_hours()) + " h; absent " +
         HoursText(sum.documented_absence_hours()) + " h documented, " +
         HoursText(sum.undocumented_absence_hours()) + " h undocumented";
}

Table HoursTable(const google::protobuf::RepeatedPtrField<v1::WeekHours>& weeks) {
  Table table({{"WEEK", 27},
               {"COURSE", 6},
               {"KIND", 6},
               {"BY", 10},
               {"PLANNED", 5, true},
               {"ATTENDED", 5, true},
               {"ABSENT, DOC.", 5, true},
               {"UNDOC.", 5, true}});
  for (int i = 0; i < weeks.size();) {
    const std::vector<std::string> cells = WeekCells(weeks.Get(i));
    int last = i;
    while (last + 1 < weeks.size() && AreNeighbours(weeks.Get(last), weeks.Get(last + 1)) &&
           WeekCells(weeks.Get(last + 1)) == cells) {
      ++last;
    }
    std::vector<std::string> row = {
        WeeksText(weeks.Get(last).week(), weeks.Get(i).week(), last - i)};
    row.insert(row.end(), cells.begin(), cells.end());
    table.AddRow(std::move(row));
    i = last + 1;
  }
  return table;
}

std::string JudgedText(const v1::SkillProgress& skill, int most) {
  std::string text;
  const int first = std::max(0, skill.assessments_size() - most);
  for (int i = first; i < skill.assessments_size(); ++i) {
    const auto& point = skill.assessments(i);
    text += (text.empty() ? "" : " → ") + Word(point.level()) + Signed(point.sign_language()) +
            " " + DateText(point.date());
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
    table.AddRow(
        {Word(skill.skill()), JudgedText(skill, 1000), TestedText(skill, 1000), BestText(skill)});
  }
  PrintTable(context, table, "Nothing.");
  const auto print = [&context](const std::string& text) {
    for (const auto& line : Wrapped(text, context.width())) context.out() << line << "\n";
  };
  for (const auto& side : progress.norskmaal()) print("Norskmål of " + NorskmaalText(side));
  for (const auto& sum : progress.sums()) print("Hours of " + SumText(sum));
  if (!progress.hours().empty()) {
    context.out() << "\n";
    PrintTable(context, HoursTable(progress.hours()), "");
  }
  PrintMore(context, progress.next_page_token());
  PrintWithheld(context, progress.withheld());
}

}  // namespace navo::cli
