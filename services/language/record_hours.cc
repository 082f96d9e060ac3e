#include "services/language/record_hours.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/domain/error.h"
#include "services/domain/language_hours.h"
#include "storage/hours.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

constexpr int kMostWeeks = 60;

std::vector<storage::NewHours> Checked(const door::WriteCase& c,
                                       const v1::RecordHoursRequest& request,
                                       domain::Violations& violations) {
  std::vector<storage::NewHours> weeks;
  if (request.hours().empty() || request.hours_size() > kMostWeeks) {
    violations.Add("hours", "must hold 1 to 60 weeks");
    return weeks;
  }
  std::set<std::pair<int32_t, std::string>> seen;
  for (int i = 0; i < request.hours_size(); ++i) {
    const std::string path = absl::StrCat("hours[", i, "]");
    storage::NewHours week;
    week.body = request.hours(i);
    domain::Violations in_week;
    const auto monday = domain::CheckWeekHours(path, &week.body, c.today(), in_week);
    week.week_day = monday.value_or(0);
    if (monday.has_value() && !seen.emplace(*monday, week.body.course_id()).second) {
      violations.Add(path + ".week", "must not stand twice with the same course_id");
    }
    for (const auto& [field, description] : in_week.items()) violations.Add(field, description);
    weeks.push_back(std::move(week));
  }
  return weeks;
}

v1::HoursChange ChangeOf(storage::HoursChange change) {
  switch (change) {
    case storage::HoursChange::kAdded:
      return v1::HOURS_CHANGE_ADDED;
    case storage::HoursChange::kReplaced:
      return v1::HOURS_CHANGE_REPLACED;
    case storage::HoursChange::kUnchanged:
      return v1::HOURS_CHANGE_UNCHANGED;
  }
  return v1::HOURS_CHANGE_UNSPECIFIED;
}

}  // namespace

absl::Status RecordHours(door::WriteCase& c, const v1::RecordHoursRequest& request,
                         v1::RecordHoursResponse& response) {
  domain::Violations violations;
  std::vector<storage::NewHours> weeks = Checked(c, request, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  for (storage::NewHours& week : weeks) {
    week.participant_key = c.participant_key();
    week.author = c.author();
    *week.body.mutable_provenance() = c.NewProvenance();
    NAVO_ASSIGN_OR_RETURN(const storage::HoursChange change, storage::PutHours(c.tx(), week));
    v1::RecordedWeek* recorded = response.add_weeks();
    recorded->set_week(week.body.week());
    recorded->set_course_id(week.body.course_id());
    recorded->set_change(ChangeOf(change));
  }
  return absl::OkStatus();
}

}  // namespace navo::services
