#include "clients/cli/timeline.h"

#include <algorithm>
#include <optional>

#include "clients/cli/formats.h"
#include "clients/cli/text_width.h"
#include "clients/cli/words.h"

namespace navo::cli {
namespace {

constexpr int kMostMonths = 36;

struct Bar {
  const v1::Step* step = nullptr;
  std::string owner;
  std::optional<absl::CivilDay> first;
  std::optional<absl::CivilDay> last;
};

bool Final(const Bar& bar) {
  return bar.step->status() == v1::STEP_STATUS_FULLFOERT ||
         bar.step->status() == v1::STEP_STATUS_AVBRUTT;
}

std::vector<Bar> BarsOf(const v1::Plan& plan) {
  std::vector<Bar> bars;
  for (const auto& part : plan.parts()) {
    for (const auto& step : part.steps()) {
      bars.push_back({&step, step.owner_unit(), DayOf(step.start_date()), DayOf(step.end_date())});
    }
  }
  std::stable_sort(bars.begin(), bars.end(), [](const Bar& a, const Bar& b) {
    if (a.first.has_value() != b.first.has_value()) return a.first.has_value();
    return a.first.has_value() && *a.first < *b.first;
  });
  return bars;
}

// Takes out what is over and done first; what lies ahead matters more on a small screen.
int LeaveOut(std::vector<Bar>* bars, int most) {
  int left_out = 0;
  while (static_cast<int>(bars->size()) > most) {
    const auto oldest = std::find_if(bars->begin(), bars->end(), Final);
    bars->erase(oldest == bars->end() ? bars->end() - 1 : oldest);
    ++left_out;
  }
  return left_out;
}

// From days to columns. Whole months, so that the scale has round marks.
class Scale {
 public:
  Scale(const std::vector<Bar>& bars, absl::CivilDay today, int columns) : columns_(columns) {
    absl::CivilDay first = today;
    absl::CivilDay last = today;
    for (const Bar& bar : bars) {
      for (const auto& day : {bar.first, bar.last}) {
        if (!day.has_value()) continue;
        first = std::min(first, *day);
        last = std::max(last, *day);
      }
    }
    // A wrong year in one step must not press all others into one column.
    first_ = std::max(absl::CivilMonth(first), absl::CivilMonth(today) - kMostMonths / 2);
    end_ = std::min(absl::CivilMonth(last) + 1, first_ + kMostMonths);
    if (end_ - first_ < 6) end_ = first_ + 6;
  }

  int Column(absl::CivilDay day) const {
    const auto all = absl::CivilDay(end_) - absl::CivilDay(first_);
    const auto at = (day - absl::CivilDay(first_)) * columns_ / all;
    return static_cast<int>(std::clamp<int64_t>(at, 0, columns_ - 1));
  }

  // "2026        2027" and "s o n d j f": as many letters as there is room for.
  std::pair<std::string, std::string> Marks() const {
    static constexpr const char* kMonths[] = {"jan", "feb", "mar", "apr", "mai", "jun",
                                              "jul", "aug", "sep", "okt", "nov", "des"};
    const int per_month = columns_ / static_cast<int>(end_ - first_);
    const size_t letters = per_month >= 4 ? 3 : 1;
    std::string years(static_cast<size_t>(columns_), ' ');
    std::string months = years;
    for (absl::CivilMonth month = first_; month < end_; ++month) {
      const auto at = static_cast<size_t>(Column(absl::CivilDay(month)));
      const auto room = static_cast<size_t>(columns_) - at;
      if ((month == first_ && month.month() < 12) || month.month() == 1) {
        const std::string year = std::to_string(month.year());
        if (room >= year.size()) years.replace(at, year.size(), year);
      }
      if (per_month < 2 && month.month() % 3 != 1) continue;
      const std::string name = std::string(kMonths[month.month() - 1]).substr(0, letters);
      if (room >= name.size()) months.replace(at, name.size(), name);
    }
    return {years, months};
  }

 private:
  int columns_;
  absl::CivilMonth first_;
  absl::CivilMonth end_;
};

const char* Fill(v1::StepStatus status) {
  switch (status) {
    case v1::STEP_STATUS_FULLFOERT:
      return "█";
    case v1::STEP_STATUS_GJENNOMFOERES:
      return "▓";
    case v1::STEP_STATUS_PLANLAGT:
      return "▒";
    case v1::STEP_STATUS_AVBRUTT:
      return "×";
    default:
      return "░";
  }
}

std::string Drawn(const Bar& bar, const Scale& scale, absl::CivilDay today, int columns) {
  const int now = scale.Column(today);
  std::string text;
  if (!bar.first.has_value() && !bar.last.has_value()) return "no dates";
  const int first = scale.Column(bar.first.value_or(*(bar.last ? bar.last : bar.first)));
  const int last = bar.last.has_value() ? scale.Column(*bar.last) : columns - 1;
  for (int column = 0; column < columns; ++column) {
    if (column == last && !bar.last.has_value()) {
      text += ">";
    } else if (column >= first && column <= last) {
      text += bar.last.has_value() || column == first ? Fill(bar.step->status()) : "─";
    } else {
      text += column == now ? "│" : " ";
    }
  }
  return text;
}

// "1. Norsk B1: gjennomføres, from 2026-08-01 to 2026-12-18, vo-rosenhof".
std::vector<std::string> Sentences(const std::vector<Bar>& bars) {
  std::vector<std::string> lines;
  for (const Bar& bar : bars) {
    std::string line = std::to_string(lines.size() + 1) + ". " + Displayable(StepTitle(*bar.step)) +
                       ": " + Word(bar.step->status());
    if (bar.first.has_value()) line += ", from " + DateText(bar.step->start_date());
    if (bar.last.has_value()) {
      line += (bar.first.has_value() ? " to " : ", to ") + DateText(bar.step->end_date());
    }
    lines.push_back(line + ", " + bar.owner);
  }
  return lines;
}

void DropBlanksAtEnd(std::string* line) { line->erase(line->find_last_not_of(' ') + 1); }

}  // namespace

std::string StepTitle(const v1::Step& step) {
  const v1::OfferingStatus offering = step.offering().status();
  const bool runs =
      offering == v1::OFFERING_STATUS_UNSPECIFIED || offering == v1::OFFERING_STATUS_GJENNOMFOERES;
  const std::string mark = runs ? "" : Word(offering) + ": ";
  if (!step.title().empty()) return mark + step.title();
  return mark + Word(step.type()) + (step.has_offering() ? " (title not known yet)" : "");
}

std::string StatusSign(v1::StepStatus status) {
  switch (status) {
    case v1::STEP_STATUS_PLANLAGT:
      return "○";
    case v1::STEP_STATUS_GJENNOMFOERES:
      return "◐";
    case v1::STEP_STATUS_FULLFOERT:
      return "●";
    case v1::STEP_STATUS_AVBRUTT:
      return "×";
    default:
      return "?";
  }
}

std::vector<std::string> TimelineLines(const v1::Plan& plan, absl::CivilDay today, int width,
                                       int most_steps) {
  std::vector<Bar> bars = BarsOf(plan);
  if (bars.empty()) return {};
  if (IsPlain(width)) return Sentences(bars);
  const int left_out = LeaveOut(&bars, most_steps);
  int owner_width = 0;
  int title_width = 0;
  for (const Bar& bar : bars) {
    owner_width = std::max(owner_width, DisplayWidth(bar.owner));
    title_width = std::max(title_width, DisplayWidth(Displayable(StepTitle(*bar.step))));
  }
  owner_width = std::min(owner_width, width / 5);
  title_width = std::min({title_width, 34, (width - owner_width) * 2 / 5});
  const int columns = std::max(12, width - title_width - owner_width - 6);
  const Scale scale(bars, today, columns);

  std::vector<std::string> lines;
  const std::string margin(static_cast<size_t>(title_width + owner_width + 6), ' ');
  const auto [years, months] = scale.Marks();
  lines.push_back(margin + years);
  lines.push_back(margin + months);
  for (const Bar& bar : bars) {
    lines.push_back(StatusSign(bar.step->status()) + " " +
                    PaddedRight(Displayable(StepTitle(*bar.step)), title_width) + "  " +
                    PaddedRight(bar.owner, owner_width) + "  " + Drawn(bar, scale, today, columns));
  }
  if (left_out > 0)
    lines.push_back("  ... and " + std::to_string(left_out) + " more: navo plan show");
  for (std::string& line : lines) DropBlanksAtEnd(&line);
  return lines;
}

}  // namespace navo::cli
