#include "services/domain/iso_week.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "services/domain/calendar.h"

namespace navo::domain {
namespace {

constexpr absl::CivilDay kDayZero(1970, 1, 1);  // a Thursday

// Week 1 has the fourth of January in it.
std::int32_t FirstMonday(std::int64_t year) {
  return MondayOf(static_cast<std::int32_t>(absl::CivilDay(year, 1, 4) - kDayZero));
}

bool IsDigit(char c) { return '0' <= c && c <= '9'; }

}  // namespace

std::int32_t MondayOf(std::int32_t day) {
  const std::int32_t weekday = ((day + 3) % 7 + 7) % 7;  // Monday is 0
  return day - weekday;
}

std::optional<std::int32_t> ParseIsoWeek(std::string_view text) {
  if (text.size() != 8 || text.substr(4, 2) != "-W") return std::nullopt;
  const auto number = [text](std::size_t at, std::size_t length) {
    int value = 0;
    for (const char c : text.substr(at, length)) value = IsDigit(c) ? value * 10 + c - '0' : -1000;
    return value;
  };
  const int year = number(0, 4);
  const int week = number(6, 2);
  if (year < kFirstYear || year > kLastYear || week < 1) return std::nullopt;
  const std::int32_t monday = FirstMonday(year) + 7 * (week - 1);
  if (monday >= FirstMonday(year + 1)) return std::nullopt;
  return monday;
}

std::string FormatIsoWeek(std::int32_t day) {
  const std::int32_t monday = MondayOf(day);
  const std::int64_t year = (kDayZero + monday + 3).year();
  return absl::StrFormat("%04d-W%02d", year, (monday - FirstMonday(year)) / 7 + 1);
}

}  // namespace navo::domain
