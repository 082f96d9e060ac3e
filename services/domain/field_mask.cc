#include "services/domain/field_mask.h"

#include <algorithm>
#include <string>
#include <vector>

namespace navo::domain {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;

bool IsFixed(std::initializer_list<std::string_view> fixed, const std::string& name) {
  return std::find(fixed.begin(), fixed.end(), name) != fixed.end();
}

}  // namespace

void CheckMask(const FieldMask& mask, const Message& message,
               std::initializer_list<std::string_view> fixed, Violations& violations) {
  for (const std::string& path : mask.paths()) {
    const bool known = message.GetDescriptor()->FindFieldByName(path) != nullptr;
    if (known && !IsFixed(fixed, path)) continue;
    violations.Add("update_mask", "names a field that cannot be updated");
    return;
  }
}

void CopyMasked(const FieldMask& mask, const Message& from,
                std::initializer_list<std::string_view> fixed, Message* to) {
  const auto* descriptor = from.GetDescriptor();
  std::vector<const FieldDescriptor*> fields;
  if (mask.paths().empty()) {
    for (int i = 0; i < descriptor->field_count(); ++i) {
      if (!IsFixed(fixed, descriptor->field(i)->name())) fields.push_back(descriptor->field(i));
    }
  }
  for (const std::string& path : mask.paths()) {
    const FieldDescriptor* field = descriptor->FindFieldByName(path);
    const bool again = std::find(fields.begin(), fields.end(), field) != fields.end();
    if (field != nullptr && !again) fields.push_back(field);  // a path twice would swap back
  }
  const std::unique_ptr<Message> wanted(from.New());
  wanted->CopyFrom(from);
  from.GetReflection()->SwapFields(wanted.get(), to, fields);
}

}  // namespace navo::domain
