#include "clients/cli/fields.h"

#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "clients/cli/formats.h"
#include "clients/cli/words.h"

namespace navo::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kMonth[] = "navo.v1.Month";

absl::Status Wrong(const FieldDescriptor& field) {
  return absl::InvalidArgumentError(absl::StrCat(field.name(), " must be ", ValueHint(field)));
}

absl::Status SetEnum(Message* message, const FieldDescriptor& field, const std::string& text) {
  const auto value = ParseWord(*field.enum_type(), text);
  if (!value.has_value()) return Wrong(field);
  const auto* reflection = message->GetReflection();
  if (field.is_repeated()) {
    reflection->AddEnumValue(message, &field, *value);
  } else {
    reflection->SetEnumValue(message, &field, *value);
  }
  return absl::OkStatus();
}

absl::Status SetNumber(Message* message, const FieldDescriptor& field, const std::string& text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return Wrong(field);
  message->GetReflection()->SetInt32(message, &field, value);
  return absl::OkStatus();
}

absl::Status SetDecimal(Message* message, const FieldDescriptor& field, const std::string& text) {
  double value = 0;
  // A decimal comma is how it is written in Norwegian.
  const std::string number = absl::StrReplaceAll(text, {{",", "."}});
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value,
                                            std::chars_format::fixed);
  if (error != std::errc() || end != number.data() + number.size() || !std::isfinite(value)) {
    return Wrong(field);
  }
  message->GetReflection()->SetDouble(message, &field, value);
  return absl::OkStatus();
}

absl::Status SetBool(Message* message, const FieldDescriptor& field, const std::string& text) {
  const bool yes = text == "yes" || text == "true" || text == "ja";
  if (!yes && text != "no" && text != "false" && text != "nei") return Wrong(field);
  message->GetReflection()->SetBool(message, &field, yes);
  return absl::OkStatus();
}

// "2026-11" into a message with year and month.
absl::Status SetMonth(Message* month, const FieldDescriptor& field, const std::string& text) {
  const auto parsed = ParseDate(text + "-01");
  if (!parsed.has_value()) return Wrong(field);
  const auto& type = *month->GetDescriptor();
  month->GetReflection()->SetInt32(month, type.FindFieldByName("year"), parsed->year());
  month->GetReflection()->SetInt32(month, type.FindFieldByName("month"), parsed->month());
  return absl::OkStatus();
}

absl::Status SetMessage(Message* message, const FieldDescriptor& field, const std::string& text) {
  const auto* reflection = message->GetReflection();
  if (field.is_repeated()) return SetFields(reflection->AddMessage(message, &field), text);
  Message* value = reflection->MutableMessage(message, &field);
  if (auto* date = dynamic_cast<google::type::Date*>(value)) {
    const auto parsed = ParseDate(text);
    if (!parsed.has_value()) return Wrong(field);
    *date = *parsed;
    return absl::OkStatus();
  }
  if (auto* time = dynamic_cast<google::protobuf::Timestamp*>(value)) {
    const auto parsed = ParseInstant(text);
    if (!parsed.has_value()) return Wrong(field);
    *time = *parsed;
    return absl::OkStatus();
  }
  if (field.message_type()->full_name() == kMonth) return SetMonth(value, field, text);
  return SetFields(value, text);
}

absl::Status SetValue(Message* message, const FieldDescriptor& field, const std::string& text) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      if (field.is_repeated()) {
        message->GetReflection()->AddString(message, &field, text);
      } else {
        message->GetReflection()->SetString(message, &field, text);
      }
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_ENUM:
      return SetEnum(message, field, text);
    case FieldDescriptor::CPPTYPE_INT32:
      return SetNumber(message, field, text);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return SetDecimal(message, field, text);
    case FieldDescriptor::CPPTYPE_BOOL:
      return SetBool(message, field, text);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return SetMessage(message, field, text);
    default:
      return absl::UnimplementedError(absl::StrCat(field.name(), " cannot be typed"));
  }
}

const FieldDescriptor* FieldByBeginning(const google::protobuf::Descriptor& type,
                                        const std::string& name) {
  if (const auto* exact = type.FindFieldByName(name)) return exact;
  const FieldDescriptor* found = nullptr;
  for (int i = 0; i < type.field_count(); ++i) {
    if (!type.field(i)->name().starts_with(name)) continue;
    if (found != nullptr) return nullptr;
    found = type.field(i);
  }
  return found;
}

std::string FieldNames(const google::protobuf::Descriptor& type) {
  std::string names;
  for (int i = 0; i < type.field_count(); ++i) {
    absl::StrAppend(&names, i == 0 ? "" : ", ", type.field(i)->name(), "=");
  }
  return names;
}

}  // namespace

const FieldDescriptor& FieldAt(const google::protobuf::Descriptor& type, const std::string& path) {
  const google::protobuf::Descriptor* at = &type;
  const FieldDescriptor* field = nullptr;
  for (const std::string& name : std::vector<std::string>(absl::StrSplit(path, '.'))) {
    field = at == nullptr ? nullptr : at->FindFieldByName(name);
    if (field == nullptr) std::abort();
    at = field->message_type();
  }
  return *field;
}

absl::Status SetField(Message* message, const std::string& path, const std::string& text) {
  const std::vector<std::string> names = absl::StrSplit(path, '.');
  Message* at = message;
  for (size_t i = 0; i + 1 < names.size(); ++i) {
    const auto& field = FieldAt(*at->GetDescriptor(), names[i]);
    at = at->GetReflection()->MutableMessage(at, &field);
  }
  return SetValue(at, FieldAt(*at->GetDescriptor(), names.back()), text);
}

absl::Status SetFields(Message* message, const std::string& text) {
  const auto& type = *message->GetDescriptor();
  std::vector<std::pair<const FieldDescriptor*, std::string>> values;
  for (const std::string& part : std::vector<std::string>(absl::StrSplit(text, ','))) {
    const size_t equals = part.find('=');
    if (equals == std::string::npos && !values.empty()) {
      values.back().second += "," + part;
      continue;
    }
    const auto* field = FieldByBeginning(type, part.substr(0, std::min(equals, part.size())));
    if (equals == std::string::npos || field == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("write it as name=value,name=value with these names: ", FieldNames(type)));
    }
    values.emplace_back(field, part.substr(equals + 1));
  }
  for (const auto& [field, value] : values) {
    const absl::Status status = SetValue(message, *field, value);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

std::string ValueHint(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return absl::StrCat("one of: ", Choices(*field.enum_type()));
    case FieldDescriptor::CPPTYPE_INT32:
      return "a whole number";
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return "a number, 7.25";
    case FieldDescriptor::CPPTYPE_BOOL:
      return "yes or no";
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (field.message_type()->full_name() == "google.type.Date") return "a day, 2026-11-22";
      if (field.message_type()->full_name() == "google.protobuf.Timestamp") {
        return "a day or a time, 2026-11-22 or \"2026-11-22 10:30\"";
      }
      if (field.message_type()->full_name() == kMonth) return "a month, 2026-11";
      return FieldNames(*field.message_type());
    default:
      return "";
  }
}

}  // namespace navo::cli
