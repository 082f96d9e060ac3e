#include "services/language/progress.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "services/domain/error.h"
#include "services/domain/language_goals.h"
#include "services/domain/language_hours.h"
#include "services/domain/language_progress.h"
#include "services/domain/page.h"
#include "services/language/set_norskmaal.h"
#include "storage/hours.h"
#include "storage/language.h"
#include "storage/norskmaal.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

constexpr std::string_view kNoFilters;

// Those the caller sees, each with where it comes from.
template <typename Record>
std::vector<Record> OpenAll(door::Case& c, const std::vector<storage::Guarded<Record>>& guarded) {
  std::vector<Record> shown;
  for (const storage::Guarded<Record>& one : guarded) {
    const Record* record = c.Open(one);
    if (record == nullptr) continue;
    shown.push_back(*record);
    c.Describe(one.label().author, shown.back().mutable_provenance());
  }
  return shown;
}

bool Shows(const door::Case& c, v1::Category category, const storage::Author& author) {
  return c.Look({category, author}) == v1::WITHHELD_REASON_UNSPECIFIED;
}

// Whether no side that the caller may know of keeps attendance back: a matter of grounds, whatever
// hours there are.
bool AttendanceComplete(const door::Case& c) {
  const auto& open = c.decision().open;
  return c.decision().identity_confirmed &&
         std::all_of(open.begin(), open.end(), [](const access::OpenSide& side) {
           return side.categories.Has(v1::CATEGORY_ATTENDANCE);
         });
}

// Hours in the order of storage: a page of them, and the sums of all. One call; one thread.
class HoursReader {
 public:
  HoursReader(door::Case& c, std::optional<door::PagePosition> after, int page_size,
              v1::GetProgressResponse& response)
      : c_(c),
        after_(std::move(after)),
        page_size_(page_size),
        response_(response),
        sums_(c.today()) {}

  // A week of which nothing is shown is not there: it takes no place on a page.
  absl::Status Take(const storage::HoursRow& row) {
    const v1::WeekHours* planned = row.planned.has_value() ? c_.Open(*row.planned) : nullptr;
    const v1::WeekHours* attendance =
        row.attendance.has_value() ? c_.Open(*row.attendance) : nullptr;
    if (planned == nullptr && attendance == nullptr) return absl::OkStatus();
    const storage::Author& author =
        planned != nullptr ? row.planned->label().author : row.attendance->label().author;
    v1::WeekHours week = planned != nullptr ? *planned : v1::WeekHours();
    if (attendance != nullptr) week.MergeFrom(*attendance);
    const domain::HoursSums::Side side = SideOf(author);
    sums_.Add(side, row.week_day, week);
    owners_.try_emplace(side.controller, author);
    if (!IsAfter(row)) return absl::OkStatus();
    if (response_.hours_size() == page_size_) {
      if (response_.next_page_token().empty()) response_.set_next_page_token(NextPage());
      return absl::OkStatus();
    }
    if (planned != nullptr) c_.Describe(author, week.mutable_provenance());
    if (attendance != nullptr) {
      c_.Describe(row.attendance->label().author, week.mutable_attendance_provenance());
    } else if (!Shows(c_, v1::CATEGORY_ATTENDANCE, author)) {
      c_.MarkHidden({v1::CATEGORY_ATTENDANCE, author}, week.mutable_attendance_withheld());
    }
    *response_.add_hours() = std::move(week);
    last_shown_ = {row.week_day, row.unit_key, row.course_id};
    return absl::OkStatus();
  }

  const domain::HoursSums& sums() const { return sums_; }

  // Each side's, marked where its attendance is not shown.
  void ShowSums() {
    for (v1::HoursSum& sum : sums_.Sums()) {
      const auto owner = owners_.find(sum.controller());
      if (!sum.has_attended_hours() && owner != owners_.end()) {
        c_.MarkHidden({v1::CATEGORY_ATTENDANCE, owner->second}, sum.mutable_attendance_withheld());
      }
      *response_.add_sums() = std::move(sum);
    }
  }

 private:
  bool IsAfter(const storage::HoursRow& row) const {
    return !after_.has_value() || std::tuple(-int64_t{row.week_day}, row.course_id, row.unit_key) >
                                      std::tuple(-after_->first, after_->text, after_->second);
  }
  std::string NextPage() const { return c_.NextPage(kNoFilters, last_shown_); }

  domain::HoursSums::Side SideOf(const storage::Author& author) const {
    domain::HoursSums::Side side;
    if (const auto* owner = c_.directory().FindController(author.controller_key)) {
      side.controller = owner->id;
      side.kind = owner->kind;
    }
    side.planned_shown = Shows(c_, v1::CATEGORY_LANGUAGE, author);
    side.attendance_shown = Shows(c_, v1::CATEGORY_ATTENDANCE, author);
    return side;
  }

  door::Case& c_;
  std::optional<door::PagePosition> after_;
  int page_size_;
  v1::GetProgressResponse& response_;
  domain::HoursSums sums_;
  std::map<std::string, storage::Author> owners_;  // one who wrote, for each controller
  door::PagePosition last_shown_;
};

absl::Status ShowAllNorskmaal(door::Case& c, const std::vector<v1::TestResult>& results,
                              const domain::HoursSums& sums, v1::GetProgressResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const auto rows, storage::ListNorskmaal(c.tx(), c.participant_key()));
  for (const auto& guarded : rows) {
    const storage::NorskmaalRow* row = c.Open(guarded);
    if (row == nullptr) continue;
    v1::NorskmaalProgress* shown = response.add_norskmaal();
    ShowNorskmaal(c, *row, shown->mutable_norskmaal());
    for (v1::GoalProgress& goal : domain::GoalsReached(row->body, results)) {
      *shown->add_goals() = std::move(goal);
    }
    for (v1::GrantedProgress& one : domain::GrantedUsed(row->body, sums, AttendanceComplete(c))) {
      *shown->add_granted() = std::move(one);
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status GetProgress(door::Case& c, const v1::GetProgressRequest& request,
                         v1::GetProgressResponse& response) {
  domain::Violations violations;
  const int page_size = domain::CheckPageSize(request.page_size(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(std::optional<door::PagePosition> page,
                        c.OpenPage(kNoFilters, request.page_token()));
  NAVO_ASSIGN_OR_RETURN(const auto assessments,
                        storage::ListAssessments(c.tx(), c.participant_key()));
  NAVO_ASSIGN_OR_RETURN(const auto guarded_results,
                        storage::ListTestResults(c.tx(), c.participant_key()));
  const std::vector<v1::TestResult> results = OpenAll(c, guarded_results);
  for (v1::SkillProgress& progress : domain::ProgressOf(OpenAll(c, assessments), results)) {
    *response.add_skills() = std::move(progress);
  }
  HoursReader reader(c, std::move(page), page_size, response);
  NAVO_RETURN_IF_ERROR(
      storage::ReadHours(c.tx(), c.participant_key(),
                         [&reader](const storage::HoursRow& row) { return reader.Take(row); }));
  reader.ShowSums();
  NAVO_RETURN_IF_ERROR(ShowAllNorskmaal(c, results, reader.sums(), response));
  c.MarkWithheld(response.mutable_withheld());
  return absl::OkStatus();
}

}  // namespace navo::services
