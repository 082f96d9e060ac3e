#include "services/exchange/nav_message.h"

#include <cmath>
#include <utility>

#include "absl/strings/ascii.h"
#include "services/domain/absl_view.h"
#include "services/domain/calendar.h"
#include "services/domain/codes.h"
#include "services/domain/error.h"
#include "services/domain/reasons.h"

namespace navo::services {
namespace {

namespace row_reason = domain::row_reason;
using nlohmann::json;

// Deeper than any message of NAV; what lies below is dropped while parsing, so that a line of
// brackets cannot take memory.
constexpr int kMaxDepth = 16;

const json kNothing;

std::string LowerCase(std::string_view text) {
  return absl::AsciiStrToLower(domain::AbslView(text));
}

// nullopt when it is no UUID.
std::optional<std::string> UuidOf(const json& field) {
  if (!field.is_string()) return std::nullopt;
  const auto& text = field.get_ref<const std::string&>();
  if (!domain::IsUuid(text)) return std::nullopt;
  return LowerCase(text);
}

RowProblem Foreign(std::string_view reason, std::string_view advice = {}) {
  RowProblem problem = MakeProblem(reason, {}, advice);
  problem.foreign = true;
  return problem;
}

Parsed<NavMessage> FromKeyAndValue(json message, std::string_view known_field) {
  if (!message.contains("value")) return MakeProblem(row_reason::kMissingField, "value");
  json value = std::move(message["value"]);
  if (!value.is_null() && !value.is_object()) return MakeProblem(row_reason::kNotJson, "value");
  if (value.is_object() && !value.contains(known_field)) {
    RowProblem problem = MakeProblem(row_reason::kMissingField, known_field);
    problem.foreign = true;
    return problem;
  }
  if (!message.contains("key") || message["key"].is_null()) {
    return MakeProblem(row_reason::kMissingField, "key");
  }
  const std::optional<std::string> key = UuidOf(message["key"]);
  if (!key.has_value()) return MakeProblem(row_reason::kInvalidId, "key");
  if (value.is_object() && value.contains("id") && UuidOf(value["id"]) != key) {
    return MakeProblem(row_reason::kInvalidId, "id", "The id must be the same as the key.");
  }
  return NavMessage{.id = *key, .value = std::move(value)};
}

}  // namespace

Parsed<NavMessage> ParseNavMessage(std::string_view line, std::string_view known_field) {
  const auto keep = [](int depth, json::parse_event_t, json&) { return depth <= kMaxDepth; };
  json message = json::parse(line, keep, /*allow_exceptions=*/false);
  if (!message.is_object()) return Foreign(row_reason::kNotJson);
  if (message.contains("key") || message.contains("value")) {
    return FromKeyAndValue(std::move(message), known_field);
  }
  if (!message.contains(known_field)) {
    RowProblem problem = MakeProblem(row_reason::kMissingField, known_field);
    problem.foreign = true;
    return problem;
  }
  if (!message.contains("id") || message["id"].is_null()) {
    return MakeProblem(row_reason::kMissingField, "id");
  }
  std::optional<std::string> id = UuidOf(message["id"]);
  if (!id.has_value()) return MakeProblem(row_reason::kInvalidId, "id");
  return NavMessage{.id = *std::move(id), .value = std::move(message)};
}

NavFields::NavFields(const json& object, std::string prefix, std::optional<RowProblem>& problem)
    : object_(object), prefix_(std::move(prefix)), problem_(problem) {}

void NavFields::Fail(std::string_view reason, std::string_view name, std::string_view advice) {
  if (!problem_.has_value()) problem_ = MakeProblem(reason, prefix_ + std::string(name), advice);
}

const json& NavFields::Find(std::string_view name, bool required) {
  if (failed() || !object_.is_object()) return kNothing;
  const auto found = object_.find(name);
  if (found != object_.end() && !found->is_null()) return *found;
  if (required) Fail(row_reason::kMissingField, name);
  return kNothing;
}

std::string NavFields::Uuid(std::string_view name, bool required) {
  const json& field = Find(name, required);
  if (field.is_null()) return {};
  std::optional<std::string> uuid = UuidOf(field);
  if (!uuid.has_value()) Fail(row_reason::kInvalidId, name, "The field must be a UUID.");
  return std::move(uuid).value_or("");
}

std::string NavFields::Code(std::string_view name, bool required) {
  const json& field = Find(name, required);
  if (field.is_null()) return {};
  if (!field.is_string() || field.get_ref<const std::string&>().size() > 100) {
    Fail(row_reason::kUnknownCode, name);
    return {};
  }
  return field.get<std::string>();
}

std::string NavFields::Text(std::string_view name, bool required, domain::TextRule rule) {
  const json& field = Find(name, required);
  if (field.is_null()) return {};
  if (!field.is_string()) {
    Fail(row_reason::kNotJson, name, "The field must be a text in quotation marks.");
    return {};
  }
  rule.required = required;
  absl::StatusOr<std::string> text =
      domain::NormaliseText(field.get_ref<const std::string&>(), rule);
  if (text.ok()) return *std::move(text);
  const std::string reason = domain::ReasonOf(text.status());
  if (reason == row_reason::kTooLong) {
    Fail(row_reason::kTooLong, name, "The text is over its limit; shorten it.");
  } else if (reason == row_reason::kMissingField) {
    Fail(row_reason::kMissingField, name);
  } else {
    Fail(row_reason::kEncoding, name);
  }
  return {};
}

std::optional<std::int32_t> NavFields::Day(std::string_view name, bool required) {
  const json& field = Find(name, required);
  if (field.is_null()) return std::nullopt;
  std::optional<std::int32_t> day;
  if (field.is_string()) {
    const auto& text = field.get_ref<const std::string&>();
    day = domain::ParseDay(text);
    // Some exports write the day as an instant at midnight.
    if (!day.has_value()) {
      const std::optional<std::int64_t> instant = domain::ParseInstant(text);
      if (instant.has_value()) day = domain::DayInOslo(*instant);
    }
  }
  if (!day.has_value()) Fail(row_reason::kInvalidDate, name);
  return day;
}

std::optional<std::int64_t> NavFields::Instant(std::string_view name, bool required) {
  const json& field = Find(name, required);
  if (field.is_null()) return std::nullopt;
  std::optional<std::int64_t> instant;
  if (field.is_string()) instant = domain::ParseInstant(field.get_ref<const std::string&>());
  if (!instant.has_value()) {
    Fail(row_reason::kInvalidDate, name,
         "Write a date and time, as 2026-08-17T09:30:00, with Z or an offset if not in Oslo.");
  }
  return instant;
}

std::optional<domain::NationalIdentityNumber> NavFields::Ident(
    std::string_view name, const domain::IdentifierPolicy& policy) {
  const json& field = Find(name, true);
  if (field.is_null()) return std::nullopt;
  if (!field.is_string()) {
    Fail(row_reason::kInvalidIdent, name, "Write the number as text: a JSON number loses zeros.");
    return std::nullopt;
  }
  auto ident = domain::NationalIdentityNumber::Parse(field.get_ref<const std::string&>(), policy);
  if (ident.ok()) return *std::move(ident);
  if (!failed()) problem_ = IdentProblem(ident.status(), prefix_ + std::string(name));
  return std::nullopt;
}

std::optional<double> NavFields::Number(std::string_view name, bool required, double least,
                                        double most) {
  const json& field = Find(name, required);
  if (field.is_null()) return std::nullopt;
  const double number = field.is_number() ? field.get<double>() : std::nan("");
  if (!(number >= least && number <= most)) {
    Fail(row_reason::kInvalidNumber, name);
    return std::nullopt;
  }
  return number;
}

const json& NavFields::Object(std::string_view name, bool required) {
  const json& field = Find(name, required);
  if (field.is_null() || field.is_object()) return field;
  Fail(row_reason::kNotJson, name, "The field must be an object.");
  return kNothing;
}

const json& NavFields::Array(std::string_view name, std::size_t max_items) {
  const json& field = Find(name, false);
  if (field.is_null()) return kNothing;
  if (!field.is_array()) {
    Fail(row_reason::kNotJson, name, "The field must be a list.");
    return kNothing;
  }
  if (field.size() > max_items) {
    Fail(row_reason::kTooLong, name, "The list has too many items.");
    return kNothing;
  }
  return field;
}

}  // namespace navo::services
