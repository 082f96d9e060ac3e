#include "services/domain/calendar.h"

#include <cstdio>
#include <cstdlib>

#include "absl/time/civil_time.h"

namespace navo::domain {
namespace {

constexpr absl::CivilDay kEpoch(1970, 1, 1);

std::int32_t DaysSinceEpoch(absl::CivilDay day) { return static_cast<std::int32_t>(day - kEpoch); }

std::optional<std::int32_t> DayOf(int year, int month, int day) {
  if (year < kFirstYear || year > kLastYear || month < 1 || month > 12 || day < 1) {
    return std::nullopt;
  }
  const absl::CivilDay civil(year, month, day);
  // CivilDay turns 31 February into 3 March; such a day is refused.
  if (civil.month() != month || civil.day() != day) return std::nullopt;
  return DaysSinceEpoch(civil);
}

// Reads fixed-width numbers and separators off the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool AtEnd() const { return rest_.empty(); }
  bool At(char expected) const { return !rest_.empty() && rest_.front() == expected; }

  bool Skip(char expected) {
    if (!At(expected)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // Exactly `digits` digits.
  bool Number(int digits, int* number) {
    if (rest_.size() < static_cast<std::size_t>(digits)) return false;
    *number = 0;
    for (int i = 0; i < digits; ++i) {
      const char c = rest_[static_cast<std::size_t>(i)];
      if (c < '0' || c > '9') return false;
      *number = *number * 10 + (c - '0');
    }
    rest_.remove_prefix(static_cast<std::size_t>(digits));
    return true;
  }

  // One to nine digits as a fraction of a second, cut to microseconds.
  bool Fraction(std::int64_t* microseconds) {
    *microseconds = 0;
    std::int64_t weight = 100'000;
    int digits = 0;
    for (int digit = 0; digits < 9 && Number(1, &digit); ++digits, weight /= 10) {
      *microseconds += weight * digit;
    }
    return digits > 0;
  }

 private:
  std::string_view rest_;
};

// "Z", "+hh", "+hhmm" or "+hh:mm" at the end of the text.
std::optional<int> ScanOffsetSeconds(Scanner& scanner) {
  if (scanner.Skip('Z')) return 0;
  const bool west = scanner.At('-');
  if (!scanner.Skip('+') && !scanner.Skip('-')) return std::nullopt;
  int hours = 0;
  int minutes = 0;
  if (!scanner.Number(2, &hours)) return std::nullopt;
  if (!scanner.AtEnd()) {
    scanner.Skip(':');
    if (!scanner.Number(2, &minutes)) return std::nullopt;
  }
  if (hours > 18 || minutes > 59) return std::nullopt;
  return (west ? -1 : 1) * (hours * 3600 + minutes * 60);
}

std::optional<std::int32_t> ScanIsoDay(Scanner& scanner) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (!scanner.Number(4, &year) || !scanner.Skip('-') || !scanner.Number(2, &month) ||
      !scanner.Skip('-') || !scanner.Number(2, &day)) {
    return std::nullopt;
  }
  return DayOf(year, month, day);
}

std::optional<std::int32_t> ScanNorwegianDay(Scanner& scanner) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (!scanner.Number(2, &day) || !scanner.Skip('.') || !scanner.Number(2, &month) ||
      !scanner.Skip('.') || !scanner.Number(4, &year)) {
    return std::nullopt;
  }
  return DayOf(year, month, day);
}

}  // namespace

absl::Status CheckOsloZone() {
  absl::TimeZone zone;
  if (absl::LoadTimeZone("Europe/Oslo", &zone)) return absl::OkStatus();
  return absl::FailedPreconditionError("no time zone Europe/Oslo: install the package tzdata");
}

absl::TimeZone OsloZone() {
  static const absl::TimeZone zone = [] {
    absl::TimeZone loaded;
    if (!absl::LoadTimeZone("Europe/Oslo", &loaded)) {
      std::fputs("no time zone Europe/Oslo: install the package tzdata\n", stderr);
      std::abort();  // UTC in its place would put dates on the wrong day without anyone noticing
    }
    return loaded;
  }();
  return zone;
}

std::int32_t DayInOslo(absl::Time instant) {
  return DaysSinceEpoch(absl::ToCivilDay(instant, OsloZone()));
}

std::int32_t DayInOslo(std::int64_t instant_us) {
  return DayInOslo(absl::FromUnixMicros(instant_us));
}

std::int64_t StartOfDayUs(std::int32_t day) {
  return absl::ToUnixMicros(absl::FromCivil(kEpoch + day, OsloZone()));
}

std::optional<std::int32_t> DayOf(const google::type::Date& date) {
  return DayOf(date.year(), date.month(), date.day());
}

google::type::Date DateOf(std::int32_t day) {
  const absl::CivilDay civil = kEpoch + day;
  google::type::Date date;
  date.set_year(static_cast<int>(civil.year()));
  date.set_month(civil.month());
  date.set_day(civil.day());
  return date;
}

std::optional<std::int32_t> CheckDate(std::string_view field, const google::type::Date& date,
                                      Violations& violations) {
  const std::optional<std::int32_t> day = DayOf(date);
  if (!day.has_value()) {
    violations.Add(std::string(field), "must be a real date with year, month and day, 1900-2100");
  }
  return day;
}

void CheckPeriod(std::string_view to_field, std::optional<std::int32_t> from,
                 std::optional<std::int32_t> to, Violations& violations) {
  if (from.has_value() && to.has_value() && *to < *from) {
    violations.Add(std::string(to_field), "must not be before the period's first day");
  }
}

bool Covers(std::optional<std::int32_t> from, std::optional<std::int32_t> to, std::int32_t day) {
  return (!from.has_value() || *from <= day) && (!to.has_value() || day <= *to);
}

std::int32_t AddMonths(std::int32_t day, int months) {
  const absl::CivilDay civil = kEpoch + day;
  const absl::CivilMonth month = absl::CivilMonth(civil) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  const absl::CivilDay same = absl::CivilDay(month) + (civil.day() - 1);
  return DaysSinceEpoch(same < last ? same : last);
}

std::string FormatDay(std::int32_t day) { return absl::FormatCivilTime(kEpoch + day); }

std::optional<std::int32_t> ParseDay(std::string_view text) {
  Scanner scanner(text);
  const bool norwegian = text.size() > 2 && text[2] == '.';
  const auto day = norwegian ? ScanNorwegianDay(scanner) : ScanIsoDay(scanner);
  return scanner.AtEnd() ? day : std::nullopt;
}

std::optional<std::int64_t> ParseInstant(std::string_view text) {
  Scanner scanner(text);
  const std::optional<std::int32_t> day = ScanIsoDay(scanner);
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::int64_t fraction_us = 0;
  if (!day.has_value() || !scanner.Skip('T') || !scanner.Number(2, &hour) || !scanner.Skip(':') ||
      !scanner.Number(2, &minute)) {
    return std::nullopt;
  }
  if (scanner.Skip(':')) {  // Java leaves out seconds that are zero
    if (!scanner.Number(2, &second)) return std::nullopt;
    if (scanner.Skip('.') && !scanner.Fraction(&fraction_us)) return std::nullopt;
  }
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;

  const absl::CivilSecond local =
      absl::CivilSecond(kEpoch + *day) + (hour * 3600 + minute * 60 + second);
  if (scanner.AtEnd()) {
    return absl::ToUnixMicros(absl::FromCivil(local, OsloZone())) + fraction_us;
  }
  const std::optional<int> offset_s = ScanOffsetSeconds(scanner);
  if (!offset_s.has_value() || !scanner.AtEnd()) return std::nullopt;
  return absl::ToUnixMicros(absl::FromCivil(local - *offset_s, absl::UTCTimeZone())) + fraction_us;
}

}  // namespace navo::domain
