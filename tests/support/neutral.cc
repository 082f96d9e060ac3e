#include "tests/support/neutral.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/rpc/error_details.pb.h"

namespace navo::support {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

const std::set<std::string>& TokenFields() {
  static const std::set<std::string> kNames{
      "etag", "numbers_etag", "revision", "next_page_token", "next_cursor", "version"};
  return kNames;
}

bool IsUuid(const std::string& text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : std::isxdigit(static_cast<unsigned char>(text[i])) == 0) {
      return false;
    }
  }
  return true;
}

class Neutraliser {
 public:
  std::string Replaced(const std::string& name, const std::string& value) {
    if (value.empty()) return value;
    if (TokenFields().contains(name)) return absl::StrCat("<", name, " of ", value.size(), ">");
    if (!IsUuid(value)) return value;
    const auto [it, added] = ids_.try_emplace(value, ids_.size() + 1);
    return absl::StrCat("<id ", it->second, ">");
  }

  void Walk(Message* message) {
    const Reflection* reflection = message->GetReflection();
    std::vector<const FieldDescriptor*> fields;
    reflection->ListFields(*message, &fields);
    for (const FieldDescriptor* field : fields) {
      const int count = field->is_repeated() ? reflection->FieldSize(*message, field) : 1;
      for (int i = 0; i < count; ++i) Visit(message, field, i);
    }
  }

 private:
  void Visit(Message* message, const FieldDescriptor* field, int index) {
    const Reflection* reflection = message->GetReflection();
    const bool many = field->is_repeated();
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      Walk(many ? reflection->MutableRepeatedMessage(message, field, index)
                : reflection->MutableMessage(message, field));
    } else if (field->type() == FieldDescriptor::TYPE_STRING) {
      const std::string value = many ? reflection->GetRepeatedString(*message, field, index)
                                     : reflection->GetString(*message, field);
      const std::string replaced = Replaced(field->name(), value);
      if (replaced == value) return;
      if (many) {
        reflection->SetRepeatedString(message, field, index, replaced);
      } else {
        reflection->SetString(message, field, replaced);
      }
    }
  }

  std::map<std::string, size_t> ids_;
};

std::string DetailText(const std::string& url, const std::string& bytes) {
  google::rpc::ErrorInfo info;
  if (!url.ends_with("/google.rpc.ErrorInfo") || !info.ParseFromString(bytes)) {
    return absl::StrCat(url, ": ", bytes, "\n");
  }
  std::string text = absl::StrCat("reason: ", info.reason(), " domain: ", info.domain(), "\n");
  Neutraliser neutraliser;
  const std::map<std::string, std::string> sorted(info.metadata().begin(), info.metadata().end());
  for (const auto& [key, value] : sorted) {
    absl::StrAppend(&text, "  ", key, ": ", neutraliser.Replaced(key, value), "\n");
  }
  return text;
}

}  // namespace

std::string NeutralText(const Message& message) {
  const std::unique_ptr<Message> copy(message.New());
  copy->CopyFrom(message);
  Neutraliser().Walk(copy.get());
  return absl::StrCat(message.ByteSizeLong(), " bytes\n", copy->DebugString());
}

std::string NeutralText(const absl::Status& status) {
  std::map<std::string, std::string> details;
  status.ForEachPayload([&details](absl::string_view url, const absl::Cord& bytes) {
    details.emplace(std::string(url), std::string(bytes));
  });
  std::string text =
      absl::StrCat(absl::StatusCodeToString(status.code()), ": ", status.message(), "\n");
  for (const auto& [url, bytes] : details) absl::StrAppend(&text, DetailText(url, bytes));
  return text;
}

}  // namespace navo::support
