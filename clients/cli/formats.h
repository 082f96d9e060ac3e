// Dates, instants, ages and names as they are shown and typed. Calendar days are Norwegian ones.
#ifndef NAVO_CLIENTS_CLI_FORMATS_H_
#define NAVO_CLIENTS_CLI_FORMATS_H_

#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/type/date.pb.h"
#include "navo/v1/common.pb.h"
#include "navo/v1/participant.pb.h"

namespace navo::cli {

// Europe/Oslo; UTC on a machine without time zone data.
absl::TimeZone Oslo();
absl::CivilDay OsloDay(absl::Time time);

// "2026-11-22"; empty for an absent date.
std::string DateText(const google::type::Date& date);
// "2026-11-22" and "2026-11-22 10:30", Europe/Oslo; empty for an absent instant.
std::string DayText(const google::protobuf::Timestamp& time);
std::string InstantText(const google::protobuf::Timestamp& time);
absl::Time InstantOf(const google::protobuf::Timestamp& time);

// "today", "12 d", "5 mo", "3 y": how long before `today` it was.
std::string AgeText(const google::protobuf::Timestamp& time, absl::CivilDay today);

// A day of the calendar, or nothing when it is not one.
std::optional<absl::CivilDay> DayOf(const google::type::Date& date);

// "2026-11-22"; nothing for anything else.
std::optional<google::type::Date> ParseDate(const std::string& text);
// "2026-11-22" (noon), "2026-11-22 10:30" (Europe/Oslo) or RFC 3339; nothing for anything else.
std::optional<google::protobuf::Timestamp> ParseInstant(const std::string& text);

// "Amina Hassan"; "(name withheld or not known)" when both names are empty.
std::string NameText(const v1::ContactFacts& facts);

// "NAV Grorud statlig", or the unit's id where the name is not given.
std::string UnitText(const v1::Provenance& provenance);

// Protobuf JSON with the fields' own names, one message, indented, ended by a line break.
std::string JsonText(const google::protobuf::Message& message);
// The same on one line.
std::string JsonLine(const google::protobuf::Message& message);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_FORMATS_H_
