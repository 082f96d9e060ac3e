#include "clients/cli/formats.h"

#include <google/protobuf/util/json_util.h>

#include <cstdio>

namespace navo::cli {

absl::TimeZone Oslo() {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone("Europe/Oslo", &zone)) zone = absl::UTCTimeZone();
  return zone;
}

absl::CivilDay OsloDay(absl::Time time) { return absl::ToCivilDay(time, Oslo()); }

std::string DateText(const google::type::Date& date) {
  if (date.year() == 0 && date.month() == 0 && date.day() == 0) return "";
  char text[48];
  std::snprintf(text, sizeof(text), "%04d-%02d-%02d", date.year(), date.month(), date.day());
  return text;
}

absl::Time InstantOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

std::string DayText(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0) return "";
  return absl::FormatTime("%Y-%m-%d", InstantOf(time), Oslo());
}

std::string InstantText(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0) return "";
  return absl::FormatTime("%Y-%m-%d %H:%M", InstantOf(time), Oslo());
}

std::string AgeText(const google::protobuf::Timestamp& time, absl::CivilDay today) {
  const auto days = today - OsloDay(InstantOf(time));
  if (days <= 0) return "today";
  if (days < 60) return std::to_string(days) + " d";
  if (days < 730) return std::to_string(days * 12 / 365) + " mo";
  return std::to_string(days / 365) + " y";
}

std::optional<absl::CivilDay> DayOf(const google::type::Date& date) {
  const absl::CivilDay day(date.year(), date.month(), date.day());
  // CivilDay rolls 30 February over; a date that is none must not become another one.
  if (date.year() < 1 || day.year() != date.year() || day.month() != date.month() ||
      day.day() != date.day()) {
    return std::nullopt;
  }
  return day;
}

std::optional<google::type::Date> ParseDate(const std::string& text) {
  google::type::Date date;
  int year = 0, month = 0, day = 0, end = 0;
  if (std::sscanf(text.c_str(), "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3 ||
      static_cast<size_t>(end) != text.size()) {
    return std::nullopt;
  }
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  if (!DayOf(date).has_value()) return std::nullopt;
  return date;
}

std::optional<google::protobuf::Timestamp> ParseInstant(const std::string& text) {
  absl::Time time;
  std::string error;
  if (const auto date = ParseDate(text); date.has_value()) {
    const absl::CivilDay day = *DayOf(*date);
    time = absl::FromCivil(absl::CivilHour(day.year(), day.month(), day.day(), 12), Oslo());
  } else if (!absl::ParseTime("%Y-%m-%d %H:%M", text, Oslo(), &time, &error) &&
             !absl::ParseTime(absl::RFC3339_full, text, &time, &error)) {
    return std::nullopt;
  }
  google::protobuf::Timestamp result;
  result.set_seconds(absl::ToUnixSeconds(time));
  return result;
}

std::string NameText(const v1::ContactFacts& facts) {
  if (facts.given_name().empty() && facts.family_name().empty()) {
    return "(name withheld or not known)";
  }
  if (facts.given_name().empty() || facts.family_name().empty()) {
    return facts.given_name() + facts.family_name();
  }
  return facts.given_name() + " " + facts.family_name();
}

std::string UnitText(const v1::Provenance& provenance) {
  return provenance.unit_name().empty() ? provenance.unit() : provenance.unit_name();
}

namespace {

std::optional<std::string> Json(const google::protobuf::Message& message, bool indented) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = indented;
  options.preserve_proto_field_names = true;
  std::string text;
  if (!google::protobuf::util::MessageToJsonString(message, &text, options).ok()) return {};
  return text;
}

}  // namespace

std::string JsonText(const google::protobuf::Message& message) {
  return Json(message, true).value_or("{}\n");
}

std::string JsonLine(const google::protobuf::Message& message) {
  return Json(message, false).value_or("{}") + "\n";
}

}  // namespace navo::cli
