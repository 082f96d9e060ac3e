#include "clients/cli/command.h"

#include <google/protobuf/field_mask.pb.h>

#include <vector>

#include "absl/strings/str_split.h"
#include "clients/cli/words.h"

namespace navo::cli {
namespace {

using google::protobuf::FieldDescriptor;

std::string Help(const std::string& help, const FieldDescriptor& field) {
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) return help;
  const std::string hint = ValueHint(field);
  if (hint.empty()) return help;
  return field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM ? help + ", " + hint
                                                           : help + " (" + hint + ")";
}

void SetOrThrow(google::protobuf::Message* message, const std::string& name,
                const std::string& path, const std::string& text) {
  const absl::Status status = SetField(message, path, text);
  // CLI11's way to say that a value is wrong; caught where the line is parsed.
  if (!status.ok()) throw CLI::ValidationError(name, std::string(status.message()));
}

void NameInMask(google::protobuf::Message* message, const std::string& path) {
  const auto* field = message->GetDescriptor()->FindFieldByName("update_mask");
  auto* mask = static_cast<google::protobuf::FieldMask*>(
      message->GetReflection()->MutableMessage(message, field));
  mask->add_paths(path.substr(path.find('.') + 1));
}

std::string TypeName(const std::string& name, const FieldDescriptor& field) {
  if (!name.starts_with("-")) return "";  // A positional's name says it.
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_INT32) return "NUMBER";
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) return "WORD";
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return "TEXT";
  if (field.message_type()->name() == "Date") return "DAY";
  return field.message_type()->name() == "Timestamp" ? "TIME" : "FIELDS";
}

}  // namespace

CLI::App& AddNoun(CommandLine& line, const std::string& name, const std::string& meaning) {
  CLI::App* noun = line.app.add_subcommand(name, meaning);
  noun->require_subcommand(1);
  noun->footer("navo " + name + " VERB --help tells about each.");
  return *noun;
}

CommandBase::CommandBase(CommandLine& line, CLI::App& parent, const std::string& name,
                         const std::string& meaning, const std::string& example,
                         std::shared_ptr<google::protobuf::Message> request)
    : line_(line), app_(parent.add_subcommand(name, meaning)), message_(std::move(request)) {
  app_->footer("Example:\n  " + example);
}

CLI::Option* CommandBase::Field(const std::string& name, const std::string& path,
                                const std::string& help) {
  const FieldDescriptor& field = FieldAt(*message_->GetDescriptor(), path);
  const auto set = [message = message_, name, path](const std::string& text) {
    SetOrThrow(message.get(), name, path, text);
  };
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
    return app_->add_flag_callback(
        name, [set] { set("yes"); }, help);
  }
  if (field.is_repeated()) {
    CLI::Option* option = app_->add_option_function<std::vector<std::string>>(
        name,
        [set](const std::vector<std::string>& texts) {
          for (const std::string& text : texts) set(text);
        },
        Help(help, field) + "; may be repeated");
    return WithChoices(option->allow_extra_args(false)->type_name(TypeName(name, field)), field);
  }
  CLI::Option* option = app_->add_option_function<std::string>(name, set, Help(help, field));
  return WithChoices(option->type_name(TypeName(name, field)), field);
}

CLI::Option* CommandBase::Update(const std::string& name, const std::string& path,
                                 const std::string& help) {
  const FieldDescriptor& field = FieldAt(*message_->GetDescriptor(), path);
  CLI::Option* option = app_->add_option_function<std::string>(
      name,
      [message = message_, name, path, repeated = field.is_repeated()](const std::string& text) {
        NameInMask(message.get(), path);
        // An empty text takes the value away: it stands in the mask and is not set.
        if (text.empty()) return;
        if (!repeated) return SetOrThrow(message.get(), name, path, text);
        for (const auto& one : std::vector<std::string>(absl::StrSplit(text, ','))) {
          SetOrThrow(message.get(), name, path, one);
        }
      },
      field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL ? help + " (yes or no)"
                                                        : Help(help, field));
  return WithChoices(option->type_name(TypeName(name, field)), field);
}

CLI::Option* CommandBase::WithChoices(CLI::Option* option, const FieldDescriptor& field) {
  const bool yes_or_no = field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL;
  if (!yes_or_no && field.cpp_type() != FieldDescriptor::CPPTYPE_ENUM) return option;
  line_.choices[option] = [&field, yes_or_no] {
    const std::string list = yes_or_no ? "yes, no" : Choices(*field.enum_type());
    return std::vector<std::string>(absl::StrSplit(list, ", "));
  };
  return option;
}

void CommandBase::Participant() {
  Field("PARTICIPANT", "participant_id", "Your side's id of the participant, or: me")->required();
}

void CommandBase::Reading() {
  const auto& type = *message_->GetDescriptor();
  if (type.FindFieldByName("page_size") != nullptr) {
    Field("--page-size", "page_size", "How many at a time, 1 to 200");
    Field("--page-token", "page_token", "Go on where the page before ended");
  }
  if (type.FindFieldByName("min_revision") != nullptr) {
    Field("--min-revision", "min_revision", "Read at least this state");
  }
}

void CommandBase::Writing() {
  Field("--request-id", "request_id", "UUID of this act; the same one again changes nothing twice");
}

void CommandBase::Run(std::function<absl::Status()> run) {
  app_->callback([&line = line_, run = std::move(run)] { line.run = run; });
}

}  // namespace navo::cli
