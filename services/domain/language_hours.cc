#include "services/domain/language_hours.h"

#include <cmath>
#include <string>

#include "services/domain/iso_week.h"
#include "services/domain/text.h"

namespace navo::domain {
namespace {

using navo::v1::HoursSum;
using navo::v1::WeekHours;

constexpr TextRule kCourseText{.max_characters = 50};

// What is not a number is no multiple of anything.
bool AreQuarters(double hours) {
  return !std::signbit(hours) && hours <= kMostHoursInAWeek && std::fmod(hours, 0.25) == 0;
}

void CheckQuarters(const std::string& field, double hours, Violations& violations) {
  if (AreQuarters(hours)) return;
  violations.Add(field, "must be hours from 0 to 60 in quarters, for example 7.25");
}

// Of weeks to come nobody has been there or away. Of a week that is not known nothing is said.
void CheckBegun(const std::string& field, bool begun, Violations& violations) {
  if (!begun) violations.Add(field, "must be left out: the week has not begun");
}

bool StatesNothing(const WeekHours& hours) {
  return !hours.has_planned_hours() && !hours.has_attended_hours() &&
         !hours.has_documented_absence_hours() && !hours.has_undocumented_absence_hours();
}

void CheckAbsence(const std::string& prefix, const WeekHours& hours, bool begun,
                  Violations& violations) {
  if (hours.has_documented_absence_hours()) {
    const std::string field = prefix + "documented_absence_hours";
    CheckQuarters(field, hours.documented_absence_hours(), violations);
    CheckBegun(field, begun, violations);
  }
  if (hours.has_undocumented_absence_hours()) {
    const std::string field = prefix + "undocumented_absence_hours";
    CheckQuarters(field, hours.undocumented_absence_hours(), violations);
    CheckBegun(field, begun, violations);
  }
  const double documented = hours.documented_absence_hours();
  const double undocumented = hours.undocumented_absence_hours();
  const bool comparable = hours.has_planned_hours() && AreQuarters(hours.planned_hours()) &&
                          AreQuarters(documented) && AreQuarters(undocumented);
  if (comparable && documented + undocumented > hours.planned_hours()) {
    violations.Add(prefix + (hours.has_undocumented_absence_hours() ? "undocumented_absence_hours"
                                                                    : "documented_absence_hours"),
                   "must not make the absence more than planned_hours");
  }
}

}  // namespace

std::optional<std::int32_t> CheckWeekHours(std::string_view path, WeekHours* hours,
                                           std::int32_t today, Violations& violations) {
  const std::string prefix = std::string(path) + ".";
  hours->clear_provenance();
  hours->clear_attendance_provenance();
  hours->clear_version();
  hours->clear_attendance_version();
  hours->clear_attendance_withheld();
  const std::optional<std::int32_t> monday = ParseIsoWeek(hours->week());
  if (!monday.has_value()) {
    violations.Add(prefix + "week", "must be an ISO week of 1900 to 2100, for example 2026-W34");
  }
  CheckText(prefix + "course_id", hours->mutable_course_id(), kCourseText, violations);
  if (hours->kind() == navo::v1::HOURS_KIND_UNSPECIFIED ||
      !navo::v1::HoursKind_IsValid(hours->kind())) {
    violations.Add(prefix + "kind", "must be NORSK, SAMFUNNSKUNNSKAP or ANNET");
  }
  if (StatesNothing(*hours)) {
    violations.Add(prefix + "planned_hours",
                   "must be there, or attended hours or absence: nothing is stated");
  }
  if (hours->has_planned_hours()) {
    CheckQuarters(prefix + "planned_hours", hours->planned_hours(), violations);
  }
  const bool begun = !monday.has_value() || *monday <= today;
  if (hours->has_attended_hours()) {
    CheckQuarters(prefix + "attended_hours", hours->attended_hours(), violations);
    CheckBegun(prefix + "attended_hours", begun, violations);
  }
  CheckAbsence(prefix, *hours, begun, violations);
  return monday;
}

void HoursSums::Add(const Side& side, std::int32_t monday, const WeekHours& hours) {
  HoursSum& sum = sums_[{side.controller, hours.kind()}];
  sum.set_controller(side.controller);
  sum.set_controller_kind(side.kind);
  sum.set_kind(hours.kind());
  if (side.planned_shown) {
    const bool begun = monday <= today_;
    sum.set_planned_hours(sum.planned_hours() + (begun ? hours.planned_hours() : 0));
    sum.set_planned_ahead_hours(sum.planned_ahead_hours() + (begun ? 0 : hours.planned_hours()));
  }
  if (!side.attendance_shown) return;
  sum.set_attended_hours(sum.attended_hours() + hours.attended_hours());
  sum.set_documented_absence_hours(sum.documented_absence_hours() +
                                   hours.documented_absence_hours());
  sum.set_undocumented_absence_hours(sum.undocumented_absence_hours() +
                                     hours.undocumented_absence_hours());
}

std::vector<HoursSum> HoursSums::Sums() const {
  std::vector<HoursSum> sums;
  for (const auto& [key, sum] : sums_) sums.push_back(sum);
  return sums;
}

double HoursSums::AttendedHours(navo::v1::HoursKind kind) const {
  double hours = 0;
  for (const auto& [key, sum] : sums_) {
    if (key.second == kind) hours += sum.attended_hours();
  }
  return hours;
}

std::vector<navo::v1::GrantedProgress> GrantedUsed(const navo::v1::Norskmaal& norskmaal,
                                                   const HoursSums& sums,
                                                   bool attendance_complete) {
  std::vector<navo::v1::GrantedProgress> granted;
  const auto add = [&](navo::v1::HoursKind kind, int hours) {
    navo::v1::GrantedProgress& one = granted.emplace_back();
    one.set_kind(kind);
    one.set_granted_hours(hours);
    if (attendance_complete) one.set_used_hours(sums.AttendedHours(kind));
  };
  if (norskmaal.has_granted_norsk_hours()) {
    add(navo::v1::HOURS_KIND_NORSK, norskmaal.granted_norsk_hours());
  }
  if (norskmaal.has_granted_samfunnskunnskap_hours()) {
    add(navo::v1::HOURS_KIND_SAMFUNNSKUNNSKAP, norskmaal.granted_samfunnskunnskap_hours());
  }
  return granted;
}

}  // namespace navo::domain
